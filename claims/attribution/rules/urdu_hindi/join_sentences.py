"""Sentences put together again that a splitter ended too soon, in lines printed without stops."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claims.attribution.rules.lexicon import Lexicon
from claims.attribution.rules.match_cues import find
from claims.attribution.rules.urdu_hindi.noun_phrases import finished
from claims.model import Sentence

LONGEST = 160
"""Words in a sentence that was put together."""

BROKEN = 70
"""Characters of a line that may have been broken inside a sentence; headlines are shorter."""


def join_sentences(
    sentences: Sequence[Sentence],
    text: str,
    stopped: Callable[[Sentence], bool],
    lexicon: Lexicon,
) -> tuple[Sentence, ...]:
    """The sentences; those that go on in the next one of their line are one with it.

    A sentence goes on where no stop ends it and it has no finished verb at its end, ends in a cue
    whose clause follows directly (X نے کہا | میں خوش ہوں), or where the next begins with a relative
    or a conjunction. Its index is the first one's; words are numbered through.
    """
    out: list[Sentence] = []
    for sentence in sentences:
        last = out[-1] if out else None
        if (
            last is not None
            and _beside(last, sentence, text, lexicon)
            and not stopped(last)
            and len(last.words) + len(sentence.words) <= LONGEST
            and _goes_on(last, sentence, lexicon)
        ):
            out[-1] = _joined(last, sentence)
        else:
            out.append(sentence)
    return tuple(out)


def _beside(first: Sentence, second: Sentence, text: str, lexicon: Lexicon) -> bool:
    """Whether two sentences stand in one line, or a long line was broken inside a clause that
    something attributes."""
    between = text[first.end : second.start]
    if "\n" not in between:
        return first.line == second.line
    length = len(text[: first.end].rpartition("\n")[2])
    words, grammar = first.words, lexicon.grammar
    broken = between.strip(" \t") in {"\n", "\r\n"} and length >= BROKEN
    introduced = any(word.text in grammar.complementisers for word in words) or any(
        "according" in cue.frames for found in find(first, lexicon) for cue in found.cues
    )
    headline = any(word.text == ":" for word in words)
    return broken and introduced and not headline and not finished(words, len(words) - 1, grammar)


def _goes_on(first: Sentence, second: Sentence, lexicon: Lexicon) -> bool:
    grammar = lexicon.grammar
    words = first.words
    if any(word.upos == "PUNCT" for word in (words[-1], second.words[0])):
        return False
    opener = second.words[0].text
    if opener in grammar.continuing:
        return True
    if not finished(words, len(words) - 1, grammar):
        return True
    founds = find(first, lexicon)
    cue_ends = bool(founds) and founds[-1].last == len(words) - 1 and not founds[-1].passive
    if cue_ends and any("bare" in cue.frames for cue in founds[-1].cues):
        return True
    return opener in grammar.demonstratives and _correlative(first, lexicon)


def _correlative(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether the sentence is a relative clause that waits for its noun: جن ملکوں میں | ان میں."""
    words = sentence.words
    for at, word in enumerate(words):
        if word.text in lexicon.grammar.relatives:
            return True
        if finished(words, at, lexicon.grammar):
            return False
    return False


def _joined(first: Sentence, second: Sentence) -> Sentence:
    offset = first.words[-1].index
    words = tuple(
        word.model_copy(
            update={"index": word.index + offset, "head": word.head + offset if word.head else 0}
        )
        for word in second.words
    )
    return first.model_copy(update={"words": first.words + words, "end": second.end})
