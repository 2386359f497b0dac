"""News that readers read whole: the disputes that they marked, and what the program finds there."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any

import duckdb

from claims.config.settings import ContradictionSettings
from claims.errors import InputError
from training.judge.pairs import LabelledPair, read_rows
from training.judge.read_articles import (
    Claims,
    asked_pairs,
    read_claims,
    read_stored_vectors,
    told_pairs,
)

OWN = Path(__file__).resolve().parent.parent / "annotations"
"""Disputes that readers marked for this: places and hashes, no texts."""

_SIDES = ("left", "right")

_AROUND = 240
"""Characters that are read on either side of marked words."""

_ASKED = ContradictionSettings(learned_languages=None)
"""As the program chooses what a judge is asked about, in every language."""


def disputes(path: Path, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """The pairs of a file of disputes with the words of their sides, read from ``texts`` by name of
    article.

    Raises InputError where a text is not the one in which the places were marked.
    """
    rows = []
    for row in read_rows(path):
        lefts, rights = ([_placed(one, texts, path) for one in _every(row[at])] for at in _SIDES)
        rows += [row | {"left": left, "right": right} for left, right in product(lefts, rights)]
    return rows


def _every(side: dict[str, Any] | list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The places of a side: some files have one of each in a line, others all of a dispute."""
    return side if isinstance(side, list) else [side]


def _placed(side: dict[str, Any], texts: Mapping[str, str], path: Path) -> dict[str, Any]:
    text = texts.get(side["article"])
    if text is None:
        raise InputError(f"{path}: the article {side['article']!r} is not at hand")
    if "sha256" in side and sha256(text.encode()).hexdigest() != side["sha256"]:
        raise InputError(f"{path}: {side['article']!r} is not the text that was marked")
    start, end = side["start"], side["end"]
    return side | {
        "text": text[start:end],
        "before": text[max(0, start - _AROUND) : start],
        "after": text[end : end + _AROUND],
    }


@dataclass(frozen=True)
class ReadNews:
    """Articles of one language that readers read whole: their disputes, their claims as the
    program finds them with the sentence vectors that it has stored, which pairs of these tell a
    dispute, and which it would ask a judge about."""

    disputes: list[dict[str, Any]]
    claims: Claims
    vectors: dict[str, bytes]
    told: dict[frozenset[str], LabelledPair]
    asked: list[LabelledPair]


def read_news(
    database: Path, disputes: list[dict[str, Any]], articles: Collection[str]
) -> ReadNews:
    """``database`` has the claims of the named ``articles``, in which readers saw ``disputes``."""
    with duckdb.connect(database, read_only=True) as connection:
        claims = read_claims(connection, sorted(articles))
        vectors = read_stored_vectors(connection, claims)
        told = told_pairs(claims, disputes)
        asked = list(asked_pairs(connection, claims, told, _ASKED))
    return ReadNews(disputes, claims, vectors, told, asked)


def english_news(
    database: Path, pairs: Path, texts: Mapping[str, str], kept_back: frozenset[str]
) -> ReadNews:
    """What readers saw in US news, of which no article in ``kept_back`` is used."""
    rows = disputes(OWN / "disputes_en.jsonl", texts)
    rows += disputes(pairs / "natural_train" / "disputes_en.jsonl", texts)
    read = {side["article"] for row in rows for side in (row["left"], row["right"])}
    return read_news(database, rows, (read | read_names("read_en.txt")) - kept_back)


def urdu_news(database: Path, texts: Mapping[str, str]) -> ReadNews:
    """What readers saw in Urdu news from the web."""
    rows = disputes(OWN / "disputes_ur_web.jsonl", texts)
    return read_news(database, rows, read_names("read_ur_web.txt"))


def world_news(database: Path, texts: Mapping[str, str]) -> ReadNews:
    """What readers saw in reports of world news, event by event."""
    return read_news(database, disputes(OWN / "disputes_world.jsonl", texts), world_events())


def world_events() -> dict[str, str]:
    """The event of each report of world news that readers read whole, by the report's name."""
    lines = (OWN / "read_world.txt").read_text(encoding="utf-8").splitlines()
    return {name: event for event, *names in map(str.split, lines) for name in names}


def web_texts(folder: Path, names: Collection[str]) -> dict[str, str]:
    """Articles that readers read whole, by name; raises InputError."""
    try:
        return {name: (folder / f"{name}.txt").read_bytes().decode() for name in sorted(names)}
    except OSError as error:
        raise InputError(
            f"{error.filename}: {error.strerror}; `python -m training.encoder.web_texts` writes it"
        ) from None


def read_names(file: str) -> set[str]:
    """The names of articles that readers read whole, as a file of annotations has them."""
    return set((OWN / file).read_text(encoding="utf-8").split())


def gold_texts(paths: Iterable[Path]) -> dict[str, str]:
    """The texts of annotated articles by name."""
    return {row["article"]: row["text"] for path in paths for row in read_rows(path)}


def as_input(texts: Mapping[str, str], language: str) -> Iterator[str]:
    """Articles as lines that `claims run` reads; the names of the English ones tell outlet and
    day."""
    for name, text in texts.items():
        outlet, day, *_ = [*name.split("_"), None]
        row = {"title": name, "outlet": outlet, "published_at": day, "language": language}
        yield json.dumps(row | {"text": text}, ensure_ascii=False)
