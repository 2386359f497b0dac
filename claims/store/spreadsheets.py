"""CSV, which people open in spreadsheets, and in which a spreadsheet finds formulas."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from claims.terminal import printable

COMPUTED = re.compile(r"^(?:\s*[=+@＝＋＠－-]|[\t\r\n])")
"""How a text begins that a spreadsheet would compute, or of which it would make other cells."""


def guarded(value: str) -> str:
    """``value`` with an apostrophe before it where a spreadsheet would compute it."""
    return f"'{value}" if COMPUTED.match(value) else value


class CsvWriter:
    """Writes rows to ``out``. Texts that a spreadsheet would compute are guarded unless ``raw``;
    on a terminal nothing in them is obeyed."""

    def __init__(self, out: TextIO, *, raw: bool = False) -> None:
        self._writer = csv.writer(out, lineterminator="\n")
        self._raw = raw
        self._shown = out.isatty()

    def rows(self, rows: Iterable[Sequence[object]]) -> None:
        """Write rows; None is an empty cell."""
        for row in rows:
            self._writer.writerow([self._cell(value) for value in row])

    def _cell(self, value: object) -> object:
        if not isinstance(value, str):
            return value
        text = value if self._raw else guarded(value)
        return printable(text) if self._shown else text
