"""Attributions inside attributions: both are claims, and ``via`` names who carried the words."""

from __future__ import annotations

import pytest
from reading_texts import attributions, texts_of

LAYERS = [
    # language, text, outer source, its content, inner source, its content
    (
        "en",
        "According to news agencies, the spokesman said that the pipeline was shut.",
        ("news agencies", "the spokesman said that the pipeline was shut"),
        ("the spokesman", "the pipeline was shut"),
    ),
    (
        "en",
        "The Guardian claimed that an official told it that the deal was dead.",
        ("The Guardian", "an official told it that the deal was dead"),
        ("an official", "the deal was dead"),
    ),
    (
        "en",
        "US media, citing two officials, reported that the convoy had crossed the border.",
        ("US media", "the convoy had crossed the border"),
        ("two officials", "the convoy had crossed the border"),
    ),
    (
        "en",
        "Russian news agencies quoted the ministry as saying that the base was empty.",
        ("Russian news agencies", "the ministry as saying that the base was empty"),
        ("the ministry", "the base was empty"),
    ),
    (
        "ur",
        "خبر رساں اداروں کے مطابق ترجمان نے کہا کہ پائپ لائن بند ہے۔",
        ("خبر رساں اداروں", "ترجمان نے کہا کہ پائپ لائن بند ہے"),
        ("ترجمان", "پائپ لائن بند ہے"),
    ),
    (
        "ur",
        "گارڈین نے دعویٰ کیا کہ ایک اہلکار نے بتایا کہ معاہدہ ختم ہو چکا ہے۔",
        ("گارڈین", "ایک اہلکار نے بتایا کہ معاہدہ ختم ہو چکا ہے"),
        ("ایک اہلکار", "معاہدہ ختم ہو چکا ہے"),
    ),
    (
        "ur",
        "امریکی میڈیا نے دو اہلکاروں کے حوالے سے دعویٰ کیا ہے کہ قافلہ سرحد پار کر گیا۔",
        ("امریکی میڈیا", "قافلہ سرحد پار کر گیا"),
        ("دو اہلکاروں", "قافلہ سرحد پار کر گیا"),
    ),
    (
        "ur",
        "روسی خبر رساں ایجنسیوں نے وزارت کا حوالہ دیتے ہوئے بتایا کہ اڈہ خالی ہے۔",
        ("روسی خبر رساں ایجنسیوں", "اڈہ خالی ہے"),
        ("وزارت", "اڈہ خالی ہے"),
    ),
]


@pytest.mark.parametrize(("language", "text", "outer", "inner"), LAYERS)
def test_both_layers_are_claims(
    language: str, text: str, outer: tuple[str, str], inner: tuple[str, str]
) -> None:
    found = {each.via is not None: each for each in attributions(text, language)}
    assert len(attributions(text, language)) == 2
    carried, carrier = found[True], found[False]
    assert texts_of(carrier, text)[::2] == outer
    assert texts_of(carried, text)[::2] == inner
    assert carried.via == carrier.source


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ur", "وزیر نے بجلی کے حوالے سے کہا کہ قیمت کم ہوگی۔"),  # about it, not quoting it
        ("ur", "وزیر نے پولیس کے حوالے سے کہا کہ اصلاحات ہوں گی۔"),  # a minister carries no news
        ("en", "The minister, speaking at the port, said that the quay was safe."),
    ],
)
def test_what_is_only_spoken_about_is_no_layer(language: str, text: str) -> None:
    (found,) = attributions(text, language)
    assert found.via is None


def test_a_reason_that_is_given_is_nobody_who_is_cited() -> None:
    text = "The company closed the plant, citing rising costs."
    assert all(each.via is None for each in attributions(text, "en"))
