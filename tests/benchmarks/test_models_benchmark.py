"""The benchmark of the models: what is scored is what is there."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256

import pytest
from conftest import ROOT
from reading_texts import document
from test_training_data import ASKED, FULL, sound

from benchmarks.models.scores import as_trees, measure
from benchmarks.models.sentence_boundaries import SPARSE_STORIES, inner_ends
from benchmarks.models.texts import Reading, bare
from claims.config.settings import ModelSettings

STORIES = ROOT.parent / "shared" / "fake-real-pairs" / "Real"


@pytest.mark.parametrize("ends_only", [True, False])
def test_a_tree_without_its_marks_is_still_a_tree(ends_only: bool) -> None:
    without = bare(FULL, ends_only)
    assert sound(without)
    assert ("،" in without.text) is ends_only
    assert not without.text.endswith("۔")
    assert [t.form for t in without.tokens if t.upos != "PUNCT"] == [
        t.form for t in FULL.tokens if t.upos != "PUNCT"
    ]


def test_a_mark_that_words_hang_on_stays() -> None:
    hung = replace(ASKED, tokens=(*ASKED.tokens[:-1], replace(ASKED.tokens[-1], head=5)))
    hung = replace(hung, tokens=(replace(hung.tokens[0], head=6), *hung.tokens[1:]))
    assert bare(hung, ends_only=False) == hung


def test_what_the_product_read_scores_full_against_itself() -> None:
    text = "The minister denied the report. She said it was false."
    trees = as_trees(document(text, "en"))
    figures = measure(Reading("en", text, trees), ModelSettings())
    assert figures.pop("words_per_cpu_second") > 0
    assert set(figures.values()) == {100.0}


def test_marks_that_the_spelling_put_in_leave_whole_trees() -> None:
    line = (
        "وزیر نے کہا کہ سڑک اگلے ماہ کھول دی جائے گی لیکن حکام اس پر کام کر رہے ہیں "
        "شہریوں نے منصوبے میں تاخیر پر احتجاج کیا ہے جبکہ پولیس نے سڑک کو بند کر رکھا ہے"
    )
    read = document(line, "ur")
    assert all(sound(tree) for tree in as_trees(read))
    for sentence in read.sentences:
        assert [word.index for word in sentence.words] == list(range(1, len(sentence.words) + 1))
        assert {word.head for word in sentence.words} <= set(range(len(sentence.words) + 1))


def test_only_ends_within_a_line_count() -> None:
    read = document("He denied it. She left.\nThey came. It rained.", "en")
    assert inner_ends(read) == {13, 34}


def test_the_boundaries_are_those_of_the_stories_and_carry_no_text() -> None:
    rows = [json.loads(line) for line in SPARSE_STORIES.read_text("utf-8").splitlines()]
    assert sum(len(row["ends"]) for row in rows) >= 300
    assert SPARSE_STORIES.read_text("utf-8").isascii()
    if not STORIES.is_dir():
        pytest.skip(f"{STORIES}: not there; the stories are not part of this repository")
    for row in rows:
        text = (STORIES / row["story"]).read_text(encoding="utf-8")
        assert sha256(text.encode("utf-8")).hexdigest() == row["sha256"]
        for end in row["ends"]:
            assert not text[end - 1].isspace()
            assert text[end].isspace()
            assert text[end:].split("\n")[0].strip(), "the line goes on"
