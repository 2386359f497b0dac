"""Bytes of a page to its text and tree, whatever encoding they claim."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from claims.errors import InputError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{1,40})", re.IGNORECASE)
_HEAD = 4096
_NOT_TEXT = frozenset(("undefined", "idna", "punycode", "raw_unicode_escape", "unicode_escape"))


def decode(body: bytes, content_type: str | None = None) -> str:
    """The characters of a page: by its byte order mark, as UTF-8 where it is that, else by what the
    server and the page say, else as Windows-1252; bytes that are no characters become U+FFFD."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    head = body[:_HEAD]
    told = [match[1] for match in [_HEADER.search(content_type or "")] if match]
    told += [match[1].decode() for match in (_DECLARED.search(head), _XML.search(head)) if match]
    for name in (*told, "cp1252"):
        try:
            info = codecs.lookup(name)
            if info.name in _NOT_TEXT or not info._is_text_encoding:
                continue
            return body.decode(info.name, "replace")
        except (LookupError, UnicodeError, ValueError):
            continue
    return body.decode("utf-8", "replace")


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
