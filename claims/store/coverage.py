"""Who covers which story."""

from __future__ import annotations

from datetime import date

from claims.errors import InputError
from claims.model import Frozen
from claims.store.database import Database


class StoryCoverage(Frozen):
    """A story, with the outlets that report it and what they have; days are None where no report
    is dated."""

    story_id: str
    headline: str
    articles: int
    outlets: int
    outlet_names: tuple[str, ...]
    languages: tuple[str, ...]
    first_on: date | None
    last_on: date | None
    claims: int
    disputes: int
    contradictions: int


class CoveringArticle(Frozen):
    """An article of a story; ``superseded`` where its outlet has edited it since."""

    article_id: str
    outlet: str
    day: date | None
    title: str
    path: str | None
    url: str | None
    superseded: bool


_COLUMNS = ", ".join(StoryCoverage.model_fields)


def newest_stories(
    database: Database, limit: int, outlets: int = 1
) -> tuple[list[StoryCoverage], int]:
    """At most ``limit`` of the stories that at least so many ``outlets`` report, newest first, and
    how many there are. Raises DatabaseError."""
    with database.reading() as connection:
        rows = connection.execute(
            f"SELECT {_COLUMNS}, count(*) OVER () AS every FROM story_coverage "
            "WHERE outlets >= ? LIMIT ?",
            [outlets, limit],
        ).fetchall()
    return [_coverage(row[:-1]) for row in rows], int(rows[0][-1]) if rows else 0


def one_story(database: Database, story: str) -> tuple[StoryCoverage, list[CoveringArticle]]:
    """The story whose identifier begins with ``story``, and its articles by day.

    Raises InputError where there is none, or several, and DatabaseError.
    """
    with database.reading() as connection:
        found = connection.execute(
            f"SELECT {_COLUMNS} FROM story_coverage WHERE starts_with(story_id, ?) LIMIT 2", [story]
        ).fetchall()
        if not found:
            raise InputError(f"no story {story!r}; `claims stories` lists them")
        if len(found) > 1:
            raise InputError(f"several stories begin with {story!r}; give more of its identifier")
        rows = connection.execute(
            "SELECT article_id, outlet, day, "
            "coalesce(title, regexp_extract(trim(text), '[^\\n]{0,120}')) AS title, path, url, "
            "article_id IN (SELECT article_id FROM superseded_articles) AS superseded "
            "FROM story_articles INNER JOIN articles USING (article_id) "
            "INNER JOIN article_days USING (article_id) WHERE story_id = ? "
            "ORDER BY day NULLS LAST, outlet, article_id",
            [found[0][0]],
        ).fetchall()
    articles = [
        CoveringArticle.model_validate(dict(zip(CoveringArticle.model_fields, row, strict=True)))
        for row in rows
    ]
    return _coverage(found[0]), articles


def _coverage(row: tuple[object, ...]) -> StoryCoverage:
    return StoryCoverage.model_validate(dict(zip(StoryCoverage.model_fields, row, strict=True)))
