"""The end of a run as the command line prints it, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from rich.text import Text

from claims.cli.disputes import print_disputes
from claims.cli.tables import cell, console, folding

if TYPE_CHECKING:
    from rich.table import Table

    from claims.model import Failure
    from claims.pipeline.report import Report, ReportedClaim


def print_report(report: Report, out: TextIO, *, database: str = "") -> None:
    """The end of a run: claims, disputes, what failed, the run in one line, and what comes next.
    ``database`` are the words of an option that the commands shown there need to find it."""
    screen = console(out)
    if report.claims:
        screen.print(_heading("Claims"), claims_table(report.claims))
        if (more := report.claims_total - len(report.claims)) > 0:
            screen.print(f'… and {more:,} more: claims sql "FROM claims"', style="dim")
        screen.print()
    if report.disputes:
        screen.print(_heading("Disputes"))
        print_disputes(report.disputes, report.conflicting, out)
    if report.duplicates:
        screen.print(_heading("Duplicates"))
        for given, first in report.duplicates:
            screen.print(cell(f"{given}: same outlet and text as {first}"))
        screen.print()
    if report.failures:
        screen.print(_heading("Failed"), _failures_table(report.failures))
        screen.print()
    if report.warnings:
        screen.print(_heading("Warnings"))
        for warning in report.warnings:
            screen.print(cell(warning, limit=None))
        screen.print()
    screen.print(cell(report.summary, limit=None), style="bold")
    screen.print(cell(f"Database: {report.database}", limit=None), style="dim")
    if report.snapshot is not None:
        told = f"To read beside it: {report.snapshot} (no reader of that one stops a run)"
        screen.print(cell(told, limit=None), style="dim")
    for words, why in _next(report):
        screen.print(cell(f"Next: {words}{database}  # {why}", limit=None), style="dim")


def _next(report: Report) -> Iterator[tuple[str, str]]:
    """What somebody would do after such a run: commands, each with what it is for."""
    if report.failures:
        yield "claims runs failures", "what failed, and since when"
    waiting = sum(not one.is_decided for one in report.disputes)
    if waiting:
        yield "claims review", "judge what is contested, on a page of this machine"
    elif report.claims_total:
        yield "claims sql 'FROM claims_by_speaker'", "who is heard, how often, and how"
    elif not report.articles and not report.failures:
        yield "claims run 'news/*.txt'", "name files, folders or feeds with articles"


def claims_table(claims: Iterable[ReportedClaim]) -> Table:
    """One row a claim. Each value keeps its own cell, so that a terminal can order Urdu in it."""
    table = folding(("speaker", 3), ("stance", 0), ("cue", 3), ("content", 9), ("article", 0))
    for claim in claims:
        shown = claim.voice, claim.stance, claim.cue, claim.content, _short(claim.article)
        table.add_row(*map(cell, shown))
    return table


def _heading(words: str) -> Text:
    return Text(words, style="bold underline")


def _short(path: str | None) -> str:
    """An article's path without folder and suffix: in a table, enough to know it by."""
    if not path:
        return "–"
    return Path(path).stem if "," not in path else Path(path).name


def _failures_table(failures: Iterable[Failure]) -> Table:
    table = folding(("input", 2), ("reason", 5))
    for failure in failures:
        table.add_row(cell(failure.input), cell(failure.reason, limit=None))
    return table
