"""Whether the feeds of outlets work: each is asked for once, and so is its first article."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from typing import NamedTuple

from claims.config.settings import Outlet
from claims.errors import InputError
from claims.fetching.fetcher import Fetcher
from claims.readers.dates import Dates
from claims.readers.feed import feed_entries, is_feed
from claims.readers.html import page_draft


class FeedCheck(NamedTuple):
    """What one feed gave. ``newest`` is when its latest entry was published (UTC, ISO 8601),
    ``first`` how much text the page of its first entry gave; ``problem`` is None where all works.
    """

    outlet: str
    feed: str
    entries: int = 0
    newest: str | None = None
    first: str | None = None
    problem: str | None = None


def check_feeds(outlets: Sequence[Outlet], fetcher: Fetcher) -> list[FeedCheck]:
    """A check of every feed, in the order of the outlets; those without feeds are left out."""
    asked = [(outlet.name, feed) for outlet in outlets for feed in outlet.feeds]
    pool = ThreadPoolExecutor(fetcher.settings.at_once, thread_name_prefix="check")
    try:
        return list(pool.map(lambda one: _check(one[0], one[1], fetcher), asked))
    except BaseException:
        fetcher.stop()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _check(outlet: str, feed: str, fetcher: Fetcher) -> FeedCheck:
    done = FeedCheck(outlet, feed)
    try:
        found = fetcher.get(feed)
        if not is_feed(found.body):
            return done._replace(problem="not an RSS or Atom feed")
        entries = feed_entries(found.body, found.url)
    except InputError as error:
        return done._replace(problem=str(error))
    dates = Dates()
    times = [
        moment
        for entry in entries
        for told in (entry.published, entry.updated)
        if told and (moment := dates.moment(told, None)) is not None
    ]
    newest = max(times, default=None)
    done = done._replace(
        entries=len(entries), newest=newest.astimezone(UTC).isoformat() if newest else None
    )
    entry = next((one for one in entries if one.url is not None), None)
    if entry is None or entry.url is None:
        return done._replace(problem="no entry has an address")
    try:
        page = fetcher.get(entry.url)
        draft = page_draft(page.body, entry.url, address=page.url, content_type=page.content_type)
    except InputError as error:
        if entry.content is not None:
            return done._replace(first=f"from the feed; its page: {error}")
        return done._replace(problem=f"first article: {error}")
    return done._replace(first=f"{len(draft.text):,} characters")
