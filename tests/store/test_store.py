"""The database: what is stored, exactly once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from building import Said, analysed, speaker
from hypothesis import given, settings
from hypothesis import strategies as st
from storing import CONFLICT, DENIAL, MINISTER, REPORT, contents, decision, rows

from claims.model import (
    Analysed,
    SpeakerKind,
    Verdict,
)
from claims.store import reviews
from claims.store.articles import save, stored
from claims.store.contradictions import save_contradictions
from claims.store.database import Database

# What is stored


def test_a_claim_is_stored_with_its_words_offsets_and_speaker(filled: Database) -> None:
    assert rows(
        filled,
        "SELECT speaker, source_text, cue_text, content_text, content_start, content_end, stance, "
        "via.name, published_at, outlet FROM claims LEFT JOIN speakers AS via "
        "ON claims.via_speaker_id = via.speaker_id ORDER BY outlet, content_start",
    ) == [
        (
            "The energy minister",
            "the minister",
            "said",
            "The dam … will open in May",
            0,
            61,
            "claim",
            "Morning Paper",
            None,
            "Example Daily",
        ),
        ("Iran", "he", "he said", "Ships were sent", 63, 78, "accuse", None, None, "Example Daily"),
        (
            "Iran",
            "وزارتِ خارجہ",
            "تردید کی",
            "جہاز بھیجنے",
            16,
            27,
            "deny",
            None,
            datetime(2024, 3, 1, 4, 0),
            "روزنامہ مثال",
        ),
        (
            "Iran",
            "اس",
            "کہا",
            "بندرگاہ بند ہے",
            54,
            68,
            "claim",
            None,
            datetime(2024, 3, 1, 4, 0),
            "روزنامہ مثال",
        ),
    ]


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A database for texts that Hypothesis makes."""
    return Database(tmp_path_factory.mktemp("texts") / "claims.duckdb")


@settings(max_examples=25, deadline=None)
@given(
    words=st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
        min_size=3,
        max_size=3,
    )
)
def test_offsets_hold_in_sql_for_any_text(texts: Database, words: list[str]) -> None:
    source, cue, content = words
    text = f"{source}\u200d😀{cue}\u0654\r\n{content}"
    one = analysed(text, [Said(content, source, cue)])
    save(texts, [one])
    this = f"article_id = '{one.document.article.article_id}'"
    assert rows(texts, f"SELECT text FROM articles WHERE {this}") == [(text,)]
    assert rows(
        texts,
        'SELECT role, substring(text, start + 1, "end" - start) FROM claim_spans '
        "JOIN claims USING (claim_id) JOIN articles USING (article_id) "
        f"WHERE {this} ORDER BY role",
    ) == [("content", content), ("cue", cue), ("source", source)]
    assert rows(texts, f"SELECT text FROM sentences WHERE {this} ORDER BY sentence_index") == [
        (text[s.start : s.end],) for s in one.document.sentences
    ]


def test_a_claim_without_content_or_speaker_is_stored(database: Database) -> None:
    one = analysed("Officials neither confirmed nor denied.", [Said((), "Officials", "confirmed")])
    save(database, [one])
    assert rows(
        database, "SELECT content_text, content_start, content_end, speaker_id, speaker FROM claims"
    ) == [("", None, None, None, None)]


def test_saving_again_changes_nothing(filled: Database) -> None:
    before = contents(filled)
    save(filled, [REPORT, DENIAL, DENIAL])
    assert save_contradictions(filled, [CONFLICT, CONFLICT]) == 1
    assert contents(filled) == before


def test_a_new_extractor_replaces_all_that_the_old_one_found(filled: Database) -> None:
    reviews.append(filled.path, decision(CONFLICT, Verdict.COMPATIBLE))
    anew = analysed(
        DENIAL.document.article.text,
        [Said("بندرگاہ بند ہے", "اس", "کہا", MINISTER, terms=("harbour",))],
        outlet="روزنامہ مثال",
        language="ur",
        extractor="extractor-2",
    )
    save(filled, [anew])

    after = contents(filled)
    assert stored(filled) == {
        anew.document.article.article_id: "extractor-2",
        REPORT.document.article.article_id: "extractor-1",
    }
    assert len(after["articles"]) == 2
    assert len(after["sentences"]) == 4
    assert len(after["claims"]) == 3
    assert {row[1] for row in after["claim_terms"]} == {"harbour", "ship"}
    assert {row[0] for row in after["claim_spans"]} == {row[0] for row in after["claims"]}
    assert after["contradictions"] == after["contradiction_spans"] == []
    assert len(after["reviews"]) == 1


def test_speakers_keep_every_spelling_and_go_with_their_last_claim(filled: Database) -> None:
    spelled = speaker("Iran", SpeakerKind.STATE, ur=("ایران", "تہران"), en=("Tehran",))
    other = analysed("ایران said nothing new.", [Said("nothing new", "ایران", speaker=spelled)])
    save(filled, [other])
    silent = analysed(REPORT.document.article.text)
    save(filled, [silent])
    assert rows(filled, "SELECT name, names FROM speakers") == [
        ("Iran", '{"ur":["تہران","ایران"],"en":["Tehran"]}')
    ]


def test_identifiers_stand_once(filled: Database) -> None:
    save(filled, [DENIAL, REPORT])
    save_contradictions(filled, [CONFLICT])
    for table, key in (
        ("articles", "article_id"),
        ("claims", "claim_id"),
        ("speakers", "speaker_id"),
        ("contradictions", "contradiction_id"),
        ("sentences", "article_id, sentence_index"),
        ("claim_spans", "claim_id, role, ordinal"),
        ("claim_terms", "claim_id, term"),
        ("contradiction_spans", "contradiction_id, side, ordinal"),
    ):
        assert rows(filled, f"FROM {table}") != []
        assert rows(filled, f"SELECT {key} FROM {table} GROUP BY ALL HAVING count(*) > 1") == []


def test_an_article_that_cannot_be_stored_takes_its_batch_with_it(filled: Database) -> None:
    before = contents(filled)
    other = analysed("Rain came, she said.", [Said("Rain came", "she", "said")])
    whole = other.claims[0].attribution
    broken = other.claims[0].model_copy(
        update={"attribution": whole.model_copy(update={"stance": None})}
    )
    with pytest.raises(duckdb.ConstraintException):
        save(filled, [analysed("All is well."), Analysed(**{**dict(other), "claims": (broken,)})])
    assert contents(filled) == before


def test_a_contradiction_of_a_claim_that_is_gone_is_left_out(database: Database) -> None:
    save(database, [DENIAL])
    assert save_contradictions(database, [CONFLICT]) == 0
    assert rows(database, "FROM contradictions") == []


def test_the_same_claims_give_the_same_rows(tmp_path: Path) -> None:
    def claims_of(name: str, batches: list[list[Analysed]]) -> dict[str, list[tuple[object, ...]]]:
        database = Database(tmp_path / name)
        for batch in batches:
            save(database, batch)
        save_contradictions(database, [CONFLICT])
        return contents(database)

    at_once = claims_of("one.duckdb", [[DENIAL, REPORT]])
    one_by_one = claims_of("two.duckdb", [[REPORT], [DENIAL]])
    assert at_once == one_by_one
