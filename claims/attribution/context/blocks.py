"""What stands below a line that ends with a colon: lists, block quotations, posts.

«The minister said:», and in the next lines what she said, with bullets, numbers, marks of a block
quotation or quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from claims.attribution.rules.dependency.subjects import subject
from claims.attribution.rules.dependency.tree import Tree
from claims.attribution.rules.lexicon import Cue
from claims.attribution.rules.match_cues import Found
from claims.attribution.rules.negation import negates
from claims.attribution.rules.quotes import kind, paragraphs_end
from claims.attribution.rules.text import Text
from claims.attribution.rules.urdu_hindi.postposition_sources import of_cue
from claims.attribution.rules.urdu_hindi.postposition_sources import subject as marked_subject
from claims.model import Attribution, Pattern, Sentence, Span, Spans, Stance

CONFIDENCE = 0.8

LONGEST = 8
"""Words before a cue that are its source where the parser shows no subject."""

_ITEM = re.compile(
    r"\s*(?:[-*•●▪◦–—·]\s+|\(?(?:\d{1,2}|[a-hA-H])[.)]\s+|[\u06f0-\u06f9]{1,2}[.)۔\-]\s*)"
)
_BLOCK = re.compile(r"\s*>\s?")
_SIGNATURE = re.compile(r"\s*(?P<mark>[—–]|--)\s*(?P<who>[^(,،\n]{2,60}?)\s*(?:[(,،].*)?$")
_OPENS = tuple("\"“”„‟«'‘’")
_ENDS = re.compile(r"[:：]\s*[-–—]?\s*$")

Line = tuple[int, int]


def with_blocks(text: Text, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, with those of the blocks that a line with a colon brings in; each item of a
    list is a claim of its own."""
    out = list(found)
    lines = [(start, end) for start, end in text.written if text.text[start:end].strip()]
    for number, line in enumerate(lines[:-1]):
        if not _ENDS.search(text.text[line[0] : line[1]]):
            continue
        brought = _brought(text, line)
        block = _block(text, lines, number + 1) or _paragraph(text, lines[number + 1], out)
        if brought is None or not block:
            continue
        source, cue, stance = brought
        region = (block[0][0].start, block[-1][-1].end)
        for each in out:  # what was found of it knows best who speaks
            if each.source and _inside(each.content, region) and _inside(each.cue, line):
                source, cue, stance = each.source[0], each.cue[0], each.stance
        out = [
            each
            for each in out
            if not _inside(each.cue, region)
            and not (_inside(each.cue, line) and (each.source is None or _meets(each, cue, source)))
        ]
        out += [_attribution(text, source, cue, content, stance) for content in block]
    return [*out, *_signed(text, lines, out)]


def _meets(each: Attribution, cue: Span, source: Span) -> bool:
    return any(s.start < cue.end and cue.start < s.end for s in each.cue) or (
        each.source is not None and each.source[0].start == source.start
    )


def _inside(spans: Spans, line: tuple[int, int]) -> bool:
    return all(line[0] <= span.start and span.end <= line[1] for span in spans)


def _brought(text: Text, line: Line) -> tuple[Span, Span, Stance] | None:
    """Source, cue and stance of the line before a block."""
    words = text.text[line[0] : line[1]]
    for pattern in text.grammar.speech.bringing_patterns:
        if match := pattern.match(words):
            source = _name(text, line[0] + match.start("who"), line[0] + match.end("who"))
            start = line[0] + match.start()
            cue = text.content(start, line[0] + match.start("who"))
            if source is not None and cue is not None:
                return source, cue, Stance.REPORT
    sentences = [s for s in text.sentences if line[0] <= s.start < line[1]]
    for sentence in reversed(sentences[-1:]):
        for found in reversed(text.cues(sentence)):
            entry = next((cue for cue in found.cues if _brings(cue)), None)
            said_by = _source(text, sentence, found) if entry is not None else None
            cue = text.span(found.words)
            if entry is not None and said_by is not None and cue is not None:
                return said_by, cue, entry.stance
    return None


def _brings(cue: Cue) -> bool:
    return bool({"clause", "quotation", "genitive", "according"}.intersection(cue.frames))


def _name(text: Text, start: int, end: int) -> Span | None:
    """A source without what explains it: «Ada Wick | , head of sales at Tarn Mills»."""
    comma = text.text.find(",", start, end)
    if comma <= start:
        return text.content(start, end)
    if text.text[start:comma].islower():  # the deputy, Hal Stone
        return text.content(comma + 1, end)
    return text.content(start, comma)


def _source(text: Text, sentence: Sentence, found: Found) -> Span | None:
    if text.grammar.marking == "postposition":
        genitive = any("genitive" in cue.frames for cue in found.cues)
        phrase = of_cue(text, found) if genitive else marked_subject(text, found)
        return text.span(sentence.words[phrase[0] : phrase[1]]) if phrase else None
    tree = Tree(sentence)
    if any("according" in cue.frames for cue in found.cues):
        rest = [w for w in sentence.words if w.index > found.words[-1].index and w.upos != "PUNCT"]
        return text.span(rest)
    verb = sentence.words[found.head]
    if verb.upos not in {"VERB", "AUX"}:
        return None
    before = [w for w in sentence.words if w.index < found.words[0].index]
    named = any(word.upos in {"NOUN", "PROPN", "PRON"} for word in before)
    return subject(text, tree, verb) or (
        text.span(before) if named and len(before) <= LONGEST else None
    )


def _block(text: Text, lines: Sequence[Line], number: int) -> list[Spans]:
    """The contents of the block that begins with a line; none where it shows no marks of one."""
    begin, end = lines[number]
    words = text.text[begin:end]
    if _ITEM.match(words):
        return _items(text, lines[number:])
    if _BLOCK.match(words):
        pieces: list[Span] = []
        for start, stop in lines[number:]:
            match = _BLOCK.match(text.text[start:stop])
            if match is None:
                break
            piece = _span(text, start + match.end(), stop)
            pieces += [piece] if piece else []
        return [tuple(pieces)] if pieces else []
    if words.lstrip().startswith(_OPENS):
        return _quotations(text, lines[number:])
    return []


def _paragraph(text: Text, line: Line, found: Sequence[Attribution]) -> list[Spans]:
    """The paragraph below, that shows no mark of what it is, where nobody else speaks in it."""
    if any(line[0] <= each.cue[0].start < line[1] for each in found):
        return []
    span = text.content(*line)
    return [(span,)] if span is not None else []


def _signed(
    text: Text, lines: Sequence[Line], found: Sequence[Attribution]
) -> Iterator[Attribution]:
    """Block quotations and posts that are signed below: «> …», and in the next line «— Skyfare»."""
    for above, below in pairwise(lines):
        match = _BLOCK.match(text.text[above[0] : above[1]])
        name = _SIGNATURE.match(text.text[below[0] : below[1]])
        taken = any(above[0] <= s.start < above[1] for each in found for s in each.content)
        if match is None or name is None or taken:
            continue
        source = _span(text, below[0] + name.start("who"), below[0] + name.end("who"))
        cue = _span(text, below[0] + name.start("mark"), below[0] + name.end("mark"))
        content = _span(text, above[0] + match.end(), above[1])
        if source is not None and cue is not None and content is not None:
            yield _attribution(text, source, cue, (content,), Stance.REPORT)


def _items(text: Text, lines: Sequence[Line]) -> list[Spans]:
    items: list[Spans] = []
    for start, end in lines:
        match = _ITEM.match(text.text[start:end])
        if match is None:
            break
        span = text.content(start + match.end(), end)
        if span is not None:
            items.append((span,))
    return items


def _quotations(text: Text, lines: Sequence[Line]) -> list[Spans]:
    """Paragraphs that are nothing but quotations, one after the other."""
    pieces: list[Span] = []
    reached = 0
    for start, end in lines:
        if end <= reached:
            continue
        first = start + len(text.text[start:end]) - len(text.text[start:end].lstrip())
        mark = next((mark for mark in text.quoted if mark.start == first), None)
        if mark is None:
            break
        stop = mark.end if mark.closed else paragraphs_end(text.text, text.quoted, mark.end)
        line_end = next((e for s, e in lines if s <= stop - 1 < e), stop)
        if text.text[stop:line_end].strip(" \t.۔"):
            if not pieces:
                return []
            break
        pieces.append(Span(start=mark.start, end=stop))
        reached = stop
    return [tuple(pieces)] if pieces else []


def _span(text: Text, start: int, end: int) -> Span | None:
    while start < end and text.text[start].isspace():
        start += 1
    while end > start and text.text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end) if end > start else None


def _attribution(
    text: Text, source: Span, cue: Span, content: Spans, stance: Stance
) -> Attribution:
    return Attribution(
        sentence_index=max(text.numbered(cue.start), 0),
        source=(source,),
        cue=(cue,),
        content=content,
        stance=stance,
        pattern=Pattern.CLAUSAL,
        quotation=kind(text.text, content, text.quoted),
        negated=negates(text, content),
        confidence=CONFIDENCE,
    )
