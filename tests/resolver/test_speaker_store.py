"""Speakers in many writes as in one, and that a write does not touch more as the store grows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest
from test_speaker_links import article, links, voice

from benchmarks.speakers.store import batches
from claims.model import Analysed, SpeakerKind, Term, TermKind
from claims.resolver.clusters import Known, settle
from claims.resolver.decisions import Act
from claims.speakers.transliteration import load_transliteration
from claims.store.articles import put, save
from claims.store.database import Database
from claims.store.speaker_decisions import decide, decisions, undo
from claims.store.speaker_links import StoredLinks, stored_links

CONFIG = Path(__file__).resolve().parents[2] / "config"

TABLES = {
    "claims": "SELECT * FROM claims",
    "speakers": "SELECT * FROM speakers",
    "voices": "SELECT * FROM voices",
    "members": "SELECT * FROM speaker_members",
    "links": "SELECT * FROM speaker_links",
}


def tables(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.reading() as connection:
        return {
            name: sorted(connection.execute(sql).fetchall(), key=repr)
            for name, sql in TABLES.items()
        }


IRAN = voice("Iran", kind=SpeakerKind.STATE)
MOSCOW = voice("Moscow", kind=SpeakerKind.STATE, speaks_for="Russia")
BOTH = voice("Moscow and Iran", kind=SpeakerKind.GROUP, members=(MOSCOW, IRAN))
ARTICLES = [
    article(1, voice("ایڈ رینڈل", "ur"), voice("Adam Schiff")),
    article(2, voice("Ed Rendell"), BOTH),
    article(3, voice("ایڈم شیف", "ur"), IRAN, voice("Rafael Cruz")),
    article(4, voice("Ted Cruz"), voice("Ed Rendell"), voice("Sergei Rybakov")),
    article(5, voice("Sergey Ribakov"), voice("ایڈ رینڈل", "ur"), None),
    article(6, voice("سرگئی ریباکوف", "ur"), MOSCOW, voice("Rafael Cruz")),
]


def in_one(
    database: Database, linking: StoredLinks, articles: Sequence[Analysed] = ARTICLES
) -> None:
    save(database, articles, linking)


def in_many(
    database: Database, linking: StoredLinks, articles: Sequence[Analysed] = ARTICLES
) -> None:
    for one in articles:
        save(database, [one], linking)


def test_many_writes_give_the_rows_of_one(tmp_path: Path) -> None:
    one, many, cold = (Database(tmp_path / f"{name}.duckdb") for name in ("one", "many", "cold"))
    in_one(one, links())
    in_many(many, links())
    for each in ARTICLES:
        save(cold, [each], links())  # remembers nothing
    assert tables(one) == tables(many) == tables(cold)
    assert len(tables(one)["links"]) >= 3


@pytest.mark.parametrize("after", range(1, len(ARTICLES)))
def test_decisions_between_writes_give_the_rows_of_decisions_before_all(
    tmp_path: Path, after: int
) -> None:
    between, before = Database(tmp_path / "between.duckdb"), Database(tmp_path / "before.duckdb")
    ids = {name: voice(name).speaker_id for name in ("Ted Cruz", "Rafael Cruz", "Ed Rendell")}
    rendell = voice("ایڈ رینڈل", "ur").speaker_id

    def decided(database: Database) -> None:
        cruz = {"other_id": ids["Rafael Cruz"], "decided_by": "asma"}
        decide(database.path, Act.MERGE, ids["Ted Cruz"], **cruz)
        decide(database.path, Act.SPLIT, rendell, other_id=ids["Ed Rendell"], decided_by="asma")
        decide(database.path, Act.RENAME, IRAN.speaker_id, name="Persia", decided_by="asma")
        decide(database.path, Act.RENAME, MOSCOW.speaker_id, name="Nobody", decided_by="asma")
        undo(database.path, "asma")

    linking = links()
    in_many(between, linking, ARTICLES[:after])
    decided(between)
    in_many(between, linking, ARTICLES[after:])
    decided(before)
    in_one(before, links())
    assert tables(between) == tables(before)
    names = {row[1] for row in tables(before)["speakers"]}
    assert {"Ted Cruz", "Persia", "Moscow"} <= names and "Rafael Cruz" not in names


def test_reading_articles_again_in_many_writes_gives_the_rows_of_one(tmp_path: Path) -> None:
    again = [
        article(1, voice("Midge Rendell"), voice("Adam Schiff")),
        article(2, voice("Ed Rendell"), IRAN),
    ]
    found = []
    for name, way in (("one", in_one), ("many", in_many)):
        database, linking = Database(tmp_path / f"{name}.duckdb"), links()
        way(database, linking)
        way(database, linking, again)
        found.append(tables(database))
    assert found[0] == found[1]


def test_what_another_writer_stored_is_known(tmp_path: Path) -> None:
    database, mine, other = Database(tmp_path / "claims.duckdb"), links(), links()
    save(database, [article(1, voice("Adam Schiff"))], mine)
    save(database, [article(2, voice("Ed Rendell"))], other)
    save(database, [article(3, voice("ایڈ رینڈل", "ur"))], mine)
    assert [link[:2] for link in tables(database)["links"]] == [
        (voice("ایڈ رینڈل").speaker_id, voice("Ed Rendell").speaker_id)
    ]


def test_what_was_rolled_back_is_not_known(tmp_path: Path) -> None:
    database, linking = Database(tmp_path / "claims.duckdb"), links()
    save(database, [article(1, voice("Adam Schiff"))], linking)
    broken = article(2, voice("Ed Rendell"))
    (claim,) = broken.claims
    endless = Term("rendell", TermKind.WORD, 0, 2**80)  # no column holds its end
    broken = broken.model_copy(update={"terms": {claim.claim_id: (endless,)}})
    with pytest.raises(duckdb.Error):
        save(database, [broken], linking)  # fails after its voices were written
    save(database, [article(3, voice("ایڈ رینڈل", "ur"))], linking)
    assert tables(database)["links"] == []


def test_clusters_settle_as_all_links_and_decisions_do(tmp_path: Path) -> None:
    database, linking = Database(tmp_path / "claims.duckdb"), links()
    for batch in batches(60):
        save(database, batch, linking)
    with database.reading() as connection:
        stored = stored_links(connection)
    some = [link.voice_id for link in stored]
    for at in range(0, len(some) - 2, 3):
        decide(database.path, Act.MERGE, some[at], other_id=some[at + 1], decided_by="x")
        decide(database.path, Act.SPLIT, some[at], other_id=some[at + 1], decided_by="x")
        decide(
            database.path, Act.MERGE, some[at + 2], other_id=stored[at].linked_to, decided_by="x"
        )
    made = decisions(database.path)
    whole = settle(stored, made)
    known = Known(stored[:5], made)
    for link in stored[5:]:
        known.add(link)
    voices = {voice for link in stored for voice in link[:2]}
    assert {voice: known.speaker(voice) for voice in voices} == {
        voice: whole.speaker_of.get(voice, voice) for voice in voices
    }


def test_a_write_touches_no_more_as_the_store_grows(tmp_path: Path) -> None:
    """Rows that are read and written, counted: those of the last writes as those of early ones."""
    database = Database(tmp_path / "claims.duckdb")
    linking = StoredLinks(load_transliteration(CONFIG))
    counts: list[tuple[int, ...]] = []
    for batch in batches(600):
        compared = linking.linker.compared
        with database.writing() as connection:
            put(connection, batch, (), linking)
            (row,) = connection.execute(
                "SELECT (SELECT count(*) FROM touched), (SELECT count(*) FROM missing_speakers), "
                "(SELECT count(*) FROM stale), (SELECT count(*) FROM voices)"
            ).fetchall()
        counts.append((*row, linking.linker.compared - compared))
    (early, _, _, few, early_compared), (late, written, stale, many, late_compared) = (
        counts[0], counts[-1],
    )  # fmt: skip
    assert many > 3 * few
    # Fewer names are new later on, so fewer rows are touched, not more.
    assert late < early / 4 and late_compared < early_compared / 2
    assert 0 < written <= late and stale == 0
    assert linking.reads == 1
