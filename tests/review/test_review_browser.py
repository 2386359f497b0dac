"""The review page over the seeds, in a real headless Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import browser, needs_chromium, served
from building import identifier
from playwright.sync_api import Browser, Page, expect

from claims.model import Contradiction, ContradictionKind, Span, Verdict
from claims.review.decisions import decide
from claims.review.translations import texts
from claims.store import reviews
from claims.store.contradictions import save_contradictions
from claims.store.database import Database
from claims.store.query import query

pytestmark = needs_chromium

PAIRS = 14
PAGES = ("/", "/?decided=all", "/disputes", "/progress", "/sql?sql=FROM+denials", "/export")
CLAIMS = """
SELECT claim_id, start, "end"
FROM claims JOIN claim_spans USING (claim_id)
WHERE role = 'content' AND ordinal = 0
ORDER BY claim_id
"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def database(seeds_path: Path, tmp_path: Path) -> Database:
    """The seeds, with more pairs than four articles give: claims beside the next one."""
    database = Database(Path(shutil.copy(seeds_path, tmp_path / "claims.duckdb")))
    rows = query(database, CLAIMS).rows
    found = len(query(database, "FROM contradictions").rows)
    pairs = pairwise(rows)
    added = [
        Contradiction(
            contradiction_id=identifier(str(left[0]), str(right[0])),
            left_claim_id=str(left[0]),
            right_claim_id=str(right[0]),
            kind=ContradictionKind.OPPOSITE,
            score=0.1 + number / 1000,
            explanation="Two claims that stand beside each other.",
            left_words=(Span(start=left[1], end=left[2]),),
            right_words=(Span(start=right[1], end=right[2]),),
        )
        for number, (left, right) in zip(range(PAIRS - found), pairs, strict=False)
    ]
    save_contradictions(database, added)
    with database.writing() as connection:
        connection.execute("DELETE FROM dispute_pairs")  # each pair is a card of its own
    return database


@pytest.fixture
def page(chromium: Browser, database: Database) -> Iterator[Page]:
    with served(database.path) as address:
        opened = chromium.new_page(base_url=address)
        complaints: list[str] = []
        opened.on("console", lambda told: complaints.append(told.text))
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.goto("/")
        yield opened
        # what the content security policy keeps from loading is told there too
        assert [one for one in complaints if "the server responded with" not in one] == []
        opened.close()


def undecided(page: Page, count: int) -> None:
    expect(page.locator(".progress")).to_contain_text(f"Undecided: {count} of {PAIRS}")


def press(page: Page, key: str) -> None:
    """Press a key that decides or takes back, until the page shows another last decision."""
    last = "document.querySelector('.last [name=reviewed_at]')?.value ?? ''"
    before = page.evaluate(last)
    page.keyboard.press(key)
    page.wait_for_function(f"before => ({last}) !== before", arg=before)


def decided(database: Database) -> list[Verdict]:
    return [one.verdict for one in reviews.standing(database.path)]


def test_decisions_by_keyboard_undo_and_reload(page: Page, database: Database) -> None:
    page.evaluate("window.loadedOnce = true")
    made = []
    left = PAIRS
    keys = [(verdict, texts().verdicts[verdict].key) for verdict in Verdict]
    # an extraction error takes other pairs along: tests/review/test_deciding_browser.py
    for verdict, key in (one for one in keys * 2 if one[0] is not Verdict.EXTRACTION_ERROR):
        press(page, key)
        made.append(verdict)
        left -= verdict is not Verdict.UNSURE
        undecided(page, left)
    assert decided(database) == made
    # no page was loaded for it, and the focus stays on a pair
    assert page.evaluate("window.loadedOnce") is True
    assert page.evaluate("document.activeElement.className") == "pair"

    # as far back as one likes, from the last to the first
    for verdict in reversed(made):
        press(page, "z")
        left += verdict is not Verdict.UNSURE
        undecided(page, left)
    expect(page.locator(".last")).to_have_count(0)
    assert decided(database) == []

    press(page, "c")
    page.reload()
    undecided(page, PAIRS - 1)
    assert decided(database) == [Verdict.CONTRADICTION]


def test_a_note_and_moving_between_pairs(page: Page, database: Database) -> None:
    ids = [one.get_attribute("id") for one in page.locator(".pair").all()]
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator(f"#{ids[1]}")).to_be_focused()
    page.keyboard.press("n")
    page.keyboard.type("دو الگ واقعات c")
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    undecided(page, PAIRS - 1)
    (review,) = reviews.read(database.path)
    assert review.note == "دو الگ واقعات c"
    assert f"pair-{review.contradiction_id}" == ids[1]
    expect(page.locator(f"#{ids[2]}")).to_be_focused()
    # ? shows the keys, also where a keyboard has the Urdu question mark on it
    page.keyboard.press("?")
    expect(page.locator("dl.keys")).to_be_visible()


def test_a_speaker_typed_in_urdu_and_the_link_to_what_was_found(
    page: Page, chromium: Browser
) -> None:
    page.locator("details.search summary").click()
    page.locator("input[name=speaker]").fill("تہران")
    page.keyboard.press("Enter")
    page.wait_for_url("**speaker=**")
    found = [one.get_attribute("id") for one in page.locator(".pair").all()]
    assert 0 < len(found) < PAIRS
    for pair in page.locator(".pair").all():
        expect(pair.get_by_role("link", name="Tehran").first).to_be_visible()
    # the address alone shows the same to somebody else, and so does the other script
    for address in (page.url, page.url.partition("?")[0] + "?speaker=tehran"):
        other = chromium.new_page()
        other.goto(address)
        assert [one.get_attribute("id") for one in other.locator(".pair").all()] == found
        other.close()
    # decisions stay within what was searched
    page.keyboard.press("c")
    expect(page.locator(".last")).to_be_visible()
    assert "speaker=" in page.url
    assert page.locator(".pair").count() == len(found) - 1


def test_a_pair_has_a_link_and_leads_to_its_article(page: Page, database: Database) -> None:
    first = page.locator(".pair").first.get_attribute("id") or ""
    page.keyboard.press("o")
    page.wait_for_url(f"**/pair/{first.removeprefix('pair-')}")
    permalink = page.url
    page.wait_for_timeout(600)  # a key right after another one decides nothing
    page.keyboard.press("c")
    page.wait_for_function("link => location.href !== link", arg=permalink)
    page.go_back()
    page.wait_for_url(permalink)
    expect(page.locator(".history")).to_contain_text("Contradiction")

    page.get_by_role("link", name="Open the article").first.click()
    page.wait_for_url("**/article/**")
    shown = page.locator(".text").evaluate(
        "(text) => { for (const one of text.querySelectorAll('sup')) one.remove();"
        " return text.textContent; }"
    )
    texts = {row[0] for row in query(database, "SELECT text FROM articles").rows}
    assert shown in texts
    target = page.evaluate("decodeURIComponent(location.hash.slice(1))")
    assert target.startswith("cue-")
    for role in ("source", "cue", "content"):
        assert page.locator(f".text .{role}").count() > 0
    naskh = "document.fonts.ready.then(() => document.fonts.check('16px \"Claims Naskh\"', 'ہے'))"
    assert page.evaluate(naskh) is True


def test_the_query_box_answers_and_refuses_to_write(page: Page, database: Database) -> None:
    page.goto("/sql")
    before = query(database, "SELECT count(*) FROM claims").rows
    for statement, told in (
        ("DROP TABLE claims", "DROP is refused"),
        ("INSERT INTO reviews SELECT * FROM reviews", "INSERT is refused"),
        ("COPY claims TO 'x.csv'", "COPY is refused"),
        ("SELECT * FROM read_text('/etc/passwd')", "refused"),
    ):
        page.locator("#sql").fill(statement)
        page.get_by_role("button", name="As a table").click()
        expect(page.get_by_role("alert")).to_contain_text(told)
    assert query(database, "SELECT count(*) FROM claims").rows == before
    page.locator("#sql").fill("SELECT speaker, cue_text FROM claims WHERE stance = 'deny'")
    page.get_by_role("button", name="As a table").click()
    assert page.locator("table.result tbody tr").count() > 0
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV").click()
    assert Path(saved.value.path()).read_bytes().startswith("\ufeffspeaker,".encode())


def test_it_works_without_javascript(chromium: Browser, database: Database) -> None:
    with served(database.path) as address:
        plain = chromium.new_context(java_script_enabled=False, base_url=address).new_page()
        plain.goto("/")
        plain.get_by_role("button", name="Contradiction").first.click()
        undecided(plain, PAIRS - 1)
        plain.get_by_role("button", name="Undo").click()
        undecided(plain, PAIRS)
        plain.context.close()


def test_a_server_that_is_gone_is_told(chromium: Browser, database: Database) -> None:
    page = chromium.new_page()
    with served(database.path) as address:
        page.goto(address)
    page.keyboard.press("c")
    expect(page.get_by_role("alert")).to_contain_text("The decision was not kept")
    assert reviews.read(database.path) == []
    page.close()


@pytest.mark.parametrize(
    ("language", "width"), [("English", 1280), ("English", 390), ("اردو", 390)]
)
def test_no_serious_fault_of_accessibility_or_layout(
    page: Page, database: Database, width: int, language: str
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    if language != "English":
        page.get_by_role("button", name=language).click()
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
    speaker, article, pair = (
        query(database, sql).rows[0][0]
        for sql in (
            "SELECT speaker_id FROM disputed_claims WHERE speaker_id IS NOT NULL",
            "SELECT article_id FROM articles",
            "SELECT contradiction_id FROM contradictions",
        )
    )
    for reviewer, verdict in (("Ayesha", Verdict.COMPATIBLE), ("Bilal", Verdict.UNSURE)):
        decide(database.path, str(pair), verdict, "a note " * 20, reviewer)
        decide(database.path, "another", Verdict.COMPATIBLE, "", reviewer)
    reading = (f"/speaker/{speaker}", f"/article/{article}", f"/pair/{pair}", "/outlet?name=seeds")
    for address in (*PAGES, *reading):
        page.goto(address)
        found = Axe().run(page).response["violations"]
        serious = [
            (one["id"], [node["html"] for node in one["nodes"]][:3])
            for one in found
            if one["impact"] in ("serious", "critical")
        ]
        assert serious == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    page.goto("/")
    sides = [one.bounding_box() for one in page.locator(".side").all()[:2]]
    assert sides[0] and sides[1]
    assert (sides[0]["y"] == sides[1]["y"]) == (width > 1000)
