"""The command ``claims sources``: which outlets are read, and whether their feeds work."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from claims.cli.options import ConfigOption, configured
from claims.errors import ExitStatus
from claims.terminal import json_line

app = typer.Typer(
    name="sources",
    help="The outlets of config/sources.yaml, and whether their feeds work.",
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class SourcesFormat(StrEnum):
    """How outlets are printed."""

    TABLE = "table"
    JSONL = "jsonl"


FormatOption = Annotated[SourcesFormat, typer.Option("--format", help="How to print them.")]


@app.callback()
def list_sources(
    context: typer.Context,
    form: FormatOption = SourcesFormat.TABLE,
    config: ConfigOption = None,
) -> None:
    """List the outlets; `check` asks for each of their feeds."""
    if context.invoked_subcommand is not None:
        return
    from claims.config.settings import config_folder, load_sources

    outlets = load_sources(config_folder(config)).outlets
    if form is SourcesFormat.JSONL:
        for outlet in outlets:
            typer.echo(json_line(outlet.model_dump(mode="json")))
        return
    _print(
        ("outlet", "language", "country", "owner", "read from"),
        [
            (
                one.name,
                one.language or "",
                one.country or "",
                one.owner or "",
                "\n".join((*one.feeds, *((one.folder,) if one.folder else ()))),
            )
            for one in outlets
        ],
    )
    typer.echo(f"{len(outlets)} outlet{'' if len(outlets) == 1 else 's'}")


@app.command()
def check(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[OUTLET]...", help="Only these.")
    ] = None,
    allow_private: Annotated[
        bool,
        typer.Option("--allow-private", help="Feeds may be on this machine or its network."),
    ] = False,
    form: FormatOption = SourcesFormat.TABLE,
    config: ConfigOption = None,
) -> None:
    """Ask for each feed once, and for its first article, and tell what works.

    Nothing is stored. Exit status 1 where something does not work.
    """
    from claims.cli.tables import complain
    from claims.config.settings import load_sources
    from claims.readers.feed_check import check_feeds
    from claims.readers.open import fetcher

    folder, settings = configured(config)
    sources = load_sources(folder)
    unknown = set(names or ()) - {one.name for one in sources.outlets}
    if unknown:
        complain(f"no such outlet in {folder / 'sources.yaml'}: {', '.join(sorted(unknown))}")
        raise typer.Exit(ExitStatus.USAGE)
    fetching = settings.fetching
    if allow_private:
        fetching = fetching.model_copy(update={"allow_private": True})
    chosen = [one for one in sources.outlets if not names or one.name in names]
    web = fetcher(fetching, sources, (), None)
    try:
        checks = check_feeds(chosen, web)
    except KeyboardInterrupt:
        complain("interrupted")
        raise typer.Exit(ExitStatus.INTERRUPTED) from None
    finally:
        web.close()
    if form is SourcesFormat.JSONL:
        for one in checks:
            typer.echo(json_line(one._asdict()))
    else:
        _print(
            ("outlet", "feed", "entries", "newest", "first article", "works"),
            [
                (
                    one.outlet,
                    one.feed,
                    str(one.entries),
                    (one.newest or "")[:16].replace("T", " "),
                    one.first or "",
                    one.problem or "yes",
                )
                for one in checks
            ],
        )
    failed = sum(one.problem is not None for one in checks)
    if form is SourcesFormat.TABLE:
        typer.echo(f"{len(checks)} feeds: {len(checks) - failed} work, {failed} do not")
    raise typer.Exit(ExitStatus.SOME_FAILED if failed else ExitStatus.OK)


def _print(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    from claims.store.formats import ResultFormat, write
    from claims.store.query import Result

    types = ("VARCHAR",) * len(columns)
    write(Result(columns, types, list(rows)), ResultFormat.TABLE, sys.stdout)
