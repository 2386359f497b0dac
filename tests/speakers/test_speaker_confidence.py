"""How sure a speaker is, and English sources that need the rest of the article."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from claims.language.annotation import Annotator
from claims.model import Article, Attribution, Claim, Pattern, Quotation, Span, Stance
from claims.speakers.gazetteer import load_gazetteer
from claims.speakers.link import PRONOUN, UNNAMED, link
from claims.speakers.mentions import load_mentions

CONFIG = Path(__file__).resolve().parents[2] / "config"
CONFIDENT = 0.8

Linked = Callable[..., list[Claim]]


@pytest.fixture(scope="module")
def linked() -> Linked:
    """Claims for sources given by their words, each looked for after the one before it; words
    before a bar only say where."""
    annotator = Annotator()
    gazetteer = load_gazetteer(CONFIG)
    mentions = load_mentions(CONFIG, ["ur", "en"])

    def linked(text: str, sources: Sequence[str], language: str = "en") -> list[Claim]:
        digest = hashlib.sha256(text.encode()).hexdigest()
        article = Article(
            article_id=digest, outlet="x", language=language, content_hash=digest, text=text
        )
        (document,) = annotator.annotate([article])
        given, at = [], 0
        for source in sources:
            where, _, words = source.rpartition("|")
            start = text.index(where + words, at) + len(where)
            at = start + len(words)
            spans = (Span(start=start, end=at),)
            given.append(
                Attribution(
                    sentence_index=0,
                    source=spans,
                    cue=spans,
                    content=spans,
                    stance=Stance.REPORT,
                    pattern=Pattern.CLAUSAL,
                    quotation=Quotation.INDIRECT,
                    confidence=1.0,
                )
            )
        return list(link(document, given, gazetteer, mentions[language]))

    return linked


def names(claims: Sequence[Claim]) -> list[str | None]:
    return [claim.speaker.name if claim.speaker else None for claim in claims]


@pytest.mark.parametrize(
    ("text", "sources", "wanted"),
    [
        (
            "Donald Trump met Hillary Clinton on Monday. The Republican nominee said he was ready. "
            "The Democratic candidate said so too.",
            ["The Republican nominee", "The Democratic candidate"],
            ["Donald Trump", "Hillary Clinton"],
        ),
        (
            "Bill Hammerfield opened the bridge in spring. On Monday Hammerfield said it was shut.",
            ["Monday |Hammerfield"],
            ["Bill Hammerfield"],
        ),
        (
            "Martha Pellworth praised Harold Dunmore on Friday. He said the harbour was safe.",
            ["He"],
            ["Harold Dunmore"],
        ),
        (
            "Ruth Calverton and Simon Thackwell visited the mine. They said it was safe.",
            ["They"],
            ["Ruth Calverton and Simon Thackwell"],
        ),
        (
            "Iowa Sen. Grace Holloway met Ohio Gov. Peter Lindqvist. The Iowa senator said no.",
            ["The Iowa senator"],
            ["Grace Holloway"],
        ),
        (
            "Peter Lindqvist lost the vote. The Ohio Republican said he would try again.",
            ["The Ohio Republican"],
            ["Peter Lindqvist"],
        ),
    ],
)
def test_english_sources_find_their_antecedents(
    linked: Linked, text: str, sources: list[str], wanted: list[str]
) -> None:
    assert names(linked(text, sources)) == wanted


def test_a_group_names_its_members(linked: Linked) -> None:
    (claim,) = linked("Moscow and Tehran said the talks went on.", ["Moscow and Tehran"])
    assert claim.speaker is not None
    assert [(one.name, one.speaks_for) for one in claim.speaker.members] == [
        ("Moscow", "Russia"),
        ("Tehran", "Iran"),
    ]


def test_a_pronoun_that_finds_nobody_says_so(linked: Linked) -> None:
    lonely, nobody = linked("He said it rained. Nobody said it was dry.", ["He", "Nobody"])
    assert (lonely.speaker, lonely.unresolved) == (None, PRONOUN)
    assert lonely.speaker_confidence is None
    assert (nobody.speaker, nobody.unresolved) == (None, UNNAMED)
    (urdu,) = linked("انہوں نے کہا کہ بارش ہوئی۔", ["انہوں"], "ur")
    assert (urdu.speaker, urdu.unresolved) == (None, PRONOUN)


def test_a_name_is_surer_than_a_surname_that_two_people_have(linked: Linked) -> None:
    text = (
        "Karoline Leavitt spoke first. Joan Ferncliff and Peter Ferncliff listened. "
        "Peter Ferncliff left. Peter Ferncliff came back. Later Ferncliff said no."
    )
    sure, unsure = linked(text, ["Karoline Leavitt", "Later |Ferncliff"])
    assert sure.speaker_confidence is not None and sure.speaker_confidence >= CONFIDENT
    assert unsure.speaker_confidence is None or unsure.speaker_confidence < CONFIDENT


def test_a_rival_makes_a_pronoun_less_sure(linked: Linked) -> None:
    alone = linked("Harold Dunmore spoke on Friday. He said yes.", ["He"])[0]
    rival = linked("Harold Dunmore spoke. Simon Thackwell spoke. He said yes.", ["He"])[0]
    assert alone.speaker_confidence is not None and rival.speaker_confidence is not None
    assert alone.speaker_confidence > rival.speaker_confidence


def test_an_office_of_today_is_a_guess_in_an_undated_article(linked: Linked) -> None:
    (claim,) = linked("The US president said that it was time.", ["The US president"])
    assert claim.speaker is not None
    assert claim.speaker_confidence is not None and claim.speaker_confidence < CONFIDENT


def test_whoever_signs_a_letter_is_its_i(linked: Linked) -> None:
    text = (
        "Readers write to us.\n\nI think the bridge is unsafe. We all use it.\n\n"
        "Harold Dunmore.\n\n"
        "I hope the mayor listens.\n\nNancy Thackwell.\n"
    )
    claims = linked(text, ["I", "We", "I"])
    assert names(claims) == ["Harold Dunmore", None, "Nancy Thackwell"]


def test_the_end_of_a_bodys_name_means_it(linked: Linked) -> None:
    text = (
        "Officials spoke to the Elmwood Bay Times on Friday. The Times said that nothing was true. "
        "The owner left."
    )
    assert names(linked(text, ["The Times"])) == ["Elmwood Bay Times"]


def test_a_plural_office_means_those_who_were_named_together(linked: Linked) -> None:
    text = (
        "Harold Dunmore and Simon Thackwell met in the city. On Friday the senators said that "
        "the bill was dead."
    )
    (claim,) = linked(text, ["the senators"])
    assert claim.speaker is not None
    assert {member.name for member in claim.speaker.members} == {
        "Harold Dunmore",
        "Simon Thackwell",
    }


def test_an_office_is_whoever_the_article_gives_it_to_further_on(linked: Linked) -> None:
    text = (
        "Harold Dunmore left despite warnings from his lawyer that it was unsafe. "
        "Attorney Simon Thackwell spoke on Friday."
    )
    (claim,) = linked(text, ["his lawyer"])
    assert names([claim]) == ["Simon Thackwell"]
    assert (claim.speaker_confidence or 0) < CONFIDENT


def test_a_misspelt_surname_is_the_one_person_it_sounds_like(linked: Linked) -> None:
    text = "Voters met Tyra McClennan on Friday. McLennan said that nobody came."
    assert names(linked(text, ["McLennan"])) == ["Tyra McClennan"]


@pytest.mark.parametrize(
    "text, source, name, kind",
    [
        ("ایم ڈی اے نے کہا کہ زمین دی گئی۔", "ایم ڈی اے", "MDA", "organisation"),
        ("بابر اعظم نے کہا کہ ٹیم تیار ہے۔", "بابر اعظم", "Babar Azam", "person"),
        ("ماہرہ خان کا کہنا ہے کہ فلم آئے گی۔", "ماہرہ خان", "Mahira Khan", "person"),
        ("کوالکم نے کہا کہ معاہدہ ہوا۔", "کوالکم", "Qualcomm", "organisation"),
        ("لاہور ہائی کورٹ نے حکم دیا۔", "لاہور ہائی کورٹ", "Lahore High Court", "organisation"),
    ],
)  # fmt: skip
def test_urdu_sources_of_sport_film_business_and_courts(
    linked: Linked, text: str, source: str, name: str, kind: str
) -> None:
    (claim,) = linked(text, [source], "ur")
    assert claim.speaker is not None
    assert (claim.speaker.name, claim.speaker.kind.value) == (name, kind)


@pytest.mark.parametrize(
    "federation", ["روسی ہاکی فیڈریشن", "روسی فٹ بال فیڈریشن", "روسی فٹبال فیڈریشن"]
)
def test_the_president_of_a_states_federation_is_not_the_states(
    linked: Linked, federation: str
) -> None:
    text = f"ولادیمیر پوتن ماسکو میں تھے۔ {federation} کے صدر نے کہا کہ ٹیم جیتے گی۔"
    (claim,) = linked(text, [f"{federation} کے صدر"], "ur")
    assert claim.speaker is not None and claim.speaker.name != "Vladimir Putin"


def test_a_family_is_no_residents(linked: Linked) -> None:
    text = "کرسٹیانو رونالڈو کے گھر والوں نے کہا کہ وہ خوش ہیں۔"
    (claim,) = linked(text, ["کرسٹیانو رونالڈو کے گھر والوں"], "ur")
    assert claim.speaker is not None and claim.speaker.name == "Cristiano Ronaldo family"
