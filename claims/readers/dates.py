"""Points in time as papers write them.

The library dateparser reads them; what it does not know of a language is rewritten first, by
``config/dates/<language>.yaml``.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from claims.config.yaml_file import Checked, load, pattern

LONGEST = 120
"""Characters of the longest text that is looked at as a date."""

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{8}T\d{4}")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")  # seconds or milliseconds since 1970
_RFC_822 = re.compile(
    r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}(?::\d{2})? (?:GMT|[+-]\d{4})"
)
"""The form that most feeds have, with a zone that is no name of several."""

_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
"""A day and a month, in an order that is not told, before a year."""

_MONTHS = 12


class Rewrite(Checked):
    """A regular expression and what stands in its place."""

    words: Annotated[str, AfterValidator(pattern)]
    put: str = Field(alias="as")


class Zone(Checked):
    """The abbreviation of a time zone that means another one for outlets ``within`` a place."""

    name: str
    within: str
    offset: Annotated[str, Field(pattern=r"^[+-]\d{4}$")]


class DateWords(Checked):
    """One file of ``config/dates/``. ``weekdays`` are forms of the days' names, Monday's first."""

    weekdays: tuple[tuple[str, ...], ...] = ()
    zones: tuple[Zone, ...] = ()
    rewrite: tuple[Rewrite, ...] = ()


def load_dates(config: Path, languages: Sequence[str]) -> Dates:
    """The date words of the configured languages that have some. Raises ConfigError."""
    files = {language: config / "dates" / f"{language}.yaml" for language in languages}
    return Dates({key: load(path, DateWords) for key, path in files.items() if path.is_file()})


class Dates:
    """Reads dates, with the ``words`` of each language."""

    def __init__(self, words: Mapping[str, DateWords] | None = None) -> None:
        self._words = dict(words or {})
        self._weekdays = {
            form.casefold(): number
            for each in self._words.values()
            for number, forms in enumerate(each.weekdays)
            for form in forms
        }

    def moment(
        self,
        told: str,
        language: str | None,
        zone: str | None = None,
        base: datetime | None = None,
    ) -> datetime | None:
        """The point in time that ``told`` says, or None where it says none for certain.

        A day is its midnight. ``zone`` is that of times without one (default: UTC). Of two numbers
        before a year the first is the day, unless only the other can be or a weekday tells so. What
        is told from the day of writing ("yesterday", ۳ گھنٹے قبل) counts from ``base``, with a time
        zone; without one it says nothing.
        """
        text = plain_digits(" ".join(told.split()))
        if not text or len(text) > LONGEST:
            return None
        there: tzinfo = ZoneInfo(zone) if zone else UTC
        known = _iso(text) or _rfc_822(text)
        if known is None:
            text = self._in_order(self._zoned(text, zone))
            known = self._parsed(text, language, there, base)
        if known is None:
            return None
        return in_zone(known, zone)

    def _parsed(
        self, text: str, language: str | None, there: tzinfo, base: datetime | None
    ) -> datetime | None:
        from dateparser.date import DateDataParser  # takes a moment to load

        now = base.astimezone(there).replace(tzinfo=None) if base else None
        settings = {
            "STRICT_PARSING": True,  # "May" is no date
            "RETURN_TIME_AS_PERIOD": True,
            "PREFER_DATES_FROM": "past",
            "DATE_ORDER": "DMY",
            "RELATIVE_BASE": now or datetime(1970, 1, 1),
            "PARSERS": ["relative-time", "absolute-time"] if now else ["absolute-time"],
        }
        # Its own language first; but an English page may well be dated in Urdu.
        for code in dict.fromkeys([language, *self._words, "en"]):
            if code is None:
                continue
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    parser = DateDataParser(languages=[code], settings=settings)
                    found = parser.get_date_data(self._rewritten(text, code))
            except (ValueError, OverflowError, TypeError, AttributeError, KeyError, IndexError):
                continue
            moment: datetime | None = found.date_obj
            if moment is None:
                continue
            if found.period == "time":
                return moment
            if found.period == "day":
                return datetime.combine(moment.date(), time())
            return None  # a week or a month is no point in time
        return None

    def _zoned(self, text: str, zone: str | None) -> str:
        """The text with abbreviations that mean another zone where the outlet is as offsets."""
        for each in self._words.values():
            for one in each.zones:
                if one.within == zone:
                    text = re.sub(rf"\b{re.escape(one.name)}\b", one.offset, text)
        return text

    def _in_order(self, text: str) -> str:
        """The text with the day before the month where its weekday says that it is not."""
        found = _NUMERIC.search(text)
        if found is None or not self._weekdays:
            return text
        told = {self._weekdays.get(word.casefold()) for word in re.findall(r"[^\W\d]+", text)}
        first, _, second, year = found.groups()
        as_day, as_month = (
            _weekday(int(year), int(month), int(day))
            for day, month in ((first, second), (second, first))
        )
        if as_month is None or as_month not in told or as_day in told:
            return text
        return f"{text[: found.start()]}{second}/{first}/{year}{text[found.end() :]}"

    def _rewritten(self, text: str, language: str) -> str:
        words = self._words.get(language)
        for rewrite in words.rewrite if words else ():
            text = re.sub(rewrite.words, rewrite.put, text)
        return " ".join(text.split())


def day_first(told: Sequence[str]) -> list[str]:
    """The dates of one feed, of which some may have the month before the day: where one can only be
    read so and none the other way (04/13/2025 beside 04/03/2025), all of them are."""
    found = [_NUMERIC.search(plain_digits(one)) for one in told]
    pairs = [(int(match[1]), int(match[3])) for match in found if match]
    if not any(second > _MONTHS for _, second in pairs) or any(
        first > _MONTHS for first, _ in pairs
    ):
        return list(told)
    return [_NUMERIC.sub(r"\3\2\1\2\4", plain_digits(one), count=1) for one in told]


def plain_digits(text: str) -> str:
    """The text with the digits of all scripts as 0 to 9."""
    return "".join(
        str(unicodedata.digit(character, character))
        if not character.isascii() and character.isdecimal()
        else character
        for character in text
    )


def in_zone(given: datetime | date | None, zone: str | None) -> datetime | None:
    """A point in time; a day is its midnight, and what has no zone is in ``zone``, else UTC. None
    for one that is not ``in_reach``."""
    if given is None or not in_reach(given):
        return None
    if not isinstance(given, datetime):
        given = datetime.combine(given, time())
    return given if given.tzinfo else given.replace(tzinfo=ZoneInfo(zone) if zone else UTC)


def in_reach(given: date) -> bool:
    """Whether it is a point in time in every zone: the first and last years of the calendar are
    not."""
    return date.min.year < given.year < date.max.year


def _iso(text: str) -> datetime | None:
    try:
        if _EPOCH.fullmatch(text):
            return datetime.fromtimestamp(int(text[:10]), UTC)
        if not _ISO_DAY.match(text):
            return None
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _rfc_822(text: str) -> datetime | None:
    if not _RFC_822.fullmatch(text):
        return None
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _weekday(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).weekday()
    except ValueError:
        return None
