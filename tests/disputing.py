"""Two reports of one council with what is contested in them, and databases that hold them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from building import Said, analysed, contradiction, speaker

from claims.disputes.regroup import regroup
from claims.model import Contradiction, SpeakerKind, Stance
from claims.store.articles import save
from claims.store.contradictions import save_contradictions
from claims.store.database import Database

MAYOR = speaker("Mayor")
MINISTER = speaker("Minister")
UNION = speaker("Union", SpeakerKind.ORGANISATION)
BOARD = speaker("Board", SpeakerKind.ORGANISATION)
_FULL = ("dam", "full", "river", "spring")
_OVER = ("strike", "over", "pay")
_DENY = Stance.DENY

GAZETTE = analysed(
    "The mayor said that the river had filled the dam by spring.\n"
    "The minister denied the dam being full.\n"
    "The union said that the strike over pay was off.\n"
    "The board denied that the pay strike had ended.\n",
    [
        Said("that the river had filled the dam by spring", "The mayor", "said", MAYOR,
             terms=_FULL),
        Said("the dam being full", "The minister", "denied", MINISTER, stance=_DENY,
             terms=("dam", "full")),
        Said("that the strike over pay was off", "The union", "union said", UNION, terms=_OVER),
        Said("that the pay strike had ended", "The board", "board denied", BOARD, stance=_DENY,
             terms=("pay", "strike", "end")),
    ],
    outlet="Gazette",
    published_at=datetime(2024, 3, 2),
)  # fmt: skip
HERALD = analysed(
    "Engineers said that the dam was full after a wet spring.\n"
    "The minister denied that the dam was full, and called it a rumour.\n"
    "The mayor said that the river had filled the dam in March.\n",
    [
        Said("that the dam was full after a wet spring", "Engineers", "said",
             terms=("dam", "full", "spring", "wet")),
        Said("that the dam was full", "The minister", "denied", MINISTER, stance=_DENY,
             terms=("dam", "full")),
        Said("that the river had filled the dam in March", "The mayor", "mayor said", MAYOR,
             terms=("dam", "full", "river", "march")),
    ],
    outlet="Herald",
    published_at=datetime(2024, 3, 5),
)  # fmt: skip

FULL = contradiction(GAZETTE.claims[0], GAZETTE.claims[1], 0.9)
FULL_ACROSS = contradiction(GAZETTE.claims[0], HERALD.claims[1], 0.7)
FULL_TURNED = contradiction(HERALD.claims[1], HERALD.claims[0], 0.6)
STRIKE = contradiction(GAZETTE.claims[2], GAZETTE.claims[3], 0.8)
PAIRS = (FULL, FULL_ACROSS, FULL_TURNED, STRIKE)


def disputing(path: Path, *pairs: Contradiction) -> Database:
    """A database with both reports, and with ``pairs`` (default: all) grouped into disputes."""
    database = Database(path, wait=5)
    save(database, [GAZETTE, HERALD])
    save_contradictions(database, pairs or PAIRS)
    regroup(database)
    return database
