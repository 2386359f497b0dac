"""Which dispute is which after a regrouping: identifiers stay with their pairs."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from claims.disputes.contested_pair import ContestedPair


def named(
    groups: Sequence[Sequence[ContestedPair]],
    known: Mapping[str, datetime],
    taken: Collection[str] = (),
) -> list[str]:
    """An identifier for each group.

    A dispute that was ``known`` (identifier to when it was found) stays with the group that has
    most of its pairs, those that a person decided about counting first. A group that several
    stay with has the oldest of them; one with none gets a new identifier, of its first pair and
    like none of ``known`` or ``taken``.
    """
    claimed: defaultdict[str, Counter[int]] = defaultdict(Counter)
    decided = 1 + sum(map(len, groups))  # more than any number of pairs
    for number, group in enumerate(groups):
        for pair in group:
            if pair.dispute_id is not None and pair.dispute_id in known:
                claimed[pair.dispute_id][number] += decided if pair.reviewed else 1
    found: dict[int, str] = {}
    for dispute in sorted(claimed, key=lambda one: (known[one], one)):
        number = min(claimed[dispute], key=lambda one: (-claimed[dispute][one], one))
        found.setdefault(number, dispute)
    used = {*known, *taken}
    for number, group in enumerate(groups):
        if number not in found:
            found[number] = _new(group, used)
            used.add(found[number])
    return [found[number] for number in range(len(groups))]


def _new(group: Sequence[ContestedPair], used: Collection[str]) -> str:
    """16 hexadecimal digits that are not used yet, the same whenever the same pairs are grouped."""
    first = min(pair.contradiction_id for pair in group)
    attempt = 0
    while True:
        digest = hashlib.sha256(f"dispute\x1f{first}\x1f{attempt}".encode()).hexdigest()[:16]
        if digest not in used:
            return digest
        attempt += 1
