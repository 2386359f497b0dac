"""What the command line prints for people: tables, progress, one-line messages."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims.store.formats import PIPE_WIDTH

if TYPE_CHECKING:
    from claims.contradictions.listing import Pair
    from claims.model import Failure
    from claims.report import Report, ReportedClaim

_CONTENT = 160  # characters of a content that a table shows
_JOINERS = "\u200c\u200d"


def console(out: TextIO) -> Console:
    """A console as wide as the terminal, or of a fixed width where ``out`` is none."""
    return Console(file=out, width=None if out.isatty() else PIPE_WIDTH, highlight=False)


def print_report(report: Report, out: TextIO) -> None:
    """The end of a run: claims, contradictions, what failed, and the run in one line."""
    screen = console(out)
    if report.claims:
        screen.print(_heading("Claims"), claims_table(report.claims))
        if (more := report.claims_total - len(report.claims)) > 0:
            screen.print(f'… and {more:,} more: claims sql "FROM claims"', style="dim")
        screen.print()
    if report.pairs:
        screen.print(_heading("Contradictions"))
        print_pairs(report.pairs, out)
    if report.duplicates:
        screen.print(_heading("Duplicates"))
        for given, first in report.duplicates:
            screen.print(_cell(f"{given}: same outlet and text as {first}"))
        screen.print()
    if report.failures:
        screen.print(_heading("Failed"), _failures_table(report.failures))
        screen.print()
    if report.warnings:
        screen.print(_heading("Warnings"))
        for warning in report.warnings:
            screen.print(_cell(warning, limit=None))
        screen.print()
    screen.print(_cell(report.summary, limit=None), style="bold")
    screen.print(_cell(f"Database: {report.database}", limit=None), style="dim")


def claims_table(claims: Iterable[ReportedClaim]) -> Table:
    """One row a claim. Each value keeps its own cell, so that a terminal can order Urdu in it."""
    table = _table(("speaker", 3), ("stance", 0), ("cue", 3), ("content", 9), ("article", 0))
    for claim in claims:
        table.add_row(
            *map(
                _cell, (claim.voice, claim.stance, claim.cue, claim.content, _short(claim.article))
            )
        )
    return table


def print_pairs(pairs: Sequence[Pair], out: TextIO) -> None:
    """Contradictions, best first: both sides and why they conflict."""
    screen = console(out)
    for number, pair in enumerate(pairs, start=1):
        screen.print(_cell(f"{number}. {pair.explanation}", limit=None), style="bold")
        table = _table(("speaker", 3), ("stance", 0), ("content", 8), ("article", 0), header=False)
        for side in (pair.left, pair.right):
            voice = side.speaker or side.source or side.outlet
            table.add_row(*map(_cell, (voice, side.stance, side.text, _short(side.article))))
        screen.print(table)
        printed = pair.left.outlets, pair.right.outlets
        told = f"{pair.kind.value}, score {pair.score:.2f}"
        if max(printed) > 1:
            told += f", printed by {printed[0]} and {printed[1]} outlets"
        screen.print(told, style="dim")
        screen.print()


@contextmanager
def progress(err: TextIO, *, quiet: bool = False) -> Iterator[_Bar | _Lines | _Nothing]:
    """Something that shows the steps of a run: a bar on a terminal, plain lines elsewhere."""
    if quiet:
        yield _Nothing()
    elif err.isatty():
        with _Bar(err) as bar:
            yield bar
    else:
        yield _Lines(err)


class _Nothing:
    """Shows nothing: the run tells what it does in another way."""

    def step(self, stage: str, done: int, total: int) -> None:
        """Take no notice."""


class _Lines:
    """A line for each stage and each stored chunk."""

    def __init__(self, err: TextIO) -> None:
        self._err = err
        self._last = ""

    def step(self, stage: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` articles are through ``stage``."""
        line = f"{stage}: {done} of {total} articles" if total else stage
        if line != self._last:
            self._last = line
            print(line, file=self._err, flush=True)


class _Bar:
    """One bar that names the stage and counts the articles."""

    def __init__(self, err: TextIO) -> None:
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
        )

        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(file=err),
            transient=True,
        )
        self._task = self._progress.add_task("starting", total=None)

    def __enter__(self) -> _Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def step(self, stage: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` articles are through ``stage``."""
        self._progress.update(self._task, description=stage, completed=done, total=total or None)


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], out: TextIO, wide: int = -1
) -> None:
    """Rows of words under their columns, of which the one numbered ``wide`` takes what room is
    left; others are as wide as they need to be."""
    chosen = wide % len(columns)
    table = _table(*((name, 1 if n == chosen else 0) for n, name in enumerate(columns)))
    for row in rows:
        table.add_row(*(_cell(value, limit=None) for value in row))
    console(out).print(table)


def complain(message: str, err: TextIO | None = None) -> None:
    """One line on standard error."""
    print(f"claims: {' '.join(printable(message).split())}", file=err or sys.stderr)


def printable(text: str) -> str:
    """``text`` without control characters: an article's words must not steer a terminal."""
    return "".join(c if c.isprintable() or c in "\n\t" + _JOINERS else "\ufffd" for c in text)


def _heading(words: str) -> Text:
    return Text(words, style="bold underline")


def _cell(value: str, limit: int | None = _CONTENT) -> Text:
    words = " ".join(printable(value).split())
    if limit is not None and len(words) > limit:
        words = words[: limit - 1].rstrip() + "…"
    return Text(words)


def _table(*columns: tuple[str, int], header: bool = True) -> Table:
    """Columns by name and ratio; a ratio of 0 is as wide as its widest value, never folded."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, show_header=header, expand=True)
    for name, ratio in columns:
        table.add_column(name, ratio=ratio or None, no_wrap=not ratio, overflow="fold")
    return table


def plain_table(*columns: str) -> Table:
    """A table of figures: the first column as wide as its words, numbers to the right."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for number, name in enumerate(columns):
        figures = number > 0 and name != "meaning"
        table.add_column(name, justify="right" if figures else "left")
    return table


def _short(path: str | None) -> str:
    """An article's path without folder and suffix: in a table, enough to know it by."""
    if not path:
        return "–"
    return Path(path).stem if "," not in path else Path(path).name


def _failures_table(failures: Iterable[Failure]) -> Table:
    table = _table(("input", 2), ("reason", 5))
    for failure in failures:
        table.add_row(_cell(failure.input), _cell(failure.reason, limit=None))
    return table
