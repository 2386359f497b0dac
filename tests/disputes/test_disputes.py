"""Contradictions become disputes: what is contested once, with its sides."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Mapping
from datetime import datetime
from itertools import combinations
from pathlib import Path

import pytest
from disputing import (
    FULL,
    FULL_ACROSS,
    FULL_TURNED,
    GAZETTE,
    HERALD,
    PAIRS,
    STRIKE,
    disputing,
)
from storing import decision, rows

from claims.disputes.clustering import clusters
from claims.disputes.contested_pair import ContestedPair, ContestedSide
from claims.disputes.grouping import grouped
from claims.disputes.identifiers import named
from claims.disputes.likeness import Likeness, TermWeights
from claims.disputes.likenesses import Likenesses
from claims.disputes.regroup import regroup, to_regroup
from claims.model import Contradiction, ContradictionKind, Verdict
from claims.store import reviews
from claims.store.contradictions import save_contradictions
from claims.store.database import Database
from claims.store.stored_disputes import StoredDispute, best_disputes

COMPARED = [one.document.article.article_id for one in (GAZETTE, HERALD)]


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return disputing(tmp_path / "claims.duckdb")


def shown(database: Database) -> list[StoredDispute]:
    with database.reading() as connection:
        return best_disputes(connection)


def members(database: Database) -> dict[str, set[str]]:
    """The pairs of each dispute."""
    found: dict[str, set[str]] = {}
    for dispute, pair in rows(database, "SELECT dispute_id, contradiction_id FROM dispute_pairs"):
        found.setdefault(str(dispute), set()).add(str(pair))
    return found


def ids(*pairs: Contradiction) -> set[str]:
    return {one.contradiction_id for one in pairs}


def contested(name: str, left: str, right: str, **more: object) -> ContestedPair:
    """A pair whose sides are about the words that are given."""
    sides = (
        ContestedSide(f"{name}{words}", words, frozenset(words.split())) for words in (left, right)
    )
    fields: dict[str, object] = {"kind": ContradictionKind.DENIAL, "score": 0.5}
    fields |= {"areas": frozenset({"one"}), "found_at": datetime(2024, 1, 1)}
    return ContestedPair(name, left=next(sides), right=next(sides), **(fields | more))  # type: ignore[arg-type]


def test_pairs_about_one_thing_are_one_dispute_and_others_of_their_articles_another(
    database: Database,
) -> None:
    assert sorted(members(database).values(), key=len) == [
        ids(STRIKE),
        ids(FULL, FULL_ACROSS, FULL_TURNED),
    ]


def test_a_dispute_has_its_sides_with_voices_outlets_and_the_clearest_words(
    database: Database,
) -> None:
    assert rows(
        database,
        "SELECT side, list_sort(voices), list_sort(outlets), claims, clearest_text, "
        "last_published_at FROM dispute_sides WHERE dispute_id = "
        "(SELECT dispute_id FROM dispute_pairs WHERE contradiction_id = "
        f"'{FULL.contradiction_id}') "
        "ORDER BY side",
    ) == [
        (
            "asserts",
            ["Engineers", "Mayor"],
            ["Gazette", "Herald"],
            2,
            "that the river had filled the dam by spring",
            datetime(2024, 3, 5),
        ),
        # what a pair has on its left another may have on its right
        (
            "contests",
            ["Minister"],
            ["Gazette", "Herald"],
            2,
            "the dam being full",
            datetime(2024, 3, 5),
        ),
        ("reports both", [], ["Gazette", "Herald"], 4, None, datetime(2024, 3, 5)),
    ]


def test_disputes_come_best_first_and_leave_with_their_last_open_pair(database: Database) -> None:
    questions = "SELECT pairs, undecided, kinds, contradiction_id FROM open_disputes"
    strike = (1, 1, "denial", STRIKE.contradiction_id)
    assert rows(database, questions) == [(3, 3, "denial", FULL.contradiction_id), strike]

    reviews.append(database.path, decision(FULL, Verdict.CONTRADICTION))
    reviews.append(database.path, decision(FULL_TURNED, Verdict.COMPATIBLE))
    assert rows(database, questions) == [strike, (3, 1, "denial", FULL_ACROSS.contradiction_id)]
    reviews.append(database.path, decision(FULL_ACROSS, Verdict.COMPATIBLE))
    assert rows(database, questions) == [strike]
    # it still stands by the pair that was confirmed, with what this pair says alone
    (confirmed,) = (one for one in shown(database) if len(one.members) > 1)
    assert confirmed.best.contradiction_id == FULL.contradiction_id
    assert confirmed.asserting.voices == ("Mayor",)
    assert confirmed.outlets_of_both == ("Gazette",)


def test_a_dispute_keeps_its_identifier_when_pairs_come_and_go(tmp_path: Path) -> None:
    database = disputing(tmp_path / "claims.duckdb", FULL, STRIKE)
    before = members(database)
    reviews.append(database.path, decision(FULL, Verdict.COMPATIBLE))
    assert regroup(database) == 0 and not to_regroup(database)

    save_contradictions(database, PAIRS)
    assert to_regroup(database)
    regroup(database)
    (same,) = (one for one, pairs in before.items() if FULL.contradiction_id in pairs)
    assert members(database)[same] == ids(FULL, FULL_ACROSS, FULL_TURNED)
    assert rows(database, "SELECT verdict FROM verdicts") == [("compatible",)]

    # found again without the pair that it began with, and without the strike
    save_contradictions(database, [FULL_ACROSS, FULL_TURNED], COMPARED, "again")
    regroup(database)
    assert {one: pairs - ids(FULL) for one, pairs in members(database).items()} == {
        same: ids(FULL_ACROSS, FULL_TURNED)
    }
    assert rows(database, "SELECT dispute_id FROM disputes") == [(same,)]


def test_of_disputes_that_become_one_the_oldest_identifier_stays() -> None:

    known = {"old": datetime(2024, 1, 1), "new": datetime(2024, 2, 1)}
    a, b = (contested(name, "x", "y", dispute_id="new") for name in "ab")
    c = contested("c", "x", "y", dispute_id="old")
    assert named([[a, b, c]], known) == ["old"]
    # one falls apart: what a person decided about stays where it was
    d = contested("d", "x", "y", dispute_id="new", reviewed=True)
    first, second, third = named([[a, b], [d], [c]], known)
    assert (second, third) == ("new", "old")
    assert first not in known
    assert named([[a, b]], {}, taken={first}) != [first]


def test_a_chain_of_likenesses_is_no_dispute() -> None:
    chain, everything = Likenesses(), Likenesses()
    for one in range(30):
        chain.add((other, Likeness(0.5, False)) for other in range(one + 1, min(one + 2, 30)))
        everything.add((other, Likeness(0.5, False)) for other in range(one + 1, 30))
    assert max(map(len, clusters(chain, 0.24))) <= 3
    assert clusters(everything, 0.24) == [list(range(30))]


def test_groups_are_those_of_average_linkage_done_plainly() -> None:
    chance = random.Random(3)
    for members in (2, 9, 24):
        alike = Likenesses()
        found: dict[tuple[int, int], float] = {}
        for one in range(members):
            row = {other: chance.choice((0.0, 0.1, 0.3, 0.5)) for other in range(one + 1, members)}
            row = {other: score for other, score in row.items() if chance.random() < 0.5}
            alike.add((other, Likeness(score, False)) for other, score in row.items())
            found |= {(one, other): score for other, score in row.items()}
        assert clusters(alike, 0.24) == _plainly(members, found, 0.24)


def _plainly(members: int, found: Mapping[tuple[int, int], float], least: float) -> list[list[int]]:
    groups = {member: [member] for member in range(members)}

    def average(one: int, other: int) -> float:
        pairs = [sorted((a, b)) for a in groups[one] for b in groups[other]]
        return sum(found.get((a, b), 0.0) for a, b in pairs) / len(pairs)

    for number in range(members, 2 * members):
        both = combinations(sorted(groups), 2)
        best = min(((-average(*two), *two) for two in both), default=(0.0, 0, 0))
        if -best[0] < least:
            break
        groups[number] = groups.pop(best[1]) + groups.pop(best[2])
    return sorted(map(sorted, groups.values()))


def test_what_terms_weigh_does_not_depend_on_the_order_of_a_set() -> None:
    counts = {f"term {number}": number % 7 for number in range(12)}
    orders = (list(counts), list(counts)[::-1], sorted(counts, key=hash))
    weighed = {TermWeights(counts, 99).total(frozenset(order)) for order in orders}
    assert weighed == {math.fsum(map(TermWeights(counts, 99).weight, counts))}


def test_a_figure_and_a_name_of_one_sentence_are_two_disputes() -> None:
    def pair(name: str, kind: ContradictionKind, *points: str) -> ContestedPair:
        about = frozenset({"dead", "fire", "mill"})
        left, right = (
            ContestedSide(words, words, about | {point}, frozenset({point}))
            for words, point in zip(("report", name), points, strict=True)
        )
        areas = frozenset({"one"})
        return ContestedPair(name, kind, 0.8, left, right, areas, datetime(2024, 1, 1))

    quantity, entity = ContradictionKind.QUANTITY, ContradictionKind.ENTITY
    found = [
        pair("first count", quantity, "#12", "#14"),
        pair("second count", quantity, "#12", "#15"),
        pair("place", entity, "=Lahore", "=Multan"),
    ]
    groups = grouped(found, TermWeights({}, 4))
    assert sorted(len(group) for group in groups) == [1, 2]


def test_superseded_figures_are_a_timeline_and_no_contradiction(tmp_path: Path) -> None:
    older = FULL_ACROSS.model_copy(update={"kind": ContradictionKind.SUPERSEDED})
    database = disputing(tmp_path / "claims.duckdb", FULL, older)
    assert rows(database, "SELECT pairs, undecided FROM open_disputes") == [(1, 1)]
    (dispute,) = shown(database)
    assert [one.contradiction_id for one in dispute.pairs] == [FULL.contradiction_id]
    assert dispute.contesting.outlets == ("Gazette",)
    told = json.loads(dispute.json_line())
    assert [(one["date"], one["outlet"], one["superseded"]) for one in told["timeline"]] == [
        ("2024-03-02", "Gazette", False),
        ("2024-03-02", "Gazette", False),
        ("2024-03-05", "Herald", True),
    ]
    # alone they are nothing to decide
    assert shown(disputing(tmp_path / "alone.duckdb", older)) == []


def test_pairs_that_no_run_has_grouped_yet_are_shown_each_alone(database: Database) -> None:
    with database.writing() as connection:
        connection.execute("DELETE FROM dispute_pairs")
    assert [one.dispute_id for one in shown(database)] == [
        one.contradiction_id for one in sorted(PAIRS, key=lambda pair: -pair.score)
    ]
