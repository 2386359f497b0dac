"""Urdu that is glued together or in other letters gives what the usual spelling gives."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pytest
from case_tables import analysed, table
from reading_texts import CONFIG

from claims.errors import LanguageError
from claims.language.identification import load_identifier
from claims.model import Analysed, Spans

IDENTIFY = load_identifier(CONFIG, ("ur", "en"))
GLUED = [(row["glued"].replace("‹zwnj›", "\u200c"), row["parted"]) for row in table("glued_words")]
LETTERS = [(row["text"], row["usual"]) for row in table("letters")]
PAIRS = [*GLUED, *LETTERS]
ALIKE = str.maketrans("يىكهھ", "ییکہہ", " \u200cـ")

Said = list[tuple[str | None, str, str, str, str]]


def said(found: Analysed) -> Said:
    text = found.document.article.text

    def plain(spans: Spans | None) -> str:
        words = "".join(span.of(text) for span in spans or ())
        return unicodedata.normalize("NFKC", words).translate(ALIKE)

    return [
        (
            claim.speaker.name if claim.speaker else None,
            claim.attribution.stance.value,
            plain(claim.attribution.source),
            plain(claim.attribution.cue),
            plain(claim.attribution.content),
        )
        for claim in found.claims
    ]


@pytest.fixture(scope="module")
def found() -> dict[str, Said]:
    texts: Sequence[str] = [text for pair in PAIRS for text in pair]
    return {text: said(each) for text, each in zip(texts, analysed(texts, "ur"), strict=True)}


@pytest.mark.parametrize(("unusual", "usual"), PAIRS)
def test_the_same_is_said(unusual: str, usual: str, found: dict[str, Said]) -> None:
    assert found[usual]
    assert found[unusual] == found[usual]


@pytest.mark.parametrize("text", [unusual for unusual, _ in PAIRS])
def test_its_language_is_told(text: str) -> None:
    assert IDENTIFY(text, ("ur", "en")) == "ur"


@pytest.mark.parametrize("row", table("languages"), ids=lambda row: row["text"])
def test_short_texts(row: dict[str, str]) -> None:
    if row["language"] is None:
        with pytest.raises(LanguageError):
            IDENTIFY(row["text"], ("ur", "en"))
    else:
        assert IDENTIFY(row["text"], ("ur", "en")) == row["language"]
