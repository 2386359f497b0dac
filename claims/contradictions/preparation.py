"""What is made and stored before claims are compared."""

from __future__ import annotations

from collections.abc import Collection

from claims.config.settings import ContradictionSettings
from claims.contradictions.near_duplicates.groups import group_articles
from claims.contradictions.vectors import make_vectors
from claims.store.database import Database


def prepare(database: Database, settings: ContradictionSettings, new: Collection[str]) -> None:
    """Group near-identical articles, and make the sentence vectors that comparing the articles
    ``new`` wants. What is there is kept; nothing is written where nothing is missing.

    Raises DatabaseError, and ModelError where vectors are wanted and cannot be made.
    """
    group_articles(database, settings)
    make_vectors(database, settings, new)
