"""Pairs that a person decided, as schema.org ``ClaimReview`` of two ``Claim``.

A verdict here says how two claims stand to each other, not which of them is true: the rating has a
name and no value.
"""

from __future__ import annotations

import json
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any

from claims.export.documents import JsonLdDocument
from claims.export.export_input import ExportInput
from claims.model import SpeakerKind

_TYPES = {
    SpeakerKind.PERSON: "Person",
    SpeakerKind.ORGANISATION: "Organization",
    SpeakerKind.STATE: "Country",
    SpeakerKind.MEDIA: "NewsMediaOrganization",
}
"""What schema.org has a type for; other voices are only named."""


def write_claim_reviews(given: ExportInput, out: Path) -> int:
    """The pairs that a person decided; the number of pairs."""
    sql = (resources.files(__package__) / "fact_checks.sql").read_text(encoding="utf-8")
    with given.reading() as connection:
        found = connection.execute(sql)
        columns = [column[0] for column in found.description or []]
        rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    reviews = [
        json.dumps(_review(list(sides)), ensure_ascii=False)
        for _, sides in groupby(rows, key=lambda row: row["contradiction_id"])
    ]
    return JsonLdDocument({"@context": "https://schema.org"}, "@graph", reviews).write(out)


def _review(sides: list[dict[str, Any]]) -> dict[str, Any]:
    pair = sides[0]
    return _known(
        {
            "@type": "ClaimReview",
            "@id": f"urn:claims:review:{pair['contradiction_id']}",
            "claimReviewed": " / ".join(side["content_text"] for side in sides),
            "itemReviewed": [_claim(side) for side in sides],
            "reviewAspect": pair["explanation"],
            "reviewRating": {"@type": "Rating", "alternateName": pair["verdict"]},
            "reviewBody": pair["note"] or None,
            "author": {"@type": "Person", "name": pair["reviewer"]},
            "datePublished": f"{pair['reviewed_at'].isoformat()}Z",
        }
    )


def _claim(side: dict[str, Any]) -> dict[str, Any]:
    published = side["published_at"]
    return _known(
        {
            "@type": "Claim",
            "@id": f"urn:claims:claim:{side['claim_id']}",
            "text": side["content_text"],
            "inLanguage": side["language"],
            "author": _author(side),
            "appearance": _known(
                {
                    "@type": "NewsArticle",
                    "@id": f"urn:claims:article:{side['article_id']}",
                    "url": side["url"],
                    "headline": side["title"],
                    "datePublished": f"{published.isoformat()}Z" if published else None,
                    "publisher": {"@type": "Organization", "name": side["outlet"]},
                }
            ),
        }
    )


def _author(side: dict[str, Any]) -> dict[str, Any] | None:
    if side["speaker"] is None:
        return None
    return {"@type": _TYPES.get(side["speaker_kind"], "Thing"), "name": side["speaker"]}


def _known(properties: dict[str, Any]) -> dict[str, Any]:
    """Without properties that nobody knows."""
    return {name: value for name, value in properties.items() if value is not None}
