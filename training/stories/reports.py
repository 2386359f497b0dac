"""The reports that stories are learned from and measured on."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claims.language.encoder.sentence_vectors import encode, unpacked
from claims.language.encoder.weights import cutter
from claims.stories.fingerprint import lead_fingerprint
from claims.stories.lead import READ, lead, rare_words
from claims.stories.likeness import Group

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Report:
    """A report; ``event`` is None where nobody has said of which event it is."""

    name: str
    text: str
    event: str | None = None
    day: date | None = None
    language: str = "en"


@dataclass(frozen=True)
class Reports:
    """Reports with what they are found by: a vector each (n, 384), rare words and days."""

    name: str
    reports: tuple[Report, ...]
    vectors: NDArray[np.float32]
    words: tuple[dict[str, float], ...]

    def groups(self, chosen: Sequence[int] | None = None) -> dict[str, Group]:
        """Each report, or each of the ``chosen``, as a group of its own."""
        numbers = range(len(self.reports)) if chosen is None else chosen
        return {
            self.reports[n].name: Group(
                (self.reports[n].name,),
                self.vectors[n],
                dict(self.words[n]),
                {self.reports[n].language: 1},
                *((float(day.toordinal()), 1) if (day := self.reports[n].day) else (0.0, 0)),
            )
            for n in numbers
        }


def told_events(file: Path) -> list[Report]:
    """The reports of ``stories/dev.jsonl``, or of a file like it."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [Report(row["title"], row["text"], f"{file.stem} {row['event']}") for row in rows]


def told_pairs(folder: Path) -> list[Report]:
    """The stories of ``fake-real-pairs``: those of one name are of one event."""
    return [
        Report(
            f"{path.parent.name}/{path.name}",
            path.read_text(encoding="utf-8"),
            path.stem,
            language="ur",
        )
        for path in sorted(folder.glob("*/*.txt"))
    ]


def dated(file: Path) -> list[Report]:
    """The articles of ``gold/en_train.jsonl``, whose names have their days; nobody has said of
    which events they are."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    found: Iterator[Report] = (
        Report(row["article"], row["text"], day=date.fromisoformat(told[0]))
        for row in rows
        if (told := _DAY.search(row["article"]))
    )
    return list(found)


def across_languages(file: Path) -> list[Report]:
    """Statements of ``pairs/written.jsonl`` that agree with one in another language: two of each
    event."""
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        left, right = row["left"], row["right"]
        if row["label"] == "agree" and left["language"] != right["language"]:
            event, said = row["base"], left.get("sentence") or left["text"]
            found.append(Report(f"{event} left", said, event, language=left["language"]))
            found.append(Report(f"{event} right", right["text"], event, language=right["language"]))
    return found


def read(name: str, reports: Sequence[Report], kept: Path) -> Reports:
    """Reports with their vectors and words. Vectors are kept in the folder ``kept``, for the next
    time."""
    words = tuple(rare_words(lead(None, one.text, READ), cutter()) for one in reports)
    told = hashlib.sha256(lead_fingerprint().encode())
    for one in reports:
        told.update(one.text.encode())
    file = kept / f"{name}_{told.hexdigest()[:16]}.npy"
    if not file.is_file():
        kept.mkdir(parents=True, exist_ok=True)
        np.save(file, unpacked(encode([lead(None, one.text) for one in reports])))
    return Reports(name, tuple(reports), np.load(file), words)
