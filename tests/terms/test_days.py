"""Days that an article's words tell: its dateline's, and those that claims speak of."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from building import analysed
from conftest import ROOT
from storing import rows

from claims.store.articles import save
from claims.store.database import Database
from claims.terms.days import Days, load_days

TUESDAY = date(2016, 9, 27)


@pytest.fixture(scope="module")
def days() -> Days:
    return load_days(ROOT / "config", ("ur", "en", "de"))


@pytest.mark.parametrize(
    ("language", "text", "published", "day"),
    [
        ("en", "HEMPSTEAD, N.Y., Sept. 26 (UPI) — The candidates met.", 2016, date(2016, 9, 26)),
        ("en", "Debate begins.  NEW YORK, Nov. 19 (UPI) -- Two men", 2016, date(2015, 11, 19)),
        ("en", "GENEVA, March 3, 2015 (Reuters) - Talks went on", None, date(2015, 3, 3)),
        ("en", "GENEVA, March 3 (Reuters) - Talks went on", None, None),
        ("en", "The talks of Sept. 26 were long — too long.", 2016, None),
        ("ur", "دبئی ۔23 نومبر (اے پی پی) ایران نے کہا", 2016, date(2015, 11, 23)),
        ("ur", "ممبئی ۔ یکم ستمبر ۲۰۱۴ء (اے پی پی) اداکار", None, date(2014, 9, 1)),
        ("ur", "ممبئی ۔ 31 ستمبر ۲۰۱۴ء (اے پی پی) اداکار", None, None),
        ("de", "Genf, 3. März 2015 (dpa) - Die Gespräche", 2016, None),
    ],
)
def test_a_dateline_has_a_day(
    days: Days, language: str, text: str, published: int | None, day: date | None
) -> None:
    """The year is its own, or that of the last such day before the article was published."""
    at = datetime(published, 9, 27, tzinfo=UTC) if published else None
    article = analysed(text, language=language, published_at=at).document.article
    assert days.dateline(article) == day


@pytest.mark.parametrize(
    ("language", "content", "day"),
    [
        ("en", "that he met the envoy on Monday", date(2016, 9, 26)),
        ("en", "he was arrested yesterday", date(2016, 9, 26)),
        ("en", "the raid of March 3, 2015, killed four", date(2015, 3, 3)),
        ("en", "the raid of Dec. 30 killed four", date(2015, 12, 30)),
        ("en", "it will open on Monday", None),
        ("en", "they met on Monday and again on Friday", None),
        ("en", "that she may resign", None),
        ("ur", "حملہ پیر کے روز ہوا", date(2016, 9, 26)),
        ("ur", "اجلاس پیر کو ہوگا", None),
        ("ur", "حملہ 3 مارچ 2015 کو ہوا", date(2015, 3, 3)),
    ],
)
def test_a_claim_speaks_of_a_day(days: Days, language: str, content: str, day: date | None) -> None:
    assert days.spoken_of(content, language, TUESDAY) == day
    assert days.spoken_of(content, language, None) is None


def test_days_are_stored(tmp_path: Path) -> None:
    database = Database(tmp_path / "claims.duckdb")
    one = analysed("GENEVA, Sept. 26 (Reuters) - Talks went on.")
    save(database, [one.model_copy(update={"dateline_on": TUESDAY})])
    assert rows(database, "SELECT day FROM article_days") == [(TUESDAY,)]
    assert rows(database, "SELECT published_at, dateline_on FROM articles") == [(None, TUESDAY)]
