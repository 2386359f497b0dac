"""Addresses of the web as text: which are asked for, and when two are the same."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin

from claims.errors import FetchError

LONGEST = 2000
"""Characters of the longest address that is asked for."""

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|at_\w+|ref_src|cmpid|yclid|_ga",
    re.IGNORECASE,
)
_NOT_PRINTED = re.compile(r"[\x00-\x1f\x7f]")


def is_address(name: str) -> bool:
    """Whether an input names something on the web and not a file."""
    return _ADDRESS.match(name) is not None


def normal(address: str, base: str | None = None) -> str:
    """The address as it is asked for: absolute, host in lower case, without fragment and without
    the parameters that only count where a reader came from (``utm_source`` and its like).

    Raises FetchError for what is no address of a web page, or one with a user's name in it.
    """
    import httpx  # takes a moment to load, and most inputs are files

    told = address.strip()
    shown = told if len(told) <= 200 else told[:200] + "…"
    try:
        joined = urljoin(base, told) if base else told
        url = httpx.URL(_NOT_PRINTED.sub("", joined))
        host, port = url.host, url.port
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise FetchError(f"not an address: {shown}: {error}") from None
    if url.scheme not in ("http", "https") or not host:
        raise FetchError(f"not an address of a web page: {shown}")
    if url.userinfo:
        raise FetchError(f"refused: the address has a user's name in it: {host}")
    if port is not None and not 0 < port < 65536:
        raise FetchError(f"not an address: {shown}: no such port")
    if len(str(url)) > LONGEST:
        raise FetchError(f"not asked for: the address is longer than {LONGEST} characters: {shown}")
    query = url.query.decode("ascii", "replace")
    if query:
        pairs = parse_qsl(query, keep_blank_values=True)
        kept = [(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)]
        if len(kept) < len(pairs):
            url = url.copy_with(query=urlencode(kept).encode() if kept else None)
    return str(url.copy_with(fragment=None))


def host_of(address: str) -> str:
    """The host of an address as people name it: in lower case, without ``www.``; may be empty."""
    if not address:
        return ""
    import httpx

    try:
        return httpx.URL(address).host.removeprefix("www.")
    except (httpx.InvalidURL, ValueError, UnicodeError):
        return ""


def origin(address: str) -> str:
    """Scheme, host and port: what a robots.txt speaks for."""
    import httpx

    url = httpx.URL(address)
    return f"{url.scheme}://{url.netloc.decode('ascii')}"
