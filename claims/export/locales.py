"""How languages are written and called, by Unicode's CLDR (Babel)."""

from __future__ import annotations

from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError


@cache
def locale(language: str) -> Any:
    """Babel's locale, or None for a code that it does not know."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def direction(language: str) -> str:
    """``ltr`` or ``rtl``, as the script of a language is written; ``auto`` where it is unknown."""
    known = locale(language)
    return "auto" if known is None else str(known.text_direction)
