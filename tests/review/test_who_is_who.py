"""Who is who, said on a speaker's page as on the command line."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import Said, analysed
from conftest import ROOT
from reviewing import visit
from starlette.testclient import TestClient
from typer.testing import CliRunner

from claims.cli.speakers import app
from claims.model import Analysed, Speaker, SpeakerKind
from claims.speakers.names import speaker_id
from claims.speakers.transliteration import load_transliteration
from claims.store.articles import save
from claims.store.database import Database
from claims.store.speaker_decisions import decisions
from claims.store.speaker_links import StoredLinks


def voice(name: str, language: str = "en") -> Speaker:
    kind = SpeakerKind.PERSON
    return Speaker(
        speaker_id=speaker_id(kind, name), name=name, kind=kind, names={language: (name,)}
    )


def article(number: int, *speakers: Speaker) -> Analysed:
    said = [
        Said(f"thing {number} is so", f"Source {number}", speaker=speaker) for speaker in speakers
    ]
    text = f"Source {number} said that thing {number} is so"
    return analysed(text, said, language="en", outlet=f"Daily {number}")


RENDELL, IN_URDU, FORMAL = (
    voice("Ed Rendell"),
    voice("ایڈ رینڈل", "ur"),
    voice("Edward G. <b>Rendell"),
)
PAGE = f"/speaker/{RENDELL.speaker_id}"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = Database(tmp_path / "claims.duckdb", wait=5)
    linking = StoredLinks(load_transliteration(ROOT / "config"))
    for number, one in enumerate((RENDELL, IN_URDU, FORMAL)):
        save(database, [article(number, one)], linking)
    return database


@pytest.fixture
def page(database: Database) -> Iterator[TestClient]:
    with visit(database) as client:
        yield client


def decide(page: TestClient, **fields: str | list[str]) -> str:
    """Send a form; the words of the section that then tells who is who."""
    answer = page.post(f"{PAGE}/decision", data=fields)
    assert answer.url.path == PAGE
    return words(answer.text)


def words(shown: str) -> str:
    """What is read in the section about who is who."""
    section = shown.partition('<section id="who-is-who"')[2].partition("</section>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", section)).split())


def speakers(database: Database) -> list[str]:
    with database.reading() as connection:
        return [
            str(name)
            for (name,) in connection.execute(
                "SELECT speaker FROM claims ORDER BY outlet"
            ).fetchall()
        ]


def test_merging_splitting_and_renaming_as_the_command_line_does(
    page: TestClient, database: Database
) -> None:
    shown = words(page.get(PAGE).text)
    assert "ایڈ رینڈل sounds like Ed Rendell (0.9" in shown
    told = decide(page, act="merge", name="edward g <b>rendell")
    assert "Edward G. <b>Rendell is Ed Rendell" in told
    assert speakers(database) == ["Ed Rendell"] * 3
    told = decide(page, act="rename", name=" Edward\x00 Rendell ")
    assert "Ed Rendell is called Edward Rendell · Ayesha" in told
    assert speakers(database) == ["Edward Rendell"] * 3
    told = decide(page, act="split", names=[IN_URDU.speaker_id, FORMAL.speaker_id])
    assert "ایڈ رینڈل is not Ed Rendell" in told
    assert speakers(database) == ["Edward Rendell", IN_URDU.name, FORMAL.name]
    # each can be taken back, whatever came later, and the command line knows of it
    told = decide(page, act="undo", number="3")
    assert "ایڈ رینڈل is not Ed Rendell taken back" in told
    assert speakers(database) == ["Edward Rendell", "Edward Rendell", FORMAL.name]
    listed = CliRunner().invoke(app, ["decisions", "--database", str(database.path)])
    assert listed.output.count("taken back") == 1 and listed.output.count("Ayesha") == 4


def test_who_became_part_of_another_leads_there(page: TestClient) -> None:
    decide(page, act="merge", name=FORMAL.speaker_id)
    for suffix in ("", ".json"):
        answer = page.get(f"/speaker/{FORMAL.speaker_id}{suffix}")
        assert (answer.status_code, answer.url.path) == (200, PAGE + suffix)
    told = page.get(f"{PAGE}.json").json()
    assert {one["name"] for one in told["voices"]} == {RENDELL.name, IN_URDU.name, FORMAL.name}
    (made,) = told["decisions"]
    assert (made["act"], made["other"], made["applied"]) == ("merge", FORMAL.name, True)


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"act": "merge", "name": "Nobody Known"}, 400, "no speaker is called 'Nobody Known'"),
        ({"act": "merge", "name": "ed rendell"}, 400, "are one speaker already: Ed Rendell"),
        ({"act": "merge", "name": ""}, 400, "no speaker is called ''"),
        ({"act": "rename", "name": " "}, 400, "a speaker needs a name"),
        ({"act": "split"}, 400, "name those that are others"),
        ({"act": "split", "names": "Nobody"}, 400, "'Nobody' is 0 of its names"),
        (
            {"act": "split", "names": [RENDELL.speaker_id, IN_URDU.speaker_id]},
            400,
            "one has to stay",
        ),
        ({"act": "undo", "number": "7"}, 503, "no decision 7 to take back"),
        ({"act": "undo", "number": "x"}, 400, "Refused"),
        ({"act": "marry", "name": "x"}, 400, "Refused"),
    ],
)
def test_what_cannot_be_decided_is_told_and_changes_nothing(
    page: TestClient, database: Database, fields: dict[str, str], status: int, told: str
) -> None:
    answer = page.post(f"{PAGE}/decision", data=fields)
    assert answer.status_code == status
    assert told in " ".join(html.unescape(re.sub(r"<[^>]+>", "", answer.text)).split())
    assert decisions(database.path) == []
    assert speakers(database) == ["Ed Rendell", "Ed Rendell", FORMAL.name]


READER = """
import sys, duckdb
held = duckdb.connect(sys.argv[1], read_only=True)
print("reading", flush=True)
sys.stdin.read()
"""


def test_what_is_decided_while_others_hold_the_database_is_kept_and_applied_later(
    database: Database,
) -> None:
    with visit(Database(database.path, wait=0.5)) as page:
        with subprocess.Popen(
            [sys.executable, "-c", READER, str(database.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as reader:
            assert reader.stdout is not None and reader.stdin is not None
            assert reader.stdout.readline() == "reading\n"
            told = decide(page, act="rename", name="Edward")
            assert "called Edward" in told
            assert "kept, and applied with the next write" in told
            reader.stdin.close()
        assert speakers(database)[0] == "Ed Rendell"
        told = decide(page, act="merge", name=FORMAL.speaker_id)
        assert "next write" not in told
        assert speakers(database) == ["Edward"] * 3
