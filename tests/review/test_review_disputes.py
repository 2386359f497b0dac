"""Disputes on the review page, in a real browser: one card, one key for all its pairs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import browser, needs_chromium, served
from disputing import FULL, FULL_ACROSS, FULL_TURNED, PAIRS, STRIKE, disputing
from playwright.sync_api import Browser, Page, expect
from reviewing import visit

from claims.model import Verdict
from claims.store import reviews
from claims.store.database import Database

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return disputing(tmp_path / "claims.duckdb")


@pytest.fixture
def page(chromium: Browser, database: Database) -> Iterator[Page]:
    with served(database.path) as address:
        opened = chromium.new_page(base_url=address)
        opened.goto("/")
        yield opened
        opened.close()


def undecided(page: Page, count: int) -> None:
    expect(page.locator(".progress")).to_contain_text(f"Undecided: {count} of {len(PAIRS)}")


def decided(database: Database) -> dict[str, Verdict]:
    return {one.contradiction_id: one.verdict for one in reviews.standing(database.path)}


def test_one_key_decides_all_pairs_of_a_dispute_and_one_takes_it_back(
    page: Page, database: Database
) -> None:
    dispute, single = page.locator(".pair").all()
    assert single.get_attribute("id") == f"pair-{STRIKE.contradiction_id}"
    for words in (
        "Contradictions: 3",
        "Asserted by: Mayor, Engineers",
        "Contested by: Minister",
        "Both sides are reported by: Gazette, Herald",
        "the same for all pairs that are not taken out: 3",
    ):
        expect(dispute).to_contain_text(words)
    dispute.locator(".dispute-timeline summary").click()
    days = dispute.locator(".dispute-timeline time").all_inner_texts()
    assert days == ["2 Mar 2024"] * 2 + ["5 Mar 2024"] * 2
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []

    page.keyboard.press("m")
    undecided(page, 1)
    three = (FULL, FULL_ACROSS, FULL_TURNED)
    assert decided(database) == {one.contradiction_id: Verdict.COMPATIBLE for one in three}
    expect(page.locator(".pair")).to_have_count(1)
    page.keyboard.press("z")
    undecided(page, len(PAIRS))
    assert decided(database) == {}


def test_a_pair_that_is_taken_out_waits_on(page: Page, database: Database) -> None:
    page.locator(f"[name=out][value='{FULL_ACROSS.contradiction_id}']").check()
    page.keyboard.press("c")
    undecided(page, 2)
    assert decided(database) == {
        one.contradiction_id: Verdict.CONTRADICTION for one in (FULL, FULL_TURNED)
    }
    # its card goes on with the pair that is left, and tells what was decided about the others
    dispute = page.locator(f"#pair-{FULL_ACROSS.contradiction_id}")
    expect(dispute).to_contain_text("not taken out: 1")
    expect(dispute.locator(".members .standing")).to_have_text(["Contradiction"] * 2)
    dispute.focus()
    page.keyboard.press("o")
    expect(page.locator("h1")).to_have_text("Dispute")
    page.wait_for_load_state()  # keys are the script's
    page.keyboard.press("e")
    page.keyboard.press("2")
    expect(page.locator("#told")).to_contain_text("second side")
    undecided(page, 1)
    assert decided(database)[FULL_ACROSS.contradiction_id] is Verdict.EXTRACTION_ERROR


def test_nobody_decides_about_pairs_that_are_not_there(database: Database) -> None:
    with visit(database) as page:
        page.get("/")
        wrong = {"verdict": "compatible", "pairs": f"{FULL.contradiction_id} {'0' * 24}"}
        assert page.post("/dispute/any/decision", data=wrong).status_code == 404
        for broken in ({**wrong, "pairs": "<b>"}, {"pairs": FULL.contradiction_id}):
            assert page.post("/dispute/any/decision", data=broken).status_code == 400
        assert page.get("/dispute/none").status_code == 404
    assert decided(database) == {}
