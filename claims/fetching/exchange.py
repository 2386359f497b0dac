"""One request and its answer: bounded in size, time and redirects, refused where it must be."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import httpx

from claims import __version__
from claims.config.settings import FetchingSettings
from claims.errors import FetchError
from claims.fetching.address_guard import AddressGuard, GuardedTransport
from claims.fetching.bodies import ENCODINGS, unpacked
from claims.fetching.deadline import Deadline
from claims.fetching.robots import AGENT

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PASSING = frozenset((429, 502, 503, 504))  # worth another try in the same run
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age=(\d{1,9})", re.IGNORECASE)
_LONGEST_FRESH = 86400.0
"""Seconds for which a server is believed that a page need not be asked for again: news is edited,
whatever a header says that was meant for pictures."""


class Answer(NamedTuple):
    """What one request gave. ``location`` is where a redirect leads; ``wait`` are the seconds that
    the server asks to be left alone for."""

    status: int
    body: bytes = b""
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    location: str | None = None
    fresh: float = 0.0
    wait: float | None = None

    @property
    def redirects(self) -> bool:
        """Whether it only says where to look."""
        return self.status in _REDIRECTS and self.location is not None

    @property
    def passing(self) -> bool:
        """Whether the server may answer better in a moment."""
        return self.status in _PASSING


class Exchange:
    """Asks for addresses, one request at a time and thread; ``stop`` ends those under way."""

    def __init__(self, settings: FetchingSettings, guard: AddressGuard) -> None:
        self._settings = settings
        self._under_way: set[Deadline] = set()
        self._lock = threading.Lock()
        self._stopped = False
        self._client = httpx.Client(
            transport=GuardedTransport(guard),
            timeout=settings.silence,
            follow_redirects=False,
            trust_env=False,  # a proxy would connect to addresses that nobody has checked
            headers={
                "User-Agent": user_agent(settings.contact),
                "Accept-Encoding": ENCODINGS,
            },
        )

    def ask(self, url: str, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
        """One request, no redirect followed; one with a ``body`` sends it (POST).

        Raises FetchError where there is no whole answer.
        """
        with Deadline(self._settings.longest) as deadline, self._counted(deadline):
            try:
                with self._client.stream(
                    "GET" if body is None else "POST",
                    url,
                    headers=dict(headers),
                    content=body,
                    extensions={"trace": deadline.trace},
                ) as response:
                    answer = self._read(response)
                    # A body that ends with its connection seems whole when that was cut.
                    self._check(deadline)
                    return answer
            except httpx.HTTPError as error:
                self._check(deadline)
                raise FetchError(_why(error, self._settings)) from None
            except (httpx.InvalidURL, httpx.StreamError, UnicodeError, ValueError) as error:
                raise FetchError(f"cannot be asked for: {error}") from None

    def stop(self) -> None:
        """End what is under way; nothing is asked for any more."""
        with self._lock:
            self._stopped = True
            for deadline in self._under_way:
                deadline.cut()

    def close(self) -> None:
        """Close what is open."""
        self._client.close()

    def _check(self, deadline: Deadline) -> None:
        if self._stopped:
            raise FetchError("stopped") from None
        if deadline.passed:
            raise FetchError(f"took longer than {self._settings.longest:g} seconds") from None

    @contextmanager
    def _counted(self, deadline: Deadline) -> Iterator[None]:
        with self._lock:
            if self._stopped:
                raise FetchError("stopped")
            self._under_way.add(deadline)
        try:
            yield
        finally:
            with self._lock:
                self._under_way.discard(deadline)

    def _read(self, response: httpx.Response) -> Answer:
        given = response.headers
        most = self._settings.largest
        body = b""
        if response.status_code == 200:
            with suppress(ValueError):
                if int(given.get("Content-Length", "0")) > most:
                    raise FetchError(f"too large: more than {most:,} bytes", lasting=True)
            body = unpacked(response.iter_raw(), given.get("Content-Encoding"), most)
        return Answer(
            status=response.status_code,
            body=body,
            content_type=given.get("Content-Type"),
            etag=given.get("ETag"),
            last_modified=given.get("Last-Modified"),
            location=given.get("Location"),
            fresh=_fresh(given.get("Cache-Control", "")),
            wait=_wait(given.get("Retry-After")),
        )


def user_agent(contact: str | None) -> str:
    """How this program introduces itself, with whom to turn to where that is set."""
    return f"{AGENT}/{__version__}" + (f" ({contact})" if contact else "")


def _fresh(cache_control: str) -> float:
    if re.search(r"no-cache|no-store", cache_control, re.IGNORECASE):
        return 0.0
    found = _MAX_AGE.search(cache_control)
    return min(float(found[1]), _LONGEST_FRESH) if found else 0.0


def _wait(retry_after: str | None) -> float | None:
    """Retry-After in seconds from now: it is a number of them or a date."""
    told = (retry_after or "").strip()
    if not told:
        return None
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        when = parsedate_to_datetime(told)
    except (TypeError, ValueError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, when.timestamp() - datetime.now(UTC).timestamp())


def _why(error: httpx.HTTPError, settings: FetchingSettings) -> str:
    """A reason that is the same whenever the same thing goes wrong."""
    if isinstance(error, httpx.TimeoutException):
        return f"no answer in {settings.silence:g} seconds"
    words = " ".join(str(error).split())
    if isinstance(error, httpx.ConnectError):
        return f"cannot be reached: {words}"
    return f"the connection broke off: {words}"
