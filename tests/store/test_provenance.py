"""Who printed a claim, citing whom: an agency's report and what papers made of it."""

from __future__ import annotations

from datetime import datetime

import pytest
from building import Said, analysed, speaker
from conftest import Command

from claims.model import Analysed, Pattern, SpeakerKind
from claims.store.articles import save
from claims.store.database import Database
from claims.store.near_duplicates import put_groups
from claims.store.provenance import Printing, provenance
from claims.store.stories import put_stories

SPOKESMAN = speaker("Foreign Office spokesman")
OFFICIALS = speaker("officials", SpeakerKind.GROUP)
WIRE = speaker("Wire", SpeakerKind.MEDIA)
WORDS = "the two ships had left the port on Monday"


def report(outlet: str, day: int | None, text: str, said: Said) -> Analysed:
    when = datetime(2024, 5, day) if day else None
    return analysed(text, [said], outlet=outlet, published_at=when)


AGENCY = report(
    "Dawn", 2, f"ISLAMABAD, May 1 (APP) — The spokesman said {WORDS}.\nIt rained.\n",
    Said(WORDS, "The spokesman", "said", SPOKESMAN),
)  # fmt: skip
COPY = report(
    "Gazette", 3, f"The spokesman said {WORDS}.\nIt rained in the port.\n",
    Said(WORDS, "The spokesman", "said", SPOKESMAN),
)  # fmt: skip
TOLD = report(
    "Herald", 4, f"Officials told Wire that {WORDS}, and more.\n",
    Said(f"{WORDS}, and more", "Officials", "told", OFFICIALS, WIRE),
)  # fmt: skip
OWN = report("Courier", None, f"Late news: {WORDS}.\n", Said(WORDS, None, "Late news"))
ELSEWHERE = report("Elsewhere", 1, f"Nobody knows why {WORDS}.\n", Said(WORDS, None, "Nobody"))
SHORT = report("Star", 4, "It said the port closed.\n", Said("the port", None, "It said"))
IN_STORY = (AGENCY, COPY, TOLD, OWN, SHORT)


def own(one: Analysed) -> Analysed:
    """As the outlet's own statement."""
    (claim,) = one.claims
    made = claim.attribution.model_copy(update={"pattern": Pattern.UNATTRIBUTED, "source": None})
    return one.model_copy(update={"claims": (claim.model_copy(update={"attribution": made}),)})


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    database = Database(tmp_path_factory.mktemp("provenance") / "claims.duckdb", wait=1)
    save(database, [AGENCY, COPY, TOLD, own(OWN), own(ELSEWHERE), own(SHORT)])
    names = [one.document.article.article_id for one in IN_STORY]
    with database.writing() as connection:
        put_stories(connection, "clusterer", {"story": (names[0], names)}, [])
        put_groups(connection, dict.fromkeys(names[:2], "group"))
    return database


def of(database: Database, claim: Analysed) -> list[Printing]:
    name = claim.claims[0].claim_id
    with database.reading() as connection:
        found = provenance(connection, [name]).get(name, [])
        # the view alone says the same
        chains = connection.execute(
            "SELECT chain FROM claim_provenance WHERE claim_id = ? ORDER BY printing", [name]
        ).fetchall()
    assert chains == [(one.chain,) for one in found]
    return found


def test_a_claim_is_followed_from_its_source_to_every_paper(
    database: Database, command: Command
) -> None:
    found = of(database, AGENCY)
    assert [one.chain for one in found] == [
        "Dawn ← APP ← Foreign Office spokesman",
        "Gazette ← Foreign Office spokesman",
        "Herald ← Wire ← officials",
        "Courier",
    ]
    assert [one.first for one in found] == [True, False, False, False]
    assert [one.dropped_source for one in found] == [False, False, False, True]
    assert [one.dropped_agency for one in found] == [False, True, False, False]
    assert {one.outlet for one in of(database, COPY)} == {one.outlet for one in found}
    assert [one.chain for one in of(database, SHORT)] == ["Star"]
    # in another story only the same words of the same voice count, here of outlets themselves
    assert [one.outlet for one in of(database, ELSEWHERE)] == ["Elsewhere", "Courier"]

    told = command("provenance", AGENCY.claims[0].claim_id, "--database", database.path)
    assert told.returncode == 0, told.stderr
    assert "Dawn ← APP ← Foreign Office spokesman" in told.stdout
    assert "printed by 4 outlets" in told.stdout
