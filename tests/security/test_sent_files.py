"""Files that come with articles: each costs itself at most, told in one line; the others are read.

All of it is read by one command, as somebody would read a folder that was sent.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from hostile import ESCAPES, Done, claims, told_in_one_line

ARTICLE = "The minister said on Monday that the bridge would be open again before the winter.\n"
HEAD = "articles:\n  a.txt:\n    "
NAMES = "abcdefghij"
BOMB = "a: &a [x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n" for before, name in pairwise(NAMES)
)

MANIFESTS = {
    "no such day": (f"{HEAD}published_at: 2026-02-30\n", "line 3: articles.a.txt.published_at: "),
    "no such hour": (f"{HEAD}published_at: 2026-02-20 25:00:00\n", "line 3: articles.a.txt."),
    "first year": (f"{HEAD}published_at: 0001-01-01T00:00:00+14:00\n", "line 3: articles.a.txt."),
    "digits": (f"{HEAD}headline_lines: [{'9' * 5000}]\n", "line 3: articles.a.txt.headline_lines"),
    "hexadecimal": (f"{HEAD}headline_lines: [0x{'f' * 5000}]\n", "line 3: articles.a.txt."),
    "quoted digits": (f"{HEAD}headline_lines: ['{'9' * 5000}']\n", "line 3: articles.a.txt."),
    "tag": ("articles: !!timestamp x\n", "line 1: articles: not a date"),
    "aliases": (BOMB, "line 7: more than 1,000,000 values"),
    "itself": ("articles: &a\n  x: *a\n", "line 1: a value that contains itself"),
    "brackets": ("articles: " + "[" * 100_000, "line 1: deeper than 40 levels"),
    "dashes": ("- " * 100_000, "line 1: deeper than 40 levels"),
    "braces": ("{a: " * 100_000, "line 1: deeper than 40 levels"),
    "list as key": ("? [a, b]\n: 1\n", "line 1: a key that is no word"),
    "escapes": ('"\\e[2J\\a": 1\n', "line 1: "),
}

LINKS: dict[str, Callable[[Path, Path], None]] = {
    "file.txt": lambda link, secret: link.symlink_to(secret / "secret.txt"),
    "folder": lambda link, secret: link.symlink_to(secret),
    "indirect.txt": lambda link, secret: link.symlink_to(
        os.path.relpath(secret, link.parent) + "/secret.txt"
    ),
}
MANY = '"a, ""b""",' * 900_000
ROWS = "\n".join(
    (
        "text,title",
        f'"{"x" * 4_500_000}",long field',
        f'"many ""fields""",{MANY}c',
        f"{ARTICLE.strip().replace('bridge', 'tunnel')},good row",
        "",
    )
)
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n"
ARCHIVE = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/ \x1b[2J\x07\r\n"
    b"WARC-Date: 2026-11-21T09:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
    b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(MISSING), MISSING)
)
SECRET = "The secretary said that nobody should ever read this sentence about the harbour.\n"


class Sent:
    """A folder that was sent, and what ``claims extract`` makes of it."""

    def __init__(self, folder: Path) -> None:
        self.news = news = folder / "news"
        for name, (manifest, _) in MANIFESTS.items():
            write(news / name / "a.txt", ARTICLE)
            write(news / name / "manifest.yaml", manifest)
        write(folder / "secret" / "secret.txt", SECRET)
        (news / "links").mkdir()
        for name, link in LINKS.items():
            link(news / "links" / name, folder / "secret")
        write(news / "good.txt", ARTICLE)
        (news / "within.txt").symlink_to(news / "good.txt")
        (news / f"{ESCAPES}.txt").write_bytes(b"\xff\xfe")
        (news / "archive.warc").write_bytes(ARCHIVE)
        write(news / "rows.csv", ROWS)
        self.config = folder / "config"
        shutil.copytree(ROOT / "config", self.config)
        settings = yaml.safe_load((self.config / "pipeline.yaml").read_text(encoding="utf-8"))
        settings["attribution"] = {"engine": "lexicon"}
        write(self.config / "pipeline.yaml", yaml.safe_dump(settings))
        self.done = self.extract(news, news / "links" / "*.txt")

    def extract(self, *named: Path | str) -> Done:
        return claims("extract", *named, "--format", "jsonl", "--config", self.config)

    def lines(self, place: str) -> list[str]:
        """What was told of a place."""
        return [one for one in self.done.err.splitlines() if f"{place}: " in one]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    return Sent(tmp_path_factory.mktemp("sent"))


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_bad_manifest_costs_the_files_beside_it(sent: Sent, name: str) -> None:
    (line,) = sent.lines(f"news/{name}/manifest.yaml")
    assert MANIFESTS[name][1] in line
    assert len(line) < 500
    assert f"news/{name}/a.txt" not in sent.done.out


def test_the_others_are_read(sent: Sent) -> None:
    assert sent.done.status == 1
    assert "Traceback" not in sent.done.err
    assert all(line.startswith("claims: ") for line in sent.done.err.splitlines())
    read = [json.loads(line)["article"] for line in sent.done.out.splitlines()]
    assert read == [f"{sent.news}/good.txt", f"{sent.news}/rows.csv, line 4"]


@pytest.mark.parametrize(("line", "why"), [(2, "a field of it is longer"), (3, "row is longer")])
def test_a_long_field_costs_its_row(sent: Sent, line: int, why: str) -> None:
    (told,) = sent.lines(f"rows.csv, line {line}")
    assert why in told


@pytest.mark.parametrize("name", LINKS)
def test_links_out_of_the_folder_are_told_and_not_followed(sent: Sent, name: str) -> None:
    lines = sent.lines(f"links/{name}")
    assert len(lines) == (2 if name.endswith(".txt") else 1), "once by the folder, once by pattern"
    assert all("--follow-links" in line for line in lines)
    assert "harbour" not in sent.done.out


def test_links_are_followed_where_that_is_asked(sent: Sent) -> None:
    (sent.news / "links" / "circle").symlink_to(sent.news / "links")
    done = sent.extract(sent.news / "links", "--follow-links")
    (line,) = done.out.splitlines()
    assert json.loads(line)["article"].startswith(f"{sent.news}/links/")
    assert done.status == 0, done.err


def test_escapes_in_names_are_shown(sent: Sent) -> None:
    assert not set(sent.done.err) & set("\x1b\x07\x9b\x08\u202e")
    assert "UTF-16" in sent.done.err


@pytest.mark.parametrize(
    ("key", "told"),
    [("schedule: 2026-13-45", "schedule: not a date"), (f"workers: {'9' * 5000}", "workers: ")],
)
def test_a_bad_value_in_pipeline_yaml_is_told(tmp_path: Path, key: str, told: str) -> None:
    write(tmp_path / "pipeline.yaml", f"inputs: [seeds]\n{key}\n")
    done = claims("prune", "--dry-run", "--config", tmp_path, "--database", tmp_path / "x.duckdb")
    assert done.status == 2
    assert f"pipeline.yaml, line 2: {told}" in told_in_one_line(done)
