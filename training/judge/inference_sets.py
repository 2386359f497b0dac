"""`python -m training.judge.inference_sets FOLDER`: open inference data in one form.

`FOLDER` holds clones of the repositories below, each under its own name. From them come files of
premise, hypothesis and label (a line each, tab separated) in `build/texts/inference`, which the
training of the judge reads; they belong to their authors and are no part of this project.

- `xnli_en`, `xnli_ur`, `xnli_across` (GautamGupta17/MESH, labels of the test part from
  Furqann-hue/ACL): XNLI, Conneau and others, 2018, the development part and of the test part what
  has a label; `across` has an English premise and an Urdu hypothesis
- `watson` (manavkapadnis/Contradictory-My-dear-watson---NLU-): 12,120 pairs of MultiNLI (Williams
  and others, 2018), part of them translated into fourteen languages
- `counterfactual` (acmi-lab/counterfactually-augmented-data): Kaushik and others, 2020, one side
  rewritten until the label changed
- `conjunctions` (swarnaHub/ConjNLI): Saha and others, 2020
- `negations` (mosharafhossain/negation-and-nli): Hossain and others, 2020
- `substitutions` (BIU-NLP/Breaking_NLI): Glockner and others, 2018, one word replaced
- `health` (sarrouti/HealthVer): Sarrouti and others, 2021, claims and evidence
- `fever` (TalSchuster/FeverSymmetric): Schuster and others, 2019, claims and evidence
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from claims.errors import ClaimsError
from training.encoder.recipe import ROOT
from training.judge.pairs import read_table

INFERENCE_SETS = ROOT / "build" / "texts" / "inference"

AGREE, NEUTRAL, CONTRADICTION = "entailment", "neutral", "contradiction"
_NUMBERED = {"0": AGREE, "1": NEUTRAL, "2": CONTRADICTION}
_EVIDENCE = {"supports": AGREE, "refutes": CONTRADICTION, "neutral": NEUTRAL}

Row = tuple[str, str, str]
"""Premise, hypothesis and one of the three labels."""


def write(
    clones: Annotated[Path, typer.Argument(exists=True, file_okay=False)],
    out: Annotated[Path, typer.Option(help="where the files go")] = INFERENCE_SETS,
) -> None:
    """Write the file of each set and say how many pairs it has."""
    out.mkdir(parents=True, exist_ok=True)
    for name, rows in SETS.items():
        try:
            written = [row for row in dict.fromkeys(rows(clones)) if all(row)]
        except (ClaimsError, OSError) as error:
            typer.echo(f"{name}: {error}", err=True)
            raise typer.Exit(1) from error
        lines = ("\t".join(" ".join(part.split()) for part in row) + "\n" for row in written)
        (out / f"{name}.tsv").write_text("".join(lines), encoding="utf-8")
        typer.echo(f"{name}: {len(written)} pairs")


def _xnli(premises: str, hypotheses: str) -> Callable[[Path], Iterator[Row]]:
    def rows(clones: Path) -> Iterator[Row]:
        folder = clones / "MESH" / "data" / "xnli"
        labels = {
            (row["sentence1"].strip(), row["sentence2"].strip(" -")): row["gold_label"]
            for row in read_table(clones / "ACL" / "DataSets" / "U-XNLI" / "test.tsv", "\t")
        }
        for part in ("dev", "test"):
            parts = {
                language: [line.split("\t") for line in _lines(folder / f"{part}-{language}.tsv")]
                for language in ("en", "ur")
            }
            for at, urdu in enumerate(parts["ur"]):
                label = urdu[2] if part == "dev" else labels.get((urdu[0], urdu[1].strip(" -")))
                if label:
                    yield parts[premises][at][0], parts[hypotheses][at][1], label

    return rows


def _tables(
    clone: str, files: tuple[str, ...], columns: Row, labels: dict[str, str] | None = None
) -> Callable[[Path], Iterator[Row]]:
    """The rows of comma or tab separated files, by their columns; a label that is not among the
    three is named in ``labels``, and a row with another one is none of the set."""
    named = {label: label for label in (AGREE, NEUTRAL, CONTRADICTION)} | (labels or {})

    def rows(clones: Path) -> Iterator[Row]:
        for file in files:
            path = clones / clone / file
            for row in read_table(path, "," if path.suffix == ".csv" else "\t"):
                label = named.get((row[columns[2]] or "").strip().lower())
                if label:
                    yield row[columns[0]], row[columns[1]], label

    return rows


def _fever(clones: Path) -> Iterator[Row]:
    for part in ("dev", "test"):
        name = f"fever_symmetric_{part}.jsonl"
        for line in _lines(clones / "FeverSymmetric" / "symmetric_v0.2" / name):
            row = json.loads(line)
            yield row["evidence"], row["claim"], _EVIDENCE[row["gold_label"].lower()]


def _substitutions(clones: Path) -> Iterator[Row]:
    with zipfile.ZipFile(clones / "Breaking_NLI" / "breaking_nli_dataset.zip") as packed:
        for line in packed.read("data/dataset.jsonl").decode().splitlines():
            row = json.loads(line)
            yield row["sentence1"], row["sentence2"], row["gold_label"]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


_BENCHMARKS = "data/new_benchmarks/clean_data/"

SETS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "xnli_en": _xnli("en", "en"),
    "xnli_ur": _xnli("ur", "ur"),
    "xnli_across": _xnli("en", "ur"),
    "watson": _tables(
        "Contradictory-My-dear-watson---NLU-",
        ("train.csv",),
        ("premise", "hypothesis", "label"),
        _NUMBERED,
    ),
    "counterfactual": _tables(
        "counterfactually-augmented-data",
        ("NLI/all_combined/train.tsv",),
        ("sentence1", "sentence2", "gold_label"),
    ),
    "conjunctions": _tables(
        "ConjNLI", ("data/NLI/adversarial_train_15k.tsv",), ("Premise", "Hypothesis", "Label")
    ),
    "negations": _tables(
        "negation-and-nli",
        (f"{_BENCHMARKS}MNLI.txt", f"{_BENCHMARKS}SNLI.txt"),
        ("Text", "Hypothesis", "gold_label"),
    ),
    "substitutions": _substitutions,
    "health": _tables(
        "HealthVer",
        ("data/healthver_dev.csv", "data/healthver_test.csv"),
        ("evidence", "claim", "label"),
        _EVIDENCE,
    ),
    "fever": _fever,
}


if __name__ == "__main__":
    typer.run(write)
