"""Files that are written for a user: never over what is in use, never half."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile import claims, copied, files, made, told_in_one_line  # noqa: F401

IN_USE = [
    ("export csv", "x.duckdb", "itself"),
    ("export annotations --force", "x.duckdb", "symbolic link"),
    ("export parquet", "x.duckdb", "hard link"),
    ("export jsonl", "x.reviews.sqlite", "by another path"),
    ("export csv", "x.duckdb.wal", "itself"),
    ("export csv", "x.speakers.sqlite", "itself"),
    ("backup --force", "x.duckdb", "hard link"),
    ("backup --force", "x.reviews.sqlite", "symbolic link"),
    ("backup", "x.fetched.sqlite", "itself"),
]


def reached(there: Path, by: str) -> Path:
    """Another name of a file."""
    link = there.parent.parent / "link"
    if by == "symbolic link":
        link.symlink_to(there)
    elif by == "hard link":
        link.hardlink_to(there)
    elif by == "by another path":
        return there.parent / ".." / there.parent.name / there.name
    else:
        return there
    return link


@pytest.mark.parametrize(("command", "name", "by"), IN_USE)
def test_what_is_in_use_is_no_target(database: Path, command: str, name: str, by: str) -> None:
    target = reached(database.with_name(name), by)
    before = files(database.parent)
    done = claims(*command.split(), target, "--database", database)
    assert done.status == 2, done
    assert "in use" in told_in_one_line(done)
    assert files(database.parent) == before


@pytest.mark.parametrize("command", ["export csv", "export claimreview", "backup"])
def test_nothing_is_overwritten_without_force(database: Path, command: str) -> None:
    target = database.parent.parent / "kept"
    target.write_text("somebody's", encoding="utf-8")
    done = claims(*command.split(), target, "--database", database)
    assert done.status == 2, done
    assert "--force" in told_in_one_line(done)
    assert target.read_text(encoding="utf-8") == "somebody's"
    assert claims(*command.split(), target, "--force", "--database", database).status == 0
    assert target.read_bytes() != b"somebody's"


@pytest.mark.parametrize(
    "command", ["export csv", "export parquet", "export annotations", "backup"]
)
def test_without_room_there_is_no_half_file(database: Path, command: str) -> None:
    folder = database.parent.parent / "out"
    folder.mkdir()
    (folder / "old").write_text("what was there before", encoding="utf-8")
    for target, options in ((folder / "new", ()), (folder / "old", ("--force",))):
        given = (*command.split(), target, *options)
        done = claims(*given, "--database", database, file_limit=256)
        assert files(folder) == {"old": b"what was there before"}
        assert done.status in (1, 3), done
        assert "cannot be" in told_in_one_line(done)
        assert [one.name for one in folder.iterdir()] == ["old"]
