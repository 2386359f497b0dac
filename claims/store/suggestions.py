"""Speakers that may be one: what a person is asked about, with the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import duckdb

from claims.model import SpeakerKind
from claims.resolver.decisions import Act, Decision
from claims.speakers.names import tokens
from claims.speakers.similar import SUGGESTED, NameIndex
from claims.speakers.transliteration import Transliteration
from claims.store.speaker_queries import Listed, listed

_KINDS = (SpeakerKind.PERSON, SpeakerKind.ORGANISATION, SpeakerKind.MEDIA)

# Both are set by hand and only order the list that a person reads: nothing is merged by them.
_PART = 0.8  # score of a name that is another one with a word left out
_TOGETHER = 0.8  # factor for two who are cited in one article, where people have one name


class Suggestion(NamedTuple):
    """Two speakers that may be one, the one with more claims first."""

    score: float
    left: Listed
    right: Listed
    evidence: str


def suggestions(
    connection: duckdb.DuckDBPyConnection,
    transliteration: Transliteration,
    decisions: Iterable[Decision] = (),
) -> list[Suggestion]:
    """Likely merges, those whose speakers are heard most first, then the likeliest. Speakers that a
    person has split are not suggested again."""
    speakers = [one for one in listed(connection) if one.kind in _KINDS and _named(one)]
    by_id = {one.speaker_id: one for one in speakers}
    rank = {one.speaker_id: at for at, one in enumerate(speakers)}
    apart = {
        frozenset((one.speaker_id, one.other_id or ""))
        for one in decisions
        if one.act is Act.SPLIT and not one.undone
    }
    best: dict[tuple[str, str], tuple[float, str]] = {}
    for score, one, other, evidence in (
        *_sounding(speakers, transliteration),
        *_parts(speakers),
    ):
        left, right = sorted((one, other), key=lambda each: rank[each])
        if by_id[left].kind != by_id[right].kind or frozenset((left, right)) in apart:
            continue
        if (score, evidence) > best.get((left, right), (0.0, "")):
            best[left, right] = (score, evidence)
    together = _together(connection, best)
    made = []
    for (left, right), (score, evidence) in best.items():
        articles = together.get((left, right), 0)
        final = round(score * _TOGETHER, 3) if articles else round(score, 3)
        told = _told(evidence, by_id[left], by_id[right], articles)
        made.append(Suggestion(final, by_id[left], by_id[right], told))
    return sorted(made, key=_order)


def _order(one: Suggestion) -> tuple[int, float, str, str]:
    heard = one.left.claims + one.right.claims
    return -heard, -one.score, one.left.name, one.right.name


def _sounding(
    speakers: Iterable[Listed], transliteration: Transliteration
) -> Iterator[tuple[float, str, str, str]]:
    index: NameIndex[tuple[str, str]] = NameIndex(transliteration)
    for speaker in speakers:
        for name in _full_names(speaker):
            for score, (other, known) in index.find(name, SUGGESTED):
                # Channel 24 and Channel 92 sound alike, and are two.
                if other != speaker.speaker_id and _digits(name) == _digits(known):
                    yield score, speaker.speaker_id, other, f"{name} sounds like {known}"
        # After it was looked up: so each two meet once, and nobody meets themselves.
        for name in _full_names(speaker):
            index.add((speaker.speaker_id, name), name)


def _parts(speakers: Iterable[Listed]) -> Iterator[tuple[float, str, str, str]]:
    """Names that are another name without one word: Nawaz Sharif, Mian Nawaz Sharif."""
    named: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    speakers = list(speakers)
    for speaker in speakers:
        for name in _full_names(speaker):
            words = tuple(word.casefold() for word in tokens(name))
            named.setdefault(words, []).append((speaker.speaker_id, name))
    for speaker in speakers:
        for name in _full_names(speaker):
            words = tuple(word.casefold() for word in tokens(name))
            for at in range(len(words)):
                part = (*words[:at], *words[at + 1 :])
                if len(part) < 2:
                    continue
                for other, known in named.get(part, ()):
                    if other != speaker.speaker_id:
                        yield _PART, speaker.speaker_id, other, f"{known} is part of {name}"


def _together(
    connection: duckdb.DuckDBPyConnection, pairs: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    """In how many articles both of a pair are cited."""
    wanted = {speaker for pair in pairs for speaker in pair}
    cited: dict[str, set[str]] = {}
    for speaker_id, article_id in connection.execute(
        "SELECT DISTINCT speaker_id, article_id FROM claims WHERE speaker_id IS NOT NULL"
    ).fetchall():
        if speaker_id in wanted:
            cited.setdefault(speaker_id, set()).add(article_id)
    return {
        (left, right): len(both)
        for left, right in pairs
        if (both := cited.get(left, set()) & cited.get(right, set()))
    }


def _told(evidence: str, left: Listed, right: Listed, together: int) -> str:
    counts = f"{left.claims} and {right.claims} claims"
    where = f"cited together in {together}" if together else "never cited together"
    return f"{evidence}; {counts}, {where}"


def _full_names(speaker: Listed) -> tuple[str, ...]:
    names = dict.fromkeys((speaker.name, *speaker.spellings))
    return tuple(name for name in names if len(tokens(name)) > 1)


def _named(speaker: Listed) -> bool:
    """Whether a speaker has a name: one that is only described begins in lower case."""
    return not speaker.name[:1].islower()


def _digits(name: str) -> str:
    return "".join(character for character in name if character.isdigit())
