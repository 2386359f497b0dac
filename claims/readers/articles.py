"""Inputs to articles; every input ends as an article, a duplicate or a failure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from rapidfuzz import fuzz

from claims.config.settings import Columns, Outlet, Sources
from claims.errors import ConfigError, InputError, LanguageError
from claims.fetching.addresses import is_address
from claims.fetching.fetcher import Fetcher
from claims.model import Article, Failure
from claims.readers.dates import Dates, in_zone
from claims.readers.draft import Draft
from claims.readers.locate import Address, Input, find
from claims.readers.manifest import ManifestEntry, Manifests
from claims.readers.notices import NoticeWords, without_notices
from claims.readers.outlets import outlet_of
from claims.readers.reader_input import ReaderInput
from claims.readers.registry import read_file
from claims.readers.web import fetched_ahead, read_address

Identify = Callable[[str, Sequence[str]], str]
"""Tells the language of a text, one of those configured; raises LanguageError."""

_DATED = re.compile(r"\s*date\s+(\d{4}-\d{2}-\d{2})\s+")
_LONGEST_TITLE = 160
_SAMPLE = 5000
_SAME_STORY = 50.0
"""How alike, of 100, two texts are from which on one address makes them one story."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An input that is the same story as another one, ``of``, that was read before it: with the
    outlet and text of article ``article_id``, or with its address. ``url`` is its own address."""

    input: str
    of: str
    article_id: str = ""
    outlet: str = ""
    url: str | None = None


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
    fetcher: Fetcher | None = None,
    columns: Columns | None = None,
    dates: Dates | None = None,
    follow_links: bool = False,
    notices: Sequence[NoticeWords] = (),
) -> Iterator[Article | Duplicate | Failure]:
    """The articles behind ``named`` (files, folders, globs, addresses), in a fixed order.

    Text is what the input held, decoded and not changed; of a page it is the words of the article,
    headline first. ``languages`` are those that are configured: an article in another one is a
    Failure; ``identify`` tells the language of an article where neither its input nor its outlet
    does. A story that was there before, by text or by address, is a Duplicate, unless ``distinct``
    is False. Addresses are asked for through ``fetcher``; without one they are Failures.
    ``columns`` are those of CSV and JSON Lines, ``dates`` the words of dates, ``notices`` those of
    what on a page is no article. A manifest that is not right is a Failure in the place of the
    files beside it. Symbolic links that leave what is named are Failures, unless ``follow_links``.
    """
    manifests = Manifests(follow_links)
    unread: set[Path] = set()
    maker = _Maker(_Languages(tuple(languages), identify), sources, dates or Dates(), notices)
    met = _Met()
    inputs = list(find(named, sources, follow_links=follow_links))
    addresses = [found.url for found in inputs if isinstance(found, Address)]
    with fetched_ahead(addresses, fetcher):
        for found in inputs:
            if isinstance(found, Failure):
                yield found
                continue
            if isinstance(found, Address):
                if fetcher is None:
                    yield Failure(input=found.named, reason="addresses are not asked for here")
                    continue
                entry, drafts = ManifestEntry(), read_address(found.url, fetcher)
            else:
                try:
                    entry = manifests.entry(found.path)
                except ConfigError as error:
                    folder = found.path.parent
                    if folder not in unread:
                        unread.add(folder)
                        beside = [one for one in inputs if _lies_in(one, folder)]
                        yield manifests.failure(folder, str(error), len(beside))
                    continue
                chosen = found.outlet.columns.over(columns or Columns())
                drafts = read_file(
                    ReaderInput(
                        found.named,
                        found.path,
                        entry=entry,
                        columns=chosen,
                        fetcher=fetcher,
                    )
                )
            for draft in drafts:
                result = draft if isinstance(draft, Failure) else maker.make(draft, entry, found)
                yield met.first(result) if distinct and isinstance(result, Article) else result


def _lies_in(found: Input | Address | Failure, folder: Path) -> bool:
    return isinstance(found, Input) and found.path.parent == folder


class _Met:
    """The articles of one reading, to tell a story that comes again."""

    def __init__(self) -> None:
        self._by_text: dict[str, Article] = {}
        self._by_address: dict[tuple[str, str], Article] = {}

    def first(self, article: Article) -> Article | Duplicate:
        """The article, or, where its story was there before, a Duplicate.

        Two pages that name one address as theirs are one story where they are alike, such as the
        page for telephones. Where they are not, that address is wrong, and each keeps its own. Rows
        and archives may well hold several versions of what stood at one address.
        """
        before = self._by_text.get(article.article_id)
        if before is None and article.url is not None and is_address(article.path or ""):
            before = self._by_address.setdefault((article.outlet, article.url), article)
            if before is article:
                before = None
            elif not _alike(article.text, before.text):
                article, before = article.model_copy(update={"url": article.path}), None
        if before is None:
            self._by_text[article.article_id] = article
            return article
        return Duplicate(
            input=article.path or article.article_id,
            of=before.path or before.article_id,
            article_id=before.article_id,
            outlet=article.outlet,
            url=article.url,
        )


def _alike(one: str, other: str) -> bool:
    return fuzz.token_set_ratio(one[:_SAMPLE], other[:_SAMPLE]) >= _SAME_STORY


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes articles of drafts."""

    languages: _Languages
    sources: Sources
    dates: Dates
    notices: Sequence[NoticeWords] = ()

    def make(self, draft: Draft, entry: ManifestEntry, found: Input | Address) -> Article | Failure:
        """The article, or a Failure where it is in no language that is configured.

        What a person wrote in a manifest goes before what the input says.
        """
        outlet = outlet_of(draft, entry, found, self.sources)
        try:
            if draft.headed:
                text = without_notices(draft.text, draft.title, self.notices)
                draft = replace(draft, text=text)
            language = self.languages.of(
                draft.text, entry.language or draft.language or outlet.language
            )
        except InputError as error:
            return Failure(input=draft.name, reason=str(error))
        title, dated = (draft.title, None) if draft.headed else _headline(draft)
        published = in_zone(entry.published_at, outlet.timezone)
        if published is None:
            told = (*draft.published, *((dated,) if dated else ()))
            published = self._moment(told, language, outlet, draft.fetched_at)
        return Article(
            article_id=article_id(outlet.name, draft.text),
            outlet=outlet.name,
            url=entry.url or draft.url,
            path=draft.name,
            title=entry.title or title,
            byline=draft.byline,
            language=language,
            published_at=published,
            fetched_at=draft.fetched_at,
            content_hash=content_hash(draft.text),
            text=draft.text,
        )

    def _moment(
        self,
        told: Sequence[datetime | date | str],
        language: str,
        outlet: Outlet,
        base: datetime | None,
    ) -> datetime | None:
        for one in told:
            if not isinstance(one, str):
                return in_zone(one, outlet.timezone)
            moment = self.dates.moment(one, language, outlet.timezone, base)
            if moment is not None:
                return moment
        return None


def _headline(draft: Draft) -> tuple[str | None, date | None]:
    """Title and date as the text's first lines give them.

    The title is the first headline line that is known; where none is, the first line with words, if
    it is short and not all there is.
    """
    lines = draft.text.splitlines()
    if draft.headline_lines is not None:
        chosen = [lines[n - 1] for n in draft.headline_lines if 0 < n <= len(lines)][:1]
    else:
        worded = [line for line in lines if any(c.isalpha() for c in line)]
        chosen = [line for line in worded[:1] if len(worded) > 1 and len(line) <= _LONGEST_TITLE]
    title = chosen[0] if chosen else None
    dated: date | None = None
    if title and (match := _DATED.match(title)):
        title = title[match.end() :]
        with suppress(ValueError):  # 2026-02-31 is digits, not a day
            dated = date.fromisoformat(match[1])
    return draft.title or (title.strip("\ufeff \t") if title else None) or None, dated


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
