"""What a target of the fuzz command is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from claims.errors import ClaimsError

SECRET = "a-secret-that-nobody-may-read"
"""What stands in the files outside, to which nothing may lead."""

Case = Callable[[Random], str]
"""One try with what ``Random`` gives; returns in a word how it ended. Whatever it raises is a
finding."""

Prepare = Callable[[Path], Case]
"""Makes a target ready in a folder, beside which lies the folder ``outside``."""


class FindingError(Exception):
    """Something that must not be."""


def refusal(error: ClaimsError) -> str:
    """How a refusal counts. Raises FindingError where it is not told in one line or
    tells a secret."""
    told = str(error)
    if "\n" in told or len(told) > 3000 or SECRET in told or "Traceback" in told:
        raise FindingError(f"told badly: {told[:300]!r}")
    return "refused"
