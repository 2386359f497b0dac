"""Whose article it is."""

from __future__ import annotations

from claims.configuration import Outlet, Sources
from claims.fetching.addresses import host_of
from claims.reading.drafts import Draft
from claims.reading.inputs import Address, Input
from claims.reading.manifest import Entry


def outlet_of(draft: Draft, entry: Entry, found: Input | Address, sources: Sources) -> Outlet:
    """The outlet of a draft.

    By name, where its manifest or its row says so. Else the configured outlet whose feed or folder
    it comes from, or whose site its page is on. Else a folder is an outlet named after it, and what
    comes from the web or out of an archive is its host's.
    """
    name = entry.outlet or draft.outlet
    if name is not None:
        return next((one for one in sources.outlets if one.name == name), Outlet(name=name))
    if isinstance(found, Address) and found.outlet is not None:
        return found.outlet
    if isinstance(found, Input) and found.configured:
        return found.outlet
    host = host_of(draft.site or "")
    if host:
        for outlet in sources.outlets:
            if any(_within(host, site) for site in sites(outlet)):
                return outlet
    if isinstance(found, Input) and not draft.archived:
        return found.outlet
    return Outlet(name=host or (found.outlet.name if isinstance(found, Input) else "unknown"))


def sites(outlet: Outlet) -> tuple[str, ...]:
    """The hosts whose pages are an outlet's: those of ``sites``, else those of its feeds."""
    return outlet.sites or tuple(host for feed in outlet.feeds if (host := host_of(feed)))


def _within(host: str, site: str) -> bool:
    site = site.lower().removeprefix("www.")
    return host == site or host.endswith("." + site)
