"""Claims as Web Annotations (W3C, 2017), for tools that mark up texts.

An annotation is one claim. Its targets are the claim's spans, each with a quote selector and a
position selector that count code points, as the recommendation wants; ``styleClass`` says whether a
target is source, cue or content. Its bodies tag it with stance and speaker.
"""

from __future__ import annotations

from importlib import resources
from itertools import groupby
from typing import Any

import duckdb

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def web_annotations(connection: duckdb.DuckDBPyConnection) -> tuple[dict[str, Any], int]:
    """All claims as one annotation collection, and how many there are."""
    sql = (resources.files(__package__) / "annotations.sql").read_text(encoding="utf-8")
    found = connection.execute(sql)
    columns = [column[0] for column in found.description or []]
    rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    items = [
        _annotation(list(spans)) for _, spans in groupby(rows, key=lambda row: row["claim_id"])
    ]
    collection = {
        "@context": _CONTEXT,
        "id": "urn:claims:annotations",
        "type": "AnnotationCollection",
        "label": "Attributed claims",
        "total": len(items),
        "first": {
            "id": "urn:claims:annotations:1",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }
    return collection, len(items)


def _annotation(spans: list[dict[str, Any]]) -> dict[str, Any]:
    claim = spans[0]
    bodies = [{"type": "TextualBody", "purpose": "classifying", "value": claim["stance"]}]
    if claim["speaker"]:
        bodies.append({"type": "TextualBody", "purpose": "identifying", "value": claim["speaker"]})
    return {
        "id": f"urn:claims:claim:{claim['claim_id']}",
        "type": "Annotation",
        "motivation": "identifying",
        "generator": {
            "id": f"urn:claims:extractor:{claim['extractor']}",
            "type": "Software",
            "name": "claims",
        },
        "body": bodies,
        "target": [_target(span) for span in spans],
    }


def _target(span: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "SpecificResource",
        "source": {
            "id": span["url"] or f"urn:claims:article:{span['article_id']}",
            "type": "Text",
            "language": span["language"],
        },
        "styleClass": span["role"],
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": span["exact"],
                "prefix": span["prefix"],
                "suffix": span["suffix"],
            },
            {"type": "TextPositionSelector", "start": span["start"], "end": span["end"]},
        ],
    }
