"""Inputs to articles; every input ends as an article, a duplicate or a failure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime

from claims.configuration import Sources
from claims.errors import InputError, LanguageError
from claims.model import Article, Failure
from claims.reading import jsonl, plain
from claims.reading.inputs import Input, find
from claims.reading.manifest import Entry, Manifests

Identify = Callable[[str, Sequence[str]], str]
"""Tells the language of a text, one of those configured; raises LanguageError."""

_DATED = re.compile(r"\s*date\s+(\d{4}-\d{2}-\d{2})\s+")
_LONGEST_TITLE = 160
_OTHER_FORMATS = frozenset(
    (".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".json", ".csv", ".tsv", ".yaml", ".yml")
)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An input with the outlet and text of another one, ``of``, that was read before it."""

    input: str
    of: str


def article_id(outlet: str, text: str) -> str:
    """The identifier of an article: a hash of outlet and text."""
    return _sha256(f"{outlet}\0{text}")[:16]


def content_hash(text: str) -> str:
    """The hash of the text alone."""
    return _sha256(text)


@dataclass(frozen=True, slots=True)
class _Languages:
    configured: tuple[str, ...]
    identify: Identify

    def of(self, text: str, given: str | None) -> str:
        if given is None:
            return self.identify(text, self.configured)
        if given not in self.configured:
            raise LanguageError(
                f"language {given!r} is not configured (configured: {', '.join(self.configured)});"
                f" add it under `languages` in pipeline.yaml with a cue file and a model"
            )
        return given


def read(
    named: Sequence[str],
    languages: Sequence[str],
    sources: Sources,
    identify: Identify,
    *,
    distinct: bool = True,
) -> Iterator[Article | Duplicate | Failure]:
    """The articles behind ``named`` (files, folders, globs), in a fixed order.

    Text is what the input held, decoded and not changed. ``languages`` are those that are
    configured: an article in another one is a Failure; ``identify`` tells the language of an
    article where neither its manifest nor its outlet does. An article that was there before is a
    Duplicate, unless ``distinct`` is False. Raises ConfigError for a manifest that is not right.
    """
    manifests = Manifests()
    language = _Languages(tuple(languages), identify)
    first: dict[str, str] = {}
    for found in find(named, sources):
        if isinstance(found, Failure):
            yield found
            continue
        entry = manifests.entry(found.path)
        for result in _file(found, entry, language):
            if isinstance(result, Article):
                name = result.path or found.named
                if distinct and result.article_id in first:
                    yield Duplicate(input=name, of=first[result.article_id])
                    continue
                first.setdefault(result.article_id, name)
            yield result


def _file(found: Input, entry: Entry, language: _Languages) -> Iterator[Article | Failure]:
    suffix = found.path.suffix.lower()
    try:
        if suffix in jsonl.SUFFIXES:
            yield from _rows(found, language)
        elif suffix in _OTHER_FORMATS:
            raise InputError(f"{suffix} files are not read; give plain text or JSON Lines")
        else:
            size = found.path.stat().st_size
            if size > 4 * plain.MAXIMUM:
                raise InputError(f"too long: {size:,} bytes; the limit is {4 * plain.MAXIMUM:,}")
            text = plain.decode(found.path.read_bytes())
            yield _article(found, text, entry, found.named, language)
    except InputError as error:
        yield Failure(input=found.named, reason=str(error))
    except OSError as error:
        yield Failure(input=found.named, reason=f"cannot be read: {error.strerror}")


def _rows(found: Input, language: _Languages) -> Iterator[Article | Failure]:
    for number, row in jsonl.rows(found.path):
        place = f"{found.named}, line {number}"
        if isinstance(row, InputError):
            yield Failure(input=place, reason=str(row))
            continue
        entry = Entry(
            outlet=row.outlet,
            url=row.url,
            title=row.title,
            language=row.language,
            published_at=row.published_at,
        )
        try:
            yield _article(found, row.text, entry, row.name or place, language)
        except InputError as error:
            yield Failure(input=place, reason=str(error))


def _article(found: Input, text: str, entry: Entry, name: str, language: _Languages) -> Article:
    outlet = entry.outlet or found.outlet.name
    title, dated = _headline(text, entry)
    return Article(
        article_id=article_id(outlet, text),
        outlet=outlet,
        url=entry.url,
        path=name,
        title=title,
        language=language.of(text, entry.language or found.outlet.language),
        published_at=_moment(entry.published_at or dated),
        content_hash=content_hash(text),
        text=text,
    )


def _headline(text: str, entry: Entry) -> tuple[str | None, date | None]:
    """Title and date as the text's first lines give them.

    The title is the first headline line that the manifest knows; where it knows none, the first
    line with words, if it is short and not all there is.
    """
    lines = text.splitlines()
    if entry.headline_lines is not None:
        chosen = [lines[n - 1] for n in entry.headline_lines if 0 < n <= len(lines)][:1]
    else:
        worded = [line for line in lines if any(c.isalpha() for c in line)]
        chosen = [line for line in worded[:1] if len(worded) > 1 and len(line) <= _LONGEST_TITLE]
    title = chosen[0] if chosen else None
    dated: date | None = None
    if title and (match := _DATED.match(title)):
        title = title[match.end() :]
        with suppress(ValueError):  # 2026-02-31 is digits, not a day
            dated = date.fromisoformat(match[1])
    return entry.title or (title.strip("\ufeff \t") if title else None) or None, dated


def _moment(given: datetime | date | None) -> datetime | None:
    """A point in time; a day is its midnight, and a time without a zone is UTC."""
    if given is None:
        return None
    if not isinstance(given, datetime):
        given = datetime(given.year, given.month, given.day)
    return given if given.tzinfo else given.replace(tzinfo=UTC)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
