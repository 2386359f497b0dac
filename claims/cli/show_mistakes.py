"""Figures as tables; mistakes as sentences with annotated and predicted spans marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from rich.console import Console
from rich.text import Text

from claims.cli.tables import console, plain_table
from claims.evaluation.gold import ROLES, Roles
from claims.evaluation.mistakes import Judged, Outcome
from claims.terminal import printable

MARKS = {"source": "{}", "cue": "⟨⟩", "content": "⟦⟧"}
"""The brackets around each role; they turn round in a line that runs from right to left."""

_STYLES = {"source": "cyan", "cue": "bold yellow", "content": "green"}
_CONTEXT = 160  # characters before and after the spans, where no sentence ends sooner
_LONGEST = 700  # characters of a marked stretch; its middle is left out beyond
_STOP = re.compile(r"[.!?۔؟]['\"”’»]*(?=\s)|[\r\n]+")

_ROWS = (
    ("found: cue, source and content agree by half", "found", ""),
    ("  of those that have a source", "found_sourced", ""),
    ("  whatever the cue", "found_no_cue", ""),
    ("  content alone", "content_found", ""),
    *((f"exact, {role}", "exact", role) for role in (*ROLES, "all")),
    *((f"spans without linking, {role}", "span_exact", role) for role in ROLES),
    *((f"tokens, {role}", "overlap", role) for role in ROLES),
)


def print_figures(figures: dict[str, Any], out: TextIO) -> None:
    """All figures as tables, in percent."""
    screen = console(out)
    screen.print(
        f"{figures['articles']} articles, {figures['words']:,} words, "
        f"{figures['gold']:,} annotated, {figures['pred']:,} predicted, "
        f"{figures['found']['tp']:,} found"
    )
    screen.print()
    table = plain_table("", "P", "R", "F1")
    for label, block, role in _ROWS:
        row = figures[block][role] if role else figures[block]
        table.add_row(label, *(_percent(row[key]) for key in ("p", "r", "f1")))
    screen.print(table)
    low, high = (_percent(end) for end in figures["found"]["ci95"])
    screen.print(f"found F1 lies between {low} and {high} (95 %, bootstrap over articles)")
    screen.print()
    _print_shares(screen, figures)
    _print_reliability(screen, figures["reliability"])
    _print_outcomes(screen, figures["outcomes"])
    _print_worst(screen, figures["worst"])


def _print_shares(screen: Console, figures: dict[str, Any]) -> None:
    table = plain_table("of", "how many", "right")
    for kind, row in figures["recall_by_kind"].items():
        table.add_row(f"annotated, {kind}", str(row["n"]), _percent(row["r"]))
    given = figures["source_given_content"]
    table.add_row("content right: source", str(given["n"]), _percent(given["acc"]))
    for key in ("stance", "quotation"):
        row = figures[key]
        if row["n"]:
            table.add_row(f"found: {key}", str(row["n"]), _percent(row["acc"]))
    screen.print(table)
    screen.print()


def _print_reliability(screen: Console, rows: Sequence[dict[str, float]]) -> None:
    if not rows:
        return
    table = plain_table("confidence", "predictions", "mean", "right")
    for row in rows:
        span = f"{row['from']:.1f} to {row['to']:.1f}"
        table.add_row(span, str(row["n"]), _percent(row["confidence"]), _percent(row["right"]))
    screen.print(table)
    screen.print()


def _print_outcomes(screen: Console, outcomes: dict[str, int]) -> None:
    table = plain_table("outcome", "how many", "meaning")
    for name, number in outcomes.items():
        table.add_row(name, str(number), Outcome(name).explanation)
    screen.print(table)
    screen.print()


def _print_worst(screen: Console, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    table = plain_table("article with most mistakes", "annotated", "predicted", "found", "F1")
    for row in rows:
        numbers = (str(row[key]) for key in ("gold", "pred", "found"))
        table.add_row(Text(printable(row["article"])), *numbers, _percent(row["f1"]))
    screen.print(table)
    screen.print("their sentences: --article NAME; sentences of one outcome: --errors OUTCOME")


def print_judged(article: str, text: str, judged: Iterable[Judged], out: TextIO) -> int:
    """Each attribution with its sentence, once as annotated, once as predicted; how many."""
    screen = console(out)
    number = 0
    for one in judged:
        number += 1
        line = text.count("\n", 0, one.start) + 1
        heading = f"{printable(article)}, line {line}: {one.outcome.value}"
        screen.print(Text(f"{heading}{_stances(one)}", style="bold"))
        start, end = extent(text, one)
        for label, roles in (("annotated", one.gold), ("predicted", one.predicted)):
            words = Text("–") if roles is None else _styled(text, start, end, roles)
            screen.print(Text(f"  {label}  ") + words)
        screen.print()
    return number


def legend() -> str:
    """What the brackets mean."""
    return "  ".join(f"{marks[0]}{role}{marks[1]}" for role, marks in MARKS.items())


def _stances(one: Judged) -> str:
    if one.outcome is not Outcome.WRONG_STANCE or one.gold is None or one.predicted is None:
        return ""
    return f" ({one.gold.stance} annotated, {one.predicted.stance} predicted)"


def extent(text: str, one: Judged) -> tuple[int, int]:
    """From the beginning of the sentence of the first span to the end of that of the last; at
    most some words more where no stop is near."""
    ends = [
        end
        for roles in (one.gold, one.predicted)
        if roles is not None
        for role in ROLES
        for _, end in roles.pieces(role)
    ]
    first, last = one.start, max(ends)
    begin = max(0, first - _CONTEXT)
    for stop in _STOP.finditer(text, begin, first):
        begin = stop.end()
    finish = min(len(text), last + _CONTEXT)
    for stop in _STOP.finditer(text, max(first, last - 3), finish):
        if stop.end() >= last:  # the last span may hold its sentence's own stop
            finish = stop.end()
            break
    return begin, max(finish, last)


def marked(text: str, start: int, end: int, roles: Roles) -> str:
    """``text[start:end]`` with brackets around the spans of each role."""
    return _styled(text, start, end, roles).plain


def _styled(text: str, start: int, end: int, roles: Roles) -> Text:
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for role in ROLES:
        for first, last in roles.pieces(role):
            opening.setdefault(first, []).append(role)
            closing.setdefault(last, []).insert(0, role)
    out = Text()
    inside: list[str] = []
    places = sorted({start, end, *opening, *closing})
    for at, place in enumerate(places):
        for role in closing.get(place, ()):
            inside.remove(role)
            out.append(MARKS[role][1], _STYLES[role])
        for role in opening.get(place, ()):
            inside.append(role)
            out.append(MARKS[role][0], _STYLES[role])
        if at + 1 < len(places):
            words = " ".join(printable(text[place : places[at + 1]]).splitlines())
            out.append(_shortened(words), _STYLES[inside[-1]] if inside else "")
    out.rstrip()
    return out


def _shortened(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    half = _LONGEST // 2
    return f"{words[:half]} … {words[-half:]}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"
