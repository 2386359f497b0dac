"""What a page says of itself: JSON-LD (schema.org), meta elements, and visible dates."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from claims.readers.html_text import unescaped

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE = re.compile(r"Article|BlogPosting|Report$|LiveBlog")
_TITLES = ("og:title", "twitter:title", "dc.title")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author")
_TIMES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "publish-date",
    "publish_date",
    "pubdate",
    "parsely-pub-date",
    "dc.date.issued",
    "dc.date",
    "date",
)
_DATED = re.compile(r"\b(?:\w*[_-])?(?:date|time|timestamp|published|posted|pubdate)(?:[_-]\w*)?\b")
_LONGEST_DATE = 120
_MOST_DATES = 12
_DEEPEST = 12


class Metadata(NamedTuple):
    """As the page has it, white space aside; None for what it does not say.

    ``published`` are texts that say when it was published, best first. ``url`` is its canonical
    address, perhaps relative.
    """

    title: str | None
    byline: str | None
    published: tuple[str, ...]
    url: str | None


def metadata(page: HtmlElement) -> Metadata:
    """What ``page`` says of itself."""
    told = _linked_data(page)
    metas = _metas(page)
    titles = [_text(told.get("headline")), *(metas.get(name) for name in _TITLES)]
    bylines = [_names(told.get("author")), *(metas.get(name) for name in _AUTHORS)]
    times = [_text(told.get("datePublished")), *(metas.get(name) for name in _TIMES)]
    return Metadata(
        title=next((unescaped(one) for one in titles if one), None),
        byline=next((one for one in bylines if one and "://" not in one), None),
        published=tuple(dict.fromkeys([one for one in times if one] + list(_visible(page)))),
        url=_canonical(page) or metas.get("og:url"),
    )


def _metas(page: HtmlElement) -> dict[str, str]:
    """Meta elements by name in lower case, the first of each."""
    found: dict[str, str] = {}
    for element in page.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = _text(element.get("content"))
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _canonical(page: HtmlElement) -> str | None:
    for element in page.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            return _text(element.get("href"))
    return None


def _linked_data(page: HtmlElement) -> dict[str, object]:
    """The first article that a script of type application/ld+json describes."""
    for element in page.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower():
            continue
        try:
            given = json.loads(element.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for one in _objects(given, 0):
            kind = one.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            if any(isinstance(name, str) and _ARTICLE.search(name) for name in kinds):
                return one
    return {}


def _objects(given: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > _DEEPEST:
        return
    if isinstance(given, dict):
        yield given
        for key in ("@graph", "mainEntity", "itemListElement"):
            yield from _objects(given.get(key), depth + 1)
    elif isinstance(given, list):
        for one in given:
            yield from _objects(one, depth + 1)


def _names(given: object) -> str | None:
    """Authors of linked data: a name, a person, or several of them."""
    several = given if isinstance(given, list) else [given]
    names = [_text(one.get("name") if isinstance(one, dict) else one) for one in several[:20]]
    return ", ".join(name for name in names if name) or None


def _visible(page: HtmlElement) -> Iterator[str]:
    """Texts of elements that look as if they told the date: ``time`` first."""
    texts: list[str | None] = []
    for element in page.iter("time"):
        texts += [_text(element.get("datetime")), _text(element.text_content())]
    for element in page.iter("span", "div", "p", "li", "small", "abbr", "em", "b"):
        marks = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if marks.strip() and _DATED.search(marks):
            text = _text(element.text_content())
            if text and len(text) <= _LONGEST_DATE:
                texts.append(text)
    yield from dict.fromkeys([one for one in texts if one][:_MOST_DATES])


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    if any("\ud800" <= character <= "\udfff" for character in value):
        return None  # JSON can hold half of a surrogate pair
    return " ".join(value.replace("\0", "").split()) or None
