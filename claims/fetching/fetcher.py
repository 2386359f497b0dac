"""Addresses to pages: politely, each at most once in a run, and none that has not changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from claims.config.settings import FetchingSettings
from claims.errors import FetchError
from claims.fetching import robots
from claims.fetching.addresses import normal, origin
from claims.fetching.memory import Memory, Remembered
from claims.fetching.rate_limit import RateLimit

if TYPE_CHECKING:
    from claims.fetching.exchange import Answer, Exchange

_ROBOTS_DAY = 86400.0
"""Seconds for which a robots.txt holds at least: RFC 9309 says a day."""

_RECHECK = 6 * 3600.0
"""Seconds after which a page is asked for again that gives no version of itself."""

_FAILED = 86400.0
"""Seconds for which a lasting failure is believed."""

_LONGEST_WAIT = 60.0
"""Seconds that we wait at a server's word; beyond, the host is left alone for this run."""

_ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
    "application/xml;q=0.9, text/plain;q=0.8, */*;q=0.1"
)


class Fetched(NamedTuple):
    """A page. ``url`` is where redirects led, ``fetched_at`` when this body came; ``again`` says
    that it was there before this run."""

    url: str
    body: bytes
    content_type: str | None
    fetched_at: datetime
    again: bool


class Fetcher:
    """Fetches for one run, from several threads at once.

    ``memory`` is the file of what was fetched before (None: none). ``trusted`` are the addresses
    that the user names: where ``allow_private`` is set, these may be private; what they link to or
    redirect to may not, unless it is on the same machine and port.
    """

    def __init__(
        self, settings: FetchingSettings, memory: Path | None = None, trusted: Iterable[str] = ()
    ) -> None:
        self.settings = settings
        self._path = memory
        self._trusted = _normal(trusted) if settings.allow_private else []
        self._rate_limit = RateLimit()
        # A failure is believed no longer where what is allowed has changed.
        self._terms = (
            f"{settings.largest} {settings.redirects} {settings.allow_private} "
            f"{' '.join(settings.private_networks)}"
        ).strip()
        self._robots: dict[str, robots.Rules | FetchError] = {}
        self._done: dict[str, FetchError | None] = {}
        self._asking: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, address: str, mark: str | None = None) -> Fetched:
        """The page at an address, from the memory where it has not changed.

        ``mark`` is what a feed says of the page, as a text that changes when the feed says
        something else; while it stays the same the page is only asked for again in its first
        ``settled_hours``, and only whether it has changed. Without a mark it is asked for in every
        run. Raises FetchError where there is no such page now.
        """
        url = normal(address)
        self._open()
        with self._one_at_a_time(url):
            if url not in self._done:
                try:
                    self._load(url, None if mark is None else f"{mark} {self._terms}")
                except FetchError as error:
                    self._done[url] = error
                else:
                    self._done[url] = None
            failed = self._done[url]
            if failed is not None:
                raise failed
            known = self._memory.find(url)
        if known is None or known.body is None:
            raise FetchError("another run has removed what was fetched")
        return Fetched(
            url=known.final_url,
            body=known.body,
            content_type=known.content_type,
            fetched_at=datetime.fromtimestamp(known.fetched_at, UTC),
            again=known.fetched_at < self._rate_limit.began,
        )

    def stop(self) -> None:
        """End what is under way, in whatever thread; everything after fails."""
        self._rate_limit.stop()
        with self._lock:
            if "_exchange" in self.__dict__:
                self._exchange.stop()

    def close(self) -> None:
        """Close what is open."""
        self.stop()
        with self._lock:
            if "_exchange" in self.__dict__:
                self._exchange.close()
            if "_memory" in self.__dict__:
                self._memory.close()

    # Both are made, and the client is loaded, when the first address is asked for: most runs ask
    # for none.

    @cached_property
    def _exchange(self) -> Exchange:
        from claims.fetching.address_guard import AddressGuard
        from claims.fetching.exchange import Exchange

        guard = AddressGuard(self.settings.private_networks, self._trusted)
        return Exchange(self.settings, guard)

    @cached_property
    def _memory(self) -> Memory:
        return Memory(self._path, self.settings.keep_days)

    def _open(self) -> None:
        with self._lock:
            if self._rate_limit.stopped:
                raise FetchError("stopped")
            _ = self._memory, self._exchange

    def _one_at_a_time(self, what: str) -> threading.Lock:
        with self._lock:
            return self._asking.setdefault(what, threading.Lock())

    def _load(self, url: str, mark: str | None) -> None:
        """See to it that the memory has the present body of ``url``."""
        known, now = self._memory.find(url), time.time()
        if known is not None and not self._due(known, mark, now):
            if known.failure is not None:
                raise FetchError(known.failure)
            return
        try:
            final, answer = self._follow(url, known)
            unchanged = answer.status == 304 and known is not None and known.body is not None
            if answer.status != 200 and not unchanged:
                raise _refusal(answer)
        except FetchError as error:
            # Without a mark nothing would ever tell that it is worth another try.
            if error.lasting and mark is not None and (known is None or known.body is None):
                failed = Remembered(
                    url, url, first_at=now, checked_at=now, mark=mark, failure=str(error)
                )
                self._memory.keep(failed)
            raise
        fresh = now + answer.fresh
        if known is not None and (unchanged or known.body == answer.body):
            self._memory.keep(
                known._replace(
                    etag=answer.etag or known.etag,
                    last_modified=answer.last_modified or known.last_modified,
                    checked_at=now,
                    fresh_until=fresh,
                    mark=mark,
                )
            )
            return
        self._memory.keep(
            Remembered(
                url=url,
                final_url=final,
                etag=answer.etag,
                last_modified=answer.last_modified,
                content_type=answer.content_type,
                first_at=known.first_at if known and known.body is not None else now,
                fetched_at=now,
                checked_at=now,
                fresh_until=fresh,
                mark=mark,
                body=answer.body,
            )
        )

    def _due(self, known: Remembered, mark: str | None, now: float) -> bool:
        """Whether an address that is remembered is to be asked for again."""
        if mark is None:
            return known.failure is not None or now >= known.fresh_until
        if mark != known.mark:
            return True
        if known.failure is not None:
            return now - known.checked_at >= _FAILED
        if now < known.fresh_until or now - known.first_at >= self.settings.settled_hours * 3600:
            return False
        versioned = known.etag is not None or known.last_modified is not None
        return versioned or now - known.checked_at >= _RECHECK

    def _follow(self, url: str, known: Remembered | None) -> tuple[str, Answer]:
        """The answer at the end of the redirects, and where that is."""
        at, seen = url, {url}
        while True:
            rules = self._rules(at)
            if not rules.allow(at):
                raise robots.refused(at)
            answer = self._ask(at, known, rules.delay)
            if not answer.redirects or answer.location is None:
                return at, answer
            at = normal(answer.location, at)
            if at in seen:
                raise FetchError("redirects in a circle", lasting=True)
            seen.add(at)
            if len(seen) > self.settings.redirects + 1:
                raise FetchError(
                    f"redirects more than {self.settings.redirects} times", lasting=True
                )

    def _ask(self, url: str, known: Remembered | None, delay: float) -> Answer:
        """One answer, asked for again where the trouble may pass."""
        headers = {"Accept": _ACCEPT}
        # Only at the end of redirects: a version is that of the page that was there.
        if known is not None and known.body is not None and url == known.final_url:
            if known.etag:
                headers["If-None-Match"] = known.etag
            if known.last_modified:
                headers["If-Modified-Since"] = known.last_modified
        host, wait = origin(url), max(delay, self.settings.delay)
        for attempt in range(self.settings.retries + 1):
            last = attempt == self.settings.retries
            with self._rate_limit.turn(host, wait):
                try:
                    answer = self._exchange.ask(url, headers)
                except FetchError as error:
                    if last or error.lasting or self._rate_limit.stopped:
                        raise
                    self._rate_limit.put_off(host, self._back_off(attempt))
                    continue
                if not answer.passing:
                    return answer
                if answer.wait is not None and answer.wait > _LONGEST_WAIT:
                    self._rate_limit.leave_alone(host)
                    return answer
                if not last:
                    self._rate_limit.put_off(host, max(answer.wait or 0.0, self._back_off(attempt)))
        return answer

    def _back_off(self, attempt: int) -> float:
        """Twice the usual pause, then four times, and so on; in seconds."""
        return float(max(self.settings.delay, 0.1) * 2 ** (attempt + 1))

    def _rules(self, url: str) -> robots.Rules:
        """The rules of the site that an address is on, asked for once."""
        site = origin(url)
        with self._one_at_a_time(f"robots {site}"):
            if site not in self._robots:
                try:
                    self._robots[site] = self._read_rules(f"{site}/robots.txt")
                except FetchError as error:
                    self._robots[site] = error
            found = self._robots[site]
        if isinstance(found, FetchError):
            raise found
        return found

    def _read_rules(self, url: str) -> robots.Rules:
        known, now = self._memory.find(url), time.time()
        if known is None or now >= known.fresh_until:
            known = self._ask_rules(url, known, now)
            self._memory.keep(known)
        if known.body is None:
            return robots.Rules(None)
        return robots.Rules(known.body.decode("utf-8", "replace"))

    def _ask_rules(self, url: str, known: Remembered | None, now: float) -> Remembered:
        at, hops = url, 0
        while (answer := self._ask(at, known, 0.0)).redirects and answer.location is not None:
            hops += 1
            if hops > self.settings.redirects:
                break
            at = normal(answer.location, at)
        until = now + max(answer.fresh, _ROBOTS_DAY)
        if answer.status == 304 and known is not None:
            return known._replace(checked_at=now, fresh_until=until)
        if answer.status >= 500 or answer.status == 429:
            # Whether we may is not known, and then we may not (RFC 9309, section 2.3.1.4).
            raise FetchError(f"not asked for: its robots.txt cannot be had: status {answer.status}")
        return Remembered(
            url=url,
            final_url=at,
            etag=answer.etag,
            last_modified=answer.last_modified,
            first_at=now,
            fetched_at=now,
            checked_at=now,
            fresh_until=until,
            failure=None if answer.status == 200 else f"status {answer.status}",
            body=answer.body if answer.status == 200 else None,
        )


def _normal(addresses: Iterable[str]) -> list[str]:
    named = []
    for address in addresses:
        try:
            named.append(normal(address))
        except FetchError:
            continue  # it is told when it is asked for
    return named


def _refusal(answer: Answer) -> FetchError:
    """Why an answer that is no page is none."""
    if answer.passing and answer.wait is not None and answer.wait > _LONGEST_WAIT:
        return FetchError(f"status {answer.status}: the site asks to be left alone for a while")
    lasting = 400 <= answer.status < 500 and not answer.passing and answer.status != 408
    return FetchError(f"status {answer.status}", lasting=lasting)
