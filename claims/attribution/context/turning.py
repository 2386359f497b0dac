"""What turns the meaning stays inside: the negation, the «only» and the hedge of a content."""

from __future__ import annotations

from collections.abc import Sequence

from claims.attribution.rules.text import Text
from claims.model import Attribution, Sentence, Span, Spans, Word

_REACH = 40
"""Characters between two pieces of a content that a turning word bridges."""


def with_turning(text: Text, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, each with the words of ``speech.turning`` that hang on a word of its
    content and that neither it nor a source or cue holds."""
    return [_whole(text, each) for each in found]


def _whole(text: Text, each: Attribution) -> Attribution:
    if not each.content or not each.cue:
        return each
    content = each.content
    taken = (*each.cue, *(each.source or ()))
    content = _inserted(text, each)
    for sentence in text.around(content):
        for word in lost(text, sentence, content, taken):
            content = _with(text, sentence, content, word, taken)
    return each if content == each.content else each.model_copy(update={"content": content})


def _inserted(text: Text, each: Attribution) -> Spans:
    """«The gate, said the guard, had never been locked»: the clause on both sides of an insertion,
    where only its subject was taken for the content."""
    sentence = text.sentence_at(each.cue[0].start)
    content, roles = each.content, (*each.cue, *(each.source or ()))
    first, last = min(s.start for s in roles), max(s.end for s in roles)
    if sentence is None or len(content) > 1 or content[0].start < sentence.start:
        return content
    words = [w for w in sentence.words if w.start >= content[0].start]
    inside = [w for w in words if w.end <= content[0].end]
    between = [w.text for w in words if content[0].end <= w.start < first]
    after = [w for w in words if w.start >= last]
    if content[0].end > first or between != [","] or len(after) < 3 or after[0].text != ",":
        return content
    if any(w.upos in {"VERB", "AUX"} for w in inside) or after[1].upos not in {"VERB", "AUX"}:
        return content
    rest = text.content(after[1].start, after[-1].end)
    return (*content, rest) if rest is not None else content


def lost(text: Text, sentence: Sentence, content: Spans, taken: Spans) -> list[Word]:
    """The turning words of a sentence that stand outside a content and on one of its words."""
    turning = text.grammar.speech.turning
    found = [
        word
        for word in sentence.words
        if word.text.lower() in turning and not _in(word, content) and not _in(word, taken)
    ]
    if not found:
        return []
    numbered = {word.index: word for word in sentence.words}
    return [
        word
        for word in found
        if (head := numbered.get(word.head)) is not None and _hangs(word, head, numbered, content)
    ]


def _hangs(word: Word, head: Word, numbered: dict[int, Word], content: Spans) -> bool:
    """Whether a turning word belongs to a content: its head stands there, or its head is left out
    with it and belongs to a word that stands there (The gate | … had never been locked)."""
    if _in(head, content):
        return True
    inside = [each for each in numbered.values() if _in(each, content)]
    subjects = [w for w in inside if w.head == head.index and w.deprel.startswith("nsubj")]
    return bool(subjects)


def _in(word: Word, spans: Spans) -> bool:
    return any(span.start <= word.start < span.end for span in spans)


def _with(text: Text, sentence: Sentence, content: Spans, word: Word, taken: Spans) -> Spans:
    """The content with a word, and with what stands between it and the nearest piece."""
    if _in(word, content):
        return content
    clause = _clause(sentence, word, content, taken)
    start, end = clause
    pieces: list[Span] = []
    joined = False
    for span in content:
        low, high = min(span.start, start), max(span.end, end)
        gap = max(start - span.end, span.start - end)
        crossed = any(low < t.end and t.start < high for t in taken)
        if not joined and gap <= _REACH and not crossed:
            span, joined = Span(start=low, end=high), True
        pieces.append(span)
    if not joined:
        pieces.append(Span(start=start, end=end))
    return _merged(sorted(pieces, key=lambda span: span.start))


def _clause(sentence: Sentence, word: Word, content: Spans, taken: Spans) -> tuple[int, int]:
    """The turning word with the rest of a clause that was left out with its verb."""
    head = next((each for each in sentence.words if each.index == word.head), None)
    if head is None or _in(head, content) or _in(head, taken):
        return word.start, word.end
    under = {head.index}
    for _ in sentence.words:
        under |= {each.index for each in sentence.words if each.head in under}
    words = [
        each
        for each in sentence.words
        if each.index in under
        and each.upos != "PUNCT"
        and not _in(each, content)
        and not _in(each, taken)
    ]
    run = [word]
    for each in sorted(words, key=lambda one: one.start):
        if each.start > run[-1].end and each.start - run[-1].end <= 2:
            run.append(each)
    back = [each for each in words if each.end < word.start]
    for each in sorted(back, key=lambda one: -one.start):
        if run[0].start - each.end <= 2:
            run.insert(0, each)
    return run[0].start, run[-1].end


def _merged(pieces: Sequence[Span]) -> Spans:
    out: list[Span] = []
    for span in pieces:
        if out and span.start <= out[-1].end:
            out[-1] = Span(start=out[-1].start, end=max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)
