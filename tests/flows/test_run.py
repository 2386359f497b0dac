"""The main flow, with real models and a real database."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Run

from claims.attribution.rules.extract import extracted
from claims.attribution.rules.text import Text
from claims.config.settings import ContradictionSettings
from claims.contradictions.find import find
from claims.model import Attribution
from claims.pipeline.report import Report
from claims.store.database import Database

ENGLISH = (
    "The minister said on Monday that the bridge would be open again before the winter.\n"
    "The mayor denied that the bridge would be open again before the winter.\n"
)


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(text.encode())
    return path


def fingerprints(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def count(database: Path, table: str) -> int:
    with Database(database).reading() as connection:
        row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])


def test_all_seeds_give_claims_and_their_contradictions(
    seeds_run: tuple[Path, Report], seeds_database: Database
) -> None:
    _, report = seeds_run
    assert (report.articles, report.new, report.failures) == (4, 4, ())
    assert report.contradictions == len(report.pairs) > 0
    assert report.claims_total == len(report.claims) > 40
    with seeds_database.reading() as connection:
        heard = connection.execute(
            "SELECT path, count(*) FROM claims JOIN articles USING (article_id) GROUP BY path"
        ).fetchall()
        runs = connection.execute(
            "SELECT run_id, status, articles, claims, contradictions, failures FROM runs"
        ).fetchall()
        unsaid = connection.execute(
            "SELECT count(*) FROM claims WHERE modality != 'asserted' AND pattern != 'unattributed'"
        ).fetchone()
    assert unsaid
    assert sorted(path for path, _ in heard) == sorted(
        f"seeds/{path.name}" for path in (ROOT / "seeds").glob("*.txt")
    )
    stored = report.claims_total + unsaid[0]  # a question that is reported is stored, not told
    assert runs == [(report.run_id, "done", 4, stored, report.contradictions, "[]")]


def test_the_seeds_show_who_denies_whom(seeds_run: tuple[Path, Report]) -> None:
    _, report = seeds_run
    denied = {(pair.left.named, pair.right.named) for pair in report.pairs}
    assert ("US media", "White House") in denied
    assert ("The West", "Tehran") in denied
    across = [pair for pair in report.pairs if pair.left.path != pair.right.path]
    assert any("000_" in str(p.left.path) and "001_" in str(p.right.path) for p in across)
    assert all(pair.explanation for pair in report.pairs)


def test_every_stored_span_is_the_text_that_it_says(seeds_database: Database) -> None:
    with seeds_database.reading() as connection:
        sentences = connection.execute(
            'SELECT s.text, a.text, s.start, s."end" FROM sentences s JOIN articles a '
            "USING (article_id)"
        ).fetchall()
        contents = connection.execute(
            "SELECT any_value(c.content_text), any_value(a.text), "
            "list((s.start, s.end) ORDER BY s.ordinal) "
            "FROM claims c JOIN articles a USING (article_id) JOIN claim_spans s USING (claim_id) "
            "WHERE s.role = 'content' GROUP BY c.claim_id"
        ).fetchall()
    assert sentences
    assert contents
    for stored, text, start, end in sentences:
        assert text[start:end] == stored
    for stored, text, spans in contents:
        assert " … ".join(text[start:end] for start, end in spans) == stored


def test_a_second_run_writes_nothing_and_says_so(
    seeds_path: Path, run: Run, tmp_path: Path
) -> None:
    database = tmp_path / "claims.duckdb"
    shutil.copy(seeds_path, database)
    before = fingerprints(tmp_path)
    report = run(["seeds"], database)
    assert report.summary == "4 articles: 0 new, 4 unchanged; nothing annotated, nothing written"
    assert report.claims_total > 0
    (tmp_path / "claims.duckdb.run").unlink()  # the lock; it holds nothing
    assert fingerprints(tmp_path) == before


def test_a_second_run_loads_no_model(seeds_path: Path, prefect_server: str) -> None:
    code = (
        "import sys\n"
        "from flows.news import news\n"
        f"print(news(['seeds'], None, {str(seeds_path)!r}).summary)\n"
        "print(sorted({'torch', 'stanza'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PREFECT_API_URL": prefect_server},
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == [
        "4 articles: 0 new, 4 unchanged; nothing annotated, nothing written",
        "[]",
    ], done.stderr


def test_only_what_changed_is_read_again(run: Run, tmp_path: Path) -> None:
    folder, database = tmp_path / "daily", tmp_path / "claims.duckdb"
    write(folder, "a.txt", ENGLISH)
    path = write(folder, "b.txt", ENGLISH + "The bridge is old.\n")
    assert run([folder], database).new == 2
    path.write_bytes((ENGLISH + "The bridge is new.\n").encode())
    report = run([folder], database)
    assert (report.new, report.unchanged) == (1, 1)
    # An article whose text changes is a new article; the old one keeps its place.
    assert count(database, "articles") == 3


def test_changed_cues_read_the_articles_again(run: Run, tmp_path: Path) -> None:
    config, folder, database = tmp_path / "config", tmp_path / "daily", tmp_path / "claims.duckdb"
    shutil.copytree(ROOT / "config", config)
    write(folder, "a.txt", ENGLISH)
    assert run([folder], database, config).new == 1
    assert run([folder], database, config).run_id is None
    cues = config / "cues" / "en.yaml"
    cues.write_text(cues.read_text(encoding="utf-8") + "\n# another word\n", encoding="utf-8")
    report = run([folder], database, config)
    assert (report.new, report.again, report.unchanged) == (0, 1, 0)
    assert count(database, "articles") == 1


def test_one_article_that_breaks_the_analysis_stops_no_other(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def fragile(text: Text) -> tuple[Attribution, ...]:
        if "rotten" in text.text:
            raise RuntimeError("one\nof those days")
        return extracted(text)

    monkeypatch.setattr("claims.attribution.engines.extracted", fragile)
    folder, database = tmp_path / "daily", tmp_path / "claims.duckdb"
    for name in ("a", "rotten", "z"):
        write(folder, f"{name}.txt", f"{ENGLISH}The planks are {name}.\n")
    report = run([folder], database)
    assert (report.articles, report.new) == (3, 2)
    (failed,) = report.failures
    assert failed.input == f"{folder}/rotten.txt"
    assert failed.reason == "could not be analysed: RuntimeError: one of those days"
    before = database.read_bytes()
    again = run([folder], database)
    assert again.failures == report.failures, "told again"
    assert (again.run_id, database.read_bytes()) == (None, before), "but not tried or written again"
    write(folder, "rotten.txt", f"{ENGLISH}The planks are new.\n")
    report = run([folder], database)
    assert (report.new, report.unchanged, report.failures) == (1, 2, ())


def test_an_article_that_the_machine_failed_is_tried_again(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(text: Text) -> tuple[Attribution, ...]:
        raise MemoryError("no room")

    monkeypatch.setattr("claims.attribution.engines.extracted", full)
    folder, database = tmp_path / "daily", tmp_path / "claims.duckdb"
    write(folder, "a.txt", ENGLISH)
    assert len(run([folder], database).failures) == 1
    monkeypatch.undo()
    report = run([folder], database)
    assert (report.new, report.failures) == (1, ())


def test_a_run_after_a_stopped_one_finds_the_contradictions_that_are_missing(
    seeds_path: Path, run: Run, tmp_path: Path
) -> None:
    database = Database(tmp_path / "claims.duckdb")
    shutil.copy(seeds_path, database.path)
    with database.writing() as connection:
        connection.execute("DELETE FROM contradiction_spans")
        connection.execute("DELETE FROM contradictions")
        connection.execute("DELETE FROM compared_articles")
        connection.execute("UPDATE runs SET status = 'interrupted'")
    report = run(["seeds"], database.path)
    assert (report.new, report.unchanged) == (0, 4)
    with database.reading() as connection:
        assert report.contradictions == len(find(connection, ContradictionSettings(), None)) > 0
    assert run(["seeds"], database.path).run_id is None


def test_the_report_is_a_prefect_artifact(seeds_run: tuple[Path, Report]) -> None:
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        response = client._client.get("/artifacts/claims/latest")
        response.raise_for_status()
    artifact = response.json()
    assert artifact["type"] == "table"
    rows = json.loads(artifact["data"])
    assert set(rows[0]) == {"speaker", "source", "stance", "cue", "content", "article"}


def test_duplicates_are_told(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "daily"
    write(folder, "a.txt", ENGLISH)
    write(folder, "b.txt", ENGLISH)
    report = run([folder], tmp_path / "claims.duckdb")
    assert report.duplicates == ((f"{folder}/b.txt", f"{folder}/a.txt"),)
    assert "1 duplicate" in report.summary


def test_a_crlf_article_with_marks_keeps_true_offsets(run: Run, tmp_path: Path) -> None:
    text = "\ufeff" + "وزیرِ اعظم نے کہا کہ 𝔘𝔫𝔦 پُل کھلے گا۔\r\n\r\n" + "میئر نے اس کی تردید کی۔\r\n"
    write(tmp_path / "daily", "a.txt", text * 2)
    report = run([tmp_path / "daily"], tmp_path / "claims.duckdb")
    assert report.claims_total > 0
    with Database(tmp_path / "claims.duckdb").reading() as connection:
        rows = connection.execute(
            'SELECT a.text, s.text, s.start, s."end" FROM articles a JOIN sentences s '
            "USING (article_id)"
        ).fetchall()
    assert rows
    for stored, sentence, start, end in rows:
        assert stored == text * 2
        assert stored[start:end] == sentence
