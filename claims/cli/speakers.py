"""The command ``claims speakers``: who is who, as a person decides it."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims.cli.options import ConfigOption, DatabaseOption, ForceOption, configured, opened
from claims.errors import DatabaseError, OutputError
from claims.store.speaker_decisions import decisions
from claims.terminal import json_line, printable

if TYPE_CHECKING:
    from claims.store.database import Database
    from claims.store.who_is_who import SpeakerChange

app = typer.Typer(
    name="speakers",
    help="Who is who: likely merges, and what a person decides about them.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


_SHOWN = 3  # spellings that a table has room for


class ListFormat(StrEnum):
    """How speakers and suggestions are printed."""

    TABLE = "table"
    JSONL = "jsonl"


ByOption = Annotated[str | None, typer.Option("--by", help="Who decides; default: your login.")]
FormatOption = Annotated[ListFormat, typer.Option("--format", help="How to print them.")]
SpeakerArgument = Annotated[
    str, typer.Argument(metavar="SPEAKER", help="Identifier, name or any spelling.")
]


@app.command("list")
def list_speakers(
    kind: Annotated[str | None, typer.Option(help="Only this kind: person, state, …")] = None,
    limit: Annotated[int | None, typer.Option(min=0, help="The most heard so many.")] = None,
    doubtful: Annotated[
        bool, typer.Option("--doubtful", help="Only those whose names look wrong, and why.")
    ] = False,
    form: FormatOption = ListFormat.TABLE,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """List speakers, the most heard first."""
    from claims.store.speaker_queries import listed

    if doubtful:
        _list_doubtful(kind, limit, form, config, database)
        return
    with opened(config, database).reading() as connection:
        speakers = listed(connection, kind, limit)
    if form is ListFormat.JSONL:
        for one in speakers:
            typer.echo(json_line(one._asdict()))
        return
    columns = ("identifier", "name", "kind", "speaks for", "claims", "spellings")
    _print(
        columns,
        [
            (
                one.speaker_id,
                one.name,
                one.kind,
                one.speaks_for or "",
                str(one.claims),
                _few(one.spellings),
            )
            for one in speakers
        ],
    )


@app.command()
def show(
    speaker: SpeakerArgument, config: ConfigOption = None, database: DatabaseOption = None
) -> None:
    """Show a speaker's names: those that were linked, by whom or what."""
    from claims.resolver.clusters import settle
    from claims.store.speaker_links import stored_links
    from claims.store.speaker_queries import found, voices_of

    base = opened(config, database)
    made = decisions(base.path)
    with base.reading() as connection:
        one = found(connection, speaker)
        links = stored_links(connection)
        voices = voices_of(connection, one, settle(links, made))
    stands = f", speaks for {one.speaks_for}" if one.speaks_for else ""
    typer.echo(
        printable(
            f"{one.name} ({one.kind}{stands}): {one.claims} claims in {one.articles} articles"
        )
    )
    reason = {link.voice_id: f"{link.evidence} ({link.score:.2f})" for link in links}
    for voice in voices:
        told = "" if voice.voice_id == one.speaker_id else reason.get(voice.voice_id, "merged")
        names = ", ".join(voice.spellings) or voice.name
        typer.echo(printable(f"  {voice.voice_id}  {names}  {told}".rstrip()))


@app.command()
def suggest(
    limit: Annotated[int | None, typer.Option(min=0, help="The first so many.")] = None,
    form: FormatOption = ListFormat.TABLE,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """List speakers that are likely one, with the evidence, the most heard first."""
    from claims.config.settings import config_folder
    from claims.speakers.transliteration import load_transliteration
    from claims.store.suggestions import suggestions

    base = opened(config, database)
    with base.reading() as connection:
        transliteration = load_transliteration(config_folder(config))
        found = suggestions(connection, transliteration, decisions(base.path))[:limit]
    if form is ListFormat.JSONL:
        for one in found:
            sides = {"left": one.left._asdict(), "right": one.right._asdict()}
            row = {"score": one.score, **sides, "evidence": one.evidence}
            typer.echo(json_line(row))
        return
    columns = ("score", "merge", "with", "evidence")
    rows = [
        (
            f"{one.score:.2f}",
            f"{one.left.speaker_id} {one.left.name}",
            f"{one.right.speaker_id} {one.right.name}",
            one.evidence,
        )
        for one in found
    ]
    _print(columns, rows)


@app.command()
def draft(
    out: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Where to; default: standard output.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="The most heard so many.")] = 50,
    force: ForceOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Draft entries of speakers.yaml for the most heard names that it lacks, to be confirmed."""
    from claims.speakers.doubts import Doubts
    from claims.speakers.gazetteer import load_gazetteer
    from claims.speakers.mentions import load_mentions
    from claims.store import speaker_draft
    from claims.store.targets import written

    base = opened(config, database)
    folder, settings = configured(config)
    gazetteer = load_gazetteer(folder, settings.languages)
    doubts = Doubts(load_mentions(folder, settings.languages), gazetteer)
    with base.reading() as connection:
        made = speaker_draft.draft(connection, gazetteer, doubts, decisions(base.path), limit)
    if out is None:
        typer.echo(made, nl=False)
        return
    try:
        with written(out, base.path, force=force) as beside:
            beside.write_text(made, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror or error}") from None
    count = sum(line.startswith("  - ") for line in made.splitlines())
    typer.echo(printable(f"{out}: {count} entries to confirm"))


@app.command()
def merge(
    speaker: SpeakerArgument,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Who is the same.")],
    by: ByOption = None,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Make OTHER the same speaker as SPEAKER, which keeps its name and identifier."""
    from claims.store import who_is_who

    base = opened(config, database)
    _apply(base, [who_is_who.merge(base, speaker, other, _by(by))])


@app.command()
def split(
    speaker: SpeakerArgument,
    names: Annotated[
        list[str], typer.Argument(metavar="NAME...", help="Names or voices that are others.")
    ],
    by: ByOption = None,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Make some names of SPEAKER speakers of their own, whoever linked them."""
    from claims.store import who_is_who

    base = opened(config, database)
    _apply(base, who_is_who.split(base, speaker, names, _by(by)))


@app.command()
def rename(
    speaker: SpeakerArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is to be called.")],
    by: ByOption = None,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Give SPEAKER another name; its spellings stay."""
    from claims.store import who_is_who

    base = opened(config, database)
    _apply(base, [who_is_who.rename(base, speaker, name, _by(by))])


@app.command()
def undo(
    number: Annotated[
        int | None, typer.Argument(metavar="[DECISION]", help="Its number; default: the latest.")
    ] = None,
    by: ByOption = None,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Take a decision back."""
    from claims.store import who_is_who

    base = opened(config, database)
    _apply(base, [who_is_who.undo(base, _by(by), number)])


@app.command("decisions")
def list_decisions(config: ConfigOption = None, database: DatabaseOption = None) -> None:
    """List what was decided, the latest last."""
    columns = ("number", "decision", "speaker", "other or name", "by", "when", "")
    rows = [
        (
            str(one.number),
            one.act.value,
            one.speaker_id,
            one.other_id or one.name or "",
            one.decided_by,
            one.decided_at.strftime("%Y-%m-%d %H:%M"),
            "taken back" if one.undone else "",
        )
        for one in decisions(opened(config, database).path)
    ]
    _print(columns, rows)


def _list_doubtful(
    kind: str | None, limit: int | None, form: ListFormat, config: str | None, database: str | None
) -> None:
    """Speakers whose names look wrong, each with what is wrong with it."""
    from claims.speakers.doubts import load_doubts
    from claims.store.doubtful_speakers import doubtful

    base = opened(config, database)
    folder, settings = configured(config)
    doubts = load_doubts(folder, settings.languages)
    with base.reading() as connection:
        found = doubtful(connection, doubts, decisions(base.path))
    found = [one for one in found if kind in (None, one.speaker.kind)][:limit]
    if form is ListFormat.JSONL:
        for one in found:
            typer.echo(json_line({**one.speaker._asdict(), "doubt": one.why}))
        return
    columns = ("identifier", "name", "kind", "claims", "what is wrong", "spellings")
    rows = [
        (
            one.speaker.speaker_id,
            one.speaker.name,
            one.speaker.kind,
            str(one.speaker.claims),
            one.why,
            _few(one.speaker.spellings),
        )
        for one in found
    ]
    _print(columns, rows)


def _apply(base: Database, changes: Sequence[SpeakerChange]) -> None:
    """Apply all decisions to what is stored; where others hold it, say that this comes later."""
    from claims.store import who_is_who

    later, failed = "", None
    if not base.exists():
        later = "; there is no database yet to apply it to"
    else:
        try:
            who_is_who.apply(base)
        except DatabaseError as error:
            later, failed = "; kept, and applied with the next write", error
    for one in changes:
        typer.echo(printable(f"{one}{later}"))
    if failed is not None:
        raise DatabaseError(f"not applied yet: {failed}")


def _print(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    from claims.store.formats import ResultFormat, write
    from claims.store.query import Result

    types = ("VARCHAR",) * len(columns)
    write(Result(columns, types, list(rows)), ResultFormat.TABLE, sys.stdout)


def _few(spellings: Sequence[str]) -> str:
    """The first spellings; a name in many has dozens, which `show` and JSON tell in full."""
    more = len(spellings) - _SHOWN
    return ", ".join(spellings[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _by(by: str | None) -> str:
    return by or getpass.getuser()
