"""Addresses to drafts: a page is an article, a feed is the articles that it links to."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

from claims.errors import InputError
from claims.fetching.fetcher import Fetched, Fetcher
from claims.model import Failure
from claims.reading import feeds, pages
from claims.reading.drafts import Draft

_logger = logging.getLogger(__name__)


def drafts(address: str, fetcher: Fetcher) -> Iterator[Draft | Failure]:
    """The articles behind an address, and a Failure for each that cannot be had."""
    try:
        found = fetcher.get(address)
        if feeds.is_feed(found.body):
            yield from articles(found.body, address, found.url, fetcher)
        else:
            yield _page(found, found.url)
    except InputError as error:
        yield Failure(input=address, reason=str(error))


def articles(
    body: bytes, name: str, address: str | None, fetcher: Fetcher | None
) -> Iterator[Draft | Failure]:
    """The articles that a feed links to, as their pages have them, or, where a page cannot be had,
    as the feed itself has them, whole.

    ``address`` is where the feed was found; ``name`` is what it is called. Without a fetcher only
    what the feed itself has is read. Of a feed with more than ``fetching.entries`` the first are
    read, and that is logged. Raises InputError for what is no feed.
    """
    found = feeds.entries(body, address)
    if not found:
        raise InputError("there are no entries in this feed")
    most = fetcher.settings.entries if fetcher else len(found)
    for number, entry in enumerate(found[:most], start=1):
        where = entry.url or f"{name}, entry {number}"
        try:
            yield _article(entry, where, address, fetcher)
        except InputError as error:
            yield Failure(input=where, reason=str(error))
    if len(found) > most:
        # No failure: feeds begin with what is newest, so nothing is missed from run to run.
        told = (
            f"{name}: the feed has {len(found)} entries, of which {most} are read; "
            "`fetching.entries` in pipeline.yaml says how many"
        )
        _logger.warning("warning", extra={"facts": {"warning": told}})


@contextmanager
def fetched_ahead(addresses: Sequence[str], fetcher: Fetcher | None) -> Iterator[None]:
    """While the block reads addresses in their order, fetch them side by side, host by host.

    When the block is left early, by Ctrl-C for example, what is under way is ended.
    """
    if fetcher is None or len(addresses) < 2:
        try:
            yield
        except BaseException:
            if fetcher is not None:
                fetcher.stop()
            raise
        return
    pool = ThreadPoolExecutor(fetcher.settings.at_once, thread_name_prefix="fetch")
    try:
        for address in addresses:
            pool.submit(_fetch, address, fetcher)
        yield
    except BaseException:
        fetcher.stop()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _fetch(address: str, fetcher: Fetcher) -> None:
    """Fetch all that ``drafts`` will ask for; what goes wrong is told there."""
    try:
        found = fetcher.get(address)
        entries = feeds.entries(found.body, found.url) if feeds.is_feed(found.body) else []
    except InputError:
        return
    for entry in entries[: fetcher.settings.entries]:
        if entry.url is not None:
            try:
                fetcher.get(entry.url, entry.mark)
            except InputError:
                continue


def _article(entry: feeds.Entry, where: str, address: str | None, fetcher: Fetcher | None) -> Draft:
    if entry.url is None or fetcher is None:
        return feeds.draft(entry, where, address)
    try:
        page = _page(fetcher.get(entry.url, entry.mark), where)
    except InputError:
        if entry.content is None:
            raise
        return feeds.draft(entry, where, address)
    return replace(
        page,
        title=page.title or entry.title,
        byline=page.byline or entry.byline,
        published=tuple(
            one for one in (entry.published, *page.published, entry.updated) if one is not None
        ),
    )


def _page(found: Fetched, name: str) -> Draft:
    draft = pages.draft(found.body, name, address=found.url, content_type=found.content_type)
    return replace(draft, fetched_at=found.fetched_at)
