"""What the command line prints for people: tables, progress, one-line messages."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims.store.formats import PIPE_WIDTH
from claims.terminal import printable

CONTENT = 160
"""Characters of a content that a table shows."""


def console(out: TextIO) -> Console:
    """A console as wide as the terminal, or of a fixed width where ``out`` is none."""
    return Console(file=out, width=None if out.isatty() else PIPE_WIDTH, highlight=False)


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
    columns: Sequence[str], rows: Iterable[Sequence[str]], out: TextIO, *wide: int
) -> None:
    """Rows of words under their columns, of which those numbered ``wide`` (default: the last) share
    what room is left; others are as wide as they need to be."""
    chosen = {number % len(columns) for number in wide or (-1,)}
    shown = folding(*((name, 1 if n in chosen else 0) for n, name in enumerate(columns)))
    shown.collapse_padding = True  # many columns in few characters
    for row in rows:
        shown.add_row(*(cell(value, limit=None) for value in row))
    console(out).print(shown)


def complain(message: str, err: TextIO | None = None) -> None:
    """One line on standard error."""
    print(f"claims: {' '.join(printable(message).split())}", file=err or sys.stderr)


def cell(value: str, limit: int | None = CONTENT) -> Text:
    """Words for one place of a table, in one line and cut after ``limit`` characters."""
    words = " ".join(printable(value).split())
    if limit is not None and len(words) > limit:
        words = words[: limit - 1].rstrip() + "…"
    return Text(words)


def folding(*columns: tuple[str, int], header: bool = True) -> Table:
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
