"""Speech that runs on over sentences that no mark shows, in lines printed without stops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claims.attribution.rules.match import Reading
from claims.attribution.rules.text import Text
from claims.model import Sentence, Word

GAP = 1
"""Sentences in between that do not show who speaks."""


def extend_first_person_runs(
    text: Text, read: Sequence[tuple[Sentence, list[Reading]]]
) -> list[tuple[Sentence, list[Reading]]]:
    """Sentences with their readings; the last content of each runs on over the sentences after it
    in which the speaker speaks of himself (ہم، مجھے، میرا): they can only be his. It stops at a
    full stop, at the end of the line, and where somebody else is cited."""
    out: list[tuple[Sentence, list[Reading]]] = []
    for number, (sentence, readings) in enumerate(read):
        end = _end(text, read, number) if readings else sentence.end
        if end > sentence.end:
            readings = [_extended(text, each, sentence, end) for each in readings]
        out.append((sentence, readings))
    return out


def _end(text: Text, read: Sequence[tuple[Sentence, list[Reading]]], number: int) -> int:
    sentence = read[number][0]
    end, gap, last = sentence.end, 0, sentence
    for following, readings in read[number + 1 :]:
        if readings or following.line != sentence.line or text.stopped(last) or gap > GAP:
            break
        if any(_personal(text, word, sentence, end) for word in following.words):
            end, gap = following.end, 0
        else:
            gap += 1
        last = following
    return end


def _personal(text: Text, word: Word, sentence: Sentence, end: int) -> bool:
    """Whether the word shows the speaker: «I» always, «we» where he said it before, for a reporter
    may say it too (ہمارے جسم)."""
    if not _first_person(text, word):
        return False
    before = (each for each in text.sentences if sentence.start <= each.start < end)
    return word.text in text.grammar.singular or any(
        _first_person(text, each) for one in before for each in one.words
    )


def _first_person(text: Text, word: Word) -> bool:
    # میں is «I» and «in»
    return word.text in text.grammar.first_person and word.upos in {"PRON", "DET"}


def _extended(text: Text, reading: Reading, sentence: Sentence, end: int) -> Reading:
    last = reading.content[-1]
    if last.end < sentence.end - 1 or last.end <= reading.expression[-1].end:
        return reading
    whole = text.content(last.start, end)
    return replace(reading, content=(*reading.content[:-1], whole or last))
