"""Inputs to articles: text kept as it is, nothing lost."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from conftest import SEEDS
from hypothesis import given
from hypothesis import strategies as st

from claims.config.settings import Outlet, Sources
from claims.errors import InputError
from claims.language.identification import identify
from claims.model import Article, Failure
from claims.readers.articles import Duplicate, read
from claims.readers.text import MAXIMUM, decode_text

NO_SOURCES = Sources()
LANGUAGES = ("ur", "en")
ENGLISH = "The minister said on Monday that the bridge would be open again before the winter.\n"
URDU = "وزیر نے پیر کو کہا کہ پل سردیوں سے پہلے دوبارہ کھول دیا جائے گا۔\n"


def results(
    *named: Path | str, sources: Sources = NO_SOURCES
) -> list[Article | Duplicate | Failure]:
    return list(read([str(name) for name in named], LANGUAGES, sources, identify))


def articles(*named: Path | str, sources: Sources = NO_SOURCES) -> list[Article]:
    found = results(*named, sources=sources)
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def failure(*named: Path | str) -> Failure:
    (only,) = results(*named)
    assert isinstance(only, Failure)
    return only


def write(path: Path, text: str = ENGLISH) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def test_text_keeps_byte_order_mark_and_line_ends(tmp_path: Path) -> None:
    text = "\ufeff" + ENGLISH.replace("\n", "\r\n") * 2
    (article,) = articles(write(tmp_path / "a.txt", text))
    assert article.text == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_any_text_is_decoded_as_it_was_encoded(text: str) -> None:
    try:
        assert decode_text(text.encode()) == text
    except InputError as error:
        # Joiners and marks of direction alone are white space to a reader.
        assert "only white space" in str(error)
        assert not any(character.isalnum() for character in text)


def test_identifiers_are_hashes_of_outlet_and_text(tmp_path: Path) -> None:
    (article,) = articles(write(tmp_path / "daily" / "a.txt"))
    assert article.outlet == "daily"
    assert article.article_id == hashlib.sha256(f"daily\0{ENGLISH}".encode()).hexdigest()[:16]
    assert article.content_hash == hashlib.sha256(ENGLISH.encode()).hexdigest()


def test_a_folder_is_an_outlet_with_all_below_it(tmp_path: Path) -> None:
    write(tmp_path / "daily" / "2026" / "b.txt", ENGLISH + "Second.")
    write(tmp_path / "daily" / "a.txt")
    found = articles(tmp_path / "daily")
    assert {article.outlet for article in found} == {"daily"}
    # The same file has the same outlet when it is named itself, without its folder.
    assert articles(tmp_path / "daily" / "a.txt")[0].article_id in {a.article_id for a in found}


def test_sources_name_the_outlet_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "mixed" / "dawn" / "a.txt")
    write(tmp_path / "mixed" / "other" / "a.txt")
    by_name = Sources(outlets=(Outlet(name="Dawn", folder="dawn"),))
    assert [a.outlet for a in articles(tmp_path / "mixed", sources=by_name)] == ["Dawn", "mixed"]
    by_path = Sources(outlets=(Outlet(name="Dawn", folder=str(tmp_path / "mixed" / "dawn")),))
    assert [a.outlet for a in articles(tmp_path / "mixed", sources=by_path)] == ["Dawn", "mixed"]


def test_articles_come_in_a_fixed_order_with_the_path_as_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("c", "a", "b"):
        write(tmp_path / "daily" / f"{name}.txt", ENGLISH + name)
    monkeypatch.chdir(tmp_path)
    paths = [article.path for article in articles("./daily/", "daily/a.txt")]
    assert paths == ["./daily/a.txt", "./daily/b.txt", "./daily/c.txt"]
    assert [article.path for article in articles("daily/[bc].txt")] == [
        "daily/b.txt",
        "daily/c.txt",
    ]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    assert articles(write(tmp_path / "a[1].txt"))


def test_hidden_files_and_notes_are_no_articles(tmp_path: Path) -> None:
    write(tmp_path / "daily" / "a.txt")
    for name in (".hidden.txt", "README.md", "LICENSE", ".git/x.txt"):
        write(tmp_path / "daily" / name, ENGLISH + name)
    assert len(articles(tmp_path / "daily")) == 1


def test_the_same_text_of_the_same_outlet_is_a_duplicate(tmp_path: Path) -> None:
    write(tmp_path / "daily" / "a.txt")
    write(tmp_path / "daily" / "b.txt")
    write(tmp_path / "other" / "a.txt")
    first, second, third = results(tmp_path / "daily", tmp_path / "other")
    assert isinstance(first, Article)
    assert isinstance(second, Duplicate)
    assert (second.input, second.of) == (f"{tmp_path}/daily/b.txt", f"{tmp_path}/daily/a.txt")
    assert second.article_id == first.article_id
    assert isinstance(third, Article)
    assert third.content_hash == first.content_hash
    assert third.article_id != first.article_id


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n\t\r\n", "only white space"),
        ("\ufeff\u200f\n".encode(), "only white space"),
        (b"caf\xe9 society", "not UTF-8: byte 0xe9 at offset 3"),
        (ENGLISH.encode("utf-16"), "UTF-16"),
        (b"\x7fELF\x02\x01\x00\x00" * 20, "binary"),
        (b"\x01\x02\x03 words", "binary"),
        (b"x" * (MAXIMUM + 1), "too long"),
        (b"x" * (4 * MAXIMUM + 1), "too long"),
        ("Ministerul a declarat luni că podul va fi redeschis înainte de iarnă, iar guvernul "
         "a confirmat știrea.".encode(), "language 'ro' is not configured"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_a_failure_with_its_reason(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    path = tmp_path / "daily" / "a.txt"
    path.parent.mkdir()
    path.write_bytes(data)
    found = failure(path.parent)
    assert found.input == str(path)
    assert reason in found.reason
    assert "\n" not in found.reason


def test_what_names_nothing_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert failure(tmp_path / "nothing").reason == "no such file or folder"
    assert failure(tmp_path / "no*thing").reason == "nothing matches this pattern"
    assert failure(tmp_path / "empty").reason == "there are no articles in this folder"
    assert "neither a file nor a folder" in failure("/dev/null").reason
    assert ".pdf files are not read" in failure(write(tmp_path / "page.pdf")).reason
    assert "addresses are not asked for" in failure("https://example.org/feed").reason


def test_a_name_that_tells_nothing_is_read_as_it_begins(tmp_path: Path) -> None:
    page = (
        f"\ufeff <!DOCTYPE html><html><body><article><p>{ENGLISH * 3}</p></article></body></html>"
    )
    (one,) = articles(write(tmp_path / "saved", page))
    assert one.text.startswith("The minister said") and "<" not in one.text
    feed = '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>'
    assert failure(write(tmp_path / "latest", feed)).reason == "there are no entries in this feed"
    told = f"{ENGLISH}The <rss> of the paper was down.\n"
    assert articles(write(tmp_path / "story", told))[0].text == told
    assert articles(write(tmp_path / "page.txt", page))[0].text == page  # its name tells


def test_a_stray_control_character_is_noise(tmp_path: Path) -> None:
    assert articles(write(tmp_path / "a.txt", ENGLISH + "\x07" + ENGLISH))


def test_rows_of_json_lines_are_articles_and_a_bad_row_fails_alone(tmp_path: Path) -> None:
    rows = [
        json.dumps({"article": "one", "text": ENGLISH, "outlet": "Daily", "title": "Bridge"}),
        "{not json",
        "",
        json.dumps({"id": 7, "text": URDU, "published_at": "2026-03-07", "attributions": []}),
        json.dumps({"text": "  "}),
        json.dumps({"title": "no text"}),
        json.dumps({"text": "\ud800"}),
        json.dumps({"text": ENGLISH + "Unnamed."}),
    ]
    path = write(tmp_path / "wire" / "rows.jsonl", "\n".join(rows))
    found = results(path)
    names = [one.path if isinstance(one, Article) else one for one in found]
    assert names[0] == "one"
    assert names[2] == "7"
    assert names[6] == f"{path}, line 8"
    failed = [one for one in found if isinstance(one, Failure)]
    assert [one.input.rpartition(" ")[2] for one in failed] == ["2", "5", "6", "7"]
    one, seven = found[0], found[2]
    assert isinstance(one, Article)
    assert (one.outlet, one.title, one.language) == ("Daily", "Bridge", "en")
    assert isinstance(seven, Article)
    assert (seven.outlet, seven.language) == ("wire", "ur")
    assert seven.published_at == datetime(2026, 3, 7, tzinfo=UTC)


def test_the_language_of_an_outlet_is_believed(tmp_path: Path) -> None:
    path = write(tmp_path / "short" / "a.txt", "OK.")
    known = Sources(outlets=(Outlet(name="Short", folder="short", language="en"),))
    assert articles(path, sources=known)[0].language == "en"
    foreign = Sources(outlets=(Outlet(name="Short", folder="short", language="fr"),))
    (only,) = results(path, sources=foreign)
    assert isinstance(only, Failure)
    assert "'fr' is not configured" in only.reason


def test_the_manifest_of_the_seeds_is_used() -> None:
    first, second, third, fourth = articles(SEEDS)
    assert first.title is not None
    assert first.title.startswith("روس ایران کو")
    assert first.text.startswith(" date 2026-03-07 ")
    assert first.published_at == datetime(2026, 3, 7, tzinfo=UTC)
    assert (second.title, second.published_at) == (None, None)
    assert third.title == "شامی جنگ میں روس سے کوئی تعاون نہیں ہوگا:امریکا"
    assert fourth.published_at == datetime(
        2026, 3, 7, 11, 47, tzinfo=timezone(timedelta(hours=5, minutes=30))
    )
    assert {article.outlet for article in (first, second, third, fourth)} == {"seeds"}


def test_a_date_glued_to_a_headline_is_read_without_a_manifest(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", f" date 2026-02-01 Bridge to open\n{ENGLISH}")
    (article,) = articles(path)
    assert article.title == "Bridge to open"
    assert article.published_at == datetime(2026, 2, 1, tzinfo=UTC)
    path = write(tmp_path / "b.txt", f"date 2026-02-31 Bridge to open\n{ENGLISH}")
    (article,) = articles(path)
    assert (article.title, article.published_at) == ("Bridge to open", None)


def test_a_wrong_manifest_costs_the_files_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "daily" / "a.txt")
    write(tmp_path / "daily" / "manifest.yaml", "articles:\n  a.txt:\n    headlines: [1]\n")
    write(tmp_path / "other" / "b.txt")
    wrong, read = results(tmp_path / "daily", tmp_path / "other")
    assert isinstance(wrong, Failure)
    assert wrong.input.endswith("daily/manifest.yaml")
    assert wrong.reason.startswith("line 3: articles.a.txt.headlines: unknown key")
    assert isinstance(read, Article)
