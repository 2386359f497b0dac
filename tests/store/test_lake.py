"""Several writers into one lake: DuckLake with a catalogue in PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS, Run

from claims.config.settings import ContradictionSettings, DatabaseSettings
from claims.contradictions.find import find
from claims.errors import DatabaseError, QueryError
from claims.store.database import Database
from claims.store.lake import PREFIX, Lake, opened
from claims.store.query import query

TABLES = (
    "articles",
    "sentences",
    "claims",
    "claim_spans",
    "claim_terms",
    "speakers",
    "voices",
    "speaker_links",
    "speaker_members",
    "contradiction_spans",
    "compared_articles",
    "article_addresses",
    "article_signatures",
    "article_bands",
    "article_groups",
    "claim_vectors",
)


@pytest.fixture(scope="module")
def catalogue() -> Iterator[str]:
    """The connection string of an empty PostgreSQL database, on a socket of its own."""
    pytest.importorskip("duckdb_extension_ducklake", reason="the extra `lake` is not installed")
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(programs[-1]) if programs else shutil.which("initdb")
    if found is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    as_user = user if os.geteuid() == 0 else []  # PostgreSQL refuses to run as root
    with tempfile.TemporaryDirectory(prefix="claims-pg-") as name:
        folder = Path(name)
        if as_user:
            shutil.chown(folder, "postgres", "postgres")
        data, control = str(folder / "data"), str(Path(found).with_name("pg_ctl"))
        settings = f"-F -c listen_addresses='' -k {folder}"
        subprocess.run(
            [*as_user, found, "-D", data, "-A", "trust", "-N", "-E", "UTF8", "-U", "claims"],
            check=True,
            capture_output=True,
        )
        start = [*as_user, control, "-D", data, "-w", "-t", "300", "-l", str(folder / "log")]
        subprocess.run(
            [*start, "-o", settings, "start"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        try:
            yield f"host={folder} user=claims dbname=postgres"
        finally:
            subprocess.run(
                [*as_user, control, "-D", data, "-m", "immediate", "stop"], capture_output=True
            )


def rows(database: Database) -> dict[str, list[str]]:
    """All rows of all tables, sorted, and what contradicts what in them.

    That is asked anew: a stored score weighs words by how rare they were among what was there when
    the pair was compared, and writers side by side compare at different moments.
    """
    with database.reading() as connection:
        found: dict[str, Sequence[object]] = {
            table: connection.execute(f"FROM {table}").fetchall() for table in TABLES
        }
        found["contradictions"] = find(connection, ContradictionSettings(), None)
    return {table: sorted(map(str, own)) for table, own in found.items()}


def test_two_writers_with_two_workers_each_write_what_one_process_writes(
    catalogue: str, run: Run, prefect_server: str, tmp_path: Path
) -> None:
    config = tmp_path / "config"
    shutil.copytree(ROOT / "config", config)
    pipeline = config / "pipeline.yaml"
    text = pipeline.read_text(encoding="utf-8")
    for old, new in (
        ("chunk_articles: 8 ", "chunk_articles: 1 "),
        ("workers: 1 ", "workers: 2 "),
        ("files: claims-lake ", f"files: {tmp_path / 'lake'} "),
        ("wait: 20 ", "wait: 300 "),
    ):
        assert old in text
        text = text.replace(old, new)
    pipeline.write_text(text, encoding="utf-8")

    articles = sorted(SEEDS.glob("*.txt"))
    command = [sys.executable, "-m", "claims.cli", "run", "--config", str(config)]
    command += ["--database", f"{PREFIX}{catalogue}"]
    writers = [
        subprocess.Popen(
            [*command, *map(str, half)],
            cwd=ROOT,
            env={**os.environ, "PREFECT_API_URL": prefect_server},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for half in (articles[:2], articles[2:])
    ]
    for writer in writers:
        _, said = writer.communicate()
        assert writer.returncode == 0, said

    alone = tmp_path / "alone.duckdb"
    run(articles, alone, config)
    lake = Lake(catalogue, tmp_path / "lake")
    assert rows(lake) == rows(Database(alone))
    with lake.reading() as connection:
        assert connection.execute("SELECT status FROM runs").fetchall() == [("done",)] * 2
        assert connection.execute("SELECT count(*) > 0 FROM denials").fetchone() == (True,)
    with pytest.raises(QueryError, match="no function for that"):
        query(lake, f"FROM read_text('{articles[0]}')")


def test_a_lake_that_cannot_be_opened_is_one_line(catalogue: str, tmp_path: Path) -> None:
    settings = DatabaseSettings(files=str(tmp_path / "lake"))
    lake = opened(settings, f"{PREFIX}host={tmp_path} dbname=nobody")
    with pytest.raises(DatabaseError, match="is PostgreSQL there"), lake.writing():
        pass
