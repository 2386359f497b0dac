"""What is asked of the stored claims."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Self
from urllib.parse import urlencode

from pydantic import Field, ValidationError, field_validator, model_validator

from claims.errors import QueryError, instead
from claims.model import Frozen, Stance

LONGEST = 500
"""Characters of a value."""

MOST = 1_000
"""Claims on a page."""

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_YES, _NO = ("true", "yes", "1", "on"), ("false", "no", "0", "off")


class Order(StrEnum):
    """In which order claims are found; undated ones come last."""

    NEWEST = "newest"
    OLDEST = "oldest"
    BEST = "best"


class ClaimQuery(Frozen):
    """Which claims to find; what is None leaves everything in.

    ``text`` is words in any order and "phrases". ``speaker`` is part of a name in any script,
    ``voice`` the identifier of one speaker, ``story`` an identifier or its beginning. ``since`` and
    ``until`` are days of articles, both included. ``disputed`` asks for claims that somebody
    contradicts, or for the others. ``meaning`` asks besides for claims with other words that mean
    about the same; None does so where no claim has the words. ``page`` counts from 1, with
    ``limit`` claims on each.
    """

    text: str | None = Field(default=None, max_length=LONGEST)
    speaker: str | None = Field(default=None, max_length=LONGEST)
    voice: str | None = Field(default=None, max_length=LONGEST)
    stance: Stance | None = None
    outlet: str | None = Field(default=None, max_length=LONGEST)
    language: str | None = Field(default=None, max_length=LONGEST)
    story: str | None = Field(default=None, max_length=LONGEST)
    since: date | None = None
    until: date | None = None
    disputed: bool | None = None
    meaning: bool | None = None
    order: Order = Order.NEWEST
    limit: int = Field(default=20, ge=1, le=MOST)
    page: int = Field(default=1, ge=1, le=1_000_000)

    @field_validator("text")
    @classmethod
    def _quotes(cls, text: str | None) -> str | None:
        if text is not None and sum(text.count(one) for one in '"“”„«»') % 2:
            raise ValueError('a quotation mark is not closed; a phrase stands between two, "so"')
        return text

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"until {self.until} is before since {self.since}; turn them round")
        return self

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """A query of texts (or of values of their own type) by the names of the fields; empty ones
        leave everything in. Days may be 2016-09-12, 2016-09 or 2016: the whole month or year.

        Raises QueryError, in one line, that says what is wrong and what to do.
        """
        kept: dict[str, object] = {}
        for name, value in given.items():
            if name not in cls.model_fields:
                known = instead(name, cls.model_fields)
                raise QueryError(f"{name[:40]!r} is nothing to search by; {known}")
            if isinstance(value, str):
                value = " ".join(value.replace("\0", " ").split())
            if value is None or value == "":
                continue
            kept[name] = _read(name, value)
        try:
            return cls.model_validate(kept)
        except ValidationError as error:
            first = error.errors()[0]
            name = str(first["loc"][0]) if first["loc"] else ""
            raise QueryError(_told(name, kept.get(name), str(first["msg"]))) from None

    @property
    def query(self) -> str:
        """This query as that of an address; empty where everything is asked for."""
        return urlencode(self.model_dump(mode="json", exclude_defaults=True))

    def link(self, path: str, **changed: object) -> str:
        """``path`` with this query in its address, with some fields ``changed`` (None takes one
        out); the page is the first again unless it is among them."""
        fields = self.model_dump(mode="json", exclude_defaults=True) | {"page": None} | changed
        kept = {name: str(value) for name, value in fields.items() if value is not None}
        return f"{path}?{urlencode(kept)}" if kept else path

    @property
    def asks(self) -> bool:
        """Whether anything is left out at all."""
        return bool(self.model_dump(exclude_defaults=True).keys() - _NO_FILTERS)


_NO_FILTERS = {"meaning", "order", "limit", "page"}


def _read(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    if name in ("since", "until"):
        return _day(name, value)
    if name in ("disputed", "meaning"):
        lower = value.casefold()
        if lower not in (*_YES, *_NO):
            raise QueryError(f"{name} {_shown(value)} is neither yes nor no; give one of them")
        return lower in _YES
    if name in ("stance", "order"):
        known = [one.value for one in (Stance if name == "stance" else Order)]
        if value.casefold() not in known:
            raise QueryError(f"there is no {name} {_shown(value)}; there are {', '.join(known)}")
        return value.casefold()
    return value


def _day(name: str, value: str) -> date:
    match = _DAY.fullmatch(value)
    form = "a day is written 2016-09-12, a month 2016-09, a year 2016"
    if match is None:
        raise QueryError(f"{name} {_shown(value)} is no day; {form}")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    last = name == "until"
    try:
        if month is None:
            month = 12 if last else 1
        if day is None:
            day = calendar.monthrange(year, month)[1] if last else 1
        return date(year, month, day)
    except ValueError:
        raise QueryError(f"{name} {_shown(value)} is no day of any year; {form}") from None


def _told(name: str, value: object, message: str) -> str:
    if not name or name == "text":
        return message.removeprefix("Value error, ")
    if name == "limit":
        return f"limit {_shown(value)} is not between 1 and {MOST:,}; give a number between them"
    if name == "page":
        return f"page {_shown(value)} is no page; pages are counted from 1"
    return f"{name} {_shown(value)}: {message}; give less, or leave it out"


def _shown(value: object) -> str:
    written = str(value)
    return repr(written if len(written) <= 40 else written[:40] + "…")
