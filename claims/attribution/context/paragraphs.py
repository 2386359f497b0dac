"""Direct speech that goes on over paragraphs, and contents that run out of it."""

from __future__ import annotations

from collections.abc import Sequence

from claims.attribution.rules.quotes import Quoted, covering, paragraphs_end
from claims.attribution.rules.text import STOPS, Text
from claims.model import Attribution, Span, Spans

_MARKS = "\"'“”„‟«»‘’`"
_BETWEEN = " \t" + STOPS + "،," + _MARKS


def with_paragraphs(text: Text, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, each with the paragraphs that its direct speech goes on over: those that
    open a quotation anew where the one before was not closed. It ends before what another
    attribution covers."""
    return [_lengthened(text, each, found) for each in found]


def _lengthened(text: Text, each: Attribution, found: Sequence[Attribution]) -> Attribution:
    content = _following(text, each, found)
    if not content:
        return each
    last = content[-1]
    mark = covering(text.quoted, last.end - 1)
    if mark is None or mark.closed or mark.end - last.end > len(_BETWEEN):
        return _given(each, content)
    end = paragraphs_end(text.text, text.quoted, mark.end)
    others = [
        span.start
        for other in found
        if other is not each
        for span in (*other.content, *other.cue, *(other.source or ()))
        if mark.end <= span.start < end
    ]
    if others:
        inside = [m.end for m in text.quoted if mark.end <= m.start and m.end <= min(others)]
        end = max(inside, default=mark.end)
    if end <= last.end:
        return _given(each, content)
    return _given(each, (*content[:-1], Span(start=last.start, end=end)))


def _following(text: Text, each: Attribution, found: Sequence[Attribution]) -> Spans:
    """The content with the quotations that follow it in its line: «"…," she said. "…"»."""
    content = each.content
    if not content or not each.cue:
        return content
    last = content[-1]
    if covering(text.quoted, last.end - 1) is None:
        return content
    at = max(last.end, each.cue[-1].end, each.source[-1].end if each.source else 0)
    sentence = text.sentence_at(each.cue[-1].start)
    if sentence is None or at > sentence.end + 2:
        return content
    at = max(at, min(sentence.end, text.line_end(sentence)))
    line = text.line_end(sentence)
    taken = [s for o in found if o is not each for r in (o.content, o.cue) for s in r]
    for mark in text.quoted:
        if mark.start < at or mark.start >= line:
            continue
        if text.text[at : mark.start].strip(_BETWEEN):
            break
        if any(s.start < mark.end and mark.start < s.end for s in taken):
            break
        if text.text[mark.end : line].strip(_BETWEEN)[:1].islower() or _tagged(text, mark, line):
            break
        content = (*content, Span(start=mark.start, end=mark.end))
        at = mark.end
    return content


def _tagged(text: Text, mark: Quoted, line: int) -> bool:
    """Whether a quotation has a voice of its own behind it: «"…," he said»."""
    inside = text.text[mark.start : mark.end].rstrip(_MARKS)
    return mark.closed and inside.endswith((",", "،")) and mark.end < line


def within_marks(text: Text, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, each with its contents cut off where a quotation closes a sentence in them
    and the reporter goes on with the next."""
    return [_given(each, tuple(_cut(text, each, span) for span in each.content)) for each in found]


def _cut(text: Text, each: Attribution, span: Span) -> Span:
    cue = each.cue[-1].end if each.cue else span.start
    for mark in text.quoted:
        if (
            mark.start < span.start - 2
            or not mark.closed
            or mark.end >= span.end
            or mark.end <= cue
        ):
            continue
        rest = text.text[mark.end : span.end]
        if not rest[:1].isspace() or text.text[mark.end - 2] not in STOPS:
            continue
        begins = [s for s in text.sentences if mark.end <= s.start < span.end]
        behind = [m for m in text.quoted if mark.end <= m.start < span.end]
        if behind and not text.text[mark.end : behind[0].start].strip():
            continue
        opens = text.text[mark.end : span.end].lstrip()[:1]
        if begins or opens.isupper() or not opens.isascii():
            return Span(start=span.start, end=mark.end)
    return span


def _given(each: Attribution, content: Spans) -> Attribution:
    return each if content == each.content else each.model_copy(update={"content": content})
