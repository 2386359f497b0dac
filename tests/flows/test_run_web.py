"""Runs over a real web site: nothing fetched twice, nothing lost, versions told apart."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, Command, Run
from news_site import ENGLISH_FEED, URDU_FEED, NewsSite, Page

from claims.store.database import Database


@pytest.fixture
def site() -> Iterator[NewsSite]:
    with NewsSite() as site:
        yield site


@pytest.fixture
def config(site: NewsSite, tmp_path: Path) -> Path:
    """A configuration with the site's outlets, that asks without delay."""
    folder = tmp_path / "config"
    shutil.copytree(ROOT / "config", folder)
    urdu, english = site.feeds
    outlets = [
        {"name": "Noorpur Times", "feeds": [urdu], "language": "ur", "timezone": "Asia/Karachi"},
        {"name": "Noorpur Post", "feeds": [english], "timezone": "Asia/Karachi"},
    ]
    (folder / "sources.yaml").write_text(yaml.safe_dump({"outlets": outlets}), encoding="utf-8")
    settings = {"inputs": [], "feeds": True, "fetching": {"delay": 0, "allow_private": True}}
    (folder / "pipeline.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return folder


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with Database(path).reading() as connection:
        return connection.execute(sql).fetchall()


def test_feeds_are_read_once_and_an_edited_story_is_a_version_of_its_own(
    site: NewsSite, config: Path, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "claims.duckdb"
    report = run([], path, config)
    good = site.stories("plain", "edited")
    assert (report.articles, report.new) == (len(good), len(good)) == (9, 9)
    reasons = {one.input.removeprefix(site.address): one.reason for one in report.failures}
    assert list(reasons) == site.stories("broken", "gigantic", "private")
    assert reasons["/urdu/khali"] == "status 500"
    assert "too large" in reasons["/english/minutes"]
    assert "169.254.169.254 is a private address" in reasons["/english/inside"]
    for asked in ("/robots.txt", URDU_FEED, ENGLISH_FEED, *site.stories()):
        assert site.count(asked) == 1, asked
    found = rows(
        path,
        "SELECT outlet, language, count(*), count(byline), count(published_at), count(fetched_at) "
        "FROM articles GROUP BY ALL ORDER BY ALL",
    )
    assert found == [("Noorpur Post", "en", 4, 4, 4, 4), ("Noorpur Times", "ur", 5, 4, 5, 5)]
    assert rows(
        path, "SELECT title, published_at::VARCHAR FROM articles WHERE url LIKE '%/urdu/hadsa'"
    ) == [("نورپور: کشتی کے حادثے میں بارہ افراد ہلاک", "2026-11-21 06:30:00")]

    site.forget()
    before = path.read_bytes()
    again = run([], path, config)
    assert (again.new, again.unchanged, len(again.failures)) == (0, 9, 3)
    assert path.read_bytes() == before, "nothing was new, so nothing was written"
    assert not [one for one in site.asked if one.status == 200], "nothing was sent twice"

    site.forget()
    site.edit()
    edited = run([], path, config)
    assert (edited.new, edited.unchanged) == (1, 8)
    assert {one.path for one in site.asked if one.status == 200} == {URDU_FEED, "/urdu/hadsa"}
    versions = rows(
        path,
        "SELECT version, versions, newest, articles.text LIKE '%پندرہ%' "
        "FROM article_versions JOIN articles USING (article_id) "
        "WHERE article_versions.url LIKE '%/urdu/hadsa' ORDER BY version",
    )
    assert versions == [(1, 2, False, False), (2, 2, True, True)]
    claims = "SELECT content_text FROM {} WHERE content_text LIKE '%افراد ہلاک%'"
    everything = [str(text) for (text,) in rows(path, claims.format("claims"))]
    current = [str(text) for (text,) in rows(path, claims.format("current_claims"))]
    assert any("بارہ" in text for text in everything)
    assert current
    assert all("پندرہ" in text for text in current)


def test_a_story_at_two_addresses_is_read_once_and_an_edit_may_be_taken_back(
    site: NewsSite, config: Path, run: Run, tmp_path: Path
) -> None:
    path, page = tmp_path / "claims.duckdb", site.pages["/english/wheat"].body
    own = f"{site.address}/english/wheat".encode()
    mobile = site.put("/m/wheat", Page(page.replace(b"every single day", b"every day")))
    copy = site.put("/copy/wheat", Page(page.replace(own, b"/copy/wheat")))
    first = site.address + "/english/wheat"
    report = run([first, mobile, copy, first + "?utm_source=x"], path, config)
    assert report.new == 1
    assert [one for one, _ in report.duplicates] == [mobile, copy]
    known = "SELECT replace(url, '{}', ''), version FROM article_versions ORDER BY ALL"
    known = known.format(site.address)
    assert rows(path, known) == [("/copy/wheat", 1), ("/english/wheat", 1)]

    site.put("/english/wheat", Page(page.replace(b"six weeks", b"ten weeks")))
    assert run([first], path, config).new == 1
    site.put("/english/wheat", Page(page))
    back = run([first], path, config)
    assert (back.new, back.unchanged) == (0, 1)
    assert [version for url, version in rows(path, known) if url == "/english/wheat"] == [1, 2, 3]
    current = rows(path, "SELECT DISTINCT content_text FROM current_claims")
    assert any("six weeks" in str(text) for (text,) in current)
    assert not any("ten weeks" in str(text) for (text,) in current)


def test_ctrl_c_while_a_page_drips_ends_the_run_and_the_next_goes_on(
    site: NewsSite, config: Path, run: Run, prefect_server: str, tmp_path: Path
) -> None:
    def drip() -> Iterator[bytes]:
        yield b"<html><body><article><h1>Minutes</h1>"
        while True:
            yield b"<p>"
            time.sleep(0.1)

    site.put("/english/minutes", Page(chunks=drip))
    path = tmp_path / "claims.duckdb"
    running = subprocess.Popen(
        [sys.executable, "-m", "claims.cli", "run", "--config", config, "--database", path],
        cwd=ROOT,
        env={**os.environ, "PREFECT_API_URL": prefect_server},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not site.count("/english/minutes"):
        assert running.poll() is None, running.communicate()
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130, err
    assert "interrupted" in err
    assert "Traceback" not in err

    site.put("/english/minutes", Page(status=404))
    sent = {one.path for one in site.asked if one.status == 200}
    site.forget()
    assert run([], path, config).new == 9
    twice = {one.path for one in site.asked if one.status == 200} & sent
    assert not twice, "what was fetched before Ctrl-C is not sent again"


def test_claims_sources_tells_what_works(site: NewsSite, config: Path, command: Command) -> None:
    site.pages.pop(URDU_FEED)
    done = command("sources", "check", "--config", config)
    assert done.returncode == 1, done.stderr
    assert "status 404" in done.stdout
    assert "2 feeds: 1 work, 1 do not" in done.stdout
    done = command("sources", "check", "Noorpur Post", "--config", config, "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    assert '"entries": 6' in done.stdout
    assert command("sources", "check", "Nobody", "--config", config).returncode == 2
    listed = command("sources", "--config", config)
    assert listed.returncode == 0
    assert "2 outlets" in listed.stdout


def test_private_addresses_are_refused_unless_the_command_says_otherwise(
    site: NewsSite, command: Command
) -> None:
    address = site.address + "/english/boat"
    done = command("extract", address, "--format", "jsonl")
    assert done.returncode == 1
    assert "is a private address; give --allow-private" in done.stderr
    assert not site.asked
    done = command("extract", address, "--format", "jsonl", "--allow-private")
    assert done.returncode == 0, done.stderr
    assert '"attributions"' in done.stdout
