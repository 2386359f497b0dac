"""Databases of as many claims as are asked for, made from the claims of the seed articles.

A module of its own and not ``__main__``: a process that is spawned imports what it is to run.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from benchmarks import ROOT
from claims.config.settings import config_folder, load_pipeline, load_sources
from claims.language.identification import identify
from claims.model import Article
from claims.pipeline.analyser import Analyser
from claims.readers.articles import read
from claims.store.articles import save
from claims.store.database import Database

OUTLETS = 3
DAILY = 20

_BUILDING: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "6GB"}
"""What DuckDB may take to make the claims up; it goes on with files."""

_SEEDS = ROOT / "seeds"
_SQL = Path(__file__).with_name("synthetic.sql").read_text(encoding="utf-8")


def seeds(path: Path) -> int:
    """Store the seed articles' claims at ``path``; how many claims an article has on average."""
    config = config_folder()
    settings = load_pipeline(config)
    articles = [
        found
        for found in read([str(_SEEDS)], settings.languages, load_sources(config), identify)
        if isinstance(found, Article)
    ]
    analysed, _ = Analyser(config, settings).analyse(articles)
    save(Database(path), analysed)
    return sum(len(one.claims) + len(one.statements) for one in analysed) // len(analysed)


def build(base: Path, path: Path, size: int, each: int) -> None:
    """Write a database of ``size`` claims or so to ``path``."""
    path.write_bytes(base.read_bytes())
    with duckdb.connect(path, config=_BUILDING) as connection:
        stories = max(1, round(size / each / OUTLETS))
        for statement in _SQL.split(";"):
            names = {"stories": stories, "outlets": OUTLETS, "daily": DAILY}
            asked = {name: value for name, value in names.items() if f"${name}" in statement}
            if statement.strip():
                connection.execute(statement, asked)
