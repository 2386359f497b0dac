"""What stands around an article's words makes no claims, and moves no offset."""

from __future__ import annotations

import hashlib

import pytest
from conftest import ROOT

from claims.config.settings import load_pipeline
from claims.model import Article, Claim
from claims.pipeline.analyser import Analyser

URDU = (
    "وزیر نے کہا کہ پل سردیوں سے پہلے کھل جائے گا۔",
    "پولیس کے ترجمان نے بتایا کہ دو افراد زخمی ہوئے۔",
)
ENGLISH = (
    "The minister said that the bridge would open before the winter.",
    "Police said that two people were injured.",
)
AROUND_URDU = (
    "یہ بھی پڑھیں: وزیر نے کہا کہ سڑک بند ہے",
    "مزید پڑھیں: پولیس کا کہنا ہے کہ ملزم فرار ہے",
    "،تصویر کا کیپشن وزیر نے کہا کہ کام جاری ہے",
    "فوٹو: اے ایف پی کے مطابق پل کا منظر",
    "شائع شدہ: 22 نومبر 2026",
    "متعلقہ خبریں",
    "(جاری ہے)",
)
AROUND_ENGLISH = (
    "Read also: Minister said that the road was closed",
    "READ MORE: Police say the suspect has fled",
    "Image caption The minister said that work was going on",
    "Photo: According to AFP, the bridge",
    "Published: November 22, 2026",
    "Last updated on November 22, 2026",
    "Related stories",
    "Advertisement",
)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    config = ROOT / "config"
    return Analyser(config, load_pipeline(config))


def claims(analyser: Analyser, text: str, language: str) -> list[tuple[str, Claim]]:
    article = Article(
        article_id=hashlib.sha256(text.encode()).hexdigest()[:16],
        outlet="Noorpur Times",
        language=language,
        content_hash="",
        text=text,
    )
    (done,), failed = analyser.analyse([article])
    assert not failed
    found = []
    for claim in (*done.claims, *done.statements):
        for span in claim.attribution.content:
            found.append((span.of(text), claim))
    return found


@pytest.mark.parametrize(
    ("language", "lines", "around"), [("ur", URDU, AROUND_URDU), ("en", ENGLISH, AROUND_ENGLISH)]
)
def test_lines_around_the_article_make_no_claims(
    analyser: Analyser, language: str, lines: tuple[str, ...], around: tuple[str, ...]
) -> None:
    plain = [words for words, _ in claims(analyser, "\n".join(lines), language)]
    assert len(plain) >= 2
    # One line of boilerplate before, between and after the reporter's.
    for line in around:
        text = "\n".join((line, lines[0], line, lines[1], line))
        assert [words for words, _ in claims(analyser, text, language)] == plain, line


@pytest.mark.parametrize(
    ("language", "line", "ending"),
    [("ur", URDU[0], " (جاری ہے)"), ("en", ENGLISH[0], " (Continued)")],
)
def test_an_ending_is_cut_off(analyser: Analyser, language: str, line: str, ending: str) -> None:
    plain = [words for words, _ in claims(analyser, line, language)]
    assert plain
    assert [words for words, _ in claims(analyser, line + ending, language)] == plain


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Read the letter, the minister said on Monday, and you will understand."),
        ("en", "Updated figures show that nine people drowned, police said."),
        ("en", "Photographs show the bridge, officials said."),
        ("ur", "اسی بارے میں وزیر نے کہا کہ پل بند ہے۔"),
        ("ur", "تصویر میں دکھائی دینے والے شخص نے کہا کہ وہ بے گناہ ہے۔"),
    ],
)
def test_a_reporter_may_begin_alike(analyser: Analyser, language: str, line: str) -> None:
    assert claims(analyser, line, language)
