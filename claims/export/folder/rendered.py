"""A folder as Markdown or HTML, by the templates beside it."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from claims.export.folder import folder_document
from claims.export.folder.folder_document import FolderDocument, printable_in_xml

_SPECIAL = re.compile(r"([\\`*_\[\]<>&~|])")
_AT_BEGINNING = re.compile(r"^(\s*\d*)([#+=.)-])", re.MULTILINE)


def markdown(document: FolderDocument) -> str:
    """CommonMark; what runs from right to left stands in ``div`` elements that say so."""
    return _rendered("folder.md", document, escaped=False)


def html(document: FolderDocument) -> str:
    """One page that needs nothing else."""
    return _rendered("folder.html", document, escaped=True)


def plain(text: str) -> str:
    """A text in one line of Markdown, in which nothing is taken for a mark."""
    return _escaped(" ".join(text.split()))


def _quoted(pieces: tuple[tuple[str, bool], ...]) -> str:
    """A quotation as a block of Markdown, its lines as they are, its content marked."""
    words = "".join(
        f"<mark>{_escaped(text)}</mark>" if is_content else _escaped(text)
        for text, is_content in pieces
    )
    lines = [line.strip(" \t\r") for line in words.split("\n")]
    return "\n".join(f"> {line}\\" if line else ">" for line in lines).removesuffix("\\")


def _escaped(text: str) -> str:
    return _AT_BEGINNING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))


def _rendered(template: str, document: FolderDocument, *, escaped: bool) -> str:
    environment = Environment(
        loader=PackageLoader("claims.export.folder"),
        autoescape=escaped,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"plain": plain, "quoted": _quoted}
    environment.globals |= {
        name: getattr(folder_document, name)
        for name in ("day", "is_right_to_left", "link", "place", "source", "warnings")
    }
    return printable_in_xml(environment.get_template(template).render(document=document))


def write_markdown(document: FolderDocument, out: Path) -> None:
    """Write it in UTF-8."""
    out.write_text(markdown(document), encoding="utf-8")


def write_html(document: FolderDocument, out: Path) -> None:
    """Write it in UTF-8."""
    out.write_text(html(document), encoding="utf-8")
