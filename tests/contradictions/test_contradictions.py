"""Contradictions over real documents and a real DuckDB file, with claims written by hand."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from written_claims import CASES, DATA, ROOT, Annotate, Case, Said, analysed, article, seed

from claims.config.settings import ContradictionSettings
from claims.contradictions.find import find
from claims.contradictions.found_pair import contradiction_id
from claims.language.annotation import Annotator
from claims.model import (
    Article,
    Contradiction,
    ContradictionKind,
    Document,
    Stance,
)
from claims.speakers.gazetteer import Gazetteer, load_gazetteer
from claims.store.articles import save
from claims.store.contradictions import save_contradictions
from claims.store.database import Database
from claims.store.stored_pairs import best_pairs

_SETTINGS = ContradictionSettings()


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(DATA)


@pytest.fixture(scope="module")
def annotate() -> Annotate:
    annotator = Annotator()
    known: dict[str, Document] = {}

    def annotated(articles: Sequence[Article]) -> tuple[Document, ...]:
        missing = {a.article_id: a for a in articles if a.article_id not in known}
        for document in annotator.annotate(list(missing.values())):
            known[document.article.article_id] = document
        return tuple(known[article.article_id] for article in articles)

    return annotated


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "claims.duckdb")


@pytest.fixture
def seeds(database: Database, annotate: Annotate, gazetteer: Gazetteer) -> Database:
    documents = annotate([seed(name) for name in CASES.seeds])
    said = CASES.seeds.values()
    save(database, [analysed(d, s, gazetteer) for d, s in zip(documents, said, strict=True)])
    return database


def add(
    database: Database, cases: Iterable[Case], annotate: Annotate, gazetteer: Gazetteer
) -> list[frozenset[str]]:
    """Store both sides of every case; the two claim ids of each, in their order."""
    sides = [side for case in cases for side in (case.left, case.right)]
    documents = annotate(
        [
            article(told.language, told.text, f"{number}.txt", f"outlet {number}")
            for number, told in enumerate(sides)
        ]
    )
    made = [
        analysed(document, [told], gazetteer)
        for document, told in zip(documents, sides, strict=True)
    ]
    save(database, made)
    ids = [one.claims[0].claim_id for one in made]
    return [frozenset(pair) for pair in zip(ids[::2], ids[1::2], strict=True)]


def search(
    database: Database,
    settings: ContradictionSettings = _SETTINGS,
    new: Collection[str] | None = None,
) -> list[Contradiction]:
    with database.reading() as connection:
        return find(connection, settings, new)


class Side(NamedTuple):
    speaker: str
    content: str
    article: str


def side(database: Database, claim_id: str) -> Side:
    with database.reading() as connection:
        row = connection.execute(
            "SELECT speaker, content_text, text FROM claims JOIN articles USING (article_id) "
            "WHERE claim_id = ?",
            [claim_id],
        ).fetchone()
    assert row is not None
    return Side(*row)


def speakers(database: Database, one: Contradiction) -> tuple[str, str]:
    left, right = side(database, one.left_claim_id), side(database, one.right_claim_id)
    return left.speaker, right.speaker


# --- the seeds

_DISPUTED = {
    ("US media", "White House"),
    ("West", "Iran"),
    ("United States", "Iran"),
    ("Western sources", "Iran"),
}


def test_the_disputes_of_the_seeds_come_first(seeds: Database) -> None:
    best = search(seeds)[:6]
    assert {one.kind for one in best} == {ContradictionKind.DENIAL}
    assert {speakers(seeds, one) for one in best} >= _DISPUTED
    across = next(one for one in best if speakers(seeds, one)[0] == "Western sources")
    left, right = side(seeds, across.left_claim_id), side(seeds, across.right_claim_id)
    assert left.article != right.article
    assert "ڈرون کی فراہمی" in left.content


def test_nothing_else_in_the_seeds_is_a_pair(seeds: Database) -> None:
    assert {speakers(seeds, one) for one in search(seeds)} == _DISPUTED


def test_a_pair_explains_itself(seeds: Database) -> None:
    for one in search(seeds):
        left, right = side(seeds, one.left_claim_id), side(seeds, one.right_claim_id)
        assert left.speaker in one.explanation and right.speaker in one.explanation
        assert "denied" in one.explanation
        assert one.explanation.endswith(".") and "\n" not in one.explanation
        contested = {span.of(right.article) for span in one.right_words}
        assert contested & {"مسترد کر دیا", "تردید کرتا ہے"}
        for spans, words in ((one.left_words, left), (one.right_words, right)):
            assert all(a.end <= b.start for a, b in pairwise(spans))
            shared = [piece for span in spans if (piece := span.of(words.article)) in words.content]
            assert len(shared) >= 2
        if left.speaker == "Western sources":
            assert {"ڈرون", "فراہمی"} <= {span.of(left.article) for span in one.left_words}


def test_repeats_of_a_dispute_come_after_its_best(seeds: Database) -> None:
    found = search(seeds)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    told = [speakers(seeds, one) for one in found]
    assert len(set(told[:4])) == 4
    assert told.count(("US media", "White House")) > 1


def test_the_same_claims_give_the_same_pairs(seeds: Database) -> None:
    found = search(seeds)
    assert search(seeds) == found
    for one in found:
        turned = contradiction_id(one.right_claim_id, one.left_claim_id)
        assert one.contradiction_id == turned


def test_only_pairs_with_a_new_article_are_compared(seeds: Database) -> None:
    first, second = (
        {one.contradiction_id for one in search(seeds, new=[seed(name).article_id])}
        for name in ("000", "001")
    )
    assert search(seeds, new=[]) == []
    assert first | second == {one.contradiction_id for one in search(seeds)}
    assert first & second, "the pair across the two articles"
    assert first - second and second - first


def test_settings_keep_worse_pairs_out(seeds: Database) -> None:
    every = search(seeds)
    middle = every[len(every) // 2].score
    strict = search(seeds, ContradictionSettings(minimum_score=middle))
    assert 0 < len(strict) < len(every)
    close = search(seeds, ContradictionSettings(minimum_overlap=0.95))
    assert 0 < len(close) < len(every)


# --- other texts


def test_disputes_are_found(database: Database, annotate: Annotate, gazetteer: Gazetteer) -> None:
    wanted = add(database, CASES.disputes, annotate, gazetteer)
    found = {frozenset((one.left_claim_id, one.right_claim_id)): one for one in search(database)}
    for case, ids in zip(CASES.disputes, wanted, strict=True):
        assert ids in found, case.why
        negated = case.right.negated
        kind = ContradictionKind.NEGATION if negated else ContradictionKind.DENIAL
        assert found[ids].kind is kind, case.why
    assert set(found) == set(wanted)


def test_near_misses_are_no_pairs(
    database: Database, annotate: Annotate, gazetteer: Gazetteer
) -> None:
    add(database, CASES.near_misses, annotate, gazetteer)
    found = [one.explanation for one in search(database)]
    assert len(CASES.near_misses) >= 12
    assert len(found) <= 1, found


@pytest.mark.parametrize(
    ("text", "accused", "denial"),
    [
        (
            "US officials accused Moscow of jamming satellites. Moscow denied the accusation.",
            Said(
                speaker="US officials",
                stance=Stance.ACCUSE,
                source="US officials",
                cue="accused",
                content="jamming satellites",
            ),
            Said(
                speaker="Russia",
                stance=Stance.DENY,
                source="Moscow",
                cue="denied",
                content="the accusation",
            ),
        ),
        (
            "بھارت نے پاکستان پر ڈرون اڑانے کا الزام لگایا۔ پاکستان نے یہ الزام مسترد کر دیا۔",
            Said(
                speaker="India",
                stance=Stance.ACCUSE,
                source="بھارت",
                cue="الزام لگایا",
                content="ڈرون اڑانے",
            ),
            Said(
                speaker="Pakistan",
                stance=Stance.DENY,
                source="پاکستان",
                cue="مسترد کر دیا",
                content="یہ الزام",
            ),
        ),
    ],
)
def test_a_bare_denial_answers_the_accusation_before_it(
    database: Database,
    annotate: Annotate,
    gazetteer: Gazetteer,
    text: str,
    accused: Said,
    denial: Said,
) -> None:
    language = "en" if text.isascii() else "ur"
    (document,) = annotate([article(language, text)])
    save(database, [analysed(document, [accused, denial], gazetteer)])
    (one,) = search(database)
    assert speakers(database, one) == (accused.speaker, denial.speaker)
    assert one.kind is ContradictionKind.DENIAL
    assert denial.cue in {span.of(text) for span in one.right_words}
    bare = denial.model_copy(update={"content": ""})
    save(database, [analysed(document, [accused, bare], gazetteer)])
    (one,) = search(database)
    assert save_contradictions(database, [one]) == 1
    with database.reading() as connection:
        assert best_pairs(connection)[0].right.start is None
    # Another who denies is not the one accused.
    other = denial.model_copy(update={"speaker": "Ukraine"})
    save(database, [analysed(document, [accused, other], gazetteer)])
    assert search(database) == []


def test_nobody_contradicts_themselves(
    database: Database, annotate: Annotate, gazetteer: Gazetteer
) -> None:
    case = CASES.disputes[0]
    own = case.model_copy(update={"left": case.left.model_copy(update={"speaker": "Russia"})})
    add(database, [own], annotate, gazetteer)
    assert search(database) == []
    add(database, [case], annotate, gazetteer)
    assert len(search(database)) == 1


def test_a_word_of_too_many_claims_brings_none_together(
    seeds: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.contradictions.candidates.MOST_CLAIMS_OF_A_TERM", 1)
    assert search(seeds) == []


# --- the listing


def test_listing_prints_the_shape_of_the_design(seeds: Database) -> None:
    found = search(seeds)
    assert save_contradictions(seeds, found) == len(found)
    with seeds.reading() as connection:
        listed, two = best_pairs(connection), best_pairs(connection, 2)
    assert [pair.contradiction_id for pair in listed] == [one.contradiction_id for one in found]
    assert two == listed[:2]
    for pair in listed:
        line = json.loads(pair.json_line())
        assert list(line) == ["left", "right", "kind", "score", "explanation"]
        for told in (line["left"], line["right"]):
            keys = ["article", "outlet", "speaker", "stance", "text", "start", "end"]
            assert list(told) == keys
            text = (ROOT / told["article"]).read_bytes().decode("utf-8")
            assert text[told["start"] : told["end"]] == told["text"]
        assert pair.right.cue_text and pair.right.source_text
