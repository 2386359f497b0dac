"""Whose article it is."""

from __future__ import annotations

from urllib.parse import urlsplit

from claims.config.settings import Outlet, Sources
from claims.fetching.addresses import host_of
from claims.readers.draft import Draft
from claims.readers.locate import Address, Input
from claims.readers.manifest import ManifestEntry


def outlet_of(
    draft: Draft, entry: ManifestEntry, found: Input | Address, sources: Sources
) -> Outlet:
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
    site = _site_of(draft.site, sources)
    if site is not None:
        return site
    host = host_of(draft.site or "")
    if isinstance(found, Input) and not draft.archived:
        return found.outlet
    return Outlet(name=host or (found.outlet.name if isinstance(found, Input) else "unknown"))


def sites(outlet: Outlet) -> tuple[str, ...]:
    """The hosts whose pages are an outlet's, each perhaps with the beginning of a path
    (``bbc.com/urdu``): those of ``sites``, else the hosts of its feeds."""
    return outlet.sites or tuple(host for feed in outlet.feeds if (host := host_of(feed)))


def _site_of(address: str | None, sources: Sources) -> Outlet | None:
    """The outlet on whose site an address is: the one that names most of it; None where two do."""
    host = host_of(address or "")
    if not host:
        return None
    place = f"{host}{urlsplit(address or '').path}"
    found: dict[int, list[Outlet]] = {}
    for outlet in sources.outlets:
        for site in sites(outlet):
            if _within(place, site.lower().removeprefix("www.").rstrip("/")):
                found.setdefault(len(site), []).append(outlet)
    longest = found[max(found)] if found else []
    return longest[0] if all(one == longest[0] for one in longest) and longest else None


def _within(place: str, site: str) -> bool:
    """Whether a host and path lies on a site, or on one below its host."""
    host, _, folder = site.partition("/")
    there, _, path = place.partition("/")
    if there != host and not there.endswith("." + host):
        return False
    return not folder or path == folder or path.startswith(folder + "/")
