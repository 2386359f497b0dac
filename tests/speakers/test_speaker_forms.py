"""Groups, spokespersons, bodies spoken of again, relations: the right person in both languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from reading_texts import CONFIG, article

from benchmarks.speakers.agreement import Agreement
from claims.config.settings import load_pipeline
from claims.model import Claim
from claims.pipeline.analyser import Analyser
from claims.speakers.gazetteer import load_gazetteer
from claims.speakers.transliteration import load_transliteration

FORMS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "speaker_forms.yaml").read_text("utf-8")
)
CASES = [(form, case) for form, cases in FORMS.items() for case in cases]


@cache
def agreement() -> Agreement:
    return Agreement(load_gazetteer(CONFIG), load_transliteration(CONFIG))


@cache
def analyser() -> Analyser:
    return Analyser(CONFIG, load_pipeline(CONFIG))


def last_claim(text: str) -> Claim:
    ((analysed,), _) = analyser().analyse([article(text, "en" if text.isascii() else "ur")])
    return analysed.claims[-1]


@pytest.mark.parametrize(
    ("form", "case"), CASES, ids=[f"{form}-{case['text'][:40]}" for form, case in CASES]
)
def test_the_last_thing_said_belongs_to(form: str, case: dict[str, Any]) -> None:
    agrees = agreement().agrees
    claim = last_claim(case["text"])
    speaker = claim.speaker
    assert speaker is not None
    for wanted in (case.get("speaker"), case.get("name")):
        assert wanted is None or agrees(speaker.name, wanted), speaker.name
    if "members" in case:
        names = [member.name for member in speaker.members]
        assert len(names) == len(case["members"]), names
        assert all(map(agrees, names, case["members"])), names
    if "speaks_for" in case:
        assert agrees(speaker.speaks_for, case["speaks_for"]), speaker.speaks_for
    if "title" in case:
        assert claim.title == case["title"]


def test_a_source_is_described_in_its_own_words() -> None:
    miners = "Owen Hale, a spokesman for the miners, said the union would strike."
    assert last_claim(miners).description == "a spokesman for the miners"
    lawyer = last_claim("عمران خان کے وکیل سلمان صفدر نے کہا کہ مقدمہ جھوٹا ہے۔")
    assert (lawyer.title, lawyer.description) == ("lawyer", "عمران خان کے وکیل")
    he = last_claim("Owen Hale spoke. He said the union would strike.")
    assert (he.title, he.description) == (None, None)
    mister = last_claim("Mr. Smith said the union would strike.")
    assert (mister.title, mister.description) == (None, None)


def test_a_king_by_name_is_no_monarch() -> None:
    claim = last_claim("Larry King spoke on Monday.\nMr. King said the show would go on.")
    assert claim.speaker is not None and claim.speaker.name == "Larry King"


def test_words_typed_together_are_read_apart() -> None:
    claim = last_claim("پروفیسرشاہد حسن نے کہا کہ معیشت بہتر ہے۔")
    assert claim.speaker is not None and claim.speaker.name.startswith("Shahid")
    assert claim.title == "professor"
