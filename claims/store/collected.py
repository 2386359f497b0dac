"""Folders as they are read: which there are, and what is in one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import duckdb

from claims.errors import InputError
from claims.store.folder_claim import FolderEntry, PrintedClaim
from claims.store.questions import Questions

_FOLDER = Questions(__package__, "folder")


class Folder(NamedTuple):
    """A folder: how many claims of how many articles are in it, and who collected them."""

    name: str
    claims: int
    articles: int
    collected_by: list[str]
    first_at: datetime
    last_at: datetime


def as_printed(connection: duckdb.DuckDBPyConnection, claims: Sequence[str]) -> list[PrintedClaim]:
    """Claims as their articles print them; identifiers that are not there are left out."""
    rows = _FOLDER.ask(connection, "as_printed", claims=list(claims))
    return [PrintedClaim.model_validate(row) for row in rows]


def folders(connection: duckdb.DuckDBPyConnection) -> list[Folder]:
    """The folders, the latest that somebody put something into first."""
    return [Folder(**row) for row in _FOLDER.ask(connection, "folders")]


def entries(connection: duckdb.DuckDBPyConnection, folder: str) -> list[FolderEntry]:
    """What is in a folder, in order of time. Raises InputError where there is none of that name."""
    rows = _FOLDER.ask(connection, "entries", folder=folder)
    if not rows:
        raise InputError(f"no folder {folder!r}; `claims folder list` lists them")
    return [
        FolderEntry.model_validate({**row, "content": json.loads(row["content"])}) for row in rows
    ]
