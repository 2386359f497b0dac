"""The command ``claims search``: who said what about something, and when."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from claims.cli.options import (
    ConfigOption,
    DatabaseOption,
    DisputedOption,
    LanguageOption,
    OutletOption,
    RawOption,
    SinceOption,
    SpeakerOption,
    StanceOption,
    StoryOption,
    UntilOption,
    opened,
)
from claims.errors import ExitStatus
from claims.terminal import escaped, json_line, printable

if TYPE_CHECKING:
    from claims.search.found_claims import FoundClaim, FoundPage


class SearchFormat(StrEnum):
    """How found claims are printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


_COLUMNS = (
    "claim_id", "day", "outlet", "language", "speaker_id", "speaker", "source_text", "stance",
    "cue_text", "content_text", "passage", "title", "url", "path", "article_id", "start",
    "story_id", "contradictions", "contradiction_id", "dispute_id", "likeness",
)  # fmt: skip
"""What CSV has of a claim."""

Text = Annotated[
    str | None,
    typer.Argument(metavar="[TEXT]", help='Words in any order, and "phrases"; in Urdu or English.'),
]


def search(
    text: Text = None,
    speaker: SpeakerOption = None,
    stance: StanceOption = None,
    outlet: OutletOption = None,
    language: LanguageOption = None,
    story: StoryOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    disputed: DisputedOption = None,
    meaning: Annotated[
        bool | None,
        typer.Option(
            help="Also what is said in other words, in any language; default: where no claim has "
            "the words."
        ),
    ] = None,
    order: Annotated[
        str | None, typer.Option(metavar="ORDER", help="newest (the default), oldest or best.")
    ] = None,
    limit: Annotated[str, typer.Option(metavar="N", help="At most so many.")] = "20",
    page: Annotated[str, typer.Option(metavar="N", help="The next so many: 2, 3, …")] = "1",
    form: Annotated[
        SearchFormat, typer.Option("--format", help="How to print them.")
    ] = SearchFormat.TABLE,
    raw: RawOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Find who said what, and when: claims search "taxes" --speaker Trump --since 2016-09."""
    from pathlib import Path

    from claims.search.claim_query import ClaimQuery
    from claims.search.search import search as find

    query = ClaimQuery.read(
        {
            "text": text,
            "speaker": speaker,
            "stance": stance,
            "outlet": outlet,
            "language": language,
            "story": story,
            "since": since,
            "until": until,
            "disputed": disputed,
            "meaning": meaning,
            "order": order,
            "limit": limit,
            "page": page,
        }
    )
    folder = Path(config) if config else None
    with opened(config, database).reading() as connection:
        found = find(connection, query, facets=form is SearchFormat.JSON, config=folder)
    _write(found, form, raw)
    if not found.claims and not found.near:
        raise typer.Exit(ExitStatus.SOME_FAILED)


def _write(found: FoundPage, form: SearchFormat, raw: bool) -> None:
    if form is SearchFormat.JSON:
        typer.echo(escaped(found.model_dump_json(indent=1)))
        return
    claims = (*found.claims, *found.near)
    if form is SearchFormat.JSONL:
        for one in claims:
            typer.echo(json_line(one.model_dump(mode="json")))
    elif form is SearchFormat.CSV:
        from claims.store.spreadsheets import CsvWriter

        writer = CsvWriter(sys.stdout, raw=raw)
        writer.rows([_COLUMNS])
        writer.rows([[one.model_dump(mode="json")[name] for name in _COLUMNS] for one in claims])
    else:
        _print(found)
    if form is not SearchFormat.TABLE or not claims:
        from claims.cli.tables import complain

        for sentence in _told(found):
            complain(sentence)


def _print(found: FoundPage) -> None:
    from claims.cli.tables import print_table

    for claims, heading in (
        (found.claims, ""),
        (found.near, "In other words, nearest in meaning first:"),
    ):
        if claims:
            if heading:
                typer.echo(heading)
            columns = ("day", "who", "stance", "outlet", "what")
            print_table(columns, [_row(one) for one in claims], sys.stdout)
    if found.claims:
        first = (found.query.page - 1) * found.query.limit + 1
        last = first + len(found.claims) - 1
        more = f"; --page {found.query.page + 1} shows more" if found.more else ""
        noun = "claim" if found.total == 1 else "claims"
        typer.echo(f"{first:,} to {last:,} of {found.total:,} {noun}{more}")


def _row(one: FoundClaim) -> tuple[str, ...]:
    against = f" [disputed: {one.dispute_id or one.contradiction_id}]" if one.contradictions else ""
    return (
        one.day.isoformat() if one.day else "undated",
        _short(one.named),
        one.stance.value,
        _short(one.outlet),
        " ".join(one.passage.split()) + against,
    )


def _short(words: str, most: int = 24) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _told(found: FoundPage) -> tuple[str, ...]:
    """What there is to say where nothing was found."""
    if found.claims or found.near:
        return found.advice
    return ("no claim was found", *(printable(one) for one in found.advice))
