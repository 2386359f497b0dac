"""Stories in the database: what articles are found by, their links, and which story each is in."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from importlib import resources
from typing import NamedTuple

import duckdb

from claims.store.insert import identifiers, insert, moment


class Lead(NamedTuple):
    """Title and text of an article; ``vector`` and ``terms`` say whether it has them already."""

    article_id: str
    title: str | None
    text: str
    ready: bool


class Told(NamedTuple):
    """What an article is found by: its vector, its words with their weights, and its day."""

    article_id: str
    language: str
    vector: bytes
    words: dict[str, float]
    day: date | None


def unclustered(
    connection: duckdb.DuckDBPyConnection, clusterer: str, encoder: str, most: int
) -> list[Lead]:
    """At most ``most`` of the articles that ``clusterer`` (a fingerprint) has put into no story,
    by day, the undated last. ``ready`` are those with a vector by ``encoder``."""
    rows = connection.execute(
        "SELECT article_id, title, text, article_id IN "
        "(SELECT article_id FROM article_vectors WHERE encoder = $encoder) "
        "FROM articles INNER JOIN article_days USING (article_id) "
        "WHERE article_id NOT IN "
        "(SELECT article_id FROM story_articles WHERE clusterer = $clusterer) "
        "ORDER BY day NULLS LAST, article_id LIMIT $most",
        {"encoder": encoder, "clusterer": clusterer, "most": most},
    ).fetchall()
    return [Lead(*row) for row in rows]


def begin_anew(connection: duckdb.DuckDBPyConnection, clusterer: str) -> None:
    """Forget the links where another clusterer than ``clusterer`` made them."""
    other = "SELECT 1 FROM story_articles WHERE clusterer = ? LIMIT 1"
    if connection.execute(other, [clusterer]).fetchone() is None:
        connection.execute("DELETE FROM story_links")


def put_leads(
    connection: duckdb.DuckDBPyConnection,
    encoder: str,
    made: Mapping[str, tuple[bytes, Mapping[str, float]]],
) -> None:
    """Store vectors and words of articles in place of those that they had; the vectors of other
    encoders go."""
    identifiers(connection, "told", made)
    connection.execute(
        "DELETE FROM article_terms WHERE article_id IN (FROM told) OR article_id IN "
        "(SELECT article_id FROM article_vectors WHERE encoder <> ?)",
        [encoder],
    )
    connection.execute(
        "DELETE FROM article_vectors WHERE article_id IN (FROM told) OR encoder <> ?", [encoder]
    )
    if made:
        connection.executemany(
            "INSERT INTO article_vectors VALUES (?, ?, ?)",
            [(article, encoder, vector) for article, (vector, _) in made.items()],
        )
    insert(
        connection,
        "article_terms",
        (
            {"article_id": article, "term": term, "weight": weight}
            for article, (_, words) in made.items()
            for term, weight in words.items()
        ),
    )


def sharing(
    connection: duckdb.DuckDBPyConnection,
    fresh: Collection[str],
    days: int,
    nearest: int,
    most: int,
) -> list[tuple[str, str]]:
    """For each of ``fresh`` the ``nearest`` articles that share most rare words with it, as pairs,
    the lesser identifier first; of dated articles those within ``days``. Words that more than
    ``most`` articles have find nothing."""
    identifiers(connection, "fresh", fresh)
    sql = (resources.files(__package__) / "story_candidates.sql").read_text(encoding="utf-8")
    asked = {"days": days, "nearest": nearest, "most": most}
    return connection.execute(sql, asked).fetchall()


def dated_vectors(
    connection: duckdb.DuckDBPyConnection, fresh: Collection[str], days: int
) -> list[tuple[str, date, bytes]]:
    """The dated articles within ``days`` of the first and last day of ``fresh``: identifier, day,
    vector."""
    identifiers(connection, "fresh", fresh)
    return connection.execute(
        "WITH between_days AS (SELECT min(day) AS first, max(day) AS last FROM article_days "
        "WHERE article_id IN (FROM fresh)) "
        "SELECT article_id, day, vector FROM article_vectors "
        "INNER JOIN article_days USING (article_id), between_days "
        "WHERE day BETWEEN first - $days::INTEGER AND last + $days::INTEGER ORDER BY article_id",
        {"days": days},
    ).fetchall()


def told(connection: duckdb.DuckDBPyConnection, articles: Collection[str]) -> list[Told]:
    """What ``articles`` are found by, sorted; those without a vector are left out."""
    identifiers(connection, "asked", articles)
    rows = connection.execute(
        "SELECT article_id, language, vector, coalesce(words, '{}'), day FROM article_vectors "
        "INNER JOIN articles USING (article_id) "
        "INNER JOIN article_days USING (article_id) LEFT JOIN "
        "(SELECT article_id, json_group_object(term, weight) AS words FROM article_terms "
        "WHERE article_id IN (FROM asked) GROUP BY article_id) USING (article_id) "
        "WHERE article_id IN (FROM asked) ORDER BY article_id"
    ).fetchall()
    return [
        Told(article, language, vector, json.loads(words), day)
        for article, language, vector, words, day in rows
    ]


def put_links(
    connection: duckdb.DuckDBPyConnection, links: Iterable[tuple[str, str, float]]
) -> None:
    """Store links (both articles, the lesser first, and their log odds) that are not there."""
    connection.execute("CREATE OR REPLACE TEMP TABLE found_links AS FROM story_links LIMIT 0")
    rows = ({"article_id": one, "other_id": two, "score": score} for one, two, score in links)
    insert(connection, "found_links", rows)
    connection.execute(
        "INSERT INTO story_links "
        "FROM found_links ANTI JOIN story_links USING (article_id, other_id)"
    )


def links_of(
    connection: duckdb.DuckDBPyConnection, articles: Collection[str]
) -> list[tuple[str, str, float]]:
    """The links that ``articles`` have, with each other or with others."""
    identifiers(connection, "asked", articles)
    return connection.execute(
        "SELECT article_id, other_id, score FROM story_links "
        "WHERE article_id IN (FROM asked) OR other_id IN (FROM asked) ORDER BY ALL"
    ).fetchall()


def versions_of(
    connection: duckdb.DuckDBPyConnection, articles: Collection[str]
) -> list[tuple[str, str]]:
    """Pairs of versions of one article, one of them in ``articles``."""
    identifiers(connection, "asked", articles)
    return connection.execute(
        "SELECT article_id, version_id FROM article_siblings "
        "WHERE article_id IN (FROM asked) ORDER BY ALL"
    ).fetchall()


def stories_of(
    connection: duckdb.DuckDBPyConnection, articles: Collection[str], clusterer: str | None = None
) -> dict[str, str]:
    """All articles of the stories that ``articles`` are in, with their story; with ``clusterer``
    only what that one formed."""
    identifiers(connection, "asked", articles)
    return dict(
        connection.execute(
            "SELECT article_id, story_id FROM story_articles WHERE story_id IN "
            "(SELECT story_id FROM story_articles WHERE article_id IN (FROM asked)) "
            "AND ($clusterer IS NULL OR clusterer = $clusterer)",
            {"clusterer": clusterer},
        ).fetchall()
    )


def put_stories(
    connection: duckdb.DuckDBPyConnection,
    clusterer: str,
    stories: Mapping[str, tuple[str, Sequence[str]]],
    changes: Iterable[tuple[str, str, str, int]],
) -> None:
    """Store stories (identifier to central article and all articles) in place of those that the
    articles were in, and what changed: change, story, other story, articles. Stories without
    articles go."""
    now = moment(datetime.now(UTC))
    identifiers(connection, "moved", (one for _, members in stories.values() for one in members))
    connection.execute("DELETE FROM story_articles WHERE article_id IN (FROM moved)")
    insert(
        connection,
        "story_articles",
        (
            {"article_id": article, "story_id": story, "clusterer": clusterer}
            for story, (_, members) in stories.items()
            for article in members
        ),
    )
    identifiers(connection, "formed_now", stories)
    there = "SELECT story_id, formed_at FROM stories WHERE story_id IN (FROM formed_now)"
    formed = dict(connection.execute(there).fetchall())
    connection.execute(
        "DELETE FROM stories WHERE story_id IN (FROM formed_now) OR story_id NOT IN "
        "(SELECT story_id FROM story_articles)"
    )
    insert(
        connection,
        "stories",
        (
            {
                "story_id": story,
                "central_article_id": middle,
                "formed_at": moment(formed[story]) if story in formed else now,
            }
            for story, (middle, _) in stories.items()
        ),
    )
    insert(
        connection,
        "story_changes",
        (
            {
                "changed_at": now,
                "change": change,
                "story_id": story,
                "other_story_id": other,
                "articles": articles,
            }
            for change, story, other, articles in changes
        ),
    )


def known_stories(
    connection: duckdb.DuckDBPyConnection, stories: Collection[str]
) -> dict[str, datetime]:
    """Those of ``stories`` that are there, and when they were first stored."""
    identifiers(connection, "names", stories)
    there = "SELECT story_id, formed_at FROM stories WHERE story_id IN (FROM names)"
    return dict(connection.execute(there).fetchall())
