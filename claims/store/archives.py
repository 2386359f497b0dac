"""The members of a back-up's ZIP file, which may come from anywhere: counted and measured before
they are unpacked."""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
import zlib
from datetime import datetime
from pathlib import Path

from claims.errors import DatabaseError
from claims.model import Frozen

CONTENTS = "backup.json"
DATABASE = "claims.duckdb"
LEDGERS = {
    "claims.reviews.sqlite": "reviews",
    "claims.speakers.sqlite": "decisions",
    "claims.folders.sqlite": "folders",
    "claims.fetched.sqlite": "fetched",
}
"""The SQLite files that there may be, and the table that each holds."""

_LARGEST_CONTENTS = 100_000  # bytes
_RATIO, _SLACK = 200, 64_000_000
"""A member is at most so many times as large as it is packed, and some bytes: DuckDB's files of few
rows become 70 times smaller, pages of zeros 1,000 times."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ENCRYPTED = 0x1


class Contents(Frozen):
    """What is in a back-up. ``files`` are names to SHA-256, ``rows`` tables to how many rows."""

    claims: str
    made_at: datetime
    schema_version: int
    files: dict[str, str]
    rows: dict[str, int]


def unpack(file: Path, folder: Path) -> Contents:
    """Unpack a back-up into ``folder`` and say what it says of itself.

    Raises DatabaseError where it is no whole back-up, or more than one holds.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = {info.filename: info for info in archive.infolist()}
            if len(members) != len(archive.infolist()):
                raise DatabaseError("not a back-up of claims: names stand in it twice")
            for info in members.values():
                _check(info, folder)
            contents = Contents.model_validate_json(archive.read(CONTENTS))
            _compare(contents, set(members) - {CONTENTS})
            for name in contents.files:
                with archive.open(name) as packed, (folder / name).open("wb") as out:
                    shutil.copyfileobj(packed, out)
    except FileNotFoundError:
        raise DatabaseError("no such file") from None
    except IsADirectoryError:
        raise DatabaseError("is a folder; name the back-up in it") from None
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError) as error:
        told = " ".join(str(error).split())[:200]
        raise DatabaseError(f"not a whole back-up of claims: {told}") from None
    except (NotImplementedError, RuntimeError, MemoryError, RecursionError) as error:
        raise DatabaseError(f"not a back-up of claims: {type(error).__name__}") from None
    return contents


def sha256(file: Path) -> str:
    """The checksum of a file, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _check(info: zipfile.ZipInfo, folder: Path) -> None:
    """Raise DatabaseError for a member that no back-up has."""
    name = info.filename
    if name not in (CONTENTS, DATABASE, *LEDGERS):
        raise DatabaseError(f"not a back-up of claims: {name[:100]!r} in it")
    if info.flag_bits & _ENCRYPTED:
        raise DatabaseError(f"not a back-up of claims: {name} in it is encrypted")
    if info.compress_type not in _METHODS:
        raise DatabaseError(f"not a back-up of claims: {name} in it is packed in another way")
    packed, size = info.compress_size, info.file_size
    if name == CONTENTS and size > _LARGEST_CONTENTS:
        raise DatabaseError(f"not a back-up of claims: {name} in it has {size:,} bytes")
    if size > _RATIO * packed + _SLACK:
        raise DatabaseError(
            f"not a back-up of claims: {name} in it has {size:,} bytes, packed {packed:,}"
        )
    if size > shutil.disk_usage(folder).free:
        raise DatabaseError(f"{name} in it has {size:,} bytes, for which there is no room")


def _compare(contents: Contents, there: set[str]) -> None:
    """Raise DatabaseError where what is in a back-up is not what it says."""
    if set(contents.files) != there or DATABASE not in there:
        raise DatabaseError("not a whole back-up of claims: other files in it than it says")
    if not all(_SHA256.fullmatch(checksum) for checksum in contents.files.values()):
        raise DatabaseError("not a back-up of claims: checksums that are none")
