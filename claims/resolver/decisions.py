"""What a person can decide about speakers."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Act(StrEnum):
    """What a person can decide about speakers."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"


class Decision(NamedTuple):
    """One decision, by ``number`` from 1.

    ``other_id`` is who was merged into the speaker or split off from it, ``name`` the new name.
    """

    number: int
    act: Act
    speaker_id: str
    other_id: str | None
    name: str | None
    decided_by: str
    decided_at: datetime
    undone: bool = False
