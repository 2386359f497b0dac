"""Claims as Web Annotations (W3C, 2017), for tools that mark up texts.

An annotation is one claim. Its targets are the claim's spans, each with a quote selector and a
position selector that count code points, as the recommendation wants; ``styleClass`` says whether a
target is source, cue or content. Its bodies tag it with stance and speaker.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from claims.export.documents import JsonLdDocument
from claims.export.export_input import ExportInput


def write_annotations(given: ExportInput, out: Path) -> int:
    """All claims on one annotation page; the number of claims."""
    sql = (resources.files(__package__) / "annotations.sql").read_text(encoding="utf-8")
    with given.reading() as connection:
        found = [annotation for (annotation,) in connection.execute(sql).fetchall()]
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:claims:annotations:1",
        "type": "AnnotationPage",
        "partOf": {
            "id": "urn:claims:annotations",
            "type": "AnnotationCollection",
            "label": "Attributed claims",
            "total": len(found),
        },
        "startIndex": 0,
    }
    return JsonLdDocument(page, "items", found).write(out)
