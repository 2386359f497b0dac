"""RSS and Atom feeds to entries: the articles that they link to, and what they say of each."""

from __future__ import annotations

import calendar
import hashlib
import io
import re
import warnings
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, NamedTuple

from claims.errors import FetchError, InputError
from claims.fetching.addresses import normal
from claims.reading import pages
from claims.reading.drafts import Draft
from claims.reading.plain import check

SUFFIXES = (".rss", ".atom", ".xml")

_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_PAGE = re.compile(rb"<html[\s>]", re.IGNORECASE)
_HEAD = 4096
_ENTITY = re.compile(rb"<!ENTITY\s+(?!%)", re.IGNORECASE)
_FULL = 200
"""Characters from which on an entry's content is taken for the whole article."""

_FULL_SUMMARY = 600
"""The same for what may be only a summary."""


class Entry(NamedTuple):
    """One entry. ``url`` is the article's address; ``mark`` changes when the feed says something
    else of it; ``content`` is the article where the feed has all of it."""

    url: str | None
    mark: str
    title: str | None
    byline: str | None
    published: datetime | str | None
    updated: datetime | str | None
    content: str | None


def is_feed(body: bytes) -> bool:
    """Whether something is a feed, by how it begins."""
    head = body[:_HEAD].replace(b"\0", b"")
    found = _FEED.search(head)
    page = _PAGE.search(head)
    return found is not None and (page is None or found.start() < page.start())


def entries(body: bytes, address: str | None = None) -> list[Entry]:
    """The entries of a feed, each article once, in the feed's order.

    ``address`` is where the feed was found. Raises InputError for what is no feed or defines
    entities of its own: these can make a small feed fill the memory.
    """
    feedparser, text = _decoded(body)
    if _ENTITY.search(text.replace(b"\0", b"")):
        raise InputError("refused: the feed defines XML entities")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed = feedparser.parse(
                # As a stream: bytes that look like a path or an address would be opened.
                io.BytesIO(text),
                response_headers={"content-type": "application/xml; charset=utf-8"},
                resolve_relative_uris=False,
                sanitize_html=False,  # only words are taken; and it is slow on hostile ones
            )
    except Exception as error:
        raise InputError(f"the feed cannot be read: {type(error).__name__}") from None
    found = [_entry(entry, address or _text(parsed.feed.get("link"))) for entry in parsed.entries]
    if not found:
        if not parsed.get("version"):
            reason = " ".join(str(parsed.get("bozo_exception") or "not RSS or Atom").split())
            raise InputError(f"not a feed: {reason[:200]}")
        return []
    once: dict[str, Entry] = {}
    for entry in found:
        once.setdefault(entry.url or entry.mark, entry)
    return list(once.values())


def draft(entry: Entry, name: str, address: str | None) -> Draft:
    """The article as the feed itself has it. Raises InputError where it has not all of it."""
    if entry.content is None:
        raise InputError("the feed has not the whole article")
    body = f"<html><body><article>{entry.content}</article></body></html>".encode(
        "utf-8", "replace"
    )
    text = pages.draft(body, name).text if "<" in entry.content else entry.content
    if entry.title and not text.startswith(entry.title):
        text = f"{entry.title}\n\n{text}"
    check(text)
    return Draft(
        text=text,
        name=name,
        site=entry.url or address,
        url=entry.url,
        title=entry.title,
        byline=entry.byline,
        published=tuple(one for one in (entry.published, entry.updated) if one),
        headed=True,
    )


def _decoded(body: bytes) -> tuple[Any, bytes]:
    """feedparser, and the feed in UTF-8."""
    import feedparser  # takes a moment to load
    from feedparser.encodings import convert_to_utf8

    try:
        # Content-Type is that of bytes alone: what the server says of characters is often wrong.
        text = convert_to_utf8({"content-type": "application/xml"}, body, {})
    except Exception as error:
        raise InputError(f"the feed cannot be decoded: {type(error).__name__}") from None
    return feedparser, text or body


def _entry(entry: Any, base: str | None) -> Entry:
    link = _text(entry.get("link"))
    url: str | None = None
    if link:
        try:
            url = normal(link, base)
        except FetchError:
            url = None
    title = _plain(entry.get("title"))
    content = _content(entry)
    told = (
        title,
        _text(entry.get("updated")),
        _text(entry.get("published")),
        _text(entry.get("summary")),
        content,
    )
    return Entry(
        url=url,
        mark=hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()[:16],
        title=title,
        byline=_plain(entry.get("author")),
        published=_moment(entry, "published"),
        updated=_moment(entry, "updated"),
        content=content,
    )


def _content(entry: Any) -> str | None:
    """The whole article, where the entry seems to have it."""
    for one in entry.get("content") or ():
        value = _text(one.get("value"), keep=True)
        if value and len(_stripped(value)) >= _FULL:
            return value
    summary = _text(entry.get("summary"), keep=True)
    return summary if summary and len(_stripped(summary)) >= _FULL_SUMMARY else None


def _moment(entry: Any, name: str) -> datetime | str | None:
    """When it was published or updated; as the feed says it where that is no usual form."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if name not in entry:  # feedparser would give one for the other
            return None
        told, parsed = _text(entry.get(name)), entry.get(f"{name}_parsed")
    if parsed:
        with suppress(ValueError, TypeError, OverflowError, OSError):
            return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    return told


def _stripped(html: str) -> str:
    return " ".join(re.sub(r"<[^<>]*>", " ", html).split())


def _plain(value: object) -> str | None:
    """A title or a name: elements and white space aside."""
    text = _text(value)
    return (_stripped(text) or None) if text else None


def _text(value: object, *, keep: bool = False) -> str | None:
    if not isinstance(value, str):
        return None
    if any("\ud800" <= character <= "\udfff" for character in value):
        return None
    value = value.replace("\0", "")
    return (value if keep else " ".join(value.split())) or None
