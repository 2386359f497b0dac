"""Who said what about something, and when: asked of databases in both languages."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from building import Said, analysed, contradiction, speaker
from conftest import Command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading_texts import CONFIG
from reviewing import visit

from claims.errors import QueryError
from claims.model import Analysed, Stance, Term, TermKind
from claims.search.claim_query import ClaimQuery
from claims.search.index import index_claims, to_index
from claims.search.search import found_ids, search
from claims.store.articles import save
from claims.store.contradictions import save_contradictions
from claims.store.database import Database
from claims.store.query import query as sql

TRUMP = speaker("Donald Trump", en=("Donald Trump",), ur=("ڈونلڈ ٹرمپ",))
OBAMA = speaker("Barack Obama", en=("Barack Obama",), ur=("باراک اوباما",))


def report(
    outlet: str, language: str, day: datetime, text: str, *said: Said, **terms: str
) -> Analysed:
    """An article with the terms of single words, as the pipeline finds them."""
    made = analysed(text, said, outlet=outlet, language=language, published_at=day)
    found = {
        claim.claim_id: tuple(
            Term(
                term,
                TermKind.ENTITY if term.startswith("=") else TermKind.WORD,
                at := text.index(word),
                at + len(word),
            )
            for word, term in terms.items()
        )
        for claim in made.claims[:1]
    }
    updated: Analysed = made.model_copy(update={"terms": found})
    return updated


TAXES = report(
    "Example Daily",
    "en",
    datetime(2016, 9, 3),
    "Trump said that he had bought the tower with his own income.\n"
    "He denied that he had paid no taxes on income.\n",
    Said("that he had bought the tower with his own income", "Trump", "said", TRUMP),
    Said("that he had paid no taxes on income", "He", "denied", TRUMP, stance=Stance.DENY),
    bought="buy",
    taxes="~tax",
    Trump="=Donald Trump",
)
CUT = report(
    "روزنامہ مثال",
    "ur",
    datetime(2016, 9, 5),
    "اوباما نے کہا کہ ٹیکس کم ہوں گے۔\n",
    Said("ٹیکس کم ہوں گے", "اوباما", "کہا", OBAMA),
    **{"ٹیکس": "~tax", "اوباما": "=Barack Obama"},
)
PEACE = report(
    "روزنامہ مثال",
    "ur",
    datetime(2016, 10, 1),
    "صدر اوبامہ نے کہا کہ امن ضروری ہے۔\n",
    Said("امن ضروری ہے", "صدر اوبامہ", "کہا", OBAMA),
)
TALKS = report(
    "Example Daily",
    "en",
    datetime(2016, 10, 2),
    "The U.S. talks with Iran could fail, the president warned.\n",
    Said("talks with Iran could fail", "the president", "warned", OBAMA, stance=Stance.WARN),
)
NAMES = dict(
    zip(
        ("bought", "unpaid", "cut", "peace", "talks"),
        (one.claim_id for made in (TAXES, CUT, PEACE, TALKS) for one in made.claims),
        strict=True,
    )
)
PAIR = contradiction(TAXES.claims[0], TAXES.claims[1])


def cases(name: str) -> list[Any]:
    return list(yaml.safe_load((Path(__file__).parent / name).read_text("utf-8")))


def filled(path: Path) -> Database:
    database = Database(path, wait=5)
    save(database, [TAXES, CUT, PEACE, TALKS])
    save_contradictions(database, [PAIR])
    return database


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    made = filled(tmp_path_factory.mktemp("search") / "claims.duckdb")
    assert index_claims(made, CONFIG) == len(NAMES)
    return made


def asked(database: Database, **asking: Any) -> Any:
    with database.reading() as connection:
        return search(connection, ClaimQuery.read({"meaning": "no"} | asking), config=CONFIG)


@pytest.mark.parametrize("case", cases("queries.yaml"), ids=lambda case: str(case["ask"]))
def test_claims_are_found(database: Database, case: dict[str, Any]) -> None:
    found = asked(database, **{name: str(value) for name, value in case["ask"].items()})
    known = {claim: name for name, claim in NAMES.items()}
    assert [known[one.claim_id] for one in found.claims] == case["find"]
    assert found.claims or found.advice


@pytest.mark.parametrize("case", cases("refused.yaml"), ids=lambda case: str(case["ask"]))
def test_what_is_no_query_is_told_in_one_line(database: Database, case: dict[str, Any]) -> None:
    with pytest.raises(QueryError) as refused:
        asked(database, **{name: str(value) for name, value in case["ask"].items()})
    assert case["told"] in str(refused.value) and "\n" not in str(refused.value)
    page = visit(database).get("/claims", params=case["ask"])
    assert page.status_code == 400 and 'role="alert"' in page.text


@pytest.mark.parametrize(
    ("asking", "found"),
    [
        ({"text": "Putin"}, 10),
        ({"text": "پیوٹن"}, 10),
        ({"speaker": "Putin"}, 10),
        ({"text": "drones"}, 5),
        ({"text": "Ukraine drone"}, 3),
        ({"language": "en"}, 0),
    ],
)
def test_the_seeds_are_found_in_either_script(
    seeds_database: Database, asking: dict[str, str], found: int
) -> None:
    assert asked(seeds_database, **asking).total >= min(found, 1)


def test_a_line_tells_who_when_where_and_what_stands_against_it(database: Database) -> None:
    (one,) = asked(database, text="taxes", stance="deny").claims
    assert (one.named, one.day.isoformat(), one.outlet) == (
        "Donald Trump",
        "2016-09-03",
        "Example Daily",
    )
    assert one.passage == "He denied that he had paid no taxes on income.\n"
    (content,) = one.content
    said = one.passage[content.start - one.start : content.end - one.start]
    assert said == one.content_text == "that he had paid no taxes on income"
    assert (one.contradictions, one.contradiction_id) == (1, PAIR.contradiction_id)


def test_facets_count_all_pages_and_narrow_to_as_many(database: Database) -> None:
    found = asked(database, limit=1)
    assert found.total == len(NAMES) and found.more
    for field, values in found.facets.items():
        for one in values:
            narrowed = (
                {"since": one.value, "until": one.value} if field == "month" else {field: one.value}
            )
            assert asked(database, **narrowed).total == one.claims, (field, one)
    with database.reading() as connection:
        every = found_ids(connection, ClaimQuery(limit=1, page=3), config=CONFIG)
    assert sorted(every) == sorted(NAMES.values())


def test_what_could_be_tried_is_told_where_nothing_is_found(
    database: Database, tmp_path: Path
) -> None:
    assert asked(database, text="bougt").advice == (
        "No claim has the word “bougt”; claims have bought.",
    )
    assert "without the words" in str(asked(database, text="zebra", stance="deny").advice)
    assert "quotation marks" in str(asked(database, text='"income taxes"').advice)
    empty = Database(tmp_path / "empty.duckdb")
    with empty.writing():
        pass
    assert "`claims run` reads articles" in asked(empty, text="dam").advice[0]


def test_what_is_not_indexed_yet_is_found_and_then_indexed_once(tmp_path: Path) -> None:
    database = filled(tmp_path / "claims.duckdb")
    assert [one.claim_id for one in asked(database, text="taxes income").claims] == [
        NAMES["unpaid"]
    ]
    assert to_index(database, CONFIG)
    assert index_claims(database, CONFIG) == len(NAMES)
    assert not to_index(database, CONFIG) and index_claims(database, CONFIG) == 0
    save(database, [CUT])  # read again
    assert sql(database, "SELECT count(*) FROM claim_words").rows == [(len(NAMES) - 1,)]
    assert index_claims(database, CONFIG) == 1


def test_a_claim_in_other_words_and_another_language_is_near(tmp_path: Path) -> None:
    from claims.language.encoder.sentence_vectors import encode, encoder_name
    from claims.store.vectors import put_vectors

    database = filled(tmp_path / "claims.duckdb")
    with database.writing() as connection:
        rows = connection.execute("SELECT claim_id, content_text FROM claims").fetchall()
        made = encode([content for _, content in rows])
        vectors = dict(zip((claim for claim, _ in rows), made, strict=True))
        put_vectors(connection, encoder_name(), vectors, False)
    for text, name in (
        ("peace is necessary", "peace"),
        ("تہران سے بات چیت ناکام ہو سکتی ہے", "talks"),
        ("negotiations in Tehran may collapse", "talks"),
    ):
        with database.reading() as connection:
            found = search(connection, ClaimQuery(text=text), config=CONFIG)
        assert not found.claims
        assert [one.claim_id for one in found.near] == [NAMES[name]], text
    assert not asked(database, text="peace is necessary").near


def test_the_command_tells_what_was_found_and_what_was_not(
    database: Database, command: Command
) -> None:
    where = ("--database", database.path)
    done = command("search", "taxes", "--speaker", "Trump", "--format", "json", *where)
    told = json.loads(done.stdout)
    assert done.returncode == 0 and told["total"] == 1
    assert told["facets"]["month"] == [{"value": "2016-09", "label": "2016-09", "claims": 1}]
    table = command("search", "income", *where)
    assert "1 to 2 of 2 claims" in table.stdout and "disputed" in table.stdout
    nothing = command("search", "zebra", "--no-meaning", *where)
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert nothing.stderr.startswith("claims: no claim was found")
    wrong = command("search", "--since", "2016-13", *where)
    assert wrong.returncode == 2 and wrong.stderr.count("\n") == 1


def test_words_are_searched_for_without_pytorch() -> None:
    code = "import sys, claims.cli.main, claims.search.search; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "False\n", done.stderr


ODD = st.text(
    st.sampled_from("a\"“”«taxes اوبامہ\u200c\u064b\0%_()[]{}|*+?.\\'-0۲\n\ud800ﷺ"), max_size=60
)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(
        st.sampled_from([*ClaimQuery.model_fields, "x"]),
        st.one_of(ODD, st.sampled_from(["2016-09", "deny", "yes", "best", "-1", "9" * 30])),
        max_size=4,
    )
)
def test_odd_queries_are_answered_or_told_in_one_line(
    database: Database, asking: dict[str, str]
) -> None:
    try:
        found = asked(database, **asking | {"meaning": "no"})
    except QueryError as refused:
        assert "\n" not in str(refused)
    else:
        assert found.total >= len(found.claims)
