"""Speakers across articles, spellings and scripts, and what a person decides about them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest
from building import Said, analysed
from typer.testing import CliRunner

from claims.cli.speakers import app
from claims.errors import ClaimsError, DatabaseError, QueryError
from claims.model import Analysed, Speaker, SpeakerKind
from claims.speakers.names import speaker_id
from claims.speakers.transliteration import load_transliteration
from claims.store.articles import save
from claims.store.database import Database
from claims.store.migrating import migrations
from claims.store.speaker_decisions import decisions_path
from claims.store.speaker_links import StoredLinks
from claims.store.suggestions import Suggestion, suggestions

CONFIG = Path(__file__).resolve().parents[2] / "config"


def voice(
    name: str, language: str = "en", kind: SpeakerKind = SpeakerKind.PERSON, **more: object
) -> Speaker:
    made = Speaker(
        speaker_id=speaker_id(kind, name), name=name, kind=kind, names={language: (name,)}
    )
    return made.model_copy(update=more)


def article(number: int, *speakers: Speaker | None, language: str = "en") -> Analysed:
    lines = [f"Source {number}-{n} said that thing {n} is so" for n in range(len(speakers))]
    said = [
        Said(f"thing {n} is so", f"Source {number}-{n}", speaker=speaker)
        for n, speaker in enumerate(speakers)
    ]
    text = "\n".join(lines)
    return analysed(text, said, language=language, outlet=f"Daily {number}")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "claims.duckdb")


def links() -> StoredLinks:
    return StoredLinks(load_transliteration(CONFIG))


def rows(database: Database, sql: str) -> list[tuple[object, ...]]:
    with database.reading() as connection:
        return connection.execute(sql).fetchall()


def who(database: Database) -> list[tuple[object, ...]]:
    return rows(database, "SELECT speaker, speaker_id FROM claims ORDER BY outlet, claim_id")


def run(database: Database, *arguments: str) -> str:
    result = CliRunner().invoke(
        app, [*arguments, "--database", str(database.path)], catch_exceptions=False
    )
    assert result.exit_code == 0
    return result.output


RENDELL, RENDELL_UR = voice("Ed Rendell"), voice("ایڈ رینڈل", "ur")


@pytest.mark.parametrize("first", [RENDELL, RENDELL_UR])
def test_one_name_in_two_scripts_is_one_speaker_whichever_comes_first(
    database: Database, first: Speaker
) -> None:
    second = RENDELL_UR if first is RENDELL else RENDELL
    linking = links()
    save(database, [article(1, first)], linking)
    ((_, before),) = who(database)
    save(database, [article(2, second)], linking)
    assert who(database) == [("Ed Rendell", before)] * 2
    ((names,),) = rows(database, "SELECT names FROM speakers")
    assert "Ed Rendell" in str(names) and "ایڈ رینڈل" in str(names)
    assert rows(database, "SELECT count(*) FROM voices") == [(2,)]


def test_a_shared_surname_merges_nobody(database: Database) -> None:
    save(database, [article(1, RENDELL)], links())
    save(database, [article(2, voice("Midge Rendell"), voice("مارجری رینڈل", "ur"))], links())
    assert rows(database, "SELECT count(DISTINCT speaker_id) FROM claims") == [(3,)]
    assert rows(database, "FROM speaker_links") == []


def test_a_name_that_two_speakers_could_have_goes_to_neither(database: Database) -> None:
    save(database, [article(1, voice("Sergei Rybakov")), article(2, voice("Sergey Ribakov"))])
    save(database, [article(3, voice("سرگئی ریباکوف", "ur"))], links())
    assert rows(database, "SELECT count(DISTINCT speaker_id) FROM claims") == [(3,)]


def test_a_name_that_contradicts_another_of_the_speaker_is_not_linked(database: Database) -> None:
    for number, name in enumerate(("George W. Marsh", "George Marsh", "George H. Marsh")):
        save(database, [article(number, voice(name))], links())
    assert [name for name, _ in who(database)] == [
        "George W. Marsh",
        "George W. Marsh",
        "George H. Marsh",
    ]


def test_surnames_and_the_unnamed_are_never_linked_across_articles(database: Database) -> None:
    for number, (name, kind) in enumerate(
        [
            ("Rendell", SpeakerKind.PERSON),
            ("a senior official", SpeakerKind.ANONYMOUS),
        ]
        * 2
    ):
        one = voice(name, kind=kind, speaker_id=speaker_id(kind, name, str(number)))
        save(database, [article(number, one)], links())
    assert rows(database, "SELECT count(DISTINCT speaker_id) FROM claims") == [(4,)]


def test_the_same_input_gives_the_same_rows(tmp_path: Path) -> None:
    batches = [
        [article(1, RENDELL_UR), article(2, voice("Adam Schiff"))],
        [article(3, RENDELL, voice("ایڈم شیف", "ur"))],
    ]
    stored = []
    for name in ("one", "two"):
        base = Database(tmp_path / f"{name}.duckdb")
        linking = links()
        for batch in batches:
            # The second time each write has a links of its own: what it remembers is no input.
            save(base, batch, linking if name == "one" else links())
        stored.append(
            [
                rows(base, f"FROM {table} ORDER BY ALL")
                for table in ("claims", "speakers", "voices", "speaker_links")
            ]
        )
    assert stored[0] == stored[1]
    assert len(stored[0][3]) == 1


def test_reading_an_article_again_keeps_its_speakers(database: Database) -> None:
    linking = links()
    save(database, [article(1, RENDELL_UR)], linking)
    save(database, [article(2, RENDELL)], linking)
    before = who(database), rows(database, "FROM speakers")
    save(database, [article(1, RENDELL_UR)], links())
    save(database, [article(2, RENDELL)], links())
    assert (who(database), rows(database, "FROM speakers")) == before
    # Where the first article goes to somebody else, the speaker keeps its identifier.
    save(database, [article(1, voice("Adam Schiff"))], links())
    assert ("Ed Rendell", before[0][0][1]) in who(database)


def test_a_merge_counts_at_once_later_and_in_a_new_database(database: Database) -> None:
    articles = [article(1, voice("Ted Cruz")), article(2, voice("Rafael Cruz"))]
    save(database, articles)
    told = run(database, "merge", "Ted Cruz", "Rafael Cruz", "--by", "asma")
    assert "Rafael Cruz is Ted Cruz" in told
    assert [name for name, _ in who(database)] == ["Ted Cruz"] * 2
    save(database, [article(3, voice("Rafael Cruz"))])
    assert [name for name, _ in who(database)] == ["Ted Cruz"] * 3
    database.path.unlink()
    save(database, articles)
    assert [name for name, _ in who(database)] == ["Ted Cruz"] * 2
    assert rows(database, "SELECT act, decided_by, undone FROM speaker_decisions") == [
        ("merge", "asma", False)
    ]
    run(database, "undo")
    assert [name for name, _ in who(database)] == ["Ted Cruz", "Rafael Cruz"]
    assert rows(database, "SELECT count(*) FROM speakers") == [(2,)]


def test_a_split_undoes_an_automatic_link_for_good(database: Database) -> None:
    linking = links()
    save(database, [article(1, RENDELL)], linking)
    save(database, [article(2, RENDELL_UR)], linking)
    run(database, "split", "Ed Rendell", "ایڈ رینڈل")
    assert [name for name, _ in who(database)] == ["Ed Rendell", "ایڈ رینڈل"]
    save(database, [article(2, RENDELL_UR)], links())
    assert [name for name, _ in who(database)] == ["Ed Rendell", "ایڈ رینڈل"]
    assert run(database, "suggest", "--format", "jsonl") == ""
    run(database, "undo", "1")
    assert [name for name, _ in who(database)] == ["Ed Rendell"] * 2


def test_the_voice_that_named_a_speaker_can_leave_it(database: Database) -> None:
    save(
        database,
        [article(n, voice(name)) for n, name in enumerate(("A. Khan", "B. Khan", "C. Khan"))],
    )
    run(database, "merge", "A. Khan", "B. Khan")
    run(database, "merge", "A. Khan", "C. Khan")
    run(database, "split", "A. Khan", "A. Khan")
    assert [name for name, _ in who(database)] == ["A. Khan", "B. Khan", "B. Khan"]


def test_a_new_name_is_everywhere_and_can_be_taken_back(database: Database) -> None:
    save(database, [article(1, RENDELL)])
    run(database, "rename", "Ed Rendell", "Edward G. Rendell")
    assert who(database)[0][0] == "Edward G. Rendell"
    assert rows(database, "SELECT name FROM speakers") == [("Edward G. Rendell",)]
    save(database, [article(2, RENDELL)])
    assert [name for name, _ in who(database)] == ["Edward G. Rendell"] * 2
    assert "Edward G. Rendell" in run(database, "show", "Ed Rendell")
    run(database, "undo")
    assert [name for name, _ in who(database)] == ["Ed Rendell"] * 2
    assert "taken back" in run(database, "decisions")


def test_suggestions_come_most_heard_first_with_their_evidence(database: Database) -> None:
    save(
        database,
        [
            article(1, voice("Nikolai Patrushev"), voice("Nawaz Sharif")),
            article(2, voice("نکولائی پتروشیف", "ur"), voice("Mian Nawaz Sharif")),
            article(3, voice("Shehbaz Sharif")),
        ],
    )

    def found() -> list[Suggestion]:
        with database.reading() as connection:
            return suggestions(connection, load_transliteration(CONFIG))

    patrushev, sharif = (
        {"Nikolai Patrushev", "نکولائی پتروشیف"},
        {"Nawaz Sharif", "Mian Nawaz Sharif"},
    )
    first, second = found()  # heard as much: the likelier comes first
    assert {first.left.name, first.right.name} == patrushev and first.score > second.score
    assert "sounds like" in first.evidence and "never cited together" in first.evidence
    save(database, [article(4, voice("Nawaz Sharif"))])
    first, second = found()
    assert {first.left.name, first.right.name} == sharif and first.score < second.score


def test_mistakes_are_told_and_change_nothing(database: Database) -> None:
    save(database, [article(1, RENDELL), article(2, voice("Adam Schiff"))])
    for arguments, error in (
        (("merge", "Ed Rendell", "Nobody Known"), QueryError),
        (("merge", "Ed Rendell", "ed rendell"), QueryError),
        (("split", "Ed Rendell", "Ed Rendell"), QueryError),
        (("rename", "Ed Rendell", " "), QueryError),
        (("undo",), DatabaseError),
    ):
        with pytest.raises(error) as told:
            CliRunner().invoke(
                app, [*arguments, "--database", str(database.path)], catch_exceptions=False
            )
        assert isinstance(told.value, ClaimsError) and "\n" not in str(told.value)
    assert [name for name, _ in who(database)] == ["Ed Rendell", "Adam Schiff"]
    assert not decisions_path(database.path).exists()


def test_a_state_can_be_asked_for_with_its_seats_and_groups(database: Database) -> None:
    kremlin = voice("Kremlin", kind=SpeakerKind.ORGANISATION, speaks_for="Russia")
    moscow = voice("Moscow", kind=SpeakerKind.STATE, speaks_for="Russia")
    iran = voice("Iran", kind=SpeakerKind.STATE)
    both = voice("Moscow and Iran", kind=SpeakerKind.GROUP, members=(moscow, iran))
    save(database, [article(1, kremlin), article(2, both), article(3, iran)])

    def asked(party: str) -> list[object]:
        found = rows(
            database,
            "SELECT speaker FROM claims JOIN claim_parties USING (claim_id) "
            f"WHERE party = '{party}' ORDER BY speaker",
        )
        return [name for (name,) in found]

    assert asked("Russia") == ["Kremlin", "Moscow and Iran"]
    assert asked("Kremlin") == ["Kremlin"]
    assert asked("Iran") == ["Iran", "Moscow and Iran"]
    assert rows(database, "SELECT member FROM speaker_members ORDER BY ordinal") == [
        ("Moscow",),
        ("Iran",),
    ]


def test_a_database_of_the_first_schema_is_brought_up_to_date(database: Database) -> None:
    first = migrations()[0]
    with duckdb.connect(database.path) as connection:
        connection.execute(first.sql)
        connection.execute("INSERT INTO schema_migrations VALUES (1, 'first', now()::TIMESTAMP)")
        connection.execute(
            "INSERT INTO speakers "
            "VALUES ('s1', 'Ed Rendell', 'person', '{\"en\": [\"Ed Rendell\"]}', NULL)"
        )
        connection.execute(
            "INSERT INTO claims BY NAME SELECT 'c1' AS claim_id, 'a1' AS article_id, "
            "0 AS sentence_index, 'X' AS outlet, 'en' AS language, 's1' AS speaker_id, "
            "'Ed Rendell' AS speaker, '' AS cue_text, '' AS content_text, 'clausal' AS pattern, "
            "'report' AS stance, 'direct' AS quotation, false AS negated, 1.0 AS confidence, "
            "'e' AS extractor"
        )
    save(database, [article(2, voice("Adam Schiff"))], links())
    assert rows(database, "SELECT speaker_id, voice_id FROM claims WHERE claim_id = 'c1'") == [
        ("s1", "s1")
    ]
    run(database, "rename", "Ed Rendell", "Edward Rendell")
    assert rows(database, "SELECT speaker FROM claims WHERE claim_id = 'c1'") == [
        ("Edward Rendell",)
    ]


def test_a_folder_without_sounds_links_nobody(tmp_path: Path, database: Database) -> None:
    shutil.copy(CONFIG / "speakers.yaml", tmp_path)
    linking = StoredLinks(load_transliteration(tmp_path))
    save(database, [article(1, RENDELL)], linking)
    save(database, [article(2, RENDELL_UR)], linking)
    assert rows(database, "SELECT count(*) FROM speakers") == [(2,)]


def test_the_claims_of_one_article_are_one_batch(database: Database) -> None:
    names: Sequence[Speaker] = (RENDELL, RENDELL_UR)
    save(database, [article(1, *names)], links())
    assert [name for name, _ in who(database)] == ["Ed Rendell"] * 2
