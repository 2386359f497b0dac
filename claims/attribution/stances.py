"""The stance of each attribution by the frame that its cue stands in, whoever found it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from claims.attribution.rules.dependency.tree import Tree
from claims.attribution.rules.dismissals import names_a_person
from claims.attribution.rules.lexicon import Lexicon
from claims.attribution.rules.negation import negates
from claims.attribution.rules.stance import Form, StanceFrame, negated
from claims.attribution.rules.text import Text, joined
from claims.model import Attribution, Quotation, Sentence, Span, Spans, Stance, Word

REACH = 12
"""Words after a cue's word that a frame may look at."""

_NOMINAL = frozenset({"NOUN", "ADJ", "PROPN"})


def judged(text: Text, found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions with the stance of their frame, without those whose frame attributes nothing
    («was confirmed in office»)."""
    data = text.lexicon.stances
    if not data.frames and not data.words:
        return tuple(found)
    judged = (_judged(text, each) for each in found)
    return tuple(each for each in judged if each is not None)


def _judged(text: Text, each: Attribution) -> Attribution | None:
    scene = _Scene(text, each)
    for word in scene.cue:
        for key in text.lexicon.keys(word):
            for frame in text.lexicon.stances.by_word.get(key, ()):
                used = scene.fits(frame, word)
                if used is None:
                    continue
                if frame.stance == "nothing":
                    return None
                stance = negated(frame.stance) if scene.denied(used) else frame.stance
                parted = scene.parted(used) if frame.in_cue else {}
                return each.model_copy(update={"stance": stance, **parted})
    stance = _worded(scene, each.stance)
    return each if stance is each.stance else each.model_copy(update={"stance": stance})


def _worded(scene: _Scene, given: Stance) -> Stance:
    """Where it seems to be a report, the stance that a noun or an adjective in the cue tells
    («growing concerns that»), else a verb."""
    told = [(word, stance) for word in scene.cue if (stance := scene.told(word)) is not None]
    if not told:
        return given
    first, stance = told[0]
    if stance is Stance.DECLINE and first.upos not in _NOMINAL:
        return stance  # «avoids condemning»
    if given is not Stance.REPORT:
        return given  # «rejected the view that»: the verb is told by the lexicon
    nominal = [stance for word, stance in told if word.upos in _NOMINAL]
    said = nominal[-1] if nominal else told[-1][1]
    return negated(said) if scene.denied(frozenset()) else said


class _Scene:
    """An attribution in its sentence."""

    def __init__(self, text: Text, each: Attribution) -> None:
        self._text = text
        self._each = each
        self._lexicon: Lexicon = text.lexicon
        self._sentence: Sentence = text.document.sentences[each.sentence_index]
        self._tree = Tree(self._sentence)
        self.cue = _within(self._sentence.words, each.cue)

    def told(self, word: Word) -> Stance | None:
        """The stance that a word of the cue tells by itself."""
        stance_of = self._lexicon.stances.stance_of
        return next(
            (stance_of[key] for key in (word.lemma.lower(), word.text.lower()) if key in stance_of),
            None,
        )

    def fits(self, frame: StanceFrame, word: Word) -> frozenset[int] | None:
        """The numbers of the words by which ``frame`` fits, None where it does not."""
        used = frozenset[int]()
        if frame.after is not None:
            tail = [each for each in self._sentence.words if each.start > word.start][:REACH]
            tail = [each for each in tail if each.upos != "PUNCT"]
            match = self._match(frame.after, tail)
            if match is None:
                return None
            before, within = match
            used = frozenset(each.index for each in tail[before : before + within])
        if frame.cue is not None:
            match = self._match(frame.cue, self.cue)
            if match is None:
                return None
            # A negation that the frame asks for is part of it: "could not believe" denies nothing.
            before, within = match
            spoken = [each for each in self.cue if each.upos != "PUNCT"]
            used |= {each.index for each in spoken[before : before + within]}
        for expression, role in (
            (frame.source, self._each.source),
            (frame.content, self._each.content),
        ):
            if expression is not None and self._match(expression, self._role(role)) is None:
                return None
        if frame.form and not any(self._has(form, word) for form in frame.form):
            return None
        if any(self._has(form, word) for form in frame.not_form):
            return None
        return used

    def parted(self, used: frozenset[int]) -> dict[str, object]:
        """Cue, content and its negation, where the words ``used`` go over from content to cue;
        nothing where none of the content would be left."""
        words = [word for word in self._sentence.words if word.index in used]
        content = self._each.content
        if not words or words[-1].end <= content[0].start:
            return {}
        start = words[-1].end
        pieces = joined(
            self._text.content(max(span.start, start), span.end)
            for span in content
            if span.end > start
        )
        if not pieces:
            return {}
        cue = (Span(start=self._each.cue[0].start, end=start),)
        return {"cue": cue, "content": pieces, "negated": negates(self._text, pieces)}

    def denied(self, used: frozenset[int]) -> bool:
        """Whether a negation stands in the cue or hangs on it, other than the words ``used``."""
        negations = self._text.grammar.negations
        inside = {word.index for word in self.cue}
        first = min(inside, default=0)
        return any(
            word.text.lower() in negations
            and word.index not in used
            and (word.index in inside or (word.head in inside and word.index < first))
            for word in self._sentence.words
        )

    def _match(self, expression: str, words: Sequence[Word]) -> tuple[int, int] | None:
        """Where an expression stands in the lemmas: words before it and in it."""
        spelled = _spelled(words)
        found: re.Match[str] | None = self._lexicon.stances.expression(expression).search(spelled)
        if found is None:
            return None
        return spelled[: found.start()].count(" "), found[0].strip().count(" ") + 1

    def _role(self, spans: Spans | None) -> list[Word]:
        return [word for sentence in self._around(spans) for word in _within(sentence.words, spans)]

    def _around(self, spans: Spans | None) -> Iterable[Sentence]:
        return self._text.around(spans) if spans else ()

    def _has(self, form: Form, word: Word) -> bool:
        tree = self._tree
        if form == "passive":
            return bool(tree.children(word, "nsubj:pass", "aux:pass"))
        if form == "quotation":
            return self._each.quotation is Quotation.DIRECT
        if form == "person":
            return names_a_person(self._text, self._each)
        if form == "question":
            return self._question()
        after = [child for child in tree.children(word) if child.index > word.index]
        if form == "infinitive":
            return any(
                child.deprel in {"xcomp", "advcl", "ccomp"} and self._infinitive(child)
                for child in after
            )
        if form == "clause":
            return any(child.deprel == "ccomp" and not self._infinitive(child) for child in after)
        objects = [child for child in after if child.deprel == "obj"]
        return any(
            child.deprel in {"xcomp", "ccomp"} and child.upos != "VERB" and child.index > obj.index
            for obj in objects
            for child in after
        )

    def _infinitive(self, verb: Word) -> bool:
        return any(child.upos == "PART" for child in self._tree.children(verb, "mark"))

    def _question(self) -> bool:
        content = self._role(self._each.content)
        words = [word for word in content if word.upos != "PUNCT"]
        if words and words[0].text.lower() in self._lexicon.stances.interrogatives:
            return True
        end = self._each.content[-1].end
        return any(mark in self._text.text[max(0, end - 2) : end + 2] for mark in "?؟")


def _within(words: Iterable[Word], spans: Spans | None) -> list[Word]:
    return [word for word in words if any(s.start <= word.start < s.end for s in spans or ())]


def _spelled(words: Iterable[Word]) -> str:
    """Lemmas of verbs and nouns, and other words as they are, in lower case; marks left out."""
    return " ".join(
        (word.lemma if word.upos in {"VERB", "AUX", "NOUN"} else word.text).lower()
        for word in words
        if word.upos != "PUNCT"
    )
