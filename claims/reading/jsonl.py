"""JSON Lines: one article a line, as ``{"text": …}`` with what else is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from claims.errors import InputError
from claims.reading.plain import check

SUFFIXES = (".jsonl", ".ndjson")


class Row(BaseModel):
    """One line. ``article`` (or ``id``) is its name; keys that are not known are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    article: str | None = None
    id: str | int | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published_at: datetime | date | None = None
    language: str | None = None

    @property
    def name(self) -> str | None:
        """What the row calls itself."""
        return self.article or (None if self.id is None else str(self.id))


def rows(path: Path) -> Iterator[tuple[int, Row | InputError]]:
    """Line numbers from 1, each with its row or with what is wrong with it; blank lines are not
    rows. Raises InputError for a file without rows, OSError for one that cannot be read."""
    any_row = False
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            any_row = True
            yield number, _row(line)
    if not any_row:
        raise InputError("there are no rows in it")


def _row(line: bytes) -> Row | InputError:
    try:
        row = Row.model_validate_json(line)
        check(row.text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        return InputError(f"{where}: {first['msg']}" if where else first["msg"])
    except InputError as error:
        return error
    return row
