"""What a site's robots.txt allows (RFC 9309)."""

from __future__ import annotations

from claims.errors import FetchError

AGENT = "claims"
"""The name under which robots.txt speaks of this program."""

LONGEST_DELAY = 30.0
"""Seconds between two requests that a robots.txt may ask for at most."""


class Rules:
    """The rules of one robots.txt; ``None`` for the text where there is none: all is allowed."""

    def __init__(self, text: str | None) -> None:
        from protego import Protego  # only where the web is asked

        self._rules = Protego.parse(text) if text is not None else None

    def allow(self, address: str) -> bool:
        """Whether this program may ask for an address."""
        return self._rules is None or self._rules.can_fetch(address, AGENT)

    @property
    def delay(self) -> float:
        """Seconds to leave between two requests; 0 where nothing is said."""
        asked = self._rules.crawl_delay(AGENT) if self._rules is not None else None
        return min(max(asked or 0.0, 0.0), LONGEST_DELAY)


def refused(address: str) -> FetchError:
    """The error for an address that a robots.txt forbids."""
    return FetchError("robots.txt of the site does not allow it", lasting=True)
