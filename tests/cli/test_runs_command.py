"""What is told of runs: history, outlets that go quiet, failures, logs, exit statuses."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import analysed
from conftest import ROOT, Command, Run

from claims.config.settings import UsualSettings
from claims.errors import ExitStatus, InputError
from claims.events import Journal, LogFormat, listen
from claims.model import Analysed, Failure
from claims.store.articles import save
from claims.store.database import Database
from claims.store.history import details, failing, inputs_of, runs
from claims.store.outlet_counts import OutletCount, count_by_outlet
from claims.store.run_lock import alone
from claims.store.runs import RunCounts, RunStatus, finish_run, start_run

SETTINGS = UsualSettings(runs=6, at_least=3, share=0.25)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "claims.duckdb", wait=0.2)


def recorded(
    database: Database,
    brought: dict[str, int],
    inputs: tuple[str, ...] = ("feed", "other feed"),
    status: RunStatus = RunStatus.DONE,
    failures: tuple[Failure, ...] = (),
    error: str | None = None,
) -> tuple[OutletCount, ...]:
    """A run to which each outlet brought so many new articles, as it is recorded."""
    run = start_run(database, inputs, {"claims": "x"})
    articles: list[Analysed] = [
        analysed(f"Story {number} of run {run}.\n", outlet=outlet)
        for outlet, count in brought.items()
        for number in range(count)
    ]
    save(database, articles)
    read = [one.document.article for one in articles]
    outlets = count_by_outlet(
        database,
        inputs,
        SETTINGS,
        read=read,
        new=[one.article_id for one in read],
        again=(),
        failed=(),
    )
    warnings = [one.warning for one in outlets if one.warning]
    finish_run(
        database, run, status, RunCounts(len(read)), failures,
        error=error, warnings=warnings, outlets=outlets,
    )  # fmt: skip
    return outlets


def warned(outlets: tuple[OutletCount, ...]) -> dict[str, str | None]:
    return {one.outlet: one.warning for one in outlets}


# Outlets that bring less than usual


def test_an_outlet_that_goes_quiet_is_told_of_and_others_are_not(database: Database) -> None:
    for _ in range(3):
        outlets = recorded(database, {"Dawn": 8, "Rare Review": 0, "BBC Urdu": 4})
        assert warned(outlets) == {"Dawn": None, "BBC Urdu": None}, "too few runs to say"
    outlets = recorded(database, {"Dawn": 1, "BBC Urdu": 1})
    assert warned(outlets) == {
        "BBC Urdu": None,  # a quarter of the usual four
        "Dawn": "Dawn: 1 new articles; usual are 8 a run",
    }
    # One that brings nothing at all is not forgotten.
    outlets = recorded(database, {"BBC Urdu": 4})
    assert [(one.outlet, one.new, one.usual) for one in outlets] == [
        ("BBC Urdu", 4, 4.0),
        ("Dawn", 0, 8.0),
    ]
    assert outlets[1].warning == "Dawn: 0 new articles; usual are 8 a run"
    (latest, *_) = runs(database)
    assert latest.warnings == 1
    assert details(database, "last").warnings == (outlets[1].warning,)


def test_what_is_usual_changes_with_time_and_belongs_to_its_inputs(database: Database) -> None:
    for count in (9, 9, 9, 2, 2, 2, 2, 2, 2):
        recorded(database, {"Dawn": count})
    assert warned(recorded(database, {"Dawn": 1})) == {"Dawn": None}
    assert warned(recorded(database, {"Dawn": 0}, inputs=("another",))) == {}
    recorded(database, {"Dawn": 0}, status=RunStatus.FAILED)  # says nothing about the outlet
    assert recorded(database, {"Dawn": 2})[0].usual == 2.0


def test_an_outlet_that_often_brings_nothing_is_left_alone(database: Database) -> None:
    recorded(database, {"Weekly": 5, "Dawn": 1})
    for _ in range(4):
        recorded(database, {"Dawn": 1})
    assert warned(recorded(database, {"Dawn": 1}))["Weekly"] is None


# The record


def test_runs_are_listed_and_shown(database: Database, command: Command) -> None:
    failure = Failure(input="https://example.com/a", reason="status 500")
    recorded(database, {"Dawn": 2}, failures=(failure,))
    recorded(database, {}, status=RunStatus.FAILED, error="the disk is full")
    base = ("--database", database.path)
    listed = command("runs", *base)
    assert listed.returncode == 0, listed.stderr
    assert "the disk is full" in listed.stdout
    assert listed.stdout.splitlines()[-1] == "2 runs"
    first, second = (
        json.loads(line) for line in command("runs", "--format", "jsonl", *base).stdout.splitlines()
    )
    assert (first["status"], first["error"]) == ("failed", "the disk is full")
    assert (second["status"], second["articles"], second["failures"]) == ("done", 2, 1)
    shown = command("runs", "show", second["run_id"][:6], *base).stdout
    assert "failed: https://example.com/a: status 500" in shown
    assert re.search(r"Dawn +2 +2 +0 +0 +0", shown)
    nothing = command("runs", "show", "no-such-run", *base)
    assert nothing.returncode == 1
    assert "no run begins with 'no-such-run'" in nothing.stderr


def test_failures_are_those_that_still_fail(database: Database) -> None:
    a, b = (Failure(input=name, reason="status 500") for name in "ab")
    recorded(database, {}, failures=(a, b))
    recorded(database, {}, failures=(b,))
    recorded(database, {}, inputs=("other",), failures=(Failure(input="c", reason="empty"),))
    found = {one.input: one for one in failing(database)}
    assert {name: one.runs for name, one in found.items()} == {"b": 2, "c": 1}
    assert found["b"].first_at < found["b"].last_at
    recorded(database, {"Dawn": 1}, inputs=("c",))  # tried again alone, and read
    assert [one.input for one in failing(database)] == ["b"]


def test_an_article_is_found_by_whatever_names_it(database: Database) -> None:
    recorded(database, {"Dawn": 1}, failures=(Failure(input="x.txt", reason="empty"),))
    (article,) = _articles(database)
    assert inputs_of(database, article) == ("feed", "other feed")
    assert inputs_of(database, "x.txt") == ("feed", "other feed")
    with pytest.raises(InputError, match="no run knows this article"):
        inputs_of(database, "y.txt")


def _articles(database: Database) -> list[str]:
    with database.reading() as connection:
        return [one for (one,) in connection.execute("SELECT article_id FROM articles").fetchall()]


def test_retry_reads_one_article_again(run: Run, run_command: Command, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("The mayor said that the bridge is old.\n", encoding="utf-8")
    (news / "b.txt").write_text("\0", encoding="utf-8")
    (news / "c.txt").write_text("\0\0", encoding="utf-8")
    database = Database(tmp_path / "claims.duckdb")
    run([news], database.path)
    name = f"{news}/b.txt"
    assert [one.input for one in failing(database)] == [name, f"{news}/c.txt"]

    (news / "b.txt").write_text("The clerk said that the market is full.\n", encoding="utf-8")
    done = run_command("runs", "retry", name, "--database", database.path)
    assert done.returncode == 0, done.stderr
    assert "1 article: 1 new" in done.stdout
    assert [one.input for one in failing(database)] == [f"{news}/c.txt"]
    # A stored one is read again too, though nothing has changed; the other is not touched.
    again = run_command("runs", "retry", f"{news}/a.txt", "--database", database.path)
    assert "1 article: 0 new, 1 read again" in again.stdout
    unknown = run_command("runs", "retry", "nothing.txt", "--database", database.path)
    assert unknown.returncode == 1
    assert "no run knows this article" in unknown.stderr
    # What one run is usually given is not what a retry was given.
    assert run([news], database.path).run_id is None


def test_one_run_at_a_time_works_on_a_database(run_command: Command, tmp_path: Path) -> None:
    config = tmp_path / "config"
    shutil.copytree(ROOT / "config", config)
    (config / "pipeline.yaml").write_text("database: {wait: 0.1}\n", encoding="utf-8")
    path = tmp_path / "claims.duckdb"
    with alone(path, 0):
        done = run_command("run", "seeds", "--database", path, "--config", config)
    assert done.returncode == ExitStatus.DATABASE
    assert f"another run (PID {os.getpid()}) is working on it" in done.stderr
    assert not path.exists()


# Logs


@pytest.fixture
def heard() -> Iterator[io.StringIO]:
    logger = logging.getLogger("claims")
    before, level, upwards = logger.handlers, logger.level, logger.propagate
    yield io.StringIO()
    logger.handlers, logger.level, logger.propagate = before, level, upwards


def tell_all(journal: Journal) -> None:
    with journal.stage("reading") as facts:
        facts["articles"] = 3
    journal.warn("Dawn: 0 new articles; usual are 8 a run")
    journal.fail("failed_input", input="x\ny.txt", reason="خالی")


def test_a_log_of_json_has_one_object_a_line(heard: io.StringIO) -> None:
    listen(LogFormat.JSON, heard)
    tell_all(Journal("run-1"))
    stage, warning, failed = (json.loads(line) for line in heard.getvalue().splitlines())
    assert {one["run"] for one in (stage, warning, failed)} == {"run-1"}
    assert (stage["event"], stage["stage"], stage["articles"]) == ("stage", "reading", 3)
    assert stage["seconds"] >= 0
    assert (warning["level"], warning["warning"][:4]) == ("warning", "Dawn")
    assert (failed["level"], failed["input"], failed["reason"]) == ("error", "x\ny.txt", "خالی")


def test_a_log_for_people_has_one_line_an_event(heard: io.StringIO) -> None:
    listen(LogFormat.TEXT, heard)
    tell_all(Journal("0123456789"))
    stage, warning, failed = heard.getvalue().splitlines()
    assert re.fullmatch(r"\S+Z 01234567 stage: reading, articles 3, seconds [\d.]+", stage)
    assert warning.endswith(" WARNING warning: Dawn: 0 new articles; usual are 8 a run")
    assert failed.endswith(" ERROR failed_input: input x y.txt, reason خالی")


def test_a_run_tells_json_when_it_is_asked_to(run_command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor said that the bridge is old.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("\0", encoding="utf-8")
    done = run_command(
        "run", tmp_path / "a.txt", tmp_path / "b.txt", "--log", "json",
        "--database", tmp_path / "claims.duckdb",
    )  # fmt: skip
    assert done.returncode == 1
    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert [one["stage"] for one in told if one["event"] == "stage"] == [
        "reading", "annotating", "gathering", "comparing",
    ]  # fmt: skip
    assert len({one["run"] for one in told}) == 1
    (failed,) = [one for one in told if one["event"] == "failed_input"]
    assert failed["input"] == f"{tmp_path}/b.txt"
    end = told[-1]
    assert (end["event"], end["articles"], end["new"], end["failures"]) == ("run_finished", 1, 1, 1)
    (run,) = runs(Database(tmp_path / "claims.duckdb"))
    assert run.run_id == end["run"]


# Exit statuses


def test_the_documents_list_every_exit_status() -> None:
    commands = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    table = commands[commands.index("| exit status |") :].split("\n\n")[0]
    listed = [int(number) for number in re.findall(r"^\| (\d+) \|", table, flags=re.MULTILINE)]
    assert listed == sorted(ExitStatus)
