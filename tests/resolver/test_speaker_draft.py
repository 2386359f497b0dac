"""A draft of entries for the gazetteer, of what a database has heard most."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from test_speaker_links import article, links, run, voice

from claims.config.yaml_file import load
from claims.errors import ClaimsError, OutputError
from claims.model import SpeakerKind
from claims.speakers.gazetteer import Entry, _GazetteerFile
from claims.speakers.names import speaker_id
from claims.store.articles import save
from claims.store.database import Database

URDU = voice("شارق جمال خان", "ur").model_copy(update={"name": "Shariq Jamal Khan?"})
LATIN = voice("Ed Rendell")
KNOWN = voice("Donald Trump")
DESCRIBED = voice("a senator").model_copy(
    update={"speaker_id": speaker_id(SpeakerKind.PERSON, "a senator", "1")}
)


@pytest.fixture
def heard(database: Database) -> Database:
    one = [
        article(1, LATIN, URDU, KNOWN),
        article(2, URDU, URDU, voice("Sarah he"), DESCRIBED),
        article(
            3, voice("ایڈ رینڈل", "ur"), voice("Clean Water Fund", kind=SpeakerKind.ORGANISATION)
        ),
    ]
    save(database, one, links())
    return database


def test_unknown_names_are_drafted_the_most_heard_first(heard: Database) -> None:
    told = run(heard, "draft")
    assert "# 3 claims in 2 articles\n  - {name: 'Shariq Jamal Khan?', kind: person" in told
    made = yaml.safe_load(told)["speakers"]
    assert [one["name"] for one in made] == ["Shariq Jamal Khan?", "Ed Rendell", "Clean Water Fund"]
    assert made[1]["names"] == {"ur": ["ایڈ رینڈل"], "en": ["Ed Rendell"]}
    assert "# 1 claims in 1 articles; no spelling in Urdu letters was seen" in told
    assert len(yaml.safe_load(run(heard, "draft", "--limit", "1"))["speakers"]) == 1


def test_a_draft_is_an_entry_once_its_marks_are_gone(heard: Database, tmp_path: Path) -> None:
    out = tmp_path / "draft.yaml"
    assert run(heard, "draft", str(out)) == f"{out}: 3 entries to confirm\n"
    with pytest.raises(ClaimsError, match="is marked as not sure; confirm the name"):
        load(out, _GazetteerFile)
    out.write_text(out.read_text("utf-8").replace("?", ""), encoding="utf-8")
    entries: tuple[Entry, ...] = load(out, _GazetteerFile).speakers
    assert entries[0].name == "Shariq Jamal Khan"
    with pytest.raises(OutputError, match="is there already"):
        run(heard, "draft", str(out))
    run(heard, "draft", str(out), "--force")


def test_a_database_of_known_names_drafts_nothing(database: Database) -> None:
    save(database, [article(1, KNOWN)], links())
    assert yaml.safe_load(run(database, "draft")) == {"speakers": []}
