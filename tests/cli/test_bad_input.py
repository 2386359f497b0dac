"""Bad input: one clear line each, the others land, and the run's record has the reasons."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Command, Run

from claims.store.database import Database

GOOD = "The minister said on Monday that the bridge would be open again before the winter.\n"
FOREIGN = (
    "Der Minister sagte am Montag, die Brücke werde noch vor dem Winter wieder geöffnet. "
    "Die Opposition widersprach ihm heftig und nannte das eine Erfindung.\n"
)


@pytest.fixture
def bad(tmp_path: Path) -> list[Path]:
    """A folder of bad files beside one good article, an empty folder, and nothing at all."""
    folder = tmp_path / "daily"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "empty.txt").touch()
    (folder / "latin.txt").write_bytes("Die Brücke".encode("latin-1"))
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (folder / "foreign.txt").write_text(FOREIGN, encoding="utf-8")
    (tmp_path / "hollow").mkdir()
    return [folder, tmp_path / "hollow", tmp_path / "nowhere"]


def test_the_good_article_lands_and_each_bad_input_is_recorded_once(
    bad: list[Path], run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "claims.duckdb"
    report = run(bad, path)
    assert (report.articles, report.new) == (1, 1)
    assert report.claims_total == 1
    reasons = {failure.input: failure.reason for failure in report.failures}
    assert list(reasons) == [
        f"{bad[0]}/empty.txt",
        f"{bad[0]}/foreign.txt",
        f"{bad[0]}/latin.txt",
        f"{bad[0]}/picture.png",
        str(bad[1]),
        str(bad[2]),
    ]
    with Database(path).reading() as connection:
        rows = connection.execute("SELECT status, articles, failures FROM runs").fetchall()
    (only,) = rows
    assert only[:2] == ("done", 1)
    assert {one["input"]: one["reason"] for one in json.loads(only[2])} == reasons

    before = path.read_bytes()
    again = run(bad, path)
    assert again.failures == report.failures, "known failures are still told"
    assert path.read_bytes() == before, "but not recorded again"

    (bad[0] / "empty.txt").write_text(GOOD + "It is old.\n", encoding="utf-8")
    mended = run(bad, path)
    assert (mended.new, len(mended.failures)) == (1, 5)


def test_a_run_with_failures_exits_1_with_a_line_each(
    bad: list[Path], run_command: Command, tmp_path: Path
) -> None:
    done = run_command("run", *bad, "--database", tmp_path / "claims.duckdb")
    assert done.returncode == 1
    lines = [line for line in done.stderr.splitlines() if line.startswith("claims: ")]
    assert len(lines) == 6
    assert "Traceback" not in done.stderr
    assert "1 article: 1 new, 0 unchanged, 6 failed" in done.stdout


def test_extract_prints_the_others(bad: list[Path], command: Command) -> None:
    done = command("extract", "--format", "jsonl", bad[0])
    assert done.returncode == 1
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["article"] == f"{bad[0]}/good.txt"
    assert len(done.stderr.splitlines()) == 4


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("run", "seeds", "--config", "no-such-folder"), 2, "no such configuration folder"),
        (("frobnicate",), 2, "No such command"),
        (("sql", "SELECT 1", "--format", "xml"), 2, "xml"),
        (("sql", "SELECT 1", "--database", "no/such.duckdb"), 3, "run `claims run` first"),
        (("sql", "DROP TABLE claims"), 2, "only one statement that reads"),
        (("evaluate", "no-such-gold.jsonl"), 1, "cannot be read"),
        (("extract", "no-such-file"), 1, "no such file or folder"),
    ],
)
def test_a_mistake_gives_its_exit_status_and_no_traceback(
    command: Command, seeds_path: Path, arguments: tuple[str, ...], status: int, words: str
) -> None:
    if "DROP TABLE claims" in arguments:
        arguments = (*arguments, "--database", str(seeds_path))
    done = command(*arguments)
    assert done.returncode == status, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_key_is_named_with_its_line(command: Command, tmp_path: Path) -> None:
    config = tmp_path / "config"
    shutil.copytree(ROOT / "config", config)
    (config / "pipeline.yaml").write_text("inputs: [seeds]\nchunks: 3\n", encoding="utf-8")
    done = command("run", "seeds", "--config", config)
    assert done.returncode == 2
    assert done.stderr == (
        f"claims: {config}/pipeline.yaml, line 2: chunks: unknown key; "
        "remove it or correct its spelling\n"
    )


def test_a_database_that_cannot_be_written_is_told_before_anything_is_read(
    run_command: Command, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    done = run_command("run", "seeds", "--database", tmp_path / "file" / "claims.duckdb")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "annotating" not in done.stderr
    assert len([line for line in done.stderr.splitlines() if line.startswith("claims: ")]) == 1


def test_a_database_held_by_another_process_is_told(
    seeds_path: Path, run_command: Command, tmp_path: Path
) -> None:
    config, path = tmp_path / "config", tmp_path / "claims.duckdb"
    shutil.copytree(ROOT / "config", config)
    (config / "pipeline.yaml").write_text("database: {wait: 0.2}\n", encoding="utf-8")
    shutil.copy(seeds_path, path)
    code = f"import duckdb; c = duckdb.connect({str(path)!r}); print('held', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        done = run_command("run", "seeds", "--config", config, "--database", path)
        holder.communicate("\n")
    assert done.returncode == 3
    assert f"held by another process (PID {holder.pid})" in done.stderr
    assert "Traceback" not in done.stderr
