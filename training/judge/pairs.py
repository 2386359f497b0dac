"""Labelled pairs: those written or found for this, and open inference data, in one form."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from claims.contradictions.judges.judge import PairLabel
from claims.contradictions.judges.learned.sides import PairSide
from claims.errors import InputError
from claims.model import Stance

_INFERENCE = {
    "e": PairLabel.AGREE,
    "entailment": PairLabel.AGREE,
    "for": PairLabel.AGREE,
    "c": PairLabel.CONTRADICT,
    "contradiction": PairLabel.CONTRADICT,
    "contradictory": PairLabel.CONTRADICT,
    "against": PairLabel.CONTRADICT,
    "n": PairLabel.NEITHER,
    "neutral": PairLabel.NEITHER,
    "observing": PairLabel.NEITHER,
}

_NOBODY = (0.0,) * 6


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two sides and how they stand to each other. ``group`` is what a pair is held out by: its base
    claim, its article or its event; ``facts`` as ``reader.pair_facts`` tells them."""

    left: PairSide
    right: PairSide
    label: PairLabel
    group: str
    facts: tuple[float, ...] = _NOBODY
    weight: float = 1.0
    claims: tuple[str, str] = ("", "")

    def turned(self) -> LabelledPair:
        """The same the other way round: whoever contradicts is contradicted."""
        within, voice, left, right, near, days = self.facts
        facts = (within, voice, right, left, near, days)
        claims = (self.claims[1], self.claims[0])
        return replace(self, left=self.right, right=self.left, facts=facts, claims=claims)


def language_of(pair: LabelledPair) -> str:
    """``en`` or ``ur``, by the script of the sides, and ``across`` for one of each."""
    left, right = (
        any("\u0600" <= character <= "\u06ff" for character in side.text)
        for side in (pair.left, pair.right)
    )
    return "across" if left != right else "ur" if left else "en"


def held_out(group: str, share: int) -> bool:
    """Whether a group is one of every ``share`` that are kept out of training."""
    return int(sha256(group.encode()).hexdigest()[:8], 16) % share == 0


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file; raises InputError where it cannot be read."""
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None


def read_side(row: dict[str, Any]) -> PairSide:
    """A side of the files of `pairs/`."""
    stance = row.get("stance")
    return PairSide(
        row["text"],
        row.get("speaker") or "",
        Stance(stance) if stance else None,
        row.get("before") or "",
        row.get("after") or "",
    )


def written(path: Path) -> Iterator[LabelledPair]:
    """`written.jsonl`: a contradiction, an agreement and a near miss of each base claim."""
    for row in read_rows(path):
        left = row["left"]
        around = left["sentence"].split(left["text"], 1)
        side = read_side(left)
        if len(around) == 2:
            side = replace(side, before=around[0], after=around[1])
        yield LabelledPair(side, read_side(row["right"]), PairLabel(row["label"]), row["base"])


def natural(path: Path) -> Iterator[LabelledPair]:
    """Pairs of real news with a label; of a file of disputes all contradict."""
    for row in read_rows(path):
        left, right = row["left"], row["right"]
        label = PairLabel(row.get("label", "contradict"))
        yield LabelledPair(
            read_side(left),
            read_side(right),
            label,
            str(left.get("article", left.get("body"))),
            facts_of(left, right),
        )


def facts_of(left: dict[str, Any], right: dict[str, Any]) -> tuple[float, ...]:
    """What is known of a pair beside its words, where the sides tell their articles."""
    article = "article" if "article" in left else "body"
    within = article in left and left[article] == right[article]
    speakers = (left.get("speaker") or "", right.get("speaker") or "")
    apart = abs(left.get("start", 0) - right.get("start", 0)) / 150
    return (
        float(within),
        float(bool(speakers[0]) and speakers[0] == speakers[1]),
        float(not speakers[0]),
        float(not speakers[1]),
        1 / (1 + apart) if within else 0.0,
        0.0,
    )


def inference(folder: Path) -> Iterator[tuple[str, LabelledPair]]:
    """The open inference data of `pairs/open`, each pair with the name of where it is from."""
    for path in sorted(folder.glob("farstail_*.csv")):
        for row in read_table(path, "\t"):
            if row["label"] in _INFERENCE:  # a few rows have too many fields
                yield "farstail", _pair(row["premise"], row["hypothesis"], row["label"])
    for row in read_table(folder / "sick.txt", "\t"):
        yield "sick", _pair(row["sentence_A"], row["sentence_B"], row["entailment_judgment"])
    for path in sorted(folder.glob("anli_*.csv")):
        for row in read_table(path, ","):
            yield "anli", _pair(row["context"], row["statement"], row["gold_label"])
    for row in read_table(folder / "emergent.csv", ","):
        yield (
            "emergent",
            _pair(row["claimHeadline"], row["articleHeadline"], row["articleHeadlineStance"]),
        )


def three_columns(path: Path) -> Iterator[LabelledPair]:
    """Lines of premise, hypothesis and label, as `inference_sets` writes them."""
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield _pair(*line.split("\t"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None


def read_table(path: Path, delimiter: str) -> Iterator[dict[str, str]]:
    """The rows of a table with a line of names; raises InputError where it cannot be read."""
    # Tab-separated files have quotation marks in their texts and none around them.
    plain = delimiter == "\t"
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            yield from csv.DictReader(
                file,
                delimiter=delimiter,
                quoting=csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL,
            )
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None


def _pair(premise: str, hypothesis: str, label: str) -> LabelledPair:
    return LabelledPair(
        PairSide(premise), PairSide(hypothesis), _INFERENCE[label.strip().lower()], premise
    )
