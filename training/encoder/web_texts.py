"""`python -m training.encoder.web_texts SITES BBC FOLDER`: the texts of `ur_web.jsonl`.

`SITES` is a clone of github.com/ha405/Urdu-News-Classification-with-ML (fb1a184), `BBC` one of
github.com/Minato-sudo/Custom-Language-Modeling-for-Urdu-News-Articles; each has articles that
others gathered, which belong to their publishers and are no part of this project. Annotations name
an article by its site and number (`samaa412.txt`, `bbc15.txt`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import typer

SITES = ("samaa", "express", "jang", "geo")
BBC_WORDS = 330
"""Of a BBC article lines are taken until there are more words than this."""

_ARTICLE = re.compile(r"^\[(\d+)\]\n(.*?)(?=^\[\d+\]\n|\Z)", re.DOTALL | re.MULTILINE)


def write(sites: Path, bbc: Path, folder: Path) -> None:
    """One file an article, with nothing added and nothing changed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in [*_of_sites(sites), *_of_bbc(bbc)]:
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")


def _of_sites(clone: Path) -> Iterator[tuple[str, str]]:
    for site in SITES:
        path = clone / "dataset" / "individual_website_articles" / f"{site}_articles.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            for number, _, _, text, _ in rows:
                yield f"{site}{number}", text


def _of_bbc(clone: Path) -> Iterator[tuple[str, str]]:
    for number, text in _ARTICLE.findall((clone / "raw.txt").read_text(encoding="utf-8")):
        kept: list[str] = []
        words = 0
        for line in text.split("\n"):
            if words > BBC_WORDS:
                break
            kept.append(line)
            words += len(line.split())
        yield f"bbc{number}", "\n".join(kept) + "\n"


if __name__ == "__main__":
    typer.run(write)
