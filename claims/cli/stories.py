"""The command ``claims stories``: which events are reported, and by whom."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from claims.cli.options import ConfigOption, DatabaseOption, opened
from claims.terminal import json_line, printable

if TYPE_CHECKING:
    from claims.store.coverage import StoryCoverage

app = typer.Typer(
    name="stories",
    help="Which articles are about one event: the newest stories, and one with its articles.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class StoriesFormat(StrEnum):
    """How stories are printed."""

    TABLE = "table"
    JSONL = "jsonl"


_NAMED = 3
"""Outlets that a table names."""

FormatOption = Annotated[StoriesFormat, typer.Option("--format", help="How to print them.")]


@app.callback(invoke_without_command=True)
def newest(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="The newest so many.")] = 20,
    outlets: Annotated[int, typer.Option(min=1, help="Of at least so many outlets.")] = 1,
    form: FormatOption = StoriesFormat.TABLE,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """List stories, the newest first."""
    if context.invoked_subcommand is not None:
        return
    from claims.store.coverage import newest_stories

    found, every = newest_stories(opened(config, database), limit, outlets)
    if form is StoriesFormat.JSONL:
        for one in found:
            typer.echo(json_line(one.model_dump(mode="json")))
        return
    from claims.cli.tables import print_table

    columns = ("story", "days", "articles", "outlets", "claims", "disputes", "headline")
    print_table(columns, [_row(one) for one in found], sys.stdout)
    typer.echo(f"{len(found):,} of {every:,} stor{'y' if every == 1 else 'ies'}")


@app.command()
def show(
    story: Annotated[str, typer.Argument(metavar="STORY", help="The beginning of its identifier.")],
    form: FormatOption = StoriesFormat.TABLE,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Show one story with its articles, the first report first."""
    from claims.store.coverage import one_story

    found, articles = one_story(opened(config, database), story)
    if form is StoriesFormat.JSONL:
        for article in articles:
            told = {"story_id": found.story_id, **article.model_dump(mode="json")}
            typer.echo(json_line(told))
        return
    from claims.cli.tables import print_table

    typer.echo(f"{found.story_id}  {printable(found.headline)}")
    typer.echo(
        f"{found.articles:,} articles of {found.outlets:,} outlets, {_days(found)}; "
        f"{found.claims:,} claims, {found.disputes:,} disputes"
    )
    rows = [
        (
            _day(one.day),
            one.outlet,
            one.title + (" (edited since)" if one.superseded else ""),
            one.url or one.path or one.article_id,
        )
        for one in articles
    ]
    print_table(("day", "outlet", "title", "where"), rows, sys.stdout)


def _row(one: StoryCoverage) -> tuple[str, ...]:
    return (
        one.story_id[:8],
        _days(one),
        str(one.articles),
        _outlets(one),
        str(one.claims),
        str(one.disputes),
        one.headline,
    )


def _outlets(one: StoryCoverage) -> str:
    """The outlets; of many the first and how many there are besides."""
    more = one.outlets - _NAMED
    return ", ".join(one.outlet_names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _days(one: StoryCoverage) -> str:
    if one.first_on == one.last_on:
        return _day(one.first_on)
    return f"{_day(one.first_on)} to {_day(one.last_on)}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "undated"
