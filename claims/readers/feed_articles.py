"""A feed to the articles that it links to."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace

from claims.errors import InputError
from claims.fetching.fetcher import Fetcher
from claims.model import Failure
from claims.readers.draft import Draft
from claims.readers.feed import FeedEntry, entry_draft, feed_entries, is_feed
from claims.readers.html import LARGEST, page_draft
from claims.readers.reader_input import ReaderInput

_logger = logging.getLogger(__name__)


def read_feed(given: ReaderInput) -> Iterator[Draft | Failure]:
    """The articles that a feed links to, as their pages have them, or, where a page cannot be had,
    as the feed itself has them, whole.

    Without a fetcher only what the feed itself has is read. Of a feed with more than
    ``fetching.entries`` the first are read, and that is logged. Raises InputError for what is no
    feed.
    """
    body = given.content(LARGEST)
    if not is_feed(body):
        raise InputError("not an RSS or Atom feed")
    address, fetcher = given.address, given.fetcher
    found = feed_entries(body, address)
    if not found:
        raise InputError("there are no entries in this feed")
    most = fetcher.settings.entries if fetcher else len(found)
    for number, entry in enumerate(found[:most], start=1):
        where = entry.url or f"{given.name}, entry {number}"
        try:
            yield _article(entry, where, address, fetcher)
        except InputError as error:
            yield Failure(input=where, reason=str(error))
    if len(found) > most:
        # No failure: feeds begin with what is newest, so nothing is missed from run to run.
        told = (
            f"{given.name}: the feed has {len(found)} entries, of which {most} are read; "
            "`fetching.entries` in pipeline.yaml says how many"
        )
        _logger.warning("warning", extra={"facts": {"warning": told}})


def _article(entry: FeedEntry, where: str, address: str | None, fetcher: Fetcher | None) -> Draft:
    if entry.url is None or fetcher is None:
        return entry_draft(entry, where, address)
    try:
        found = fetcher.get(entry.url, entry.mark)
        page = page_draft(found.body, where, address=found.url, content_type=found.content_type)
    except InputError:
        if entry.content is None:
            raise
        return entry_draft(entry, where, address)
    return replace(
        page,
        fetched_at=found.fetched_at,
        title=page.title or entry.title,
        byline=page.byline or entry.byline,
        published=tuple(
            one for one in (entry.published, *page.published, entry.updated) if one is not None
        ),
    )
