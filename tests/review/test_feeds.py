"""A saved search, as a feed reader meets it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import feedparser
import pytest
from building import Said, analysed
from disputing import FULL, MAYOR, disputing
from lxml import etree
from reviewing import visit
from starlette.testclient import TestClient

from claims.store.articles import save

ATOM = "{http://www.w3.org/2005/Atom}"
URDU = analysed(
    "میئر نے کہا کہ <b>ڈیم</b> & نہر \x07 بند ہیں۔\n",
    [Said("<b>ڈیم</b> & نہر \x07 بند ہیں", "میئر", "کہا", MAYOR)],
    outlet="روزنامہ مثال",
    language="ur",
)
LATER = analysed(
    "The mayor said that a ferry runs.\n",
    [Said("that a ferry runs", "The mayor", "said", MAYOR)],
    published_at=datetime(2024, 6, 1, 8, 30),
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    database = disputing(tmp_path_factory.mktemp("feed") / "claims.duckdb")
    save(database, [URDU, LATER])
    with visit(database) as client:
        yield client


def test_a_search_is_an_atom_feed(page: TestClient) -> None:
    answer = page.get("/claims.atom", params={"speaker": "mayor"})
    assert answer.headers["content-type"] == "application/atom+xml"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo and feed.version == "atom10"
    assert feed.feed.title == "Claims: speaker mayor"
    assert feed.feed.updated == "2024-06-01T08:30:00+00:00"
    links = {one.rel: one.href for one in feed.feed.links}
    assert links["self"] == str(answer.request.url)
    assert links["alternate"].endswith("/claims?speaker=mayor")
    newest, *_, oldest = feed.entries
    assert newest.title == "Mayor (claim): that a ferry runs"
    assert newest.content[0].value.strip() == "The mayor said that a ferry runs."
    # what has no date is last, its signs are shown and not obeyed
    assert (oldest.content[0].language, oldest.author) == ("ur", "Mayor")
    assert "<b>ڈیم</b> & نہر \ufffd بند ہیں" in oldest.title
    contested = next(one for one in feed.entries if FULL.left_claim_id in one.id)
    related = {one.rel: one.href for one in contested.links}
    assert page.get(related["related"]).status_code == 200
    assert page.get(related["alternate"]).status_code == 200


def test_a_feed_has_what_the_standard_wants(page: TestClient) -> None:
    """RFC 4287: one id, title and updated each; entries of one feed are told apart."""
    for query in ("", "?speaker=mayor", "?text=nosuchword", "?limit=1000"):
        feed = etree.fromstring(page.get(f"/claims.atom{query}").content)
        for one in (feed, *feed.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated", "author"):
                (found,) = one.findall(ATOM + name)
                assert found.findtext(f"{ATOM}name") if name == "author" else found.text
            datetime.fromisoformat(one.findtext(f"{ATOM}updated"))
        ids = [one.text for one in feed.iter(f"{ATOM}id")]
        assert len(ids) == len(set(ids))
    same = {page.get(f"/claims.atom?speaker=mayor&{more}").text.partition("<id>")[2][:60]
            for more in ("limit=1", "limit=2", "page=2")}  # fmt: skip
    assert len(same) == 1


def test_a_search_that_is_none_is_no_feed(page: TestClient, tmp_path: Path) -> None:
    answer = page.get("/claims.atom?stance=denies")
    assert answer.status_code == 400 and "there are report, claim, deny" in answer.text
    assert page.get("/claims.atom", headers={"host": "evil.example"}).status_code == 403
