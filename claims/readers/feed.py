"""RSS and Atom feeds to entries: the articles that they link to, and what they say of each."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from typing import Any, NamedTuple

from claims.errors import FetchError, InputError
from claims.fetching.addresses import normal
from claims.readers.dates import day_first
from claims.readers.draft import Draft
from claims.readers.encodings import decode
from claims.readers.html import page_draft
from claims.readers.html_text import unescaped
from claims.readers.text import check

_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_PAGE = re.compile(rb"<html[\s>]", re.IGNORECASE)
_HEAD = 4096
_DECLARATION = re.compile(r"<\?xml\s[^>]{0,300}\?>")
_ENTITY = re.compile(rb"<!ENTITY\s+(?!%)", re.IGNORECASE)
_FULL = 200
"""Characters from which on an entry's content is taken for the whole article."""

_FULL_SUMMARY = 600
"""The same for what may be only a summary."""


class FeedEntry(NamedTuple):
    """One entry. ``url`` is the article's address; ``mark`` changes when the feed says something
    else of it; ``published`` and ``updated`` are as the feed says them, since feedparser guesses
    at forms that it does not know; ``content`` is the article where the feed has all of it."""

    url: str | None
    mark: str
    title: str | None
    byline: str | None
    published: str | None
    updated: str | None
    content: str | None


def is_feed(body: bytes) -> bool:
    """Whether something is a feed, by how it begins."""
    head = body[:_HEAD].replace(b"\0", b"")
    found = _FEED.search(head)
    page = _PAGE.search(head)
    return found is not None and (page is None or found.start() < page.start())


def feed_entries(body: bytes, address: str | None = None) -> list[FeedEntry]:
    """The entries of a feed, each article once, in the feed's order.

    ``address`` is where the feed was found. Raises InputError for what is no feed or defines
    entities of its own: these can make a small feed fill the memory.
    """
    import feedparser  # takes a moment to load

    text = _decoded(body)
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
    found = _in_one_order(found)
    if not found:
        if not parsed.get("version"):
            reason = " ".join(str(parsed.get("bozo_exception") or "not RSS or Atom").split())
            raise InputError(f"not a feed: {reason[:200]}")
        return []
    once: dict[str, FeedEntry] = {}
    for entry in found:
        once.setdefault(entry.url or entry.mark, entry)
    return list(once.values())


def entry_draft(entry: FeedEntry, name: str, address: str | None) -> Draft:
    """The article as the feed itself has it. Raises InputError where it has not all of it."""
    if entry.content is None:
        raise InputError("the feed has not the whole article")
    body = f"<html><body><article>{entry.content}</article></body></html>".encode(
        "utf-8", "replace"
    )
    text = page_draft(body, name).text if "<" in entry.content else entry.content
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


def _decoded(body: bytes) -> bytes:
    """The feed in UTF-8, and saying so. Content-Type is not asked: what the server says of a feed's
    characters is often wrong."""
    text = _DECLARATION.sub("", decode(body).lstrip("\ufeff \t\r\n"), count=1)
    return f'<?xml version="1.0" encoding="utf-8"?>{text}'.encode("utf-8", "replace")


def _entry(entry: Any, base: str | None) -> FeedEntry:
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
    return FeedEntry(
        url=url,
        mark=hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()[:16],
        title=title,
        byline=_plain(entry.get("author")),
        published=_moment(entry, "published"),
        updated=_moment(entry, "updated"),
        content=content,
    )


def _in_one_order(found: list[FeedEntry]) -> list[FeedEntry]:
    """The entries with their days before their months, as far as the feed as a whole tells."""
    ordered = iter(
        day_first([told for one in found for told in (one.published, one.updated) if told])
    )
    return [
        one._replace(
            published=next(ordered) if one.published else None,
            updated=next(ordered) if one.updated else None,
        )
        for one in found
    ]


def _content(entry: Any) -> str | None:
    """The whole article, where the entry seems to have it."""
    for one in entry.get("content") or ():
        value = _text(one.get("value"), keep=True)
        if value and len(_stripped(value)) >= _FULL:
            return value
    summary = _text(entry.get("summary"), keep=True)
    return summary if summary and len(_stripped(summary)) >= _FULL_SUMMARY else None


def _moment(entry: Any, name: str) -> str | None:
    """When it was published or updated, as the feed says it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # feedparser would give one for the other
        return _text(entry.get(name)) if name in entry else None


def _stripped(html: str) -> str:
    return " ".join(re.sub(r"<[^<>]*>", " ", html).split())


def _plain(value: object) -> str | None:
    """A title or a name: elements and white space aside."""
    text = _text(value)
    return (unescaped(_stripped(text)) or None) if text else None


def _text(value: object, *, keep: bool = False) -> str | None:
    if not isinstance(value, str):
        return None
    if any("\ud800" <= character <= "\udfff" for character in value):
        return None
    value = value.replace("\0", "")
    return (value if keep else " ".join(value.split())) or None
