"""The command ``claims folder``: what people collected, and taking it away."""

from __future__ import annotations

import getpass
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from claims.cli.options import ConfigOption, DatabaseOption, ForceOption, opened
from claims.errors import InputError
from claims.terminal import json_line, printable

app = typer.Typer(
    name="folder",
    help="Claims that people collected: the folders, one of them, and it as a document.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class FolderFormat(StrEnum):
    """How folders and what is in them are printed."""

    TABLE = "table"
    JSONL = "jsonl"


class DocumentFormat(StrEnum):
    """What a folder is exported as."""

    MD = "md"
    HTML = "html"
    DOCX = "docx"


NameArgument = Annotated[str, typer.Argument(metavar="FOLDER", help="Its name.")]
ClaimsArgument = Annotated[
    list[str], typer.Argument(metavar="CLAIM...", help="Identifiers of claims.")
]
FormatOption = Annotated[FolderFormat, typer.Option("--format", help="How to print them.")]
ByOption = Annotated[str | None, typer.Option("--by", help="Who collects; default: your login.")]


@app.command("list")
def list_folders(
    form: FormatOption = FolderFormat.TABLE,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """List folders, the one collected into last first."""
    from claims.cli.tables import print_table
    from claims.store.collected import folders

    with opened(config, database).reading() as connection:
        found = folders(connection)
    if form is FolderFormat.JSONL:
        for one in found:
            times = {
                "first_at": f"{one.first_at.isoformat()}Z",
                "last_at": f"{one.last_at.isoformat()}Z",
            }
            typer.echo(json_line({**one._asdict(), **times}))
        return
    rows = [
        (one.name, str(one.claims), str(one.articles), ", ".join(one.collected_by),
         f"{one.last_at:%Y-%m-%d %H:%M}")
        for one in found
    ]  # fmt: skip
    print_table(("folder", "claims", "articles", "collected by", "last"), rows, sys.stdout)


@app.command()
def show(
    folder: NameArgument,
    form: FormatOption = FolderFormat.TABLE,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Show what is in a folder, in order of time, with what became of the articles."""
    from claims.cli.tables import print_table
    from claims.export.folder.folder_document import day, warnings
    from claims.store.collected import entries

    with opened(config, database).reading() as connection:
        found = entries(connection, folder)
    if form is FolderFormat.JSONL:
        for one in found:
            told = {**one.model_dump(mode="json"), "warnings": list(warnings(one))}
            typer.echo(json_line(told))
        return
    rows = [
        (one.claim_id, day(one), one.outlet, one.said_by, " ".join(one.quotation.split()))
        for one in found
    ]
    print_table(("claim", "day", "outlet", "speaker", "quotation"), rows, sys.stdout)
    for one in found:
        for warning in warnings(one):
            typer.echo(printable(f"{one.claim_id}: {warning}"))


@app.command()
def add(
    folder: NameArgument,
    claims: ClaimsArgument,
    by: ByOption = None,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Put claims into a folder, which need not be there."""
    from claims.store import folders
    from claims.store.collected import as_printed

    base = opened(config, database)
    name = _name(folder)
    with base.reading() as connection:
        found = as_printed(connection, claims)
    if lacking := sorted({*claims} - {one.claim_id for one in found}):
        raise InputError(f"no claim {lacking[0]!r}; nothing was collected")
    folders.collect(base.path, name, found, by or getpass.getuser())
    typer.echo(printable(f"{len(folders.claims_in(base.path, name))} claims in {name}"))


@app.command("take-out")
def take_out(
    folder: NameArgument,
    claims: ClaimsArgument,
    by: ByOption = None,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Take claims out of a folder, which is gone with the last."""
    from claims.store import folders

    base = opened(config, database)
    there = folders.claims_in(base.path, folder)
    if lacking := [one for one in claims if one not in there]:
        raise InputError(
            f"{folder}: no claim {lacking[0]!r} in it; `claims folder show` lists them"
        )
    folders.take_out(base.path, folder, claims, by or getpass.getuser())
    typer.echo(printable(f"{len(there) - len({*claims})} claims in {folder}"))


@app.command()
def export(
    folder: NameArgument,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write.")],
    form: Annotated[
        DocumentFormat | None,
        typer.Option("--format", help="What it is; default: as the file's name ends."),
    ] = None,
    force: ForceOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Write a folder as Markdown, HTML or Word: quotations, speakers, dates, links, checksums."""
    from claims.export.folder.files import export_folder

    written = export_folder(opened(config, database), folder, out, form=form, force=force)
    warned = f"; warnings stand with {written.warned}" if written.warned else ""
    typer.echo(printable(f"{len(written.entries)} claims in {out}{warned}"))


def _name(given: str) -> str:
    from claims.store.folders import LONGEST_NAME

    name = " ".join(given.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InputError(f"a folder needs a name in one line, of at most {LONGEST_NAME} characters")
    return name
