"""Folders: what people collected stays, whatever becomes of the database and the article."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from building import Said, analysed
from storing import DENIAL, REPORT, rows

from claims.errors import DatabaseError
from claims.store import folders
from claims.store.addresses import Seen, record, unrecorded
from claims.store.articles import save
from claims.store.backup import backup, restore
from claims.store.collected import as_printed, entries
from claims.store.database import Database


def collect(database: Database, folder: str, *claims: str) -> None:
    with database.reading() as connection:
        printed = as_printed(connection, claims)
    assert len(printed) == len(claims)
    folders.collect(database.path, folder, printed, "Ayesha")


def test_a_claim_stays_in_its_folder_as_it_was_printed(filled: Database, tmp_path: Path) -> None:
    urdu, english = DENIAL.claims[0].claim_id, REPORT.claims[0].claim_id
    collect(filled, "بندرگاہ", urdu, english)
    collect(filled, "other", urdu)
    with filled.reading() as connection:
        first, second = entries(connection, "بندرگاہ")
    assert (first.claim_id, second.claim_id) == (urdu, english)
    assert first.pieces == (
        ("وزارتِ خارجہ نے ", False), ("جہاز بھیجنے", True), (" کی تردید کی۔", False)
    )  # fmt: skip
    assert [words for words, is_content in second.pieces if is_content] == [
        "The dam", "will open in May"
    ]  # fmt: skip
    text = REPORT.document.article.text
    assert rows(filled, f"SELECT sha256('{text}')") == [(second.text_checksum,)]

    # the next write stores it for other programs; a database that is built anew has it again
    save(filled, [analysed("Rain fell.\n")])
    in_sql = "SELECT folder, claim_id FROM folder_claims ORDER BY ALL"
    assert len(rows(filled, in_sql)) == 3
    filled.path.unlink()
    save(filled, [analysed("Rain fell.\n")])
    with filled.reading() as connection:
        alone, _ = entries(connection, "بندرگاہ")
    assert (alone.quotation, alone.archived, alone.found) == (first.quotation, False, False)

    # so has a back-up, and what is taken out is gone from all
    backup(filled, tmp_path / "all.zip")
    folders.take_out(filled.path, "بندرگاہ", [urdu, english, "none"], "Ayesha")
    assert rows(filled, in_sql) == [("other", urdu)]
    save(filled, [REPORT])
    assert rows(filled, in_sql) == [("other", urdu)]
    again = Database(tmp_path / "again" / "claims.duckdb")
    restore(again, tmp_path / "all.zip")
    assert len(rows(again, in_sql)) == 3


def test_rows_of_other_programs_are_set_aside(filled: Database, tmp_path: Path) -> None:
    collect(filled, "one", DENIAL.claims[0].claim_id)
    path = folders.folders_path(filled.path)
    with sqlite3.connect(path) as file:
        file.execute("INSERT INTO folders VALUES ('collect', 'one', 'x', '{}', 'me', '2024-01-01')")
    (wrong,) = folders.set_aside(filled.path)
    assert wrong.number == 2
    assert len(rows(filled, "FROM folder_claims")) == 1
    backup(filled, tmp_path / "all.zip")  # which keeps it apart
    path.write_bytes(b"no database at all")
    with pytest.raises(DatabaseError, match=r"folders\.sqlite: the folders cannot be read"):
        folders.read(filled.path)


def test_an_article_that_was_edited_since_is_told(database: Database) -> None:
    claim = Said("that the dam was full", "The mayor", "said")
    first, second, third = (
        analysed(text, said, outlet="Gazette")
        for text, said in (
            ("The mayor said that the dam was full.\nIt rained.\n", [claim]),
            ("The mayor said that the dam was full.\nIt did not rain.\n", []),
            ("The mayor said nothing.\n", []),
        )
    )
    found = []
    for hour, version in enumerate((first, second, third)):
        save(database, [version])
        name = version.document.article.article_id
        at = datetime(2026, 11, 2, hour, tzinfo=UTC)
        rows_of = unrecorded(database, [Seen("Gazette", "https://gazette.example/dam", name, at)])
        record(database, rows_of)
        if version is first:
            collect(database, "dam", first.claims[0].claim_id)
        with database.reading() as connection:
            found += entries(connection, "dam")
    names = [one.document.article.article_id for one in (second, third)]
    assert [(one.newest, one.still_printed) for one in found] == [
        (None, None), (names[0], True), (names[1], False)
    ]  # fmt: skip
    assert len({one.quotation for one in found}) == 1
