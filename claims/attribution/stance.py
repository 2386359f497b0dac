"""Stance is more than the verb: what negation does to it."""

from __future__ import annotations

from claims.model import Stance

_WITHHELD = {
    Stance.REPORT: Stance.DECLINE,
    Stance.CONFIRM: Stance.DECLINE,
    Stance.DENY: Stance.DECLINE,
    Stance.ANNOUNCE: Stance.DECLINE,
    Stance.CLAIM: Stance.DECLINE,
    Stance.ACCUSE: Stance.DECLINE,
}


def negated(stance: Stance) -> Stance:
    """The stance of a negated cue: who did not say, confirm or deny a thing declines to; who does
    not believe or demand it still gives an opinion or a demand (about its opposite)."""
    return _WITHHELD.get(stance, stance)
