"""What a fact-checker does for an hour on the review page, in a real headless Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import browser, needs_chromium, served
from playwright.sync_api import Browser, Page, expect
from reviewing import crowd

from claims.model import Contradiction, Verdict
from claims.review.decisions import decide
from claims.store import reviews
from claims.store.database import Database
from claims.store.query import query

pytestmark = needs_chromium


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


def undecided(page: Page, count: int) -> None:
    expect(page.locator(".progress b")).to_have_text(str(count))


def test_the_task_of_a_fact_checker_takes_one_key_a_pair(
    page: Page, database: Database, pairs: list[str]
) -> None:
    page.goto("/")
    steps = 0
    for number, pair in enumerate(pairs, 1):
        expect(page.locator(".pair").first).to_have_attribute("id", f"pair-{pair}")
        page.keyboard.press("c" if number % 2 else "m")
        steps += 1
        undecided(page, len(pairs) - number)
    expect(page.locator("main")).to_contain_text("All decided")
    assert steps == len(pairs) == len(reviews.standing(database.path))


def test_undo_leaves_nothing_behind_and_puts_the_pair_back_where_it_was(
    page: Page, database: Database, pairs: list[str]
) -> None:
    page.goto("/")
    # one that is unsure stands at the end, one that was taken back in its own place
    page.keyboard.press("u")
    expect(page.locator(".pair").last).to_have_attribute("id", f"pair-{pairs[0]}")
    page.keyboard.press("z")
    expect(page.locator(".last")).to_have_count(0)
    page.goto("/")
    shown = [one.get_attribute("id") for one in page.locator(".pair").all()]
    assert shown == [f"pair-{one}" for one in pairs]
    for view in ("verdicts", "standing_reviews"):
        assert query(database, f"FROM {view}").rows == []
    in_views = query(database, "SELECT DISTINCT verdict FROM contradiction_pairs").rows
    assert in_views == [(None,)]
    # what happened is kept, and told
    assert [one.verdict for one in reviews.read(database.path)] == [Verdict.UNSURE]
    assert len(reviews.kept(database.path).undone) == 1
    page.goto(f"/pair/{pairs[0]}")
    expect(page.locator(".history")).to_contain_text("Unsure · taken back")


def test_an_extraction_error_takes_the_claims_other_pairs_along_until_it_is_undone(
    page: Page, database: Database, pairs: list[str]
) -> None:
    page.goto("/")
    page.keyboard.press("e")
    expect(page.locator("#told")).to_contain_text("Which side is wrongly extracted?")
    assert reviews.read(database.path) == []
    page.keyboard.press("1")  # the chief, whom all contradict; the last pair is of two others
    undecided(page, 1)
    expect(page.locator(".pair")).to_have_count(1)
    assert query(database, "SELECT contradiction_id FROM review_queue").rows == [(pairs[-1],)]
    assert query(database, "SELECT count(*) FROM skipped_contradictions").rows == [(5,)]
    # they stay reachable, and tell why
    page.goto("/?decided=all")
    expect(page.locator(".pair")).to_have_count(len(pairs))
    page.goto(f"/pair/{pairs[1]}")
    expect(page.get_by_role("note")).to_contain_text("not in the queue")
    page.get_by_role("link", name="it was decided there").click()
    expect(page.locator(".standing")).to_contain_text("Extraction error")
    serious = [
        one["id"]
        for one in Axe().run(page).response["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []
    page.keyboard.press("z")
    undecided(page, len(pairs))
    assert query(database, "FROM skipped_contradictions").rows == []


def test_an_extraction_error_of_the_second_side_leaves_the_first_ones_pairs(
    page: Page, database: Database, pairs: list[str]
) -> None:
    page.goto(f"/pair/{pairs[-2]}")  # the last witness against the chief
    page.get_by_text("Extraction error").first.click()
    page.get_by_role("button", name="second side").click()
    undecided(page, len(pairs) - 2)
    assert query(database, "SELECT contradiction_id FROM skipped_contradictions").rows == [
        (pairs[-1],)
    ]


def test_on_a_telephone_the_verdicts_stay_in_sight(page: Page, pairs: list[str]) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    for address in ("/", f"/pair/{pairs[0]}", f"/dispute/{pairs[0]}"):
        page.goto(address)
        article = page.locator(".pair").first
        article.evaluate("one => window.scrollTo(0, one.getBoundingClientRect().top)")
        for name in ("Contradiction", "Compatible", "Superseded", "Unsure"):
            expect(article.get_by_role("button", name=name)).to_be_in_viewport()
        expect(article.locator(".which summary")).to_be_in_viewport()
        # and leave most of the window to what they are about
        bar = article.locator("form:not(.collect)").bounding_box()
        assert bar and bar["height"] < 640 / 3
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    article.get_by_role("button", name="Contradiction").click()
    expect(page.locator("#told")).to_contain_text("Decided: Contradiction. Undecided: 6 of 7")


@pytest.mark.parametrize("language", ["English", "اردو"])
def test_settings_and_disagreements_are_for_everybody_and_fit_a_telephone(
    page: Page, database: Database, pairs: list[str], language: str
) -> None:
    decide(database.path, pairs[0], Verdict.COMPATIBLE, "two reports " * 9, "Ayesha")
    decide(database.path, pairs[0], Verdict.CONTRADICTION, "ایک ہی خبر " * 9, "بلال")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/progress")
    if (other := page.get_by_role("button", name=language)).count():
        other.click()
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.locator('a[href="/disagreements"]').click()
    expect(page.locator(".said > li")).to_have_count(1)
    expect(page.locator(".said .note")).to_have_text(["two reports " * 9, "ایک ہی خبر " * 9])
    for address in ("/disagreements", "/settings", f"/pair/{pairs[0]}"):
        page.goto(address)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
