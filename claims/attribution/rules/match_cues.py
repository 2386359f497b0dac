"""Where the cues of a lexicon stand in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from claims.attribution.rules.lexicon import Cue, Lexicon
from claims.model import Sentence, Word

REACH = 4
"""Words that may stand between a cue and its light verb."""


@dataclass(frozen=True, slots=True)
class Found:
    """A cue in a sentence. Numbers count the sentence's words from 0, ends included.

    ``[first, last]`` is the whole expression with light verb and auxiliaries; ``head`` is the
    word that carries it: the light verb where the cue has one, else its first or last word.
    """

    cues: tuple[Cue, ...]
    sentence: Sentence
    first: int
    last: int
    head: int
    negated: bool = False
    passive: bool = False

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of the expression."""
        return self.sentence.words[self.first : self.last + 1]


def find(sentence: Sentence, lexicon: Lexicon) -> tuple[Found, ...]:
    """All cues of a sentence, from left to right; the longest at each place, none overlapping.

    Entries that share words and light verb (they differ in their frames) come together in one
    Found, in the lexicon's order.
    """
    words = sentence.words
    found: list[Found] = []
    taken = -1
    opened_by = lexicon.opened_by
    for at, word in enumerate(words):
        opened = opened_by(word.text, word.lemma)
        if not opened or at <= taken:
            continue
        # cues by number in the lexicon, by the last word of their parts and light verb or -1
        best: dict[tuple[int, int], dict[int, Cue]] = {}
        for alike in opened:
            match = _match(next(iter(alike.values())), at, words, lexicon)
            if match is not None:
                best.setdefault(match, {}).update(alike)
        if not best:
            continue
        last, verb = max(best)
        same = tuple(cue for _, cue in sorted(best[last, verb].items()))
        new = _expression(same, sentence, at, last, verb, lexicon)
        found.append(new)
        taken = new.last
    return tuple(found)


def _match(cue: Cue, at: int, words: tuple[Word, ...], lexicon: Lexicon) -> tuple[int, int] | None:
    last = at + len(cue.parts) - 1
    if last >= len(words):
        return None
    for n in range(1, len(cue.parts)):  # the first is how the cue was found
        if cue.parts[n] not in lexicon.keys(words[at + n]):
            return None
    if cue.pos and words[at].upos not in cue.pos:
        return None
    if not cue.verbs:
        return last, -1
    for verb in range(last + 1, min(last + 2 + REACH, len(words))):
        if not lexicon.keys(words[verb]).isdisjoint(cue.verbs):
            return last, verb
        if words[verb].upos not in {"PART", "ADV", "AUX", "DET", "PRON"}:
            break  # another word takes the verb: بیان جاری کیا
    return None


def _expression(
    cues: tuple[Cue, ...], sentence: Sentence, first: int, last: int, verb: int, lexicon: Lexicon
) -> Found:
    words = sentence.words
    grammar = lexicon.grammar
    head = verb if verb >= 0 else (last if grammar.marking == "postposition" else first)
    end = max(last, verb)
    negated = any(word.text.lower() in grammar.negations for word in words[first : end + 1])
    passive = False
    if grammar.marking == "postposition":
        while (
            end + 1 < len(words)
            and _auxiliary(words[end + 1], lexicon)
            and words[end].text not in grammar.tenses  # … بتایا ہے | دی مرر کے مطابق
        ):
            end += 1
            negated |= words[end].text in grammar.negations
            passive |= bool(lexicon.keys(words[end]) & set(grammar.passive_auxiliaries))
        before = first - 1
        while before > 0 and words[before].text in grammar.resumptives + grammar.coordinators:
            before -= 1  # نہ ہی تردید, نہ تو تصدیق
        negated |= before >= 0 and words[before].text in grammar.negations
    return Found(cues, sentence, first, end, head, negated, passive)


def _auxiliary(word: Word, lexicon: Lexicon) -> bool:
    return word.text in lexicon.grammar.auxiliaries or word.text in lexicon.grammar.negations
