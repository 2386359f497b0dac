"""Names without the occupations before them, names of papers, and bodies spoken of again."""

from __future__ import annotations

import pytest
from case_tables import analysed, table

ROWS = [(language, row) for language, rows in table("labels").items() for row in rows]


@pytest.fixture(scope="module")
def names() -> dict[str, list[str | None]]:
    found: dict[str, list[str | None]] = {}
    for language in ("en", "ur"):
        texts = [row["text"] for own, row in ROWS if own == language]
        for text, each in zip(texts, analysed(texts, language), strict=True):
            found[text] = [claim.speaker.name if claim.speaker else None for claim in each.claims]
    return found


@pytest.mark.parametrize(("language", "row"), ROWS, ids=lambda value: str(value)[:60])
def test_a_speaker_is_called(
    language: str, row: dict[str, str], names: dict[str, list[str | None]]
) -> None:
    assert names[row["text"]][-1 if row.get("last") else 0] == row["speaker"]
