"""The review page, as a browser without JavaScript meets it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from building import Said, analysed, contradiction
from hypothesis import given
from hypothesis import strategies as st
from reviewing import PAIR, URDU, filled, standing, visit
from starlette.testclient import TestClient
from test_store_processes import process

from claims.export.locales import direction
from claims.model import Pattern, Review, Verdict
from claims.review import decisions
from claims.review.marking import Mark, segments
from claims.review.pages.disputes import DISPUTES_A_PAGE
from claims.review.translations import isolated, texts
from claims.store import reviews
from claims.store.articles import save
from claims.store.contradictions import save_contradictions
from claims.store.database import Database
from claims.store.query import query


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return filled(tmp_path / "claims.duckdb")


@pytest.fixture
def page(database: Database) -> Iterator[TestClient]:
    with visit(database) as client:
        yield client


def undo_form(shown: str) -> dict[str, str]:
    """The fields of the form that takes the last decision back."""
    form = re.search(r'action="/undo".*?</form>', shown, re.DOTALL)
    assert form is not None
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))


def text_of(shown: str) -> str:
    """What is read on a page, without its tags."""
    return html.unescape(re.sub(r"<[^>]+>", "", shown))


def test_the_queue_shows_both_sides_with_who_says_what_and_where(page: TestClient) -> None:
    shown = page.get("/").text
    read = " ".join(text_of(shown).split())
    for words in (
        "Undecided: 1 of 1",
        "روزنامہ مثال · 6 May 2024",
        "Water minister (organisation) claims",
        "Mayor of Lahore (person) denies",
        "no date",
    ):
        assert words in read
    for role, words in (
        ("source", "وزیر آب"),
        ("cue", "دعویٰ کیا"),
        ("source", "The mayor"),
        ("cue", "denied"),
    ):
        assert f'<span class="{role}">{words}</span>' in shown
    for words in ("ڈیم بھر گیا ہے", "the dam was full"):
        mark = f'<mark class="conflict differs" data-said="differs: ">{words}</mark>'
        assert f'<span class="content">{mark}</span>' in shown
    # the sentences around it are told from its own
    assert re.search(r'<span class="context">موسم خشک ہے۔\s*</span></blockquote>', shown)


def test_every_text_tells_its_language_and_direction(page: TestClient) -> None:
    shown = page.get("/").text
    assert '<html lang="en-GB" dir="ltr">' in shown
    quotes = dict(re.findall(r'<blockquote lang="(\w+)" dir="(\w+)">', shown))
    assert quotes == {"ur": "rtl", "en": "ltr"}
    assert "<bdi>روزنامہ مثال</bdi>" in shown
    assert "<bdi>Water minister</bdi>" in shown
    # quoted words in a row keep their places in the English explanation
    assert "“<bdi>ڈیم</bdi>”, “<bdi>بھر گیا</bdi>”" in shown
    article = page.get(f"/article/{URDU.document.article.article_id}").text
    assert '<div class="text" lang="ur" dir="rtl">' in article


def test_a_decision_is_kept_shown_and_taken_back(page: TestClient, database: Database) -> None:
    decided = page.post(
        f"/pair/{PAIR.contradiction_id}/decision",
        data={"verdict": "compatible", "note": "دو الگ ڈیم\r\nہیں", "view": "queue"},
    )
    assert decided.history[0].status_code == 303
    assert decided.url.path == "/"
    assert "All decided" in decided.text
    assert "Your last decision" in decided.text
    assert standing(database) == [("compatible", "دو الگ ڈیم\nہیں", "Ayesha")]

    undone = page.post("/undo", data=undo_form(decided.text))
    assert undone.url.path == f"/pair/{PAIR.contradiction_id}"
    history = " ".join(text_of(undone.text).split())
    assert re.search(r"Compatible · taken back .* UTC دو الگ ڈیم ہیں", history)
    assert standing(database) == []
    (row,) = query(database, "SELECT verdict, note FROM review_queue").rows
    assert row == (None, None)
    assert "Your last decision" not in undone.text
    assert "Undecided: 1 of 1" in " ".join(text_of(page.get("/").text).split())


def test_undo_goes_back_decision_by_decision_to_what_others_decided(database: Database) -> None:
    decision = f"/pair/{PAIR.contradiction_id}/decision"
    with visit(database, "Bilal") as other:
        other.post(decision, data={"verdict": "superseded", "note": "older report"})
    with visit(database) as page:
        page.post(decision, data={"verdict": "contradiction"})
        shown = page.post(decision, data={"verdict": "unsure", "note": "[undo x] mine"}).text
        first = undo_form(shown)
        shown = page.post("/undo", data=first).text
        assert standing(database)[0][0] == "contradiction"
        # pressed twice, the same undo takes back one decision
        page.post("/undo", data=first)
        assert standing(database)[0][0] == "contradiction"
        shown = page.post("/undo", data=undo_form(shown)).text
        assert standing(database)[0][0] == "superseded"
        assert "older report" in str(standing(database)[0][1])
        assert 'action="/undo"' not in shown
    # nothing was overwritten
    assert [len(one) for one in reviews.kept(database.path)] == [3, 2, 0, 0]


def test_a_pair_taken_back_is_where_it_was(database: Database) -> None:
    many = analysed(
        "One said a. Two denied a. Three denied a.",
        [Said("a", "One", "said"), Said("a", "Two", "denied"), Said("a", "Three", "denied a.")],
    )
    save(database, [many])
    best = contradiction(many.claims[0], many.claims[1], 0.9)
    save_contradictions(database, [best, contradiction(many.claims[0], many.claims[2], 0.7)])

    def order(page: TestClient) -> list[str]:
        return re.findall(r'class="pair" id="pair-(\w+)"', page.get("/").text)

    with visit(database) as page:
        before = order(page)
        assert before[0] == best.contradiction_id
        decision = f"/pair/{before[0]}/decision"
        shown = page.post(decision, data={"verdict": "unsure"}).text
        assert order(page) == [*before[1:], before[0]]
        page.post("/undo", data=undo_form(shown))
        assert order(page) == before
        # from one pair to the next, in the same order
        assert f'href="/pair/{before[1]}"' in page.get(f"/pair/{before[0]}").text
        last = page.get(f"/pair/{before[2]}").text
        assert f'href="/pair/{before[1]}"' in last
        assert f'href="/pair/{before[0]}"' not in last


def test_a_long_queue_is_shown_page_by_page_without_leaving_one_out(database: Database) -> None:
    count = DISPUTES_A_PAGE + 3
    names = [f"Witness {number:02}" for number in range(count)]
    crowd = analysed(
        "Chief said it rained.\n" + "".join(f"{name} denied it.\n" for name in names),
        [
            Said("it rained", "Chief", "said"),
            *(Said("it", name, f"{name} denied") for name in names),
        ],
    )
    save(database, [crowd])
    save_contradictions(
        database, [contradiction(crowd.claims[0], denial, 0.95) for denial in crowd.claims[1:]]
    )
    with visit(database) as page:
        found = [
            re.findall(r'class="pair" id="pair-(\w+)"', page.get(f"/?page={number}").text)
            for number in (1, 2)
        ]
        assert [len(one) for one in found] == [DISPUTES_A_PAGE, 4]
        assert len(set(found[0] + found[1])) == count + 1
        assert 'rel="next"' in page.get("/").text
        # an address beyond the end, or nonsense, leads to the queue
        for address in ("/?page=99", "/?page=-1", "/?page=x"):
            assert found[0][0] in page.get(address).text


def test_the_article_is_whole_and_its_claims_are_marked_and_listed(page: TestClient) -> None:
    article = URDU.document.article
    shown = page.get(f"/article/{article.article_id}").text
    text = re.search(r'<div class="text"[^>]*>(.*?)</div>', shown, re.DOTALL)
    assert text is not None
    without_numbers = re.sub(r"<sup>.*?</sup>", "", text[1])
    assert text_of(without_numbers) == article.text
    claim_id = URDU.claims[0].claim_id
    assert f'<span class="cue">دعویٰ کیا</span><sup><a href="#claim-{claim_id}"' in text[1]
    assert f'<li id="claim-{claim_id}" ' in shown
    assert f'href="/pair/{PAIR.contradiction_id}"' in shown


def test_an_outlets_own_statement_is_shown_where_it_is_part_of_a_pair(database: Database) -> None:
    own = analysed(
        "The dam is dry. Nobody was hurt.\n",
        [Said("The dam is dry", cue="The dam is dry"), Said("Nobody was hurt", cue="Nobody")],
        outlet="Evening Star",
    )
    statements = tuple(
        one.model_copy(
            update={
                "attribution": one.attribution.model_copy(
                    update={"pattern": Pattern.UNATTRIBUTED, "cue": ()}
                )
            }
        )
        for one in own.claims
    )
    own = own.model_copy(update={"claims": statements})
    save(database, [own])
    pair = contradiction(URDU.claims[0], statements[0])
    save_contradictions(database, [pair])
    with visit(database) as page:
        read = " ".join(text_of(page.get(f"/pair/{pair.contradiction_id}").text).split())
        assert "the outlet itself claims" in read
        shown = page.get(f"/article/{own.document.article.article_id}").text
        assert f'<sup><a href="#claim-{statements[0].claim_id}"' in shown
        assert statements[1].claim_id not in shown
        printed = page.get("/outlet", params={"name": "Evening Star"}).text
        assert "The dam is dry" in printed and "Nobody was hurt" not in printed


def test_what_is_not_there_is_told(page: TestClient, tmp_path: Path) -> None:
    for path in ("/pair/0", "/article/0", "/nowhere", "/static/none.css"):
        answer = page.get(path)
        assert answer.status_code == 404
        assert "Not found" in answer.text
    assert page.get(f"/pair/{PAIR.contradiction_id}/decision").status_code == 405

    none = Database(tmp_path / "none.duckdb")
    with visit(none) as client:
        answer = client.get("/")
        assert "There is no database yet" in answer.text
        assert str(none.path) in answer.text
        assert client.get("/pair/0").status_code == 404
    assert not none.exists()

    save(none, [URDU])
    with visit(none) as client:
        assert "No contradictions" in client.get("/").text


def test_while_another_process_writes_decisions_are_kept_and_pages_say_so(
    database: Database,
) -> None:
    impatient = Database(database.path, wait=0)
    code = "with database.writing(): say('held'); time.sleep(60)"
    with visit(impatient) as page:
        assert page.get(f"/pair/{PAIR.contradiction_id}").status_code == 200  # as whoever decides
        with process(database.path, code, "held"):
            decided = page.post(
                f"/pair/{PAIR.contradiction_id}/decision", data={"verdict": "contradiction"}
            )
            assert decided.history[0].status_code == 303
            assert decided.status_code == 503
            assert int(decided.headers["retry-after"]) > 0
            assert 'http-equiv="refresh"' in decided.text
            # and nobody is in doubt about what happened to the decision
            assert "Your last decision" in decided.text
            assert [one.verdict for one in reviews.read(database.path)] == [Verdict.CONTRADICTION]
        assert "All decided" in page.get("/").text


def test_a_decision_that_cannot_be_kept_is_said_not_to_be(
    page: TestClient, database: Database
) -> None:
    reviews.reviews_path(database.path).write_bytes(b"this is no SQLite file" * 100)
    answer = page.post(f"/pair/{PAIR.contradiction_id}/decision", data={"verdict": "unsure"})
    assert answer.status_code == 503
    assert "The decision was not kept" in answer.text
    assert 'http-equiv="refresh"' not in answer.text


def test_the_latest_decision_counts_where_a_clock_was_set_back(database: Database) -> None:
    ahead = datetime(2999, 1, 1, tzinfo=UTC)
    reviews.append(
        database.path,
        Review(
            contradiction_id=PAIR.contradiction_id,
            verdict=Verdict.UNSURE,
            reviewer="Ayesha",
            reviewed_at=ahead,
        ),
    )
    decisions.decide(database.path, PAIR.contradiction_id, Verdict.COMPATIBLE, "", "Ayesha")
    assert standing(database)[0][0] == "compatible"


TEXTS = st.text(alphabet="abلاکتُّٓ\u200c\u200d 😀🏽۔\n", max_size=30)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), max_size=6))
def test_marks_keep_the_text_and_cut_no_combining_mark(
    text: str, places: list[tuple[int, int]]
) -> None:
    marks = [
        Mark(start, min(start + length, len(text)), ("source", "cue", "content")[start % 3], start)
        for start, length in places
        if start < len(text)
    ]
    made = segments(text, 0, len(text), marks)
    assert "".join(segment.text for segment in made) == text
    for segment in made[1:]:
        assert segment.text[0] not in "ُّٓ\u200c\u200d"
    for before, after in pairwise(made):
        assert (before.text[-1], after.text[0]) != ("ل", "ا")
    # every claim's number stands once
    numbers = sorted(one for segment in made for one in segment.numbers)
    assert numbers == sorted({mark.start for mark in marks})


def test_directions_come_from_the_language() -> None:
    assert [direction(code) for code in ("ur", "en", "fa-IR", "xx-none")] == [
        "rtl",
        "ltr",
        "rtl",
        "auto",
    ]
    assert isolated("a < وزیر آب, b") == "a &lt; <bdi>وزیر آب</bdi>, b"


def test_every_verdict_has_a_button_with_its_key(page: TestClient) -> None:
    shown = page.get("/").text
    buttons = dict(re.findall(r'name="verdict" value="([^"]+)".*?data-key="(\w)"', shown))
    asked = re.search(r'<summary [^>]*data-key="(\w)" data-tell="[^"]+">Extraction error', shown)
    assert asked is not None
    buttons[Verdict.EXTRACTION_ERROR.value] = asked[1]
    assert buttons == {verdict.value: said.key for verdict, said in texts().verdicts.items()}
    assert set(buttons) == set(Verdict)
    sides = re.findall(r'name="misread" value="(\w+)".*?data-key="(\w)"', shown)
    assert sides == [("first", "1"), ("second", "2"), ("both", "3")]
