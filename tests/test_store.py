"""The database: what is stored, exactly once, and what people decided."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import duckdb
import pytest
from building import Said, analysed, contradiction, speaker
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import DatabaseError, ExitStatus
from claims.model import (
    Analysed,
    Contradiction,
    Failure,
    Review,
    SpeakerKind,
    Stance,
    Verdict,
)
from claims.store import migrating, reviews
from claims.store.conflicts import save_contradictions
from claims.store.database import Database
from claims.store.runs import RunCounts, RunStatus, finish_run, known_failures, start_run
from claims.store.saving import save, stored

STORE = Path(migrating.__file__).parent

TEHRAN = speaker("Iran", SpeakerKind.STATE, ur=("تہران",))
MINISTER = speaker("The energy minister", en=("the minister",))
PAPER = speaker("Morning Paper", SpeakerKind.MEDIA)

DENIAL = analysed(
    "وزارتِ خارجہ نے جہاز بھیجنے کی تردید کی۔\nاس نے کہا کہ بندرگاہ بند ہے۔\n",
    [
        Said("جہاز بھیجنے", "وزارتِ خارجہ", "تردید کی", TEHRAN, stance=Stance.DENY, terms=("ship",)),
        Said("بندرگاہ بند ہے", "اس", "کہا", TEHRAN, terms=("port", "port")),
    ],
    outlet="روزنامہ مثال",
    language="ur",
    path="articles/denial.txt",
    published_at=datetime(2024, 3, 1, 9, 0, tzinfo=timezone(timedelta(hours=5))),
)
REPORT = analysed(
    "The dam, said the minister to Morning Paper, will open in May.\nShips were sent, he said.\n",
    [
        Said(("The dam", "will open in May"), "the minister", "said", MINISTER, PAPER),
        Said("Ships were sent", "he", "he said", TEHRAN, stance=Stance.ACCUSE, terms=("ship",)),
    ],
    path="articles/report.txt",
)
CONFLICT = contradiction(REPORT.claims[1], DENIAL.claims[0])


def rows(database: Database, sql: str) -> list[tuple[object, ...]]:
    with database.reading() as connection:
        return connection.execute(sql).fetchall()


def contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the times of writing."""
    tables = {
        "articles": "*",
        "sentences": "*",
        "speakers": "*",
        "claims": "*",
        "claim_spans": "*",
        "claim_terms": "*",
        "contradictions": "* EXCLUDE (found_at)",
        "contradiction_spans": "*",
        "reviews": "*",
    }
    return {
        table: sorted(rows(database, f"SELECT {columns} FROM {table}"), key=repr)
        for table, columns in tables.items()
    }


def decision(found: Contradiction, verdict: Verdict, minute: int = 0) -> Review:
    return Review(
        contradiction_id=found.contradiction_id,
        verdict=verdict,
        note="دیکھا گیا",
        reviewer="reviewer",
        reviewed_at=datetime(2024, 5, 1, 12, minute, tzinfo=UTC),
    )


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "claims.duckdb", wait=0.2)


@pytest.fixture
def filled(database: Database) -> Database:
    save(database, [DENIAL, REPORT])
    save_contradictions(database, [CONFLICT])
    return database


# The schema


def catalog(path: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(path) as connection:
        return connection.execute(
            "SELECT t.table_name, t.comment, c.column_index, c.column_name, c.data_type, "
            "c.is_nullable, c.column_default, c.comment FROM duckdb_tables() t "
            "JOIN duckdb_columns() c USING (table_oid) ORDER BY t.table_name, c.column_index"
        ).fetchall()


def test_migrations_build_what_schema_sql_says(database: Database, tmp_path: Path) -> None:
    with database.writing():
        pass
    with duckdb.connect(tmp_path / "schema.duckdb") as connection:
        connection.execute((STORE / "schema.sql").read_text(encoding="utf-8"))

    built = catalog(database.path)

    assert built == catalog(tmp_path / "schema.duckdb")
    assert [row for row in built if not row[1] or not row[7]] == []


def test_every_view_says_which_question_it_answers(database: Database) -> None:
    with database.writing():
        pass
    views = rows(database, "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal")
    assert {
        "denials",
        "disputed_claims",
        "claims_by_speaker",
        "speaker_timeline",
        "outlet_disagreements",
        "review_queue",
        "run_failures",
    } <= {str(name) for name, _ in views}
    assert all("?" in str(comment) for _, comment in views)


def test_views_of_an_older_program_are_replaced(filled: Database) -> None:
    with duckdb.connect(filled.path) as connection:
        connection.execute("CREATE OR REPLACE VIEW denials AS SELECT 1 AS old")
    with Database(filled.path).writing():
        pass
    assert "denied_text" in [row[0] for row in rows(filled, "DESCRIBE denials")]


# What is stored


def test_a_claim_is_stored_with_its_words_offsets_and_speaker(filled: Database) -> None:
    assert rows(
        filled,
        "SELECT speaker, source_text, cue_text, content_text, content_start, content_end, stance, "
        "via.name, published_at, outlet FROM claims LEFT JOIN speakers AS via "
        "ON claims.via_speaker_id = via.speaker_id ORDER BY outlet, content_start",
    ) == [
        (
            "The energy minister",
            "the minister",
            "said",
            "The dam … will open in May",
            0,
            61,
            "claim",
            "Morning Paper",
            None,
            "Example Daily",
        ),
        ("Iran", "he", "he said", "Ships were sent", 63, 78, "accuse", None, None, "Example Daily"),
        (
            "Iran",
            "وزارتِ خارجہ",
            "تردید کی",
            "جہاز بھیجنے",
            16,
            27,
            "deny",
            None,
            datetime(2024, 3, 1, 4, 0),
            "روزنامہ مثال",
        ),
        (
            "Iran",
            "اس",
            "کہا",
            "بندرگاہ بند ہے",
            54,
            68,
            "claim",
            None,
            datetime(2024, 3, 1, 4, 0),
            "روزنامہ مثال",
        ),
    ]


@settings(max_examples=25, deadline=None)
@given(
    words=st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
        min_size=3,
        max_size=3,
    )
)
def test_offsets_hold_in_sql_for_any_text(
    tmp_path_factory: pytest.TempPathFactory, words: list[str]
) -> None:
    source, cue, content = words
    text = f"{source}\u200d😀{cue}\u0654\r\n{content}"
    database = Database(tmp_path_factory.mktemp("offsets") / "claims.duckdb")
    one = analysed(text, [Said(content, source, cue)])
    save(database, [one])
    assert rows(database, "SELECT text FROM articles") == [(text,)]
    assert rows(
        database,
        'SELECT role, substring(text, start + 1, "end" - start) FROM claim_spans '
        "JOIN claims USING (claim_id) JOIN articles USING (article_id) ORDER BY role",
    ) == [("content", content), ("cue", cue), ("source", source)]
    assert rows(database, "SELECT text FROM sentences ORDER BY sentence_index") == [
        (text[s.start : s.end],) for s in one.document.sentences
    ]


def test_a_claim_without_content_or_speaker_is_stored(database: Database) -> None:
    one = analysed("Officials neither confirmed nor denied.", [Said((), "Officials", "confirmed")])
    save(database, [one])
    assert rows(
        database, "SELECT content_text, content_start, content_end, speaker_id, speaker FROM claims"
    ) == [("", None, None, None, None)]


def test_saving_again_changes_nothing(filled: Database) -> None:
    before = contents(filled)
    save(filled, [REPORT, DENIAL, DENIAL])
    assert save_contradictions(filled, [CONFLICT, CONFLICT]) == 1
    assert contents(filled) == before


def test_a_new_extractor_replaces_all_that_the_old_one_found(filled: Database) -> None:
    reviews.append(filled.path, decision(CONFLICT, Verdict.COMPATIBLE))
    anew = analysed(
        DENIAL.document.article.text,
        [Said("بندرگاہ بند ہے", "اس", "کہا", MINISTER, terms=("harbour",))],
        outlet="روزنامہ مثال",
        language="ur",
        extractor="extractor-2",
    )
    save(filled, [anew])

    after = contents(filled)
    assert stored(filled) == {
        anew.document.article.article_id: "extractor-2",
        REPORT.document.article.article_id: "extractor-1",
    }
    assert len(after["articles"]) == 2
    assert len(after["sentences"]) == 4
    assert len(after["claims"]) == 3
    assert {row[1] for row in after["claim_terms"]} == {"harbour", "ship"}
    assert {row[0] for row in after["claim_spans"]} == {row[0] for row in after["claims"]}
    assert after["contradictions"] == after["contradiction_spans"] == []
    assert len(after["reviews"]) == 1


def test_speakers_keep_every_spelling_and_go_with_their_last_claim(filled: Database) -> None:
    spelled = speaker("Iran", SpeakerKind.STATE, ur=("ایران", "تہران"), en=("Tehran",))
    other = analysed("ایران said nothing new.", [Said("nothing new", "ایران", speaker=spelled)])
    save(filled, [other])
    silent = analysed(REPORT.document.article.text)
    save(filled, [silent])
    assert rows(filled, "SELECT name, names FROM speakers") == [
        ("Iran", '{"ur":["تہران","ایران"],"en":["Tehran"]}')
    ]


def test_identifiers_stand_once(filled: Database) -> None:
    save(filled, [DENIAL, REPORT])
    save_contradictions(filled, [CONFLICT])
    for table, key in (
        ("articles", "article_id"),
        ("claims", "claim_id"),
        ("speakers", "speaker_id"),
        ("contradictions", "contradiction_id"),
        ("sentences", "article_id, sentence_index"),
        ("claim_spans", "claim_id, role, ordinal"),
        ("claim_terms", "claim_id, term"),
        ("contradiction_spans", "contradiction_id, side, ordinal"),
    ):
        assert rows(filled, f"FROM {table}") != []
        assert rows(filled, f"SELECT {key} FROM {table} GROUP BY ALL HAVING count(*) > 1") == []


def test_an_article_that_cannot_be_stored_takes_its_batch_with_it(filled: Database) -> None:
    before = contents(filled)
    other = analysed("Rain came, she said.", [Said("Rain came", "she", "said")])
    whole = other.claims[0].attribution
    broken = other.claims[0].model_copy(
        update={"attribution": whole.model_copy(update={"stance": None})}
    )
    with pytest.raises(duckdb.ConstraintException):
        save(filled, [analysed("All is well."), Analysed(**{**dict(other), "claims": (broken,)})])
    assert contents(filled) == before


def test_a_contradiction_of_a_claim_that_is_gone_is_left_out(database: Database) -> None:
    save(database, [DENIAL])
    assert save_contradictions(database, [CONFLICT]) == 0
    assert rows(database, "FROM contradictions") == []


# Views


def test_denials_name_the_claim_that_is_denied(filled: Database) -> None:
    assert rows(
        filled,
        "SELECT speaker, denied_text, against_text, contradictions, path FROM denials",
    ) == [("Iran", "جہاز بھیجنے", "Ships were sent", 1, "articles/denial.txt")]


def test_who_is_heard_how_often(filled: Database) -> None:
    assert rows(
        filled,
        "SELECT speaker, kind, claims, articles, outlets, denials, accusations, disputed, "
        "first_published_at FROM claims_by_speaker",
    ) == [
        ("Iran", "state", 3, 2, 2, 1, 1, 2, datetime(2024, 3, 1, 4, 0)),
        ("The energy minister", "person", 1, 1, 1, 0, 0, 0, None),
    ]


def test_a_timeline_puts_undated_claims_last(filled: Database) -> None:
    assert rows(
        filled,
        "SELECT ordinal, content_text, contradictions FROM speaker_timeline WHERE speaker = 'Iran'",
    ) == [(1, "جہاز بھیجنے", 1), (2, "بندرگاہ بند ہے", 0), (3, "Ships were sent", 1)]


def test_a_failure_of_a_run_is_a_row(database: Database) -> None:
    run = start_run(database, ["seeds"], {"claims": "0.1.0"})
    failures = [Failure(input="خالی.txt", reason="empty"), Failure(input="b.txt", reason="binary")]
    finish_run(database, run, RunStatus.DONE, RunCounts(3, 9, 1), failures)
    assert rows(database, "SELECT input, reason, status FROM run_failures") == [
        ("b.txt", "binary", "done"),
        ("خالی.txt", "empty", "done"),
    ]
    assert rows(database, "SELECT articles, claims, contradictions FROM runs") == [(3, 9, 1)]


# Reviews


def test_a_verdict_is_seen_at_once_everywhere(filled: Database) -> None:
    assert rows(filled, "SELECT contradiction_id FROM review_queue") == [
        (CONFLICT.contradiction_id,)
    ]
    reviews.append(filled.path, decision(CONFLICT, Verdict.UNSURE))
    assert rows(filled, "SELECT verdict FROM review_queue") == [("unsure",)]
    assert rows(filled, "SELECT verdict FROM outlet_disagreements") == [("unsure",)]
    reviews.append(filled.path, decision(CONFLICT, Verdict.COMPATIBLE, minute=1))
    assert rows(filled, "FROM review_queue") == []
    assert rows(filled, "FROM disputed_claims") == []
    assert rows(filled, "FROM outlet_disagreements") == []
    assert rows(filled, "SELECT verdict, decisions FROM verdicts") == [("compatible", 2)]
    assert rows(filled, "SELECT verdict, reviewed_at FROM reviews ORDER BY ALL") == [
        ("compatible", datetime(2024, 5, 1, 12, 1)),
        ("unsure", datetime(2024, 5, 1, 12, 0)),
    ]


def test_decisions_reach_the_database_with_the_next_write_once(filled: Database) -> None:
    reviews.append(filled.path, decision(CONFLICT, Verdict.CONTRADICTION))
    for _ in range(2):
        save(filled, [DENIAL])
    with duckdb.connect(filled.path, read_only=True) as other_client:
        assert other_client.execute("SELECT verdict, note FROM reviews").fetchall() == [
            ("contradiction", "دیکھا گیا")
        ]
    assert rows(filled, "SELECT count(*) FROM reviews") == [(1,)]


def test_decisions_survive_a_new_database_and_a_lost_review_file(filled: Database) -> None:
    reviews.append(filled.path, decision(CONFLICT, Verdict.SUPERSEDED))
    filled.path.unlink()
    save(filled, [DENIAL, REPORT])
    save_contradictions(filled, [CONFLICT])
    assert rows(filled, "FROM review_queue") == []

    reviews.reviews_path(filled.path).unlink()
    reviews.append(filled.path, decision(CONFLICT, Verdict.UNSURE, minute=2))
    assert rows(filled, "SELECT verdict, decisions FROM verdicts") == [("unsure", 2)]


def test_reviews_come_back_as_they_were_given(database: Database) -> None:
    local = decision(CONFLICT, Verdict.EXTRACTION_ERROR).model_copy(
        update={"reviewed_at": datetime(2024, 5, 1, 17, 0, 0, 5, timezone(timedelta(hours=5)))}
    )
    given = [decision(CONFLICT, Verdict.UNSURE, minute=9), local]
    for one in given:
        reviews.append(database.path, one)
    assert reviews.read(database.path) == given


def test_a_broken_review_file_is_named(filled: Database) -> None:
    reviews.reviews_path(filled.path).write_text("not a database, just words", encoding="utf-8")
    with pytest.raises(DatabaseError, match=r"claims\.reviews\.sqlite.*move it aside"):
        rows(filled, "FROM reviews")


# Runs


def test_a_failure_is_known_to_the_next_run_over_the_same_inputs(database: Database) -> None:
    assert known_failures(database, ["seeds"]) == set()
    assert not database.exists()
    first = start_run(database, ["seeds", "نئے"], {})
    broken = Failure(input="seeds/a.txt", reason="empty")
    finish_run(database, first, RunStatus.DONE, RunCounts(), [broken])
    other = start_run(database, ["other"], {})
    finish_run(database, other, RunStatus.DONE, RunCounts(articles=1), [])
    start_run(database, ["seeds", "نئے"], {})

    assert known_failures(database, ["seeds", "نئے"]) == {("seeds/a.txt", "empty")}
    assert known_failures(database, ["seeds"]) == set()

    mended = start_run(database, ["seeds", "نئے"], {})
    finish_run(database, mended, RunStatus.DONE, RunCounts(articles=1), [])
    assert known_failures(database, ["seeds", "نئے"]) == set()


# Opening


def test_reading_makes_and_changes_nothing(filled: Database) -> None:
    folder = filled.path.parent
    before = {file: file.read_bytes() for file in folder.iterdir()}
    stored(filled)
    assert {file: file.read_bytes() for file in folder.iterdir()} == before
    filled.path.with_name("claims.duckdb.lock").unlink()
    stored(filled)
    assert [file.name for file in folder.iterdir()] == ["claims.duckdb"]


def test_a_missing_database_is_not_made_by_a_reader(database: Database) -> None:
    assert stored(database) == {}
    with pytest.raises(DatabaseError, match=r"no database at .*claims\.duckdb; run `claims run`"):
        rows(database, "SELECT 1")
    assert list(database.path.parent.iterdir()) == []


def test_folders_are_made_and_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    deep = Database(tmp_path / "نئی" / "deep" / "claims.duckdb")
    save(deep, [DENIAL])
    assert len(stored(deep)) == 1
    empty = Database(tmp_path / "empty.duckdb")
    empty.path.touch()
    save(empty, [DENIAL])
    assert len(stored(empty)) == 1


def test_a_log_left_by_a_deleted_database_does_no_harm(database: Database) -> None:
    database.path.with_name("claims.duckdb.wal").write_bytes(b"left over" * 100)
    save(database, [DENIAL])
    assert len(stored(database)) == 1


def one_line(error: pytest.ExceptionInfo[DatabaseError]) -> str:
    message = str(error.value)
    assert "\n" not in message
    assert error.value.exit_status == ExitStatus.DATABASE
    return message


@pytest.mark.parametrize("reads", [True, False])
def test_other_files_are_refused_and_left_alone(tmp_path: Path, reads: bool) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("بازار سے دودھ لانا ہے", encoding="utf-8")
    foreign = tmp_path / "foreign.duckdb"
    with duckdb.connect(foreign) as connection:
        connection.execute("CREATE TABLE budget (amount INTEGER)")
    newer = tmp_path / "newer.duckdb"
    with Database(newer).writing() as connection:
        connection.execute("INSERT INTO schema_migrations VALUES (999, 'later', now()::TIMESTAMP)")
    for path, reason in (
        (tmp_path, "is a folder"),
        (notes, "not a DuckDB database"),
        (notes / "claims.duckdb", "no database at" if reads else "cannot be written"),
        (foreign, "not one of claims"),
        (newer, rf"schema \(999\) is newer than this program knows \({migrating.newest()}\)"),
    ):
        before = path.read_bytes() if path.is_file() else None
        with pytest.raises(DatabaseError, match=reason) as error:
            if reads:
                rows(Database(path), "SELECT 1")
            else:
                save(Database(path), [DENIAL])
        assert str(path) in one_line(error)
        assert before is None or path.read_bytes() == before


def test_a_place_that_cannot_be_written_is_told() -> None:
    with pytest.raises(DatabaseError, match="cannot be written") as error:
        save(Database(Path("/proc/claims.duckdb")), [DENIAL])
    one_line(error)


def test_two_connections_of_one_process_do_not_wait_for_ever(filled: Database) -> None:
    with filled.reading():
        assert len(stored(filled)) == 2
        with pytest.raises(DatabaseError, match="held by another connection") as error:
            save(filled, [DENIAL])
    assert "nothing was written" in one_line(error)
    save(filled, [DENIAL])


def test_reviews_lie_beside_the_database() -> None:
    assert reviews.reviews_path(Path("a/claims.duckdb")) == Path("a/claims.reviews.sqlite")
    assert reviews.reviews_path(Path("news.2024")) == Path("news.2024.reviews.sqlite")


def test_the_review_file_can_be_read_by_sqlite(database: Database) -> None:
    reviews.append(database.path, decision(CONFLICT, Verdict.UNSURE))
    with sqlite3.connect(reviews.reviews_path(database.path)) as connection:
        assert connection.execute("SELECT verdict, note FROM reviews").fetchall() == [
            ("unsure", "دیکھا گیا")
        ]


def test_the_same_claims_give_the_same_rows(tmp_path: Path) -> None:
    def claims_of(name: str, batches: list[list[Analysed]]) -> dict[str, list[tuple[object, ...]]]:
        database = Database(tmp_path / name)
        for batch in batches:
            save(database, batch)
        save_contradictions(database, [CONFLICT])
        return contents(database)

    at_once = claims_of("one.duckdb", [[DENIAL, REPORT]])
    one_by_one = claims_of("two.duckdb", [[REPORT], [DENIAL]])
    assert at_once == one_by_one
