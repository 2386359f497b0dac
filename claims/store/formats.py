"""Writing the result of a query: a table for people, CSV and JSON for programs."""

from __future__ import annotations

import json
import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, TextIO

from claims.store.spreadsheets import CsvWriter
from claims.terminal import json_line, printable

if TYPE_CHECKING:
    from claims.store.query import Result


class ResultFormat(StrEnum):
    """How a result is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def write(result: Result, form: ResultFormat, out: TextIO, *, raw: bool = False) -> None:
    """Write a result to ``out``, which is a terminal or a file of text. Texts in CSV that a
    spreadsheet would compute are guarded, unless ``raw``."""
    if form is ResultFormat.CSV:
        _write_csv(result, out, raw)
    elif form is ResultFormat.JSON:
        _write_json(result, out)
    else:
        _write_table(result, out)


PIPE_WIDTH = 120
"""Columns where the output is no terminal, so that files and pipes look the same everywhere."""

_NARROWEST = 10
"""Characters a column needs; where a terminal has fewer, a table shows one value a line."""


def _write_table(result: Result, out: TextIO) -> None:
    # Here, not above: CSV and JSON answer sooner without it.
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    def cell(value: object) -> Text:
        return Text("NULL", style="dim") if value is None else Text(printable(as_text(value)))

    console = Console(file=out, width=None if out.isatty() else PIPE_WIDTH)
    if len(result.columns) * _NARROWEST > console.width:
        for number, row in enumerate(result.rows, start=1):
            console.print(Text(f"row {number}", style="dim"))
            record = Table.grid(padding=(0, 2))
            for name, value in zip(result.columns, row, strict=True):
                record.add_row(Text(printable(name), style="bold"), cell(value))
            console.print(record)
    else:
        table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
        for i, name in enumerate(result.columns):
            right = all(_is_number(row[i]) for row in result.rows)
            table.add_column(
                Text(printable(name)), justify="right" if right else "left", overflow="fold"
            )
        for row in result.rows:
            table.add_row(*map(cell, row))
        console.print(table)
    count = f"{len(result.rows)} {'row' if len(result.rows) == 1 else 'rows'}"
    console.print(f"{count}, there are more" if result.truncated else count, style="dim")


def _write_csv(result: Result, out: TextIO, raw: bool) -> None:
    writer = CsvWriter(out, raw=raw)
    writer.rows([result.columns])
    # A number is no text, and its minus is no formula.
    plain = (int, float, Decimal, type(None))
    writer.rows(
        [value if type(value) in plain else as_text(value) for value in row] for row in result.rows
    )


def _write_json(result: Result, out: TextIO) -> None:
    names = _distinct(result.columns)
    out.write("[")
    for number, row in enumerate(result.rows):
        values = {
            name: json.loads(value) if kind == "JSON" and isinstance(value, str) else _plain(value)
            for name, kind, value in zip(names, result.types, row, strict=True)
        }
        out.write(",\n " if number else "\n ")
        out.write(json_line(values))
    out.write("\n]\n" if result.rows else "]\n")


def _distinct(columns: tuple[str, ...]) -> list[str]:
    """Names without repetition, as the keys of an object must be: a, b, a → a, b, a_2."""
    names: list[str] = []
    for column in columns:
        name, number = column, 1
        while name in names:
            number += 1
            name = f"{column}_{number}"
        names.append(name)
    return names


def _plain(value: object) -> object:
    """A value of DuckDB as one of JSON; what JSON has no type for becomes text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {as_text(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return as_text(value)


def as_text(value: object) -> str:
    """A value as text: times as ISO 8601, nested values as JSON."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list | tuple):
        return json.dumps(_plain(value), ensure_ascii=False)
    return str(value)


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float | Decimal) and value is not True)
