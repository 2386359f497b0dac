"""A file to its drafts, by what its name says it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from claims.configuration import Columns
from claims.errors import InputError
from claims.fetching.fetcher import Fetcher
from claims.model import Failure
from claims.reading import archives, feeds, pages, plain, rows, web
from claims.reading.drafts import Draft
from claims.reading.manifest import Entry

_OTHERS = frozenset((".json", ".yaml", ".yml", ".pdf", ".doc", ".docx", ".mhtml", ".mht"))
_READ = "plain text, HTML, RSS or Atom, JSON Lines, CSV or WARC"


def drafts(
    path: Path, name: str, entry: Entry, columns: Columns, fetcher: Fetcher | None
) -> Iterator[Draft | Failure]:
    """What is in a file: drafts, and a Failure for each that is none."""
    try:
        for found in _drafts(path, name, entry, columns, fetcher):
            if isinstance(found, Draft | Failure):
                yield found
                continue
            place, draft = found
            if isinstance(draft, InputError):
                yield Failure(input=place, reason=str(draft))
            else:
                yield draft
    except InputError as error:
        yield Failure(input=name, reason=str(error))
    except OSError as error:
        yield Failure(input=name, reason=f"cannot be read: {error.strerror or error}")


def _drafts(
    path: Path, name: str, entry: Entry, columns: Columns, fetcher: Fetcher | None
) -> Iterator[Draft | Failure | tuple[str, Draft | InputError]]:
    lower = path.name.lower()
    if lower.endswith((*rows.JSON_LINES, *rows.TABLES)):
        yield from rows.rows(path, name, columns)
    elif lower.endswith(archives.SUFFIXES):
        yield from archives.drafts(path, name)
    elif lower.endswith(feeds.SUFFIXES):
        body = _bytes(path, pages.LARGEST)
        if not feeds.is_feed(body):
            raise InputError("not an RSS or Atom feed")
        yield from web.articles(body, name, None, fetcher)
    elif lower.endswith(pages.SUFFIXES):
        yield pages.draft(_bytes(path, pages.LARGEST), name)
    elif path.suffix.lower() in _OTHERS:
        raise InputError(f"{path.suffix.lower()} files are not read; give {_READ}")
    else:
        yield Draft(
            text=plain.decode(_bytes(path, 4 * plain.MAXIMUM)),
            name=name,
            headline_lines=entry.headline_lines,
        )


def _bytes(path: Path, most: int) -> bytes:
    size = path.stat().st_size
    if size > most:
        raise InputError(f"too long: {size:,} bytes; the limit is {most:,}")
    return path.read_bytes()
