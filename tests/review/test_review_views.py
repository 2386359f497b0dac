"""What a reader looks for on the review page, and where it stands in the address."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from building import Said, analysed, contradiction, speaker
from reviewing import ADDRESS, visit
from starlette.testclient import TestClient
from storing import holding

from claims.model import (
    Analysed,
    Contradiction,
    ContradictionKind,
    Review,
    SpeakerKind,
    Stance,
    Verdict,
)
from claims.review import agreement, catalogue
from claims.review.charts import timeline
from claims.review.filters import Filters
from claims.review.speakers_outlets import Day
from claims.review.translations import languages, texts
from claims.store import reviews
from claims.store.articles import save
from claims.store.contradictions import save_contradictions
from claims.store.database import Database
from claims.store.query import query

MINISTRY = speaker("Ministry of Water", SpeakerKind.ORGANISATION, ur=("وزارتِ آب",))
MAYOR = speaker("Mayor of Lahore", ur=("میئر لاہور", "میئر"))
UNION = speaker("Farmers' Union", SpeakerKind.GROUP, ur=("کسان اتحاد",))


def said(outlet: str, language: str, day: int | None, text: str, one: Said) -> Analysed:
    when = None if day is None else datetime(2024, 3, day, 22, 30)
    return analysed(text, [one], outlet=outlet, language=language, published_at=when)


FULL = said(
    "روزنامہ مثال",
    "ur",
    1,
    "وزارت آب نے کہا کہ ڈیم بھر گیا ہے۔\n",
    Said("ڈیم بھر گیا ہے", "وزارت آب", "کہا", MINISTRY),
)
EMPTY = said(
    "Example Daily",
    "en",
    9,
    "The mayor denied that the dam was full.\n",
    Said("the dam was full", "The mayor", "denied", MAYOR, stance=Stance.DENY),
)
DRY = said(
    "Example Daily",
    "en",
    20,
    "The union said the canals are dry.\n",
    Said("the canals are dry", "The union", "said", UNION),
)
SOME = said(
    "Evening Star",
    "en",
    None,
    "A clerk said the canals hold water.\n",
    Said("the canals hold water", "A clerk", "said"),
)
DENIED = contradiction(FULL.claims[0], EMPTY.claims[0], 0.9)
LATER = contradiction(EMPTY.claims[0], DRY.claims[0], 0.8).model_copy(
    update={"kind": ContradictionKind.OPPOSITE}
)
UNDATED = contradiction(DRY.claims[0], SOME.claims[0], 0.7)
ALL = (DENIED, LATER, UNDATED)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return holding(tmp_path / "claims.duckdb", [FULL, EMPTY, DRY, SOME], ALL)


@pytest.fixture
def page(database: Database) -> Iterator[TestClient]:
    with visit(database) as client:
        yield client


def found(page: TestClient, /, **filters: str) -> list[Contradiction]:
    shown = page.get("/", params=filters).text
    ids = re.findall(r'class="pair" id="pair-(\w+)"', shown)
    assert f"<output>Pairs: {len(ids)}</output>" in shown
    by_id = {one.contradiction_id: one for one in ALL}
    return [by_id[one] for one in ids]


def decide(page: TestClient, pair: Contradiction, verdict: str, /, **more: str) -> str:
    answer = page.post(
        f"/pair/{pair.contradiction_id}/decision",
        data={"verdict": verdict, **more},
        follow_redirects=False,
    )
    assert answer.status_code == 303
    return answer.headers["location"]


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({}, ALL),
        ({"speaker": "وزارت آب"}, [DENIED]),  # without the vowel sign of the known spelling
        ({"speaker": "ministry"}, [DENIED]),
        ({"speaker": "ميئر"}, [DENIED, LATER]),  # typed with the Arabic yeh
        ({"speaker": "clerk"}, [UNDATED]),  # not resolved: as printed
        ({"speaker": "ur"}, []),  # the code of a language, and no part of a name
        ({"text": "ڈیم"}, [DENIED]),
        ({"text": "CANALS  are"}, [LATER, UNDATED]),
        ({"text": "100%"}, []),
        ({"outlet": "Evening Star"}, [UNDATED]),
        ({"language": "ur"}, [DENIED]),
        ({"kind": "opposite"}, [LATER]),
        ({"stance": "deny"}, [DENIED, LATER]),
        ({"since": "2024-03-20"}, [LATER, UNDATED]),
        ({"until": "2024-03-01"}, [DENIED]),  # the whole day counts
        ({"since": "2024-03-02", "until": "2024-03-08"}, []),
        # one side has to fit all that is asked of a claim
        ({"speaker": "union", "stance": "deny"}, []),
        ({"voice": MAYOR.speaker_id, "against": UNION.speaker_id}, [LATER]),
        ({"decided": "yes"}, []),
        ({"decided": "all"}, ALL),
        ({"since": "tomorrow", "decided": "perhaps", "page": "x", "unknown": "1"}, ALL),
    ],
)
def test_a_filter_leaves_the_pairs_that_fit(
    page: TestClient, filters: dict[str, str], wanted: list[Contradiction]
) -> None:
    assert found(page, **filters) == list(wanted)


def test_filters_stay_in_every_address(page: TestClient) -> None:
    query_ = "speaker=%D9%85%DB%8C%D8%A6%D8%B1&decided=all"
    shown = page.get(f"/?{query_}").text
    assert 'value="میئر"' in shown
    link = html.unescape(re.findall(r'href="(/pair/[^"]+)"', shown)[0])
    assert link == f"/pair/{DENIED.contradiction_id}?{query_}"
    # on a pair's page, next and previous walk through what was found
    one = page.get(link).text
    assert html.escape(f"/pair/{LATER.contradiction_id}?{query_}") in one
    last = page.get(f"/pair/{LATER.contradiction_id}?{query_}").text
    assert UNDATED.contradiction_id not in last
    # and so do decisions, wherever they are made
    assert decide(page, DENIED, "unsure", filters=query_, view="queue", page="1") == (
        f"/?{query_}&page=1"
    )
    assert decide(
        page, LATER, "unsure", filters=query_, view="pair", following=DENIED.contradiction_id
    ) == (f"/pair/{DENIED.contradiction_id}?{query_}")


def test_next_goes_through_all_and_skip_to_what_is_undecided(page: TestClient) -> None:
    decide(page, LATER, "compatible")
    shown = page.get(f"/pair/{DENIED.contradiction_id}?decided=all").text
    links = {
        key: html.unescape(link)
        for link, key in re.findall(r'<a href="([^"]+)" data-key="(\w)"', shown)
    }
    assert links["j"] == f"/pair/{LATER.contradiction_id}?decided=all"
    assert links["x"] == f"/pair/{UNDATED.contradiction_id}?decided=all"
    assert found(page, decided="yes") == [LATER]
    assert found(page) == [DENIED, UNDATED]


def test_a_filter_is_read_back_from_its_own_address() -> None:
    filters = Filters.read({"text": "a & b=c", "since": "2024-03-01", "decided": "all", "kind": ""})
    client = TestClient(lambda *_: None)  # type: ignore[arg-type]
    url = client.build_request("GET", f"http://x{filters.link('/', page=2)}").url
    assert Filters.read(dict(url.params)) == filters
    assert url.params["page"] == "2"
    assert Filters().link("/") == "/"


def test_a_speaker_has_a_page(page: TestClient) -> None:
    shown = page.get(f"/speaker/{MAYOR.speaker_id}").text
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", shown)).split())
    assert "میئر لاہور، میئر" in text
    # whoever denies contradicts, sooner or later
    assert "Whom they contradict Farmers' Union : 1 Ministry of Water : 1" in text
    assert "Who contradicts them nobody" in text
    assert "the dam was full" in text
    assert "<svg" in shown
    union = page.get(f"/speaker/{UNION.speaker_id}").text
    assert (
        html.escape(f"/?voice={UNION.speaker_id}&against={MAYOR.speaker_id}&decided=all") in union
    )
    assert page.get("/speaker/nobody").status_code == 404


def test_an_outlet_has_a_page(page: TestClient) -> None:
    shown = page.get("/outlet", params={"name": "Example Daily"}).text
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", shown)).split())
    for words in (
        "Articles: 2 · 9 Mar 2024 – 20 Mar 2024",
        "Mayor of Lahore : 1",
        "Evening Star : 1",
        "روزنامہ مثال : 1",
    ):
        assert words in text
    undated = page.get("/outlet", params={"name": "Evening Star"}).text
    assert "Claims without a date: 1" in undated
    assert page.get("/outlet", params={"name": "None"}).status_code == 404


def test_the_matrix_shows_who_disputes_whom_until_a_reviewer_rejects_it(page: TestClient) -> None:
    def cells() -> list[str]:
        return [
            html.unescape(one)
            for one in re.findall(
                r'<a href="[^"]+" aria-label="([^"]+)"', page.get("/disputes").text
            )
        ]

    assert sorted(cells()) == [
        "Mayor of Lahore contradicts Farmers' Union: 1",
        "Mayor of Lahore contradicts Ministry of Water: 1",
    ]
    decide(page, LATER, "extraction error")
    assert cells() == ["Mayor of Lahore contradicts Ministry of Water: 1"]


def test_bars_of_a_timeline_hold_every_claim_and_are_never_too_many() -> None:
    days = [Day(None, 3, 0)] + [
        Day(datetime.fromordinal(738000 + number * 13).date(), number + 1, number // 2)
        for number in range(300)
    ]
    chart = timeline(days)
    assert chart.undated == 3
    assert len(chart.bars) <= 60
    assert sum(bar.claims for bar in chart.bars) == sum(range(1, 301))
    assert sum(bar.disputed for bar in chart.bars) == sum(one.disputed for one in days)
    assert max(bar.height for bar in chart.bars) == chart.height
    assert all(bar.disputed_height <= bar.height for bar in chart.bars)
    assert chart.bars[0].first == days[1].day
    assert chart.bars[-1].last == days[-1].day
    assert timeline([]).bars == []


def review(pair: str, verdict: Verdict, who: str, minute: int, note: str = "") -> Review:
    when = datetime(2024, 5, 1, 12, minute, tzinfo=UTC)
    return Review(contradiction_id=pair, verdict=verdict, reviewer=who, reviewed_at=when, note=note)


def test_agreement_counts_what_both_decided_and_how_far_beyond_chance() -> None:
    yes, no, unsure = Verdict.CONTRADICTION, Verdict.COMPATIBLE, Verdict.UNSURE
    # 20 and 5, 10 and 15 of 50: the example by which kappa is usually explained, kappa 0.4
    ours = [yes] * 25 + [no] * 25
    theirs = [yes] * 20 + [no] * 5 + [yes] * 10 + [no] * 15
    decided = [review(f"p{n}", verdict, "A", 0) for n, verdict in enumerate(ours)]
    decided += [review(f"p{n}", verdict, "B", 1) for n, verdict in enumerate(theirs)]
    decided += [review("p0", no, "A", 2), review("p0", yes, "A", 3), review("q", yes, "A", 4)]
    decided += [review("r", yes, "A", 5), review("r", unsure, "B", 6)]
    (found_,) = agreement.agreements(decided)
    assert (found_.one, found_.other, found_.pairs, found_.agreed) == ("A", "B", 50, 35)
    assert found_.kappa == pytest.approx(0.4)
    assert found_.differing[:2] == ["p20", "p21"] and len(found_.differing) == 15
    first, second = agreement.reviewers(decided)
    assert (first.name, first.pairs, first.verdicts["contradiction"]) == ("A", 52, 27)
    assert second.verdicts == {"contradiction": 30, "compatible": 20, "unsure": 1}
    (same,) = agreement.agreements(
        [review("p", yes, "A", 1), review("p", yes, "B", 2), review("x", yes, "A", 3)]
    )
    assert same.kappa is None


def test_progress_and_the_name_that_one_decides_under(database: Database) -> None:
    with visit(database, "Bilal") as page:
        decide(page, DENIED, "contradiction")
        answer = page.post("/reviewer", data={"value": " عائشہ\x00 <b>", "here": "/progress"})
        assert answer.url.path == "/progress"
        assert "<bdi>عائشہ &lt;b&gt;</bdi>" in answer.text
        decide(page, DENIED, "compatible")
        decide(page, LATER, "contradiction")
        shown = html.unescape(re.sub(r"<[^>]+>", " ", page.get("/progress").text))
        text = " ".join(shown.split())
        assert "decided: 2 of 3" in text
        assert "Bilal · عائشہ <b> 1 0 (0%) 0.00 1" in text
        assert "Contradiction: 1" in text and "Compatible: 1" in text
    assert [one.reviewer for one in reviews.read(database.path)] == [
        "Bilal",
        "عائشہ <b>",
        "عائشہ <b>",
    ]


def test_decisions_stay_when_claims_come_and_when_the_file_is_replaced(
    page: TestClient, database: Database
) -> None:
    decide(page, DENIED, "contradiction")
    save(database, [said("New", "en", 2, "He said no.\n", Said("no", "He", "said", UNION))])
    assert found(page, decided="yes") == [DENIED]
    database.path.unlink()
    again = Database(database.path, wait=5)
    save(again, [FULL, EMPTY, DRY])
    save_contradictions(again, ALL)
    assert found(page, decided="yes") == [DENIED]
    assert "Ayesha" in page.get(f"/pair/{DENIED.contradiction_id}").text


def test_the_page_speaks_urdu_and_remembers_it(page: TestClient) -> None:
    shown = page.post("/language", data={"value": "ur", "here": "/?stance=deny"})
    assert str(shown.url) == f"{ADDRESS}/?stance=deny"
    assert '<html lang="ur" dir="rtl">' in shown.text
    assert "تضادات" in shown.text
    # why a pair conflicts, with its words isolated
    assert "</bdi> نے کہی: <bdi>وزارتِ آب</bdi> کے ہاں ”<bdi>ڈیم بھر گیا ہے</bdi>“" in shown.text
    # the other texts keep their own direction
    assert '<blockquote lang="en" dir="ltr">' in shown.text
    assert '<html lang="ur"' in page.get("/sql").text
    assert '<html lang="en-GB"' in page.post("/language", data={"value": "xx"}).text
    for address in ("//evil.example", "https://evil.example", "/\\evil.example", "x", "/a\r\nb: c"):
        answer = page.post(
            "/language", data={"value": "ur", "here": address}, follow_redirects=False
        )
        assert answer.headers["location"] == "/"


def test_all_languages_say_the_same_things() -> None:
    english = texts("en-GB")
    for language in languages():
        other = texts(language)
        assert other.words.keys() == english.words.keys()
        assert other.keys.keys() == english.keys.keys()
        assert other.exports.keys() == english.exports.keys()
        keys = [one.key for one in other.verdicts.values()]
        assert keys == [one.key for one in english.verdicts.values()]
        # a name that a dictionary has already would be printed instead of the words
        assert not set(other.words) & (set(dir(dict)) - {"keys"})
        for example in catalogue.examples():
            assert example.question[language]


def test_every_example_answers_and_every_view_is_explained(
    page: TestClient, database: Database
) -> None:
    for example in catalogue.examples():
        assert query(database, example.sql).columns
        assert page.get("/sql", params={"sql": example.sql}).status_code == 200
    with database.reading() as connection:
        relations = catalogue.relations(connection)
    names = {one.name for one in relations}
    assert {"claims", "denials", "speaker_timeline", "review_queue", "reviews"} <= names
    assert not {"schema_migrations", "claim_terms"} & names
    assert all(one.comment for one in relations)
    (claims,) = (one for one in relations if one.name == "claims")
    assert all(column.comment for column in claims.columns)


def test_the_query_box(page: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(sql: str, form: str = "table", **headers: str) -> tuple[int, str]:
        answer = page.post("/sql", data={"sql": sql, "format": form}, headers=headers)
        return answer.status_code, answer.text

    assert ask("SELECT 'a,b' AS x, NULL AS y", "csv") == (200, '\ufeffx,y\n"a,b",\n')
    assert ask("SELECT 1 AS x", "json") == (200, '[\n {"x": 1}\n]\n')
    status, shown = ask("SELECT '<b>' AS x FROM range(501)")
    assert (
        status == 200
        and "Rows: 500 (there are more)" in shown
        and '<td dir="auto">&lt;b&gt;' in shown
    )
    for refused in ("DELETE FROM claims", "SELECT 1; SELECT 2", "FROM '/etc/passwd'", "nonsense"):
        status, shown = ask(refused)
        assert status == 400 and 'role="alert"' in shown
    monkeypatch.setattr("claims.store.bounded_query.SECONDS", 0.2)
    status, shown = ask(
        "SELECT count(*) FROM range(10000000) a, range(1000000) b WHERE (a.range * b.range) % 7 = 3"
    )
    assert status == 400 and "stopped after 0.2 seconds" in shown
    assert found(page) == list(ALL)
