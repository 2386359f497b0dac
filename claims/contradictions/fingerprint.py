"""What was compared already, and by what: nothing is compared twice."""

from __future__ import annotations

from pathlib import Path

from claims.config.settings import ContradictionSettings
from claims.contradictions.judges import calibration
from claims.contradictions.judges.language_model import prompt
from claims.contradictions.judges.registry import judge_versions
from claims.fingerprint import files_behind, fingerprint
from claims.store.database import Database

_PACKAGE = Path(__file__).resolve().parents[1]
CODE = (
    "contradictions",
    "terms",
    "speakers/names.py",
    "speakers/transliteration.py",
    "store/pairs/near_identical.sql",
)
_PATTERNS = ("*.py", "*.sql", "SHA256SUMS")
"""Of weights their checksums."""
_CONFIGURED = ("contradictions.yaml", "transliteration.yaml", "contrasts")
_WHERE_THERE = (calibration.FILE_NAME, prompt.FILE_NAME)

_HOW_ASKED = {"language_model": {"address", "key", "timeout", "at_once", "answers"}}
"""Settings by which a language model is reached, on which its answers do not depend."""


def comparison_fingerprint(config: Path, settings: ContradictionSettings) -> str:
    """What the comparison depends on besides the claims, in 16 hexadecimal digits: its code and
    weights, the word lists of the configuration folder ``config``, ``settings`` and the judges that
    these name. Raises ConfigError, also where a judge is not there."""
    configured = (*_CONFIGURED, *(name for name in _WHERE_THERE if (config / name).exists()))
    files = files_behind(_PACKAGE, CODE, _PATTERNS) + files_behind(config, configured, ("*.yaml",))
    told = settings.model_dump_json(exclude=_HOW_ASKED)
    return fingerprint(files, told, judge_versions(settings))


def pending(database: Database, comparer: str) -> list[str]:
    """The stored articles that ``comparer`` (a fingerprint) has not compared, sorted.

    Empty where there is no database yet. Raises DatabaseError.
    """
    if not database.exists():
        return []
    with database.reading() as connection:
        rows = connection.execute(
            "SELECT article_id FROM articles WHERE article_id NOT IN "
            "(SELECT article_id FROM compared_articles WHERE comparer = ?) ORDER BY article_id",
            [comparer],
        ).fetchall()
    return [article for (article,) in rows]
