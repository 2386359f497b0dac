"""The page for whoever reads Urdu: names, explanations, dates and letters."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from browsing import browser, needs_chromium, served
from building import Said, analysed, contradiction, speaker
from playwright.sync_api import Page
from reviewing import visit
from starlette.testclient import TestClient
from storing import holding

from claims.model import SpeakerKind, Stance
from claims.store import who_is_who
from claims.store.database import Database

# The spelling that is printed most stands second, a bare name third.
PUTIN = speaker(
    "Vladimir Putin", ur=("ولادیمیر پوتن", "ولادیمیر پیوٹن", "پیوٹن"), en=("Vladimir Putin",)
)
KREMLIN = speaker("Kremlin", SpeakerKind.ORGANISATION, ur=("کریملن",), en=("Kremlin",))
SMITH = speaker("John Smith", en=("John Smith",))
URDU = analysed(
    "صدر ولادیمیر پیوٹن نے کہا کہ ڈیم بھر گیا ہے۔\nپیوٹن نے کہا کہ بارش ہوئی۔\n"
    "پیوٹن نے کہا کہ دریا خشک ہے۔\n",
    [
        Said("ڈیم بھر گیا ہے", "صدر ولادیمیر پیوٹن", "کہا", PUTIN, via=KREMLIN),
        Said("بارش ہوئی", "پیوٹن", "کہا", PUTIN),
        Said("دریا خشک ہے", "پیوٹن", "کہا", PUTIN),
    ],
    outlet="روزنامہ مثال",
    language="ur",
    published_at=datetime(2024, 3, 7),
)
ENGLISH = analysed(
    "The Kremlin denied that the dam was full.\nJohn Smith said the canals are dry.\n",
    [
        Said("the dam was full", "The Kremlin", "denied", KREMLIN, stance=Stance.DENY),
        Said("the canals are dry", "John Smith", "said", SMITH),
    ],
    outlet="Example Daily",
    published_at=datetime(2024, 3, 9),
)
# The side that denies stands first here, and second where it is told.
PAIRS = (
    contradiction(ENGLISH.claims[0], URDU.claims[0], 0.9),
    contradiction(URDU.claims[1], ENGLISH.claims[1], 0.5),
)
IN_URDU = {"claims-language": "ur"}


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return holding(tmp_path / "claims.duckdb", [URDU, ENGLISH], PAIRS)


@pytest.fixture
def page(database: Database) -> Iterator[TestClient]:
    with visit(database) as client:
        client.cookies.update(IN_URDU)
        yield client


def words(shown: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", shown)).split())


def test_speakers_are_called_by_their_urdu_names_on_every_page(page: TestClient) -> None:
    for address in (
        "/", "/claims", "/disputes", f"/speaker/{PUTIN.speaker_id}",
        f"/speaker/{KREMLIN.speaker_id}", "/outlet?name=Example+Daily",
        f"/pair/{PAIRS[0].contradiction_id}", f"/article/{URDU.document.article.article_id}",
    ):  # fmt: skip
        main = page.get(address).text.partition("<main")[2].partition('<section id="who-is-who"')[0]
        assert "ولادیمیر پیوٹن" in words(main) or "کریملن" in words(main), address
        names = re.findall(r"<bdi>([^<]+)</bdi></a>", main)
        assert not {"Vladimir Putin", "Kremlin"} & set(names), address
    # of whom no Urdu name is known
    assert "<bdi>John Smith</bdi>" in page.get("/disputes").text
    page.cookies.clear()
    assert "<bdi>Vladimir Putin</bdi>" in page.get("/disputes").text


def test_a_name_that_a_person_gave_is_kept(page: TestClient, database: Database) -> None:
    address = f"/speaker/{PUTIN.speaker_id}"
    assert "<h1><bdi>ولادیمیر پیوٹن</bdi></h1>" in page.get(address).text
    who_is_who.rename(database, PUTIN.speaker_id, "صدر پوتن", "Ayesha")
    who_is_who.apply(database)
    assert "<h1><bdi>صدر پوتن</bdi></h1>" in page.get(address).text


def test_explanations_and_headings_are_in_urdu(page: TestClient) -> None:
    shown = words(page.get(f"/pair/{PAIRS[0].contradiction_id}").text)
    assert "کریملن اور ولادیمیر پیوٹن" in shown
    assert "بواسطہ کریملن" in shown
    assert "کریملن نے اُس بات کی تردید کی جو ولادیمیر پیوٹن نے کہی" in shown
    # where nobody is known to deny, the sentence of the kind stands
    shown = words(page.get(f"/pair/{PAIRS[1].contradiction_id}").text)
    assert "ولادیمیر پیوٹن اور John Smith میں سے ایک دوسرے کی بات کی تردید کرتا ہے" in shown


@needs_chromium
def test_dates_keep_their_order_and_nastaliq_is_chosen_once(database: Database) -> None:
    with served(database.path) as address, browser() as chromium:
        context = chromium.new_context(base_url=address)
        context.add_cookies([{"name": "claims-language", "value": "ur", "url": address}])
        page = context.new_page()
        page.goto("/claims")
        isolated = "all => all.map(one => getComputedStyle(one).unicodeBidi)"
        assert set(page.locator("time").evaluate_all(isolated)) == {"isolate"}
        assert font(page, "blockquote[lang=ur]") == "Claims Naskh"
        assert font(page, "h1") == "Claims Naskh"
        with page.expect_navigation():
            page.get_by_role("button", name="نستعلیق میں").click()
        for path in ("/claims", "/", f"/speaker/{PUTIN.speaker_id}"):
            page.goto(path)
            assert font(page, "[lang=ur]:not(html)") == "Claims Nastaliq"
            assert font(page, "h1") == "Claims Nastaliq"
            page.set_viewport_size({"width": 360, "height": 740})
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.goto("/claims")
        assert font(page, "blockquote[lang=en]") == "system-ui"
        with page.expect_navigation():
            page.get_by_role("button", name="نسخ میں").click()
        assert font(page, "blockquote[lang=ur]") == "Claims Naskh"
        context.close()


def font(page: Page, selector: str) -> str:
    """The first font of an element, which was loaded where it is one of the page's own."""
    name = page.locator(selector).first.evaluate(
        'one => getComputedStyle(one).fontFamily.split(",")[0].replaceAll(`"`, "")'
    )
    if name.startswith("Claims"):
        loaded = f"document.fonts.load('16px \"{name}\"', 'ہے').then(found => found.length)"
        assert page.evaluate(loaded) > 0
    return str(name)
