"""What two claims have in common that are one, printed twice."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_WORD = re.compile(r"\w+")
_SHORTEST = 5
"""Words from which on it is no chance that two claims read the same: fewer, such as "the report",
are said of many things. Set by hand."""


def reprint_key(voice: str | None, stance: str, content: str) -> str | None:
    """16 hexadecimal digits, equal for claims of one voice and stance in the same words; None for
    contents that are too short to tell ("the allegation"). ``voice`` is None for an outlet's own
    statement: agency reports are printed by many in their own voice."""
    plain = unicodedata.normalize("NFKD", content).casefold()
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    words = _WORD.findall(letters)
    if len(words) < _SHORTEST:
        return None
    identity = "\x1f".join((voice or "", stance, *words))
    return hashlib.sha256(identity.encode()).hexdigest()[:16]
