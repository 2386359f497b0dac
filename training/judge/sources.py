"""The pairs that the recipe's sources name, from the files beside the project and of our own."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from claims.contradictions.judges.judge import PairLabel
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
from training.judge.read_articles import NOT_FIRM, untold_across, untold_pairs
from training.judge.read_news import OWN, ReadNews, disputes, world_events

_LONG_PREMISE = 250
_EACH, _CONTESTED, _ACROSS, _MARKED = 4, 3, 4000, 4
"""Untold pairs of a claim, mismatched ones of a dispute, untold ones of two articles, and pairs of
marked words of a dispute between many reports."""

Sources = dict[str, list[LabelledPair]]


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
    return {
        **english_sources(english, world, pairs, kept_back, seed),
        **_read(urdu, "_ur", seed),
        "ur": [_marked(row) for row in marked],
        "mismatched_ur": mismatched(contested, _CONTESTED, seed),
    }


def english_sources(
    english: ReadNews, world: ReadNews, pairs: Path, kept_back: frozenset[str], seed: int
) -> Sources:
    """What is learned from English news; of the pairs that others have labelled some are Urdu."""
    labelled = pairs / "natural.jsonl"
    return {
        **_read(english, "", seed),
        **_by_event(world, seed),
        "untold_across": list(untold_across(english.claims, english.told, _ACROSS, seed)),
        "gold": [_marked(row) for row in english.disputes],
        "natural": [
            one
            for row, one in zip(read_rows(labelled), natural(labelled), strict=True)
            if not {row["left"]["article"], row["right"]["article"]} & kept_back
        ],
        "mismatched": mismatched(english.disputes, _CONTESTED, seed),
    }


def judged_pairs(texts: Mapping[str, str], kept_back: frozenset[str]) -> list[LabelledPair]:
    """The pairs that a judge found likely and readers judged one by one (`judged_pairs.jsonl`)."""
    events = world_events()
    rows = disputes(OWN / "judged_pairs.jsonl", texts)
    made = [_marked(row) for row in rows if row["left"]["article"] not in kept_back]
    return [replace(pair, group=events.get(pair.group, pair.group)) for pair in made]


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
