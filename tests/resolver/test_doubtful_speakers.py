"""Names that have swallowed words of the text around them are counted and told."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_speaker_links import article, links, run, voice

from claims.cli.doctor import examine
from claims.model import Speaker, SpeakerKind
from claims.speakers import doubts
from claims.speakers.names import speaker_id
from claims.store.articles import save
from claims.store.database import Database

CONFIG = Path(__file__).resolve().parents[2] / "config"
LOOK = doubts.load_doubts(CONFIG, ("ur", "en"))


def described(name: str, language: str = "en", kind: SpeakerKind = SpeakerKind.GROUP) -> Speaker:
    made = speaker_id(kind, name, "an article")
    return Speaker(speaker_id=made, name=name, kind=kind, names={language: (name,)})


@pytest.mark.parametrize(
    ("speaker", "why"),
    [
        (described("Some Republicans he"), doubts.PRONOUN),
        (described("صوبے کے وزیر انہوں", "ur"), doubts.PRONOUN),
        (described("مسلمان ملک جس", "ur"), doubts.CLAUSE),
        (described("federal"), doubts.NO_NAME),
        (described("30"), doubts.NO_NAME),
        (voice("Sarah he"), doubts.PRONOUN),
        (voice("Sarah the Palin"), doubts.ARTICLE),
        (voice("احمد کے شاہ", "ur"), doubts.CASE_MARKER),
        (voice("احمد کہا شاہ", "ur"), doubts.CLAUSE),
        (voice("Clinton delivered"), doubts.SMALL),
    ],
)
def test_a_name_with_a_word_of_the_text_around_it_looks_wrong(speaker: Speaker, why: str) -> None:
    assert LOOK.why(speaker) == why


@pytest.mark.parametrize(
    "speaker",
    [
        voice("Joe Root"),
        voice("جو روٹ", "ur"),  # جو is a pronoun too
        voice("میری ہارف", "ur"),  # and so is میری
        voice("جے کے رولنگ", "ur"),  # and کے a case marker
        voice("Mohammed bin Salman"),
        voice("Institute for the Study of War", kind=SpeakerKind.ORGANISATION),
        described("a senior official of the ministry"),
        described("his rival"),
        described("صوبے کے وزیر", "ur", SpeakerKind.PERSON),
        described("people who know her"),
        voice("The West", kind=SpeakerKind.GROUP),
    ],
    ids=lambda speaker: speaker.name,
)
def test_a_name_or_a_description_looks_right(speaker: Speaker) -> None:
    assert LOOK.why(speaker) is None


def test_the_doctor_tells_them_and_a_rename_mends_one(database: Database) -> None:
    wrong = described("Some Republicans he")
    save(database, [article(1, wrong, voice("Ed Rendell"))], links())

    def told() -> str:
        checks = examine(str(CONFIG), str(database.path))
        return next(check.detail for check in checks if check.name == "speakers")

    assert f"1 of their names look wrong: {wrong.speaker_id} “Some Republicans he”" in told()
    assert "claims speakers list --doubtful" in told()
    assert "has a pronoun in it" in run(database, "list", "--doubtful")
    assert "Ed Rendell" not in run(database, "list", "--doubtful")
    run(database, "rename", wrong.speaker_id, "Some Republicans")
    assert told() == "2; every name looks right"
