"""Every reader against whatever may come: an article or a reason, and never anything else."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from news_site import ENGLISH_FEED, URDU_FEED, NewsSite
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from claims.config.settings import Sources
from claims.errors import ClaimsError, FetchError, InputError
from claims.fetching import bodies
from claims.fetching.addresses import host_of, normal
from claims.fetching.robots import Rules
from claims.model import Article, Failure
from claims.readers.articles import Duplicate, read
from claims.readers.dates import day_first, load_dates
from claims.readers.feed import entry_draft, feed_entries, is_feed
from claims.readers.html import page_draft
from claims.readers.notices import load_notices
from claims.readers.text import check

# A fixed number of cases, the same in every run. No deadline a case: machines differ.
CASES = 100
fuzz = settings(
    max_examples=CASES,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
DATES = load_dates(ROOT / "config", ("ur", "en"))
NOTICES = load_notices(ROOT / "config", ("ur", "en"))
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@cache
def originals() -> dict[str, bytes]:
    """A good input for each reader, by the suffix that chooses it."""
    site = NewsSite()
    page = site.pages["/urdu/pul"].body
    linked = (
        b'<html><head><script type="application/ld+json">{"@graph":[{"@type":"NewsArticle",'
        b'"headline":"Bridge","author":[{"name":"A"}],"datePublished":"2026-11-21T09:00:00+05:00"}]}'
        b"</script></head><body><article><p>The minister said that the bridge would open.</p>"
        b'<p class="date">3 hours ago</p></article></body></html>'
    )
    row = {
        "text": "The minister said that the bridge would open.",
        "title": "Bridge",
        "date": "22 نومبر 2026",
        "author": ["A", "B"],
    }
    site._server.server_close()
    return {
        ".html": page,
        ".htm": linked,
        ".rss": site.pages[URDU_FEED].body,
        ".atom": site.pages[ENGLISH_FEED].body,
        ".jsonl": (json.dumps(row, ensure_ascii=False) + "\n").encode() * 3,
        ".csv": b'text,title,date\n"The minister said, ""no"".",Bridge,2026-11-21\n',
        ".tsv": "body\theadline\nوزیر نے کہا کہ پل بند ہے۔\tپل\n".encode(),
        ".warc": archive(page, linked),
        ".warc.gz": archive(page, linked, packed=True),
        "-sep.csv": b'sep=;\ntext;title\n"The minister said no.";Bridge\n',
        "-one.warc.gz": gzip.compress(archive(page, linked)),
        "-aside.html": b"<div class=cookie-banner><p>We and our partners use cookies.</p></div>"
        b"<aside><h1>Bridge &amp;#8217;s</h1>"
        b"<p>The minister said that the bridge would open in May.</p>"
        b"<p>Nobody had asked him, he said, and nobody would.</p></aside>",
        "-1256.rss": '<?xml version="1.0" encoding="windows-1256"?><rss version="2.0"><item><title>'
        "T&amp;amp;T</title><guid>1</guid><pubDate>2025/4/29 03:07:41 PM PKT</pubDate><description>"
        f"{'شہر کے لوگ خوش ہيں کہ راستہ کم ہو گا۔ ' * 20}</description></item></rss>".encode(
            "cp1256", "xmlcharrefreplace"
        ),
        ".txt": "پل بند ہے\n\nوزیر نے کہا کہ پل سردیوں سے پہلے کھلے گا۔\n".encode(),
    }


def archive(*found: bytes, packed: bool = False) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for number, body in enumerate(found):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], "HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                f"https://noorpur.example/{number}",
                "response",
                payload=io.BytesIO(body),
                http_headers=headers,
            )
        )
    return out.getvalue()


@st.composite
def damaged(draw: st.DrawFn, suffix: str) -> bytes:
    """A good input with pieces cut out, doubled, swapped for noise, or all of it noise."""
    data = originals()[suffix]
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=300))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        put = draw(
            st.one_of(
                st.binary(max_size=20),
                st.sampled_from(
                    [
                        b"",
                        b"<",
                        b"]]>",
                        b"\0",
                        b"\xff\xfe",
                        b"&#0;",
                        b"&lol;",
                        b"<![CDATA[",
                        b"<!--",
                        b"\xed\xa0\x80",
                        b'"',
                        b"\r",
                        b"99999999999999",
                        b"<svg>",
                        b"<script>",
                        b'<?xml version="1.0" encoding="utf-7"?>',
                        b'<?xml version="1.0" encoding="windows-1256"?>',
                        b"<meta charset=iso-8859-1>",
                        "پل".encode("cp1256", "replace"),
                        "پل بند".encode("utf-16-le"),
                        b"&amp;amp;#8217;",
                        b"<aside>",
                        b"<div id=consent>",
                        b"sep=|\n",
                        b"<pubDate>13/13/2025 25:61 PM PKT</pubDate>",
                        b"Content-Length: -1\r\n",
                        b"<!DOCTYPE a [<!ENTITY a 'b'>]>",
                        "\u202e\u200c".encode(),
                        b"{" * 400,
                    ]
                ),
                st.just(data[start:end] * 3),
            )
        )
        data = data[:start] + put + data[end:]
    return data


def identify(text: str, languages: object) -> str:
    return "ur" if any("\u0600" <= character <= "\u06ff" for character in text) else "en"


def results(path: Path) -> Iterator[Article | Duplicate | Failure]:
    return read([str(path)], ("ur", "en"), Sources(), identify, dates=DATES, notices=NOTICES)


@pytest.mark.parametrize("suffix", sorted(originals()))
def test_a_good_input_gives_articles(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"good{suffix}"
    path.write_bytes(originals()[suffix])
    found = list(results(path))
    if suffix in (".rss", ".atom"):  # no article without asking for its page
        assert all(isinstance(one, Failure) for one in found)
        assert len(found) == 6
    else:
        assert any(isinstance(one, Article) for one in found), found


@pytest.mark.parametrize("suffix", sorted(originals()))
def test_every_file_gives_articles_or_reasons(
    suffix: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")

    @fuzz
    @given(damaged(suffix))
    def every_case(data: bytes) -> None:
        path = folder / f"case{suffix}"
        path.write_bytes(data)
        found = list(results(path))
        assert found, "nothing is lost without a word"
        for one in found:
            if isinstance(one, Failure):
                assert one.reason
                assert "\n" not in one.reason
            elif isinstance(one, Article):
                one.text.encode()
                (one.title or "").encode()
                (one.byline or "").encode()
                assert one.published_at is None or one.published_at.tzinfo is not None
                check(one.text)

    every_case()


@fuzz
@given(st.one_of(st.binary(max_size=2000), damaged(".rss"), damaged(".atom")))
def test_feeds(data: bytes) -> None:
    is_feed(data)
    try:
        for entry in feed_entries(data, "https://noorpur.example/feed"):
            if entry.content:
                entry_draft(entry, "entry", None)
    except InputError as error:
        assert "\n" not in str(error)


@fuzz
@given(
    st.one_of(st.binary(max_size=2000), damaged(".html"), damaged(".htm")),
    st.sampled_from(
        [
            None,
            "",
            "text/html; charset=utf-7",
            "text/html; charset=rot13",
            "text/html; charset=windows-1256",
            "text/html; charset=hex",
        ]
    ),
)
def test_pages(data: bytes, content_type: str | None) -> None:
    try:
        draft = page_draft(
            data, "page", address="https://noorpur.example/a", content_type=content_type
        )
    except InputError as error:
        assert "\n" not in str(error)
    else:
        draft.text.encode()


@fuzz
@given(st.text(max_size=200), st.sampled_from(["ur", "en", "fr", "xx", None]))
def test_dates_of_any_text(told: str, language: str | None) -> None:
    moment = DATES.moment(told, language, "Asia/Karachi", NOW)
    assert moment is None or moment.tzinfo is not None


@fuzz
@given(
    st.lists(
        st.sampled_from(
            [
                "22",
                "۲۲",
                "نومبر",
                "2026",
                "۲۰۲۶ء",
                "گزشتہ روز",
                "3",
                "گھنٹے",
                "قبل",
                "پہلے",
                "شام",
                "بجے",
                "رات",
                "12",
                ":",
                "،",
                "ago",
                "hours",
                "99999999999",
                "-",
                "May",
                "T",
                "Z",
                "PM",
                "a.m.",
                "PKT",
                "+0500",
                "2025/4/29",
                "04/03/2025",
                "Thu,",
                "جمعرات",
                "15:07:41",
                "1743674400",
            ]
        ),
        max_size=8,
    )
)
def test_dates_of_the_words_of_dates(words: list[str]) -> None:
    assert len(day_first(words)) == len(words)
    for language in ("ur", "en"):
        moment = DATES.moment(" ".join(words), language, "Asia/Karachi", NOW)
        assert moment is None or moment.tzinfo is not None


@fuzz
@given(st.one_of(st.text(max_size=80), st.text(max_size=40).map(lambda rest: f"http://{rest}")))
def test_addresses(text: str) -> None:
    host_of(text)
    try:
        assert normal(normal(text)) == normal(text)
    except FetchError as error:
        assert "\n" not in str(error)


@fuzz
@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(
            st.sampled_from(
                [
                    "User-agent: *",
                    "Disallow: /*$",
                    "Allow:",
                    "Crawl-delay: nan",
                    "Crawl-delay: -1",
                    "\0",
                    ":",
                ]
            ),
            max_size=8,
        ).map("\n".join),
    )
)
def test_robots(text: str) -> None:
    rules = Rules(text)
    rules.allow("https://noorpur.example/a?b")
    assert 0 <= rules.delay <= 30


@fuzz
@given(
    st.one_of(st.binary(max_size=500), st.binary(max_size=500).map(gzip.compress)),
    st.sampled_from([None, "", "gzip", "deflate", "br", "gzip, gzip", "identity"]),
    st.integers(1, 50),
)
def test_bodies(data: bytes, encoding: str | None, size: int) -> None:
    chunks = [data[start : start + size] for start in range(0, len(data), size)]
    try:
        assert len(bodies.unpacked(chunks, encoding, 400)) <= 400
    except ClaimsError as error:
        assert isinstance(error, FetchError)
