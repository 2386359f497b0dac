"""Which reader reads what: by the end of a file's name, by media type, or by how it begins.

A reader is one line above ``BUILT_IN``. Another package adds one under the entry point group
``claims.readers``, and a program that imports this one by ``register``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from claims.entry_points import load_entry_points
from claims.errors import InputError
from claims.model import Failure
from claims.readers.draft import Draft
from claims.readers.feed import is_feed
from claims.readers.feed_articles import read_feed
from claims.readers.html import is_page, read_html
from claims.readers.reader_input import ReaderInput
from claims.readers.tabular import read_tabular
from claims.readers.text import read_text
from claims.readers.warc import read_warc

GROUP = "claims.readers"
"""The entry points that are loaded: each names a ``FileReader``."""

HEAD = 4096
"""Bytes that ``FileReader.sniff`` is given."""

_REFUSED = (".json", ".yaml", ".yml", ".pdf", ".doc", ".docx", ".mhtml", ".mht")
"""Ends of names that no reader reads and that are certainly no plain text."""


@dataclass(frozen=True, slots=True)
class FileReader:
    """A format and the function that reads it.

    ``read`` gives a draft for every article, or a Failure in its place, and may raise InputError
    for the whole input. ``suffixes`` are in lower case with their dot; the longest that fits
    decides. ``media_types`` (``application/pdf``) are those of addresses. ``sniff`` is given the
    first ``HEAD`` bytes of what its name does not tell.
    """

    name: str
    read: Callable[[ReaderInput], Iterable[Draft | Failure]]
    suffixes: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    sniff: Callable[[bytes], bool] | None = None


def _begins_as_feed(head: bytes) -> bool:
    """Whether it is a feed and nothing else: a plain text may well tell of one."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") and is_feed(head)


TEXT = FileReader("plain text", read_text, (".txt", ".text"))
FEED = FileReader("RSS or Atom", read_feed, (".rss", ".atom", ".xml"), sniff=_begins_as_feed)
PAGE = FileReader("HTML", read_html, (".html", ".htm", ".xhtml"), ("text/html",), is_page)
TABLE = FileReader("JSON Lines or CSV", read_tabular, (".jsonl", ".ndjson", ".csv", ".tsv"))
ARCHIVE = FileReader("WARC", read_warc, (".warc", ".warc.gz"))

BUILT_IN = (TEXT, FEED, PAGE, TABLE, ARCHIVE)

_added: list[FileReader] = []


def register(reader: FileReader) -> None:
    """Add a reader for this process; it comes before all that are there."""
    _added.insert(0, reader)


def readers() -> tuple[FileReader, ...]:
    """All readers, those that come first first: registered, of other packages, built in.

    Raises ConfigError for an entry point that does not load.
    """
    return (*_added, *load_entry_points(GROUP, FileReader), *BUILT_IN)


def read_file(given: ReaderInput) -> Iterator[Draft | Failure]:
    """What is in a file: drafts, and a Failure for each that is none."""
    try:
        yield from _reader_of_file(given).read(given)
    except InputError as error:
        yield Failure(input=given.name, reason=str(error))
    except OSError as error:
        yield Failure(input=given.name, reason=f"cannot be read: {error.strerror or error}")


def _reader_of_file(given: ReaderInput) -> FileReader:
    known = readers()
    name = given.file.name.lower()
    fitting = [(end, one) for one in known for end in one.suffixes if name.endswith(end)]
    if fitting:
        return max(fitting, key=lambda each: len(each[0]))[1]
    if given.file.suffix.lower() in _REFUSED:
        names = ", ".join(sorted({one.name for one in known}, key=str.casefold))
        raise InputError(f"{given.file.suffix.lower()} files are not read; give one of {names}")
    return _sniffed(given, known) or TEXT


def reader_of_answer(given: ReaderInput) -> FileReader:
    """Who reads what an address answered. How it begins goes before what the server says of it:
    feeds are often called pages, and may have something before them. What nobody claims is taken
    for a page."""
    known = readers()
    if found := _sniffed(given, known):
        return found
    if is_feed(given.head(HEAD)):
        return FEED
    kind = (given.content_type or "").partition(";")[0].strip().lower()
    return next((one for one in known if kind in one.media_types), PAGE)


def _sniffed(given: ReaderInput, known: Iterable[FileReader]) -> FileReader | None:
    head = given.head(HEAD)
    return next((one for one in known if one.sniff is not None and one.sniff(head)), None)
