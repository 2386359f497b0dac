"""A small database to review, and who visits the page over it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from building import Said, analysed, contradiction, speaker
from starlette.testclient import TestClient
from storing import holding

from claims.model import Analysed, Contradiction, SpeakerKind, Stance
from claims.review.app import create_app
from claims.store.database import Database
from claims.store.query import query

ADDRESS = "http://127.0.0.1:8765"
SCRIPT = "<script>alert('x')</script>"

MINISTER = speaker("Water minister", SpeakerKind.ORGANISATION, ur=("وزیر آب",))
MAYOR = speaker("Mayor of Lahore", ur=("میئر لاہور",))
URDU = analysed(
    "وزیر آب نے دعویٰ کیا کہ ڈیم بھر گیا ہے۔\nموسم خشک ہے۔\n",
    [Said("ڈیم بھر گیا ہے", "وزیر آب", "دعویٰ کیا", MINISTER)],
    outlet="روزنامہ مثال",
    language="ur",
    published_at=datetime(2024, 5, 6, 7, 8),
)
ENGLISH = analysed(
    f"Mayor denies it {SCRIPT}\nThe mayor denied that the dam was full. Rain is far.\n",
    [Said("the dam was full", "The mayor", "denied", MAYOR, stance=Stance.DENY)],
    outlet='Paper "of" <b>record</b>',
)
PAIR = contradiction(URDU.claims[0], ENGLISH.claims[0]).model_copy(
    update={"explanation": f"“ڈیم”, “بھر گیا” <b>{SCRIPT}"}
)


def titled(one: Analysed, title: str) -> Analysed:
    article = one.document.article.model_copy(update={"title": title})
    return one.model_copy(update={"document": one.document.model_copy(update={"article": article})})


def filled(path: Path) -> Database:
    """A database with the two articles and their contradiction."""
    return holding(path, [URDU, titled(ENGLISH, f'"Denied" {SCRIPT}')], [PAIR])


def visit(database: Database, reviewer: str = "Ayesha", judges: int = 1) -> TestClient:
    """What ``reviewer`` sees, as from the address at which the page is served."""
    app = create_app(database, reviewer=reviewer, judges=judges)
    return TestClient(app, base_url=ADDRESS)


def standing(database: Database) -> list[tuple[object, ...]]:
    return query(database, "SELECT verdict, note, reviewer FROM verdicts").rows


def crowd(path: Path, witnesses: int = 6) -> tuple[Database, list[Contradiction]]:
    """A database in which so many contradict one claim, each in a pair of its own, best first; the
    last pair is of two other claims."""
    names = [f"Witness {number}" for number in range(1, witnesses + 1)]
    said = analysed(
        "Chief said that it rained. "
        + " ".join(f"{name} denied that it rained." for name in names)
        + " Porter said that it was dry.\n",
        [
            Said("it rained", "Chief", "said that"),
            *(Said("it rained", name, f"{name} denied", stance=Stance.DENY) for name in names),
            Said("it was dry", "Porter", "Porter said"),
        ],
    )
    chief, *denials, porter = said.claims
    pairs = [
        contradiction(chief, denial, 0.95 - number / 100) for number, denial in enumerate(denials)
    ]
    pairs.append(contradiction(denials[-1], porter, 0.5))
    return holding(path, [said], pairs), pairs
