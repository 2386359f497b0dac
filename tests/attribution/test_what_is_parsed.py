"""Which sentences a parser reads, and what is made of the others."""

from __future__ import annotations

import pytest
from case_tables import analysed
from reading_texts import CONFIG, article, lexicon

from claims.attribution.reading import read_articles
from claims.config.settings import AttributionSettings, load_pipeline
from claims.language.annotation import Annotator
from claims.language.encoder.weights import reader

WALK = "The walls are old and the gate is closed."  # nobody says anything
SAID = "The mayor said that the bridge would open in June."
NOT = "The bridge did not open in June."
WALK_UR = "پرانے شہر کی دیواریں اونچی ہیں۔"
SAID_UR = "وزیر نے کہا کہ پل اگلے ماہ کھول دیا جائے گا۔"
NOT_UR = "پل اس ماہ نہیں کھولا گیا۔"


def parsed(text: str, language: str, settings: AttributionSettings) -> list[bool]:
    """Whether each sentence of a text has a tree."""
    (read,), _ = read_articles(
        [article(text, language)], Annotator(), {language: lexicon(language)}, settings, reader()
    )
    return [sentence.parsed for sentence in read.document.sentences]


@pytest.mark.parametrize(
    ("engine", "language", "text", "expected"),
    [
        (None, "en", f"{WALK}\n{SAID}\n{NOT}", [False, True, True]),
        (None, "ur", f"{WALK_UR}\n{SAID_UR}\n{NOT_UR}", [False, False, True]),
        ("lexicon", "en", f"{WALK}\n{SAID}\n{NOT}", [False, True, True]),
        ("lexicon", "ur", f"{SAID_UR}\n{NOT_UR}", [True, True]),
    ],
)
def test_a_sentence_is_parsed_where_something_is_asked_of_its_tree(
    engine: str | None, language: str, text: str, expected: list[bool]
) -> None:
    settings = load_pipeline(CONFIG).attribution.model_copy(update={"engine": engine})
    assert parsed(text, language, settings) == expected


def test_what_stands_first_in_a_sentence_without_a_tree_is_its_subject() -> None:
    text = "Rita Poole walked to the old gate with Anna Bloom.\nShe said that the gate was closed."
    (claim,) = analysed([text], "en")[0].claims
    assert claim.speaker is not None
    assert claim.speaker.name == "Rita Poole"
