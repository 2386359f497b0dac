"""Voices and speakers of the claims that are stored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources

import duckdb

from claims.model import Claim, Speaker
from claims.speakers.transliteration import in_latin
from claims.store.decisions import Decision
from claims.store.linking import Link, Linker, Settled, settle
from claims.store.rows import identifiers, insert, moment

Names = Mapping[str, Sequence[str]]


def put_speakers(
    connection: duckdb.DuckDBPyConnection,
    claims: Sequence[Claim],
    decisions: Sequence[Decision] = (),
    linker: Linker | None = None,
) -> None:
    """Add or renew the voices of ``claims``, whose rows are written already, and who they are.

    Spellings that were known stay, those that are new come after them. Of ``old_voices``, which
    ``remove_articles.sql`` leaves, those go whom no claim names any more. ``linker`` links people
    who are new; without one nobody is.
    """
    heard: dict[str, Speaker] = {}
    for claim in claims:
        for speaker in (claim.speaker, claim.via):
            if speaker is not None:
                known = heard.get(speaker.speaker_id, speaker)
                heard[speaker.speaker_id] = _merged(known.names, speaker)
    identifiers(connection, "heard", heard)
    new = dict(heard)
    for voice_id, names in connection.execute(
        "SELECT voice_id, names FROM voices WHERE voice_id IN (FROM heard)"
    ).fetchall():
        heard[voice_id] = _merged(json.loads(names), heard[voice_id])
        del new[voice_id]
    connection.execute(
        "DELETE FROM voices WHERE voice_id IN (FROM heard) OR ("
        "voice_id IN (FROM old_voices WHERE id IS NOT NULL) "
        "AND voice_id NOT IN (SELECT voice_id FROM claims WHERE voice_id IS NOT NULL) "
        "AND voice_id NOT IN (SELECT via_voice_id FROM claims WHERE via_voice_id IS NOT NULL))"
    )
    insert(connection, "voices", (_voice(voice) for voice in heard.values()))
    _put_members(connection, heard.values())
    links = stored_links(connection)
    if linker is not None:
        found = linker.link(connection, new.values(), settle(links, decisions).speaker_of)
        insert(connection, "speaker_links", (link._asdict() for link in found))
        links += found
    put_settled(connection, settle(links, decisions), decisions)


def put_settled(
    connection: duckdb.DuckDBPyConnection, settled: Settled, decisions: Sequence[Decision]
) -> None:
    """Make speakers, members and claims say who is who; only rows that differ are written."""
    mapping = settled.speaker_of
    grouped = {*mapping, *mapping.values(), *settled.renamed}
    identifiers(connection, "grouped", grouped)
    rows = connection.execute(
        "SELECT voice_id, name, kind, names, speaks_for FROM voices "
        "WHERE voice_id IN (FROM grouped)"
    ).fetchall()
    groups: dict[str, list[Speaker]] = {}
    for voice_id, name, kind, names, speaks_for in rows:
        voice = Speaker(
            speaker_id=voice_id,
            name=name,
            kind=kind,
            names=json.loads(names),
            speaks_for=speaks_for,
        )
        groups.setdefault(mapping.get(voice_id, voice_id), []).append(voice)
    joined = [_joined(speaker, voices, settled) for speaker, voices in sorted(groups.items())]
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
    _put_decisions(connection, decisions)


def resettle(connection: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> None:
    """Apply decisions to everything that is stored."""
    put_settled(connection, settle(stored_links(connection), decisions), decisions)


def stored_links(connection: duckdb.DuckDBPyConnection) -> list[Link]:
    """Links made by sound, in the order they were made."""
    rows = connection.execute(
        "SELECT voice_id, linked_to, score, evidence FROM speaker_links ORDER BY rowid"
    ).fetchall()
    return [Link(*row) for row in rows]


def _joined(speaker_id: str, voices: Sequence[Speaker], settled: Settled) -> Speaker:
    """Several voices as one speaker, named by a person or by the first name in Latin script."""
    first, *others = sorted(voices, key=lambda voice: (voice.speaker_id != speaker_id,
                                                       voice.speaker_id))  # fmt: skip
    joined = first
    for voice in others:
        joined = _merged(joined.names, joined.model_copy(update={"names": voice.names}))
    named = next((voice.name for voice in (first, *others) if in_latin(voice.name)), first.name)
    given = next(
        (
            settled.renamed[voice_id]
            for voice_id in reversed(settled.renamed)
            if settled.speaker_of.get(voice_id, voice_id) == speaker_id
        ),
        named,
    )
    stands = next((voice.speaks_for for voice in (first, *others) if voice.speaks_for), None)
    update = {"speaker_id": speaker_id, "name": given, "speaks_for": stands}
    return joined.model_copy(update=update)


def _put_members(connection: duckdb.DuckDBPyConnection, heard: Iterable[Speaker]) -> None:
    groups = [voice for voice in heard if voice.members]
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


def _put_decisions(connection: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> None:
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
        return
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


def _voice(speaker: Speaker) -> dict[str, object]:
    row = speaker.model_dump(mode="json", exclude={"members"})
    row["voice_id"] = row.pop("speaker_id")
    return row


def _sql(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")


def _merged(known: Names, speaker: Speaker) -> Speaker:
    """``speaker`` with the spellings of ``known`` before its own."""
    names = {
        language: tuple(dict.fromkeys((*known.get(language, ()), *speaker.names.get(language, ()))))
        for language in dict.fromkeys((*known, *speaker.names))
    }
    return speaker.model_copy(update={"names": names})
