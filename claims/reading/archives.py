"""Web archives (WARC, also packed) to drafts: one for every page that was archived."""

from __future__ import annotations

import zlib
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
    from warcio.exceptions import ArchiveLoadFailed

    any_page, number = False, 0
    with path.open("rb") as file:
        try:
            for number, record in enumerate(ArchiveIterator(file), start=1):
                kind = _kind(record)
                if kind is None:
                    continue
                any_page = True
                address = _address(record)
                place = f"{name}, record {number}" + (f" ({address})" if address else "")
                try:
                    # One byte more than is allowed, and no more: a record may be packed.
                    body = record.content_stream().read(pages.LARGEST + 1)
                    found = pages.draft(body, place, address=address, content_type=kind)
                    yield place, replace(found, fetched_at=_date(record), archived=True)
                except InputError as error:
                    yield place, error
        except (
            ArchiveLoadFailed,
            zlib.error,
            EOFError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            IndexError,
            UnicodeError,
        ) as error:
            told = " ".join(str(error).split())[:120] or type(error).__name__
            raise InputError(f"not a web archive after record {number}: {told}") from None
    if not any_page:
        raise InputError("there are no pages in this archive")


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
    told = record.rec_headers.get_header("WARC-Target-URI")  # type: ignore[attr-defined]
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
