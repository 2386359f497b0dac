"""A folder as a Word document (.docx), by python-docx, which the extra ``docx`` brings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from claims.errors import FormatError
from claims.export.folder.folder_document import (
    FolderDocument,
    day,
    is_right_to_left,
    link,
    place,
    printable_in_xml,
    source,
    warnings,
)
from claims.store.folder_claim import FolderEntry

_AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")
"""What stands after ``w:bidi`` in the properties of a paragraph."""

_URDU_FONT = "Noto Nastaliq Urdu"


def write_docx(document: FolderDocument, out: Path) -> None:
    """Write it. Raises FormatError where python-docx is not installed."""
    try:
        import docx
    except ImportError:
        raise FormatError(
            "a Word document needs the package python-docx: pip install 'claims[docx]'"
        ) from None
    word = docx.Document()
    word.core_properties.title = printable_in_xml(document.name)
    word.core_properties.author = f"claims {document.version}"
    word.core_properties.created = document.made_at
    word.add_heading(printable_in_xml(document.name), 0)
    word.add_paragraph(
        printable_in_xml(
            f"{len(document.entries)} claims of {document.articles} articles, from "
            f"{document.database} by claims {document.version}, "
            f"{document.made_at:%Y-%m-%d %H:%M} UTC. Quotations are exact; marked is what is said. "
            "Who has an article’s text can prove a quotation by its SHA-256 (of the text in UTF-8)."
        )
    )
    for number, entry in enumerate(document.entries, 1):
        _write_entry(word, number, entry, document.provenance(entry))
    word.save(str(out))


def _write_entry(word: Any, number: int, entry: FolderEntry, provenance: str | None) -> None:
    from docx.shared import Cm

    heading = f"{number}. {entry.said_by} ({entry.stance}) · {entry.outlet}, {day(entry)}"
    word.add_heading(printable_in_xml(heading), 2)
    for warning in warnings(entry):
        told = word.add_paragraph()
        told.add_run("Warning: ").bold = True
        told.add_run(warning)
    quotation = word.add_paragraph()
    quotation.paragraph_format.left_indent = Cm(1)
    quotation.paragraph_format.right_indent = Cm(1)
    for text, is_content in entry.pieces:
        run = quotation.add_run(printable_in_xml(text))
        if is_content:
            run.font.bold = run.font.cs_bold = True
        if is_right_to_left(entry.language):
            _set_right_to_left(run, entry.language)
    if is_right_to_left(entry.language):
        properties = quotation._p.get_or_add_pPr()
        properties.insert_element_before(_element("w:bidi"), *_AFTER_BIDI)
    if entry.title or link(entry):
        article = word.add_paragraph("Article: ", style="List Bullet")
        _write_title(article, entry)
    if named := source(entry):
        word.add_paragraph(f"Named in it as: {printable_in_xml(named)}", style="List Bullet")
    for told in (
        *((f"Provenance: {provenance}",) if provenance else ()),
        f"{place(entry).capitalize()} of the text with SHA-256 {entry.text_checksum}",
        f"Claim {entry.claim_id}, collected by {entry.collected_by}, "
        f"{entry.collected_at:%Y-%m-%d %H:%M} UTC",
    ):
        word.add_paragraph(printable_in_xml(told), style="List Bullet")


def _write_title(paragraph: Any, entry: FolderEntry) -> None:
    """The headline, as a link where there is a safe one; python-docx makes none of itself."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.shared import RGBColor

    run = paragraph.add_run(printable_in_xml(entry.title or entry.outlet))
    if is_right_to_left(entry.language):
        _set_right_to_left(run, entry.language)
    address = link(entry)
    if address is None:
        return
    run.font.underline = True
    run.font.color.rgb = RGBColor(0x05, 0x63, 0xC1)
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    hyperlink = _element("w:hyperlink", {"r:id": relation})
    run._r.addprevious(hyperlink)
    hyperlink.append(run._r)


def _set_right_to_left(run: Any, language: str) -> None:
    run.font.rtl = True
    properties = run._r.get_or_add_rPr()
    properties.get_or_add_rFonts().set(_name("w:cs"), _URDU_FONT)
    properties.append(_element("w:lang", {"w:bidi": language}))


def _element(name: str, attributes: dict[str, str] | None = None) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set(_name(key), value)
    return made


def _name(prefixed: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(prefixed))
