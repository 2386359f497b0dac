"""What claims are about: terms of real documents."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from written_claims import CASES, DATA, Annotate, Said, article, claim, seed

from claims.config.settings import config_folder
from claims.language.annotation import Annotator
from claims.model import (
    Article,
    Document,
    Stance,
    TermKind,
)
from claims.speakers.gazetteer import Gazetteer, load_gazetteer
from claims.terms.claim_terms import read_terms
from claims.terms.word_lists import WordLists, load_word_lists


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(DATA)


@pytest.fixture(scope="module")
def annotate() -> Annotate:
    annotator = Annotator()
    known: dict[str, Document] = {}

    def annotated(articles: Sequence[Article]) -> tuple[Document, ...]:
        missing = {a.article_id: a for a in articles if a.article_id not in known}
        for document in annotator.annotate(list(missing.values())):
            known[document.article.article_id] = document
        return tuple(known[article.article_id] for article in articles)

    return annotated


def texts(annotate: Annotate, gazetteer: Gazetteer, language: str, content: str) -> set[str]:
    """The terms of ``content``, said by somebody unknown."""
    says = {"ur": f"گواہ نے کہا کہ {content}۔", "en": f"A witness said that {content}."}[language]
    said = {"ur": ("گواہ", "کہا"), "en": ("A witness", "said")}[language]
    (document,) = annotate([article(language, says)])
    made = claim(
        document,
        Said(speaker="witness", stance=Stance.REPORT, source=said[0], cue=said[1], content=content),
        gazetteer,
    )
    found = read_terms(document, made, gazetteer)
    return {term.text for term in found if term.kind is not TermKind.VOICE}


@pytest.mark.parametrize(
    ("language", "contents"),
    [
        (
            "ur",
            ("سامان فراہم کیا گیا", "سامان کی فراہمی رک گئی", "وہ سامان فراہم کرنے کو تیار ہیں"),
        ),
        ("ur", ("ڈرون گرا", "ڈرونز گرے", "ڈرونوں کو گرایا گیا")),
        ("ur", ("ایک میزائل گرا", "میزائلوں کا گودام جل گیا")),
        ("ur", ("ایک رپورٹ آئی", "رپورٹوں میں تضاد تھا")),
        ("ur", ("گاؤں پر حملہ ہوا", "گاؤں پر حملے ہوئے", "حملوں میں کمی آئی")),
        ("en", ("they supply grain", "supplies were late", "Iran supplied grain")),
        ("en", ("the missile fell", "missiles fell")),
        ("en", ("a report was late", "the reports were late")),
    ],
)
def test_forms_of_a_word_share_a_term(
    annotate: Annotate, gazetteer: Gazetteer, language: str, contents: tuple[str, ...]
) -> None:
    shared = set.intersection(*(texts(annotate, gazetteer, language, c) for c in contents))
    assert any(not term.startswith(("=", "#")) for term in shared), shared


def test_names_are_entities_in_every_language(annotate: Annotate, gazetteer: Gazetteer) -> None:
    for language, content in (
        ("ur", "روس نے اناج بیچا"),
        ("ur", "ماسکو نے اناج بیچا"),
        ("ur", "کریملن نے اناج بیچا"),
        ("ur", "روسی اناج بک گیا"),
        ("en", "Russia sold grain"),
        ("en", "Moscow sold grain"),
        ("en", "Russian grain was sold"),
    ):
        assert "=Russia" in texts(annotate, gazetteer, language, content), content


def test_a_person_is_not_the_state(annotate: Annotate, gazetteer: Gazetteer) -> None:
    found = texts(annotate, gazetteer, "en", "Vladimir Putin sold grain")
    assert "=Vladimir Putin" in found
    assert "=Russia" not in found


def test_numbers_are_values(annotate: Annotate, gazetteer: Gazetteer) -> None:
    assert "#43000" in texts(annotate, gazetteer, "en", "43,000 people left")
    assert "#450" in texts(annotate, gazetteer, "ur", "۴۵۰ افراد چلے گئے")
    assert "#7" in texts(annotate, gazetteer, "en", "seven people left")


def test_light_verbs_are_no_terms(annotate: Annotate, gazetteer: Gazetteer) -> None:
    found = texts(annotate, gazetteer, "ur", "انہوں نے اناج فراہم کر دیا ہے")
    assert not {"کرنا", "کرن", "دینا", "دین", "ہے"} & found


def test_terms_stand_where_they_say(annotate: Annotate, gazetteer: Gazetteer) -> None:
    for name, said in CASES.seeds.items():
        (document,) = annotate([seed(name)])
        for one in said:
            made = claim(document, one, gazetteer)
            (content,) = made.attribution.content
            found = read_terms(document, made, gazetteer)
            assert found
            for term in found:
                assert term.span.of(document.article.text).strip()
                if term.kind not in (TermKind.VOICE, TermKind.TARGET):
                    assert content.start <= term.start < term.end <= content.end


def test_who_is_accused_is_a_target(annotate: Annotate, gazetteer: Gazetteer) -> None:
    (document,) = annotate([seed("001")])
    accusations = [s for s in CASES.seeds["001"] if s.stance is Stance.ACCUSE]
    for said in accusations:
        found = read_terms(document, claim(document, said, gazetteer), gazetteer)
        assert "=Iran" in {t.text for t in found if t.kind is TermKind.TARGET}
    assert len(accusations) == 2


def test_an_unknown_language_needs_no_entry() -> None:
    bare = WordLists().language("xx")
    assert bare.stem("Oslo") == "oslo"
    assert bare.number("٤٢") == "42"


def test_shipped_lexicon_joins_languages() -> None:
    lexicon = load_word_lists(config_folder())
    urdu, english = lexicon.language("ur"), lexicon.language("en")
    assert lexicon.concept("ur", urdu.stem("ڈرونز")) == "drone"
    assert lexicon.concept("en", english.stem("drones")) == "drone"
