"""Grouping near-identical articles, run after run: reprints of one report, versions of one text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from claims.config.settings import ContradictionSettings
from claims.contradictions.near_duplicates.minhash import Shingles
from claims.store.database import Database
from claims.store.near_duplicates import groups_of, meeting, put_groups, put_signatures, ungrouped

_AT_ONCE = 2_000
"""Articles whose texts are in memory at a time."""


def group_articles(database: Database, settings: ContradictionSettings) -> int:
    """Group the stored articles that were not grouped under these settings yet, with those that
    were; how many there were. Where there are none, nothing is written.

    Articles are joined where they are alike by ``settings.reprint_similarity``, and a group is what
    is joined, directly or through others: whatever the order in which articles come, the groups
    are the same. Raises DatabaseError.
    """
    shingles = Shingles(settings.reprint_similarity, settings.reprint_words)
    grouped = 0
    while texts := _ungrouped(database, shingles):
        signatures = {article: shingles.signature(text) for article, text in texts.items()}
        made = {article: (one, list(shingles.buckets(one))) for article, one in signatures.items()}
        with database.writing() as connection:
            put_signatures(connection, shingles.fingerprint, made)
            joined = [
                (one, other)
                for one, other, first, second in meeting(connection, made, settings.days)
                if shingles.alike(first, second)
            ]
            known = groups_of(connection, {article for pair in joined for article in pair})
            now = united(known, joined)
            put_groups(connection, {a: group for a, group in now.items() if known.get(a) != group})
        grouped += len(texts)
    return grouped


def _ungrouped(database: Database, shingles: Shingles) -> dict[str, str]:
    if not database.exists():
        return {}
    with database.reading() as connection:
        return ungrouped(connection, shingles.fingerprint, _AT_ONCE)


def united(groups: Mapping[str, str], joined: Iterable[tuple[str, str]]) -> dict[str, str]:
    """``groups`` (article to group) with the groups of joined articles made one, each named after
    the least article in it."""
    first: dict[str, str] = {}

    def head(article: str) -> str:
        while (above := first.setdefault(article, article)) != article:
            first[article] = first[above]
            article = above
        return article

    named: dict[str, str] = {}
    within = [(article, named.setdefault(group, article)) for article, group in groups.items()]
    for one, other in (*within, *joined):
        least, most = sorted((head(one), head(other)))
        first[most] = least
    return {article: head(article) for article in list(first)}
