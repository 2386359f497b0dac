"""What two articles say differently, from their text to the pair that is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from written_claims import DATA, article

from claims.config.settings import ContradictionSettings, PipelineSettings, config_folder
from claims.config.yaml_file import Checked, load
from claims.contradictions.find import find
from claims.contradictions.fingerprint import comparison_fingerprint, pending
from claims.model import Article, Contradiction, ContradictionKind, Pattern
from claims.pipeline.analyser import Analyser
from claims.store.articles import save
from claims.store.contradictions import save_contradictions
from claims.store.database import Database

_SETTINGS = ContradictionSettings()


class Written(Checked):
    language: str
    left: str
    right: str
    kind: ContradictionKind | None = None
    words: tuple[str, str] | None = None


class Texts(Checked):
    pairs: tuple[Written, ...]


AGREEING = load(DATA / "agreeing.yaml", Texts).pairs
CONFLICTS = load(DATA / "conflicts.yaml", Texts).pairs


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser(config_folder(), PipelineSettings())


def store(database: Database, analyser: Analyser, articles: Sequence[Article]) -> None:
    analysed, failures = analyser.analyse(articles)
    assert not failures
    save(database, analysed)


def search(database: Database, new: Iterable[str] | None = None) -> list[Contradiction]:
    with database.reading() as connection:
        return find(connection, _SETTINGS, None if new is None else set(new))


def articles(written: Written, number: int) -> tuple[Article, Article]:
    return (
        article(written.language, written.left, f"left/{number}.txt", "left"),
        article(written.language, written.right, f"right/{number}.txt", "right"),
    )


def texts(database: Database) -> dict[str, tuple[str, str]]:
    """Each claim's article and its article's text."""
    with database.reading() as connection:
        rows = connection.execute(
            "SELECT claim_id, article_id, text FROM claims JOIN articles USING (article_id)"
        ).fetchall()
    return {claim: (article_id, text) for claim, article_id, text in rows}


def test_conflicts_are_found_with_their_words(tmp_path: Path, analyser: Analyser) -> None:
    for number, written in enumerate(CONFLICTS):
        database = Database(tmp_path / f"{number}.duckdb")
        store(database, analyser, articles(written, number))
        found = search(database)
        assert found, written.left
        (one,) = found
        assert one.kind is written.kind, one.explanation
        known = texts(database)
        words = {
            span.of(known[claim][1])
            for claim, spans in (
                (one.left_claim_id, one.left_words),
                (one.right_claim_id, one.right_words),
            )
            for span in spans
        }
        assert written.words is not None
        assert set(written.words) <= words, one.explanation
        assert all(f"“{word}”" in one.explanation for word in written.words[1:])


def test_what_agrees_is_no_contradiction(tmp_path: Path, analyser: Analyser) -> None:
    assert len(AGREEING) == 40
    database = Database(tmp_path / "claims.duckdb")
    store(
        database, analyser, [a for n, written in enumerate(AGREEING) for a in articles(written, n)]
    )
    flagged = [one.explanation for one in search(database)]
    assert len(flagged) <= 3, flagged


def dated(text: str, day: int, outlet: str) -> Article:
    when = datetime(2026, 5, day)
    return article("en", text, f"{outlet}.txt", outlet).model_copy(update={"published_at": when})


def test_not_only_is_no_negation(tmp_path: Path, analyser: Analyser) -> None:
    database = Database(tmp_path / "claims.duckdb")
    plain = "وزارت نے روکے گئے تعلیمی فنڈز بحال کرنے پر غور شروع کر دیا۔"
    more = "وزارت نے روکے گئے تعلیمی فنڈز نہ صرف بحال کرنے بلکہ بڑھانے پر بھی غور شروع کر دیا۔"
    store(
        database, analyser, [article("ur", plain, "1.txt", "a"), article("ur", more, "2.txt", "b")]
    )
    assert not [one for one in search(database) if one.kind is ContradictionKind.NEGATION]


def test_an_outlets_own_words_contradict_nobody_in_the_same_article(
    tmp_path: Path, analyser: Analyser
) -> None:
    told = "The ferry from Karachi to Gwadar carried 40 passengers."
    said = "The captain said that the ferry from Karachi to Gwadar carried 90 passengers."
    one = Database(tmp_path / "one.duckdb")
    store(one, analyser, [article("en", f"{told} {said}")])
    assert search(one) == []
    two = Database(tmp_path / "two.duckdb")
    store(two, analyser, [article("en", told, "1.txt", "a"), article("en", said, "2.txt", "b")])
    assert len(search(two)) == 1


def test_two_outlets_have_one_speaker_say_opposite_things(
    tmp_path: Path, analyser: Analyser
) -> None:
    database = Database(tmp_path / "claims.duckdb")
    texts = (
        "The mayor of Sukkur said that the old bridge is safe for heavy lorries.",
        "The mayor of Sukkur said that the old bridge is not safe for heavy lorries.",
    )
    store(
        database,
        analyser,
        [article("en", text, f"{n}.txt", f"outlet {n}") for n, text in enumerate(texts)],
    )
    (one,) = search(database)
    assert one.kind is ContradictionKind.NEGATION


TOLL = "At least {} people were killed when the ferry sank in the Padma river."


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ((27, 1), (43, 2), ContradictionKind.SUPERSEDED),
        ((43, 2), (27, 1), ContradictionKind.SUPERSEDED),
        ((27, 2), (43, 2), ContradictionKind.QUANTITY),
        ((43, 1), (27, 2), ContradictionKind.QUANTITY),
        # A word that is a number only beside another one.
        (("one", 1), (43, 2), ContradictionKind.SUPERSEDED),
    ],
)
def test_a_later_higher_toll_supersedes(
    tmp_path: Path,
    analyser: Analyser,
    first: tuple[int | str, int],
    second: tuple[int | str, int],
    kind: ContradictionKind,
) -> None:
    database = Database(tmp_path / "claims.duckdb")
    store(
        database,
        analyser,
        [
            dated(TOLL.format(first[0]), first[1], "one"),
            dated(TOLL.format(second[0]), second[1], "two"),
        ],
    )
    (one,) = search(database)
    assert one.kind is kind
    save_contradictions(database, [one])
    with database.reading() as connection:
        shown = connection.execute("SELECT count(*) FROM outlet_disagreements").fetchone()
    assert shown == (0 if kind is ContradictionKind.SUPERSEDED else 1,)


def test_articles_far_apart_in_time_are_not_compared(tmp_path: Path, analyser: Analyser) -> None:
    database = Database(tmp_path / "claims.duckdb")
    early = dated(TOLL.format(27), 1, "one")
    late = dated(TOLL.format(43), 28, "two")
    undated = article("en", TOLL.format(90), "three.txt", "three")
    store(database, analyser, [early, late])
    assert search(database) == []
    store(database, analyser, [undated])
    assert len(search(database)) == 2


STORY = (
    "The mountain road to Skardu will be closed to lorries for {} weeks.\n"
    "Engineers of the province found cracks in both pillars of the long bridge.\n"
    "Traders in the valley worry about fruit that they cannot bring to the markets."
)


def test_a_reprinted_story_is_shown_once(tmp_path: Path, analyser: Analyser) -> None:
    database = Database(tmp_path / "claims.duckdb")
    printed = [("a", 3), ("b", 3), ("c", 3), ("d", 9), ("e", 9)]
    store(
        database,
        analyser,
        [article("en", STORY.format(weeks), f"{o}.txt", o) for o, weeks in printed],
    )
    (one,) = search(database)
    save_contradictions(database, [one])
    with database.reading() as connection:
        shown = connection.execute(
            "SELECT left_outlets, right_outlets, left_own, right_own FROM contradiction_pairs"
        ).fetchall()
    assert [sorted(row[:2]) for row in shown] == [[2, 3]]
    assert shown[0][2:] == (True, True)
    # A reprint that comes later changes the counts and no more.
    late = article("en", STORY.format(9) + "\nBy our own reporter.", "f.txt", "f")
    store(database, analyser, [late])
    assert search(database, [late.article_id]) == []
    with database.reading() as connection:
        counts = connection.execute(
            "SELECT left_outlets + right_outlets FROM contradiction_pairs"
        ).fetchall()
    assert counts == [(6,)]


def test_nothing_is_compared_twice(tmp_path: Path, analyser: Analyser) -> None:
    comparer = comparison_fingerprint(config_folder(), _SETTINGS)
    database = Database(tmp_path / "claims.duckdb")
    assert pending(database, comparer) == []
    first = [a for n, written in enumerate(CONFLICTS[:3]) for a in articles(written, n)]
    store(database, analyser, first)
    new = pending(database, comparer)
    assert set(new) == {one.article_id for one in first}
    found = search(database, new)
    assert save_contradictions(database, found, new, comparer) == len(found) == 3
    assert pending(database, comparer) == []
    late = article("en", CONFLICTS[0].left.replace("43,000", "61,000"), "late.txt", "late")
    store(database, analyser, [late])
    assert pending(database, comparer) == [late.article_id]
    more = search(database, [late.article_id])
    assert {late.article_id} <= {texts(database)[o.left_claim_id][0] for o in more} | {
        texts(database)[o.right_claim_id][0] for o in more
    }
    assert save_contradictions(database, more, [late.article_id], comparer) == len(more)
    # Another comparison finds the same pairs under the same identifiers, and drops the others.
    assert len(pending(database, "another")) == len(first) + 1
    every = search(database)
    assert {one.contradiction_id for one in (*found, *more)} == {o.contradiction_id for o in every}
    assert save_contradictions(database, every[1:], pending(database, "another"), "another") == 0
    with database.reading() as connection:
        left = connection.execute("SELECT contradiction_id FROM contradictions").fetchall()
    assert {row[0] for row in left} == {one.contradiction_id for one in every[1:]}


def test_outlets_own_statements_stand_apart(tmp_path: Path, analyser: Analyser) -> None:
    text = "The harbour of Gwadar was closed on Friday. The mayor said that it would open again."
    (one,), _ = analyser.analyse([article("en", text)])
    (own,) = one.statements
    assert own.attribution.pattern is Pattern.UNATTRIBUTED and own.speaker is None
    assert own.attribution.content[0].of(text).startswith("The harbour of Gwadar was closed")
    assert all(claim.attribution.pattern is not Pattern.UNATTRIBUTED for claim in one.claims)
    database = Database(tmp_path / "claims.duckdb")
    save(database, [one])
    with database.reading() as connection:
        counts = connection.execute(
            "SELECT (SELECT count(*) FROM attributed_claims), "
            "(SELECT count(*) FROM outlet_statements), (SELECT sum(claims) FROM claims_by_speaker)"
        ).fetchone()
    assert counts == (1, 1, 1)


def test_languages_meet_by_names_numbers_and_concepts(tmp_path: Path, analyser: Analyser) -> None:
    database = Database(tmp_path / "claims.duckdb")
    store(
        database,
        analyser,
        [
            article("ur", "روس نے ایران کو 20 میزائل اور ڈرون فراہم کیے۔", "ur.txt", "ur"),
            article("en", "Russia supplied 75 missiles and drones to Iran.", "en.txt", "en"),
            article("en", "Russia supplied 20 missiles and drones to Iran.", "en2.txt", "en2"),
        ],
    )
    known = texts(database)
    found = [
        {known[claim][1] for claim in (one.left_claim_id, one.right_claim_id)}
        for one in search(database)
    ]
    across = [pair for pair in found if any("روس" in text for text in pair)]
    assert len(across) == 1
    assert any("75 missiles" in text for text in across[0])
