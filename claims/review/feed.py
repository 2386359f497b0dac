"""A saved search as an Atom feed (RFC 4287)."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, time

from lxml import etree

from claims.search.claim_query import ClaimQuery
from claims.search.found_claims import FoundClaim

_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST = 120  # characters of the content in a title

_UNDATED = datetime(1970, 1, 1)
"""An entry must have been updated at some time, and one without a date must not seem new each time
that somebody asks."""


def atom(query: ClaimQuery, claims: tuple[FoundClaim, ...], site: str) -> bytes:
    """The claims that ``query`` found as a feed, an entry each.

    Identifiers stay: of an entry that of its claim, of the feed a hash of what is asked for.
    ``site`` is where the review page stands, without a slash at its end.
    """
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    asked = query.model_dump(
        mode="json", exclude_defaults=True, exclude={"limit", "page", "order", "meaning"}
    )
    told = ", ".join(f"{name} {value}" for name, value in asked.items())
    same = hashlib.sha256(repr(sorted(asked.items())).encode()).hexdigest()[:32]
    _add(feed, "title", f"Claims: {told}" if told else "Claims")
    _add(feed, "id", f"urn:claims:search:{same}")
    _add(feed, "updated", _moment(max(map(_when, claims), default=_UNDATED)))
    _add(_add(feed, "author"), "name", "claims")
    _link(feed, "self", query.link(f"{site}/claims.atom"), "application/atom+xml")
    _link(feed, "alternate", query.link(f"{site}/claims"), "text/html")
    for claim in claims:
        _entry(etree.SubElement(feed, f"{{{_ATOM}}}entry"), claim, site)
    return bytes(etree.tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(entry: etree._Element, claim: FoundClaim, site: str) -> None:
    words = " ".join((claim.content_text or claim.cue_text).split())
    short = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    _add(entry, "id", f"urn:claims:claim:{claim.claim_id}")
    _add(entry, "title", f"{claim.named} ({claim.stance}): {short}")
    _add(entry, "updated", _moment(_when(claim)))
    if _when(claim) != _UNDATED:
        _add(entry, "published", _moment(_when(claim)))
    _add(_add(entry, "author"), "name", claim.named)
    _add(entry, "content", claim.passage).set(_LANGUAGE, claim.language)
    for term in (claim.stance, claim.outlet):
        _add(entry, "category").set("term", _plain(term))
    _link(entry, "alternate", f"{site}{claim.address}", "text/html")
    if claim.url and claim.url.startswith(("http://", "https://")):
        _link(entry, "via", claim.url)
    if claim.contradiction_id:
        _link(entry, "related", f"{site}/pair/{claim.contradiction_id}", "text/html")


def _add(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    """An element of Atom in ``parent``."""
    made = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    made.text = _plain(text) or None
    return made


def _link(parent: etree._Element, relation: str, address: str, kind: str | None = None) -> None:
    link = _add(parent, "link")
    link.set("rel", relation)
    link.set("href", _plain(address))
    if kind:
        link.set("type", kind)


def _when(claim: FoundClaim) -> datetime:
    if claim.published_at is not None:
        return claim.published_at
    return _UNDATED if claim.day is None else datetime.combine(claim.day, time())


def _moment(when: datetime) -> str:
    return when.replace(tzinfo=UTC, microsecond=0).isoformat()


def _plain(text: str) -> str:
    """Without characters that XML has no way to write."""
    return _NO_XML.sub("\ufffd", text)
