"""Interviews: turns of a conversation, each with a label («Q:», «Lena Fischer:», سوال:).

The answers belong to the person who is interviewed, the questions to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.attribution.rules.negation import negates
from claims.attribution.rules.quotes import kind
from claims.attribution.rules.text import Text
from claims.model import Attribution, Modality, Pattern, Span, Stance, Word

CONFIDENCE = 0.8

LONGEST = 5
"""Words of a label."""

_LABEL = re.compile(
    r"[\s*_]*(?P<label>[^:.：*_\n]{1,50}?)\s*[*_]*(?P<mark>[:：]|\.(?=\s))[\s*_]*(?=\S)"
)
_ACCOUNT = re.compile(r"\s*(?P<label>@\w{2,30})\s*[:：]\s*(?=\S)")
_QUESTION = "?؟"


@dataclass(frozen=True, slots=True)
class _Turn:
    label: Span
    start: int
    end: int


def with_turns(text: Text, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions of a text; where it is an interview its turns take the place of what was
    found in them."""
    found = [*found, *_posts(text, found)]
    turns = _turns(text)
    asking = _asking(text, turns)
    if not asking or len(asking) == len({_form(text, turn) for turn in turns}):
        return list(found)
    guest = _guest(text, turns[0].label.start)
    made: list[Attribution] = []
    kept = list(found)
    for turn in turns:
        form = _form(text, turn)
        content = _content(text, turn)
        if content is None:
            continue
        answer = form in text.grammar.speech.answers
        source = guest if answer else turn.label
        inside = (turn.label.start, turn.end)
        kept = [each for each in kept if not inside[0] <= each.cue[0].start < inside[1]]
        made.append(_attribution(text, turn, source, content, asked=form in asking))
    return kept + made


def _posts(text: Text, found: Sequence[Attribution]) -> list[Attribution]:
    """Lines that open with the name of an account: «@skyfare: We will refund every ticket.»"""
    made: list[Attribution] = []
    for start, end in text.lines:
        match = _ACCOUNT.match(text.text, start, end)
        if match is None or any(start <= s.start < end for each in found for s in each.cue):
            continue
        turn = _Turn(Span(start=match.start("label"), end=match.end("label")), match.end(), end)
        content = _content(text, turn)
        if content is not None:
            made.append(_attribution(text, turn, turn.label, content, asked=False))
    return made


def _turns(text: Text) -> list[_Turn]:
    """The labelled lines, each with the lines without a label that follow it."""
    found: list[_Turn] = []
    for start, end in text.lines:
        line = text.text[start:end]
        if not line.strip():
            continue
        match = _LABEL.match(line)
        label = match and Span(start=start + match.start("label"), end=start + match.end("label"))
        if match and label and _labels(text, label, match["mark"]):
            found.append(_Turn(label, start + match.end(), end))
        elif found:
            last = found[-1]
            found[-1] = _Turn(last.label, last.start, end)
    return found


def _labels(text: Text, label: Span, mark: str) -> bool:
    """Whether the beginning of a line may be the label of a turn: a word for question or answer,
    or a name, that holds no verb."""
    form = label.of(text.text).casefold()
    speech = text.grammar.speech
    if form in (*speech.questions, *speech.answers):
        return True
    if mark == "." or len(form.split()) > LONGEST:
        return False
    words = [
        word
        for sentence in text.sentences
        if sentence.start < label.end and label.start < sentence.end
        for word in sentence.words
        if label.start <= word.start < label.end
    ]
    markers = (*text.grammar.subject_markers, *text.grammar.genitive_markers)
    if any(word.text in markers or word.upos in {"AUX", "PUNCT"} for word in words):
        return False
    if text.grammar.marking == "postposition":
        return not any(word.upos == "VERB" for word in words)
    return all(part[:1].isupper() for part in label.of(text.text).split() if part.isalpha())


def _form(text: Text, turn: _Turn) -> str:
    return turn.label.of(text.text).casefold()


def _asking(text: Text, turns: Sequence[_Turn]) -> set[str]:
    """The labels of who asks: words for a question, or a name whose turns end with question marks
    and that another name answers."""
    speech = text.grammar.speech
    forms = [_form(text, turn) for turn in turns]
    asking = {form for form in forms if form in speech.questions}
    named = {form for form in forms if form not in (*speech.questions, *speech.answers)}
    for form in named:
        own = [turn for turn in turns if _form(text, turn) == form]
        asked = [
            turn for turn in own if text.text[turn.start : turn.end].rstrip()[-1:] in _QUESTION
        ]
        if asked and 2 * len(asked) >= len(own):
            asking.add(form)
    return asking


def _content(text: Text, turn: _Turn) -> Span | None:
    start, end = turn.start, turn.end
    while end > start and text.text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end) if end > start else None


def _guest(text: Text, before: int) -> Span | None:
    """Who is interviewed: the one whom the introduction says was talked to, else its first name."""
    intro = text.text[:before]
    for pattern in text.grammar.speech.talking_patterns:
        if match := pattern.search(intro):
            return _named(text, match.start("who"), match.end("who"), False)
    return _named(text, 0, before, True)


def _named(text: Text, start: int, end: int, full: bool) -> Span | None:
    """The first name between two code points; with ``full`` one of two words at least."""
    runs: list[list[Word]] = []
    for sentence in text.sentences:
        run: list[Word] = []
        for word in sentence.words:
            name = word.upos == "PROPN" or (run and word.upos == "ADJ")
            if start <= word.start and word.end <= end and name:
                run.append(word)
                continue
            runs += [run] if run else []
            run = []
        runs += [run] if run else []
    longest = [run for run in runs if len(run) > 1] or ([] if full else runs)
    return text.span(longest[0]) if longest else None


def _attribution(
    text: Text, turn: _Turn, source: Span | None, content: Span, asked: bool
) -> Attribution:
    return Attribution(
        sentence_index=max(text.numbered(turn.label.start), 0),
        source=None if asked or source is None else (source,),
        cue=(turn.label if asked or source != turn.label else _mark(text, turn),),
        content=(content,),
        stance=Stance.REPORT,
        pattern=Pattern.QUOTATION,
        quotation=kind(text.text, (content,), text.quoted),
        negated=negates(text, (content,)),
        modality=Modality.QUESTIONED if asked else Modality.ASSERTED,
        confidence=CONFIDENCE,
    )


def _mark(text: Text, turn: _Turn) -> Span:
    """The colon behind the label."""
    at = turn.label.end
    while text.text[at].isspace():
        at += 1
    return Span(start=at, end=at + 1)
