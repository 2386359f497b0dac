"""Articles into stories: who belongs together, and what a story is called run after run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from building import analysed
from storing import rows

from claims.config.settings import StorySettings
from claims.model import Analysed
from claims.store.addresses import Seen, record, unrecorded
from claims.store.articles import save
from claims.store.database import Database
from claims.store.pruning import prune
from claims.stories.clustering import formed
from claims.stories.fingerprint import articles_without_story
from claims.stories.identity import Changed, StoryChange, identified, story_name
from claims.stories.lead import lead
from claims.stories.likeness import Group, StoryWeights, learned
from claims.stories.update import update_stories

SETTINGS = StorySettings()
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)

FLOOD = (
    "Heavy rain broke the dam at Qandil on Monday and flooded eleven villages in the Zarafshan "
    "valley, rescuers said. At least nineteen people are missing.",
    "Nineteen people are missing after the Qandil dam burst and water swept through villages of "
    "the Zarafshan valley, officials told reporters on Monday.",
    "قندیل ڈیم ٹوٹنے سے وادی زرفشان کے گیارہ دیہات زیرِ آب آ گئے اور انیس افراد لاپتہ ہیں، "
    "امدادی کارکنوں نے پیر کو بتایا۔",
)
WEDDING = (
    "The actress Mira Holm married the racing driver Jon Beck in a small chapel near Lake Como, "
    "her agent confirmed.",
    "Jon Beck, the racing driver, and the actress Mira Holm have married at Lake Como, according "
    "to her agent.",
)
ELSEWHERE = (
    "The central bank of Norlandia kept its interest rate at four per cent and said that prices "
    "would rise more slowly next year."
)


def report(
    text: str, outlet: str = "Example Daily", at: datetime | None = None, language: str = "en"
) -> Analysed:
    return analysed(text, outlet=outlet, published_at=at, language=language)


def told(database: Database) -> dict[str, set[str]]:
    """Which articles, by the first words of their texts, are in which story."""
    found: dict[str, set[str]] = {}
    for story, text in rows(
        database, "SELECT story_id, text FROM story_articles JOIN articles USING (article_id)"
    ):
        found.setdefault(str(story), set()).add(str(text))
    return found


def stories(database: Database) -> set[frozenset[str]]:
    return {frozenset(texts) for texts in told(database).values()}


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "claims.duckdb")


def test_articles_about_one_event_are_one_story(database: Database) -> None:
    """Across outlets and, where they are dated, languages; who is alone is a story of its own."""
    save(
        database,
        [
            report(FLOOD[0], "A", MONDAY),
            report(FLOOD[1], "B", MONDAY + timedelta(hours=5)),
            report(FLOOD[2], "C", MONDAY + timedelta(hours=9), "ur"),
            report(WEDDING[0], "A", MONDAY),
            report(WEDDING[1], "B", MONDAY),
            report(ELSEWHERE, "A", MONDAY),
        ],
    )
    assert articles_without_story(database, SETTINGS) == 6
    assert update_stories(database, SETTINGS) == 6
    assert articles_without_story(database, SETTINGS) == 0
    assert stories(database) == {frozenset(FLOOD), frozenset(WEDDING), frozenset({ELSEWHERE})}
    coverage = rows(
        database,
        "SELECT articles, outlets, outlet_names, languages, first_on = last_on "
        "FROM story_coverage ORDER BY articles DESC, outlets DESC",
    )
    assert coverage[0] == (3, 3, ["A", "B", "C"], ["en", "ur"], True)
    assert [row[0] for row in coverage] == [3, 2, 1]


def test_what_comes_later_joins_its_story_and_leaves_its_name(database: Database) -> None:
    save(database, [report(FLOOD[0], "A"), report(WEDDING[0], "A")])
    update_stories(database, SETTINGS)
    before = {text: story for story, texts in told(database).items() for text in texts}
    save(database, [report(FLOOD[1], "B"), report(WEDDING[1], "B")])
    update_stories(database, SETTINGS)
    assert told(database) == {
        before[FLOOD[0]]: {FLOOD[0], FLOOD[1]},
        before[WEDDING[0]]: set(WEDDING),
    }
    assert rows(database, "FROM story_changes") == []
    # Nothing new, nothing written.
    written = database.path.stat().st_mtime_ns
    assert update_stories(database, SETTINGS) == 0
    assert database.path.stat().st_mtime_ns == written


def test_the_same_again_months_later_is_another_story(database: Database) -> None:
    later = FLOOD[1].replace("Nineteen", "Seven")
    save(database, [report(FLOOD[0], "A", MONDAY)])
    save(database, [report(later, "B", MONDAY + timedelta(days=60))])
    update_stories(database, SETTINGS)
    assert stories(database) == {frozenset({FLOOD[0]}), frozenset({later})}


def test_other_weights_form_stories_anew(database: Database) -> None:
    save(database, [report(text, f"outlet {n}") for n, text in enumerate((*FLOOD[:2], ELSEWHERE))])
    update_stories(database, SETTINGS)
    named = next(story for story, texts in told(database).items() if FLOOD[0] in texts)
    strict = learned().model_copy(update={"base": -1000.0})
    assert update_stories(database, SETTINGS, strict) == 3
    assert len(told(database)) == 3
    assert named in told(database)
    assert rows(database, "SELECT change, story_id FROM story_changes") == [("split", named)]
    assert update_stories(database, SETTINGS) == 3
    assert named in told(database)
    assert [texts for texts in told(database).values() if FLOOD[0] in texts] == [set(FLOOD[:2])]


def test_an_edited_version_stays_in_its_story(database: Database) -> None:
    """Whatever the outlet made of it."""
    first, edited = report(FLOOD[0], "A"), report(ELSEWHERE, "A")
    save(database, [first])
    update_stories(database, SETTINGS)
    name = set(told(database))
    save(database, [edited])
    address = "https://a.example/flood"
    seen = [
        Seen("A", address, one.document.article.article_id, MONDAY + timedelta(hours=hours))
        for hours, one in enumerate((first, edited))
    ]
    record(database, unrecorded(database, seen))
    update_stories(database, SETTINGS)
    assert set(told(database)) == name
    assert stories(database) == {frozenset({FLOOD[0], ELSEWHERE})}
    assert rows(database, "SELECT articles, outlets FROM story_coverage") == [(1, 1)]


def test_what_is_pruned_leaves_its_story(database: Database) -> None:
    now = datetime.now(UTC)
    save(database, [report(FLOOD[0], "A", now - timedelta(days=4)), report(FLOOD[1], "B", now)])
    save(database, [report(ELSEWHERE, "A", now - timedelta(days=4))])
    update_stories(database, SETTINGS)
    name = next(story for story, texts in told(database).items() if FLOOD[1] in texts)
    prune(database, timedelta(days=3))
    assert told(database) == {name: {FLOOD[1]}}
    assert rows(database, "SELECT articles, headline FROM story_coverage") == [(1, FLOOD[1][:120])]
    for table in ("article_vectors", "article_terms", "story_links", "stories"):
        named = "other_id" if table == "story_links" else "article_id"
        if table != "stories":
            left = rows(database, f"SELECT DISTINCT {named} FROM {table}")
            assert len(left) <= 1
    assert len(rows(database, "FROM stories")) == 1


def test_switched_off_nothing_is_gathered(database: Database) -> None:
    save(database, [report(FLOOD[0])])
    assert update_stories(database, StorySettings(enabled=False)) == 0
    assert told(database) == {}


# Forming groups


def group(name: str, place: float, day: int | None = None) -> Group:
    """An article on a half circle: how near two are is the cosine of the angle between."""
    vector = np.array([np.cos(place), np.sin(place)], dtype=np.float32)
    days = (0.0, 0) if day is None else (float(day), 1)
    return Group((name,), vector, {}, {"en": 1}, *days)


WEIGHTS = StoryWeights(meaning=10.0, words=0.0, days=-1.0, languages=0.0, base=-9.0)


def test_a_chain_is_not_one_story() -> None:
    chain = {name: group(name, at * 0.3) for at, name in enumerate("abcdef")}
    links = [(one, other) for one in chain for other in chain if one < other]
    groups = formed(chain, links, WEIGHTS)
    assert max(map(len, groups)) < 4
    assert ("a", "b") in groups


def test_order_does_not_matter() -> None:
    articles = {name: group(name, at) for name, at in zip("abcd", (0, 0.1, 0.5, 0.55), strict=True)}
    links = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "c")]
    found = set()
    for order in permutations(range(4)):
        names = [sorted(articles)[n] for n in order]
        given = {name: group(name, [0, 0.1, 0.5, 0.55]["abcd".index(name)]) for name in names}
        found.add(tuple(formed(given, [links[n] for n in order], WEIGHTS)))
    assert found == {(("a", "b"), ("c", "d"))}


def test_days_keep_apart_what_is_alike() -> None:
    near = {"a": group("a", 0, 1), "b": group("b", 0, 2)}
    far = {"a": group("a", 0, 1), "b": group("b", 0, 20)}
    undated = {"a": group("a", 0, 1), "b": group("b", 0)}
    assert formed(near, [("a", "b")], WEIGHTS) == [("a", "b")]
    assert formed(far, [("a", "b")], WEIGHTS) == [("a",), ("b",)]
    assert formed(undated, [("a", "b")], WEIGHTS) == [("a", "b")]


# Names of stories


def test_a_story_goes_on_as_who_has_most_of_it() -> None:
    before = {"a": "one", "b": "one", "c": "one", "d": "two", "e": "two"}
    now, changes = identified([("a", "b"), ("c",), ("d", "e", "f")], before)
    assert {name: tuple(group) for name, group in now.items()} == {
        "one": ("a", "b"),
        story_name("c"): ("c",),
        "two": ("d", "e", "f"),
    }
    assert changes == [Changed(StoryChange.SPLIT, "one", story_name("c"), 1)]


def test_of_two_stories_that_are_one_the_larger_stays() -> None:
    now, changes = identified([("a", "b", "c")], {"a": "small", "b": "large", "c": "large"})
    assert list(now) == ["large"]
    assert changes == [Changed(StoryChange.MERGE, "large", "small", 1)]


def test_no_two_stories_have_one_name() -> None:
    """The story that an article named goes on without it."""
    named = story_name("a")
    now, _ = identified([("a",), ("b", "c")], {"a": named, "b": named, "c": named})
    assert tuple(now[named]) == ("b", "c")
    assert len(now) == 2
    elsewhere, _ = identified([("a",)], {"a": named}, elsewhere={named})
    assert list(elsewhere) == [story_name("a", 1)]


# What of an article is read


@pytest.mark.parametrize(
    ("title", "text", "read"),
    [
        ("Dam bursts in the north", "Nineteen are missing.", "Dam bursts in the north\nNineteen"),
        ("Dam bursts in the north", "Dam bursts in the north\nNineteen are", "Dam bursts in the"),
        ("body 64", "Nineteen are missing.", "Nineteen are"),
        (None, "Nineteen are missing.", "Nineteen are"),
    ],
)
def test_a_lead_has_the_title_once(title: str | None, text: str, read: str) -> None:
    assert lead(title, text).startswith(read)
    assert lead(title, text).count("Dam bursts") <= 1
