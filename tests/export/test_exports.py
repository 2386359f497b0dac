"""Files for other programs."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from building import Said, analysed, contradiction
from conftest import Command
from disputing import FULL_ACROSS, FULL_TURNED, disputing
from reviewing import ENGLISH, PAIR, URDU, filled, visit

from claims.errors import InputError
from claims.export.files import export
from claims.export.registry import export_formats
from claims.model import Review, Verdict
from claims.store import reviews
from claims.store.articles import save
from claims.store.contradictions import save_contradictions
from claims.store.database import Database

PIECES = analysed(
    "😀 “The canals,” said a clerk, “are dry.”\n",
    [Said(("The canals", "are dry"), "a clerk", "said")],
)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = filled(tmp_path / "claims.duckdb")
    save(database, [PIECES])
    return database


def exported(database: Database, form: str, folder: Path) -> tuple[int, bytes]:
    out = folder / export_formats()[form].file_name
    count = export(database, form, out, force=True)
    return count, out.read_bytes()


def test_tables_hold_every_claim_and_csv_opens_in_a_spreadsheet(
    database: Database, tmp_path: Path
) -> None:
    count, written = exported(database, "csv", tmp_path)
    assert written.startswith("\ufeffclaim_id,".encode())
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))
    assert count == len(rows) == 3
    assert {row["content_text"] for row in rows} >= {"ڈیم بھر گیا ہے", "The canals … are dry"}
    assert len(duckdb.sql(f"FROM '{tmp_path / 'claims.csv'}'").fetchall()) == 3
    for form, reader in (("parquet", "read_parquet"), ("jsonl", "read_json")):
        assert exported(database, form, tmp_path)[0] == 3
        found = duckdb.sql(
            f"SELECT claim_id FROM {reader}('{tmp_path / export_formats()[form].file_name}')"
        )
        assert {row[0] for row in found.fetchall()} == {row["claim_id"] for row in rows}


def test_a_file_is_written_while_others_read(database: Database, tmp_path: Path) -> None:
    with database.reading():  # confines every connection of this process
        for form in export_formats():
            exported(database, form, tmp_path)
    (row,) = duckdb.sql(
        f"FROM '{tmp_path / 'claims.parquet'}' WHERE outlet = 'روزنامہ مثال'"
    ).fetchall()
    with database.reading() as connection:
        (stored,) = connection.execute(
            "SELECT claims.*, path, url, title FROM claims JOIN articles USING (article_id) "
            "WHERE claims.outlet = 'روزنامہ مثال'"
        ).fetchall()
    assert row == (*stored, "وزیر آب نے دعویٰ کیا کہ ڈیم بھر گیا ہے۔\n")


def test_annotations_select_by_place_and_by_quotation(database: Database, tmp_path: Path) -> None:
    count, written = exported(database, "annotations", tmp_path)
    document = json.loads(written)
    items = document["items"]
    assert document["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert count == document["partOf"]["total"] == len(items) == 3
    texts = {
        f"urn:claims:article:{one.document.article.article_id}": one.document.article.text
        for one in (URDU, ENGLISH, PIECES)
    }
    for item in items:
        for target in item["target"]:
            quote, place = target["selector"]
            text = texts[target["source"]["id"]]
            start, end = place["start"], place["end"]
            # code points, also after characters that take two units elsewhere
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"])
            assert len(quote["prefix"]) == min(32, start)
    (pieces,) = (one for one in items if PIECES.claims[0].claim_id in one["id"])
    assert [(one["styleClass"], one["selector"][0]["exact"]) for one in pieces["target"]] == [
        ("content", "The canals"),
        ("cue", "said"),
        ("source", "a clerk"),
        ("content", "are dry"),
    ]


def test_what_a_search_finds_is_exported_and_of_pairs_those_with_a_side_in_it(
    tmp_path: Path, command: Command
) -> None:
    database = disputing(tmp_path / "claims.duckdb")
    options = ("--database", str(database.path), "--speaker", "Minister", "--since", "2024-03-04")
    out = tmp_path / "out"

    def lines(form: str) -> list[dict[str, Any]]:
        ended = command("export", form, out, "--force", *options)
        assert ended.returncode == 0, ended.stderr
        told = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        assert ended.stdout == f"{len(told)} records in {out}\n"
        return told

    (claim,) = lines("jsonl")
    assert "The minister denied that the dam was full, and called it" in claim["passage"]
    pairs = lines("contradictions")
    assert [one["contradiction_id"] for one in pairs] == [
        FULL_ACROSS.contradiction_id,
        FULL_TURNED.contradiction_id,
    ]
    assert all(claim["passage"] in (one["left"]["passage"], one["right"]["passage"])
               for one in pairs)  # fmt: skip
    (dispute,) = lines("disputes")
    assert {one["dispute_id"] for one in pairs} == {dispute["dispute_id"]}
    assert len(dispute["pairs"]) == 3  # it is told whole
    before = out.read_bytes()
    for more, reason in (
        ((), "is there already; name another file, or --force replaces it"),
        (("--stance", "denies", "--force"), "there are report, claim, deny"),
    ):
        refused = command("export", "jsonl", out, *options, *more)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert reason in refused.stderr and "Traceback" not in refused.stderr
        assert out.read_bytes() == before
    with visit(database) as page:
        sent = page.get(
            "/export/contradictions", params={"speaker": "Minister", "since": "2024-03-04"}
        )
        assert [json.loads(line) for line in sent.text.splitlines()] == pairs
        refused_page = page.get("/export/csv?stance=denies")
        assert refused_page.status_code == 400 and "there are report" in refused_page.text


def test_claim_reviews_are_of_pairs_that_a_person_decided(
    database: Database, tmp_path: Path
) -> None:
    other = contradiction(URDU.claims[0], PIECES.claims[0])
    save_contradictions(database, [other])

    def reviewed() -> list[dict[str, Any]]:
        count, written = exported(database, "claimreview", tmp_path)
        graph: list[dict[str, Any]] = json.loads(written)["@graph"]
        assert len(graph) == count
        return graph

    assert reviewed() == []
    for minute, verdict in enumerate((Verdict.UNSURE, Verdict.EXTRACTION_ERROR)):
        decide(database, other.contradiction_id, verdict, minute)
        assert reviewed() == []
    decide(database, PAIR.contradiction_id, Verdict.CONTRADICTION, 9, 'زیر "غور"')
    (one,) = reviewed()
    assert one["@type"] == "ClaimReview"
    assert one["author"] == {"@type": "Person", "name": "Ayesha"}
    assert one["reviewRating"]["alternateName"] == "contradiction"
    assert "ratingValue" not in one["reviewRating"]
    assert one["reviewBody"] == 'زیر "غور"'
    assert one["datePublished"] == "2024-05-01T12:09:00Z"
    left, right = one["itemReviewed"]
    assert left["@type"] == right["@type"] == "Claim"
    assert left["author"] == {"@type": "Organization", "name": "Water minister"}
    assert left["appearance"]["datePublished"] == "2024-05-06T07:08:00Z"
    assert "datePublished" not in right["appearance"]
    # taken back, it is gone
    decide(database, PAIR.contradiction_id, Verdict.UNSURE, 10, "[undo x]")
    assert reviewed() == []


def decide(database: Database, pair: str, verdict: Verdict, minute: int, note: str = "") -> None:
    when = datetime(2024, 5, 1, 12, minute, tzinfo=UTC)
    reviews.append(
        database.path,
        Review(
            contradiction_id=pair, verdict=verdict, note=note, reviewer="Ayesha", reviewed_at=when
        ),
    )


def test_a_place_that_cannot_be_written_is_told_in_one_line(
    database: Database, tmp_path: Path
) -> None:
    for form in export_formats():
        with pytest.raises(InputError, match=r"^\S+: cannot be written: .+$"):
            export(database, form, tmp_path / "no" / "file")


def test_the_page_has_a_button_for_each(database: Database, tmp_path: Path) -> None:
    with visit(database) as page:
        shown = page.get("/export").text
        for name, form in export_formats().items():
            assert f'href="/export/{name}" download="{form.file_name}"' in shown
            answer = page.get(f"/export/{name}")
            assert answer.headers["content-disposition"].endswith(f'"{form.file_name}"')
            assert answer.content == exported(database, name, tmp_path)[1]
        assert page.get("/export/exe").status_code == 404
