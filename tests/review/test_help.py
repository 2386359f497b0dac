"""The help with all keys, and what the headings of pairs say, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import browser, needs_chromium, served
from playwright.sync_api import Browser, Page, expect

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def served_seeds(seeds_path: Path) -> Iterator[str]:
    with served(seeds_path) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def page(chromium: Browser, served_seeds: str) -> Iterator[Page]:
    opened = chromium.new_page(base_url=served_seeds)
    opened.goto("/")
    yield opened
    opened.close()


def test_help_opens_by_key_and_button_keeps_the_focus_and_closes(page: Page) -> None:
    help_ = page.get_by_role("dialog", name="Keys")
    expect(help_).to_have_count(0)
    page.locator(".pair").first.focus()
    for closing in ("Escape", "?"):
        page.keyboard.press("?")
        expect(help_).to_be_visible()
        expect(help_.get_by_role("button", name="Close")).to_be_focused()
        assert Axe().run(page).violations_count == 0
        # no key decides anything behind it, and the focus does not leave it
        page.keyboard.press("c")
        for _ in range(3):
            page.keyboard.press("Tab")
            assert page.evaluate("!document.activeElement.closest('main, header')")
        expect(page.locator(".last")).to_have_count(0)
        page.keyboard.press(closing)
        expect(help_).to_have_count(0)
        expect(page.locator(".pair").first).to_be_focused()
    button = page.get_by_role("button", name="Keys")
    button.click()
    expect(help_).to_be_visible()
    help_.get_by_role("button", name="Close").click()
    expect(help_).to_have_count(0)
    expect(button).to_be_focused()


def test_help_needs_no_script(chromium: Browser, served_seeds: str) -> None:
    plain = chromium.new_context(java_script_enabled=False, base_url=served_seeds).new_page()
    plain.goto("/")
    plain.get_by_role("button", name="Keys").click()
    expect(plain.locator("dl.keys")).to_be_visible()
    plain.get_by_role("button", name="Close").click()
    expect(plain.locator("dl.keys")).to_be_hidden()
    plain.context.close()


def test_headings_name_both_sides(page: Page) -> None:
    heading = page.locator(".pair h2").first
    expect(heading).to_contain_text("US media and White House")
    page.keyboard.press("o")
    page.wait_for_url("**/dispute/**")
    expect(page).to_have_title("US media and White House · Dispute · Contradictions")
    page.locator(".members li a").first.click()
    page.wait_for_url("**/pair/**")
    expect(page.locator(".pair h2")).to_contain_text(" and ")
    assert " and " in page.title()
