"""Stored contradictions with both of their sides, as the command line, the report of a run and the
review page read them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import duckdb
from pydantic import BaseModel, ConfigDict, Field

from claims.model import ContradictionKind, Frozen, Span, Spans, Stance, Verdict
from claims.store.json_values import compact
from claims.store.questions import Questions

_PAIRS = Questions(__package__, "pairs")
_ALL = 2**62
_LONGEST = 200  # characters of a filter
_DESIGNED = ("article", "outlet", "speaker", "stance", "text", "start", "end")
"""What the lines of ``claims contradictions`` tell of a side."""


class StoredSide(Frozen):
    """One claim of a pair.

    ``speaker`` is the canonical name, None where it is not known; ``source_text`` the words that
    name it in the article, None where nobody is named: then the outlet itself speaks. ``start`` and
    ``end`` are the hull of the content in the article at ``path``, both None where the claim has no
    content of its own. ``passage`` is the text from the first sentence that the claim stands in to
    the last, None where the article has none. ``outlets`` is how many printed it; ``newest`` is
    the article that stands now where the outlet has edited this one since, else None.
    """

    claim_id: str
    article_id: str
    path: str | None
    title: str | None
    outlet: str
    language: str
    published_at: datetime | None
    stance: Stance
    speaker_id: str | None
    speaker: str | None
    speaker_kind: str | None
    via: str | None
    source_text: str | None
    cue_text: str
    content_text: str
    start: int | None
    end: int | None
    passage: str | None
    outlets: int
    newest: str | None

    def told(self) -> dict[str, object]:
        """What programs are told of it; ``_DESIGNED`` are the keys that they have had longest."""
        return {
            "claim_id": self.claim_id,
            "article_id": self.article_id,
            "article": self.path,
            "title": self.title,
            "outlet": self.outlet,
            "language": self.language,
            "published_at": self.published_at,
            "speaker_id": self.speaker_id,
            "speaker": self.named,
            "via": self.via,
            "stance": self.stance,
            "text": self.content_text,
            "start": self.start,
            "end": self.end,
            "passage": self.passage,
            "outlets": self.outlets,
            "newest": self.newest,
        }

    @property
    def named(self) -> str | None:
        """Who speaks: the speaker, else the words of the source; None where nobody is named."""
        return self.speaker or self.source_text


class StoredPair(Frozen):
    """A contradiction with both sides; ``verdict`` is the latest, None before anybody decided. One
    that is ``skipped`` waits for nobody: a claim of it is wrongly extracted."""

    contradiction_id: str
    kind: ContradictionKind
    score: float
    explanation: str
    verdict: str | None
    left: StoredSide
    right: StoredSide
    skipped: bool = False

    @property
    def sides(self) -> tuple[StoredSide, StoredSide]:
        """Left and right."""
        return self.left, self.right

    @property
    def is_superseded(self) -> bool:
        """Whether one of the articles was edited since."""
        return any(side.newest is not None for side in self.sides)

    @property
    def is_decided(self) -> bool:
        """Whether somebody decided it."""
        return self.verdict not in (None, Verdict.UNSURE)

    @property
    def waits(self) -> bool:
        """Whether it waits for a decision."""
        return not self.is_decided and not self.skipped

    def told(self) -> dict[str, object]:
        """What programs are told of it: all of both sides, and the verdict."""
        return {
            "contradiction_id": self.contradiction_id,
            "kind": self.kind,
            "score": self.score,
            "explanation": self.explanation,
            "verdict": self.verdict,
            "left": self.left.told(),
            "right": self.right.told(),
        }

    def json_line(self) -> str:
        """The line that ``claims contradictions --format jsonl`` prints for it."""
        told = {
            name: {key: value for key, value in side.told().items() if key in _DESIGNED}
            for name, side in (("left", self.left), ("right", self.right))
        }
        why = {"kind": self.kind, "score": self.score, "explanation": self.explanation}
        return compact({**told, **why})


class PairFilters(BaseModel):
    """Which pairs to show; what is None or empty leaves everything in.

    One side of a pair must fit all that is asked of a claim. ``speaker`` is part of a name in any
    script, ``voice`` and ``against`` are ids of speakers: of one side and of the other. ``decided``
    is ``no`` for pairs without a decision, ``yes`` for those with one, ``all`` for both.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str | None = Field(default=None, max_length=_LONGEST)
    speaker: str | None = Field(default=None, max_length=_LONGEST)
    outlet: str | None = Field(default=None, max_length=_LONGEST)
    language: str | None = Field(default=None, max_length=_LONGEST)
    kind: str | None = Field(default=None, max_length=_LONGEST)
    stance: str | None = Field(default=None, max_length=_LONGEST)
    since: date | None = None
    until: date | None = None
    voice: str | None = Field(default=None, max_length=_LONGEST)
    against: str | None = Field(default=None, max_length=_LONGEST)
    decided: str = "no"

    @property
    def asks_of_claims(self) -> bool:
        """Whether a pair's claims must be looked at."""
        return bool(self.model_dump(exclude_defaults=True).keys() - {"kind", "decided"})


class Progress(NamedTuple):
    """How many pairs there are, and how many wait for a decision."""

    pairs: int
    undecided: int


class Neighbours(NamedTuple):
    """Where to go from a pair: those before and after it that fit the filters, and the next of them
    that waits for a decision."""

    previous: str | None = None
    following: str | None = None
    skip: str | None = None


class PastDecision(NamedTuple):
    """An entry of a pair's history, times in UTC; ``undone_at`` where it was taken back."""

    verdict: str
    note: str
    reviewer: str
    reviewed_at: datetime
    undone_at: datetime | None


class SkippedPair(NamedTuple):
    """A claim of a pair that is wrongly extracted, and the pair where somebody decided that; both
    None where enough reviewers have judged the pair."""

    claim_id: str | None
    misread_in: str | None


class EarlierDecision(NamedTuple):
    """What was decided about a pair of earlier versions of the same articles, its time in UTC."""

    contradiction_id: str
    verdict: str
    note: str
    reviewer: str
    reviewed_at: datetime


class ConflictingWords(NamedTuple):
    """Words in which a pair conflicts, in the article of their side; ``same`` where the other side
    names the same with its own."""

    span: Span
    same: bool


class NearIdenticalPair(NamedTuple):
    """A stored pair between near-identical articles, with the words of each side."""

    left_claim_id: str
    right_claim_id: str
    kind: ContradictionKind
    score: float
    explanation: str
    left_words: Spans
    right_words: Spans


def best_pairs(connection: duckdb.DuckDBPyConnection, most: int | None = None) -> list[StoredPair]:
    """The standing contradictions, best first, at most ``most``; None gives all."""
    chosen = _PAIRS.ask(connection, "best", most=_ALL if most is None else most)
    return _pairs(connection, [row["contradiction_id"] for row in chosen])


def filtered_disputes(
    connection: duckdb.DuckDBPyConnection, filters: PairFilters, most: int, skip: int = 0
) -> tuple[list[str], int]:
    """The disputes (by identifier) of the pairs that fit the filters, the most telling first, and
    how many there are in all."""
    chosen = _ask_ranked(connection, "disputes", filters, None, most=most, skip=skip)
    return [row["dispute_id"] for row in chosen], chosen[0]["total"] if chosen else 0


def stored_pair(connection: duckdb.DuckDBPyConnection, contradiction_id: str) -> StoredPair | None:
    """One pair; None where there is none of this id."""
    found = _pairs(connection, [contradiction_id])
    return found[0] if found else None


def neighbours(
    connection: duckdb.DuckDBPyConnection, contradiction_id: str, filters: PairFilters
) -> Neighbours:
    """Where to go from a pair among those that fit the filters."""
    (found,) = _ask_ranked(
        connection, "neighbours", filters, contradiction_id, here=contradiction_id
    )
    return Neighbours(**found)


def progress(connection: duckdb.DuckDBPyConnection) -> Progress:
    """How far the review is."""
    found = _PAIRS.ask_one(connection, "progress")
    return Progress(**found) if found else Progress(0, 0)


def verdicts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many of the pairs stand at which verdict."""
    return {row["verdict"]: row["pairs"] for row in _PAIRS.ask(connection, "verdicts")}


def history(connection: duckdb.DuckDBPyConnection, contradiction_id: str) -> list[PastDecision]:
    """All that was decided about a pair, latest first."""
    rows = _PAIRS.ask(connection, "history", pair=contradiction_id)
    return [PastDecision(**row) for row in rows]


def skipped_for(connection: duckdb.DuckDBPyConnection, contradiction_id: str) -> list[SkippedPair]:
    """Why nobody is asked about a pair that is not decided; nothing where somebody is."""
    rows = _PAIRS.ask(connection, "skipped", pair=contradiction_id)
    return [SkippedPair(**row) for row in rows]


def earlier_decisions(
    connection: duckdb.DuckDBPyConnection, pairs: Iterable[StoredPair]
) -> dict[str, list[EarlierDecision]]:
    """By pair, what was decided before one of its articles was edited."""
    found: defaultdict[str, list[EarlierDecision]] = defaultdict(list)
    chosen = [one.contradiction_id for one in pairs]
    for row in _PAIRS.ask(connection, "earlier", pairs=chosen):
        found[row.pop("of")].append(EarlierDecision(**row))
    return dict(found)


def conflicting_words(
    connection: duckdb.DuckDBPyConnection, pairs: Iterable[StoredPair]
) -> dict[tuple[str, str], list[ConflictingWords]]:
    """The words in which pairs conflict, by pair and side (``left`` or ``right``)."""
    found: defaultdict[tuple[str, str], list[ConflictingWords]] = defaultdict(list)
    chosen = [one.contradiction_id for one in pairs]
    for row in _PAIRS.ask(connection, "words", pairs=chosen):
        words = ConflictingWords(Span(start=row["start"], end=row["end"]), row["same"])
        found[row["contradiction_id"], row["side"]].append(words)
    return dict(found)


def conflicting_texts(
    connection: duckdb.DuckDBPyConnection, pairs: Iterable[StoredPair]
) -> dict[str, tuple[str, ...]]:
    """The words in which pairs conflict, by claim, as the articles print them."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    chosen = [one.contradiction_id for one in pairs]
    for row in _PAIRS.ask(connection, "conflicting_texts", pairs=chosen):
        found[row["claim_id"]].append(row["words"])
    return {claim: tuple(words) for claim, words in found.items()}


def near_identical_pairs(
    connection: duckdb.DuckDBPyConnection, articles: Collection[str], new: Collection[str]
) -> list[NearIdenticalPair]:
    """The standing pairs between articles that are near-identical to some of ``articles``, or are
    among these; none with a side in ``new``."""
    rows = _PAIRS.ask(connection, "near_identical", articles=sorted(articles), new=sorted(new))
    return [
        NearIdenticalPair(
            **row
            | {
                "kind": ContradictionKind(row["kind"]),
                "left_words": _spans(row["left_words"]),
                "right_words": _spans(row["right_words"]),
            }
        )
        for row in rows
    ]


def reviewed_pairs(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The identifiers of the pairs that somebody decided about."""
    rows = connection.execute("SELECT DISTINCT contradiction_id FROM standing_reviews").fetchall()
    return frozenset(pair for (pair,) in rows)


def _ask_ranked(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    filters: PairFilters,
    pair: str | None,
    **parameters: object,
) -> list[dict[str, Any]]:
    """``pairs/<name>.sql`` over the pairs that fit, and ``pair`` whether it fits or not."""
    asked: dict[str, object] = {**filters.model_dump(), "pair": pair}
    if filters.asks_of_claims:
        _PAIRS.define(connection, "fold")
        return _PAIRS.ask(connection, name, "ranking", **asked, **parameters)
    # The same rows without a look at either side: the queue of a large database opens at once.
    asked = {one: asked[one] for one in ("kind", "decided", "pair")}
    return _PAIRS.ask(connection, name, "queue", **asked, **parameters)


def pairs_by_id(
    connection: duckdb.DuckDBPyConnection, chosen: Sequence[str]
) -> dict[str, StoredPair]:
    """Pairs by identifier; those that are not there are left out."""
    if not chosen:
        return {}
    sides: defaultdict[str, dict[str, StoredSide]] = defaultdict(dict)
    for row in _PAIRS.ask(connection, "sides", pairs=list(chosen)):
        pair, side = row.pop("contradiction_id"), row.pop("side")
        sides[pair][side] = StoredSide(**row)
    return {
        row["contradiction_id"]: StoredPair(**row, **sides[row["contradiction_id"]])
        for row in _PAIRS.ask(connection, "pairs", pairs=list(chosen))
    }


def _pairs(connection: duckdb.DuckDBPyConnection, chosen: Sequence[str]) -> list[StoredPair]:
    """Pairs in the order of ``chosen``; ids that are not there are left out."""
    found = pairs_by_id(connection, chosen)
    return [found[one] for one in chosen if one in found]


def _spans(stored: str | None) -> Spans:
    return tuple(Span(start=start, end=end) for start, end in json.loads(stored or "[]"))
