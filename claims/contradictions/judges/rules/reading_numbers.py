"""Quantities in a statement: numbers in any script, in words, with lakh and crore, in ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

from claims.contradictions.judges.rules.contrasts import NumberWords
from claims.contradictions.judges.rules.tokens import Token

_NEAR = 0.1
"""How far a number that is called approximate may be off."""

_ROUNDED = 0.03
"""How far a round number may be off one that is not."""

_BEYOND = 2.0
""""More than 40" is nobody's word for 400: an open bound ends at this many times the number."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """Tokens ``[first, last)`` say a number in ``[low, high]``. ``about`` and bounds ("more than")
    widen what it fits. ``ordinal`` is a place in an order, ``percent`` a share, ``word`` says
    that it is written in letters."""

    first: int
    last: int
    low: float
    high: float
    about: bool = False
    more: bool = False
    less: bool = False
    ordinal: bool = False
    percent: bool = False
    year: bool = False

    @property
    def key(self) -> str:
        """Equal for quantities that say the same."""
        tail = "o" if self.ordinal else "%" if self.percent else ""
        return f"#{self.low:g}{f'-{self.high:g}' if self.high != self.low else ''}{tail}"

    @property
    def limits(self) -> tuple[float, float]:
        """The least and the most that it fits."""
        low, high = self.low, self.high
        if self.about:
            low, high = low * (1 - _NEAR), high * (1 + _NEAR)
        if self.more:
            high = max(high, self.high * _BEYOND)
        if self.less:
            low = min(low, self.low / _BEYOND)
        return low, high

    def fits(self, other: Quantity) -> bool:
        """Whether both can be right about one thing."""
        if (
            self.ordinal != other.ordinal
            or self.percent != other.percent
            or self.year != other.year
        ):
            return True  # not of one kind, so not in conflict
        if self.key == other.key:
            return True
        if (self.more and other.more) or (self.less and other.less):
            # "More than 40" and "more than 90" are each somebody's count.
            return abs(self.low - other.low) <= _NEAR * max(self.low, other.low)
        (low, high), (least, most) = self.limits, other.limits
        if low < high and least < most and not (self._open or other._open):
            return (low <= least and most <= high) or (least <= low and high <= most)
        # Where one gives a range, what lies just beside it is rounded.
        beside = _ROUNDED * max(high, most) if self._ranges or other._ranges else 0.0
        if low <= most + beside and least <= high + beside:
            return True
        return not self.year and not self.ordinal and self._rounds(other)

    @property
    def _ranges(self) -> bool:
        return self.low < self.high and not self.year and not self.percent

    @property
    def _open(self) -> bool:
        return self.about or self.more or self.less

    def _rounds(self, other: Quantity) -> bool:
        """Whether one is the other rounded: 43,000 for 43,120."""
        if self.low != self.high or other.low != other.high or min(self.low, other.low) < 100:
            return False
        exact, rough = sorted((self.low, other.low), key=_zeros)
        return _zeros(rough) > max(1, _zeros(exact)) and abs(exact - rough) <= _ROUNDED * max(
            exact, rough
        )


def quantities(tokens: Sequence[Token], words: NumberWords) -> list[Quantity]:
    """The quantities that ``tokens`` say, in text order, not overlapping."""
    found: list[Quantity] = []
    place = 0
    while place < len(tokens):
        said = _ordinal(tokens, place, words) or _number(tokens, place, words)
        if said is None:
            place += 1
            continue
        said = _ranged(tokens, said, words)
        found.append(_bounded(tokens, said, words, found[-1].last if found else 0))
        place = found[-1].last
    return found


def value(form: str) -> float | None:
    """The value of digits in any script, with or without thousands separators, else None."""
    plain = form.replace(",", "").replace("٬", "").replace("٫", ".")
    if not plain or not plain[0].isdigit() or ":" in plain:
        return None
    try:
        return float(plain)
    except ValueError:
        return None


def _ordinal(tokens: Sequence[Token], place: int, words: NumberWords) -> Quantity | None:
    said = words.ordinals.get(tokens[place].form)
    if said is None:
        return None
    return Quantity(place, place + 1, said, said, ordinal=True)


def _number(tokens: Sequence[Token], place: int, words: NumberWords) -> Quantity | None:
    """The number that begins at ``place``: ``39 ارب 70 کروڑ``, ``twenty five``."""
    total, at, last = 0.0, place, inf
    digits = tokens[place].form[0].isdigit()
    while at < len(tokens):
        # Two numbers side by side ("21-10", "5 5") are two numbers.
        if at > place and (tokens[at].joined or (last == inf and total != 0 and not _tens(total))):
            break
        part = _part(tokens, at, words)
        if part is None:
            break
        following, amount, scale = part
        if at > place and (amount >= last or (last == inf and (digits or amount >= 10))):
            break
        total, at = total + amount, following
        last = scale
    if at == place:
        return None
    alone = at == place + 1
    year = alone and digits and 1900 <= total <= 2100 and tokens[place].form.isdigit()
    return Quantity(place, at, total, total, year=year)


def _tens(total: float) -> bool:
    return 20 <= total <= 90 and total % 10 == 0


def _part(tokens: Sequence[Token], at: int, words: NumberWords) -> tuple[int, float, float] | None:
    """One number with its multipliers: (place after it, amount, the multipliers' product)."""
    shift = words.shifted.get(tokens[at].form)
    if shift is not None and at + 1 < len(tokens):
        at += 1
    form = tokens[at].form
    scaled = at + 1 < len(tokens) and tokens[at + 1].form in words.multipliers
    amount = value(form)
    if amount is None:
        if form in words.fractions:
            amount = words.fractions[form]
            # "half a million"
            scaled = at + 2 < len(tokens) and tokens[at + 2].form in words.multipliers
            at += 1 if scaled and not _multiplies(tokens, at + 1, words) else 0
        elif form in words.words and (form not in words.doubtful or scaled):
            amount = float(words.words[form])
        elif form in words.ordinals and scaled:
            amount = float(words.ordinals[form])
    if amount is None:
        return None
    amount += shift or 0.0
    at += 1
    scale = 1.0
    while at < len(tokens) and tokens[at].form in words.multipliers:
        scale *= words.multipliers[tokens[at].form]
        at += 1
    return at, amount * scale, scale if scale > 1 else inf


def _multiplies(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    return tokens[at].form in words.multipliers


def _ranged(tokens: Sequence[Token], said: Quantity, words: NumberWords) -> Quantity:
    """``9 سے 15``, ``9 to 15``, ``9-15``: one quantity with two ends."""
    at = said.last
    if at >= len(tokens) or said.ordinal:
        return said
    if not tokens[at].joined:
        if tokens[at].form not in words.range or at + 1 >= len(tokens):
            return said
        at += 1
    other = _number(tokens, at, words)
    if other is None:
        return said
    low = said.low
    plain = said.last - said.first == 1
    if plain and other.last - other.first > 1 and low < other.low / 10:
        low *= _scale(tokens, other, words)  # "3 to 5 thousand"
    if low >= other.high:
        return said
    return replace(said, last=other.last, low=low, high=other.high, year=said.year and other.year)


def _scale(tokens: Sequence[Token], said: Quantity, words: NumberWords) -> float:
    product = 1.0
    for token in tokens[said.first : said.last]:
        product *= words.multipliers.get(token.form, 1)
    return product


def _bounded(tokens: Sequence[Token], said: Quantity, words: NumberWords, free: int) -> Quantity:
    """With what stands beside it: per cent, more than, at least, about."""
    after = [token.form for token in tokens[said.last : said.last + 3]]
    percent = bool(after) and after[0] in words.percent
    if percent:
        said = replace(said, percent=True, last=said.last + 1)
        after = after[1:]
    before = [token.form for token in tokens[max(free, said.first - 2) : said.first]]
    # A word of comparison follows directly, or after the word that says "than".
    near = after[:1] if not after or after[0] not in words.range else after[1:2]
    beside = frozenset((*before, *near))
    return replace(
        said,
        more=bool(beside & words.more),
        less=bool(beside & words.less) and not beside & words.more,
        about=bool((beside | frozenset(after[:2])) & words.about),
    )


def _zeros(number: float) -> int:
    text = f"{number:.0f}"
    return len(text) - len(text.rstrip("0"))
