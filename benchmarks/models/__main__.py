"""How well the models read: `python -m benchmarks.models [FOLDER …]`.

Scores are those of the CoNLL 2018 shared task, by Stanza's own scorer, from raw text through this
product's normalisation and pipeline. Without arguments the bundled models are measured and, beside
them, the first set (`../shared/models`, with its spelling in `first_set/`); a FOLDER holds `ur/` or
`en/` or both as the bundled one does.
The treebanks lie beside the project (`../shared/treebanks`); what is missing is named and skipped.
The last line is one JSON object with all figures.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import SHARED
from benchmarks.models.scores import COLUMNS, Figures, measure
from benchmarks.models.sentence_boundaries import SPARSE_STORIES, boundary_scores
from benchmarks.models.texts import TEXTS, Text, read_text
from claims.config.settings import ModelSettings
from claims.errors import ClaimsError
from claims.language.pipelines import BUNDLED, pipeline
from training.packing import pack

LANGUAGES = ("ur", "en")


def first_set(into: Path) -> Path | None:
    """The first set with the spelling that it was bundled with; None where it is not there."""
    if not (SHARED / "models").is_dir():
        return None
    for language in LANGUAGES:
        pack(
            SHARED / "models" / language,
            Path(__file__).with_name("first_set") / f"{language}.yaml",
            into / language,
        )
    return into


def size(folder: Path) -> float:
    """Megabytes (10^6 bytes) of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def texts_for(folder: Path) -> list[Text]:
    """The texts whose language a folder has models for."""
    return [text for text in TEXTS if (folder / text.language).is_dir()]


def load_seconds(folder: Path) -> dict[str, float]:
    """Wall-clock seconds that each language takes to load, checksums included."""
    import stanza  # noqa: F401 - its import is paid by whichever language comes first

    seconds = {}
    for language in LANGUAGES:
        if (folder / language).is_dir():
            started = time.perf_counter()
            pipeline(language, ModelSettings(folder=str(folder)))
            seconds[language] = round(time.perf_counter() - started, 2)
    return seconds


def scores(folder: Path, console: Console) -> dict[str, Figures]:
    """Figures for each text that can be had, by the text's name."""
    settings = ModelSettings(folder=str(folder))
    rows: dict[str, Figures] = {}
    for text in texts_for(folder):
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
        loading: dict[str, dict[str, float]] = {}
        missing = False
        try:
            for name, folder in folders.items():
                loading[name] = load_seconds(folder)
                systems[name] = scores(folder, console)
                if not (folder / "ur").is_dir():
                    continue
                found = boundary_scores(SHARED / "fake-real-pairs" / "Real", folder)
                if found is None:
                    console.print(f"{SPARSE_STORIES}: the stories are not there; skipped")
                    missing = True
                else:
                    stories[name] = found
        except ClaimsError as error:
            console.print(str(error))
            return 1
        sizes = {name: round(size(folder), 2) for name, folder in folders.items()}
        wanted = {name: len(texts_for(folder)) for name, folder in folders.items()}
    show(console, systems)
    table = Table("models", "MB", "s to load", "stories: boundaries", "found P", "R", "F1")
    for name in folders:
        own = stories.get(name, {})
        figures = (f"{own[key]:.1f}" if own else "" for key in ("precision", "recall", "f1"))
        load = ", ".join(f"{language} {took:.1f}" for language, took in loading[name].items())
        boundaries = f"{own['boundaries']:.0f}" if own else ""
        table.add_row(name, f"{sizes[name]:.1f}", load, boundaries, *figures)
    console.print(table)
    result = {"models": systems, "stories": stories, "megabytes": sizes, "load_seconds": loading}
    print(json.dumps(result))
    whole = all(len(rows) == wanted[name] for name, rows in systems.items())
    return 0 if whole and not missing and (arguments or len(folders) > 1) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
