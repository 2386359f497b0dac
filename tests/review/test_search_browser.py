"""The journalist's question, what somebody said about something and when, in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import browser, needs_chromium, served
from playwright.sync_api import Browser, Page, expect

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def site(seeds_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    own = shutil.copy(seeds_path, tmp_path_factory.mktemp("search") / "claims.duckdb")
    with served(Path(own)) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=site)
    yield context.new_page()
    context.close()


class Steps:
    """Counts the pages that a reader goes through after the one that they begin at."""

    def __init__(self, page: Page, begin: str) -> None:
        page.goto(begin)
        self.pages: list[str] = []
        page.on("framenavigated", lambda frame: self.pages.append(frame.url))

    def __len__(self) -> int:
        return len(self.pages)


@pytest.mark.parametrize(
    ("language", "about", "who", "called"),
    [("en-GB", "Iran", "Putin", "Vladimir Putin"), ("ur", "ایران", "پوتن", "ولادیمیر پوتن")],
)
def test_who_said_what_and_when_is_answered_in_two_steps(
    page: Page, site: str, language: str, about: str, who: str, called: str
) -> None:
    page.context.add_cookies([{"name": "claims-language", "value": language, "url": site}])
    steps = Steps(page, "/")
    # Step 1: to "Claims", the first of all places; the words wait for being typed.
    page.locator(".places a").first.click()
    expect(page.locator("main").get_by_role("searchbox").first).to_be_focused()
    # Step 2: what about, and who.
    page.keyboard.type(about)
    page.keyboard.press("Tab")
    page.keyboard.type(who)
    page.keyboard.press("Enter")
    first = page.locator(".found li").first
    expect(first.locator("time")).to_have_attribute("datetime", "2026-03-07")
    expect(first.locator(".name")).to_have_text(called)
    sentence = first.locator("blockquote")
    expect(sentence).to_have_attribute("dir", "rtl")
    expect(sentence.locator(".content").first).not_to_be_empty()
    assert len(steps) <= 2, steps.pages
    # and the place in the article is one more
    said = sentence.inner_text()
    first.locator("a[href*='/article/']").click()
    expect(page.locator(":target")).to_be_visible()
    assert said.split()[-3] in page.locator(".text").inner_text()
    assert len(steps) <= 3, steps.pages


def test_a_claim_that_was_found_is_collected_by_one_key(page: Page) -> None:
    page.goto("/claims?text=Russia")
    items = page.locator(".found [data-item]")
    # which claim is meant is chosen by the keys for the next and the previous one
    for key in "jjk":
        page.keyboard.press(key)
    expect(items.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("f")
    expect(items.nth(1).get_by_role("button")).to_have_text("Out of the folder f")
    expect(page.locator("#collected")).to_have_text("1")
    page.reload()
    expect(items.nth(1).get_by_role("button")).to_have_text("Out of the folder f")
    items.nth(1).focus()
    page.keyboard.press("f")
    expect(page.locator("#collected")).to_have_text("0")


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
