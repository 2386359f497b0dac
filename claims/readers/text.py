"""Bytes of a plain text file to the article's text, kept as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.errors import InputError
from claims.readers.draft import Draft
from claims.readers.reader_input import ReaderInput

MAXIMUM = 1_000_000
"""Code points of the longest text that is read as one article."""

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.01  # a stray control character is noise; more of them are not text
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(given: ReaderInput) -> Iterator[Draft]:
    """The whole file as one article."""
    yield Draft(
        text=decode_text(given.content(4 * MAXIMUM)),
        name=given.name,
        headline_lines=given.entry.headline_lines,
    )


def decode_text(data: bytes) -> str:
    """The text of ``data``: strictly UTF-8, with byte order mark and line ends kept.

    Offsets of spans count the code points of what is returned. Raises InputError for what
    ``check`` refuses and for bytes that are not UTF-8.
    """
    if not data:
        raise InputError("the file is empty")
    if data.startswith(_UTF16):
        raise InputError("not UTF-8 but UTF-16; save it as UTF-8")
    if b"\0" in data:
        raise InputError(f"binary, not text: a NUL byte at offset {data.index(0)}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}; save it as UTF-8"
        ) from None
    check(text)
    return text


def check(text: str) -> None:
    """Raise InputError for a text that is no article: blank, binary or too long."""
    if len(text) > MAXIMUM:
        raise InputError(f"too long: {len(text):,} characters; the limit is {MAXIMUM:,}")
    if not text.strip("\ufeff \t\r\n\v\f\u00a0\u200b\u200c\u200d\u200e\u200f\u2028\u2029"):
        raise InputError("there is no text in it, only white space")
    if "\0" in text or len(_CONTROL.findall(text)) > len(text) * _CONTROL_SHARE:
        found = _CONTROL.search(text)
        place = found.start() if found else 0
        raise InputError(f"binary, not text: a control character at offset {place}")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise InputError("not Unicode text: it holds half of a surrogate pair")
