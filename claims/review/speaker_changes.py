"""Which names make up a speaker, and what people decided about them, as its page tells it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import duckdb

from claims.resolver.clusters import settle
from claims.resolver.decisions import Decision
from claims.review.questions import ask
from claims.store.speaker_decisions import decisions
from claims.store.speaker_links import stored_links


class SpeakerVoice(NamedTuple):
    """One name of a speaker with its spellings. ``evidence`` says why it was linked, None for the
    speaker's own name and for what a person merged."""

    voice_id: str
    name: str
    spellings: tuple[str, ...]
    evidence: str | None


@dataclass(frozen=True, slots=True)
class ToldDecision:
    """A decision with names in place of identifiers. ``applied`` is whether the database shows it
    already, or its being taken back."""

    number: int
    act: str
    speaker: str
    other: str | None
    name: str | None
    decided_by: str
    decided_at: datetime
    undone: bool
    applied: bool


@dataclass(frozen=True, slots=True)
class SpeakerChanges:
    """The names of a speaker, and the decisions about any of them, the latest last."""

    voices: list[SpeakerVoice]
    decisions: list[ToldDecision]


def changes(
    connection: duckdb.DuckDBPyConnection, database: Path, speaker_id: str
) -> SpeakerChanges:
    """What makes up a speaker that is stored. Raises DatabaseError."""
    links = stored_links(connection)
    # What was decided while a run held the database is not in it yet: the names are those of now.
    stored = {row["decision"]: row["undone"] for row in ask(connection, "speaker_decisions")}
    made = decisions(database)
    shown = [one for one in made if one.number in stored]
    shown = [one._replace(undone=stored[one.number]) for one in shown]
    speaker_of = settle(links, shown).speaker_of
    own = [speaker_id, *(voice for voice, speaker in speaker_of.items() if speaker == speaker_id)]
    about = [one for one in made if {one.speaker_id, one.other_id} & set(own)]
    others = [each for one in about for each in (one.speaker_id, one.other_id) if each]
    rows = ask(connection, "voices", voices=[*own, *others])
    voices = {row["voice_id"]: row for row in rows}
    reasons = {link.voice_id: f"{link.evidence} ({link.score:.2f})" for link in links}

    def name(voice: str) -> str:
        return str(voices[voice]["name"]) if voice in voices else voice

    def linked(voice: str) -> SpeakerVoice:
        known = json.loads(voices[voice]["names"]).values()
        spellings = tuple(dict.fromkeys(each for names in known for each in names))
        reason = None if voice == speaker_id else reasons.get(voice)
        return SpeakerVoice(voice, name(voice), spellings, reason)

    def told(one: Decision) -> ToldDecision:
        return ToldDecision(
            one.number,
            one.act.value,
            name(one.speaker_id),
            name(one.other_id) if one.other_id else None,
            one.name,
            one.decided_by,
            one.decided_at,
            one.undone,
            stored.get(one.number) == one.undone,
        )

    return SpeakerChanges(
        [linked(voice) for voice in own if voice in voices], [told(one) for one in about]
    )


def speaker_now(
    connection: duckdb.DuckDBPyConnection, database: Path, speaker_id: str
) -> str | None:
    """Who a speaker is now that was linked or merged into another one; None where it was not."""
    return settle(stored_links(connection), decisions(database)).speaker_of.get(speaker_id)
