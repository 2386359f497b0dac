"""What stories depend on besides the articles: where that changes, they are formed again."""

from __future__ import annotations

from pathlib import Path

from claims.config.settings import StorySettings
from claims.fingerprint import files_behind, fingerprint
from claims.language.encoder.sentence_vectors import encoder_name
from claims.store.database import Database

_PACKAGE = Path(__file__).resolve().parents[1]
_ENCODING = (
    "language/encoder/network.py",
    "language/encoder/packed.py",
    "language/encoder/quantize.py",
    "language/encoder/sentence_vectors.py",
    "language/encoder/subwords.py",
    "stories/lead.py",
)
CODE = ("stories", "store/stories.py", "store/story_candidates.sql")


def lead_fingerprint() -> str:
    """The model that makes vectors and words of leads, with what these depend on besides. Raises
    ModelError where the model is not installed."""
    return f"{encoder_name()} {fingerprint(files_behind(_PACKAGE, _ENCODING))}"


def story_fingerprint(settings: StorySettings) -> str:
    """What stories depend on besides the articles, in 16 hexadecimal digits. Raises ModelError
    where the model is not installed."""
    files = files_behind(_PACKAGE, CODE, ("*.py", "*.sql", "*.yaml"))
    return fingerprint(files, settings.model_dump_json(), lead_fingerprint())


def articles_without_story(database: Database, settings: StorySettings) -> int:
    """How many stored articles are in no story as this code and ``settings`` form them; 0 where
    there is no database yet. Raises DatabaseError and ModelError."""
    if not settings.enabled or not database.exists():
        return 0
    with database.reading() as connection:
        found = connection.execute(
            "SELECT count(*) FROM articles WHERE article_id NOT IN "
            "(SELECT article_id FROM story_articles WHERE clusterer = ?)",
            [story_fingerprint(settings)],
        ).fetchone()
    return int(found[0]) if found else 0
