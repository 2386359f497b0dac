"""Dates, encodings, notices and titles as papers print them, each in a table of cases."""

from __future__ import annotations

import gzip
import html
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from case_tables import table
from conftest import ROOT
from test_fuzz_readers import archive

from claims.config.settings import Sources
from claims.errors import InputError
from claims.language.identification import identify
from claims.model import Article, Failure
from claims.readers.articles import Duplicate, read
from claims.readers.dates import load_dates
from claims.readers.feed import feed_entries
from claims.readers.notices import load_notices

LANGUAGES = ("ur", "en")
DATES = load_dates(ROOT / "config", LANGUAGES)
NOTICES = load_notices(ROOT / "config", LANGUAGES)


def results(path: Path) -> list[Article | Duplicate | Failure]:
    return list(read([str(path)], LANGUAGES, Sources(), identify, dates=DATES, notices=NOTICES))


def feed(*items: str, declared: str | None = "utf-8", before: str = "") -> str:
    named = f' encoding="{declared}"' if declared else ""
    return (
        f'{before}<?xml version="1.0"{named}?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title>'
        f"{''.join(items)}</channel></rss>"
    )


def published(*told: str) -> list[str | None]:
    items = [
        f"<item><title>{n}</title><guid>{n}</guid><pubDate>{one}</pubDate></item>"
        for n, one in enumerate(told)
    ]
    return [entry.published for entry in feed_entries(feed(*items).encode())]


@pytest.mark.parametrize("case", table("feed_dates"), ids=lambda case: case["told"])
def test_the_dates_of_feeds(case: dict[str, str]) -> None:
    (told,) = published(case["told"])
    moment = DATES.moment(told or "", "en", case.get("zone"))
    expected = case["moment"] and datetime.fromisoformat(case["moment"])
    assert (moment and moment.astimezone(UTC)) == expected


def test_a_feed_with_its_months_first_has_all_of_them_first() -> None:
    told = published("04/13/2025 10:00", "04/03/2025 09:00", "5 April 2025")
    days = [DATES.moment(one or "", "en") for one in told]
    assert [(day.month, day.day) for day in days if day] == [(4, 13), (4, 3), (4, 5)]
    told = published("13/04/2025 10:00", "04/03/2025 09:00")
    days = [DATES.moment(one or "", "en") for one in told]
    assert [(day.month, day.day) for day in days if day] == [(4, 13), (3, 4)]


ENCODINGS = table("encodings")


@pytest.mark.parametrize("case", ENCODINGS["cases"], ids=str)
def test_what_declares_one_encoding_and_is_in_another(case: dict[str, Any], tmp_path: Path) -> None:
    text, declared = ENCODINGS["texts"][case["text"]], case["declared"]
    body = f"<p>{text}</p><p>{text}</p>"
    if case["kind"] == "feed":
        path = tmp_path / "a.xml"
        content = f"<content:encoded><![CDATA[{body}]]></content:encoded>"
        item = f"<item><title>T</title><guid>g</guid>{content}</item>"
        whole = feed(item, declared=declared, before=case.get("before", ""))
    else:
        path = tmp_path / "a.html"
        meta = f'<meta charset="{declared}">' if declared else ""
        whole = f"<html><head>{meta}<title>T</title></head><article>{body}</article></html>"
    if case["written"] == "twice":
        data = whole.encode().decode("cp1252", "replace").encode()
    else:
        data = whole.encode(case["written"], "xmlcharrefreplace")
    path.write_bytes(data)
    (found,) = results(path)
    if case["read"]:
        assert isinstance(found, Article)
        assert text in html.unescape(found.text)
    else:
        assert isinstance(found, Failure)
        assert "mojibake" in found.reason


PAGES = table("pages")


@pytest.mark.parametrize("case", PAGES["cases"], ids=lambda case: case["name"])
def test_notices_and_asides(case: dict[str, Any], tmp_path: Path) -> None:
    pieces = {name: PAGES[name] for name in ("story", "consent", "urdu_consent")}
    path = tmp_path / "a.html"
    body = case["body"].format(**pieces)
    path.write_text(
        f"<html><head><meta charset=utf-8><title>Skerry Sentinel</title></head>{body}</html>"
    )
    (found,) = results(path)
    if not case["reads"]:
        assert isinstance(found, Failure)
        assert "no article" in found.reason
        return
    assert isinstance(found, Article)
    assert "Divers found" in found.text
    assert "lies on sand" in found.text
    assert "614 partners" not in found.text
    assert case.get("without", "614") not in found.text


@pytest.mark.parametrize("case", PAGES["titles"], ids=lambda case: case["told"])
def test_titles_that_were_escaped_twice(case: dict[str, str]) -> None:
    (entry,) = feed_entries(
        feed(f"<item><title>{case['told']}</title><guid>1</guid></item>").encode()
    )
    assert entry.title == case["title"]


def test_a_table_may_say_first_what_parts_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "\ufeffsep=;\r\ntext;title\r\nThe ferry, they said, was late.;Ferry\r\n;x\r\n", "utf-8"
    )
    first, second = results(path)
    assert isinstance(first, Article)
    assert (first.text, first.title) == ("The ferry, they said, was late.", "Ferry")
    assert isinstance(second, Failure)
    assert second.input.endswith("line 4")


def test_an_archive_of_one_member_is_read_to_its_end(tmp_path: Path) -> None:
    pages = [
        f"<html><title>T</title><article><p>{'The ferry was late in May. ' * n}</p></article>"
        for n in (6, 9)
    ]
    packed = gzip.compress(archive(*(page.encode() for page in pages)))
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed)
    assert [type(one) for one in results(path)] == [Article, Article]
    path.write_bytes(packed[:-40])
    assert any(isinstance(one, Failure) and "breaks off" in one.reason for one in results(path))


def test_a_feed_in_no_encoding_at_all_is_refused() -> None:
    noise = b"a\xa9b\xaec\xb5d" * 60
    with pytest.raises(InputError, match="cannot be told"):
        feed_entries(b'<?xml version="1.0" encoding="latin-1"?><rss><title>x' + noise + b"</title>")
