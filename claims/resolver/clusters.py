"""Who is who: links made by sound, then what people decided, settled a cluster at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from claims.resolver.decisions import Act, Decision


class Link(NamedTuple):
    """A voice that was taken for one known before, because their names sound alike."""

    voice_id: str
    linked_to: str
    score: float
    evidence: str


class Settled(NamedTuple):
    """Who is who: the speaker of each voice that is not its own, and the names people gave."""

    speaker_of: dict[str, str]
    renamed: dict[str, str]


class Cluster:
    """Voices that links and decisions connect, with these; no other voice bears on them."""

    def __init__(self, voice: str) -> None:
        self.voices = {voice}
        self.links: list[tuple[int, Link]] = []
        self.decisions: list[Decision] = []
        self._settled: Settled | None = None

    @property
    def settled(self) -> Settled:
        """Who is who among these voices."""
        if self._settled is None:
            self._settled = settle(
                [link for _, link in sorted(self.links)],
                sorted(self.decisions, key=lambda decision: decision.number),
            )
        return self._settled

    def changed(self) -> None:
        """Settle anew when next asked."""
        self._settled = None


class Known:
    """Who is who in a database, for its voices that are not simply themselves.

    A new link or decision makes only its own cluster settle anew: what ``settle`` gives for all
    links and decisions is what it gives for each cluster, taken together.
    """

    def __init__(self, links: Iterable[Link], decisions: Iterable[Decision]) -> None:
        self.decisions = tuple(decisions)
        self._clusters: dict[str, Cluster] = {}
        self._links = 0
        for link in links:
            self.add(link)
        for decision in self.decisions:
            if not decision.undone:
                other = decision.other_id or decision.speaker_id
                self._joined(decision.speaker_id, other).decisions.append(decision)

    def add(self, link: Link) -> set[str]:
        """Take a link made after all others; the voices known before that change speaker by it."""
        voices = {
            voice: self.speaker(voice)
            for one in (link.voice_id, link.linked_to)
            for voice in self.cluster(one)
        } if self.decisions else {}  # fmt: skip
        cluster = self._joined(link.voice_id, link.linked_to)
        cluster.links.append((self._links, link))
        self._links += 1
        return {voice for voice, before in voices.items() if self.speaker(voice) != before}

    def speaker(self, voice: str) -> str:
        """The speaker of a voice: another voice's identifier, or its own."""
        return self.mapped(voice) or voice

    def mapped(self, voice: str) -> str | None:
        """The speaker that a voice was linked or merged into; None where it is its own."""
        cluster = self._clusters.get(voice)
        return cluster.settled.speaker_of.get(voice) if cluster else None

    def cluster(self, voice: str) -> set[str]:
        """The voices that links and decisions connect with one, itself among them."""
        cluster = self._clusters.get(voice)
        return cluster.voices if cluster else {voice}

    def voices_of(self, speaker: str) -> list[str]:
        """The voices that are linked or merged into a speaker, in that order."""
        cluster = self._clusters.get(speaker)
        mapping = cluster.settled.speaker_of if cluster else {}
        return [voice for voice, found in mapping.items() if found == speaker]

    def given_name(self, speaker: str) -> str | None:
        """The name that a person gave a speaker by any of its voices, the latest such voice."""
        cluster = self._clusters.get(speaker)
        if cluster is None:
            return None
        renamed = cluster.settled.renamed
        return next((renamed[v] for v in reversed(renamed) if self.speaker(v) == speaker), None)

    def connected(self, voice: str) -> bool:
        """Whether a link or decision names a voice."""
        return voice in self._clusters

    def clustered(self) -> set[str]:
        """All voices that are in a cluster."""
        return set(self._clusters)

    def _joined(self, one: str, other: str) -> Cluster:
        """The cluster of two voices, which is one from now on."""
        left = self._clusters.setdefault(one, Cluster(one))
        right = self._clusters.setdefault(other, Cluster(other))
        if left is not right:
            if len(left.voices) < len(right.voices):
                left, right = right, left
            left.voices |= right.voices
            left.links += right.links
            left.decisions += right.decisions
            self._clusters.update(dict.fromkeys(right.voices, left))
        left.changed()
        return left


def settle(links: Sequence[Link], decisions: Iterable[Decision]) -> Settled:
    """Replay links and then decisions, each in its order; what was taken back counts for nothing.

    A merge takes all voices of the other speaker. A voice that is split off is a speaker of its
    own again; where it gave its speaker the identifier, the others take that of the one among them
    that was linked first.
    """
    speaker_of: dict[str, str] = {}
    for link in links:
        speaker_of[link.voice_id] = speaker_of.get(link.linked_to, link.linked_to)
    renamed: dict[str, str] = {}
    for decision in decisions:
        if decision.undone:
            continue
        speaker = speaker_of.get(decision.speaker_id, decision.speaker_id)
        if decision.act is Act.RENAME:
            renamed[decision.speaker_id] = decision.name or ""
        elif decision.other_id is not None and decision.act is Act.MERGE:
            other = speaker_of.get(decision.other_id, decision.other_id)
            if other != speaker:
                for voice in [v for v, s in speaker_of.items() if s == other] + [other]:
                    speaker_of[voice] = speaker
        elif decision.other_id is not None:
            _split(decision.other_id, speaker_of)
    return Settled(speaker_of, renamed)


def _split(voice: str, speaker_of: dict[str, str]) -> None:
    if speaker_of.pop(voice, None) is None:
        others = [other for other, speaker in speaker_of.items() if speaker == voice]
        for other in others:
            speaker_of[other] = others[0]
        if others:
            del speaker_of[others[0]]
