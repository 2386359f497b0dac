"""What was compared already, and by what: nothing is compared twice."""

from __future__ import annotations

import hashlib
from pathlib import Path

from claims.configuration import ContradictionSettings
from claims.store.database import Database

_PACKAGE = Path(__file__).resolve().parent


def fingerprint(config: Path, settings: ContradictionSettings) -> str:
    """What the comparison depends on besides the claims, in 16 hexadecimal digits: its code, the
    lexicons of the configuration folder ``config`` and ``settings``."""
    digest = hashlib.sha256(settings.model_dump_json().encode())
    files = [*_PACKAGE.glob("*.py"), *_PACKAGE.glob("*.sql")]
    files += [config / "contradictions.yaml", config / "transliteration.yaml"]
    files += (config / "contrasts").glob("*.yaml")
    for path in sorted(files, key=lambda path: path.name):
        if path.is_file():
            digest.update(f"\0{path.name}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


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
