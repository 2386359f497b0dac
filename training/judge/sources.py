"""The pairs that the recipe's sources name, from the files beside the project and of our own."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any

import duckdb

from claims.config.settings import ContradictionSettings
from claims.contradictions.judges.judge import PairLabel
from claims.errors import InputError
from training.judge.contested import mismatched, mismatched_bases
from training.judge.events import event_pairs
from training.judge.pairs import (
    LabelledPair,
    facts_of,
    inference,
    natural,
    read_rows,
    read_side,
    three_columns,
    written,
)
from training.judge.read_articles import (
    NOT_FIRM,
    Claims,
    asked_pairs,
    read_claims,
    read_stored_vectors,
    told_pairs,
    untold_across,
    untold_pairs,
)

OWN = Path(__file__).resolve().parent.parent / "annotations"
"""Disputes that readers marked for this: places and hashes, no texts."""

_SIDES = ("left", "right")
_LONG_PREMISE = 250
_AROUND = 240
_EACH, _CONTESTED, _ACROSS, _MARKED = 4, 3, 4000, 4
"""Untold pairs of a claim, mismatched ones of a dispute, untold ones of two articles, and pairs of
marked words of a dispute between many reports."""

_ASKED = ContradictionSettings(likely_within=12, likely_in_story=12, learned_languages=None)

Sources = dict[str, list[LabelledPair]]


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
    return read_news(database, rows, (read | names("read_en.txt")) - kept_back)


def urdu_news(database: Path, texts: Mapping[str, str]) -> ReadNews:
    """What readers saw in Urdu news from the web."""
    rows = disputes(OWN / "disputes_ur_web.jsonl", texts)
    return read_news(database, rows, names("read_ur_web.txt"))


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


def names(file: str) -> set[str]:
    """The names of articles that readers read whole, as a file of annotations has them."""
    return set((OWN / file).read_text(encoding="utf-8").split())


def news(
    english: ReadNews,
    world: ReadNews,
    urdu: ReadNews,
    pairs: Path,
    texts: Mapping[str, str],
    kept_back: frozenset[str],
    seed: int,
) -> Sources:
    """What is learned from news: from the articles that were read whole, and from the pairs that
    others have labelled, of which none is of an article in ``kept_back``."""
    given = list(read_rows(pairs / "natural_train" / "disputes_ur.jsonl"))
    marked = disputes(OWN / "disputes_ur.jsonl", texts) + urdu.disputes + given
    contested = given + [row for row in urdu.disputes if row["label"] == PairLabel.CONTRADICT.value]
    labelled = pairs / "natural.jsonl"
    return {
        **_read(english, "", seed),
        **_by_event(world, seed),
        **_read(urdu, "_ur", seed),
        "untold_across": list(untold_across(english.claims, english.told, _ACROSS, seed)),
        "gold": [_marked(row) for row in english.disputes],
        "natural": [
            one
            for row, one in zip(read_rows(labelled), natural(labelled), strict=True)
            if not {row["left"]["article"], row["right"]["article"]} & kept_back
        ],
        "ur": [_marked(row) for row in marked],
        "mismatched": mismatched(english.disputes, _CONTESTED, seed),
        "mismatched_ur": mismatched(contested, _CONTESTED, seed),
    }


def _read(read: ReadNews, suffix: str, seed: int) -> Sources:
    """The pairs of claims of articles that were read whole, by what readers saw in them."""
    told = read.told.values()
    return {
        f"told{suffix}": [one for one in told if one.label is PairLabel.CONTRADICT],
        f"asked{suffix}": [one for one in read.asked if one.label is PairLabel.NEITHER],
        f"asked_told{suffix}": [one for one in read.asked if one.label is not PairLabel.NEITHER],
        f"told_agree{suffix}": [one for one in told if one.label is PairLabel.AGREE],
        f"untold{suffix}": list(untold_pairs(read.claims, read.told, _EACH, seed)),
    }


def _by_event(world: ReadNews, seed: int) -> Sources:
    """What is learned from world news. It is held out by event, for reports of one event tell the
    same disputes; of each dispute ``_MARKED`` pairs of the marked words are taken."""
    events, chance = world_events(), random.Random(seed)
    by_dispute: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in world.disputes:
        by_dispute[row["dispute"]].append(row)
    kept = [chance.sample(own, min(_MARKED, len(own))) for own in by_dispute.values()]
    rows = [row for own in kept for row in own]
    sources = _read(world, "_world", seed)
    sources["gold_world"] = [_marked(row) for row in rows]
    sources["mismatched_world"] = mismatched(rows, _CONTESTED, seed)
    return {
        name: [replace(pair, group=events.get(pair.group, pair.group)) for pair in own]
        for name, own in sources.items()
    }


def statements(pairs: Path, inference_sets: Path, seed: int) -> Sources:
    """What is learned from pairs that were written to be told apart; of ``inference_sets`` what
    is there: each of its files is a source."""
    sources: Sources = defaultdict(list)
    for path in sorted(inference_sets.glob("*.tsv")):
        sources[path.stem] = list(three_columns(path))
    for name, pair in inference(pairs / "open"):
        if len(pair.left.text) < _LONG_PREMISE:
            sources[name].append(pair)
    sources["written"] = list(written(pairs / "written.jsonl"))
    sources["events"] = list(event_pairs(OWN / "events.jsonl"))
    sources["mismatched_bases"] = mismatched_bases(sources["written"], 1, seed)
    return sources


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


def _marked(row: dict[str, Any]) -> LabelledPair:
    return LabelledPair(
        read_side(row["left"]),
        read_side(row["right"]),
        PairLabel(row.get("label", "contradict")),
        row["left"]["article"],
        facts_of(row["left"], row["right"]),
        1.0 if row.get("firm", True) else NOT_FIRM,
    )


def parted(sources: Mapping[str, Sequence[LabelledPair]], out: frozenset[str]) -> Sources:
    """The pairs of every source whose group is not in ``out``."""
    return {name: [one for one in own if one.group not in out] for name, own in sources.items()}
