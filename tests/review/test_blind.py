"""Several reviewers judge each pair, and none sees what another said before saying it too."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from browsing import browser, needs_chromium, served
from disputing import FULL, FULL_ACROSS, FULL_TURNED, GAZETTE, HERALD, PAIRS, STRIKE, disputing
from playwright.sync_api import expect
from reviewing import visit
from starlette.testclient import TestClient

from claims.model import Verdict
from claims.review import blind
from claims.review.agreement import agreements, disagreements
from claims.review.decisions import decide
from claims.store import reviews
from claims.store.database import Database
from claims.store.stories import put_stories

A_SORT = 8  # addresses of one sort that are looked at
SECRET = "what Bilal wrote"
LINK = re.compile(r'href="(/[^"]*)"')


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = disputing(tmp_path / "claims.duckdb")
    for pair in PAIRS:
        decide(database.path, pair.contradiction_id, Verdict.COMPATIBLE, SECRET, "Bilal")
    reports = [one.document.article.article_id for one in (GAZETTE, HERALD)]
    with database.writing() as connection:
        put_stories(connection, "clusterer", {"story": (reports[0], reports)}, [])
    return database


@pytest.fixture
def page(database: Database) -> Iterator[TestClient]:
    with visit(database, judges=2) as client:
        yield client


def addresses(page: TestClient) -> list[str]:
    """What links of the page lead to, page and JSON, some of each sort; nothing to take away."""
    waiting, seen = ["/", "/claims.atom"], {"/"}
    sorts: Counter[str] = Counter()
    found = []
    while waiting:
        at = waiting.pop(0)
        path = urlsplit(at).path
        sort = f"{path.split('/')[1]} {path.endswith('.json')} {'?' in at}"
        sorts[sort] += 1
        if sorts[sort] > A_SORT:
            continue
        found.append(at)
        for link in map(html.unescape, LINK.findall(page.get(at).text)):
            target = urldefrag(urljoin(at, link)).url
            if target not in seen and not urlsplit(target).path.startswith(("/static", "/sql")):
                seen.add(target)
                waiting.append(target)
    return found


def undecided(page: TestClient) -> int:
    return int(page.get("/.json").json()["progress"]["undecided"])


def test_nothing_that_the_page_shows_tells_what_another_decided(page: TestClient) -> None:
    found = addresses(page)
    for place in (
        "/pair/",
        "/dispute/",
        "/disagreements",
        "/folders",
        "/story/",
        "/claims.atom",
        "/.json",
    ):
        assert any(one.startswith(place) for one in found), place
    for at in found:
        shown = page.get(at).text
        assert SECRET not in shown and "Bilal" not in shown, at
        # the verdict stands only where the page explains what there is to choose
        assert ':"compatible"' not in shown or not urlsplit(at).path.endswith(".json"), at
        assert 'class="standing"' not in shown, at
    told = page.get(f"/pair/{STRIKE.contradiction_id}.json").json()
    assert (told["pair"]["verdict"], told["history"], told["skipped"]) == (None, [], [])
    counted = page.get("/progress.json").json()
    assert (counted["verdicts"], counted["reviewers"]) == ({}, [])


def test_what_would_show_it_all_is_closed(page: TestClient) -> None:
    asked = page.post("/sql", data={"sql": "FROM reviews", "format": "json"})
    assert asked.status_code == 403 and SECRET not in asked.text
    for form in ("claimreview", "contradictions", "csv"):
        taken = page.get(f"/export/{form}")
        assert taken.status_code == 403 and SECRET not in taken.text


def test_ones_own_decision_opens_the_others_and_undo_closes_them(
    page: TestClient, database: Database
) -> None:
    path = f"/pair/{STRIKE.contradiction_id}"
    page.post(f"{path}/decision", data={"verdict": "unsure"})  # that is no judgement
    assert SECRET not in page.get(path).text
    page.post(f"{path}/decision", data={"verdict": "superseded"})
    assert SECRET in page.get(path).text
    assert SECRET not in page.get(f"/pair/{FULL.contradiction_id}").text
    differing = page.get("/disagreements.json").json()
    assert [one["contradiction_id"] for one in differing["disagreements"]] == [
        STRIKE.contradiction_id
    ]
    assert SECRET in page.get("/disagreements").text
    last = reviews.standing(database.path)[-1]
    page.post("/undo", data={"reviewed_at": last.reviewed_at.isoformat()})
    assert SECRET not in page.get(path).text
    assert page.get("/disagreements.json").json()["disagreements"] == []


def test_each_has_a_queue_until_enough_have_judged(database: Database) -> None:
    names = ("Ayesha", "Chandni")
    with visit(database, "Ayesha", judges=2) as one, visit(database, "Chandni", judges=2) as other:
        assert [undecided(one), undecided(other)] == [len(PAIRS)] * 2
        path = f"/pair/{STRIKE.contradiction_id}"
        one.post(f"{path}/decision", data={"verdict": "contradiction"})
        # Bilal and Ayesha have judged it: nobody else is asked
        assert [undecided(one), undecided(other)] == [len(PAIRS) - 1] * 2
        assert STRIKE.contradiction_id not in other.get("/").text
        shown = other.get(path)
        assert "Enough reviewers have judged it" in shown.text and names[0] not in shown.text
    with visit(database, "Chandni", judges=3) as other:
        assert undecided(other) == len(PAIRS)
    with visit(database, "Chandni") as alone:  # one judge a pair: what Bilal decided holds
        assert undecided(alone) == 0


def test_kappa_and_disagreements_are_of_the_pairs_that_both_judged(database: Database) -> None:
    for pair, verdict in (
        (FULL, Verdict.COMPATIBLE),
        (FULL_ACROSS, Verdict.SUPERSEDED),
        (FULL_TURNED, Verdict.UNSURE),
    ):
        decide(database.path, pair.contradiction_id, verdict, "", "Ayesha")
    decided = reviews.standing(database.path)
    (both,) = agreements(decided)
    assert (both.one, both.other, both.pairs, both.agreed) == ("Ayesha", "Bilal", 2, 1)
    assert both.kappa == 0  # no more than chance: one of them always says the same
    (differing,) = disagreements(decided)
    assert differing.contradiction_id == FULL_ACROSS.contradiction_id
    assert [one.reviewer for one in differing.decisions] == ["Bilal", "Ayesha"]
    # who judged none of them sees none
    assert blind.seen(decided, "Chandni") == []


@needs_chromium
def test_two_browsers_judge_blind(database: Database) -> None:
    with served(database.path, judges=2) as address, browser() as chromium:
        seen = []
        for name, key in (("Asma", "c"), ("Dawood", "m")):
            page = chromium.new_context(base_url=address).new_page()
            page.goto("/")
            page.locator(".reviewer summary").click()
            page.locator(".reviewer input[name=value]").fill(name)
            page.locator(".reviewer button").click()
            page.goto(f"/pair/{FULL.contradiction_id}")
            expect(page.locator(".history")).to_contain_text("Nobody decided yet")
            page.keyboard.press(key)
            expect(page.locator(".last b")).to_be_visible()
            page.goto(f"/pair/{FULL.contradiction_id}")
            seen.append(page.locator(".history tbody tr").count())
            page.context.close()
        assert seen == [2, 3]  # Bilal and Asma; and Dawood
