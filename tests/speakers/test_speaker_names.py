"""Names that sound alike: who is one person, and who is not."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from benchmarks.speakers.names import Judge, known_pairs, read_pairs, strangers
from benchmarks.speakers.sources import read_annotated
from claims.errors import ConfigError
from claims.speakers.gazetteer import Gazetteer, load_gazetteer
from claims.speakers.similar import AUTOMATIC, NameIndex
from claims.speakers.transliteration import Transliteration, load_transliteration

ROOT = Path(__file__).resolve().parents[2]
PAIRS = read_pairs(ROOT / "tests" / "speakers" / "names.yaml")
GOLD = ROOT.parent / "shared" / "gold" / "en_dev.jsonl"


@pytest.fixture(scope="module")
def transliteration() -> Transliteration:
    return load_transliteration(ROOT / "config")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(ROOT / "config")


@pytest.fixture(scope="module")
def judge(transliteration: Transliteration) -> Judge:
    return Judge(transliteration)


def test_different_people_are_never_merged(judge: Judge) -> None:
    assert len(PAIRS.different) >= 200
    scores = judge.similarities(PAIRS.different)
    assert [
        pair for pair, score in zip(PAIRS.different, scores, strict=True) if score >= AUTOMATIC
    ] == []


def test_strangers_are_never_merged(judge: Judge, gazetteer: Gazetteer) -> None:
    pairs = strangers(known_pairs(gazetteer)[::4], PAIRS.same[::4])
    assert max(judge.similarities(pairs)) < AUTOMATIC


def test_most_names_in_two_scripts_are_found_to_be_one(judge: Judge, gazetteer: Gazetteer) -> None:
    for pairs in (PAIRS.same, known_pairs(gazetteer)):
        scores = judge.similarities(pairs)
        assert sum(score >= AUTOMATIC for score in scores) / len(scores) > 0.7


def test_similarity_has_no_direction(transliteration: Transliteration) -> None:
    for one, other in (*PAIRS.different[::7], *PAIRS.same[::7]):
        left, right = transliteration.hear(one), transliteration.hear(other)
        assert left and right
        forth = transliteration.similarity(left, right)
        assert forth == pytest.approx(transliteration.similarity(right, left))
        assert transliteration.similarity(left, left) == 1


@pytest.mark.parametrize(
    "one, other, alike",
    [
        ("Karoline Leavitt", "کیرولین لیویٹ", True),
        ("Sergei Lavrov", "Sergey Lavrov", True),
        ("Mohammed Yousaf", "محمد یوسف", True),
        ("Rashid Minhas", "Rasheed Minhas", False),  # two given names in Urdu
        ("George W. Bush", "George H. W. Bush", False),
        ("John F. Kerry", "John Kerry", True),
        ("Hasan Ali", "حسین علی", False),
    ],
)
def test_what_counts_as_alike(
    transliteration: Transliteration, one: str, other: str, alike: bool
) -> None:
    left, right = transliteration.hear(one), transliteration.hear(other)
    assert left and right
    assert (transliteration.similarity(left, right) >= AUTOMATIC) is alike


def test_a_script_that_is_not_listed_is_like_nothing(transliteration: Transliteration) -> None:
    assert transliteration.hear("Владимир Путин") is None
    assert transliteration.hear("123 …") is None


def test_the_index_finds_what_comparing_with_all_would(transliteration: Transliteration) -> None:
    index: NameIndex[str] = NameIndex(transliteration)
    for name, _ in PAIRS.same:
        index.add(name, name)
    found = lost = 0
    for name, other in PAIRS.same:
        one, two = transliteration.hear(name), transliteration.hear(other)
        assert one and two
        if transliteration.similarity(one, two) >= AUTOMATIC:
            hits = [key for _, key in index.find(other, AUTOMATIC)]
            found += name in hits
            lost += name not in hits
            assert set(hits) <= {name}
    assert found > 70 and lost <= 2


def test_an_unknown_spelling_of_a_known_person_is_that_person(gazetteer: Gazetteer) -> None:
    entry = gazetteer.sounding("کیرولائین لیویٹ")
    assert entry is not None and entry.name == "Karoline Leavitt"
    assert gazetteer.sounding("Leavitt") is None
    assert gazetteer.sounding("Caroline Levine") is None


@pytest.mark.parametrize(
    "text, told",
    [
        ("across: {a: 0.1}", "two sounds"),
        ("across: {a A: 3}", "between 0 and 1"),
        ("skripts: {}", "unknown key"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "transliteration.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=told):
        load_transliteration(tmp_path)


@pytest.mark.skipif(not GOLD.is_file(), reason=f"{GOLD}: the annotated articles are not there")
def test_the_english_annotation_fits_its_articles() -> None:
    annotated = read_annotated(ROOT / "benchmarks" / "annotations" / "en_sources.jsonl")
    assert len(annotated) >= 120
    rows = {row["article"]: row for row in map(json.loads, GOLD.open(encoding="utf-8"))}
    for one in annotated:
        text = rows[one.article]["text"]
        assert hashlib.sha256(text.encode()).hexdigest() == one.sha256
        sources = [one["source"] for one in rows[one.article]["attributions"]]
        assert [list(piece) for piece in one.source] in sources
        for name, (start, end) in zip(one.speaker, one.antecedent, strict=True):
            assert text[start:end].casefold() == name.split()[-1].casefold()
