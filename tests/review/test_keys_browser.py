"""The keys of the review page, pressed in a real headless Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import browser, needs_chromium, served
from playwright.sync_api import Browser, Page, expect
from reviewing import crowd

from claims.model import Contradiction, Verdict
from claims.store import reviews
from claims.store.database import Database

pytestmark = needs_chromium

A_MOMENT = 700  # milliseconds; a key that changes something waits 500


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def made(tmp_path: Path) -> tuple[Database, list[Contradiction]]:
    return crowd(tmp_path / "claims.duckdb")


@pytest.fixture
def database(made: tuple[Database, list[Contradiction]]) -> Database:
    return made[0]


@pytest.fixture
def pairs(made: tuple[Database, list[Contradiction]]) -> list[str]:
    return [one.contradiction_id for one in made[1]]


@pytest.fixture
def page(chromium: Browser, database: Database) -> Iterator[Page]:
    with served(database.path) as address:
        context = chromium.new_context(base_url=address)
        yield context.new_page()
        context.close()


def decided(database: Database) -> list[Verdict]:
    return [one.verdict for one in reviews.read(database.path)]


def pause(page: Page) -> None:
    page.wait_for_timeout(A_MOMENT)


def last_decision(page: Page, name: str) -> None:
    expect(page.locator(".last b")).to_have_text(name)


@pytest.mark.parametrize("delay", [20, 200])
def test_a_word_that_is_typed_decides_nothing_and_a_slash_searches(
    page: Page, database: Database, pairs: list[str], delay: int
) -> None:
    page.goto(f"/pair/{pairs[0]}")
    page.keyboard.type("/muslims", delay=delay)
    expect(page.locator(".find input")).to_be_focused()
    expect(page.locator(".find input")).to_have_value("muslims")
    page.keyboard.press("Escape")
    page.keyboard.type("muslims", delay=delay)
    expect(page.locator("#told")).to_contain_text("change nothing")
    pause(page)
    assert decided(database) == []
    # alone, each of its letters counts
    page.keyboard.press("s")
    last_decision(page, "Superseded")
    assert decided(database) == [Verdict.SUPERSEDED]


def test_a_decision_waits_is_announced_and_can_be_stopped(
    page: Page, database: Database, pairs: list[str]
) -> None:
    page.goto(f"/pair/{pairs[0]}")
    told = page.locator("#told")
    page.keyboard.press("c")
    expect(told).to_have_text("Contradiction: in a moment. Any other key stops it.")
    page.keyboard.press("Escape")
    pause(page)
    assert decided(database) == []
    page.keyboard.press("c")
    expect(told).to_have_text("Decided: Contradiction. Undecided: 6 of 7")
    page.keyboard.press("z")
    expect(told).to_have_text("Taken back. Undecided: 7 of 7")


@pytest.mark.parametrize(
    "address", ["/", "/claims", "/pair/{}", "/stories", "/disputes", "/progress", "/sql", "/export"]
)
def test_a_slash_goes_to_the_search_for_claims_everywhere(
    page: Page, pairs: list[str], address: str
) -> None:
    page.goto(address.format(pairs[0]))
    page.locator("main").focus()
    page.keyboard.type("/rained")
    expect(page.locator(".find input")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims?text=rained")
    assert page.locator(".results blockquote").count() > 0


def test_keys_that_are_switched_off_do_nothing(
    page: Page, database: Database, pairs: list[str]
) -> None:
    page.goto("/settings")
    page.get_by_role("checkbox", name="Switch all single keys off").check()
    page.get_by_role("button", name="Keep").last.click()
    page.goto(f"/pair/{pairs[0]}")
    for key in "cmsuzfn/?1":
        page.keyboard.press(key)
        pause(page)
    assert decided(database) == []
    assert page.url.endswith(pairs[0])
    expect(page.locator("main kbd:visible")).to_have_count(0)
    # the buttons work, and it is remembered for one browser only
    page.get_by_role("button", name="Compatible").click()
    last_decision(page, "Compatible")
    page.context.clear_cookies()
    page.goto(f"/pair/{pairs[1]}")
    page.keyboard.press("m")
    expect(page.locator("#told")).to_contain_text("Decided: Compatible")
    assert decided(database) == [Verdict.COMPATIBLE] * 2


def test_a_key_of_ones_own_decides_and_the_one_before_does_not(
    page: Page, database: Database, pairs: list[str]
) -> None:
    page.goto("/settings")
    page.get_by_label("Contradiction").fill("x")
    page.get_by_role("button", name="Keep").last.click()
    expect(page.get_by_role("alert")).to_contain_text("x")  # that is the key for skipping
    page.get_by_label("Contradiction").fill("9")
    page.get_by_role("button", name="Keep").last.click()
    expect(page.get_by_label("Contradiction")).to_have_value("9")
    page.goto(f"/pair/{pairs[0]}")
    expect(page.get_by_role("button", name="Contradiction 9")).to_be_visible()
    page.keyboard.press("c")
    pause(page)
    assert decided(database) == []
    page.keyboard.press("9")
    last_decision(page, "Contradiction")
    # in another language of the page too
    page.get_by_role("button", name="اردو").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.wait_for_load_state()  # keys are the script's
    page.keyboard.press("9")
    expect(page.locator("#told")).to_contain_text("فیصلہ: تضاد")
    assert decided(database) == [Verdict.CONTRADICTION] * 2
    page.goto("/settings")
    page.get_by_role("button", name="صفحے کی اصل کلیدیں").click()
    expect(page.get_by_label("تضاد")).to_have_value("c")
