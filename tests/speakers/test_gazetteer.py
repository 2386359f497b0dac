"""The gazetteer: spellings, countries, offices, and mistakes in its file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from claims.errors import ConfigError
from claims.model import SpeakerKind
from claims.speakers.gazetteer import Gazetteer, load_gazetteer
from claims.speakers.mentions import load_mentions
from claims.speakers.names import speaker_id

CONFIG = Path(__file__).resolve().parents[2] / "config"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(CONFIG)


@pytest.mark.parametrize(
    ("name", "language", "canonical"),
    [
        *((spelling, "ur", "Vladimir Putin") for spelling in ("پوتن", "پیوٹن", "پوٹن", "پیوتن")),
        ("ولادیمیر پیوتن", "ur", "Vladimir Putin"),
        ("vladimir putin", "en", "Vladimir Putin"),
        ("PUTIN", "en", "Vladimir Putin"),
        ("پیزیشکیان", "ur", "Masoud Pezeshkian"),
        ("پزشكيان", "ur", "Masoud Pezeshkian"),  # Arabic kaf and yeh
        ("بشارالاسد", "ur", "Bashar al-Assad"),
        ("بشار الاسد", "ur", "Bashar al-Assad"),
        ("خامنہ‌ای", "ur", "Ali Khamenei"),  # a joiner for the space
        ("وائٹ ھاؤس", "ur", "White House"),
        ("وائٹ ہاوس", "ur", "White House"),  # without hamza
        ("امریکہ", "ur", "United States"),
        ("امریکا", "ur", "United States"),
        ("برطانیہ", "ur", "United Kingdom"),
        ("U.S.", "en", "United States"),
        ("Amir-Abdollahian", "en", "Hossein Amir-Abdollahian"),
        ("Francois Hollande", "en", "Francois Hollande"),
        ("François Hollande", "en", "Francois Hollande"),
    ],
)
def test_one_speaker_has_many_spellings(
    gazetteer: Gazetteer, name: str, language: str, canonical: str
) -> None:
    found = gazetteer.find(name, language)
    assert found is not None
    assert found.name == canonical


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("us", "en"),
        ("who", "en"),
        ("Clinton", "en"),  # two people
        ("خان", "ur"),
        ("شریف", "ur"),
        ("پوت", "ur"),
        ("Putin", "ur"),
        ("", "en"),
        ("۔", "ur"),
    ],
)
def test_what_names_nobody_is_not_found(gazetteer: Gazetteer, name: str, language: str) -> None:
    assert gazetteer.find(name, language) is None


def test_countries_come_from_cldr_in_every_language(gazetteer: Gazetteer) -> None:
    norway = gazetteer.find("ناروے", "ur")
    assert norway is not None
    assert (norway.name, norway.kind) == ("Norway", SpeakerKind.STATE)
    assert gazetteer.find("norway", "en") is norway
    assert gazetteer.find("Norwegen", "de") is None
    german = load_gazetteer(CONFIG, ["de"])
    found = german.find("Norwegen", "de")
    assert found is not None
    assert found.name == "Norway"


def test_a_seat_keeps_its_name_and_says_whom_it_speaks_for(gazetteer: Gazetteer) -> None:
    told = {
        name: (entry.kind.value, entry.speaks_for)
        for name in ("Moscow", "Kremlin", "White House", "Pentagon", "Tehran", "Islamabad")
        if (entry := gazetteer.named(name)) is not None
    }
    assert told == {
        "Moscow": ("state", "Russia"),
        "Kremlin": ("organisation", "Russia"),
        "White House": ("organisation", "United States"),
        "Pentagon": ("organisation", "United States"),
        "Tehran": ("state", "Iran"),
        "Islamabad": ("state", "Pakistan"),
    }


def test_mentions_take_the_longest_name_and_no_common_words(gazetteer: Gazetteer) -> None:
    text = "وائٹ ہاؤس نے کہا کہ شمالی کوریا اور سعودی عرب سے بشارالاسد نے بات کی"
    found = [(start, end, e.name) for start, end, e in gazetteer.mentions(text.split(), "ur")]
    assert found == [
        (0, 2, "White House"),
        (5, 7, "North Korea"),
        (8, 10, "Saudi Arabia"),
        (11, 12, "Bashar al-Assad"),
    ]
    english = "they asked us who told the US and the WHO about turkey and Turkey"
    assert [e.name for _, _, e in gazetteer.mentions(english.split(), "en")] == [
        "United States",
        "World Health Organization",
        "Turkey",
    ]
    # "مالی امداد" is financial aid, not the aid of Mali.
    assert gazetteer.mentions(["مالی", "امداد"], "ur") == []
    assert gazetteer.mentions([], "ur") == []


@pytest.mark.parametrize(
    ("title", "of", "on", "holder"),
    [
        ("president", "United States", date(2016, 5, 1), "Barack Obama"),
        ("president", "United States", date(2021, 1, 19), "Donald Trump"),
        ("president", "United States", date(2021, 1, 20), "Joe Biden"),
        ("president", "United States", date(2025, 6, 1), "Donald Trump"),
        ("defence minister", "United States", date(2015, 10, 8), "Ash Carter"),
        ("president", "Russia", None, "Vladimir Putin"),
        ("prime minister", "Pakistan", date(2019, 2, 1), "Imran Khan"),
        ("president", "Narnia", None, None),
    ],
)
def test_offices_are_held_between_dates(
    gazetteer: Gazetteer, title: str, of: str, on: date | None, holder: str | None
) -> None:
    found = gazetteer.holder(title, of, on)
    assert (found.name if found else None) == holder


def test_roles_use_titles_that_both_languages_know(gazetteer: Gazetteer) -> None:
    mentions = load_mentions(CONFIG, ["ur", "en"])
    used = {role.title for entry in gazetteer.entries for role in entry.roles}
    for language, data in mentions.items():
        known = {title.title for title in data.titles}
        assert used <= known, language


def test_no_spelling_of_a_language_belongs_to_two_people(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.entries:
        if entry.kind is not SpeakerKind.PERSON:
            continue
        for language, names in entry.names.items():
            for name in names:
                assert gazetteer.find(name, language) is entry, (language, name)


def test_the_gazetteer_is_large_enough_to_be_of_use(gazetteer: Gazetteer) -> None:
    people = [entry for entry in gazetteer.entries if entry.kind is SpeakerKind.PERSON]
    assert len(people) >= 150
    assert len(gazetteer.entries) >= 500


def test_speaker_ids_are_stable_and_the_unnamed_stay_in_their_article() -> None:
    person = SpeakerKind.PERSON
    # The identifiers are stored and joined on: a change of the hash needs a migration.
    assert speaker_id(person, "Vladimir Putin") == "a8dd7ff93f0df4c7"
    assert speaker_id(person, "José Ruiz") == speaker_id(person, "Jose  RUIZ")
    assert speaker_id(person, "Norway") != speaker_id(SpeakerKind.STATE, "Norway")
    unnamed = {speaker_id(SpeakerKind.ANONYMOUS, "sources", article) for article in ("a", "b")}
    assert len(unnamed) == 2


def written(folder: Path, speakers: str) -> Path:
    (folder / "speakers.yaml").write_text(speakers, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("speakers", "told"),
    [
        ("speakers:\n  - {name: A, kind: person, surname: B}", "line 2: .*surname: unknown key"),
        ("speakers:\n  - {name: A, kind: human}", "line 2: .*kind"),
        ("speakers:\n  - {name: A, kind: person}\n  - {name: A, kind: state}", "two speakers"),
        (
            "speakers:\n  - {name: A, kind: person, names: {en: [Lee]}}\n"
            "  - {name: B, kind: person, names: {en: [lee]}}",
            "'lee' is listed for both 'A' and 'B'",
        ),
        (
            "speakers:\n  - {name: A, kind: organisation, speaks_for: Atlantis}",
            "'Atlantis' is no speaker",
        ),
        ("languages: [en, xx-none]", "CLDR knows no language 'xx-none'"),
        ("speakers:\n  - {name: A, kind: person, wikidata: '42'}", "wikidata"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, speakers: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told) as caught:
        load_gazetteer(written(tmp_path, speakers))
    assert "\n" not in str(caught.value)
    assert "speakers.yaml" in str(caught.value)


def test_alternatives_in_a_name_are_all_its_spellings(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        "speakers:\n  - {name: Jon Smith, kind: person, names: {en: [Jon|John Smith|Smyth]}}",
    )
    found = load_gazetteer(folder).named("Jon Smith")
    assert found is not None
    assert found.names["en"] == ("Jon Smith", "Jon Smyth", "John Smith", "John Smyth")


def test_a_form_in_two_entries_of_the_mentions_is_a_mistake(tmp_path: Path) -> None:
    folder = tmp_path / "mentions"
    folder.mkdir()
    (folder / "ur.yaml").write_text(
        "titles:\n  - {title: a, forms: [صدر]}\n  - {title: b, forms: [صَدر]}\n", encoding="utf-8"
    )
    with pytest.raises(ConfigError, match=r"ur\.yaml, line 1: titles: .*صَدر.*two entries"):
        load_mentions(tmp_path, ["ur"])
