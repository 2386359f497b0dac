"""`claims explain`: what was read, which entry and frame made it, and why others made nothing."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from conftest import ROOT, Command
from reading_texts import CONFIG, document, lexicon

from claims.attribution.rules.extract import extract
from claims.config.settings import AttributionSettings, EngineSettings, PipelineSettings
from claims.errors import InputError
from claims.evaluation.explain import (
    RULES,
    Explanation,
    Made,
    NotMade,
    _left_out,
    explain,
    sentences_without,
)

SETTINGS = PipelineSettings(attribution=AttributionSettings(engine="lexicon"))


def explained(text: str, language: str) -> Explanation:
    return explain(text, CONFIG, SETTINGS, language)


def entry(made: Made | NotMade, explanation: Explanation) -> str:
    """The line of the cue file that an explanation names."""
    assert made.line is not None
    return explanation.cues.read_text(encoding="utf-8").splitlines()[made.line - 1]


@pytest.mark.parametrize(
    ("text", "language", "words", "frame"),
    [
        ("The minister said that the road was closed.", "en", "words: say,", "clause"),
        ("According to the police, the road was closed.", "en", "according to", "according"),
        ("وزیر نے دعویٰ کیا ہے کہ سڑک بند ہے۔", "ur", "words: دعویٰ, verbs", "clause"),
        ("پولیس کے مطابق دو افراد زخمی ہوئے۔", "ur", "words: کے مطابق", "according"),
    ],
)
def test_an_attribution_names_its_entry_line_and_frame(
    text: str, language: str, words: str, frame: str
) -> None:
    explanation = explained(text, language)
    (made,) = explanation.made
    assert words in entry(made, explanation)
    assert made.frame == frame
    rules = RULES["dependency" if language == "en" else "postposition"]
    assert made.source.startswith(rules[frame][0])
    assert "its head is" in made.source


def test_how_a_source_was_found_names_its_head_and_its_marker() -> None:
    (english,) = explained("The old minister said that the road was closed.", "en").made
    assert "minister (nsubj of said)" in english.source
    (urdu,) = explained("وزیر نے دعویٰ کیا ہے کہ سڑک بند ہے۔", "ur").made
    assert "وزیر" in urdu.source
    assert urdu.source.endswith("before نے")


@pytest.mark.parametrize(
    ("text", "language", "cue", "reason"),
    [
        ("The road was demanded.", "en", "demanded", "the verb is passive"),
        ("The claim was long.", "en", "claim", "no possessor and no agent"),
        ("He read the report.", "en", "report", "it is NOUN here; the entry wants VERB"),
        ("ترجمان نے تصدیق کی۔", "ur", "تصدیق کی", "between source and cue"),
        ("ان کا بیان سامنے آیا۔", "ur", "بیان", "none of its verbs follows"),
        ("قانون کے مطابق سڑک بند رہے گی۔", "ur", "کے مطابق", "is no voice"),
    ],
)
def test_a_cue_that_made_nothing_says_why(text: str, language: str, cue: str, reason: str) -> None:
    explanation = explained(text, language)
    assert explanation.made == ()
    refused = next(
        one
        for one in explanation.not_made
        if one.words == cue and any(reason in each for each in one.reasons)
    )
    assert entry(refused, explanation)


def test_what_stands_in_quoted_words_is_read_but_not_kept() -> None:
    text = 'The driver said: "I told them that the road was closed, and nobody came."'
    explanation = explained(text, "en")
    assert len(explanation.made) == 1
    assert any(
        one.words == "told" and "quoted words of another" in " ".join(one.reasons)
        for one in explanation.not_made
    )


def test_what_only_one_engine_found_is_told_with_the_confidence_that_is_asked() -> None:
    text = "The minister said that the road was closed. The driver denied the report."
    said, denied = extract(document(text, "en"), lexicon("en"))
    unsure = denied.model_copy(update={"confidence": 0.2})
    engine = EngineSettings(encoder_above=0.5, lexicon_above=0.9)
    reasons = {one.words: one.reasons[0] for one in _left_out((said,), (unsure,), (), text, engine)}
    assert reasons["said"].startswith(
        f"only the lexicon found it, with confidence {said.confidence:.2f}"
    )
    assert "0.90 is asked" in reasons["said"]
    assert "only the encoder found it, with confidence 0.20; 0.50 is asked" in reasons["denied"]
    assert list(_left_out((said,), (unsure,), (said, unsure), text, engine)) == []


def test_an_encoder_that_is_not_asked_is_mentioned() -> None:
    note = explained("The minister denied the report.", "en").note
    assert note is not None
    assert "encoder is not asked" in note


def test_a_headline_and_a_sentence_without_cues_are_explained() -> None:
    explanation = explained("Road to stay closed for weeks: minister\nIt rained all day.", "en")
    assert explanation.made[0].cue is None
    assert "headline" in explanation.made[0].source
    (silent,) = sentences_without(explanation)
    assert explanation.text[silent.start : silent.end] == "It rained all day."


def test_tracing_changes_nothing_that_is_found() -> None:
    from reading_texts import SEEDS, attributions

    text = SEEDS[0].read_bytes().decode("utf-8")
    made = [one.attribution for one in explained(text, "ur").made]
    assert made == list(attributions(text, "ur"))


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [(" \n", None, "no words"), ("Il a dit.", "fr", "language 'fr' is not configured")],
)
def test_what_cannot_be_explained_is_told(text: str, language: str | None, said: str) -> None:
    with pytest.raises(InputError, match=said):
        explain(text, CONFIG, SETTINGS, language)


def test_the_command_prints_words_lemmas_relations_and_reasons(command: Command) -> None:
    done = command("explain", "The minister denied the report. It was a long claim.")
    assert done.returncode == 0, done.stderr
    for words in ("language: en", "nsubj", "deny", "2 minister", "config/cues/en.yaml, line"):
        assert words in done.stdout
    assert "Cues that made none" in done.stdout


def test_standard_input_and_json() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "claims.cli",
            "explain",
            "--format",
            "json",
            "--language",
            "ur",
        ],
        input="وزیر نے دعویٰ کیا ہے کہ سڑک بند ہے۔".encode(),
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    row = json.loads(done.stdout)
    assert row["language"] == "ur"
    assert row["made"][0]["frame"] == "clause"
    assert row["sentences"][0][0]["upos"] == "NOUN"


@pytest.mark.parametrize("given", [b"", b"\xff\xfe"])
def test_standard_input_that_is_no_text_is_told_in_one_line(given: bytes) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "claims.cli", "explain"],
        input=given,
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.decode().splitlines()) == 1
