"""Open inference data comes out of its authors' clones in one form, and a missing one is named."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from training.judge.inference_sets import write
from training.judge.pairs import three_columns

PREMISE, HYPOTHESIS = "The bridge was closed.", "Nobody could cross."
TABLES = {
    "MESH/data/xnli/dev-en.tsv": [[PREMISE, HYPOTHESIS, "entailment"]],
    "MESH/data/xnli/dev-ur.tsv": [["پل بند تھا۔", "کوئی پار نہ جا سکا۔", "entailment"]],
    "MESH/data/xnli/test-en.tsv": [["It rained.", "It was dry."], ["It rained.", "It snowed."]],
    "MESH/data/xnli/test-ur.tsv": [["بارش ہوئی۔", "خشکی تھی۔"], ["بارش ہوئی۔", "برف پڑی۔"]],
    "ACL/DataSets/U-XNLI/test.tsv": [
        ["gold_label", "sentence1", "sentence2"],
        ["contradiction", "بارش ہوئی۔", "- خشکی تھی۔"],
    ],
    "counterfactually-augmented-data/NLI/all_combined/train.tsv": [
        ["sentence1", "sentence2", "gold_label"],
        [PREMISE, HYPOTHESIS, "entailment"],
        [PREMISE, HYPOTHESIS, "entailment"],
    ],
    "ConjNLI/data/NLI/adversarial_train_15k.tsv": [
        ["Premise", "Hypothesis", "Label"],
        [PREMISE, "It was open.", "contradiction"],
    ],
    "negation-and-nli/data/new_benchmarks/clean_data/MNLI.txt": [
        ["index", "Text", "Hypothesis", "gold_label"],
        ["0", PREMISE, HYPOTHESIS, "entailment"],
    ],
    "negation-and-nli/data/new_benchmarks/clean_data/SNLI.txt": [
        ["index", "Text", "Hypothesis", "gold_label"],
        ["0", PREMISE, "It was not closed.", "contradiction"],
    ],
}
WATSON = (
    "id,premise,hypothesis,lang_abv,language,label\n"
    '1,It rained.,"It was dry, they say.",en,English,2\n'
)
HEALTH = "id,evidence,claim,label\n1,It rained.,It rained a little.,Neutral\n"
FEVER = {"evidence": "It rained.", "claim": "It was dry.", "gold_label": "REFUTES"}
REPLACED = {"sentence1": "A red car.", "sentence2": "A blue car.", "gold_label": "contradiction"}


def _clones(folder: Path) -> None:
    texts = {name: "\n".join("\t".join(row) for row in rows) for name, rows in TABLES.items()}
    texts["Contradictory-My-dear-watson---NLU-/train.csv"] = WATSON
    texts["HealthVer/data/healthver_dev.csv"] = texts["HealthVer/data/healthver_test.csv"] = HEALTH
    for part in ("dev", "test"):
        name = f"FeverSymmetric/symmetric_v0.2/fever_symmetric_{part}.jsonl"
        texts[name] = json.dumps(FEVER)
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "Breaking_NLI").mkdir()
    with zipfile.ZipFile(folder / "Breaking_NLI" / "breaking_nli_dataset.zip", "w") as packed:
        packed.writestr("data/dataset.jsonl", json.dumps(REPLACED))


@pytest.fixture
def runner() -> tuple[CliRunner, Typer]:
    app = Typer()
    app.command()(write)
    return CliRunner(), app


def test_every_set_becomes_pairs_with_labels(
    runner: tuple[CliRunner, Typer], tmp_path: Path
) -> None:
    _clones(tmp_path)
    made = tmp_path / "made"
    answer = runner[0].invoke(runner[1], [str(tmp_path), "--out", str(made)])
    assert answer.exit_code == 0, answer.output
    pairs = {path.stem: list(three_columns(path)) for path in made.glob("*.tsv")}
    labels = {name: [pair.label.value for pair in own] for name, own in pairs.items()}
    assert labels == {
        "xnli_en": ["agree", "contradict"],  # the third has no label anywhere
        "xnli_ur": ["agree", "contradict"],
        "xnli_across": ["agree", "contradict"],
        "watson": ["contradict"],
        "counterfactual": ["agree"],  # the same pair twice is one
        "conjunctions": ["contradict"],
        "negations": ["agree", "contradict"],
        "substitutions": ["contradict"],
        "health": ["neither"],
        "fever": ["contradict"],
    }
    across = pairs["xnli_across"][1]
    assert (across.left.text, across.right.text) == ("It rained.", "خشکی تھی۔")


def test_a_clone_that_is_not_there_is_named(
    runner: tuple[CliRunner, Typer], tmp_path: Path
) -> None:
    answer = runner[0].invoke(runner[1], [str(tmp_path), "--out", str(tmp_path / "made")])
    assert answer.exit_code == 1
    assert "U-XNLI" in answer.output and "Traceback" not in answer.output
