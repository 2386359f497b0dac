"""The claims of articles that readers read whole, as the program finds them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from training.encoder.recipe import ROOT
from training.judge.read_news import as_input
from training.steps import Workshop


def claims_of(workshop: Workshop, texts: Mapping[str, str], language: str, name: str) -> Path:
    """A database of the claims of the articles, as the program finds them."""
    rows, database = workshop.folder / f"{name}.jsonl", workshop.folder / f"{name}.duckdb"
    rows.write_text("\n".join(as_input(texts, language)) + "\n", encoding="utf-8")

    def read() -> None:
        run = [sys.executable, "-m", "claims.cli", "run"]
        command = [*run, str(rows), "--database", str(database)]
        subprocess.run(command, cwd=ROOT, check=True)

    workshop.step(name, [rows], {}, [database], read)
    return database
