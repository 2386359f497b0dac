"""What keeps Prefect from its work, told in one line by who started it."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, SEEDS, Command

OURS = ("starting", "reading", "annotating", "gathering", "grouping", "comparing", "reporting")


@pytest.mark.parametrize(
    ("command_line", "setting", "value", "told"),
    [
        ("run", "PREFECT_HOME", "{file}", "Prefect keeps its records there and cannot"),
        ("schedule", "PREFECT_HOME", "{file}/below", "set PREFECT_HOME to another folder"),
        (
            "run",
            "PREFECT_HOME",
            "{broken}",
            "(sqlite3.DatabaseError) file is not a database",
        ),
        ("run", "PREFECT_LOGGING_LEVEL", "nonsense", "Prefect's setting level"),
        ("run", "PREFECT_API_URL", "http://127.0.0.1:9/api", "Prefect's server does not answer"),
    ],
)
def test_it_is_told_in_one_line(
    command: Command, tmp_path: Path, command_line: str, setting: str, value: str, told: str
) -> None:
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "prefect.db").write_bytes(b"no database" * 1000)
    given = value.format(file=tmp_path / "file", broken=tmp_path / "broken")
    env = {"PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_CLIENT_MAX_RETRIES": "0"}
    done = command(
        command_line, str(SEEDS), "--config", ROOT / "config",
        "--database", tmp_path / "claims.duckdb", env={**env, setting: given},
    )  # fmt: skip
    (line,) = [line for line in done.stderr.splitlines() if not line.startswith(OURS)]
    assert line.startswith("claims: ") and told in line
    assert done.returncode in (1, 2)
    assert not (tmp_path / "claims.duckdb").exists()
