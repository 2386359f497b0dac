"""Web archives (WARC, also packed) to drafts: one for every page that was archived."""

from __future__ import annotations

import gzip
import logging
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from claims.errors import FetchError, InputError
from claims.fetching.addresses import normal
from claims.model import Failure
from claims.readers.dates import in_zone
from claims.readers.draft import Draft, told
from claims.readers.html import LARGEST, page_draft
from claims.readers.reader_input import ReaderInput

_GZIP = 16 + zlib.MAX_WBITS
_PIECE = 1 << 16


def read_warc(given: ReaderInput) -> Iterator[Draft | Failure]:
    """The pages of an archive, and a Failure for each that is no article."""
    return told(_pages(given.file, given.name))


def _pages(path: Path, name: str) -> Iterator[tuple[str, Draft | InputError]]:
    """The pages of an archive, each by its place with its draft or with what is wrong with it.

    Pictures, requests, redirects and other things that are no page are passed over. A packed
    archive may be one member (``gzip file.warc``) or, as the format wants it, one a record. Raises
    InputError where nothing in it is a page, OSError where it cannot be read.
    """
    from warcio.archiveiterator import ArchiveIterator

    # It repeats on standard error what it mends in a header.
    logging.getLogger("warcio").setLevel(logging.CRITICAL)
    any_page, number = False, 0
    whole, breaks_off = _one_member(path)
    size = 0 if whole else path.stat().st_size
    with gzip.open(path) if whole else path.open("rb") as file:
        try:
            records = ArchiveIterator(file)
            records.INC_RECORD = ""  # what it would print when a record is longer than it says
            for number, record in enumerate(records, start=1):
                kind, address = _kind(record), _address(record)
                place = f"{name}, record {number}" + (f" ({address})" if address else "")
                try:
                    if kind is None:
                        _check_whole(record)
                        continue
                    any_page = True
                    # One byte more than is allowed, and no more: a record may be packed.
                    body = record.content_stream().read(LARGEST + 1)
                    found = page_draft(body, place, address=address, content_type=kind)
                    _check_whole(record)
                    yield place, replace(found, fetched_at=_date(record), archived=True)
                except InputError as error:
                    any_page = True
                    yield place, error
            if records.offset < size or breaks_off:
                any_page = True
                yield f"{name}, record {number + 1}", InputError("the archive breaks off here")
        except (EOFError, gzip.BadGzipFile):
            any_page = True
            yield f"{name}, record {number + 1}", InputError("the archive breaks off here")
        except OSError:
            raise
        except Exception as error:  # warcio's own are plain ones
            told = " ".join(str(error).split())[:120] or type(error).__name__
            raise InputError(f"not a web archive after record {number}: {told}") from None
    if not any_page:
        raise InputError("there are no pages in this archive")


def _one_member(path: Path) -> tuple[bool, bool]:
    """Whether a packed archive is a single gzip member, which warcio would not read further than
    its first record; and whether that breaks off."""
    if path.suffix != ".gz":
        return False, False
    member = zlib.decompressobj(wbits=_GZIP)
    with path.open("rb") as file:
        while not member.eof:
            piece = member.unconsumed_tail or file.read(_PIECE)
            if not piece:
                return True, True
            try:
                member.decompress(piece, _PIECE)
            except zlib.error:
                return False, False
        return not member.unused_data and not file.read(1), False


def _check_whole(record: object) -> None:
    """Raise InputError for a record of which less is there than it says."""
    rest = record.raw_stream  # type: ignore[attr-defined]
    while rest.read(65536):
        pass
    if getattr(rest, "limit", 0) > 0:
        raise InputError("the record breaks off")


def _kind(record: object) -> str | None:
    """The content type of a record that is a page; None for others."""
    if getattr(record, "rec_type", None) not in ("response", "resource"):
        return None
    headers = getattr(record, "http_headers", None)
    if headers is not None:
        if headers.get_statuscode() != "200":
            return None
        kind = headers.get_header("Content-Type")
    else:
        kind = record.rec_headers.get_header("Content-Type")  # type: ignore[attr-defined]
    return kind if kind and "html" in kind.lower() else None


def _address(record: object) -> str | None:
    headers = getattr(record, "rec_headers", None)
    told = headers.get_header("WARC-Target-URI") if headers is not None else None
    if not told:
        return None
    try:
        return normal(told.strip("<>"))
    except FetchError:
        return None


def _date(record: object) -> datetime | None:
    told = record.rec_headers.get_header("WARC-Date")  # type: ignore[attr-defined]
    try:
        when = datetime.fromisoformat(told or "")
    except ValueError:
        return None
    return in_zone(when, None)
