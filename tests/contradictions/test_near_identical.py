"""Near-identical articles: grouped whatever the order of the runs, and a pair shown once."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from written_claims import DATA, Annotate, Said, analysed

from claims.config.settings import ContradictionSettings
from claims.contradictions.find import find
from claims.contradictions.near_duplicates.groups import group_articles, united
from claims.contradictions.near_duplicates.minhash import Shingles
from claims.language.annotation import Annotator
from claims.model import Analysed, Article, Contradiction, Document, Review, Verdict
from claims.speakers.gazetteer import Gazetteer, load_gazetteer
from claims.store.articles import save
from claims.store.contradictions import save_contradictions
from claims.store.database import Database
from claims.store.reviews import append
from claims.store.stored_pairs import best_pairs

_SETTINGS = ContradictionSettings()
_DAY = datetime(2026, 11, 2, 9, tzinfo=UTC)

_AGENCY = (
    "Rescue workers in Gilgit searched the valley on Monday for tourists who were missing after a "
    "bridge fell into the river. The bridge was built forty years ago and was to be repaired in "
    "spring. Police closed the road to lorries and asked drivers to take the old route over the "
    "pass. The district office sent tents, blankets and two doctors to the village. "
)
_TOLL = "Officials said that 14 people had died in the river."
_OTHER = (
    "The provincial government published its own account of what happened at the bridge on Monday. "
    "Engineers had warned of the cracks in its pillars for two years, a member of the assembly "
    "told the house, and money for the repair was spent on something else. The bridge was built "
    "forty years ago and was to be repaired in spring. Police closed the road to lorries and asked "
    "drivers to take the old route over the pass. "
)
_LOWER = "Hospital sources said that 41 people had died in the river."


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(DATA)


@pytest.fixture(scope="module")
def annotate() -> Annotate:
    annotator = Annotator()

    def annotated(articles: Sequence[Article]) -> tuple[Document, ...]:
        return tuple(annotator.annotate(list(articles)))

    return annotated


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "claims.duckdb")


def article(outlet: str, text: str, day: int = 0) -> Article:
    digest = hashlib.sha256(f"{outlet}\x1f{text}".encode()).hexdigest()[:16]
    return Article(
        article_id=digest,
        outlet=outlet,
        path=f"{outlet}.txt",
        language="en",
        published_at=_DAY + timedelta(days=day),
        content_hash=hashlib.sha256(text.encode()).hexdigest()[:16],
        text=text,
    )


def bare(outlet: str, text: str, day: int = 0) -> Analysed:
    document = Document(article=article(outlet, text, day), sentences=())
    return Analysed(document=document, claims=(), terms={}, extractor="by hand")


def groups(database: Database) -> dict[str, str]:
    with database.reading() as connection:
        return dict(
            connection.execute("SELECT article_id, group_id FROM article_copies").fetchall()
        )


def texts() -> list[Analysed]:
    """A report, three reprints of it (cut, edited, with a line put before it), a version by the
    first outlet, another article, and two that are too short to tell."""
    cut = _AGENCY.rpartition(" The district")[0] + " " + _TOLL
    return [
        bare("one", _AGENCY + _TOLL),
        bare("two", (_AGENCY + _TOLL).replace("lorries", "trucks")),
        bare("three", "GILGIT (News Desk) – " + _AGENCY + _TOLL, 1),
        bare("four", cut, 2),
        bare("one", _AGENCY + _TOLL.replace("14", "15"), 1),
        bare("five", _OTHER + _LOWER),
        bare("six", "Rain is expected in Gilgit today."),
        bare("seven", "Rain is expected in Gilgit today."),
    ]


def test_reprints_are_one_group_and_others_are_not(database: Database) -> None:
    made = texts()
    save(database, made)
    assert group_articles(database, _SETTINGS) == len(made)
    found = groups(database)
    ids = [one.document.article.article_id for one in made]
    reprints = {found[name] for name in ids[:5]}
    assert reprints == {min(ids[:5])}
    assert [found[name] for name in ids[5:]] == ids[5:]


def test_versions_of_one_outlet_count_once(database: Database) -> None:
    save(database, texts())
    group_articles(database, _SETTINGS)
    with database.reading() as connection:
        row = connection.execute(
            "SELECT DISTINCT articles, outlets FROM article_copies WHERE outlet = 'one'"
        ).fetchall()
    assert row == [(5, 4)]


@pytest.mark.parametrize("seed", range(4))
def test_groups_do_not_depend_on_the_order_of_the_runs(tmp_path: Path, seed: int) -> None:
    once = Database(tmp_path / "once.duckdb")
    save(once, texts())
    group_articles(once, _SETTINGS)
    order = texts()
    random.Random(seed).shuffle(order)
    apart = Database(tmp_path / "apart.duckdb")
    for start in range(0, len(order), 1 + seed):
        save(apart, order[start : start + 1 + seed])
        group_articles(apart, _SETTINGS)
    assert groups(apart) == groups(once)


def test_nothing_new_writes_nothing(database: Database) -> None:
    save(database, texts())
    group_articles(database, _SETTINGS)
    before = database.path.stat().st_mtime_ns
    assert group_articles(database, _SETTINGS) == 0
    assert database.path.stat().st_mtime_ns == before


def test_an_article_read_again_keeps_its_group(database: Database) -> None:
    save(database, texts())
    group_articles(database, _SETTINGS)
    before = groups(database)
    save(database, texts()[1:2])
    group_articles(database, _SETTINGS)
    assert groups(database) == before


def test_another_threshold_groups_anew(database: Database) -> None:
    save(database, texts())
    group_articles(database, _SETTINGS)
    loose = len(set(groups(database).values()))
    strict = ContradictionSettings(reprint_similarity=0.95)
    assert group_articles(database, strict) == len(texts())
    assert len(set(groups(database).values())) > loose


def test_stories_of_other_days_stay_apart(database: Database) -> None:
    yearly = [bare("one", _AGENCY + _TOLL), bare("two", _AGENCY + _TOLL, 365)]
    save(database, yearly)
    group_articles(database, _SETTINGS)
    assert len(set(groups(database).values())) == 2


def test_groups_are_named_after_the_least_of_them() -> None:
    assert united({}, [("d", "b"), ("c", "d")]) == {"b": "b", "c": "b", "d": "b"}
    assert united({"b": "b", "c": "b"}, [("a", "c")]) == {"a": "a", "b": "a", "c": "a"}


def test_urdu_spellings_of_one_text_are_alike() -> None:
    shingles = Shingles(0.9, 3)
    text = (
        "کراچی میں شدید بارش کے بعد مرکزی سڑکوں پر پانی جمع ہو گیا اور شہریوں کو دفتروں تک پہنچنے "
        "میں مشکلات پیش آئیں، بلدیہ کا کہنا ہے کہ نکاسی کا کام رات تک مکمل ہو جائے گا۔"
    )
    marked = text.replace("بعد", "بعدِ").replace("،", " -")
    assert shingles.alike(shingles.signature(text), shingles.signature(marked))


# --- pairs


def told(outlet: str, text: str, said: Said, annotate: Annotate, gazetteer: Gazetteer) -> Analysed:
    (document,) = annotate([article(outlet, text)])
    return analysed(document, [said], gazetteer)


def said(sentence: str, source: str) -> Said:
    content = sentence.partition("that ")[2].rstrip(".")
    return Said.model_validate(
        {"speaker": source, "stance": "report", "source": source, "cue": "said", "content": content}
    )


@pytest.fixture(scope="module")
def stories(annotate: Annotate, gazetteer: Gazetteer) -> list[Analysed]:
    """A toll, its reprint with a word changed, and another toll in another article."""
    officials, hospital = said(_TOLL, "Officials"), said(_LOWER, "Hospital sources")
    edited = _AGENCY.replace("lorries", "trucks")
    late = _TOLL.replace("in the river", "in the cold river")
    return [
        told("one", _AGENCY + _TOLL, officials, annotate, gazetteer),
        told("two", edited + late, said(late, "Officials"), annotate, gazetteer),
        told("five", _OTHER + _LOWER, hospital, annotate, gazetteer),
    ]


def search(database: Database, new: Sequence[str] | None) -> list[Contradiction]:
    group_articles(database, _SETTINGS)
    with database.reading() as connection:
        return find(connection, _SETTINGS, new)


def shown(database: Database) -> list[tuple[int, int]]:
    with database.reading() as connection:
        return [(pair.left.outlets, pair.right.outlets) for pair in best_pairs(connection)]


def test_a_pair_is_shown_once_with_its_outlets(database: Database, stories: list[Analysed]) -> None:
    save(database, stories)
    ids = [one.document.article.article_id for one in stories]
    found = search(database, ids)
    save_contradictions(database, found, ids, "c")
    assert len(found) == 1
    assert sorted(shown(database)[0]) == [1, 2]


def test_a_reprint_that_comes_later_is_counted_with_the_pair(
    database: Database, stories: list[Analysed]
) -> None:
    ids = [one.document.article.article_id for one in stories]
    save(database, [stories[0], stories[2]])
    first = search(database, [ids[0], ids[2]])
    save_contradictions(database, first, [ids[0], ids[2]], "c")
    assert shown(database) == [(1, 1)]
    save(database, [stories[1]])
    again = search(database, [ids[1]])
    assert save_contradictions(database, again, [ids[1]], "c") == 0
    with database.reading() as connection:
        rows = connection.execute("SELECT contradiction_id FROM contradictions").fetchall()
    assert rows == [(first[0].contradiction_id,)]
    assert sorted(shown(database)[0]) == [1, 2]


def test_a_copy_comes_up_where_its_pair_goes(database: Database, stories: list[Analysed]) -> None:
    ids = [one.document.article.article_id for one in stories]
    save(database, stories)
    found = search(database, ids)
    save_contradictions(database, found, ids, "c")
    with database.reading() as connection:
        (shown_in,) = connection.execute(
            "SELECT article_id FROM claims WHERE claim_id IN "
            "(SELECT left_claim_id FROM contradictions UNION "
            "SELECT right_claim_id FROM contradictions) AND outlet IN ('one', 'two')"
        ).fetchone() or ("",)
    (gone,) = [one for one in stories if one.document.article.article_id == shown_in]
    save(database, [gone.model_copy(update={"claims": (), "terms": {}})])
    with database.reading() as connection:
        compared = {
            name
            for (name,) in connection.execute("SELECT article_id FROM compared_articles").fetchall()
        }
        copies = connection.execute("SELECT count(*) FROM contradiction_copies").fetchone()
    assert copies == (0,)
    assert compared == {ids[2]}, "the copy's article is to be compared again"


@pytest.mark.parametrize("printed", [0, 1])
def test_what_was_reviewed_stays_the_pair_that_is_shown(
    database: Database, stories: list[Analysed], printed: int
) -> None:
    save(database, [stories[printed], stories[2]])
    (pair,) = search(database, None)
    review = Review(
        contradiction_id=pair.contradiction_id,
        verdict=Verdict.CONTRADICTION,
        reviewer="somebody",
        reviewed_at=_DAY,
    )
    append(database.path, review)
    save(database, stories)
    again = search(database, [one.document.article.article_id for one in stories])
    assert [one.contradiction_id for one in again] == [pair.contradiction_id]
