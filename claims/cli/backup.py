"""The commands that look after a database: ``claims backup``, ``restore`` and ``prune``."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from claims.cli.options import ConfigOption, DatabaseOption, ForceOption, configured, opened
from claims.errors import ConfigError
from claims.terminal import printable

_AGE = re.compile(r"(\d+)\s*(d|w|y)")
_DAYS = {"d": 1, "w": 7, "y": 365}


def backup(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The back-up, or a folder for a dated one.")
    ],
    force: ForceOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Copy the database and what people decided into one file, while others go on reading."""
    from claims.store.backup import backup as written
    from claims.store.backup import default_name

    if file.is_dir():
        file = file / default_name(datetime.now(UTC))
    contents = written(opened(config, database), file, force=force)
    rows = ", ".join(f"{count:,} {table}" for table, count in contents.rows.items())
    typer.echo(printable(f"{file}: {', '.join(contents.files)}; {rows}"))


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A back-up.")],
    force: ForceOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Put a back-up in the place of the database, once all of it has been checked."""
    from claims.store.backup import restore as restored

    into = opened(config, database)
    contents, aside = restored(into, file, force=force)
    rows = ", ".join(f"{count:,} {table}" for table, count in contents.rows.items())
    typer.echo(printable(f"{into.path}: as of {contents.made_at:%Y-%m-%d %H:%M} UTC; {rows}"))
    for kept in aside:
        typer.echo(printable(f"{kept}: what was there before"))


def prune(
    older_than: Annotated[
        str | None,
        typer.Option(metavar="AGE", help="90d, 12w or 2y; default: retention of pipeline.yaml."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Remove old articles with their claims; those of pairs that somebody reviewed stay."""
    from claims.store.pruning import prune as pruned
    from claims.store.pruning import would_prune

    age = _age(older_than, config)
    do = would_prune if dry_run else pruned
    gone = do(opened(config, database), age)
    for outlet, count in gone.outlets.items():
        typer.echo(printable(f"{outlet}: {count:,} articles"))
    verb = "would go" if dry_run else "removed"
    typer.echo(
        f"older than {gone.before:%Y-%m-%d}: {gone.articles:,} articles, {gone.claims:,} claims, "
        f"{gone.contradictions:,} contradictions, {gone.runs:,} records of runs {verb}"
    )
    typer.echo(
        f"kept: {gone.kept_reviewed:,} articles of reviewed pairs, {gone.undated:,} without a date"
    )


def _age(given: str | None, config: str | None) -> timedelta:
    if given is not None:
        match = _AGE.fullmatch(given.strip())
        if match is None:
            raise ConfigError(f"--older-than {given}: not an age; write 90d, 12w or 2y")
        return timedelta(days=int(match[1]) * _DAYS[match[2]])
    folder, settings = configured(config)
    days = settings.retention.days
    if days is None:
        raise ConfigError(
            f"{folder}/pipeline.yaml: retention.days is null: articles are kept for ever; "
            "set it or give --older-than"
        )
    return timedelta(days=days)
