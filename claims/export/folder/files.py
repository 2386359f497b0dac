"""Writing a folder of claims to a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from claims import __version__
from claims.errors import FormatError, InputError
from claims.export.folder.folder_document import FolderDocument
from claims.export.folder.rendered import write_html, write_markdown
from claims.export.folder.word import write_docx
from claims.store import targets
from claims.store.collected import entries
from claims.store.database import Database
from claims.store.provenance import provenance

FORMATS: dict[str, Callable[[FolderDocument, Path], None]] = {
    "md": write_markdown,
    "html": write_html,
    "docx": write_docx,
}
"""By the end of a file's name."""

MEDIA_TYPES = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def export_folder(
    database: Database, name: str, out: Path, *, form: str | None = None, force: bool = False
) -> FolderDocument:
    """Write the folder ``name`` to ``out``, by default in the format that its name ends with, and
    return what was written.

    The file is there whole or not at all. Raises InputError where there is no such folder or
    ``out`` cannot be written, FormatError for another format or where a package for it is missing,
    DatabaseError, and OutputError as ``targets.refuse``.
    """
    chosen = form or out.suffix.removeprefix(".").lower()
    if chosen not in FORMATS:
        raise FormatError(
            f"{out}: its name tells no format that there is; end it in "
            f"{', '.join(f'.{one}' for one in FORMATS)}, or give --format"
        )
    with database.reading() as connection:
        found = entries(connection, name)
        printed = provenance(connection, [one.claim_id for one in found])
    now = datetime.now(UTC)
    document = FolderDocument(name, database.path.name, __version__, now, tuple(found), printed)
    try:
        with targets.written(out, database.path, force=force) as beside:
            FORMATS[chosen](document, beside)
    except OSError as error:
        raise InputError(f"{out}: cannot be written: {error.strerror or error}") from None
    return document
