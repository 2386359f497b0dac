"""The characters of a page to its tree."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from claims.errors import InputError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9A-Fa-f]{2,6}|[A-Za-z]{2,8}\d?);")
_MOST_ESCAPED = 3  # times that a title may have been escaped

BLOCK = "> "
"""What opens a paragraph of a block quotation in plain text."""


def mark_quotations(page: HtmlElement) -> bool:
    """Put ``> `` in front of each paragraph of a block quotation, as plain text shows one: without
    it nobody sees that these are not the reporter's words. Whether there were any."""
    paragraphs = [
        inner
        for quotation in page.iter("blockquote")
        for inner in (list(quotation.iter("p")) or [quotation])
        if inner.text_content().strip()
    ]
    for paragraph in paragraphs:
        if not (paragraph.text or "").startswith(BLOCK):
            paragraph.text = BLOCK + (paragraph.text or "").lstrip()
    return bool(paragraphs)


def tree(html: str) -> HtmlElement:
    """The page as a tree; entities that it defines are not expanded and nothing is loaded.

    Raises InputError for what is no page.
    """
    from lxml import etree  # takes a moment to load
    from lxml.html import HtmlElement, HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True)
    data = html.replace("\0", "").encode("utf-8", "replace")
    try:
        found = document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise InputError(f"not a page: {' '.join(str(error).split())}") from None
    if not isinstance(found, HtmlElement):
        raise InputError("not a page: it has no elements")
    return found


def serialised(page: HtmlElement) -> str:
    """The tree as a page again."""
    from lxml.html import tostring

    return str(tostring(page, encoding="unicode", doctype="<!doctype html>"))


def open_asides(page: HtmlElement) -> bool:
    """Make plain divisions of those ``aside`` elements that hold most words of the paragraphs:
    some sites keep their stories there, where nobody looks for one. Whether there were any."""
    whole = _words_of(page)
    found = [one for one in page.iter("aside") if 2 * _words_of(one) > whole]
    for element in found:
        element.tag = "div"
    return bool(found)


def _words_of(element: HtmlElement) -> int:
    return sum(len(paragraph.text_content().split()) for paragraph in element.iter("p"))


def unescaped(title: str) -> str:
    """A title without entities that were escaped once more than they should, and without elements
    that come out."""
    for _ in range(_MOST_ESCAPED):
        if not _ENTITY.search(title):
            break
        title = re.sub(r"</?[A-Za-z][^<>]{0,200}>", " ", html.unescape(title))
    return " ".join(title.split())
