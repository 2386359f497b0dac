"""Readers and kinds of files that other packages add, without a line of this one being edited."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Command
from news_site import NewsSite, Page
from reviewing import filled

from claims.config.settings import FetchingSettings, Sources
from claims.entry_points import load_entry_points
from claims.errors import ConfigError, FormatError
from claims.export.files import export
from claims.export.registry import export_formats
from claims.fetching.fetcher import Fetcher
from claims.model import Article, Failure
from claims.readers import registry
from claims.readers.articles import read
from claims.readers.draft import Draft
from claims.readers.reader_input import ReaderInput
from claims.readers.registry import FileReader, register
from claims.store.database import Database

MODULE = '''
"""Subtitles in, a list of speakers out."""

import re

from claims.errors import InputError
from claims.export.registry import ExportFormat
from claims.readers.draft import Draft
from claims.readers.registry import FileReader


def read_subtitles(given):
    lines = given.content(1_000_000).decode().splitlines()
    said = [line for line in lines if line and not re.match(r"\\d+$|\\d\\d:\\d\\d", line)]
    if not said:
        raise InputError("nobody says anything in these subtitles")
    yield Draft(text="\\n".join(said), name=given.name, language="en", headed=True)


def write_speakers(given, out):
    with given.reading() as connection:
        names = connection.execute("SELECT DISTINCT name FROM speakers ORDER BY ALL").fetchall()
    out.write_text("".join(f"{name}\\n" for (name,) in names), encoding="utf-8")
    return len(names)


SUBTITLES = FileReader("subtitles", read_subtitles, (".srt",), sniff=lambda head: b"-->" in head)
SPEAKERS = ExportFormat("speakers", write_speakers, "speakers.txt", "text/plain", "names")
'''
ENTRY_POINTS = """
[claims.readers]
subtitles = captions:SUBTITLES

[claims.exports]
speakers = captions:SPEAKERS
"""
SUBTITLES = b"1\n00:00:01,000 --> 00:00:04,000\nThe minister said the bridge is shut.\n"


def installed(folder: Path, entry_points: str) -> Path:
    """A package as pip would leave it in ``folder``."""
    about = folder / "captions-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: captions\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(entry_points)
    (folder / "captions.py").write_text(MODULE)
    return folder


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = installed(tmp_path / "site", ENTRY_POINTS)
    monkeypatch.syspath_prepend(folder)
    load_entry_points.cache_clear()
    yield folder
    load_entry_points.cache_clear()


def articles(*named: str, fetcher: Fetcher | None = None) -> list[Article | Failure]:
    found = read(named, ("en", "ur"), Sources(), lambda text, languages: "en", fetcher=fetcher)
    return [one for one in found if isinstance(one, Article | Failure)]


def test_a_package_adds_a_reader(added: Path, tmp_path: Path) -> None:
    for name in ("news.srt", "no-suffix"):  # told by its name, and by how it begins
        (tmp_path / name).write_bytes(SUBTITLES)
        (one,) = articles(str(tmp_path / name))
        assert isinstance(one, Article)
        assert one.text == "The minister said the bridge is shut."
    (tmp_path / "news.srt").write_bytes(b"1\n00:00:01,000 --> 00:00:04,000\n")
    (one,) = articles(str(tmp_path / "news.srt"))
    assert isinstance(one, Failure)
    assert one.reason == "nobody says anything in these subtitles"


def test_a_package_adds_a_kind_of_file(command: Command, tmp_path: Path) -> None:
    env = {"PYTHONPATH": str(installed(tmp_path / "site", ENTRY_POINTS))}
    listed = command("export", "--formats", env=env)
    words = {line.split()[0] for line in listed.stdout.splitlines()}
    assert words == {
        "parquet",
        "csv",
        "jsonl",
        "annotations",
        "claimreview",
        "contradictions",
        "disputes",
        "speakers",
    }
    database = filled(tmp_path / "claims.duckdb")
    out = tmp_path / "speakers.txt"
    done = command("export", "speakers", out, "--database", database.path, env=env)
    assert done.returncode == 0, done.stderr
    names = out.read_text(encoding="utf-8").splitlines()
    assert done.stdout == f"{len(names)} records in {out}\n"
    assert "Water minister" in names


def test_a_program_registers_a_reader_for_what_an_address_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(registry, "_added", [])

    def read_pdf(given: ReaderInput) -> Iterator[Draft]:
        assert given.content_type == "application/pdf"
        text = given.content(1000).removeprefix(b"%PDF ").decode()
        yield Draft(text=text, name=given.address or given.name)

    with NewsSite() as site:
        report = Page(b"%PDF The minister said the bridge is shut.", content_type="application/pdf")
        address = site.put("/report", report)
        with_fetcher = Fetcher(FetchingSettings(allow_private=True, delay=0), None, [address])
        (refused,) = articles(address, fetcher=with_fetcher)
        assert isinstance(refused, Failure)
        register(FileReader("PDF", read_pdf, (".pdf",), ("application/pdf",)))
        (one,) = articles(address, fetcher=with_fetcher)
    assert isinstance(one, Article)
    assert one.text == "The minister said the bridge is shut."
    assert one.path == address


def test_what_does_not_load_is_named(
    added: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry_points = added / "captions-1.0.dist-info" / "entry_points.txt"
    entry_points.write_text("[claims.exports]\nspeakers = captions:NOBODY\n")
    with pytest.raises(ConfigError, match=r"speakers of claims\.exports does not load"):
        export_formats()
    entry_points.write_text("[claims.exports]\nspeakers = captions:SUBTITLES\n")
    with pytest.raises(ConfigError, match=r"captions:SUBTITLES is no ExportFormat$"):
        export_formats()
    entry_points.write_text("")
    with pytest.raises(FormatError, match=r"^no format 'speakers'; there are parquet, csv"):
        export(Database(tmp_path / "claims.duckdb"), "speakers", tmp_path / "out")
