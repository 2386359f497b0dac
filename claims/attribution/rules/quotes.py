"""Quotation marks: which stretches of a text stand between them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from claims.model import Quotation, Span, Spans

_MARK = re.compile(
    r"''|``|[\"“”„‟«»]|(?<!\w)[‘’'](?=\w)|(?<=[\w.,!?…۔،؟])[‘’'](?!\w)"
    r"|(?<=[۔؟] )[’'](?=\s|$)"
)
_ANY = re.compile("['`\"“”„‟«»‘’]")
_OPENS = {"“", "„", "‟", "«", "``"}
_CLOSES = {"”", "»"}
_SINGLE = {"'", "‘", "’"}
_ALL = "\"'“”„‟«»‘’`"
_WORD = re.compile(r"\w+")


UNMARKED = 3
"""Paragraphs without marks between one that opens a quotation and the one that closes it."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation ``[start, end)`` with its marks; ``closed`` is False where the closing mark is
    missing (then it ends with its line, as quotations over several paragraphs are printed)."""

    start: int
    end: int
    closed: bool


def quotations(text: str) -> tuple[Quoted, ...]:
    """The quotations of a text, outermost ones only, in order.

    Newspapers open with ``"`` and close with ``”``, take two apostrophes for a mark and forget
    closing marks: any double mark closes what a double mark opened, unless it can only open.
    Single marks count at the edges of words and only where both are there.
    """
    found: list[Quoted] = []
    waiting: list[Quoted] = []  # whole lines without marks, after a quotation that is still open
    for line in re.finditer(r"[^\r\n]*[^\r\n\s][^\r\n]*", text):
        last = waiting[-1] if waiting else found[-1] if found else None
        carried = last is not None and not last.closed and not text[last.end : line.start()].strip()
        following = text[line.end() :].lstrip()[:1]
        here = _in_line(line[0], line.start(), carried, following)
        whole = Quoted(line.start(), line.start() + len(line[0].rstrip()), False)
        if carried and not here and len(waiting) < UNMARKED:
            waiting.append(whole)
            continue
        if here and here[0].start == line.start() and line[0][0] not in _ALL:
            found += waiting
        waiting = []
        found += here
    return tuple(found)


def paragraphs_end(text: str, quoted: tuple[Quoted, ...], end: int) -> int:
    """Where a quotation that ends at ``end`` without a closing mark ends in the lines after it:
    newspapers open each paragraph of a long quotation anew, or close only its last one."""
    for mark in quoted:
        if mark.start >= end and not text[end : mark.start].strip():
            before = next((each for each in quoted if each.end == end), None)
            if before is None or before.closed:
                break
            end = mark.end
    return end


def _in_line(line: str, offset: int, carried: bool = False, following: str = "") -> list[Quoted]:
    if _ANY.search(line) is None:
        return []
    found: list[Quoted] = []
    opened: int | None = None
    single: int | None = None
    for number, match in enumerate(_MARK.finditer(line)):
        mark = match[0]
        if number == 0 and carried and match.start() and not _opens_word(line, match):
            found.append(Quoted(offset, offset + match.end(), True))
            continue  # closes what the paragraph before opened
        if mark in _SINGLE:
            if opened is not None:
                continue
            if single is None and _opens_word(line, match):
                single = match.start()
            elif single is not None and not _opens_word(line, match):
                if " " in line[single : match.start()]:
                    found.append(Quoted(offset + single, offset + match.end(), True))
                single = None
            continue
        if opened is None:
            if mark in _CLOSES and not _opens_word(line, match):
                continue  # a closing mark that nothing opened
            opened, single = match.start(), None
        elif mark in _OPENS and _opens_word(line, match):
            continue
        else:
            if match.start() > opened + len(mark):
                found.append(Quoted(offset + opened, offset + match.end(), True))
            opened = None
    if opened is not None and len(line) - opened > 2:
        found.append(Quoted(offset + opened, offset + len(line.rstrip()), False))
    elif single is not None and line[single] == following and _brought(line, single):
        found.append(Quoted(offset + single, offset + len(line.rstrip()), False))
    return sorted(found, key=lambda quoted: quoted.start)


def _brought(line: str, at: int) -> bool:
    """Whether a single mark opens speech: it stands behind a colon or comma or opens its line."""
    return not line[:at].rstrip()[-1:].isalnum()


def _opens_word(line: str, match: re.Match[str]) -> bool:
    before = line[match.start() - 1] if match.start() else " "
    after = line[match.end()] if match.end() < len(line) else " "
    return (not before.isalnum()) and not after.isspace() and before not in ".,!?…۔،؟"


def kind(text: str, content: Spans, quoted: tuple[Quoted, ...]) -> Quotation:
    """Direct where every word of the content is quoted, mixed where some are, else indirect."""
    quotes = [mark for span in content for mark in _touching(quoted, span)]
    if not quotes:
        return Quotation.INDIRECT
    words = [
        match.start() for span in content for match in _WORD.finditer(text, span.start, span.end)
    ]
    inside = sum(any(mark.start <= at < mark.end for mark in quotes) for at in words)
    if not inside:
        return Quotation.INDIRECT
    return Quotation.DIRECT if inside == len(words) else Quotation.MIXED


def covering(quoted: tuple[Quoted, ...], at: int) -> Quoted | None:
    """The quotation that holds the code point ``at``, if any."""
    number = bisect_right(quoted, at, key=_start) - 1
    return quoted[number] if number >= 0 and at < quoted[number].end else None


def _touching(quoted: tuple[Quoted, ...], span: Span) -> tuple[Quoted, ...]:
    """The quotations that have a place in common with a span."""
    first = max(bisect_right(quoted, span.start, key=_start) - 1, 0)
    touched = quoted[first : bisect_left(quoted, span.end, key=_start)]
    return touched if touched and touched[0].end > span.start else touched[1:]


def _start(mark: Quoted) -> int:
    return mark.start


def trimmed(text: str, start: int, end: int, drop: str) -> Span | None:
    """``[start, end)`` without the characters of ``drop`` and white space at either end."""
    while start < end and (text[start].isspace() or text[start] in drop):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in drop):
        end -= 1
    return Span(start=start, end=end) if end > start else None
