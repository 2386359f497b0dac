"""Folders as documents: opened and read again, in each format."""

from __future__ import annotations

import hashlib
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from building import Said, analysed, speaker
from conftest import Command
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from claims.model import Analysed, SpeakerKind
from claims.store import folders
from claims.store.articles import save
from claims.store.collected import as_printed
from claims.store.database import Database

docx = pytest.importorskip("docx")

ODD = "1. The *minister* said <script>alert(1)</script> that [prices](x) `rose` & fell_fast_\x01~."
ENGLISH = analysed(
    f"{ODD}\n- No more.\n",
    [Said("that [prices](x) `rose` & fell_fast_", "The *minister*", "said", speaker("Minister"))],
    outlet="Paper <b>of</b> record",
)
URDU = analysed(
    "وزیر آب نے دعویٰ کیا کہ ڈیم بھر گیا ہے۔\n",
    [Said("ڈیم بھر گیا ہے", "وزیر آب", "دعویٰ کیا", speaker("Water minister", SpeakerKind.PERSON))],
    outlet="روزنامہ مثال",
    language="ur",
    published_at=datetime(2024, 5, 6),
)


def at(one: Analysed, title: str, url: str) -> Analysed:
    article = one.document.article.model_copy(update={"title": title, "url": url})
    return one.model_copy(update={"document": one.document.model_copy(update={"article": article})})


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    database = Database(tmp_path_factory.mktemp("folders") / "claims.duckdb", wait=1)
    save(database, [at(URDU, "ڈیم [بھر] گیا", "https://example.com/a b?q=<1>")])
    save(database, [at(ENGLISH, "Prices", "javascript:alert(1)")])
    with database.reading() as connection:
        found = as_printed(connection, [ENGLISH.claims[0].claim_id, URDU.claims[0].claim_id])
    folders.collect(database.path, "نرخ & ڈیم", found, "Ayesha")
    return database


@pytest.fixture(scope="module")
def export(database: Database, command: Command) -> Command:
    def export(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return command("folder", *arguments, "--database", database.path)

    return export


def read_docx(path: Path) -> str:
    return "\n".join(one.text for one in docx.Document(str(path)).paragraphs)


def test_each_format_has_the_quotations_exactly_and_what_proves_them(
    export: Command, tmp_path: Path
) -> None:
    pages = {}
    for end in ("md", "html", "docx"):
        done = export("export", "نرخ & ڈیم", tmp_path / f"folder.{end}")
        assert (done.returncode, done.stdout[:8]) == (0, "2 claims"), done.stderr
        pages[end] = tmp_path / f"folder.{end}"
    rendered = MarkdownIt().render(pages["md"].read_text(encoding="utf-8"))
    texts = {
        "md": lxml_html.fromstring(f"<main>{rendered}</main>").text_content(),
        "html": lxml_html.parse(str(pages["html"])).getroot().text_content(),
        "docx": read_docx(pages["docx"]),
    }
    checksums = [
        hashlib.sha256(one.document.article.text.encode()).hexdigest() for one in (ENGLISH, URDU)
    ]
    for end, text in texts.items():
        words = " ".join(text.split())
        for told in (
            ODD.replace("\x01", "\ufffd"),
            "وزیر آب نے دعویٰ کیا کہ ڈیم بھر گیا ہے۔",
            "ڈیم [بھر] گیا",
            "Water minister (claim) · روزنامہ مثال, 2024-05-06",
            "Paper <b>of</b> record, undated",
            "Named in it as: The *minister*",
            "نرخ & ڈیم",
            *checksums,
        ):
            assert told in words, (end, told)
        # in order of time: the undated one comes last
        assert words.index("Water minister (claim)") < words.index("Minister (claim)", 60)

    # nothing in it runs, and only what is an address is a link
    page = lxml_html.parse(str(pages["html"])).getroot()
    assert page.xpath("//script") == []
    assert page.xpath("//a/@href") == ["https://example.com/a%20b?q=%3C1%3E"]
    assert 'href="https://example.com/a%20b?q=%3C1%3E"' in rendered
    assert "<script" not in rendered and "javascript:" not in rendered
    # the Urdu runs from right to left
    (quoted,) = page.xpath("//blockquote[@dir='rtl']")
    assert quoted.get("lang") == "ur" and quoted.xpath("mark")[0].text == "ڈیم بھر گیا ہے"
    assert '<div dir="rtl" lang="ur">' in rendered
    word = docx.Document(str(pages["docx"]))
    (urdu,) = (one for one in word.paragraphs if one.text.startswith("وزیر آب"))
    assert urdu._p.pPr.xpath("w:bidi") and all(run.font.rtl for run in urdu.runs)
    (link,) = urdu._p.getparent().xpath("//w:hyperlink")
    address = link.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
    assert word.part.rels[address].target_ref == "https://example.com/a%20b?q=%3C1%3E"


def test_what_is_there_is_not_overwritten_and_mistakes_are_told(
    export: Command, database: Database, tmp_path: Path
) -> None:
    there = tmp_path / "folder.md"
    there.write_text("mine")
    done = export("export", "نرخ & ڈیم", there)
    assert (done.returncode, there.read_text()) == (2, "mine")
    assert "--force replaces it" in done.stderr
    assert export("export", "نرخ & ڈیم", there, "--force").returncode == 0
    assert there.read_text(encoding="utf-8").startswith("# نرخ \\& ڈیم")
    for arguments, told in (
        (("export", "none", tmp_path / "a.md"), "no folder 'none'; `claims folder list`"),
        (("export", "none", tmp_path / "a.pdf"), "end it in .md, .html, .docx"),
        (("add", "more", "nothing"), "no claim 'nothing'"),
        (("take-out", "نرخ & ڈیم", "nothing"), "no claim 'nothing' in it"),
    ):
        done = export(*arguments)
        assert done.returncode != 0 and told in done.stderr, done.stderr
        assert "Traceback" not in done.stderr
    assert export("add", "more", URDU.claims[0].claim_id).stdout == "1 claims in more\n"
    listed = export("list").stdout
    assert "more" in listed and "نرخ & ڈیم" in listed
    assert URDU.claims[0].claim_id in export("show", "more").stdout
    export("take-out", "more", URDU.claims[0].claim_id)
    assert "more" not in export("list").stdout
