"""Bytes of a page or a feed to its characters, whatever encoding they claim: never mojibake."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from claims.errors import InputError

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{1,40})", re.IGNORECASE)
_HEAD = 4096
_NOT_TEXT = frozenset(("undefined", "idna", "punycode", "raw_unicode_escape", "unicode_escape"))
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSES = ("cp1252", "cp1256")
_LATIN = frozenset(("ascii", "iso8859-1"))  # what says so is in Windows-1252 (WHATWG)

_STRAY = 0.05  # share of bytes that are no UTF-8, up to which a text is that all the same
_ZEROS = 0.3  # share of zero bytes that only UTF-16 has
_ODD = 0.3  # share of odd characters, of those that are not ASCII, that makes a text mojibake
_FEWEST = 20  # odd characters that say so of valid UTF-8, which is believed more

_RUN = re.compile(r"[^\W\d_]+")
_SYMBOL_INSIDE = re.compile(r"(?<=[^\W\d_])[¡-©«-´¶¸¹»-¿×÷€-™ˆ˜]+(?=[^\W\d_])")
_MIXED = re.compile(
    r"(?<=[\u0621-\u06d3])[A-Za-z\u00c0-\u024f]+|[A-Za-z\u00c0-\u024f]+(?=[\u0621-\u06d3])"
)
_UNPRINTED = re.compile("[\x80-\x9f\ufffd\ue000-\uf8ff]")


def decode(body: bytes, content_type: str | None = None) -> str:
    """The characters of a page or a feed: by its byte order mark, as UTF-16 or UTF-8 where it is
    that, else by what the server and the text itself say, else as Windows-1252 or Windows-1256.

    What is said is believed only where text comes out. Stray bytes that are no characters become
    U+FFFD. Raises InputError where nothing but mojibake comes out.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    wide = _wide(body)
    if wide is not None:
        return body.decode(wide, "replace")
    told = _told(body, content_type)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if _odd(text, _FEWEST) > _ODD:
            raise InputError("mojibake: it was read in a wrong encoding before it was published")
        return text
    text = body.decode("utf-8", "replace")
    others = sum(1 for character in text if not character.isascii())
    if text.count("\ufffd") <= _STRAY * others:
        return text
    for name in dict.fromkeys((*told, *_GUESSES)):
        text = body.decode(name, "replace")
        if _odd(text, 1) <= _ODD:
            return text
    named = told[0] if told else "no encoding that it names"
    raise InputError(
        f"its characters cannot be told: it is neither UTF-8 nor {named}; it is not read"
    )


def _told(body: bytes, content_type: str | None) -> list[str]:
    """What the server and the text itself say of its encoding, as Python calls it."""
    head = body[:_HEAD]
    told = [match[1] for match in [_HEADER.search(content_type or "")] if match]
    told += [match[1].decode() for match in (_DECLARED.search(head), _XML.search(head)) if match]
    return list(_known(told))


def _known(told: list[str]) -> Iterator[str]:
    for name in told:
        try:
            info = codecs.lookup(name)
            if info.name not in _NOT_TEXT and info._is_text_encoding and info.name != "utf-8":
                b"".decode(info.name)
                yield "cp1252" if info.name in _LATIN else info.name
        except (LookupError, UnicodeError, ValueError):
            continue


def _wide(body: bytes) -> str | None:
    """UTF-16 without a mark, by where the zero bytes of its ASCII characters stand."""
    head = body[: _HEAD - _HEAD % 2]
    first, second = head[0::2].count(0), head[1::2].count(0)
    if first + second < _ZEROS * len(head) / 2:
        return None
    if second > 4 * first:
        return "utf-16-le"
    return "utf-16-be" if first > 4 * second else None


def _odd(text: str, fewest: int) -> float:
    """The share of characters that no language has where they stand, of those that are not ASCII;
    0 where there are fewer than ``fewest``."""
    others = sum(1 for character in text if not character.isascii())
    if not others:
        return 0.0
    odd = sum(len(match[0]) for match in _SYMBOL_INSIDE.finditer(text))
    odd += sum(len(match[0]) for match in _MIXED.finditer(text))
    odd += sum(1 for _ in _UNPRINTED.finditer(text))
    for run in _RUN.findall(text):
        accented = sum("\u00c0" <= character <= "\u024f" for character in run)
        if 3 * accented > 2 * len(run) and len(run) > 1:
            odd += accented
    return odd / others if odd >= fewest else 0.0
