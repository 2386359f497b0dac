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
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from claims.checked import Checked, load, pattern

LONGEST = 120
"""Characters of the longest text that is looked at as a date."""

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Rewrite(Checked):
    """A regular expression and what stands in its place."""

    words: Annotated[str, AfterValidator(pattern)]
    put: str = Field(alias="as")


class DateWords(Checked):
    """One file of ``config/dates/``."""

    rewrite: tuple[Rewrite, ...] = ()


def load_dates(config: Path, languages: Sequence[str]) -> Dates:
    """The date words of the configured languages that have some. Raises ConfigError."""
    files = {language: config / "dates" / f"{language}.yaml" for language in languages}
    return Dates({key: load(path, DateWords) for key, path in files.items() if path.is_file()})


class Dates:
    """Reads dates, with the ``words`` of each language."""

    def __init__(self, words: Mapping[str, DateWords] | None = None) -> None:
        self._words = dict(words or {})

    def moment(
        self,
        told: str,
        language: str | None,
        zone: str | None = None,
        base: datetime | None = None,
    ) -> datetime | None:
        """The point in time that ``told`` says, or None where it says none for certain.

        A day is its midnight. ``zone`` is that of times without one (default: UTC). What is told
        from the day of writing ("yesterday", ۳ گھنٹے قبل) counts from ``base``, with a time zone;
        without one it says nothing.
        """
        text = plain_digits(" ".join(told.split()))
        if not text or len(text) > LONGEST:
            return None
        there: tzinfo = ZoneInfo(zone) if zone else UTC
        known = _iso(text)
        if known is None:
            known = self._parsed(text, language, there, base)
        if known is None:
            return None
        try:
            return known if known.tzinfo else known.replace(tzinfo=there)
        except (OverflowError, ValueError):
            return None

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

    def _rewritten(self, text: str, language: str) -> str:
        words = self._words.get(language)
        for rewrite in words.rewrite if words else ():
            text = re.sub(rewrite.words, rewrite.put, text)
        return " ".join(text.split())


def plain_digits(text: str) -> str:
    """The text with the digits of all scripts as 0 to 9."""
    return "".join(
        str(unicodedata.digit(character, character))
        if not character.isascii() and character.isdecimal()
        else character
        for character in text
    )


def in_zone(given: datetime | date | None, zone: str | None) -> datetime | None:
    """A point in time; a day is its midnight, and what has no zone is in ``zone``, else UTC."""
    if given is None:
        return None
    if not isinstance(given, datetime):
        given = datetime.combine(given, time())
    return given if given.tzinfo else given.replace(tzinfo=ZoneInfo(zone) if zone else UTC)


def _iso(text: str) -> datetime | None:
    if not _ISO_DAY.match(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
