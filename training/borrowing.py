"""`python -m training.borrowing FOLDER`: a Hindi model from the Urdu model, without training.

Hindi and Urdu share their grammar and most everyday words. The folder holds the Urdu weights and a
`spelling.yaml` that carries Devanagari into Urdu script beside the text, by the tables of
`devanagari.yaml`; the words of a document keep the article's own letters (`words: article`), so
that a Hindi cue file is written in Devanagari. A model trained on a Hindi treebank takes its place.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
import yaml

from claims.config.yaml_file import load
from claims.language.conventions import NAME as CONVENTIONS
from claims.language.normalisation import load_spelling
from claims.language.pipelines import BUNDLED
from training.checksums import write_checksums
from training.packing import WEIGHTS
from training.transliteration import TABLES, Tables

_LETTER = "[\u0900-\u097f]"
_ANY = "[\u0900-\u097f\u0621-\u06d3]"  # a letter of either script: rules before have changed some
_NASAL = "[\u0901\u0902]"

Rule = dict[str, str]


def rules(tables: Tables) -> Iterator[Rule]:
    """The tables as rules for a text, in the order in which they must be applied: whole words,
    what depends on the edges of words, letters with a dot, then the letters one by one."""
    for word, put in tables.words.items():
        if re.match(_LETTER, word) and word != "।":
            yield _rule(f"(?<!{_ANY}){unicodedata.normalize('NFC', word)}(?!{_ANY})", put)
    yield _rule("।", "۔")
    yield _rule(r"(?<!\d),|,(?!\d)", "،")
    yield _rule(r"\?", "؟")
    for vowel, letter in tables.first_vowels.items():
        yield _rule(f"(?<!{_ANY}){vowel}", letter.letter)
    for sign, letter in tables.last_signs.items():
        yield _rule(f"{sign}(?!{_ANY})", letter.letter)
    yield _rule(f"{_NASAL}(?!{_ANY})", "ں")
    yield _rule(_NASAL, "ن")
    for base, letter in tables.dotted.items():
        yield _rule(f"{base}\u093c", letter.letter)
    for table in (tables.consonants, tables.signs, tables.vowels):
        for base, letter in table.items():
            yield _rule(base, letter.letter)
    for number in range(10):
        yield _rule(chr(ord("०") + number), str(number))
    yield _rule("[\u0903\u093c\u094d]", "")


def _rule(find: str, put: str) -> Rule:
    return {"find": find, "put": put}


def borrow(folder: Path) -> Path:
    """Write the Hindi model to ``folder/hi``; the folder."""
    own = folder / "hi"
    own.mkdir(parents=True, exist_ok=True)
    borrowed = (*WEIGHTS, "resources.json", CONVENTIONS)
    for name in borrowed:
        shutil.copyfile(BUNDLED / "ur" / name, own / name)
    urdu = load_spelling(BUNDLED / "ur")
    spelling = {
        "words": "article",
        "characters": urdu.characters,
        "rules": [
            *rules(load(TABLES, Tables)),
            *(one.model_dump(exclude_none=True) for one in urdu.rules),
        ],
    }
    with (own / "spelling.yaml").open("w", encoding="utf-8") as file:
        file.write("# Written by `python -m training.borrowing`.\n")
        yaml.safe_dump(spelling, file, allow_unicode=True, sort_keys=False)
    write_checksums(own, (*borrowed, "spelling.yaml"))
    return own


def main(
    folder: Annotated[
        Path, typer.Argument(help="the models folder that gets hi/, and ur/ and en/")
    ],
) -> None:
    """Make a models folder with Hindi beside the bundled languages."""
    for language in ("ur", "en"):
        shutil.copytree(BUNDLED / language, folder / language, dirs_exist_ok=True)
    typer.echo(f"{borrow(folder)}; set models.folder to {folder} and add hi to languages")


if __name__ == "__main__":
    typer.run(main)
