"""The command ``claims contradictions``: what runs have found, and what decisions teach."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims.cli.options import ConfigOption, DatabaseOption, ForceOption, configured, opened
from claims.terminal import escaped, printable

if TYPE_CHECKING:
    from claims.contradictions.decided.calibrate import Refit
    from claims.contradictions.decided.fitting import Reliability

app = typer.Typer(
    name="contradictions",
    help="What runs have found, best first; what decisions about it teach.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class PairFormat(StrEnum):
    """How contradictions are printed."""

    TABLE = "table"
    JSONL = "jsonl"


class ListedBy(StrEnum):
    """What is listed: what is contested, each once, or every pair."""

    DISPUTE = "dispute"
    PAIR = "pair"


@app.callback(invoke_without_command=True)
def listing(
    context: typer.Context,
    form: Annotated[
        PairFormat, typer.Option("--format", help="How to print them.")
    ] = PairFormat.TABLE,
    by: Annotated[
        ListedBy | None,
        typer.Option(
            "--by",
            help="What is contested, each once, or every pair; default: dispute, of jsonl pair.",
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=0, help="The best so many.")] = None,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Print the contradictions that runs have found, best first."""
    if context.invoked_subcommand is not None:
        return
    from claims.store.stored_disputes import StoredDispute, best_disputes
    from claims.store.stored_pairs import StoredPair, best_pairs, conflicting_texts

    # People read disputes; programs that have read pairs so far go on to get them.
    listed = by or (ListedBy.DISPUTE if form is PairFormat.TABLE else ListedBy.PAIR)
    disputes: list[StoredDispute] = []
    pairs: list[StoredPair] = []
    with opened(config, database).reading() as connection:
        if listed is ListedBy.DISPUTE:
            disputes = best_disputes(connection, limit)
        else:
            pairs = best_pairs(connection, limit)
        shown = pairs or [pair for one in disputes for pair in one.pairs]
        conflicting = conflicting_texts(connection, shown if form is PairFormat.TABLE else ())
    if form is PairFormat.JSONL:
        for line in (one.json_line() for one in disputes or pairs):
            typer.echo(escaped(line))
        return
    from claims.cli.disputes import print_disputes, print_pairs

    if listed is ListedBy.DISPUTE:
        print_disputes(disputes, conflicting, sys.stdout)
        made_of = sum(len(one.pairs) for one in disputes)
        typer.echo(f"{_counted(len(disputes), 'dispute')} of {_counted(made_of, 'contradiction')}")
    else:
        print_pairs(pairs, conflicting, sys.stdout)
        typer.echo(_counted(len(pairs), "contradiction"))


@app.command("export-labels")
def export_labels(
    out: Annotated[Path, typer.Argument(metavar="FILE", help="The JSON Lines file to write.")],
    force: ForceOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Write what people decided about pairs as labelled pairs, to train or measure a judge."""
    from claims.contradictions.decided.labelled_pairs import export_labels as written

    count = written(opened(config, database), out, force=force)
    typer.echo(printable(f"{count} labelled pair{'' if count == 1 else 's'} in {out}"))


@app.command()
def calibrate(
    write: Annotated[
        bool, typer.Option("--write", help="Put it into the configuration folder.")
    ] = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Fit the judge's probabilities to what people decided; figures before and after."""
    from claims.contradictions.decided.calibrate import refit, write_calibration
    from claims.contradictions.judges.calibration import FILE_NAME

    folder, settings = configured(config)
    made = refit(opened(config, database), folder, settings.contradictions)
    _print_refit(made)
    if write:
        path = write_calibration(folder, made)
        told = (
            f"written to {path}; the next `claims run` compares the stored claims again by it; "
            "without that file all is as before"
        )
    else:
        better = made.after.log_loss < made.before.log_loss
        advice = "" if better else "it fits no better than what is in force; "
        told = f"nothing was changed; {advice}--write puts it into {folder / FILE_NAME}"
    typer.echo(printable(told))


def _print_refit(made: Refit) -> None:
    from claims.cli.tables import print_table

    typer.echo(f"{made.decisions} decisions, {made.right} of them contradictions")
    if made.left_out:
        typer.echo(
            f"{made.left_out} more do not count: their pairs were judged by other settings or in "
            "another version, or an article was edited since"
        )
    for name, one in (("in force", made.in_force), ("found", made.found)):
        typer.echo(f"{name + ':':10}slope {one.slope:.3f}, constant {one.constant:+.3f}")
    typer.echo("after: each decision foretold by a calibration that was fitted without it\n")
    sides = (made.before, made.after)
    rows = [
        ("log loss", *(f"{one.log_loss:.4f}" for one in sides)),
        ("Brier score", *(f"{one.brier:.4f}" for one in sides)),
        ("shown at 0.5", *(str(one.shown) for one in sides)),
        ("of these right", *(_share(one.right, one.shown) for one in sides)),
    ]
    print_table(("", "before", "after"), rows, sys.stdout, 0)
    tables = (("before", made.reliable_before), ("after", made.reliable_after))
    rows = [_reliability_row(when, one) for when, table in tables for one in table]
    print_table(("", "probability", "pairs", "said", "right"), rows, sys.stdout, 0)


def _reliability_row(when: str, one: Reliability) -> tuple[str, ...]:
    shares = f"{one.said:.2f}", f"{one.right:.2f}"
    return (when, f"{one.low:g} to {one.high:g}", str(one.pairs), *shares)


def _share(right: int, shown: int) -> str:
    return f"{right} ({right / shown:.0%})" if shown else "0"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
