"""Offsets are true: of every seed, and of texts that nobody would write."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading_texts import SEEDS, article, attributions, document, lexicon

from claims.attribution.rules.extract import extract
from claims.attribution.rules.quotes import quotations
from claims.language.annotation import Annotator
from claims.language.normalisation import load_spelling, normalise
from claims.language.pipelines import BUNDLED
from claims.model import Attribution

PIECES = st.sampled_from(
    [
        "وزیر نے کہا کہ ",
        "پولیس کے مطابق ",
        "ماسکو کا کہنا ہے کہ ",
        "تہران نے تردید کی ہے",
        "حکمتِ عملی",
        "یہ سچ ہے۔",
        "The minister said ",
        "according to officials, ",
        "he denied it.",
        "that they ",
        "Café naïve",
        '"',
        "”",
        "“",
        "''",
        "’",
        ":",
        "۔",
        "،",
        ". ",
        "\r\n",
        "\n",
        "\n\n",
        "\u2028",
        " ",
        "\u200c",
        "\u200d",
        "\u200f",
        "\ufeff",
        "\u0301",
        "\u0651",
        "\u0654",
        "👩\u200d🚀",
        "𐎀𝒳",
        "\u00a0",
        "\t",
        "۱۲۳",
        "٣",
        "ہےکہ",
        "x" * 40,
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=25).map("".join)
LANGUAGES = st.sampled_from(["ur", "en"])


def spans_hold(attribution: Attribution, text: str) -> None:
    for spans in (attribution.source or (), attribution.cue, attribution.content):
        ends = [0]
        for span in spans:
            assert 0 <= span.start < span.end <= len(text)
            assert span.start >= ends[-1], "pieces of a role stand in order and apart"
            ends.append(span.end)
            assert span.of(text).strip(), "a span holds more than white space"
            assert "\n" not in span.of(text) or span.of(text).strip()


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_every_span_of_a_seed_is_the_text_it_says(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    read = document(text, "ur")
    found = attributions(text, "ur")
    assert len(found) >= 8
    for sentence in read.sentences:
        assert sentence.start == sentence.words[0].start
        for before, after in zip(sentence.words, sentence.words[1:], strict=False):
            assert before.end <= after.start
        for word in sentence.words:
            assert not text[word.start : word.end].isspace()
    for attribution in found:
        spans_hold(attribution, text)
        cue = read.sentences[attribution.sentence_index]
        assert cue.start <= attribution.cue[0].start < cue.end


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, language=LANGUAGES)
def test_any_text_keeps_its_offsets(text: str, language: str) -> None:
    (read,) = Annotator().annotate([article(text, language)])
    last = 0
    for sentence in read.sentences:
        assert last <= sentence.start < sentence.end <= len(text)
        last = sentence.start
        for word in sentence.words:
            assert sentence.start <= word.start < word.end <= sentence.end
    for attribution in extract(read, lexicon(language)):
        spans_hold(attribution, text)


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=60) | TEXTS, language=LANGUAGES, offset=st.integers(0, 1000))
def test_any_rewriting_keeps_places(text: str, language: str, offset: int) -> None:
    rewritten = normalise(text, load_spelling(BUNDLED / language), offset)
    assert len(rewritten.text) == len(rewritten.starts) == len(rewritten.ends)
    last = offset
    for start, end in zip(rewritten.starts, rewritten.ends, strict=True):
        assert last <= start <= end <= offset + len(text)
        last = start


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet="ab .،۔\n\"'”“‘’«»", max_size=80))
def test_quotations_stay_in_their_line_and_apart(text: str) -> None:
    last = 0
    for quoted in quotations(text):
        assert last <= quoted.start < quoted.end <= len(text)
        assert "\n" not in text[quoted.start : quoted.end]
        last = quoted.end
