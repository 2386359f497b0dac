"""Voices and speakers of the claims that are stored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import NamedTuple
from uuid import uuid4

import duckdb

from claims.model import Claim, Speaker
from claims.resolver.clusters import Known, Link
from claims.resolver.decisions import Decision
from claims.speakers.transliteration import in_latin
from claims.store.insert import identifiers, insert, moment
from claims.store.speaker_links import StoredLinks, stored_links


class Who(NamedTuple):
    """Who a voice is."""

    speaker_id: str
    name: str


def put_speakers(
    connection: duckdb.DuckDBPyConnection,
    claims: Sequence[Claim],
    decisions: Sequence[Decision] = (),
    stored: StoredLinks | None = None,
) -> dict[str, Who]:
    """Store the voices that ``claims`` name, and settle which speaker each of them is.

    Called before the claims themselves are written. Returns, by voice, who it is.

    A voice that was known keeps its spellings, and new ones come after them. A voice of
    ``old_voices`` (those of the articles that ``remove_articles.sql`` has just removed) is deleted
    where no claim names it any more. ``stored`` links people who are new to those who are known;
    without it nobody is linked.

    Besides these voices only those are touched that links or decisions connect with them.
    Where ``decisions`` are new, all are settled again.
    """
    known = stored.know(connection, decisions) if stored else _known(connection, decisions)
    heard: dict[str, Speaker] = {}
    for claim in claims:
        for speaker in (claim.speaker, claim.via):
            if speaker is not None:
                before = heard.get(speaker.speaker_id, speaker)
                heard[speaker.speaker_id] = _merged(before, speaker)
    identifiers(connection, "heard", heard)
    there = {voice.speaker_id: voice for voice in _voices_in(connection, "heard")}
    # Rows of voices are replaced only where a spelling is new: most speakers of a run were heard
    # before, and what is not written need not be settled.
    renewed: list[Speaker] = []
    for voice_id, voice in there.items():
        heard[voice_id] = merged = _merged(voice, heard[voice_id])
        if merged.model_copy(update={"members": ()}) != voice:
            renewed.append(merged)
    new = [voice for voice_id, voice in heard.items() if voice_id not in there]
    gone = _gone(connection)
    if gone or renewed:
        identifiers(connection, "replaced", (*gone, *(voice.speaker_id for voice in renewed)))
        connection.execute("DELETE FROM voices WHERE voice_id IN (FROM replaced)")
    insert(connection, "voices", (_voice(voice) for voice in (*renewed, *new)))
    members = _put_members(connection, heard.values())
    links: list[Link] = []
    moved: set[str] = set()
    if stored is not None:
        links, moved = stored.linker.link(known, new, renewed, gone)
        insert(connection, "speaker_links", (link._asdict() for link in links))
    if _put_decisions(connection, decisions):
        _settle_all(connection, known)
    else:
        changed = {voice.speaker_id for voice in (*new, *renewed)}.union(gone, members, moved)
        touched = {voice for one in changed for voice in known.cluster(one)}
        _put_settled(connection, known, touched, moved, {voice.speaker_id for voice in new})
    state = _new_state(connection)
    if stored is not None:
        stored.remember(state)
    return _who(connection, known, heard)


def resettle(connection: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> None:
    """Apply decisions to everything that is stored."""
    _put_decisions(connection, decisions)
    _settle_all(connection, _known(connection, decisions))
    _new_state(connection)


def _known(connection: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> Known:
    return Known(stored_links(connection), decisions)


def _gone(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Voices of articles that went whom neither a stored claim nor one of this write names."""
    # count(id), not count(*): a claim without a speaker leaves a NULL here.
    if connection.execute("SELECT count(id) FROM old_voices").fetchone() == (0,):
        return []
    rows = connection.execute(
        "SELECT id FROM old_voices WHERE id IS NOT NULL AND id NOT IN (FROM heard) "
        "AND id NOT IN (SELECT voice_id FROM claims WHERE voice_id IS NOT NULL) "
        "AND id NOT IN (SELECT via_voice_id FROM claims WHERE via_voice_id IS NOT NULL) ORDER BY id"
    ).fetchall()
    return [voice_id for (voice_id,) in rows]


def _new_state(connection: duckdb.DuckDBPyConnection) -> str:
    state = uuid4().hex
    connection.execute("DELETE FROM speaker_state")
    connection.execute("INSERT INTO speaker_state VALUES (?)", [state])
    return state


def _who(
    connection: duckdb.DuckDBPyConnection, known: Known, heard: Mapping[str, Speaker]
) -> dict[str, Who]:
    """Who each voice of this write is, now that all is settled."""
    linked = {voice: known.speaker(voice) for voice in heard if known.connected(voice)}
    identifiers(connection, "heard_speakers", set(linked.values()))
    name_of = dict(
        connection.execute(
            "SELECT speaker_id, name FROM speakers WHERE speaker_id IN (FROM heard_speakers)"
        ).fetchall()
    )
    return {
        voice_id: Who(linked[voice_id], name_of[linked[voice_id]])
        if voice_id in linked
        else Who(voice_id, voice.name)
        for voice_id, voice in heard.items()
    }


def _settle_all(connection: duckdb.DuckDBPyConnection, known: Known) -> None:
    rows = connection.execute(
        "SELECT voice_id FROM voices UNION SELECT speaker_id FROM speakers "
        "UNION SELECT speaker_id FROM speaker_members"
    ).fetchall()
    touched = {voice_id for (voice_id,) in rows} | known.clustered()
    _put_settled(connection, known, touched, touched, ())


def _put_settled(
    connection: duckdb.DuckDBPyConnection,
    known: Known,
    touched: Iterable[str],
    moved: Iterable[str],
    fresh: Iterable[str],
) -> None:
    """Make speakers, members and claims say who these voices are; only rows that differ are
    written. See ``settle_speakers.sql``."""
    touched = list(touched)
    identifiers(connection, "touched", touched)
    identifiers(connection, "moved", moved)
    identifiers(connection, "fresh", fresh)
    connected = [voice for voice in touched if known.connected(voice)]
    identifiers(connection, "connected", connected)
    groups: dict[str, list[Speaker]] = {}
    for voice in _voices_in(connection, "connected") if connected else []:
        groups.setdefault(known.speaker(voice.speaker_id), []).append(voice)
    joined = [_joined(speaker, voices, known) for speaker, voices in sorted(groups.items())]
    connection.execute("CREATE OR REPLACE TEMP TABLE settled AS FROM voices LIMIT 0")
    insert(connection, "settled", (_voice(speaker) for speaker in joined))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE linked (voice_id VARCHAR, speaker_id VARCHAR, name VARCHAR)"
    )
    name_of = {speaker.speaker_id: speaker.name for speaker in joined}
    insert(
        connection,
        "linked",
        (
            {"voice_id": voice.speaker_id, "speaker_id": speaker, "name": name_of[speaker]}
            for speaker, voices in groups.items()
            for voice in voices
        ),
    )
    connection.execute(_sql("settle_speakers.sql"))
    if _any(connection, "stale"):
        connection.execute(_sql("settle_claims.sql"))
    if _any(connection, "wrong_speakers"):
        connection.execute("DELETE FROM speakers WHERE speaker_id IN (FROM wrong_speakers)")
    if _any(connection, "missing_speakers"):
        connection.execute("INSERT INTO speakers FROM missing_speakers ORDER BY speaker_id")


def _any(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    return connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None


def _voices_in(connection: duckdb.DuckDBPyConnection, table: str) -> list[Speaker]:
    """The stored voices whose identifiers are in a temporary table."""
    rows = connection.execute(
        "SELECT voice_id, name, kind, names, speaks_for FROM voices "
        f"WHERE voice_id IN (FROM {table})"
    ).fetchall()
    return [
        Speaker(
            speaker_id=voice_id,
            name=name,
            kind=kind,
            names=json.loads(names),
            speaks_for=speaks_for,
        )
        for voice_id, name, kind, names, speaks_for in rows
    ]


def _joined(speaker_id: str, voices: Sequence[Speaker], known: Known) -> Speaker:
    """Several voices as one speaker, named by a person, by the first name that is printed in Latin
    script, or by the first that was written in it."""
    first, *others = sorted(voices, key=lambda voice: (voice.speaker_id != speaker_id,
                                                       voice.speaker_id))  # fmt: skip
    joined = first
    for voice in others:
        joined = _merged(joined, joined.model_copy(update={"names": voice.names}))
    latin = [voice.name for voice in (first, *others) if in_latin(voice.name)]
    printed = {name for voice in voices for known in voice.names.values() for name in known}
    named = next((name for name in latin if name in printed), next(iter(latin), first.name))
    given = known.given_name(speaker_id) or named
    stands = next((voice.speaks_for for voice in (first, *others) if voice.speaks_for), None)
    update = {"speaker_id": speaker_id, "name": given, "speaks_for": stands}
    return joined.model_copy(update=update)


def _put_members(connection: duckdb.DuckDBPyConnection, heard: Iterable[Speaker]) -> set[str]:
    """Write who is in the groups; the members' voices."""
    groups = [voice for voice in heard if voice.members]
    if not groups:
        return set()
    identifiers(connection, "member_groups", (group.speaker_id for group in groups))
    connection.execute("DELETE FROM speaker_members WHERE speaker_id IN (FROM member_groups)")
    insert(
        connection,
        "speaker_members",
        (
            {
                "speaker_id": group.speaker_id,
                "ordinal": ordinal,
                "member_voice_id": member.speaker_id,
                "member_id": member.speaker_id,
                "member": member.name,
                "speaks_for": member.speaks_for,
            }
            for group in groups
            for ordinal, member in enumerate(group.members)
        ),
    )
    return {member.speaker_id for group in groups for member in group.members}


def _put_decisions(connection: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> bool:
    """Write the decisions; whether they are others than those that were there."""
    rows = [
        (
            one.number,
            one.act.value,
            one.speaker_id,
            one.other_id,
            one.name,
            one.decided_by,
            one.decided_at.replace(tzinfo=None),
            one.undone,
        )
        for one in decisions
    ]
    if connection.execute("FROM speaker_decisions ORDER BY decision").fetchall() == rows:
        return False
    connection.execute("DELETE FROM speaker_decisions")
    insert(
        connection,
        "speaker_decisions",
        (
            {
                "decision": one.number,
                **one._asdict(),
                "decided_at": moment(one.decided_at),
            }
            for one in decisions
        ),
    )
    return True


def _voice(speaker: Speaker) -> dict[str, object]:
    row = speaker.model_dump(mode="json", exclude={"members"})
    row["voice_id"] = row.pop("speaker_id")
    return row


def _sql(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")


def _merged(known: Speaker, speaker: Speaker) -> Speaker:
    """``speaker`` with the spellings of ``known`` before its own, and whom that one speaks for: an
    article that does not call somebody a spokesperson takes nothing away."""
    names = {
        language: tuple(
            dict.fromkeys((*known.names.get(language, ()), *speaker.names.get(language, ())))
        )
        for language in dict.fromkeys((*known.names, *speaker.names))
    }
    stands = known.speaks_for or speaker.speaks_for
    return speaker.model_copy(update={"names": names, "speaks_for": stands})
