"""The command line as it is documented."""

from __future__ import annotations

import csv
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import typer
from conftest import ROOT, Command

from claims import __version__
from claims.cli.main import app
from claims.config.settings import load_pipeline
from claims.evaluation.evaluate import Roles, predict, read_gold, score

SHARED = ROOT.parent / "shared"
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def readme_commands() -> list[list[str]]:
    """Every ``claims …`` of the README's code blocks, as words."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^(?: {4}|\$ )?(?:\.venv/bin/)?(claims [a-z].*)$", text, flags=re.M)
    return [shlex.split(line, comments=True) for line in blocks]


def test_the_documents_name_every_command() -> None:
    listed = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`claims ([a-z]+)", listed)) >= set(COMMANDS)


@pytest.mark.parametrize("words", readme_commands(), ids=" ".join)
def test_a_documented_command_exists_with_its_options(words: list[str]) -> None:
    known = {option for parameter in COMMANDS[words[1]].params for option in parameter.opts}
    known |= {o for parameter in COMMANDS[words[1]].params for o in parameter.secondary_opts}
    assert {word for word in words[2:] if word.startswith("--")} <= known


def test_the_version_is_told(command: Command) -> None:
    assert command("--version").stdout == f"claims {__version__}\n"


def test_sql_needs_neither_torch_nor_prefect() -> None:
    code = (
        "import sys\nfrom claims.cli.main import main\n"
        "sys.argv = ['claims', 'sql', 'SELECT 1', '--database', 'no-such.duckdb']\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    print(end.code)\n"
        "print(sorted({'torch', 'stanza', 'prefect', 'py3langid', 'yaml', 'httpx', 'lxml',"
        " 'claims.config.settings', 'claims.model'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split() == ["3", "[]"], done.stderr


def test_extract_imports_what_an_article_in_a_file_needs() -> None:
    """Neither the web, nor the database, nor the rest of Stanza, which runs when asked for."""
    code = (
        "import sys\nfrom claims.cli.main import main\n"
        "sys.argv = ['claims', 'extract', 'seeds/000_cb10f8a905ef81c0.txt', '--format', 'csv']\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    print(end.code)\n"
        "print(sorted({'httpx', 'lxml', 'duckdb', 'prefect', 'requests.api',"
        " 'networkx.classes', 'stanza.pipeline.core'} & set(sys.modules)))\n"
        "import networkx, stanza\n"
        "print(networkx.DiGraph([(1, 2)]).number_of_edges(), stanza.Pipeline.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.splitlines()[-3:] == ["0", "[]", "1 Pipeline"], done.stderr


def test_sql_answers_in_each_format(command: Command, seeds_path: Path) -> None:
    query = "SELECT count(*) AS n FROM articles"
    base = ("sql", query, "--database", seeds_path)
    assert command(*base, "--format", "json").stdout == '[\n {"n": 4}\n]\n'
    assert command(*base, "--format", "csv").stdout == "n\n4\n"
    assert "4" in command(*base).stdout


def test_extract_prints_the_documented_json() -> None:
    """Of a file and of standard input alike."""
    path = "seeds/000_cb10f8a905ef81c0.txt"
    with (ROOT / path).open("rb") as given:
        done = subprocess.run(
            [sys.executable, "-m", "claims.cli", "extract", path, "-", "--format", "jsonl"],
            cwd=ROOT, stdin=given, capture_output=True, text=True,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    row, piped = map(json.loads, done.stdout.splitlines())
    assert piped == row | {"article": "-"}
    assert list(row) == ["article", "attributions"]
    assert row["article"] == path
    text = (ROOT / path).read_bytes().decode()
    assert row["attributions"]
    for one in row["attributions"]:
        assert list(one) == [
            "source", "source_text", "cue", "cue_text", "content", "content_text", "stance",
            "pattern", "quotation", "speaker", "via", "confidence", "modality",
        ]  # fmt: skip
        for role in ("source", "cue", "content"):
            words = " … ".join(text[start:end] for start, end in one[role] or ())
            assert (one[f"{role}_text"] or "") == words
        for start, end in (*(one["source"] or ()), *one["cue"], *one["content"]):
            assert text[start:end].strip() == text[start:end] != ""
    assert any(
        [text[start:end] for start, end in one["source"] or ()] == ["امریکی میڈیا"]
        for one in row["attributions"]
    )


def test_extract_prints_copies_of_one_text_both(command: Command, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("The mayor said that the bridge is old.\n", encoding="utf-8")
    done = command("extract", tmp_path, "--format", "jsonl")
    assert [json.loads(line)["article"] for line in done.stdout.splitlines()] == [
        f"{tmp_path}/a.txt",
        f"{tmp_path}/b.txt",
    ]


def test_extract_prints_csv(command: Command) -> None:
    done = command("extract", "seeds/002_11099fbbf66929e7.txt", "--format", "csv")
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert "Ash Carter" in {row["speaker"] for row in rows}


def test_entities_prints_the_names_of_articles_with_their_places(
    command: Command, tmp_path: Path
) -> None:
    path = "seeds/000_cb10f8a905ef81c0.txt"
    note = tmp_path / "note.txt"
    note.write_text(
        "Anna Berg met President Vladimir Putin in Geneva, and it was said that they agreed.\n",
        encoding="utf-8",
    )
    done = command("entities", path, note, tmp_path / "gone.txt", "--format", "jsonl")
    assert done.returncode == 1
    assert "gone.txt" in done.stderr
    assert "Traceback" not in done.stderr
    urdu, english = (json.loads(line) for line in done.stdout.splitlines())
    assert urdu["article"] == path
    names = {(one["kind"], one["name"]) for one in urdu["entities"]}
    assert {("place", "ایران"), ("organisation", "وائٹ ہاؤس")} <= names
    text = (ROOT / path).read_bytes().decode()
    for one in urdu["entities"]:
        assert text[one["start"] : one["end"]] == one["name"]
    assert ("person", "Vladimir Putin") in {
        (one["kind"], one["name"]) for one in english["entities"]
    }


def test_a_judge_without_calibration_is_told_in_one_line(command: Command, tmp_path: Path) -> None:
    (tmp_path / "pipeline.yaml").write_text("contradictions: {judge: rules}\n", encoding="utf-8")
    database = tmp_path / "x.duckdb"
    done = command(
        "contradictions", "calibrate", "--write", "--config", tmp_path, "--database", database
    )
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr == (
        "claims: contradictions.judge: the score of 'rules' goes through no calibration, so there "
        "is nothing to fit\n"
    )
    assert [one.name for one in tmp_path.iterdir()] == ["pipeline.yaml"]


def test_contradictions_are_printed_best_first(command: Command, seeds_path: Path) -> None:
    done = command("contradictions", "--format", "jsonl", "--database", seeds_path)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows == sorted(rows, key=lambda row: -row["score"])
    side = ["article", "outlet", "speaker", "stance", "text", "start", "end"]
    for row in rows:
        assert list(row) == ["left", "right", "kind", "score", "explanation"]
        assert list(row["left"]) == list(row["right"]) == side
    table = command("contradictions", "--limit", "1", "--database", seeds_path).stdout
    assert " ".join(rows[0]["explanation"].split()) in " ".join(table.split())


def test_export_writes_every_claim(command: Command, seeds_path: Path, tmp_path: Path) -> None:
    readers = {"parquet": "read_parquet", "csv": "read_csv", "jsonl": "read_json"}
    counts = set()
    for form, reader in readers.items():
        out = tmp_path / f"claims.{form}"
        done = command("export", form, out, "--database", seeds_path)
        assert done.returncode == 0, done.stderr
        counts.add(
            duckdb.sql(f"SELECT count(DISTINCT claim_id) FROM {reader}('{out}')").fetchall()[0][0]
        )
        assert done.stdout == f"{max(counts)} records in {out}\n"
    assert len(counts) == 1
    missing = command("export", "csv", tmp_path / "no" / "x.csv", "--database", seeds_path)
    assert missing.returncode == 1
    assert "cannot be written" in missing.stderr


def test_doctor_finds_all_well_and_tells_what_is_wrong(
    command: Command, seeds_path: Path, tmp_path: Path
) -> None:
    well = command("doctor", "--database", seeds_path)
    assert well.returncode == 0, well.stdout
    assert "model ur: loads" in well.stdout
    (tmp_path / "claims.duckdb").write_text("no database", encoding="utf-8")
    ill = command("doctor", "--database", tmp_path / "claims.duckdb")
    assert ill.returncode == 1
    assert "WRONG  database:" in ill.stdout


ROLES = [
    Roles(source=((0, 9),), cue=((10, 14),), content=((15, 40),)),
    Roles(source=None, cue=((42, 46),), content=((47, 70),)),
]
SENTENCES = "Officials said the bridge will be opened, they added nothing of any weight at all."


def test_what_is_predicted_as_annotated_is_found() -> None:
    assert score(SENTENCES, ROLES, ROLES).f1 == 1.0
    assert score(SENTENCES, ROLES, ROLES[:1]).recall == 0.5
    assert score(SENTENCES, ROLES[:1], [ROLES[0], ROLES[0]]).found == 1
    assert score(SENTENCES, ROLES, []).f1 == 0.0
    elsewhere = [Roles(source=one.source, cue=((71, 74),), content=one.content) for one in ROLES]
    assert score(SENTENCES, ROLES, elsewhere).found == 0


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared with its gold and scorer")
@pytest.mark.parametrize(("name", "articles"), [("ur_dev", 2), ("en_dev", 5)])
def test_our_figures_are_the_scorers(tmp_path: Path, name: str, articles: int) -> None:
    lines = (SHARED / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")[:articles]
    gold, predictions = tmp_path / "gold.jsonl", tmp_path / "predictions.jsonl"
    gold.write_text("\n".join(lines) + "\n", encoding="utf-8")
    config = ROOT / "config"
    found = list(predict(read_gold(gold), config, load_pipeline(config)))
    predictions.write_text(
        "".join(
            json.dumps({"article": a.article, "attributions": [r.model_dump() for r in roles]})
            + "\n"
            for a, roles in found
        ),
        encoding="utf-8",
    )
    scorer = SHARED / "tools" / "score_attributions.py"
    done = subprocess.run(
        [sys.executable, scorer, gold, predictions, "--boot", "0"], capture_output=True, text=True
    )
    theirs = json.loads(done.stdout)
    total = sum(
        (score(a.text, a.attributions, roles) for a, roles in found[1:]),
        score(found[0][0].text, found[0][0].attributions, found[0][1]),
    )
    assert (total.gold, total.predicted) == (theirs["gold"], theirs["pred"])
    ours = (total.precision, total.recall, total.f1)
    assert [round(one, 4) for one in ours] == [theirs["found"][key] for key in ("p", "r", "f1")]
    assert total.found > 0
