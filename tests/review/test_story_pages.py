"""Stories, topics, provenance and folders on the review page, in one session of a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import browser, needs_chromium, served
from building import Said, analysed, contradiction, speaker
from lxml import html
from playwright.sync_api import Page, expect
from reviewing import visit

from claims.disputes.regroup import regroup
from claims.model import SpeakerKind, Stance
from claims.store import folders
from claims.store.articles import save
from claims.store.contradictions import save_contradictions
from claims.store.database import Database
from claims.store.stories import put_stories

pytestmark = needs_chromium

MAYOR = speaker("Mayor", ur=("میئر",))
MINISTER = speaker("Minister")
UNION = speaker("Union", SpeakerKind.ORGANISATION)
OFFICIALS = speaker("officials", SpeakerKind.GROUP)
FULL = "that the dam was full after the rain of spring"
_DAM = ("dam",)

GAZETTE = analysed(
    f"LAHORE, March 2 (APP) — The mayor said {FULL}.\nOfficials said that it rained.\n"
    "The minister denied that the dam was full.\nThe union said that work went on.\n",
    [
        Said(FULL, "The mayor", "said", MAYOR, terms=_DAM),
        Said("that it rained", "Officials", "Officials said", OFFICIALS),
        Said("that the dam was full", "The minister", "denied", MINISTER, stance=Stance.DENY,
             terms=_DAM),
        Said("that work went on", "The union", "union said", UNION),
    ],
    outlet="Gazette",
    published_at=datetime(2024, 3, 2),
)  # fmt: skip
HERALD = analysed(
    f"The mayor said {FULL}.\nOfficials said that it had rained.\n"
    "The mayor thinks that the dam is safe.\nThe union said that work had gone on.\n",
    [
        Said(FULL, "The mayor", "said", MAYOR, terms=_DAM),
        Said("that it had rained", "Officials", "Officials said", OFFICIALS),
        Said("that the dam is safe", "The mayor", "thinks", MAYOR, stance=Stance.OPINE,
             terms=_DAM),
        Said("that work had gone on", "The union", "union said", UNION),
    ],
    outlet="Herald",
    published_at=datetime(2024, 3, 5),
)  # fmt: skip
URDU = analysed(
    "میئر نے کہا کہ ڈیم خالی ہے۔\n",
    [Said("ڈیم خالی ہے", "میئر", "کہا", MAYOR, stance=Stance.DENY, terms=_DAM)],
    outlet="روزنامہ مثال",
    language="ur",
    published_at=datetime(2024, 3, 9),
)
PAIRS = (
    contradiction(GAZETTE.claims[0], GAZETTE.claims[2], 0.9),
    contradiction(HERALD.claims[0], URDU.claims[0], 0.7),
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    database = Database(tmp_path_factory.mktemp("stories") / "claims.duckdb", wait=5)
    save(database, [GAZETTE, HERALD, URDU])
    save_contradictions(database, PAIRS)
    regroup(database)
    names = [one.document.article.article_id for one in (GAZETTE, HERALD, URDU)]
    with database.writing() as connection:
        put_stories(connection, "clusterer", {"dam": (names[0], names)}, [])
    return database


@pytest.fixture(scope="module")
def page(database: Database) -> Iterator[Page]:
    with served(database.path) as address, browser() as chromium:
        yield chromium.new_page(base_url=address)


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{page.url}: {one['id']}" for one in found]


def test_from_a_story_to_a_folder_by_keyboard(page: Page, database: Database) -> None:
    # a story: its reports over time, who is cited in each, which outlet leaves out whom
    page.goto("/stories")
    row = page.locator("tbody tr")
    expect(row).to_have_count(1)
    cells = row.locator("td").all_inner_texts()
    assert cells[1:] == ["3", "3", "9", "2"]
    wrong = faults(page)
    row.locator("a").click()
    reports = page.locator(".reports > li")
    expect(reports.locator(".outlet")).to_have_text(["Gazette", "Herald", "روزنامہ مثال"])
    expect(reports.nth(0)).to_contain_text("credits APP")
    expect(reports.nth(0)).not_to_contain_text("Leaves out")
    expect(reports.nth(2)).to_contain_text("Leaves out: Union")
    expect(reports.nth(2)).not_to_contain_text("officials")
    table = [
        [" ".join(cell.split()) for cell in one.locator("th, td").all_inner_texts()]
        for one in page.locator("section table tbody tr").all()
    ]
    assert table == [["Mayor", "1", "2", "1"], ["Union", "1", "1", "left out"]]
    expect(page.locator("article.dispute")).to_have_count(2)
    wrong += faults(page)

    # the article says who printed the claim; one key on it collects the claim
    reports.nth(0).locator(".words a").click()
    claim = page.locator(f"#claim-{GAZETTE.claims[0].claim_id}")
    claim.locator(".provenance summary").click()
    expect(claim.locator("summary")).to_contain_text("Outlets that printed it: 2 · first: Gazette")
    expect(claim.locator(".provenance li").nth(0)).to_contain_text("Gazette ← APP ← Mayor")
    wrong += faults(page)
    page.keyboard.press("f")  # the summary has the focus
    expect(page.locator("#collected")).to_have_text("1")
    expect(claim.locator("button")).to_contain_text("Out of the folder")
    page.keyboard.press("f")
    expect(page.locator("#collected")).to_have_text("0")
    page.keyboard.press("f")
    expect(page.locator("#collected")).to_have_text("1")

    # a speaker's topic over time: said, said again, only an opinion, the contrary
    page.goto(f"/speaker/{MAYOR.speaker_id}")
    page.locator(".topics a").first.click()
    changes = ("claims", "repeated", "softened", "reversed")
    # A click on a link does not wait for the page behind it; this does.
    expect(page.locator(".said li > p:nth-child(2)")).to_have_text(
        [re.compile(rf"^\s*{change}\b") for change in changes]
    )
    wrong += faults(page)

    # of a pair both sides, of a dispute all; into a folder of another name
    page.goto("/folders")
    page.get_by_label("Collect into another folder").fill("ڈیم <b>")
    page.keyboard.press("Enter")
    expect(page.locator("header")).to_contain_text("ڈیم <b>: 0")
    page.goto(f"/pair/{PAIRS[1].contradiction_id}")
    page.keyboard.press("f")
    expect(page.locator("#collected")).to_have_text("2")
    wrong += faults(page)
    page.locator(".into-folder a").click()
    quoted = page.locator("blockquote")
    expect(quoted).to_have_count(2)
    assert quoted.nth(1).get_attribute("dir") == "rtl"
    expect(quoted.nth(1).locator(".content")).to_have_text("ڈیم خالی ہے")
    wrong += faults(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="HTML").click()
    written = html.parse(str(download.value.path())).getroot()
    assert written.xpath("//blockquote[@dir='rtl']/mark/text()") == ["ڈیم خالی ہے"]
    (told,) = written.xpath("//li[contains(., 'Provenance')]/bdi/text()")
    assert told == "Herald ← Mayor; also printed by Gazette; first by Gazette"
    page.goto("/folders")
    expect(page.locator("tbody tr")).to_have_count(2)
    wrong += faults(page)
    for path in ("/stories", "/story/dam", "/folder?name=My+folder"):
        page.set_viewport_size({"width": 360, "height": 700})
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path
    assert wrong == []
    assert folders.claims_in(database.path, "ڈیم <b>") == {
        HERALD.claims[0].claim_id, URDU.claims[0].claim_id
    }  # fmt: skip


def test_collecting_works_without_javascript_and_refuses_what_is_no_claim(
    database: Database,
) -> None:
    claim = URDU.claims[0].claim_id
    form = {"claims": claim, "folder": "plain", "act": "collect", "here": "/stories"}
    with visit(database) as client:
        answer = client.post("/folder/claims", data=form, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/stories")
        assert re.search(r"name=plain", client.get("/folders").text)
        for wrong, status in (
            ({"claims": "none"}, 404),
            ({"claims": "<b>"}, 400),
            ({"claims": ""}, 400),
            ({"folder": " "}, 400),
            ({"act": "burn"}, 400),
        ):
            assert client.post("/folder/claims", data={**form, **wrong}).status_code == status
        for path in ("/folder?name=none", "/story/none", "/folder/export?name=plain&format=exe"):
            assert client.get(path).status_code == 404
        missing = client.get("/folder/export?name=none&format=md")
        assert (missing.status_code, "no folder" in missing.text) == (404, True)
        words = client.get("/folder/export?name=plain&format=md")
        assert "<mark>ڈیم خالی ہے</mark>" in words.text
    assert Path(folders.folders_path(database.path)).exists()
