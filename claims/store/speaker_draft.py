"""The most heard names that the gazetteer lacks, as a draft of entries for a person to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import duckdb
import yaml

from claims.model import Speaker, SpeakerKind
from claims.resolver.decisions import Decision
from claims.speakers.doubts import Doubts
from claims.speakers.gazetteer import Gazetteer
from claims.speakers.latin_names import UNSURE
from claims.speakers.names import speaker_id
from claims.speakers.transliteration import in_latin
from claims.store.doubtful_speakers import doubtful
from claims.store.speaker_queries import Listed, listed, stored_speakers

_KINDS = (SpeakerKind.PERSON, SpeakerKind.ORGANISATION, SpeakerKind.MEDIA, SpeakerKind.STATE)

_HEAD = """\
# Names that were heard most and stand in no entry of speakers.yaml, as entries of it.
# A {mark} stands where the Latin form is not sure. Confirm or mend each entry, take its {mark}
# away, add what is known (gender, roles, page), and move it into config/speakers.yaml; an entry
# that still has a {mark} is refused there.
"""


def draft(
    connection: duckdb.DuckDBPyConnection,
    gazetteer: Gazetteer,
    doubts: Doubts,
    decisions: Iterable[Decision] = (),
    limit: int | None = None,
) -> str:
    """YAML in the form of ``speakers.yaml``: the most heard so many, each below how often it was
    heard.

    Left out are those who are only described or named by a surname alone, those whose names look
    wrong, and those of whom nothing is cited.
    """
    wrong = {one.speaker.speaker_id for one in doubtful(connection, doubts, decisions)}
    speakers = stored_speakers(connection)
    unknown = (
        (one, speakers[one.speaker_id])
        for one in listed(connection)
        if one.claims
        and one.speaker_id not in wrong
        and _named(speakers[one.speaker_id])
        and not _known(speakers[one.speaker_id], gazetteer)
    )
    lines = [_HEAD.format(mark=UNSURE) + "speakers:"]
    for number, (one, speaker) in enumerate(unknown):
        if limit is not None and number >= limit:
            break
        lines += _entry(one, speaker, gazetteer)
    return "\n".join(lines) + ("" if len(lines) > 1 else " []") + "\n"


def _named(speaker: Speaker) -> bool:
    """Whether a speaker is the same in every article: called by a name that somebody printed."""
    return speaker.kind in _KINDS and any(
        speaker.speaker_id == speaker_id(speaker.kind, name)
        for names in speaker.names.values()
        for name in names
    )


def _known(speaker: Speaker, gazetteer: Gazetteer) -> bool:
    return gazetteer.named(speaker.name) is not None or any(
        gazetteer.find(name, language) is not None
        for language, names in speaker.names.items()
        for name in names
    )


def _entry(one: Listed, speaker: Speaker, gazetteer: Gazetteer) -> Iterator[str]:
    printed = [name for names in speaker.names.values() for name in names]
    told = [name for name in printed if in_latin(name)]
    if not told and in_latin(speaker.name):
        told = [speaker.name]
    if not told:
        latin = gazetteer.latin
        write = latin.person if speaker.kind is SpeakerKind.PERSON else latin.body
        told = [write(printed[0]).shown]
    name = speaker.name if in_latin(speaker.name) else told[0]
    others = {
        language: [name for name in names if not in_latin(name)]
        for language, names in speaker.names.items()
    }
    names = {language: found for language, found in others.items() if found} | {"en": told}
    entry = {"name": name, "kind": speaker.kind.value, "names": names}
    if speaker.speaks_for is not None:
        entry["speaks_for"] = speaker.speaks_for
    alone = "" if len(names) > 1 else "; no spelling in Urdu letters was seen"
    yield f"  # {one.claims} claims in {one.articles} articles{alone}"
    written = yaml.safe_dump(
        entry, default_flow_style=True, allow_unicode=True, sort_keys=False, width=float("inf")
    )
    yield f"  - {written.strip()}"
