"""Searches: whatever is asked of the page and of its feed, an answer below 500."""

from __future__ import annotations

from pathlib import Path
from random import Random

from starlette.testclient import TestClient

from benchmarks.fuzz.case import SECRET, Case, FindingError
from benchmarks.fuzz.mutation import text
from benchmarks.fuzz.stored import database_in
from claims.model import Stance
from claims.review.app import create_app
from claims.search.claim_query import ClaimQuery, Order

_ADDRESS = "http://127.0.0.1:8765"
_PATHS = ("/claims", "/claims", "/claims", "/claims.json", "/claims/near", "/claims.atom")
_PLAIN = (
    "bridge", "Bridges open", '"is open"', "“open", "پل", "اوبامہ", "ann", "2016-09", "2016-13",
    "-1", "0", "9" * 30, "yes", "no", "en", "ur", "(", "|", "[a-z]*", "%_%", "' OR 1=1 --",
    "a " * 40, *Stance, *Order,
)  # fmt: skip


def prepare(folder: Path) -> Case:
    """The page over a small database, as if served on this machine."""
    app = create_app(database_in(folder / "page"), reviewer="Fuzz")
    client = TestClient(app, base_url=_ADDRESS, follow_redirects=False)

    def value(random: Random) -> str:
        return random.choice(_PLAIN) if random.random() < 0.6 else text(random, 600)

    def case(random: Random) -> str:
        fields = [*ClaimQuery.model_fields, "x"]
        asked = {random.choice(fields): value(random) for _ in range(random.randrange(5))}
        path = random.choice(_PATHS)
        answer = client.get(path, params=asked | {"meaning": "no"})
        if answer.status_code >= 500:
            raise FindingError(f"{answer.status_code} for {path!r} {asked!r}")
        if "Traceback" in answer.text or SECRET in answer.text:
            raise FindingError(f"told too much for {path!r} {asked!r}")
        return f"{answer.status_code // 100}xx"

    return case
