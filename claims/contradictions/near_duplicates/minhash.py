"""What an article's wording comes down to, to know near-identical ones by: MinHash over shingles.

The share of shingles (runs of words) that two texts have in common is estimated by the share of
equal minima of their hashes (Broder, 1997); texts that may be alike meet in the bands of
locality-sensitive hashing (Indyk and Motwani, 1998). Both by datasketch.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from importlib.metadata import version

PERMUTATIONS = 128
"""Hash functions of a signature; the estimate is off by 4 points in a hundred on average."""

_WORD = re.compile(r"\w+")
_LEAST = 12
"""Shingles from which on a text is long enough to tell."""


class Shingles:
    """Signatures of texts by runs of ``words`` words, for finding those that are alike by
    ``similarity``, a share in [0, 1]."""

    def __init__(self, similarity: float, words: int) -> None:
        self.similarity = similarity
        self.words = words

    @cached_property
    def fingerprint(self) -> str:
        """What a signature depends on besides the text, in 16 hexadecimal digits."""
        made_by = (version("datasketch"), PERMUTATIONS, _LEAST, self.similarity, self.words)
        return hashlib.sha256(repr(made_by).encode()).hexdigest()[:16]

    def signature(self, text: str) -> bytes:
        """``PERMUTATIONS`` minima of 4 bytes, little-endian; empty for a text that is too short."""
        from datasketch import MinHash

        plain = unicodedata.normalize("NFKD", text).casefold()
        letters = "".join(c for c in plain if not unicodedata.combining(c))
        words = _WORD.findall(letters)
        shingles = {
            " ".join(words[at : at + self.words]).encode()
            for at in range(len(words) - self.words + 1)
        }
        if len(shingles) < _LEAST:
            return b""
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch(shingles)
        return bytes(sketch.hashvalues.astype("<u4").tobytes())

    def buckets(self, signature: bytes) -> Iterator[tuple[int, int]]:
        """``(band, bucket)`` of a signature: alike texts most likely have one in common."""
        if not signature:
            return
        for band, (start, end) in enumerate(self._ranges):
            part = hashlib.blake2b(signature[4 * start : 4 * end], digest_size=8)
            yield band, int.from_bytes(part.digest(), "little")

    def alike(self, one: bytes, other: bytes) -> bool:
        """Whether two signatures, neither of them empty, are of near-identical texts."""
        import numpy as np

        equal = np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4")
        return bool(equal.mean() >= self.similarity)

    @cached_property
    def _ranges(self) -> list[tuple[int, int]]:
        """The bands that find the similarity best, as datasketch chooses them."""
        from datasketch import MinHashLSH

        lsh = MinHashLSH(threshold=self.similarity, num_perm=PERMUTATIONS, weights=(0.2, 0.8))
        return [(band * lsh.r, (band + 1) * lsh.r) for band in range(lsh.b)]
