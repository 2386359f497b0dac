"""Claims that mean what a query means, in whatever words and language, by their stored vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import duckdb

from claims.language.encoder.sentence_vectors import encode, encoder_name, unpacked
from claims.store.questions import Questions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SEARCH = Questions(__package__, "sql")

LEAST, ACROSS = 0.4, 0.33
"""Cosine, less what all claims of a language share, from which a claim of the query's language
counts as near, and from which one of another. Of queries about 9,000 claims of world news most
below them were about something else; a sentence and its translation are that much further apart."""

_AT_ONCE = 16_384
"""Vectors that are unpacked at a time: 24 MB."""

_SAMPLE = 5_000
"""Vectors by which it is known what all of a language share."""


class NearClaim(NamedTuple):
    """A claim and how near its meaning is, from 0 to 1."""

    claim_id: str
    likeness: float


class Nearest(NamedTuple):
    """What is near, nearest first; and of how many claims how many have a vector."""

    claims: tuple[NearClaim, ...]
    compared: int
    of: int


def nearest(connection: duckdb.DuckDBPyConnection, text: str, most: int) -> Nearest:
    """The claims nearest to ``text``, at most ``most``, of those in the temporary table ``fitting``
    that are not in ``matched``. Claims without a vector are not among them.

    Raises ModelError where the model that makes vectors is not there.
    """
    name = encoder_name()
    languages: dict[str, list[tuple[str, bytes]]] = {}
    for row in _SEARCH.ask(connection, "vectors", encoder=name):
        languages[row["language"]] = list(zip(row["claims"], row["vectors"], strict=True))
    fitting = _SEARCH.ask_one(connection, "fitting") or {"claims": 0}
    if not languages:
        return Nearest((), 0, fitting["claims"])
    # Identifiers are hashes, so that the first of them are a sample.
    shared = {
        row["language"]: unpacked(row["vectors"]).mean(0)
        for row in _SEARCH.ask(connection, "shared", encoder=name, most=_SAMPLE)
    }
    for code, each in languages.items():
        if code not in shared:  # a language that hardly any claim is in
            shared[code] = unpacked([vector for _, vector in each]).mean(0)
    (asked,) = unpacked(encode([text]))
    found = sorted(_near(asked, languages, shared), key=lambda one: (-one.likeness, one.claim_id))
    compared = sum(map(len, languages.values()))
    return Nearest(tuple(found[:most]), compared, fitting["claims"])


def _near(
    asked: NDArray[np.float32],
    languages: dict[str, list[tuple[str, bytes]]],
    shared: dict[str, NDArray[np.float32]],
) -> list[NearClaim]:
    """Claims that are near enough. What all vectors of a language share is taken off them, and what
    those of the query's own language share off the query: else the shortest claims are near to
    everything, and none of another language to anything."""
    import numpy as np

    own = max(shared, key=lambda code: float(shared[code] @ asked))
    query = asked - shared[own]
    query /= max(float(np.linalg.norm(query)), 1e-9)
    found = []
    for code, each in languages.items():
        least = LEAST if code == own else ACROSS
        for start in range(0, len(each), _AT_ONCE):
            part = each[start : start + _AT_ONCE]
            vectors = unpacked([vector for _, vector in part]) - shared[code]
            cosines = vectors @ query / np.maximum(np.linalg.norm(vectors, axis=1), 1e-9)
            found += [
                NearClaim(part[at][0], round(float(cosines[at]), 4))
                for at in np.flatnonzero(cosines >= least)
            ]
    return found
