"""Stored disputes with their sides and pairs, as the command line, the report of a run, the exports
and the review page read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import duckdb

from claims.model import ContradictionKind, Frozen, Stance
from claims.store.json_values import compact
from claims.store.questions import Questions
from claims.store.stored_pairs import StoredPair, pairs_by_id

_DISPUTES = Questions(__package__, "disputes")
_ALL = 2**62


class DisputeClaim(Frozen):
    """One claim of a dispute; ``asserts`` where it is on the side that is contested. Of one that is
    not ``standing`` all contradictions were rejected; ``superseded`` is an older count beside a
    later one, or that later one: of the timeline, and of no side."""

    claim_id: str
    article_id: str
    asserts: bool
    outlet: str
    language: str
    published_at: datetime | None
    stance: Stance
    speaker_id: str | None
    speaker: str | None
    speaker_kind: str | None
    source_text: str | None
    content_text: str
    standing: bool
    superseded: bool
    via: None = None

    @property
    def voice(self) -> str:
        """Who speaks: the speaker, else the source as printed, else the outlet."""
        return self.speaker or self.source_text or self.outlet


class DisputeSide(Frozen):
    """Who is on one side, the clearest claim first."""

    claims: tuple[DisputeClaim, ...]

    @property
    def clearest(self) -> DisputeClaim | None:
        """The claim that tells the side best; None where the side has none."""
        return self.claims[0] if self.claims else None

    @property
    def words(self) -> str:
        """Its words; those of the cue are not told where a claim has no content of its own."""
        return self.clearest.content_text if self.clearest else ""

    @property
    def voices(self) -> tuple[str, ...]:
        """Who takes this side, each once, the clearest first."""
        return tuple(dict.fromkeys(claim.voice for claim in self.claims))

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who printed it, by name."""
        return tuple(sorted({claim.outlet for claim in self.claims}))


class PairInDispute(NamedTuple):
    """A pair, and whether its right side asserts what the dispute is about."""

    pair: StoredPair
    turned: bool
    standing: bool


class StoredDispute(Frozen):
    """What is contested, with the pairs that it is made of, best first, superseded figures last.

    ``claims`` are those of all pairs and what repeats them, the clearest first. Where every pair
    was rejected the sides are made of these.
    """

    dispute_id: str
    members: tuple[PairInDispute, ...]
    claims: tuple[DisputeClaim, ...]

    @property
    def pairs(self) -> tuple[StoredPair, ...]:
        """The contradictions; superseded figures are none."""
        found = tuple(
            one.pair for one in self.members if one.pair.kind is not ContradictionKind.SUPERSEDED
        )
        return found or tuple(one.pair for one in self.members)

    @property
    def undecided(self) -> tuple[StoredPair, ...]:
        """The pairs that wait for a decision."""
        return tuple(one for one in self.pairs if one.waits)

    @property
    def best(self) -> StoredPair:
        """The pair that tells the dispute best: of those that stand, where any does."""
        return next((one.pair for one in self.members if one.standing), self.members[0].pair)

    @property
    def shown(self) -> StoredPair:
        """The pair that a reviewer looks at first: the best that waits, else the best."""
        return self.undecided[0] if self.undecided else self.best

    @property
    def is_turned(self) -> bool:
        """Whether the right side of ``shown`` asserts what is contested."""
        return any(one.turned for one in self.members if one.pair is self.shown)

    @property
    def is_decided(self) -> bool:
        """Whether none of its pairs waits."""
        return not self.undecided

    @property
    def score(self) -> float:
        """How sure the best pair is."""
        return self.best.score

    @property
    def asserting(self) -> DisputeSide:
        """Who asserts what is contested."""
        return self._side(asserts=True)

    @property
    def contesting(self) -> DisputeSide:
        """Who contests it."""
        return self._side(asserts=False)

    @property
    def outlets_of_both(self) -> tuple[str, ...]:
        """Outlets that print both sides, by name."""
        contesting = set(self.contesting.outlets)
        return tuple(one for one in self.asserting.outlets if one in contesting)

    @property
    def outlets(self) -> tuple[str, ...]:
        """All that print one side or the other, by name."""
        return tuple(sorted({*self.asserting.outlets, *self.contesting.outlets}))

    @property
    def timeline(self) -> tuple[DisputeClaim, ...]:
        """Everything that was said, older counts included, in order of time; undated last."""
        return tuple(
            sorted(
                self.claims,
                key=lambda one: (one.published_at or datetime.max, not one.asserts, one.claim_id),
            )
        )

    def _side(self, *, asserts: bool) -> DisputeSide:
        mine = tuple(
            one for one in self.claims if one.asserts is asserts and not one.superseded
        ) or tuple(one for one in self.claims if one.asserts is asserts)
        return DisputeSide(claims=tuple(one for one in mine if one.standing) or mine)

    def told(self) -> dict[str, object]:
        """What programs are told of it: both sides, over time, and its pairs with all of both of
        their sides."""
        return {
            "dispute_id": self.dispute_id,
            "score": self.score,
            "explanation": self.best.explanation,
            "asserts": _side_told(self.asserting),
            "contests": _side_told(self.contesting),
            "reports_both": list(self.outlets_of_both),
            "timeline": [_claim_told(one) for one in self.timeline],
            "pairs": [{"turned": one.turned, **one.pair.told()} for one in self.members],
        }

    def json_line(self) -> str:
        """The line that ``claims contradictions --by dispute --format jsonl`` prints for it."""
        return compact(self.told())


def best_disputes(
    connection: duckdb.DuckDBPyConnection, most: int | None = None
) -> list[StoredDispute]:
    """The disputes that stand, best first, at most ``most``; None gives all."""
    chosen = _DISPUTES.ask(connection, "best", most=_ALL if most is None else most)
    return stored_disputes(connection, [row["dispute_id"] for row in chosen])


def stored_disputes(
    connection: duckdb.DuckDBPyConnection, chosen: Sequence[str]
) -> list[StoredDispute]:
    """Disputes in the order of ``chosen``; identifiers that are not there are left out."""
    if not chosen:
        return []
    members: defaultdict[str, list[tuple[str, bool, bool]]] = defaultdict(list)
    for row in _DISPUTES.ask(connection, "members", disputes=list(chosen)):
        members[row["dispute_id"]].append((row["contradiction_id"], row["turned"], row["standing"]))
    pairs = pairs_by_id(connection, [pair for one in members.values() for pair, *_ in one])
    claims: defaultdict[str, list[DisputeClaim]] = defaultdict(list)
    for row in _DISPUTES.ask(connection, "claims", disputes=list(chosen)):
        dispute, asserts = row.pop("dispute_id"), row.pop("side") == "asserts"
        claims[dispute].append(DisputeClaim(asserts=asserts, **row))
    return [
        StoredDispute(
            dispute_id=one,
            members=tuple(PairInDispute(pairs[pair], *rest) for pair, *rest in members[one]),
            claims=tuple(claims[one]),
        )
        for one in chosen
        if one in members
    ]


def dispute_with(connection: duckdb.DuckDBPyConnection, contradiction_id: str) -> str | None:
    """The dispute that a pair shares with other pairs; None where it stands alone."""
    row = connection.execute(
        "SELECT any_value(dispute_id) FROM dispute_pairs WHERE dispute_id IN (SELECT dispute_id "
        "FROM dispute_pairs WHERE contradiction_id = ?) HAVING count(*) > 1",
        [contradiction_id],
    ).fetchone()
    return str(row[0]) if row else None


def _side_told(side: DisputeSide) -> dict[str, object]:
    return {
        "voices": list(side.voices),
        "outlets": list(side.outlets),
        "words": side.clearest.content_text if side.clearest else None,
        "said_by": side.clearest.voice if side.clearest else None,
    }


def _claim_told(claim: DisputeClaim) -> dict[str, object]:
    published = claim.published_at
    return {
        "claim_id": claim.claim_id,
        "article_id": claim.article_id,
        "date": published.date().isoformat() if published else None,
        "side": "asserts" if claim.asserts else "contests",
        "superseded": claim.superseded,
        "voice": claim.voice,
        "stance": claim.stance,
        "outlet": claim.outlet,
        "text": claim.content_text,
    }
