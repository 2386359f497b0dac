"""The command ``claims export``: a file for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claims.cli.options import (
    ConfigOption,
    DatabaseOption,
    DisputedOption,
    ForceOption,
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
from claims.terminal import printable


def _list_formats(asked: bool) -> None:
    if not asked:
        return
    from claims.export.registry import export_formats

    for form in export_formats().values():
        typer.echo(f"{form.name:12} {form.file_name:26} {form.holds}".rstrip())
    raise typer.Exit


def export(
    form: Annotated[
        str,
        typer.Argument(metavar="FORMAT", help="One of those that `--formats` lists."),
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write.")],
    formats: Annotated[
        bool,
        typer.Option(
            "--formats", callback=_list_formats, is_eager=True, help="List the formats and stop."
        ),
    ] = False,
    text: Annotated[
        str | None, typer.Option("--text", help='Words in any order, and "phrases".')
    ] = None,
    speaker: SpeakerOption = None,
    voice: Annotated[str | None, typer.Option("--voice", help="Identifier of one speaker.")] = None,
    stance: StanceOption = None,
    outlet: OutletOption = None,
    language: LanguageOption = None,
    story: StoryOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    disputed: DisputedOption = None,
    all_versions: Annotated[
        bool, typer.Option("--all-versions", help="Also what outlets have edited since.")
    ] = False,
    raw: RawOption = False,
    force: ForceOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Write claims to a file for other programs, or contradictions, disputes, decisions.

    The filters are those of the search; of pairs one side must fit.
    """
    from claims.export.files import export as written
    from claims.search.claim_query import ClaimQuery

    query = ClaimQuery.read(
        {
            "text": text,
            "speaker": speaker,
            "voice": voice,
            "stance": stance,
            "outlet": outlet,
            "language": language,
            "story": story,
            "since": since,
            "until": until,
            "disputed": disputed,
        }
    )
    count = written(
        opened(config, database),
        form,
        out,
        all_versions=all_versions,
        raw=raw,
        force=force,
        query=query if query.asks else None,
    )
    typer.echo(printable(f"{count} records in {out}"))
