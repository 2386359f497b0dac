"""JSON beside every page, as programs meet it."""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urldefrag, urljoin, urlsplit

import httpx
import pytest
from browsing import served
from building import Said, analysed, speaker
from conftest import ROOT
from disputing import FULL, GAZETTE, HERALD, MAYOR, STRIKE, disputing
from hypothesis import given, settings
from hypothesis import strategies as st
from reviewing import visit
from starlette.routing import Route
from starlette.testclient import TestClient

from claims.review.app import create_app
from claims.review.json_pages import SUFFIX
from claims.store.articles import save
from claims.store.database import Database
from claims.store.stories import put_stories

PATIENCE = 120  # seconds: much more than it takes, for machines that are busy
A_ROUTE = 2  # addresses of one route that are looked at
LINK = re.compile(r'href="(/[^"]*)"')
BESIDE = re.compile(r'<link rel="alternate" type="application/json" href="([^"]+)"')
NAMED = re.compile(r'href="/(?:article|speaker|pair|dispute|story)/([^"#?/]+)')
MANY = analysed(
    "".join(f"The mayor said {number}: well {number} was dug.\n" for number in range(120)),
    [Said(f"well {number} was dug", cue=f"said {number}:", speaker=MAYOR) for number in range(120)],
    outlet="Wells & more",
)


DIGGERS = analysed(
    "".join(f"Digger {number} said: number {number} is dry.\n" for number in range(100, 160)),
    [
        Said(f"number {number} is dry", cue=f"{number} said:", speaker=speaker(f"Digger {number}"))
        for number in range(100, 160)
    ],
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    database = disputing(tmp_path_factory.mktemp("json") / "claims.duckdb")
    save(database, [MANY, DIGGERS])
    reports = [one.document.article.article_id for one in (GAZETTE, HERALD)]
    with database.writing() as connection:
        put_stories(connection, "clusterer", {"story": (reports[0], reports)}, [])
    with visit(database) as page:
        path = f"/pair/{STRIKE.contradiction_id}/decision"
        assert page.post(path, data={"verdict": "contradiction"}).status_code == 200
    return database


@pytest.fixture(scope="module")
def site(database: Database) -> Iterator[httpx.Client]:
    with (
        served(database.path) as address,
        httpx.Client(base_url=address, timeout=PATIENCE) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def page(database: Database) -> Iterator[TestClient]:
    with visit(database) as client:
        yield client


def routes(database: Database) -> dict[str, re.Pattern[str]]:
    """The addresses of the pages that have JSON beside them, each with what fits it."""
    app = create_app(database, reviewer="Ayesha")
    found = [one for one in app.routes if isinstance(one, Route) and one.path.endswith(SUFFIX)]
    assert found
    return {one.path.removesuffix(SUFFIX): re.compile(one.path_regex) for one in found}


def documented() -> dict[str, set[str]]:
    """By address, the keys that docs/programs.md promises."""
    told = (ROOT / "docs" / "programs.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(/[^`]*?)\.json` \|(.*?)\|", told, re.MULTILINE)
    return {path: set(re.findall(r"`(\w+)`", keys)) for path, keys in rows}


def test_every_page_that_links_lead_to_answers_json_with_the_documented_keys(
    site: httpx.Client, database: Database
) -> None:
    waiting, seen = ["/"], {"/"}
    looked: defaultdict[str, int] = defaultdict(int)
    known, promised = routes(database), documented()
    assert set(known) == set(promised)
    while waiting:
        at = waiting.pop(0)
        path = urlsplit(at).path
        route = next((one for one, fits in known.items() if fits.match(path + SUFFIX)), None)
        if route is None or looked[route] == A_ROUTE:
            continue
        looked[route] += 1
        shown = site.get(at, follow_redirects=True)
        assert shown.status_code == 200, at
        beside = BESIDE.search(shown.text)
        assert beside is not None, at
        told = site.get(html.unescape(beside[1]))
        assert (told.status_code, told.headers["content-type"]) == (200, "application/json"), at
        for header in ("content-security-policy", "x-content-type-options", "cache-control"):
            assert told.headers[header] == shown.headers[header]
        assert set(told.json()) == promised[route], at
        main = shown.text.partition("<main")[2].partition("</main>")[0]
        missing = {one for one in NAMED.findall(main) if f'"{one}"' not in told.text}
        assert missing == set(), at
        for link in map(html.unescape, LINK.findall(shown.text)):
            target = urldefrag(urljoin(at, link)).url
            if target not in seen and not urlsplit(target).path.endswith(SUFFIX):
                seen.add(target)
                waiting.append(target)
    assert set(known) - set(looked) == set(), "no link of the page leads there"


def test_pages_follow_one_another_until_everything_was_told(site: httpx.Client) -> None:
    at: str | None = f"/speaker/{MAYOR.speaker_id}.json"
    claims: list[str] = []
    previous = None
    while at:
        told = site.get(at).json()
        assert told["previous"] == previous
        claims += [one["claim_id"] for one in told["said"]]
        previous, at = (at if "page=" in at else f"{at}?page=1"), told["next"]
    mine = {one.claim_id for one in MANY.claims}
    assert len(claims) == len(set(claims)) == 122
    assert mine < set(claims)
    voices: list[str] = []
    at = "/disputes.json"
    while at:
        told = site.get(at).json()
        voices += [one["speaker_id"] for one in told["speakers"]]
        at = told["next"]
    assert {one.speaker.speaker_id for one in DIGGERS.claims if one.speaker} < set(voices)
    assert len(voices) == len(set(voices))
    beyond = site.get("/.json?page=7").json()
    assert (beyond["disputes"], beyond["next"], beyond["previous"]) == ([], None, "/.json?page=6")
    named = site.get(f"/outlet.json?name={quote('Wells & more')}").json()
    assert named["next"] == "/outlet.json?name=Wells+%26+more&page=2"
    assert len(site.get(named["next"]).json()["said"]) == 50


def test_a_pair_tells_both_sides_with_their_sentences_and_the_verdict(site: httpx.Client) -> None:
    told = site.get(f"/pair/{STRIKE.contradiction_id}.json").json()
    pair = told["pair"]
    assert (pair["verdict"], pair["kind"], pair["left"]["speaker"]) == (
        "contradiction", "denial", "Union",
    )  # fmt: skip
    assert pair["left"]["passage"] == "The union said that the strike over pay was off.\n"
    assert pair["right"]["published_at"] == "2024-03-02T00:00:00Z"
    assert [one["reviewer"] for one in told["history"]] == ["Ayesha"]
    left = told["excerpts"][STRIKE.contradiction_id]["left"]
    words = "".join(one["text"] for one in left["segments"])
    assert "that the strike over pay was off" in words
    decided = site.get("/.json?decided=yes").json()
    assert (decided["total"], decided["filters"]["decided"]) == (1, "yes")
    (dispute,) = decided["disputes"]
    assert dispute["pairs"][0] == {"turned": False, **pair}


def test_what_is_refused_is_told_in_json_too(site: httpx.Client, tmp_path: Path) -> None:
    for path in ("/pair/nosuch.json", "/article/nosuch.json", "/outlet.json?name=no", "/no.json"):
        answer = site.get(path)
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "not_found"
    assert site.get("/.json", headers={"host": "evil.example"}).status_code == 403
    assert site.post("/.json").status_code == 405
    with visit(Database(tmp_path / "none.duckdb", wait=0.1)) as page:
        for path in ("/.json", "/progress.json", f"/pair/{FULL.contradiction_id}.json"):
            missing = page.get(path)
            assert missing.status_code == 404
            assert missing.json()["error"]["code"] == "no_database"


def test_a_monitor_is_told_whether_the_database_opens(site: httpx.Client, tmp_path: Path) -> None:
    assert (site.get("/healthz").status_code, site.get("/healthz").json()) == (
        200, {"status": "ok"},
    )  # fmt: skip
    assert site.get("/healthz", headers={"host": "evil.example"}).status_code == 403
    broken = tmp_path / "broken.duckdb"
    for content, reason in ((None, "no database at"), (b"no database at all", "not a DuckDB")):
        if content is not None:
            broken.write_bytes(content)
        with visit(Database(broken, wait=0.1)) as page:
            answer = page.get("/healthz")
        assert answer.status_code == 503
        assert answer.json()["status"] == "unavailable" and reason in answer.json()["reason"]


@settings(max_examples=25, deadline=None)
@given(
    path=st.sampled_from(["/", "/disputes", "/outlet", "/progress", "/sql", "/export"]),
    query=st.dictionaries(
        st.sampled_from(["page", "text", "speaker", "since", "decided", "name", "sql", "x"]),
        st.text(max_size=20),
        max_size=4,
    ),
)
def test_odd_queries_get_json(page: TestClient, path: str, query: dict[str, str]) -> None:
    asked = {name: value.encode("utf-8", "replace") for name, value in query.items()}
    answer = page.get(path + SUFFIX, params=asked)
    assert answer.status_code in (200, 404)
    json.loads(answer.text)
