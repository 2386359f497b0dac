"""The database between processes: waiting, refusing, and being killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from building import Said, analysed, contradiction, speaker

from claims.errors import DatabaseError
from claims.model import Analysed, Failure, Review, Verdict
from claims.store import reviews
from claims.store.articles import save, stored
from claims.store.contradictions import save_contradictions
from claims.store.database import Database
from claims.store.query import query
from claims.store.runs import RunCounts, RunStatus, finish_run, mark_interrupted, start_run

HERE = Path(__file__).parent

PREAMBLE = f"""
import sys, time
sys.path[:0] = [{str(HERE)!r}, {str(HERE.parent)!r}]
from datetime import UTC, datetime
from pathlib import Path
from test_store_processes import batch, SENTENCES, CLAIMS
from claims.model import Review, Verdict
from claims.store import reviews
from claims.store.contradictions import save_contradictions
from claims.store.database import Database
from claims.store.query import query
from claims.store.runs import start_run
from claims.store.articles import put, save
database = Database(Path(sys.argv[1]), wait=60)
def say(word):
    print(word, flush=True)
"""

SENTENCES = 12
CLAIMS = 6


def batch(articles: int, first: int = 0) -> list[Analysed]:
    """Articles of ``SENTENCES`` sentences and ``CLAIMS`` claims each."""
    made = []
    for number in range(first, first + articles):
        text = "".join(
            f"وزیر {line} نے کہا کہ پل {number} کا حصہ {line} بند ہے۔\n"
            for line in range(SENTENCES)
        )
        said = [
            Said(
                f"حصہ {line} بند", f"وزیر {line}", "کہا", speaker(f"Minister {line}"), terms=("پل",)
            )
            for line in range(CLAIMS)
        ]
        made.append(analysed(text, said, language="ur", path=f"bridges/{number}.txt"))
    return made


@contextmanager
def process(path: Path, code: str, *until: str) -> Iterator[subprocess.Popen[str]]:
    """Run ``code`` in another process until it printed the words ``until``; kill it at the end."""
    running = subprocess.Popen(
        [sys.executable, "-c", PREAMBLE + textwrap.dedent(code), str(path)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert running.stdout is not None
        for word in until:
            assert running.stdout.readline().strip() == word
        yield running
    finally:
        running.kill()
        running.communicate()


def finished(running: subprocess.Popen[str]) -> str:
    """What it printed until it ended well."""
    out, _ = running.communicate(timeout=60)
    assert running.returncode == 0
    return out


def check_whole(path: Path) -> set[str]:
    """The stored articles, after making sure that each is whole, and nothing else is there."""
    with Database(path, wait=20).reading() as connection:
        articles = {
            row[0] for row in connection.execute("SELECT article_id FROM articles").fetchall()
        }
        for table, each in (("articles", 1), ("sentences", SENTENCES), ("claims", CLAIMS)):
            counted = connection.execute(
                f"SELECT article_id, count(*) FROM {table} GROUP BY ALL"
            ).fetchall()
            assert dict(counted) == dict.fromkeys(articles, each)
            assert len(counted) == len(articles)
        for table, each in (("claim_spans", 3), ("claim_terms", 1)):
            assert connection.execute(
                f"SELECT count(*), count(DISTINCT claim_id) FROM {table}"
            ).fetchall() == [(len(articles) * CLAIMS * each, len(articles) * CLAIMS)]
        assert connection.execute("SELECT count(*) FROM speakers").fetchall() == [
            (CLAIMS if articles else 0,)
        ]
    return articles


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "claims.duckdb"


def test_a_database_held_by_another_process_is_told_with_its_number(path: Path) -> None:
    save(Database(path), batch(1))
    code = "with database.writing(): say('held'); time.sleep(60)"
    with process(path, code, "held") as holder:
        with pytest.raises(DatabaseError) as to_write:
            save(Database(path, wait=0.3), batch(1, first=1))
        with pytest.raises(DatabaseError) as to_read:
            stored(Database(path, wait=0))
    assert str(to_write.value) == (
        f"{path}: held by another process (PID {holder.pid}); close it or raise database.wait in "
        "pipeline.yaml; nothing was written"
    )
    assert f"(PID {holder.pid})" in str(to_read.value)
    assert len(check_whole(path)) == 1


def test_a_database_held_by_another_program_is_told_with_its_number(path: Path) -> None:
    save(Database(path), batch(1))
    code = "import duckdb; c = duckdb.connect(sys.argv[1]); say('held'); time.sleep(60)"
    with process(path, code, "held") as holder:
        for attempt in (
            lambda: save(Database(path, wait=0.3), batch(1)),
            lambda: stored(Database(path, 0.3)),
        ):
            with pytest.raises(
                DatabaseError, match=rf"held by another process \(PID {holder.pid}\)"
            ):
                attempt()


def test_who_waits_long_enough_gets_in(path: Path) -> None:
    save(Database(path), batch(1))
    code = "with database.writing(): say('held'); time.sleep(1.5)"
    with process(path, code, "held"):
        assert len(stored(Database(path, wait=30))) == 1
    with process(path, code, "held"):
        save(Database(path, wait=30), batch(1, first=1))
    assert len(check_whole(path)) == 2


def test_a_reader_gets_in_while_a_writer_waits_for_a_long_reading(path: Path) -> None:
    save(Database(path), batch(1))
    code = "say('waiting'); save(database, batch(1, first=1)); say('saved')"
    with Database(path).reading() as long_reading, process(path, code, "waiting") as writer:
        time.sleep(0.5)
        with process(path, "say(len(query(database, 'FROM articles').rows))", "1"):
            pass
        assert writer.poll() is None
        assert long_reading.execute("SELECT count(*) FROM articles").fetchall() == [(1,)]
        long_reading.close()
        assert finished(writer).split() == ["saved"]
    assert len(check_whole(path)) == 2


def test_a_writer_gets_in_between_readers_that_overlap(path: Path) -> None:
    save(Database(path), batch(1))
    code = """
        say('reading')
        while True:
            with database.reading() as connection:
                connection.execute('FROM claims').fetchall()
                time.sleep(0.1)
    """
    with (
        process(path, code, "reading"),
        process(path, code, "reading"),
        process(path, code, "reading"),
    ):
        for number in range(1, 4):
            save(Database(path, wait=30), batch(1, first=number))
    assert len(check_whole(path)) == 4


def test_a_reader_gets_in_beside_a_writer_that_never_rests(path: Path) -> None:
    save(Database(path), batch(1))
    code = """
        save(database, batch(1))
        say('writing')
        while True:
            save(database, batch(1))
    """
    with process(path, code, "writing"):
        for _ in range(5):
            assert len(stored(Database(path, wait=30))) == 1


def test_several_writers_lose_nothing(path: Path) -> None:
    codes = [
        f"""
        for number in range({writer}, {writer} + 4):
            save(database, batch(1, first=number))
        """
        for writer in (0, 100, 200)
    ]
    with process(path, codes[0]) as a, process(path, codes[1]) as b, process(path, codes[2]) as c:
        for running in (a, b, c):
            finished(running)
    assert len(check_whole(path)) == 12


def test_a_kill_before_the_end_of_a_save_leaves_what_was_there(path: Path) -> None:
    save(Database(path), batch(3))
    left, right = batch(2)
    save_contradictions(Database(path), [contradiction(left.claims[0], right.claims[0])])
    code = """
        with database.writing() as connection:
            put(connection, batch(40))
            say('half')
            time.sleep(60)
    """
    with process(path, code, "half") as writer:
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    assert len(check_whole(path)) == 3
    assert len(query(Database(path), "FROM contradictions").rows) == 1
    save(Database(path), batch(40))
    assert len(check_whole(path)) == 40


def test_a_kill_at_any_moment_leaves_whole_articles(path: Path) -> None:
    code = """
        say('ready')
        for number in range(0, 1000, 5):
            save(database, batch(5, first=number))
            say('saved')
    """
    before = 0
    for until, wait in (
        *((("ready",), wait) for wait in (0.02, 0.06, 0.1, 0.15, 0.2)),
        *((("ready", "saved"), wait) for wait in (0.0, 0.03, 0.06, 0.1)),
    ):
        with process(path, code, *until):
            time.sleep(wait)
        if path.exists():
            found = len(check_whole(path))
            assert found >= before
            assert found % 5 == 0
            before = found
    assert before > 0


def test_a_decision_waits_for_nobody_and_is_seen_by_all(path: Path) -> None:
    left, right = batch(2)
    found = contradiction(left.claims[0], right.claims[0])
    save(Database(path), [left, right])
    save_contradictions(Database(path), [found])
    review = Review(
        contradiction_id=found.contradiction_id,
        verdict=Verdict.COMPATIBLE,
        reviewer="reviewer",
        reviewed_at=datetime(2024, 6, 1, tzinfo=UTC),
    )
    hold = "with database.writing(): say('held'); time.sleep(60)"
    with process(path, hold, "held") as writer:
        reviews.append(path, review)
        assert reviews.read(path) == [review]
        assert writer.poll() is None
    with process(path, "say(query(database, 'FROM review_queue').rows)", "[]"):
        pass


def test_reviewers_who_begin_at_once_lose_no_decision(path: Path) -> None:
    code = """
        say('ready')
        for number in range(20):
            reviews.append(Path(sys.argv[1]), Review(
                contradiction_id=f"{sys.argv[0]}-{number}", verdict=Verdict.UNSURE,
                reviewer="reviewer", reviewed_at=datetime.now(UTC)))
    """
    with process(path, code) as a, process(path, code) as b, process(path, code) as c:
        for running in (a, b, c):
            finished(running)
    assert len(reviews.read(path)) == 60


def test_a_run_whose_process_died_is_marked_by_the_next(path: Path) -> None:
    with process(path, "start_run(database, ['a'], {}); say('on'); time.sleep(60)", "on"):
        start_run(Database(path), ["b"], {"claims": "0.1.0"})
        assert mark_interrupted(Database(path)) == 0
        assert statuses(path) == ["running", "running"]
    assert mark_interrupted(Database(path)) == 1
    assert statuses(path) == ["interrupted", "running"]


def test_a_run_whose_number_another_process_has_now_is_dead(path: Path) -> None:
    run = start_run(Database(path), ["a"], {})
    with Database(path).writing() as connection:
        (versions,) = connection.execute("SELECT versions FROM runs").fetchone() or ("",)
        recorded = json.loads(versions)
        recorded["process"]["born"] = "1"
        connection.execute("UPDATE runs SET versions = ?", [json.dumps(recorded)])
    other = start_run(Database(path), ["a"], {})
    assert recorded["process"]["pid"] == os.getpid()
    assert statuses(path) == ["interrupted", "running"]
    finish_run(Database(path), other, RunStatus.DONE, RunCounts(), [Failure(input="a", reason="b")])
    assert statuses(path) == ["interrupted", "done"]
    assert run != other


def statuses(path: Path) -> Sequence[str]:
    rows = query(Database(path), "SELECT status FROM runs ORDER BY started_at").rows
    return [str(status) for (status,) in rows]


def test_a_user_with_the_database_open_to_read_keeps_reading(path: Path) -> None:
    save(Database(path), batch(1))
    code = """
        import duckdb
        with duckdb.connect(sys.argv[1], read_only=True) as c:
            say('open')
            time.sleep(60)
    """
    with process(path, code, "open"):
        assert len(stored(Database(path, wait=0.2))) == 1
        with pytest.raises(DatabaseError, match="held by another process"):
            save(Database(path, wait=0.2), batch(1))
        with duckdb.connect(path, read_only=True) as third:
            assert third.execute("SELECT count(*) FROM articles").fetchall() == [(1,)]
