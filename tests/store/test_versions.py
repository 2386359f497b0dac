"""An edited article is a new version beside the old: what is shown, compared, kept, removed."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import Command
from reviewing import visit
from storing import rows
from written_claims import DATA, Said, analysed

from claims.config.settings import ContradictionSettings
from claims.contradictions.find import find
from claims.contradictions.fingerprint import pending
from claims.contradictions.near_duplicates.groups import group_articles
from claims.export.files import export
from claims.language.annotation import Annotator
from claims.model import Analysed, Article, Review, Verdict
from claims.speakers.gazetteer import load_gazetteer
from claims.store.addresses import Seen, record, unrecorded
from claims.store.articles import save
from claims.store.contradictions import save_contradictions
from claims.store.database import Database
from claims.store.pruning import prune
from claims.store.reviews import append
from claims.store.vectors import put_vectors

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SETTINGS = ContradictionSettings()
BRIDGE = (
    "Rescue workers in Gilgit searched the valley on Monday for tourists who were missing after a "
    "bridge fell into the river. The bridge was built forty years ago and was to be repaired in "
    "spring. Police closed the road to lorries and asked drivers to take the old route over the "
    "pass. The district office sent tents, blankets and two doctors to the village. "
)
HOUSE = (
    "The provincial government published its own account of what happened at the bridge on Monday. "
    "Engineers had warned of the cracks in its pillars for two years, a member of the assembly "
    "told the house, and money for the repair was spent on something else. The bridge was built "
    "forty years ago and was to be repaired in spring. Police closed the road to lorries and asked "
    "drivers to take the old route over the pass. "
)
TOLL = "Officials said that 14 people had died in the river."
HIGHER = "Officials said that 15 people had died in the river."
OTHERS = "Hospital sources said that 41 people had died in the river."


class Story:
    """The articles of these tests, each with one claim or none."""

    def __init__(self) -> None:
        self.first = one("Hill Post", BRIDGE + TOLL)
        self.mended = one("Hill Post", BRIDGE.replace("lorries", "trucks") + TOLL)
        self.corrected = one("Hill Post", BRIDGE + HIGHER)
        self.withdrawn = one("Hill Post", BRIDGE)
        self.reprint = one("Valley News", BRIDGE.replace("blankets", "stoves") + TOLL)
        cold = TOLL.replace("the river", "the cold river")
        self.reworded = one("Valley News", BRIDGE.replace("blankets", "stoves") + cold)
        self.other = one("City Paper", HOUSE + OTHERS)


def one(outlet: str, text: str) -> Analysed:
    article = Article(
        article_id=hashlib.sha256(f"{outlet}\x1f{text}".encode()).hexdigest()[:16],
        outlet=outlet,
        path=f"{outlet}.txt",
        language="en",
        published_at=NOON,
        content_hash=hashlib.sha256(text.encode()).hexdigest()[:16],
        text=text,
    )
    said = []
    for source in ("Officials", "Hospital sources"):
        _, found, content = text.partition(f"{source} said that ")
        if found:
            given = {"speaker": source, "source": source, "cue": "said", "stance": "report"}
            said.append(Said.model_validate({**given, "content": content.rstrip(".")}))
    (document,) = ANNOTATOR.annotate([article])
    return analysed(document, said, load_gazetteer(DATA))


ANNOTATOR = Annotator()


@pytest.fixture(scope="module")
def story() -> Story:
    return Story()


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "claims.duckdb", wait=5)


def identifier(given: Analysed) -> str:
    return given.document.article.article_id


def read(database: Database, *given: Analysed, hour: int = 0, at: str = "/bridge") -> int:
    """A run over articles, each at an address of its outlet; how many contradictions it added."""
    save(database, given)
    when = NOON + timedelta(hours=hour)
    seen = [Seen(x.document.article.outlet, at, identifier(x), when) for x in given]
    record(database, unrecorded(database, seen))
    new = pending(database, "comparer")
    group_articles(database, SETTINGS)
    with database.reading() as connection:
        found = find(connection, SETTINGS, new)
    return save_contradictions(database, found, new, "comparer")


def pairs(database: Database, view: str = "current_contradictions") -> list[set[str]]:
    """The articles of contradictions."""
    found = rows(
        database,
        f"SELECT l.article_id, r.article_id FROM {view} AS c "
        "JOIN claims AS l ON c.left_claim_id = l.claim_id "
        "JOIN claims AS r ON c.right_claim_id = r.claim_id",
    )
    return [{str(left), str(right)} for left, right in found]


def both(left: Analysed, right: Analysed) -> set[str]:
    return {identifier(left), identifier(right)}


def pair_of(database: Database) -> str:
    ((pair,),) = rows(database, "SELECT contradiction_id FROM current_contradictions")
    return str(pair)


def decide(database: Database, pair: str, verdict: Verdict = Verdict.CONTRADICTION) -> None:
    append(
        database.path,
        Review(contradiction_id=pair, verdict=verdict, reviewer="Ayesha", reviewed_at=NOON),
    )


# What is compared


def test_an_edited_statement_does_not_contradict_the_one_it_replaced(
    database: Database, story: Story
) -> None:
    assert read(database, story.first) == 0
    assert read(database, story.corrected, hour=1) == 0
    assert pairs(database, "contradictions") == []
    anew = Database(database.path.with_name("anew.duckdb"))
    read(anew, story.first)
    with anew.writing() as connection:
        connection.execute("UPDATE article_addresses SET url = '/elsewhere'")
    assert read(anew, story.corrected, hour=1) == 1, "two articles that differ do contradict"


def test_versions_that_both_stand_do_not_contradict_each_other(
    database: Database, story: Story
) -> None:
    read(database, story.first)
    read(database, story.first, at="/front-page")
    read(database, story.corrected, hour=1)
    assert rows(database, "FROM superseded_articles") == []
    assert pairs(database, "contradictions") == []


@pytest.mark.parametrize("at_once", [True, False])
def test_the_newest_version_stands_in_the_pair(
    database: Database, story: Story, at_once: bool
) -> None:
    read(database, story.first, story.other)
    assert pairs(database) == [both(story.first, story.other)]
    if at_once:
        database.path.unlink()
        save(database, [story.first, story.other])
    read(database, story.mended, hour=1)
    if at_once:
        read(database, story.first, story.other)
    assert pairs(database) == [both(story.mended, story.other)]
    assert rows(database, "SELECT count(*) FROM contradiction_pairs") == [(1,)]
    assert rows(database, "SELECT count(*) FROM review_queue") == [(1,)]
    assert rows(database, "SELECT DISTINCT outlets FROM contradiction_outlets") == [(1,)]


@pytest.mark.parametrize("printed", ["reprint", "reworded"])
def test_a_reprint_comes_up_where_the_version_it_repeats_goes(
    database: Database, story: Story, printed: str
) -> None:
    reprint: Analysed = getattr(story, printed)
    read(database, story.first, story.other)
    read(database, reprint, hour=1)
    assert pairs(database) == [both(story.first, story.other)]
    read(database, story.withdrawn, hour=2)
    assert pairs(database) == [both(reprint, story.other)]


def test_a_version_that_comes_back_is_compared_with_what_came_meanwhile(
    database: Database, story: Story
) -> None:
    read(database, story.first)
    read(database, story.withdrawn, hour=1)
    read(database, story.other, hour=2)
    assert pairs(database) == []
    read(database, story.first, hour=3)
    assert pairs(database) == [both(story.first, story.other)]


# What people see


def test_superseded_claims_are_not_on_the_page_as_statements_of_their_own(
    database: Database, story: Story
) -> None:
    read(database, story.first, story.other)
    read(database, story.corrected, hour=1)
    client = visit(database)
    for path in ("/outlet?name=Hill+Post", "/", "/?decided=all", "/?outlet=Hill+Post"):
        page = client.get(path).text
        assert "15 people" in page, path
        assert "14 people" not in page, path
    counts = "SELECT claims FROM claims_by_speaker WHERE speaker = 'Officials'"
    assert rows(database, counts) == [(1,)]


def test_a_superseded_article_says_so_and_versions_lead_to_each_other(
    database: Database, story: Story
) -> None:
    read(database, story.first, story.other)
    untouched = visit(database).get(f"/article/{identifier(story.first)}").text
    assert "Versions" not in untouched
    read(database, story.corrected, hour=1)
    old, new = identifier(story.first), identifier(story.corrected)
    page = visit(database).get(f"/article/{old}").text
    assert "The outlet has edited this article since." in page
    assert f'href="/article/{new}"' in page
    assert "14 people" in page
    page = visit(database).get(f"/article/{new}").text
    assert "The outlet has edited this article since." not in page
    assert f'href="/article/{old}"' in page


def test_a_decision_outlives_the_version_it_was_made_on(database: Database, story: Story) -> None:
    read(database, story.first, story.other)
    old = pair_of(database)
    decide(database, old)
    read(database, story.mended, hour=1)
    new = pair_of(database)
    assert new != old

    for comparer in ("comparer", "another"):  # all is compared anew when code or settings change
        with database.writing() as connection:
            connection.execute("UPDATE compared_articles SET comparer = ?", [comparer])
        read(database, story.mended, hour=1)
        client = visit(database, "Bilal")
        page = client.get(f"/pair/{old}").text
        assert "This pair is of an article that was edited since." in page
        assert "Ayesha" in page
        assert f'href="/article/{identifier(story.mended)}"' in page
        for path in (f"/pair/{new}", "/"):
            page = client.get(path).text
            assert "Decided about earlier versions" in page, path
            assert f'href="/pair/{old}"' in page, path
        page = client.get(f"/article/{identifier(story.first)}").text
        assert f'href="/pair/{old}"' in page
        page = client.get(f"/article/{identifier(story.other)}").text
        assert f'href="/pair/{new}"' in page
        assert f'href="/pair/{old}"' not in page
    assert client.get("/progress").status_code == 200
    assert rows(database, "SELECT verdict FROM contradiction_pairs") == [(None,)]


# Files


def test_files_hold_the_newest_version_unless_all_are_asked_for(
    database: Database, story: Story, tmp_path: Path
) -> None:
    read(database, story.first, story.other)
    decide(database, pair_of(database))
    read(database, story.corrected, hour=1)

    def contents(form: str, all_versions: bool) -> str:
        export(database, form, tmp_path / "out", all_versions=all_versions, force=True)
        return (tmp_path / "out").read_text(encoding="utf-8-sig")

    for form in ("csv", "jsonl", "annotations"):
        assert "14 people" not in contents(form, False)
        assert "15 people" in contents(form, False)
        assert "14 people" in contents(form, True)
        assert "15 people" in contents(form, True)
    decided = "claimreview"
    assert json.loads(contents(decided, False))["@graph"] == []
    assert len(json.loads(contents(decided, True))["@graph"]) == 1


def test_the_command_writes_all_versions(
    database: Database, story: Story, command: Command, tmp_path: Path
) -> None:
    read(database, story.first)
    read(database, story.corrected, hour=1)
    for options, expected in (((), 1), (("--all-versions",), 2)):
        out = tmp_path / "claims.csv"
        done = command("export", "csv", out, "--force", *options, "--database", database.path)
        assert done.returncode == 0, done.stderr
        assert len(list(csv.DictReader(out.open(encoding="utf-8-sig")))) == expected


# Retention


def dangling(database: Database) -> list[str]:
    """Columns that name an article, claim or contradiction which is not there."""
    owners = {"article_id": "articles", "claim_id": "claims", "contradiction_id": "contradictions"}
    columns = rows(
        database,
        "SELECT c.table_name, c.column_name FROM duckdb_columns() AS c "
        "JOIN duckdb_tables() AS t USING (table_oid) WHERE NOT t.internal",
    )
    found, looked = [], set[str]()
    for table, column in columns:
        owner = next((key for key in owners if str(column).endswith(key)), None)
        # What was pruned is remembered, and what people decided is never taken back.
        if owner is None or table in (owners[owner], "pruned_articles", "reviews"):
            continue
        looked.add(str(table))
        gone = f"{column} NOT IN (SELECT {owner} FROM {owners[owner]})"
        if rows(database, f"SELECT 1 FROM {table} WHERE {gone}"):
            found.append(f"{table}.{column}")
    assert {"article_addresses", "article_bands", "claim_vectors", "contradictions"} <= looked
    return found


def stored(database: Database) -> set[object]:
    return {row[0] for row in rows(database, "SELECT article_id FROM articles")}


def aged(database: Database, given: Sequence[Analysed]) -> None:
    """Make articles old enough to go."""
    with database.writing() as connection:
        connection.execute(
            "UPDATE articles SET published_at = now()::TIMESTAMP - INTERVAL 400 DAY "
            "WHERE article_id IN (SELECT unnest(?))",
            [[identifier(one) for one in given]],
        )


def test_after_a_prune_no_row_points_to_what_is_gone(database: Database, story: Story) -> None:
    read(database, story.first, story.other)
    read(database, story.mended, hour=1)
    read(database, story.reworded, hour=2)
    with database.writing() as connection:
        claims = connection.execute("SELECT claim_id FROM claims").fetchall()
        put_vectors(connection, "encoder", {claim: b"\1" * 8 for (claim,) in claims}, True)
    for table in ("article_signatures", "article_bands", "article_groups", "contradiction_copies"):
        assert rows(database, f"SELECT 1 FROM {table} LIMIT 1"), f"nothing to remove from {table}"
    aged(database, [story.first, story.mended, story.other])
    assert prune(database, timedelta(days=365)).articles == 3
    assert stored(database) == {identifier(story.reworded)}
    assert dangling(database) == []


def test_an_old_version_that_stays_is_not_left_as_the_newest(
    database: Database, story: Story
) -> None:
    read(database, story.first, story.other)
    decide(database, pair_of(database))
    read(database, story.withdrawn, hour=1)
    aged(database, [story.first, story.withdrawn, story.other])
    gone = prune(database, timedelta(days=365))
    assert (gone.articles, gone.kept_reviewed) == (0, 3)
    assert rows(database, "FROM superseded_articles") == [
        (identifier(story.first), identifier(story.withdrawn))
    ]
    assert dangling(database) == []


def test_an_old_version_goes_and_the_newest_stays(database: Database, story: Story) -> None:
    read(database, story.first)
    read(database, story.corrected, hour=1)
    aged(database, [story.first])
    assert prune(database, timedelta(days=365)).articles == 1
    assert stored(database) == {identifier(story.corrected)}
    assert rows(database, "SELECT version, versions FROM article_versions") == [(1, 1)]
    assert dangling(database) == []
