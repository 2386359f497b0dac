"""`python -m training.encoder.web_texts`: the texts of annotations that have none.

They are articles that others gathered; they belong to their publishers and are no part of this
project. From clones of

- `--sites`: github.com/ha405/Urdu-News-Classification-with-ML (fb1a184), Pakistani sites, 2024;
- `--bbc`: github.com/Minato-sudo/Custom-Language-Modeling-for-Urdu-News-Articles (8feca01), BBC;
- `--fars`: github.com/language-ml/course-nlp-ir-1-text-exploring (48c7d56), Fars, in Persian
- `--bbc-english`: github.com/ZitRos/news-articles-dataset (f0ee062), BBC, politics and business of
  2004 and 2005, which nobody annotated: for the small encoder
- `--challenge`: github.com/FakeNewsChallenge/fnc-1 (29d473a), the training part of the Fake News
  Challenge (Pomerleau and Rao, 2017), world news of 2014 and 2015: for the judge

come files named as in `ur_web.jsonl`, `ur_web_check.jsonl`, `fa_news.jsonl` and
`disputes_world.jsonl` (`samaa412.txt`, `bbc15.txt`, `fars9.txt`, `challenge7.txt`), in
`build/texts/web`.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from training.encoder.recipe import ROOT

WEB_TEXTS = ROOT / "build" / "texts" / "web"
SITES = ("samaa", "express", "jang", "geo")
SECTIONS = ("business", "politics")
BBC_WORDS = {"": 330, "-long": 900}
"""Of a BBC article lines are taken until there are more words than this: for attributions, and
for disputes (`bbc15-long.txt`)."""

_ARTICLE = re.compile(r"^\[(\d+)\]\n(.*?)(?=^\[\d+\]\n|\Z)", re.DOTALL | re.MULTILINE)

Clone = Annotated[Path | None, typer.Option(exists=True, file_okay=False)]


def write(
    sites: Clone = None,
    bbc: Clone = None,
    fars: Clone = None,
    bbc_english: Clone = None,
    challenge: Clone = None,
) -> None:
    """One file an article, with nothing added and nothing changed."""
    WEB_TEXTS.mkdir(parents=True, exist_ok=True)
    of_clones = (
        (sites, _of_sites),
        (bbc, _of_bbc),
        (fars, _of_fars),
        (bbc_english, _of_bbc_english),
        (challenge, _of_challenge),
    )
    for clone, texts in of_clones:
        for name, text in texts(clone) if clone is not None else ():
            (WEB_TEXTS / f"{name}.txt").write_text(text, encoding="utf-8", newline="")


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
        for suffix, most in BBC_WORDS.items():
            kept: list[str] = []
            words = 0
            for line in text.split("\n"):
                if words > most:
                    break
                kept.append(line)
                words += len(line.split())
            yield f"bbc{number}{suffix}", "\n".join(kept) + "\n"


def _of_fars(clone: Path) -> Iterator[tuple[str, str]]:
    path = clone / "exploring-datasets" / "news" / "fars-news-2.json"
    for number, row in enumerate(json.loads(path.read_text(encoding="utf-8"))):
        yield f"fars{number}", "\n".join(row["paragraphs"])


def _of_bbc_english(clone: Path) -> Iterator[tuple[str, str]]:
    for section in SECTIONS:
        for path in sorted((clone / "news" / section).glob("*.txt")):
            yield f"bbc-{section}-{path.stem}", path.read_text(encoding="utf-8", errors="replace")


def _of_challenge(clone: Path) -> Iterator[tuple[str, str]]:
    with (clone / "train_bodies.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield f"challenge{row['Body ID']}", row["articleBody"]


if __name__ == "__main__":
    typer.run(write)
