"""Days that an article's words tell: that of its dateline, and those that claims speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from claims.config.yaml_file import Checked, load, pattern
from claims.model import Article
from claims.readers.dates import plain_digits

_HEAD = 400
"""Characters in which a dateline stands: it may come after a headline and a standfirst."""

_MONTHS, _WEEK = 12, 7


def _filled(words: str) -> str:
    """A validator for regular expressions with the names of days in braces."""
    pattern(re.sub(r"\{(?:day|month|year|weekday)\}", "x", words))
    return words


class ToldDay(Checked):
    """A way of telling a day; ``ago`` is how many days before the article, where it says that."""

    words: Annotated[str, AfterValidator(_filled)]
    ago: int | None = None


class DayWords(Checked):
    """One file of ``config/days/``: forms of the months, January's first, and of the weekdays,
    Monday's first, in small letters; days of the month that have a word; and how days are told."""

    months: tuple[tuple[str, ...], ...] = Field(min_length=_MONTHS, max_length=_MONTHS)
    weekdays: tuple[tuple[str, ...], ...] = Field(min_length=_WEEK, max_length=_WEEK)
    numbers: dict[str, int] = Field(default_factory=dict)
    datelines: tuple[Annotated[str, AfterValidator(_filled)], ...] = ()
    told: tuple[ToldDay, ...] = ()
    to_come: Annotated[str, AfterValidator(pattern)] | None = None


class _Language:
    """The words of one language, ready to be looked for."""

    def __init__(self, words: DayWords) -> None:
        self.months = _numbered(words.months, 1)
        self.weekdays = _numbered(words.weekdays, 0)
        self.numbers = words.numbers
        names = {
            "{month}": f"(?P<month>(?i:{_any(self.months)}))",
            "{weekday}": f"(?P<weekday>(?i:{_any(self.weekdays)}))",
            "{day}": f"(?P<day>{'|'.join((r'[0-9]{1,2}', *map(re.escape, words.numbers)))})",
            "{year}": r"(?P<year>(?:19|20)\d\d)",
        }

        def compiled(written: str) -> re.Pattern[str]:
            for name, forms in names.items():
                written = written.replace(name, forms)
            return re.compile(written)

        self.datelines = [compiled(one) for one in words.datelines]
        self.told = [(compiled(one.words), one.ago) for one in words.told]
        self.to_come = re.compile(words.to_come) if words.to_come else None

    def day(self, match: re.Match[str], near: date | None) -> date | None:
        """The day that a month and a number name; without a year the last one up to ``near``."""
        found = match.groupdict()
        month, told = self.months[found["month"].casefold()], found["day"]
        number = self.numbers.get(told) or int(told)
        if found.get("year"):
            return _day(int(found["year"]), month, number)
        if near is None:
            return None
        # A dateline may be a day ahead of a time in UTC.
        years = (_day(year, month, number) for year in (near.year + 1, near.year, near.year - 1))
        return next((day for day in years if day and day <= near + timedelta(days=1)), None)


def load_days(config: Path, languages: Sequence[str]) -> Days:
    """The day words of the configured languages that have some. Raises ConfigError."""
    files = {language: config / "days" / f"{language}.yaml" for language in languages}
    return Days({key: load(path, DayWords) for key, path in files.items() if path.is_file()})


class Days:
    """Finds days, with the ``words`` of each language."""

    def __init__(self, words: Mapping[str, DayWords]) -> None:
        self._languages = {code: _Language(one) for code, one in words.items()}

    def dateline(self, article: Article) -> date | None:
        """The day of the article's dateline. A year that it leaves out is that of when the article
        was published, or else fetched; where neither is known it has no day."""
        language = self._languages.get(article.language)
        if language is None:
            return None
        known = article.published_at or article.fetched_at
        near = known.date() if known else None
        head = plain_digits(article.text[:_HEAD])
        for form in language.datelines:
            if match := form.search(head):
                return language.day(match, near)
        return None

    def spoken_of(self, content: str, language: str, day: date | None) -> date | None:
        """The one day that ``content`` says it speaks of, reckoned from the ``day`` of its article;
        None where it says none, or several."""
        words = self._languages.get(language)
        if words is None or day is None:
            return None
        found = set(_spoken(words, plain_digits(content), day))
        return found.pop() if len(found) == 1 else None


def _spoken(words: _Language, content: str, day: date) -> Iterator[date]:
    to_come = bool(words.to_come and words.to_come.search(content))
    for form, ago in words.told:
        for match in form.finditer(content):
            named = match.groupdict()
            told: date | None = None
            if "month" in named:
                told = words.day(match, day)
            elif to_come:
                continue
            elif ago is not None:
                told = day - timedelta(days=ago)
            elif "weekday" in named:
                told = _last(words.weekdays[named["weekday"].casefold()], day)
            if told is not None:
                yield told


def _last(weekday: int, day: date) -> date:
    """The last such weekday up to ``day``."""
    return day - timedelta(days=(day.weekday() - weekday) % _WEEK)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _numbered(forms: Sequence[Sequence[str]], first: int) -> dict[str, int]:
    return {form.casefold(): number for number, each in enumerate(forms, first) for form in each}


def _any(forms: Mapping[str, int]) -> str:
    """An alternative of all forms, the longest first."""
    return "|".join(re.escape(form) for form in sorted(forms, key=lambda one: (-len(one), one)))
