"""Who is who as a person says it: decided, kept in the ledger, and applied to what is stored.

The command line and the review page both say it through these functions, in the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from claims.errors import QueryError
from claims.resolver.clusters import settle
from claims.resolver.decisions import Act, Decision
from claims.speakers.names import key
from claims.store.database import Database
from claims.store.speaker_decisions import decide, decisions
from claims.store.speaker_decisions import undo as take_back
from claims.store.speaker_links import stored_links
from claims.store.speaker_queries import LinkedVoice, Listed, found, voices_of
from claims.store.speakers import resettle


class SpeakerChange(NamedTuple):
    """A decision that was kept, and what it says in a sentence."""

    decision: Decision
    told: str

    def __str__(self) -> str:
        return f"decision {self.decision.number}: {self.told}"


def merge(base: Database, speaker: str, other: str, by: str) -> SpeakerChange:
    """Make ``other`` the same speaker as ``speaker``, which keeps its name and identifier.

    Each is an identifier, a name or any spelling. Raises QueryError where one of them is nobody or
    several, or both are one already.
    """
    with base.reading() as connection:
        kept, joined = found(connection, speaker), found(connection, other)
    if kept.speaker_id == joined.speaker_id:
        raise QueryError(f"{speaker!r} and {other!r} are one speaker already: {kept.name}")
    made = decide(base.path, Act.MERGE, kept.speaker_id, other_id=joined.speaker_id, decided_by=by)
    return SpeakerChange(made, f"{joined.name} is {kept.name}")


def split(base: Database, speaker: str, names: Sequence[str], by: str) -> list[SpeakerChange]:
    """Make some names or voices of ``speaker`` speakers of their own, a decision for each.

    Raises QueryError where none is named, one is not a voice of its, or none would stay; nothing is
    decided then.
    """
    with base.reading() as connection:
        one = found(connection, speaker)
        voices = voices_of(connection, one, settle(stored_links(connection), decisions(base.path)))
    chosen = dict.fromkeys(_voice(one, voices, name) for name in names)
    if not chosen:
        raise QueryError(f"{one.name}: name those that are others")
    if len(chosen) == len(voices):
        raise QueryError(f"{one.name}: all its names would go; one has to stay")
    return [
        SpeakerChange(
            decide(base.path, Act.SPLIT, one.speaker_id, other_id=voice.voice_id, decided_by=by),
            f"{voice.name} is not {one.name}",
        )
        for voice in chosen
    ]


def rename(base: Database, speaker: str, name: str, by: str) -> SpeakerChange:
    """Give ``speaker`` another name; its spellings stay. Raises QueryError without a name."""
    if not name.strip():
        raise QueryError("a speaker needs a name")
    with base.reading() as connection:
        one = found(connection, speaker)
    made = decide(base.path, Act.RENAME, one.speaker_id, name=name.strip(), decided_by=by)
    return SpeakerChange(made, f"{one.name} is called {name.strip()}")


def undo(base: Database, by: str, number: int | None = None) -> SpeakerChange:
    """Take a decision back, by default the latest that stands. Raises DatabaseError where there is
    none."""
    made = take_back(base.path, by, number)
    return SpeakerChange(made, f"{made.act} taken back")


def apply(base: Database) -> None:
    """Apply all decisions to what is stored. Raises DatabaseError where others hold it: they are
    kept, and applied with the next write."""
    with base.writing() as connection:
        resettle(connection, decisions(base.path))


def _voice(speaker: Listed, voices: Sequence[LinkedVoice], name: str) -> LinkedVoice:
    fits = [voice for voice in voices if voice.voice_id == name] or [
        voice
        for voice in voices
        if key(name) in {key(known) for known in (voice.name, *voice.spellings)}
    ]
    if len(fits) != 1:
        known = ", ".join(f"{voice.voice_id} ({voice.name})" for voice in voices)
        raise QueryError(f"{speaker.name}: {name!r} is {len(fits)} of its names: {known}")
    return fits[0]
