"""Rows to drafts: JSON Lines and CSV, one article a row, whatever their columns are called."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from claims.config.settings import FIELDS, Columns
from claims.errors import InputError
from claims.model import Failure
from claims.readers.draft import Draft, told
from claims.readers.reader_input import ReaderInput
from claims.readers.text import MAXIMUM, check

JSON_LINES = (".jsonl", ".ndjson")

_DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(r"\s*\"?sep=([,;\t|])\"?\s*", re.IGNORECASE)
_LONGEST_LINE = 8 * MAXIMUM
_LONGEST_CELL = 4 * MAXIMUM
_DEEPEST = 100


def read_tabular(given: ReaderInput) -> Iterator[Draft | Failure]:
    """The rows of a table as drafts, and a Failure for each that is no article."""
    return told(_rows(given.file, given.name, given.columns))


def _rows(path: Path, name: str, columns: Columns) -> Iterator[tuple[str, Draft | InputError]]:
    """The rows of a file, each by its place with its draft or with what is wrong with it.

    Blank lines are no rows. Raises InputError for a file without rows or without a column for the
    text, OSError for one that cannot be read.
    """
    read = _json_lines if path.suffix.lower() in JSON_LINES else _table
    any_row = False
    for number, row in read(path, columns):
        any_row = True
        place = f"{name}, line {number}"
        if isinstance(row, InputError):
            yield place, row
            continue
        try:
            yield place, _draft(row, columns, place)
        except InputError as error:
            yield place, error
    if not any_row:
        raise InputError("there are no rows in it")


def _draft(row: Mapping[str, object], columns: Columns, place: str) -> Draft:
    """The draft of one row; raises InputError where it has no text."""
    folded = {key.strip().casefold(): key for key in row if isinstance(key, str)}
    found = {field: _value(row, folded, columns, field) for field in FIELDS}
    text = found["text"]
    if text is None:
        raise InputError(f"there is no text: none of the columns {_named(columns, 'text')}")
    if not isinstance(text, str):
        raise InputError("text: not a string")
    check(text)
    published = _told(found["published_at"])
    return Draft(
        text=text,
        name=_told(found["name"]) or place,
        outlet=_told(found["outlet"]),
        url=_told(found["url"]),
        title=_told(found["title"]),
        byline=_told(found["byline"]),
        language=_told(found["language"]),
        published=(published,) if published else (),
    )


def _json_lines(
    path: Path, columns: Columns
) -> Iterator[tuple[int, Mapping[str, object] | InputError]]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(_LONGEST_LINE + 1):
            number += 1
            if len(line) > _LONGEST_LINE:
                yield number, InputError(f"the line is longer than {_LONGEST_LINE:,} bytes")
                while line and not line.endswith(b"\n"):
                    line = file.readline(_LONGEST_LINE)
            elif line.strip(b" \t\r\n\xef\xbb\xbf"):
                yield number, _object(line, columns)


def _object(line: bytes, columns: Columns) -> Mapping[str, object] | InputError:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return InputError(f"not UTF-8: byte 0x{line[error.start]:02x} at offset {error.start}")
    except (ValueError, RecursionError) as error:
        return InputError(f"not JSON: {' '.join(str(error).split())}")
    if not isinstance(row, dict):
        return InputError("not a JSON object")
    return row


def _table(path: Path, columns: Columns) -> Iterator[tuple[int, Mapping[str, object] | InputError]]:
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_LINE * 8))
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline(_LONGEST_LINE)
            if "\0" in head:
                raise InputError("binary, not text: a NUL in its first line")
            told = _SEPARATOR.fullmatch(head)  # what Excel writes in front of the columns
            if told is None:
                file.seek(0)
            delimiter = told[1] if told else _delimiter(path, head)
            lines = _Lines(file, delimiter)
            reader = csv.reader(lines, delimiter=delimiter)
            names = _row(reader)
            if isinstance(names, InputError):
                raise names
            if not _has_text(names or [], columns):
                raise InputError(
                    f"no column holds the text: none of {_named(columns, 'text')} is in its "
                    "first line; name it under `columns` in pipeline.yaml or sources.yaml"
                )
            while (cells := _row(reader)) is not None:
                line = reader.line_num + bool(told)
                if lines.row_ends():
                    yield (
                        line,
                        InputError(f"the row is longer than {_LONGEST_LINE:,} characters"),
                    )
                elif isinstance(cells, InputError):
                    yield line, cells
                elif any(len(cell) > _LONGEST_CELL for cell in cells):
                    yield (
                        line,
                        InputError(f"a field of it is longer than {_LONGEST_CELL:,} characters"),
                    )
                elif any(cell.strip() for cell in cells):
                    yield line, dict(zip(names or [], cells, strict=False))
    except UnicodeDecodeError as error:
        raise InputError(
            f"not UTF-8: byte 0x{error.object[error.start]:02x}; save it as UTF-8"
        ) from None


def _row(reader: Iterator[list[str]]) -> list[str] | InputError | None:
    """The next row, or what is wrong with it; None after the last."""
    try:
        return next(reader, None)
    except csv.Error as error:
        return InputError(f"not CSV: {error}")


class _Lines:
    """The lines of a CSV file for ``csv.reader``, which takes a row, however long, into memory.

    Of a row beyond ``_LONGEST_LINE`` only its form is left: every run of characters that mean
    nothing to CSV becomes one, so that it still ends where it ends.
    """

    def __init__(self, file: TextIO, delimiter: str) -> None:
        self._file = file
        self._meaningless = re.compile(f'[^"{re.escape(delimiter)}\r\n]+')
        self._taken = 0

    def __iter__(self) -> Iterator[str]:
        while piece := self._file.readline(_LONGEST_LINE):
            pieces = [self._kept(piece)]
            while not piece.endswith(("\n", "\r")) and (
                piece := self._file.readline(_LONGEST_LINE)
            ):
                pieces.append(self._kept(piece))
            yield "".join(pieces)

    def row_ends(self) -> bool:
        """Whether the row that ends here was too long; the next one is counted anew."""
        too_long = self._taken > _LONGEST_LINE
        self._taken = 0
        return too_long

    def _kept(self, piece: str) -> str:
        self._taken += len(piece)
        return piece if self._taken <= _LONGEST_LINE else self._meaningless.sub("x", piece)


def _delimiter(path: Path, head: str) -> str:
    """What stands most between the names of the columns."""
    if path.suffix.lower() == ".tsv":
        return "\t"
    return max(_DELIMITERS, key=head.count)


def _has_text(names: Iterable[str], columns: Columns) -> bool:
    given = {name.strip().casefold() for name in names}
    return any(name.casefold() in given for name in _names(columns, "text"))


def _names(columns: Columns, field: str) -> tuple[str, ...]:
    chosen: tuple[str, ...] = getattr(columns, field)
    return chosen or FIELDS[field]


def _named(columns: Columns, field: str) -> str:
    return ", ".join(_names(columns, field))


def _value(
    row: Mapping[str, object], folded: Mapping[str, str], columns: Columns, field: str
) -> Any:
    for name in _names(columns, field):
        key = folded.get(name.casefold())
        if key is not None and row[key] not in (None, ""):
            return row[key]
    return None


def _told(value: object) -> str | None:
    """A value as text: numbers as they are written, lists of names joined; else None."""
    if isinstance(value, list | tuple):
        value = ", ".join(one for one in value[:20] if isinstance(one, str))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = " ".join(str(value).split())
    if any("\ud800" <= character <= "\udfff" for character in text):
        return None
    return text or None
