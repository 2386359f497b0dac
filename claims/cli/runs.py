"""The command ``claims runs``: what runs did, and what they failed on."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from claims.cli.options import ConfigOption, DatabaseOption, opened
from claims.terminal import json_line, printable

if TYPE_CHECKING:
    from pydantic import BaseModel

    from claims.store.history import Run, RunDetails

app = typer.Typer(
    name="runs",
    help="What runs did: their history, what they failed on, and one article again.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class RunsFormat(StrEnum):
    """How runs and failures are printed."""

    TABLE = "table"
    JSONL = "jsonl"


FormatOption = Annotated[RunsFormat, typer.Option("--format", help="How to print them.")]


@app.callback(invoke_without_command=True)
def history(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="The latest so many.")] = 20,
    form: FormatOption = RunsFormat.TABLE,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """List runs, the latest first."""
    if context.invoked_subcommand is not None:
        return
    from claims.store.history import runs

    found = runs(opened(config, database), limit)
    if form is RunsFormat.JSONL:
        _lines(found)
        return
    print_runs(found, sys.stdout)
    typer.echo(f"{len(found)} run{'' if len(found) == 1 else 's'}")


@app.command()
def show(
    run: Annotated[str, typer.Argument(metavar="RUN", help="Its beginning, or `last`.")],
    form: FormatOption = RunsFormat.TABLE,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Show all that is recorded of one run: outlets, warnings, failures."""
    from claims.store.history import details

    found = details(opened(config, database), run)
    if form is RunsFormat.JSONL:
        _lines([found])
    else:
        _print_details(found)


@app.command()
def failures(
    form: FormatOption = RunsFormat.TABLE,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """List the inputs that failed when they were last tried."""
    from claims.store.history import failing

    found = failing(opened(config, database))
    if form is RunsFormat.JSONL:
        _lines(found)
        return
    from claims.cli.tables import print_table

    rows = [
        (one.input, one.reason, _minute(one.first_at), str(one.runs), one.run_id[:8])
        for one in found
    ]
    print_table(("input", "reason", "since (UTC)", "runs", "last run"), rows, sys.stdout, 0, 1)
    typer.echo(f"{len(found)} failing")


def print_runs(found: Sequence[Run], out: TextIO) -> None:
    """Runs as a table of eighty columns, which no terminal cuts; what is longer stands below it."""
    from claims.cli.tables import print_table

    columns = ("run", "began (UTC)", "took", "status", "articles", "claims", "pairs", "failed")
    print_table(columns, [_row(run) for run in found], out)
    for run in found:
        if notes := _notes(run):
            print(f"{run.run_id[:8]}  {printable(notes)}", file=out)


def _print_details(found: RunDetails) -> None:
    from claims.cli.tables import print_table

    run = found.run
    told = {
        "run": run.run_id,
        "status": run.status + (f": {run.error}" if run.error else ""),
        "began": f"{_minute(run.started_at)} UTC",
        "took": "still running" if run.seconds is None else f"{run.seconds:g} s",
        "due": f"{_minute(run.scheduled_for)} UTC" if run.scheduled_for else "when it was started",
        "inputs": ", ".join(found.inputs),
        "wrote": f"{run.articles} articles, {run.claims} claims, "
        f"{run.contradictions} contradictions",
        "ran": ", ".join(f"{name} {value}" for name, value in found.versions.items()
                         if isinstance(value, str)),
    }  # fmt: skip
    for name, value in told.items():
        typer.echo(f"{name:8}{printable(value)}")
    if found.outlets:
        typer.echo()
        columns = ("outlet", "read", "new", "again", "failed", "claims", "usual", "warning")
        rows = [
            (
                one.outlet,
                *(str(n) for n in (one.articles, one.new, one.again, one.failures, one.claims)),
                "" if one.usual is None else f"{one.usual:g}",
                one.warning or "",
            )
            for one in found.outlets
        ]
        print_table(columns, rows, sys.stdout, 0, -1)
    for warning in found.warnings:
        typer.echo(f"warning: {printable(warning)}")
    for failure in found.failures:
        typer.echo(f"failed: {printable(failure.input)}: {printable(failure.reason)}")


def _row(run: Run) -> tuple[str, ...]:
    return (
        run.run_id[:8],
        run.started_at.strftime("%Y-%m-%d %H:%M"),
        "" if run.seconds is None else _span(run.seconds),
        run.status,
        *(str(count) for count in (run.articles, run.claims, run.contradictions, run.failures)),
    )


def _notes(run: Run) -> str:
    """What is to be told of a run besides figures."""
    warned = f"{run.warnings} warning{'' if run.warnings == 1 else 's'}" if run.warnings else None
    return "; ".join(note for note in (warned, run.error) if note)


def _span(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.3g} s"
    return f"{seconds / 60:.3g} min" if seconds < 3600 else f"{seconds / 3600:.3g} h"


def _lines(found: Sequence[BaseModel]) -> None:
    for one in found:
        typer.echo(json_line(one.model_dump(mode="json")))


def _minute(when: datetime) -> str:
    return when.strftime("%Y-%m-%d %H:%M:%S")
