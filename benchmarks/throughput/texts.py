"""The articles that are read to measure speed."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks import ROOT
from benchmarks.synthetic import english


def texts(language: str, gold: Path, articles: int) -> list[str]:
    """The articles that are read, the first of them for the cold start."""
    path = gold / f"{language}_dev.jsonl"
    found = []
    if path.is_file():
        lines = path.read_text(encoding="utf-8").splitlines()
        found = [str(json.loads(line)["text"]) for line in lines]
    if language == "ur":
        stories = sorted((gold.parent / "fake-real-pairs" / "Real").glob("*.txt"))
        found += seeds() + [each.read_text(encoding="utf-8") for each in stories[:articles]]
    return (found or [english(number, 25) for number in range(articles)])[:articles]


def seeds() -> list[str]:
    """The texts of the seeds."""
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
