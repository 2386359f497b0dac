"""Names of people, organisations and places: by rules, by a recogniser, and what it learns from."""

from __future__ import annotations

import json
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from conftest import ROOT
from reading_texts import CONFIG, document

from benchmarks import ANNOTATIONS
from benchmarks.entities import LANGUAGES, inside, texts
from claims.config.settings import ModelSettings, PipelineSettings
from claims.errors import ModelError
from claims.language.entities import Entity, EntityKind, StanzaEntities, _entities
from claims.model import Document, Span
from claims.speakers.entities import JoinedEntities, RuleEntities, load_entities, load_hints
from claims.speakers.gazetteer import load_gazetteer
from claims.speakers.mentions import load_mentions
from training.entity_data import (
    Word,
    names_in,
    names_of,
    read_bio,
    read_gum,
    repaired,
    substituted,
)

RULES = RuleEntities(
    load_gazetteer(CONFIG, LANGUAGES), load_mentions(CONFIG, LANGUAGES), load_hints(CONFIG)
)


def found(text: str, language: str) -> list[tuple[str, str]]:
    return [
        (entity.kind.value, entity.span.of(text))
        for entity in RULES.entities(document(text, language))
    ]


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        (
            "President Vladimir Putin met Kamala Harris in Geneva.",
            "en",
            [
                ("person", "Vladimir Putin"),
                ("person", "Kamala Harris"),
                ("place", "Geneva"),
            ],
        ),
        (
            "The report was written at Lindqvist University for the World Bank.",
            "en",
            [("organisation", "Lindqvist University"), ("organisation", "World Bank")],
        ),
        (
            "صدر ولادیمیر پوتن نے پاکستان میں عمران خان سے ملاقات کی۔",
            "ur",
            [("person", "ولادیمیر پوتن"), ("place", "پاکستان"), ("person", "عمران خان")],
        ),
        ("اس نے کہا کہ سڑک بند ہے۔", "ur", []),
        ("The minister said the road was closed.", "en", []),
    ],
)
def test_names_by_rules(text: str, language: str, names: list[tuple[str, str]]) -> None:
    assert found(text, language) == names


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_a_text_stand_in_order_and_overlap_nowhere(language: str) -> None:
    text = {
        "en": "Anna Berg of Nordland Bank told Reuters in Oslo that Norway and Sweden had agreed.",
        "ur": "سارہ احمد نے لاہور میں رائٹرز کو بتایا کہ پاکستان اور ایران متفق ہیں۔",
    }[language]
    spans = [entity.span for entity in RULES.entities(document(text, language))]
    assert spans
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_model_with_a_recogniser_is_asked_and_one_without_leaves_it_to_the_rules(
    tmp_path: Path,
) -> None:
    settings = PipelineSettings(models=ModelSettings(folder=str(tmp_path)))
    assert isinstance(load_entities(CONFIG, settings, "en"), RuleEntities)
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "ner.pt").write_bytes(b"")
    assert isinstance(load_entities(CONFIG, settings, "en"), JoinedEntities)


class Fixed:
    """Names that are given."""

    def __init__(self, *spans: tuple[int, int]) -> None:
        self._spans = spans

    def entities(self, document: Document) -> list[Entity]:
        return [
            Entity(kind=EntityKind.PLACE, span=Span(start=start, end=end))
            for start, end in self._spans
        ]


def test_of_two_finders_the_first_one_is_believed() -> None:
    joined = JoinedEntities(Fixed((4, 8)), Fixed((0, 2), (6, 12)))
    spans = [entity.span for entity in joined.entities(document("He went there.", "en"))]
    assert [(span.start, span.end) for span in spans] == [(0, 2), (4, 8)]


def test_labels_of_either_scheme_become_names() -> None:
    text = "Anna Berg left Oslo for Nordland Bank ."
    sentence = document(text, "en").sentences[0]
    assert len(sentence.words) == 8
    for labels in (
        ["B-PER", "E-PER", "O", "S-LOC", "O", "B-ORG", "E-ORG", "O"],
        ["B-PER", "I-PER", "O", "B-LOC", "O", "B-ORG", "I-ORG", "O"],
    ):
        assert [(e.kind.value, e.span.of(text)) for e in _entities(sentence, labels)] == [
            ("person", "Anna Berg"),
            ("place", "Oslo"),
            ("organisation", "Nordland Bank"),
        ]


def test_a_recogniser_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"ner\.pt: does not load") as error:
        StanzaEntities(tmp_path).entities(document("He left Oslo.", "en"))
    assert "\n" not in str(error.value)


GUM = """\
# newdoc id = one
1\tProfessor\tProfessor\tPROPN\tNNP\t_\t2\tcompound\t_\tEntity=(1-person-new-cf1-3-sgl
2\tAnna\tAnna\tPROPN\tNNP\t_\t5\tnsubj\t_\t_
3\tBerg\tBerg\tPROPN\tNNP\t_\t2\tflat\t_\tEntity=1)
4\tof\tof\tADP\tIN\t_\t6\tcase\t_\t_
5\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
6\tthe\tthe\tDET\tDT\t_\t8\tdet\t_\tEntity=(2-organization-new-cf2-3-sgl
7\tRoyal\tRoyal\tADJ\tJJ\t_\t8\tamod\t_\t_
8\tBank\tBank\tPROPN\tNNP\t_\t5\tobj\t_\t_
9\tof\tof\tADP\tIN\t_\t10\tcase\t_\t_
10\tNorway\tNorway\tPROPN\tNNP\t_\t8\tnmod\t_\tEntity=(3-place-new-cf3-1-sgl)2)
11\tand\tand\tCCONJ\tCC\t_\t13\tcc\t_\t_
12\tthe\tthe\tDET\tDT\t_\t13\tdet\t_\tEntity=(4-person-new-cf4-2-sgl
13\tteacher\tteacher\tNOUN\tNN\t_\t5\tconj\t_\tEntity=4)
"""


def test_gums_nested_mentions_become_outermost_names(tmp_path: Path) -> None:
    path = tmp_path / "gum.conllu"
    path.write_text(GUM + "\n", encoding="utf-8")
    (sentence,) = read_gum(path)
    words = [word.text for word in sentence]
    names = {" ".join(words[a:b]): kind for a, b, kind in names_in(sentence)}
    assert names == {"Professor Anna Berg": "PER", "Royal Bank of Norway": "ORG"}
    mended = {" ".join(words[a:b]) for a, b, _ in names_in(repaired(sentence))}
    assert mended == {"Anna Berg", "Royal Bank of Norway"}


def test_a_name_that_lost_its_beginning_is_made_whole(tmp_path: Path) -> None:
    path = tmp_path / "gum.bio"
    path.write_text("in\tO\nthe\tO\nUnited\tO\nKingdom\tB-LOC\n.\tO\n", encoding="utf-8")
    (sentence,) = read_bio(path)
    assert names_in(repaired(sentence)) == [(2, 4, "LOC")]


def test_substituted_names_are_of_their_type_and_all_else_stays() -> None:
    one = [Word("Anna", "B-PER"), Word("Berg", "I-PER"), Word("left", "O"), Word("Oslo", "B-LOC")]
    names = names_of([one, [Word("Lahore", "B-LOC")], [Word("Sara", "B-PER")]])
    for seed in range(10):
        copy = substituted(one, names, 1.0, Random(seed))
        assert copy is not None
        found_names = [
            (kind, tuple(word.text for word in copy[a:b])) for a, b, kind in names_in(copy)
        ]
        assert [kind for kind, _ in found_names] == ["PER", "LOC"]
        assert all(words in names[kind] for kind, words in found_names)
        assert [word.text for word in copy if word.label == "O"] == ["left"]
    assert substituted([Word("left", "O")], names, 1.0, Random(0)) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_annotations_are_of_the_texts_and_carry_none(language: str) -> None:
    raw = (ANNOTATIONS / f"entities_{language}.jsonl").read_text(encoding="utf-8")
    assert raw.isascii()
    rows = [json.loads(line) for line in raw.splitlines()]
    assert sum(len(row["sentences"]) for row in rows) == 200
    for row in rows:
        for one in row["sentences"]:
            start, end = one["span"]
            ends = [0]
            for first, last, kind in one["entities"]:
                assert start <= first < last <= end
                assert first >= ends[-1]
                ends.append(last)
                EntityKind(kind)
    found_texts = texts(language)
    if not found_texts:
        pytest.skip(f"{ROOT.parent / 'shared'}: not there; the texts are not in this repository")
    for row in rows:
        text = found_texts[row.get("article") or row["story"]]
        assert sha256(text.encode("utf-8")).hexdigest() == row["sha256"]
        for one in row["sentences"]:
            for first, last, _ in one["entities"]:
                assert text[first:last] == text[first:last].strip()


def test_only_names_in_annotated_sentences_are_scored() -> None:
    names = Fixed((0, 2), (4, 8)).entities(document("He went there.", "en"))
    assert inside(names, (Span(start=3, end=9),)) == {(4, 8, "place")}
