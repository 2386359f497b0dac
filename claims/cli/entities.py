"""The command ``claims entities``: people, organisations and places that articles name."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Annotated

import typer

from claims.cli.attributions import ExtractFormat
from claims.cli.options import ConfigOption, LinksOption, RawOption, configured
from claims.errors import ExitStatus
from claims.store.spreadsheets import CsvWriter
from claims.terminal import json_line, printable

if TYPE_CHECKING:
    from claims.language.entities import Entities, Entity
    from claims.model import Article

_COLUMNS = ("article", "kind", "name", "start", "end")


def entities(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="As for `run`.")],
    form: Annotated[
        ExtractFormat, typer.Option("--format", help="How to print them.")
    ] = ExtractFormat.TABLE,
    raw: RawOption = False,
    follow_links: LinksOption = False,
    config: ConfigOption = None,
) -> None:
    """Print the people, organisations and places that articles name, with their offsets."""
    from claims.cli.tables import complain
    from claims.config.settings import load_sources
    from claims.language.annotation import Annotator
    from claims.model import Article, Failure
    from claims.readers.open import intake
    from claims.speakers.entities import load_entities

    folder, settings = configured(config)
    annotator = Annotator(settings.models)

    @cache
    def finder(language: str) -> Entities:
        return load_entities(folder, settings, language)

    failed = False
    if form is ExtractFormat.CSV:
        CsvWriter(sys.stdout).rows([_COLUMNS])
    with intake(
        folder, settings, load_sources(folder), files, distinct=False, follow_links=follow_links
    ) as results:
        for one in results:
            if isinstance(one, Failure):
                complain(f"{one.input}: {one.reason}")
                failed = True
            elif isinstance(one, Article):
                (document,) = annotator.annotate([one])
                _write(one, finder(one.language).entities(document), form, raw)
    raise typer.Exit(ExitStatus.SOME_FAILED if failed else ExitStatus.OK)


def _write(article: Article, found: list[Entity], form: ExtractFormat, raw: bool) -> None:
    rows = list(_rows(article, found))
    if form is ExtractFormat.JSONL:
        names = [dict(zip(_COLUMNS[1:], row[1:], strict=True)) for row in rows]
        line = {"article": article.path or article.article_id, "entities": names}
        print(json_line(line))
    elif form is ExtractFormat.CSV:
        CsvWriter(sys.stdout, raw=raw).rows(rows)
    else:
        from rich.text import Text

        from claims.cli.tables import console, plain_table

        table = plain_table(*_COLUMNS)
        for column in table.columns[1:3]:
            column.justify = "left"
        for row in rows:
            table.add_row(*(Text(printable(str(cell))) for cell in row))
        console(sys.stdout).print(table)
    sys.stdout.flush()


def _rows(article: Article, found: list[Entity]) -> Iterator[tuple[str, str, str, int, int]]:
    where = article.path or article.article_id
    for entity in found:
        span = entity.span
        yield where, entity.kind.value, span.of(article.text), span.start, span.end
