"""The journalist's question, what somebody said about something and when, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import browser, needs_chromium, served
from playwright.sync_api import Page, expect

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def page(seeds_path: Path) -> Iterator[Page]:
    with served(seeds_path) as address, browser() as chromium:
        opened = chromium.new_page(base_url=address)
        yield opened
        opened.close()


def test_who_said_what_and_when_is_answered_in_two_steps(page: Page) -> None:
    page.goto("/")
    # Step 1: to "Claims", the first of all places; the words wait for being typed.
    page.locator(".places a").first.click()
    expect(page.locator("main").get_by_role("searchbox").first).to_be_focused()
    # Step 2: what about, and who.
    page.keyboard.type("Iran")
    page.keyboard.press("Tab")
    page.keyboard.type("Putin")
    page.keyboard.press("Enter")
    first = page.locator(".found li").first
    expect(first.locator("time")).to_have_attribute("datetime", "2026-03-07")
    expect(first.locator(".name")).to_have_text("Vladimir Putin")
    sentence = first.locator("blockquote")
    expect(sentence).to_have_attribute("dir", "rtl")
    expect(sentence.locator(".content").first).not_to_be_empty()
    said = sentence.inner_text()
    first.get_by_role("link", name="Open the article").click()
    expect(page.locator(":target")).to_be_visible()
    assert said.split()[-3] in page.locator(".text").inner_text()


def test_what_was_found_is_narrowed_and_widened_again(page: Page) -> None:
    page.goto("/claims?text=Russia")
    count = page.locator("[role=status] b")
    every = int(count.inner_text())
    page.locator(".facets a", has_text="denies").click()
    assert 0 < int(count.inner_text()) < every
    page.locator(".taken", has_text="denies").click()
    expect(count).to_have_text(str(every))
    page.wait_for_load_state()  # keys are the script's
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox").first).to_be_focused()


@pytest.mark.parametrize("language", ["English", "اردو"])
@pytest.mark.parametrize(
    "address",
    ["/claims", "/claims?text=Russia&stance=deny", "/claims?text=zebra", "/claims?since=soon"],
)
def test_it_is_for_everybody_and_fits_a_telephone(page: Page, address: str, language: str) -> None:
    page.goto(address)
    if (other := page.get_by_role("button", name=language)).count():
        other.click()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1100, "height": 900})
