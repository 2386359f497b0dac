"""How well the models read: `python -m benchmarks.models [FOLDER …]`.

Scores are those of the CoNLL 2018 shared task, by Stanza's own scorer, from raw text through this
product's normalisation and pipeline. Without arguments the bundled models are measured and, beside
them, the first set (`../shared/models`); a FOLDER holds `ur/` and `en/` as the bundled one does.
The treebanks lie beside the project (`../shared/treebanks`); what is missing is named and skipped.
The last line is one JSON object with all figures.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.model_scores import COLUMNS, Figures, measure
from benchmarks.model_texts import TEXTS, read_text
from benchmarks.sentence_boundaries import SPARSE_STORIES, boundary_scores
from claims.configuration import ModelSettings
from claims.errors import ClaimsError
from claims.language.pipelines import BUNDLED
from training.packing import pack

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
LANGUAGES = ("ur", "en")


def first_set(into: Path) -> Path | None:
    """The first set with the spelling of the bundled models; None where it is not there."""
    if not (SHARED / "models").is_dir():
        return None
    for language in LANGUAGES:
        pack(
            SHARED / "models" / language,
            BUNDLED / language / "spelling.yaml",
            into / language,
        )
    return into


def size(folder: Path) -> float:
    """Megabytes (10^6 bytes) of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def scores(folder: Path, console: Console) -> dict[str, Figures]:
    """Figures for each text that can be had, by the text's name."""
    settings = ModelSettings(folder=str(folder))
    rows: dict[str, Figures] = {}
    for text in TEXTS:
        missing = [
            SHARED / "treebanks" / name
            for name in (text.treebank, text.printed)
            if name and not (SHARED / "treebanks" / name).is_file()
        ]
        if missing:
            console.print(f"{text.name}: {missing[0]} is not there; this row needs it")
            continue
        rows[text.name] = measure(read_text(text, SHARED / "treebanks"), settings)
    return rows


def show(console: Console, systems: dict[str, dict[str, Figures]]) -> None:
    """One table: a row for each text and system."""
    table = Table("text", "models", *COLUMNS.values(), "words / CPU s")
    for text in TEXTS:
        for name, rows in systems.items():
            if text.name in rows:
                row = rows[text.name]
                table.add_row(
                    text.name,
                    name,
                    *(f"{row[key]:.1f}" for key in COLUMNS),
                    f"{row['words_per_cpu_second']:.0f}",
                )
    console.print(table)


def main(arguments: list[str]) -> int:
    """Print the tables and one JSON line; status 1 where something was missing or wrong."""
    console = Console(width=120)
    with tempfile.TemporaryDirectory() as temporary:
        folders = {name: Path(name) for name in arguments}
        if not folders:
            folders["bundled"] = BUNDLED
            first = first_set(Path(temporary))
            if first is None:
                console.print(f"{SHARED / 'models'}: not there; nothing to compare with")
            else:
                folders["first set"] = first
        systems: dict[str, dict[str, Figures]] = {}
        stories: dict[str, Figures] = {}
        try:
            for name, folder in folders.items():
                systems[name] = scores(folder, console)
                found = boundary_scores(SHARED / "fake-real-pairs" / "Real", folder)
                if found is None:
                    console.print(f"{SPARSE_STORIES}: the stories are not there; skipped")
                else:
                    stories[name] = found
        except ClaimsError as error:
            console.print(str(error))
            return 1
        sizes = {name: round(size(folder), 2) for name, folder in folders.items()}
    show(console, systems)
    table = Table("models", "MB", "stories without stops: boundaries", "found P", "R", "F1")
    for name in folders:
        own = stories.get(name, {})
        figures = (f"{own[key]:.1f}" if own else "" for key in ("precision", "recall", "f1"))
        table.add_row(name, f"{sizes[name]:.1f}", f"{own.get('boundaries', 0):.0f}", *figures)
    console.print(table)
    print(json.dumps({"models": systems, "stories": stories, "megabytes": sizes}))
    whole = all(len(rows) == len(TEXTS) for rows in systems.values())
    return 0 if whole and len(stories) == len(folders) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
