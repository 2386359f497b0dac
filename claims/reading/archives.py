"""Web archives (WARC, also packed) to drafts: one for every page that was archived."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from claims.errors import FetchError, InputError
from claims.fetching.addresses import normal
from claims.reading import pages
from claims.reading.drafts import Draft

SUFFIXES = (".warc", ".warc.gz")


def drafts(path: Path, name: str) -> Iterator[tuple[str, Draft | InputError]]:
    """The pages of an archive, each by its place with its draft or with what is wrong with it.

    Pictures, requests, redirects and other things that are no page are passed over. Raises
    InputError where nothing in it is a page, OSError where it cannot be read.
    """
    from warcio.archiveiterator import ArchiveIterator

    any_page, number = False, 0
    size = path.stat().st_size
    with path.open("rb") as file:
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
                    body = record.content_stream().read(pages.LARGEST + 1)
                    found = pages.draft(body, place, address=address, content_type=kind)
                    _check_whole(record)
                    yield place, replace(found, fetched_at=_date(record), archived=True)
                except InputError as error:
                    any_page = True
                    yield place, error
            if records.offset < size:
                any_page = True
                yield f"{name}, record {number + 1}", InputError("the archive breaks off here")
        except OSError:
            raise
        except Exception as error:  # warcio's own are plain ones
            told = " ".join(str(error).split())[:120] or type(error).__name__
            raise InputError(f"not a web archive after record {number}: {told}") from None
    if not any_page:
        raise InputError("there are no pages in this archive")


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
    return when if when.tzinfo else when.replace(tzinfo=UTC)
