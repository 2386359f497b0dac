"""Words of others on a terminal: shown, never obeyed."""

from __future__ import annotations

import json

_REPLACED = "\N{REPLACEMENT CHARACTER}"

_SHOWN = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"},
    0x7F: "\N{SYMBOL FOR DELETE}",
    # C1, of which U+009B begins commands as ESC [ does; line separators; halves of surrogate pairs;
    # and what turns the order of the letters around that follow.
    **dict.fromkeys(range(0x80, 0xA0), _REPLACED),
    **dict.fromkeys((0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), _REPLACED),
    **dict.fromkeys(range(0xD800, 0xE000), _REPLACED),
}


def printable(text: str) -> str:
    """``text`` with a picture in the place of every character that would steer a terminal; line
    ends and tabs stay."""
    return text.translate(_SHOWN)


def json_line(value: object, indent: int | None = None) -> str:
    """``value`` as JSON that steers no terminal either: what ``json`` leaves of such characters is
    written as ``\\u009b``, which means the same."""
    return escaped(json.dumps(value, ensure_ascii=False, indent=indent))


def escaped(text: str) -> str:
    """JSON that somebody else wrote, as ``json_line`` writes it."""
    return text.translate(_ESCAPED)


_ESCAPED = {code: f"\\u{code:04x}" for code in _SHOWN if code >= 0x7F}
