"""Every page of the review for everybody: no finding of axe in either language, all of it by
keyboard alone, and nothing beside the screen of a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import browser, needs_chromium, served
from building import Said, analysed, contradiction
from disputing import GAZETTE, HERALD, MAYOR, MINISTER, PAIRS, STRIKE, disputing
from playwright.sync_api import Browser, Page, expect

from claims.model import Verdict
from claims.review.decisions import decide
from claims.store import collected, folders, who_is_who
from claims.store.articles import save
from claims.store.contradictions import save_contradictions
from claims.store.database import Database
from claims.store.query import query
from claims.store.stories import put_stories

pytestmark = needs_chromium

TO_QUEUE = re.compile("To the queue|قطار پر جائیں")
NARROW = 360  # pixels: the narrowest telephones
LONG = "https://example.org/" + "a-very-long-address-" * 9
URDU = analysed(
    "میئر نے کہا کہ ڈیم بہار تک بھر گیا تھا۔\n",
    [Said("ڈیم بہار تک بھر گیا تھا", "میئر", "کہا", MAYOR, terms=("dam", "full"))],
    outlet="روزنامہ مثال",
    language="ur",
    published_at=datetime(2024, 3, 9),
)
ACROSS = contradiction(GAZETTE.claims[1], URDU.claims[0], 0.75)
ADDRESSES = (
    "/", "/?decided=all&text=dam&stance=deny", "/?text=zebra",
    "/claims", "/claims?text=dam&speaker=Mayor", "/claims?text=zebra", "/claims?since=soon",
    "/stories", "/story/story", "/disputes", "/folders", "/folder?name=My+folder",
    "/folder?name=Another", "/progress", "/sql?sql=FROM+denials", "/export",
    "/outlet?name=Gazette", f"/speaker/{MAYOR.speaker_id}",
    f"/speaker/{MAYOR.speaker_id}?topic=dam", f"/pair/{STRIKE.contradiction_id}",
    f"/pair/{ACROSS.contradiction_id}", f"/article/{GAZETTE.document.article.article_id}",
    f"/article/{URDU.document.article.article_id}", "{dispute}",
    "/settings", "/disagreements", "/pair/0", "/nowhere",
)  # fmt: skip


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    database = disputing(tmp_path_factory.mktemp("pages") / "claims.duckdb")
    article = URDU.document.article.model_copy(update={"url": LONG, "title": "ڈیم"})
    document = URDU.document.model_copy(update={"article": article})
    save(database, [URDU.model_copy(update={"document": document})])
    save_contradictions(database, [*PAIRS, ACROSS])
    articles = [one.document.article.article_id for one in (GAZETTE, HERALD, URDU)]
    with database.writing() as connection:
        put_stories(connection, "clusterer", {"story": (articles[0], articles)}, [])
    for reviewer, verdict in (("Ayesha", Verdict.COMPATIBLE), ("Bilal", Verdict.UNSURE)):
        decide(database.path, STRIKE.contradiction_id, verdict, "a note " * 20, reviewer)
    with database.reading() as connection:
        printed = collected.as_printed(connection, [URDU.claims[0].claim_id])
    for folder in ("My folder", "Another"):
        folders.collect(database.path, folder, printed, "Ayesha")
    who_is_who.merge(database, MAYOR.speaker_id, MINISTER.speaker_id, "Ayesha")
    who_is_who.apply(database)
    return database


@pytest.fixture(scope="module")
def site(database: Database) -> Iterator[str]:
    with served(database.path) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module", params=["en-GB", "ur"])
def page(request: pytest.FixtureRequest, chromium: Browser, site: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=site)
    context.add_cookies([{"name": "claims-language", "value": request.param, "url": site}])
    opened = context.new_page()
    yield opened
    context.close()


def at(page: Page, database: Database, address: str) -> None:
    """Open a page; that of the greatest dispute stands for all of them."""
    if address == "{dispute}":
        ((dispute,),) = query(
            database,
            "SELECT dispute_id FROM dispute_pairs GROUP BY ALL ORDER BY count(*) DESC LIMIT 1",
        ).rows
        address = f"/dispute/{dispute}"
    page.goto(address)
    if page.locator("[data-load]").count():
        page.wait_for_load_state("networkidle")  # what comes after the page


def first(page: Page) -> None:
    """Let the next Tab be the first one, also where a search waits for words."""
    page.evaluate("document.body.tabIndex = -1; document.body.focus()")
    page.evaluate("document.body.removeAttribute('tabindex')")


def findings(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds, with the first places of each."""
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found]


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_and_it_fits_a_telephone(
    page: Page, database: Database, address: str
) -> None:
    page.set_viewport_size({"width": 1100, "height": 800})
    at(page, database, address)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert findings(page) == []
    page.set_viewport_size({"width": NARROW, "height": 740})
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= NARROW
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = false")
    assert page.evaluate(wide) <= NARROW


def test_what_a_reader_is_told_instead_of_a_page_is_for_everybody_too(
    page: Page, database: Database, tmp_path: Path
) -> None:
    with database.writing():
        page.goto("/stories")
        expect(page.locator("[data-retry]")).to_be_visible()
        assert findings(page) == []
    # it comes by itself once the database can be read
    expect(page.get_by_role("table")).to_be_visible(timeout=30_000)
    with served(tmp_path / "none.duckdb") as address:
        page.goto(address)
        assert findings(page) == []
    page.goto("/export")  # a form that is not the page's own
    page.evaluate("document.querySelector('form[action=\"/language\"]').action = '/undo'")
    page.locator("form.languages[action='/undo'] button").click()
    expect(page.get_by_role("link", name=TO_QUEUE)).to_be_visible()
    assert findings(page) == []


STOP = """
() => {
  const now = document.activeElement;
  if (!now || now === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(now);
  const box = now.getBoundingClientRect();
  const middle = document.elementFromPoint(
    Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1),
    Math.min(Math.max(box.y + Math.min(box.height / 2, 20), 1), innerHeight - 1));
  const all = [...document.querySelectorAll("*")];
  return {
    at: all.indexOf(now),
    told: now.outerHTML.slice(0, 160),
    visible: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    uncovered: middle !== null && (now.contains(middle) || middle.contains(now)),
  };
}
"""
REACHABLE = """
() => {
  const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, " +
    "[tabindex='0']";
  const all = [...document.querySelectorAll("*")];
  return all.flatMap((one, at) =>
    one.matches(wanted) && one.checkVisibility({ visibilityProperty: true }) ? [at] : []);
}
"""


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_is_worked_by_keyboard_alone(page: Page, database: Database, address: str) -> None:
    page.set_viewport_size({"width": 1100, "height": 800})
    at(page, database, address)
    first(page)
    wanted = page.evaluate(REACHABLE)
    # from its beginning in the order of the page, each stop in sight, until all were reached
    stops: list[int] = []
    for _ in range(len(wanted) + 200):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (stops and stop["at"] == stops[0] != stops[-1]):
            break
        assert stop["visible"], stop["told"]
        assert stop["uncovered"], stop["told"]
        if not stops or stop["at"] != stops[-1]:  # a date has several fields
            stops.append(stop["at"])
    assert stops == wanted
    # the first of them leads past all that is the same on every page
    page.goto(page.url)
    first(page)
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
