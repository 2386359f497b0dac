"""What can be asked in SQL: views and tables with their columns, and worked examples."""

from __future__ import annotations

from functools import cache
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import duckdb

from claims.config.yaml_file import Checked, load
from claims.review.questions import ask


class Column(NamedTuple):
    """A column of a table or view."""

    name: str
    type: str
    comment: str


class CatalogueRelation(NamedTuple):
    """A view or table with what it answers."""

    name: str
    is_view: bool
    comment: str
    columns: list[Column]


class Example(Checked):
    """A query that answers a question; the question in each language of the page."""

    question: dict[str, str]
    sql: str


class _Examples(Checked):
    examples: tuple[Example, ...]


def relations(connection: duckdb.DuckDBPyConnection) -> list[CatalogueRelation]:
    """Views, then tables, each with its columns; internal ones are left out."""
    rows = ask(connection, "relations")
    return [
        CatalogueRelation(
            name,
            is_view,
            comment,
            [
                Column(one["column_name"], one["data_type"], one["column_comment"])
                for one in columns
            ],
        )
        for (name, is_view, comment), columns in groupby(
            rows, key=lambda row: (row["name"], row["is_view"], row["comment"])
        )
    ]


@cache
def examples() -> tuple[Example, ...]:
    """The worked examples of ``examples.yaml``."""
    with resources.as_file(resources.files(__package__) / "examples.yaml") as path:
        return load(Path(path), _Examples).examples
