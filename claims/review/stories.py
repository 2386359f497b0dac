"""Stories as their pages show them: the reports over time, who is cited in each, and who is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import duckdb

from claims.model import SpeakerKind
from claims.review.questions import ask, ask_one
from claims.store.coverage import StoryCoverage
from claims.store.stored_disputes import StoredDispute, stored_disputes

_SEVERAL = 2
"""Outlets that cite somebody before another one can be said to leave them out."""

_DESCRIBED = (SpeakerKind.GROUP, SpeakerKind.ANONYMOUS)
"""Kinds of speakers of whom each outlet may cite others in the same words: "officials"."""


class CitedVoice(NamedTuple):
    """Who is cited in a report, in how many claims, and whether they deny something there; no
    ``speaker_id`` where the source is not resolved."""

    language: str
    speaker_id: str | None
    kind: str | None
    name: str
    claims: int
    denies: bool


class CoveredVoice(NamedTuple):
    """A speaker whom several outlets of a story cite: in how many claims each, by outlet; 0 where
    it leaves them out."""

    speaker_id: str
    name: str
    by_outlet: dict[str, int]

    @property
    def left_out_by(self) -> list[str]:
        """The outlets that report the story without this speaker."""
        return [outlet for outlet, claims in self.by_outlet.items() if not claims]


@dataclass(frozen=True, slots=True)
class StoryReport:
    """A report of a story: whom it cites, and whom its outlet leaves out that several others
    cite. ``agency`` is credited by it, as printed."""

    article_id: str
    outlet: str
    language: str
    published_at: datetime | None
    day: date | None
    title: str
    agency: str | None
    cited: list[CitedVoice]
    leaves_out: list[CoveredVoice]


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story with its reports in order of time, the speakers whom several outlets cite, and what
    is contested in it."""

    coverage: StoryCoverage
    reports: list[StoryReport]
    voices: list[CoveredVoice]
    disputes: list[StoredDispute]
    disputes_in_all: int


def stories(
    connection: duckdb.DuckDBPyConnection, outlets: int, most: int, skip: int
) -> list[StoryCoverage]:
    """Stories that at least so many outlets report, newest first."""
    rows = ask(connection, "stories", outlets=outlets, most=most, skip=skip)
    return [_coverage(row) for row in rows]


def story(
    connection: duckdb.DuckDBPyConnection, story_id: str, most_disputes: int
) -> StoryView | None:
    """A story; None where there is none of this id."""
    found = ask_one(connection, "story", story=story_id)
    if found is None:
        return None
    cited: defaultdict[str, list[CitedVoice]] = defaultdict(list)
    counts: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    names: dict[str, str] = {}
    for row in ask(connection, "story_voices", story=story_id):
        article, outlet = row.pop("article_id"), row.pop("outlet")
        voice = CitedVoice(**row)
        cited[article].append(voice)
        if voice.speaker_id is not None and voice.kind not in _DESCRIBED:
            counts[voice.speaker_id][outlet] += voice.claims
            names[voice.speaker_id] = voice.name
    coverage = _coverage(found)
    voices = _covered(counts, names, coverage.outlet_names)
    disputes = [row["dispute_id"] for row in ask(connection, "story_disputes", story=story_id)]
    return StoryView(
        coverage=coverage,
        reports=[
            StoryReport(
                **row,
                cited=cited[row["article_id"]],
                leaves_out=[one for one in voices if not one.by_outlet[row["outlet"]]],
            )
            for row in ask(connection, "story_reports", story=story_id)
        ],
        voices=voices,
        disputes=stored_disputes(connection, disputes[:most_disputes]),
        disputes_in_all=len(disputes),
    )


def stories_of(
    connection: duckdb.DuckDBPyConnection, articles: Sequence[str]
) -> list[dict[str, object]]:
    """The stories of some articles: identifier, headline, number of outlets."""
    return ask(connection, "stories_of", articles=sorted({*articles}))


def _covered(
    counts: dict[str, defaultdict[str, int]], names: dict[str, str], outlets: Sequence[str]
) -> list[CoveredVoice]:
    """Whom several outlets cite, those whom most cite first."""
    found = [
        CoveredVoice(speaker_id, names[speaker_id], {outlet: by[outlet] for outlet in outlets})
        for speaker_id, by in counts.items()
        if len(by) >= _SEVERAL
    ]
    return sorted(
        found,
        key=lambda one: (len(one.left_out_by), -sum(one.by_outlet.values()), one.name),
    )


def _coverage(row: dict[str, object]) -> StoryCoverage:
    return StoryCoverage.model_validate(
        {name: value for name, value in row.items() if name in StoryCoverage.model_fields}
    )
