"""Addresses to drafts, and the fetching of many side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from claims.errors import InputError
from claims.fetching.fetcher import Fetcher
from claims.model import Failure
from claims.readers.draft import Draft
from claims.readers.feed import feed_entries, is_feed
from claims.readers.reader_input import ReaderInput
from claims.readers.registry import reader_of_answer


def read_address(address: str, fetcher: Fetcher) -> Iterator[Draft | Failure]:
    """The articles behind an address, and a Failure for each that cannot be had."""
    try:
        given = ReaderInput(name=address, fetched=fetcher.get(address), fetcher=fetcher)
        yield from reader_of_answer(given).read(given)
    except InputError as error:
        yield Failure(input=address, reason=str(error))


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
    """Fetch all that ``read_address`` will ask for; what goes wrong is told there."""
    try:
        found = fetcher.get(address)
        entries = feed_entries(found.body, found.url) if is_feed(found.body) else []
    except InputError:
        return
    for entry in entries[: fetcher.settings.entries]:
        if entry.url is not None:
            try:
                fetcher.get(entry.url, entry.mark)
            except InputError:
                continue
