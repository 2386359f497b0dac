"""Rows in the files of decisions that no program of ours wrote: set aside, and nothing suffers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from hostile import CONFLICT, MINISTER, claims, copied, made  # noqa: F401
from reviewing import visit

from claims.store.database import Database

PAIR = CONFLICT.contradiction_id
ROWS: dict[str, tuple[object, ...]] = {
    "unknown verdict": (PAIR, "maybe", "", "x", "2024-05-02T00:00:00+00:00"),
    "no time": (PAIR, "unsure", "", "x", "yesterday"),
    "time before all zones": (PAIR, "unsure", "", "x", "0001-01-01T00:00:00+14:00"),
    "bytes": (PAIR, "unsure", b"\xff\xfe", "x", "2024-05-02T00:00:00+00:00"),
}
BROKEN_TEXT = (
    f"INSERT INTO reviews VALUES ('{PAIR}', 'unsure', CAST(x'ff41' AS TEXT), 'x', '2024-05-02')"
)
DECISIONS = (
    "CREATE TABLE decisions (decision INTEGER PRIMARY KEY, act TEXT, speaker_id TEXT, "
    "other_id TEXT, name TEXT, decided_by TEXT, decided_at TEXT)",
    "INSERT INTO decisions VALUES (1, 'marry', 'x', 'y', NULL, 'x', '2024-05-02')",
    "INSERT INTO decisions VALUES (2, 'undo', 'first', NULL, NULL, 'x', '2024-05-02')",
    "INSERT INTO decisions VALUES (3, 'rename', 'x', NULL, NULL, 'x', NULL)",
)


@pytest.fixture
def spoilt(database: Path) -> Iterator[Path]:
    """The database with bad rows among what people decided."""
    with closing(sqlite3.connect(database.with_name("x.reviews.sqlite"))) as file, file:
        file.executemany("INSERT INTO reviews VALUES (?, ?, ?, ?, ?)", ROWS.values())
        file.execute(BROKEN_TEXT)
    with closing(sqlite3.connect(database.with_name("x.speakers.sqlite"))) as file, file:
        for statement in DECISIONS:
            file.execute(statement)
    yield database


@pytest.mark.parametrize("name", ROWS)
def test_one_bad_row_breaks_no_command(database: Path, name: str) -> None:
    with closing(sqlite3.connect(database.with_name("x.reviews.sqlite"))) as file, file:
        file.execute("INSERT INTO reviews VALUES (?, ?, ?, ?, ?)", ROWS[name])
    asked = claims("sql", "SELECT verdict FROM verdicts", "--format", "csv", "--database", database)
    assert (asked.status, asked.out) == (0, "verdict\nunsure\n"), asked


def test_everything_works_on(spoilt: Path) -> None:
    for command in (
        ("contradictions",),
        ("speakers", "list"),
        ("speakers", "rename", MINISTER.speaker_id, "The Minister"),
        ("export", "claimreview", spoilt.parent / "out.json"),
        ("prune", "--older-than", "9999d"),
    ):
        done = claims(*command, "--database", spoilt)
        assert done.status == 0, done
    with visit(Database(spoilt)) as page:
        for address in ("/", "/progress", f"/pair/{PAIR}", "/disputes"):
            assert page.get(address).status_code == 200, address


def test_doctor_tells_of_them(spoilt: Path, tmp_path: Path) -> None:
    config = yaml.safe_load((ROOT / "config" / "pipeline.yaml").read_text(encoding="utf-8"))
    config.update(languages=[], attribution={"engine": "lexicon"})
    (tmp_path / "pipeline.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    done = claims("doctor", "--config", tmp_path, "--database", spoilt)
    (line,) = (one for one in done.out.splitlines() if "decisions:" in one)
    assert done.status == 1
    assert line.startswith("WRONG")
    assert f"{len(ROWS) + 4} set aside" in line
    assert "x.reviews.sqlite, row 2: 'maybe'" in line


def test_a_back_up_keeps_them_apart(spoilt: Path) -> None:
    kept, into = spoilt.parent / "b.zip", spoilt.parent / "new" / "x.duckdb"
    assert claims("backup", kept, "--database", spoilt).status == 0
    assert claims("restore", kept, "--database", into).status == 0
    with closing(sqlite3.connect(into.with_name("x.reviews.sqlite"))) as file:
        assert file.execute("SELECT verdict FROM reviews").fetchall() == [("unsure",)]
        aside = file.execute("SELECT number, values_hex FROM set_aside ORDER BY number").fetchall()
    assert [number for number, _ in aside] == list(range(2, 3 + len(ROWS)))
    assert b"maybe".hex().upper() in aside[0][1]
