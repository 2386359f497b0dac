"""Attributions in languages whose roles the parser's relations tell (English).

The relations are Universal Dependencies'; which verbs take which frames is the lexicon's.
"""

from __future__ import annotations

from claims.attribution.rules.dependency.contents import clause, complementisers, grown, quotation
from claims.attribution.rules.dependency.nominals import read_nominal
from claims.attribution.rules.dependency.subjects import agent, subject
from claims.attribution.rules.dependency.tree import Tree
from claims.attribution.rules.extents import sentence_before
from claims.attribution.rules.lexicon import Cue, Frame
from claims.attribution.rules.match import Reading
from claims.attribution.rules.match_cues import Found
from claims.attribution.rules.text import Text, joined
from claims.model import Sentence, Span, Stance, Word

_ABOUT = frozenset({Stance.DENY, Stance.CONFIRM, Stance.DECLINE, Stance.CLAIM})
"""Stances that are about what somebody said: their pronoun objects point back at it."""

_BEFORE = frozenset({"aux", "aux:pass", "advmod", "mark", "cop"})


def read_dependency(text: Text, sentence: Sentence) -> list[Reading]:
    """The attributions of one sentence, left to right."""
    founds = text.cues(sentence)
    if not founds:
        return []
    tree = Tree(sentence)
    readings: list[Reading] = []
    for found in founds:
        reading = _first(text, tree, found)
        if reading is not None:
            readings.append(reading)
    return readings


def _first(text: Text, tree: Tree, found: Found) -> Reading | None:
    for cue in found.cues:
        for frame in cue.frames:
            reading = in_frame(text, tree, found, cue, frame)
            if text.trace is not None:
                text.trace.tried(found, cue, frame, reading)
            if reading is not None:
                return reading
    return None


def in_frame(text: Text, tree: Tree, found: Found, cue: Cue, frame: Frame) -> Reading | None:
    """What ``frame`` makes of a cue, or None where the sentence does not have that form."""
    head = found.sentence.words[found.head]
    if frame == "according":
        return _according(text, tree, found, cue)
    if frame == "genitive":
        return read_nominal(text, tree, found, cue)
    if head.upos in {"NOUN", "PROPN"}:
        return text.refused("the cue is a noun here; this frame wants a verb")
    if frame == "passive":
        return _passive(text, tree, found, cue, head)
    if tree.children(head, "nsubj:pass", "aux:pass"):
        return text.refused("the verb is passive; this frame wants an active one")
    source = subject(text, tree, head)
    if source is None:
        return text.refused("the verb has no subject that could be the source")
    content: list[Span] = []
    cue_words = _expression(tree, head)
    if frame == "clause":
        content = clause(text, tree, head, source)
    elif frame == "quotation":
        content = quotation(text, tree, head, source)
    elif frame == "infinitive":
        content = _below(text, tree, head, "xcomp")
    elif frame == "object":
        content = _below(text, tree, head, "obj") or _pointed_at(text, tree, head, cue)
    elif frame == "predicate":
        content = _predicate(text, tree, head)
    elif frame == "oblique":
        for child in tree.children(head, "obl", "advcl"):
            cases = tree.children(child, "case", "mark")
            if cases and cases[0].text.lower() in cue.prepositions:
                under = tree.subtree(child) - {case.index for case in cases}
                content = tree.pieces(text, under)
                if cases[0].index == cue_words[-1].index + 1:
                    cue_words.append(cases[0])
                break
    if not content:
        return text.refused("there is a source, but nothing that this frame takes for the content")
    return _reading(text, tree, cue, frame, cue_words, (source,), content)


def _reading(
    text: Text,
    tree: Tree,
    cue: Cue,
    frame: Frame,
    cue_words: list[Word],
    source: tuple[Span, ...] | None,
    content: list[Span],
) -> Reading | None:
    expression = text.span(cue_words)
    if expression is None:
        return None
    outside = (expression, *(source or ()))
    pieces = joined(span for piece in content for span in _without(text, piece, outside))
    if not pieces:
        return text.refused("nothing is left of the content without source and cue")
    negated = any(_negated(text, tree, verb) for verb in cue_words)
    return Reading(tree.sentence, cue, frame, (expression,), source, pieces, negated)


def _negated(text: Text, tree: Tree, verb: Word) -> bool:
    """Whether a negation stands on the verb or, in «neither … nor», on the one it is joined to, or
    it hangs on one that withholds («failed to confirm»)."""
    near = [verb, *tree.children(verb, "advmod", "cc", "cc:preconj", "det", "mark")]
    head = tree.head(verb)
    if head is not None and head.lemma.lower() in text.grammar.withholding:
        return verb.deprel in {"xcomp", "advcl", "obl", "ccomp"}
    if verb.deprel == "conj" and head is not None:
        near += tree.children(head, "cc:preconj", "det")
    return any(word.text.lower() in text.grammar.negations for word in near)


def _without(text: Text, piece: Span, outside: tuple[Span, ...]) -> list[Span]:
    """A content's piece less source and cue, that an inserted «he said» leaves inside it."""
    parts = [(piece.start, piece.end)]
    for other in outside:
        parts = [
            part
            for start, end in parts
            for part in (
                ((start, end),)
                if other.end <= start or end <= other.start
                else ((start, other.start), (other.end, end))
            )
        ]
    spans = [text.content(start, end) for start, end in parts if start < end]
    return [span for span in spans if span is not None]


def _expression(tree: Tree, head: Word) -> list[Word]:
    """The verb with auxiliaries, negation and adverbs that touch it, and its particle."""
    words = list(tree.sentence.words)
    at = next(number for number, word in enumerate(words) if word.index == head.index)
    first = last = at
    while first > 0 and words[first - 1].head == head.index and words[first - 1].deprel in _BEFORE:
        if words[first - 1].deprel == "mark" and words[first - 1].text.lower() != "to":
            break
        first -= 1
    while last + 1 < len(words) and words[last + 1].head == head.index:
        if words[last + 1].deprel != "compound:prt":
            break
        last += 1
    while words[first].deprel == "advmod" and first < at:
        first += 1  # «later said»: the adverb alone belongs to no auxiliary
    return words[first : last + 1]


def _below(text: Text, tree: Tree, head: Word, relation: str) -> list[Span]:
    for child in tree.children(head, relation):
        if child.index > head.index and child.upos != "PRON":
            return grown(text, tree, tree.pieces(text, tree.subtree(child)))
    return []


def _pointed_at(text: Text, tree: Tree, head: Word, cue: Cue) -> list[Span]:
    """The sentence before, for an object that only points back to it («denied it»)."""
    pointing = any(
        child.text.lower() in text.grammar.demonstratives and child.index > head.index
        for child in tree.children(head, "obj")
    )
    before = sentence_before(text, tree.sentence) if pointing and cue.stance in _ABOUT else None
    return [before] if before is not None else []


def _predicate(text: Text, tree: Tree, head: Word) -> list[Span]:
    objects = [child for child in tree.children(head, "obj") if child.index > head.index]
    after = [
        child
        for child in tree.children(head, "xcomp", "obl", "advcl", "ccomp")
        if objects and child.index > objects[0].index
    ]
    if not objects or not after:
        return []
    under = tree.subtree(objects[0]) | tree.subtree(after[0])
    return grown(text, tree, tree.pieces(text, under))


def _passive(text: Text, tree: Tree, found: Found, cue: Cue, head: Word) -> Reading | None:
    """«He is expected to win»: the subject with what follows is said; «it was said that»."""
    subjects = tree.children(head, "nsubj:pass", "nsubj")
    if not subjects or not tree.children(head, "aux:pass"):
        return text.refused("the verb is not passive")
    by = agent(tree, head)
    source = tree.hull(text, by) if by else None
    rest = [
        child
        for child in tree.children(head, "xcomp", "ccomp", "obl", "advcl")
        if child.index > head.index and child.index not in by
    ]
    under: set[int] = set()
    said_that = bool(rest) and rest[0].deprel == "ccomp"
    if not said_that and (subjects[0].upos != "PRON" or rest):
        under |= tree.subtree(subjects[0])
    if rest and rest[0].deprel in {"xcomp", "ccomp"}:
        under |= tree.subtree(rest[0]) - complementisers(text, tree, rest[0])
    if not under:
        return text.refused("the passive has neither a subject nor a clause as its content")
    sources = (source,) if source else None
    words = _expression(tree, head)
    return _reading(text, tree, cue, "passive", words, sources, tree.pieces(text, under))


def _according(text: Text, tree: Tree, found: Found, cue: Cue) -> Reading | None:
    """«According to X, C»: X hangs on C's verb, the cue on X."""
    noun = tree.head(found.words[0])
    while noun is not None and noun.upos not in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"}:
        noun = tree.head(noun)
    if noun is None or noun.index < found.words[-1].index:
        return text.refused("no noun phrase after the cue names a source")
    phrase = tree.subtree(noun)
    cue_numbers = {word.index for word in found.words}
    source = tree.hull(text, {n for n in phrase - cue_numbers if n > found.words[-1].index})
    if source is None:
        return None
    left = [word.index for word in tree.sentence.words if word.end <= found.words[0].start]
    right = [word.index for word in tree.sentence.words if word.start >= source.end]
    pieces = [piece for side in (left, right) for piece in tree.pieces(text, side)]
    long = [piece for piece in pieces if len(piece.of(text.text).split()) >= 3]
    content = grown(text, tree, long or pieces)
    return _reading(text, tree, cue, "according", list(found.words), (source,), content)
