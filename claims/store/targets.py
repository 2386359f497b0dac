"""The one way in which a file that a person asks for is written: beside its place, then moved."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from claims.errors import OutputError

_OWN = ("", ".wal", ".lock", ".run", ".schedule", ".new", ".tmp")
"""Ends of the names of what belongs to ``x.duckdb``, besides its SQLite files ``x.<what>.sqlite``
and what SQLite keeps beside those."""


@contextmanager
def written(target: Path, database: Path | None = None, *, force: bool = False) -> Iterator[Path]:
    """A path to write to within the block; at its end what is there takes the place of ``target``,
    whole. After an error nothing of it is left, and what ``target`` was stays.

    Raises OutputError as ``refuse``, OSError where it cannot be written.
    """
    refuse(target, database, force=force)
    stream = target.exists() and not target.is_file()  # a pipe or a device: nothing to take
    place = target.resolve()
    with tempfile.TemporaryDirectory(
        prefix=f".{place.name[:100]}-", dir=None if stream else place.parent
    ) as folder:
        beside = Path(folder) / place.name
        yield beside
        with beside.open("rb") as file:
            if stream:
                with target.open("wb") as out:
                    shutil.copyfileobj(file, out)
                return
            os.fsync(file.fileno())
        if place.exists():
            shutil.copymode(place, beside)
        beside.replace(place)


def refuse(target: Path, database: Path | None = None, *, force: bool = False) -> None:
    """Raise OutputError where ``target`` is ``database`` or a file that belongs to it, by whatever
    link or name; where it is a folder; where it is there already, unless ``force``."""
    if database is not None and _in_use(target, database):
        raise OutputError(f"{target}: is in use: it belongs to {database}; name another file")
    if target.is_dir():
        raise OutputError(f"{target}: is a folder; name a file in it")
    if target.is_file() and not force:
        raise OutputError(f"{target}: is there already; name another file, or --force replaces it")


def _in_use(target: Path, database: Path) -> bool:
    """Whether writing ``target`` would touch the database, what lies beside it, or a name that one
    of these files will have."""
    place, folder = target.resolve(), database.resolve().parent
    names = {database.name, database.resolve().name}
    stems = {name.removesuffix(".duckdb") for name in names}

    def own(name: str) -> bool:
        sidecar = any(name.startswith(f"{stem}.") for stem in stems) and ".sqlite" in name
        return sidecar or name in {name + end for name in names for end in _OWN}

    if place.parent in (folder, database.parent.resolve()) and own(place.name):
        return True
    for there in {folder, database.parent.resolve()}:
        with suppress(OSError):
            for one in there.iterdir():
                if own(one.name) and target.exists() and one.exists() and target.samefile(one):
                    return True
    return False
