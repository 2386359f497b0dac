"""Disputes and contradictions as the command line prints them: who says what, where it was printed,
when, and the part in which both sides conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

from rich.text import Text

from claims.cli.tables import CONTENT, cell, console, folding

if TYPE_CHECKING:
    from claims.store.stored_disputes import DisputeSide, StoredDispute
    from claims.store.stored_pairs import StoredPair, StoredSide

Conflicting = Mapping[str, Sequence[str]]
"""The words in which claims conflict with others, by claim."""

_BEFORE = 60  # characters of a content that are shown before its conflicting words


def print_pairs(pairs: Sequence[StoredPair], conflicting: Conflicting, out: TextIO) -> None:
    """Contradictions, best first: both sides and why they conflict."""
    screen = console(out)
    for number, pair in enumerate(pairs, start=1):
        screen.print(cell(f"{number}. {pair.explanation}", limit=None), style="bold")
        table = folding(("who", 3), ("content", 5), header=False)
        for side in pair.sides:
            table.add_row(_speaking(side), _words(side.content_text, conflicting, side.claim_id))
        screen.print(table)
        printed = pair.left.outlets, pair.right.outlets
        told = f"{pair.kind.value}, score {pair.score:.2f}"
        if max(printed) > 1:
            told += f", printed by {printed[0]} and {printed[1]} outlets"
        screen.print(told, style="dim")
        screen.print()


def print_disputes(
    disputes: Sequence[StoredDispute], conflicting: Conflicting, out: TextIO
) -> None:
    """Disputes, best first: why, the clearest words of both sides, who takes them, and where."""
    screen = console(out)
    for number, dispute in enumerate(disputes, start=1):
        best = dispute.best
        screen.print(cell(f"{number}. {best.explanation}", limit=None), style="bold")
        table = folding(("side", 0), ("who", 3), ("content", 5), header=False)
        for name, side in (("asserts", dispute.asserting), ("contests", dispute.contesting)):
            claim = side.clearest
            words = _words(claim.content_text, conflicting, claim.claim_id) if claim else Text("–")
            table.add_row(cell(name), _taking(side), words)
        screen.print(table)
        told = f"{best.kind.value}, score {dispute.score:.2f}"
        if (pairs := len(dispute.pairs)) > 1:
            told += f", {pairs} pairs"
        both = dispute.outlets_of_both
        if both and len(dispute.outlets) > 1:
            told += f", both reported by {_some(both)}"
        if len(days := _days(dispute)) > 1:
            told += f", {days[0]} to {days[-1]}"
        screen.print(cell(told, limit=None), style="dim")
        screen.print()


def _days(dispute: StoredDispute) -> list[str]:
    """The first and the last day of a dispute, or the only one."""
    dated = [one.published_at for one in dispute.timeline if one.published_at is not None]
    return sorted({one.date().isoformat() for one in (*dated[:1], *dated[-1:])})


def _taking(side: DisputeSide) -> Text:
    """Who takes a side, that of the words that are shown first, and where and when these stood."""
    if side.clearest is None:
        return Text("–")
    outlet, more = side.clearest.outlet, len(side.outlets) - 1
    where = f"{outlet} and {more} more" if more else outlet
    return _voice(_some(side.voices), where, side.clearest.published_at)


def _speaking(side: StoredSide) -> Text:
    who = f"{side.named or side.outlet} ({side.stance.value})"
    return _voice(who, side.outlet, side.published_at)


def _voice(who: str, where: str, when: datetime | None) -> Text:
    printed = cell(f"{where}, {when.date().isoformat() if when else 'undated'}")
    printed.stylize("dim")
    return Text("\n").join((cell(who), printed))


def _words(content: str, conflicting: Conflicting, claim_id: str) -> Text:
    """A content, cut such that its first conflicting words are seen, and these in bold."""
    words = cell(content, limit=None).plain or "–"
    # Articles break lines where they like; a content stands in one line here.
    marked = [" ".join(one.split()) for one in conflicting.get(claim_id, ())]
    first = min((at for one in marked if (at := words.find(one)) >= 0), default=0)
    if len(words) > CONTENT and first > CONTENT // 2:
        start = words.find(" ", min(first - _BEFORE, len(words) - CONTENT)) + 1
        words = f"…{words[start:]}"
    text = cell(words)
    text.highlight_words([one for one in marked if one], style="bold")
    return text


def _some(names: Sequence[str], most: int = 3) -> str:
    """A few of ``names``, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
