"""What English sentences attribute to whom, and what they do not."""

from __future__ import annotations

import pytest
from reading_texts import attributions, texts_of

from claims.model import Pattern, Quotation, Stance

SENTENCES = [
    (
        "The minister said that the talks would begin next week.",
        ("The minister", "said", "the talks would begin next week"),
        Stance.REPORT,
        Pattern.CLAUSAL,
    ),
    (
        "Police told reporters that the suspect had fled.",
        ("Police", "told", "the suspect had fled"),
        Stance.REPORT,
        Pattern.CLAUSAL,
    ),
    (
        "The company claimed that its drug was safe.",
        ("The company", "claimed", "its drug was safe"),
        Stance.CLAIM,
        Pattern.CLAUSAL,
    ),
    (
        "Tehran denied the report on Friday.",
        ("Tehran", "denied", "the report"),
        Stance.DENY,
        Pattern.OBJECT,
    ),
    (
        "US officials accused Iran of supplying missiles.",
        ("US officials", "accused", "Iran of supplying missiles"),
        Stance.ACCUSE,
        Pattern.OBJECT,
    ),
    (
        "Moscow has neither confirmed nor denied the claim.",
        ("Moscow", "denied", "the claim"),
        Stance.DECLINE,
        Pattern.OBJECT,
    ),
    (
        "The spokesman refused to comment on the matter.",
        ("The spokesman", "refused", "to comment on the matter"),
        Stance.DECLINE,
        Pattern.CLAUSAL,
    ),
    (
        "The bridge is closed, according to the transport ministry.",
        ("the transport ministry", "according to", "The bridge is closed"),
        Stance.REPORT,
        Pattern.ACCORDING,
    ),
    (
        "Experts warned that the dam could burst.",
        ("Experts", "warned", "the dam could burst"),
        Stance.WARN,
        Pattern.CLAUSAL,
    ),
    (
        "The governor vowed to rebuild the city.",
        ("The governor", "vowed", "to rebuild the city"),
        Stance.ANNOUNCE,
        Pattern.CLAUSAL,
    ),
    (
        "It was reported that ten people died.",
        (None, "was reported", "ten people died"),
        Stance.REPORT,
        Pattern.CLAUSAL,
    ),
]


@pytest.mark.parametrize(
    ("sentence", "texts", "stance", "pattern"), SENTENCES, ids=[each[0] for each in SENTENCES]
)
def test_a_form_of_attribution(
    sentence: str, texts: tuple[str | None, str, str], stance: Stance, pattern: Pattern
) -> None:
    (found,) = attributions(sentence, "en")
    assert texts_of(found, sentence) == texts
    assert (found.stance, found.pattern) == (stance, pattern)


def test_a_quotation_goes_on_after_its_speaker() -> None:
    text = (
        '"We have supplied no drones to anybody," spokesman Nasser Kanaani said. "These are lies."'
    )
    (found,) = attributions(text, "en")
    assert texts_of(found, text) == (
        "spokesman Nasser Kanaani",
        "said",
        '"We have supplied no drones to anybody," | "These are lies."',
    )
    assert found.quotation is Quotation.DIRECT
    assert found.pattern is Pattern.QUOTATION


def test_what_a_speaker_says_that_others_said_stays_in_the_quotation() -> None:
    text = '"They told me that it was over," the captain said.'
    (found,) = attributions(text, "en")
    assert texts_of(found, text)[0] == "the captain"


@pytest.mark.parametrize(
    "sentence", ["The bridge is closed.", "He crossed the river at night.", "12:30"]
)
def test_what_nobody_says_is_no_attribution(sentence: str) -> None:
    assert attributions(sentence, "en") == ()
