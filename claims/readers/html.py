"""HTML pages to drafts: the article's words without what stands around them.

The words are found by trafilatura (Barbaresi, ACL 2021); what the page says of itself is read here,
because a point in time needs more than a day.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from configparser import ConfigParser
from copy import deepcopy
from dataclasses import replace
from functools import cache
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from claims.errors import FetchError, InputError
from claims.fetching.addresses import is_address, normal
from claims.readers.draft import Draft
from claims.readers.encodings import decode
from claims.readers.html_text import mark_quotations, open_asides, serialised, tree, unescaped
from claims.readers.metadata import metadata
from claims.readers.notices import ONLY, drop_marked
from claims.readers.reader_input import ReaderInput
from claims.readers.text import MAXIMUM, check

LARGEST = 3_000_000
"""Bytes of the largest page that is read."""

_PAGE = re.compile(rb"\s*(?:<!doctype\s+html|<html)[\s>]", re.IGNORECASE)
_LONGEST_TITLE = 300
_ALIKE = 85.0  # from here on a first line is taken for the title, in other words


def is_page(head: bytes) -> bool:
    """Whether something is a page, by how it begins."""
    return _PAGE.match(head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")) is not None


def read_html(given: ReaderInput) -> Iterator[Draft]:
    """The one article on a page, which is called by its address where it has one."""
    body, found = given.content(LARGEST), given.fetched
    if found is None:
        yield page_draft(body, given.name)
        return
    draft = page_draft(body, found.url, address=found.url, content_type=found.content_type)
    yield replace(draft, fetched_at=found.fetched_at)


def page_draft(
    body: bytes, name: str, *, address: str | None = None, content_type: str | None = None
) -> Draft:
    """The article on a page.

    ``address`` is where the page was found. The text begins with the headline. Raises InputError
    where there is no article.
    """
    if len(body) > LARGEST:
        raise InputError(f"too large: {len(body):,} bytes; the limit is {LARGEST:,}")
    kind = (content_type or "text/html").partition(";")[0].strip().lower()
    if kind and not any(word in kind for word in ("html", "xml", "text/plain", "octet-stream")):
        raise InputError(f"a page was expected, and this is {kind[:60]}")
    html = decode(body, content_type)
    if not html.strip():
        raise InputError("the page is empty")
    page = tree(html)
    told = metadata(page)
    noticed = drop_marked(page)
    opened, quoted = open_asides(page), mark_quotations(page)
    if opened or quoted or noticed:
        html = serialised(page)
    try:
        words, title, byline = _words(html, address)
    except InputError:
        if noticed:
            raise InputError(ONLY) from None
        raise
    title = _shortened(told.title or (unescaped(title) if title else None))
    text = _headed(words, title)
    check(text)
    url = canonical(told.url, address)
    return Draft(
        text=text,
        name=name,
        site=address or url,
        url=url,
        title=title,
        byline=told.byline or byline,
        published=told.published,
        headed=True,
    )


def canonical(told: str | None, address: str | None) -> str | None:
    """The address that a page has by its own word, else where it was found.

    A front page is not believed to be the address of an article: some sites name theirs on every
    page.
    """
    if told is not None and (address is not None or is_address(told)):
        try:
            url = normal(told, address)
        except FetchError:
            return address
        front = urlsplit(url).path in ("", "/") and not urlsplit(url).query
        if not front or url == address:
            return url
    return address


def _words(html: str, address: str | None) -> tuple[str, str | None, str | None]:
    """Text, title and byline by trafilatura."""
    import trafilatura  # takes a moment to load

    try:
        found = trafilatura.bare_extraction(
            html.replace("\0", ""),
            url=address,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
            config=_settings(),
        )
    except Exception as error:
        # Whatever a page can do to the library: the page is at fault, and the next one is read.
        raise InputError(f"the page cannot be read: {type(error).__name__}") from None
    text = getattr(found, "text", None)
    if not text or not text.strip():
        raise InputError("there is no article on this page")
    if len(text) > MAXIMUM:
        check(text)
    return text, getattr(found, "title", None), getattr(found, "author", None)


@cache
def _settings() -> ConfigParser:
    from trafilatura.settings import DEFAULT_CONFIG

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    settings: ConfigParser = deepcopy(DEFAULT_CONFIG)
    settings["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "60"  # short news is news
    return settings


def _shortened(title: str | None) -> str | None:
    title = " ".join((title or "").split())
    return title if title and len(title) <= _LONGEST_TITLE else None


def _headed(words: str, title: str | None) -> str:
    """The words below the title, that stands there once."""
    first = words.lstrip().partition("\n")[0]
    if title is None or fuzz.ratio(first, title) >= _ALIKE:
        return words
    return f"{title}\n\n{words}"
