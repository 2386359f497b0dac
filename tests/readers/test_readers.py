"""Pages, feeds, archives and tables: what each tells of an article, and what it does not."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from news_site import NewsSite, Page
from test_fuzz_readers import archive

from claims.config.settings import Columns, FetchingSettings, Outlet, Sources, load_sources
from claims.errors import InputError
from claims.fetching.fetcher import Fetcher
from claims.language.identification import identify
from claims.model import Article, Failure
from claims.readers.articles import Duplicate, read
from claims.readers.dates import load_dates
from claims.readers.feed import feed_entries
from claims.readers.locate import configured

DATES = load_dates(ROOT / "config", ("ur", "en"))
KARACHI = timezone(timedelta(hours=5))
WORDS = "The minister said on Monday that the bridge would be open again before the winter."
URDU = "وزیر نے پیر کو کہا کہ پل سردیوں سے پہلے دوبارہ کھول دیا جائے گا۔"


@pytest.fixture
def site() -> Iterator[NewsSite]:
    with NewsSite() as site:
        yield site


def results(
    *named: Path | str,
    sources: Sources | None = None,
    web: Fetcher | None = None,
    columns: Columns | None = None,
) -> list[Article | Duplicate | Failure]:
    return list(
        read(
            [str(name) for name in named],
            ("ur", "en"),
            sources or Sources(),
            identify,
            fetcher=web,
            columns=columns,
            dates=DATES,
        )
    )


def article(*named: Path | str, **how: object) -> Article:
    (found,) = results(*named, **how)  # type: ignore[arg-type]
    assert isinstance(found, Article), found
    return found


def write(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def page(head: str = "", body: str = "", words: str = WORDS) -> str:
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><nav><a href=/>Home</a></nav><article>"
        f"{body}<p>{words}</p><p>{words} He said so twice, the ministry confirmed.</p>"
        "</article></body></html>"
    )


# Pages


def test_a_saved_page_tells_all_it_knows(tmp_path: Path) -> None:
    linked = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Noorpur Post"},
            {
                "@type": ["NewsArticle"],
                "headline": "Bridge to open",
                "author": [{"@type": "Person", "name": "Maria Dean"}, {"name": "Peter Lodhi"}],
                "datePublished": "2026-11-21T09:30:00+05:00",
            },
        ],
    }
    head = (
        f'<script type="application/ld+json">{json.dumps(linked)}</script>'
        '<link rel="canonical" href="https://post.example/bridge?utm_source=x">'
        '<meta property="og:title" content="Another title">'
    )
    found = article(write(tmp_path / "saved" / "a.html", page(head)))
    assert found.title == "Bridge to open"
    assert found.text.startswith("Bridge to open\n\nThe minister said")
    assert found.byline == "Maria Dean, Peter Lodhi"
    assert found.published_at == datetime(2026, 11, 21, 9, 30, tzinfo=KARACHI)
    assert found.url == "https://post.example/bridge"
    assert (found.outlet, found.language) == ("saved", "en")
    assert "Home" not in found.text

    known = Sources(outlets=(Outlet(name="Noorpur Post", sites=("post.example",)),))
    assert article(tmp_path / "saved", sources=known).outlet == "Noorpur Post"


def test_what_a_page_does_not_tell_stays_unknown(tmp_path: Path) -> None:
    found = article(write(tmp_path / "saved" / "a.html", page()))
    assert (found.byline, found.published_at, found.url) == (None, None, None)
    assert found.fetched_at is None


def test_a_front_page_is_not_believed_to_be_the_address_of_an_article(site: NewsSite) -> None:
    site.put("/story", page('<link rel="canonical" href="/">'))
    assert article(site.address + "/story", web=fetcher(site)).url == site.address + "/story"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ('<time>22 نومبر 2026</time>', datetime(2026, 11, 22, tzinfo=KARACHI)),
        ('<span class="post-date">شائع شدہ: ۲۱ نومبر ۲۰۲۶ شام ۵ بجے</span>',
         datetime(2026, 11, 21, 17, tzinfo=KARACHI)),
        ('<meta name="date" content="2026-11-20 08:15">',
         datetime(2026, 11, 20, 8, 15, tzinfo=KARACHI)),
        ('<p class="meta">صفحہ 7</p>', None),
    ],
)  # fmt: skip
def test_dates_on_pages_are_read_in_the_outlets_time_zone(
    tmp_path: Path, told: str, expected: datetime | None
) -> None:
    path = write(tmp_path / "times" / "a.html", page(told, told, URDU))
    sources = Sources(outlets=(Outlet(name="Times", folder="times", timezone="Asia/Karachi"),))
    assert article(path, sources=sources).published_at == expected


@pytest.mark.parametrize(
    ("told", "before"), [("3 گھنٹے قبل", timedelta(hours=3)), ("گزشتہ روز", None)]
)
def test_relative_dates_count_from_when_the_page_was_fetched(
    site: NewsSite, told: str, before: timedelta | None
) -> None:
    site.put("/story", page(body=f'<span class="date">{told}</span>', words=URDU))
    sources = Sources(
        outlets=(Outlet(name="Times", sites=("127.0.0.1",), timezone="Asia/Karachi"),)
    )
    found = article(site.address + "/story", sources=sources, web=fetcher(site))
    assert found.outlet == "Times"
    assert found.published_at is not None
    assert found.fetched_at is not None
    if before is not None:
        assert found.published_at == found.fetched_at.replace(microsecond=0) - before or (
            abs(found.fetched_at - before - found.published_at) < timedelta(seconds=1)
        )
    else:
        yesterday = found.fetched_at.astimezone(KARACHI) - timedelta(days=1)
        assert found.published_at.astimezone(KARACHI).date() == yesterday.date()
        assert found.published_at.astimezone(KARACHI).hour == 0


def test_a_page_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    html = page('<meta charset="windows-1256">', words="وزير نے پير کو کہا کہ پل بند ہے اور رہے گا")
    found = article(write(tmp_path / "old" / "a.htm", html.encode("cp1256")))
    assert "وزير" in found.text


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"", "text/html", "the page is empty"),
        (b"<html><body></body></html>", "text/html", "no article"),
        (b"%PDF-1.7 ...", "application/pdf", "application/pdf"),
        (b"\x89PNG", "image/png", "image/png"),
    ],
)
def test_what_is_no_page_is_a_failure(site: NewsSite, body: bytes, kind: str, reason: str) -> None:
    site.put("/thing", Page(body, kind))
    (found,) = results(site.address + "/thing", web=fetcher(site))
    assert isinstance(found, Failure)
    assert reason in found.reason
    assert found.input == site.address + "/thing"


# Feeds


def fetcher(site: NewsSite, **changed: object) -> Fetcher:
    settings = FetchingSettings.model_validate(
        {"delay": 0, "retries": 0, "allow_private": True, **changed}
    )
    return Fetcher(settings, None, [site.address])


def rss(*items: str) -> str:
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title>'
        f"{''.join(items)}</channel></rss>"
    )


def test_an_entry_whose_page_cannot_be_had_is_read_from_the_feed(site: NewsSite) -> None:
    full = f"<p>{WORDS}</p>" * 4
    feed = rss(
        "<item><title>Bridge</title><link>/gone</link><dc:creator>Maria Dean</dc:creator>"
        "<pubDate>21 نومبر 2026</pubDate>"
        f"<content:encoded><![CDATA[{full}]]></content:encoded></item>",
        f"<item><title>Short</title><link>/gone-too</link><description>{WORDS}</description></item>",
        "<item><title>Nothing</title></item>",
        "<item><title>Bad</title><link>javascript:alert(1)</link></item>",
    )
    address = site.put("/feed", Page(feed.encode(), "application/rss+xml"))
    whole, *failed = results(address, web=fetcher(site))
    assert isinstance(whole, Article)
    assert (whole.title, whole.byline, whole.url) == (
        "Bridge",
        "Maria Dean",
        site.address + "/gone",
    )
    assert whole.text.startswith("Bridge\n\nThe minister said")
    assert whole.fetched_at is None
    assert all(isinstance(one, Failure) for one in failed)
    assert [one.input for one in failed if isinstance(one, Failure)] == [
        site.address + "/gone-too", f"{address}, entry 3", f"{address}, entry 4"
    ]  # fmt: skip


def test_a_feed_with_more_entries_than_are_read_is_no_failure_but_is_told(
    site: NewsSite, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("claims"), "propagate", True)
    found = results(site.feeds[0], web=fetcher(site, entries=2))
    assert [type(one) for one in found] == [Article, Article]
    # a set: where Prefect has set logging up, a record comes by more than one way
    (told,) = {
        vars(one)["facts"]["warning"]
        for one in caplog.records
        if one.name == "claims.readers.feed_articles"
    }
    assert told.startswith(site.feeds[0])
    assert "6 entries, of which 2 are read" in told


def test_a_saved_feed_is_followed_to_its_articles(site: NewsSite, tmp_path: Path) -> None:
    saved = write(tmp_path / "saved" / "feed.xml", site.pages["/urdu/feed.xml"].body)
    found = results(saved, web=fetcher(site))
    assert len([one for one in found if isinstance(one, Article)]) == 5
    assert "not an RSS or Atom feed" in str(results(write(tmp_path / "x.xml", "<a/>"))[0])


def test_a_feed_that_defines_entities_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    ) + b"]><rss><channel><item><title>&j;</title></item></channel></rss>"  # fmt: skip
    for data in (bomb, bomb.decode().encode("utf-16")):
        with pytest.raises(InputError, match="defines XML entities"):
            feed_entries(data)
    outside = b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss><channel/></rss>'
    with pytest.raises(InputError, match="defines XML entities"):
        feed_entries(outside)


def test_a_path_is_no_feed(tmp_path: Path) -> None:
    feed = write(tmp_path / "feed.xml", rss("<item><title>x</title><link>/a</link></item>"))
    with pytest.raises(InputError):
        feed_entries(str(feed).encode())


def test_feeds_are_read_without_inputs_where_the_configuration_says_so() -> None:
    from claims.config.settings import PipelineSettings

    sources = Sources(outlets=(Outlet(name="A", feeds=("https://a.example/feed",)),))
    assert configured(PipelineSettings(), sources) == ["seeds"]
    assert configured(PipelineSettings(feeds=True, inputs=()), sources) == [
        "https://a.example/feed"
    ]


def test_an_outlet_is_five_lines(tmp_path: Path) -> None:
    own = load_sources(ROOT / "config").outlets
    assert len(own) >= 12
    assert {"ur", "en"} <= {outlet.language for outlet in own}
    assert all(outlet.feeds and outlet.country and outlet.owner for outlet in own)
    lines = (ROOT / "config" / "sources.yaml").read_text(encoding="utf-8").splitlines()
    example = [line.removeprefix("#") for line in lines if line.startswith("#   ")]
    assert len(example) == 5
    write(tmp_path / "sources.yaml", "outlets:\n" + "\n".join(example))
    (outlet,) = load_sources(tmp_path).outlets
    assert outlet.feeds
    assert yaml.safe_load("\n".join(example))[0]["name"] == outlet.name


def test_a_page_is_of_the_outlet_that_names_most_of_its_address(tmp_path: Path) -> None:
    sources = Sources(
        outlets=(
            Outlet(name="Post", sites=("post.example",)),
            Outlet(name="Post Urdu", sites=("post.example/urdu",)),
            Outlet(name="One", feeds=("https://shared.example/1",)),
            Outlet(name="Two", feeds=("https://www.shared.example/2",)),
        )
    )
    for address, outlet in (
        ("https://www.post.example/urdu/a", "Post Urdu"),
        ("https://post.example/urdus/a", "Post"),
        ("https://m.post.example/a", "Post"),
        ("https://shared.example/a", "saved"),
        ("https://otherpost.example/a", "saved"),
    ):
        head = f'<link rel="canonical" href="{address}">'
        path = write(tmp_path / "saved" / "a.html", page(head))
        assert article(path, sources=sources).outlet == outlet, address


# Archives


def test_pages_of_an_archive_are_articles_of_their_hosts(tmp_path: Path) -> None:
    one = page("<title>One</title>").encode()
    two = page("<title>Two</title>", words=URDU).encode()
    for name, packed in (("a.warc", False), ("b.warc.gz", True)):
        path = write(tmp_path / "web" / name, archive(one, b"<html></html>", two, packed=packed))
        first, empty, second = results(path)
        assert isinstance(first, Article)
        assert (first.outlet, first.url) == ("noorpur.example", "https://noorpur.example/0")
        assert first.fetched_at is not None
        assert isinstance(empty, Failure)
        assert "record" in empty.input
        assert isinstance(second, Article)
        assert second.language == "ur"


def test_an_archive_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    whole = archive(page().encode(), page(words=URDU).encode(), packed=True)
    found = results(write(tmp_path / "cut.warc.gz", whole[:-200]))
    assert isinstance(found[0], Article)
    assert isinstance(found[-1], Failure)
    noise = results(write(tmp_path / "noise.warc", b"no archive at all"))
    assert isinstance(noise[0], Failure)
    bomb = archive(b"<p>" + b" " * 30_000_000, packed=True)
    assert "too large" in str(results(write(tmp_path / "bomb.warc.gz", bomb))[0])
    assert "too large" not in str(results(write(tmp_path / "not.gz", gzip.compress(b"x")))[0])


# Tables


def test_columns_have_usual_names_or_those_of_a_mapping(tmp_path: Path) -> None:
    usual = write(
        tmp_path / "wire" / "a.csv",
        "\ufeffHeadline,Body,Author,Published,Link\r\n"
        f'Bridge,"{WORDS}\n\nHe said ""soon"".",Maria Dean,21 نومبر 2026,https://w.example/1\r\n',
    )
    found = article(usual)
    assert (found.title, found.byline, found.outlet) == ("Bridge", "Maria Dean", "wire")
    assert found.text == f'{WORDS}\n\nHe said "soon".'
    assert found.published_at == datetime(2026, 11, 21, tzinfo=UTC)
    assert found.url == "https://w.example/1"

    own = write(tmp_path / "own" / "a.tsv", f"kop\ttekst\nBridge\t{WORDS}\n")
    (refused,) = results(own)
    assert isinstance(refused, Failure)
    assert "no column holds the text" in refused.reason
    mapped = Columns(text=("tekst",), title=("titel", "kop"))
    assert article(own, columns=mapped).title == "Bridge"
    sources = Sources(outlets=(Outlet(name="Own", folder="own", columns=mapped),))
    assert article(own, sources=sources).outlet == "Own"
    lines = write(tmp_path / "own" / "b.jsonl", json.dumps({"tekst": WORDS, "kop": "Bridge"}))
    assert article(lines, sources=sources).title == "Bridge"


def test_a_bad_row_fails_alone(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        f"text;title\n{WORDS};One\n;Two\n\n{WORDS} Three.;Three\nonly\x00;Four\n",
    )
    found = results(path)
    assert [type(one).__name__ for one in found] == ["Article", "Failure", "Article", "Failure"]
    assert isinstance(found[1], Failure)
    assert found[1].input == f"{path}, line 3"
