"""`models.source: stanza`: the layout of Stanza's own models, and labels that differ from ours."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
import stanza
import torch
from conftest import Command
from reading_texts import CONFIG, article, document, lexicon, texts_of

from claims.attribution.rules.extract import extract
from claims.config.settings import ModelSettings
from claims.errors import ModelError
from claims.language.annotation import Annotator, _document, _Line
from claims.language.normalisation import Spelling, normalise
from claims.language.pipelines import BUNDLED
from claims.model import Document

PARTS = ("tokenize", "pos", "lemma", "depparse")
PACKAGE = "udtb_nocharlm"

SAID = "وزیر خزانہ نے کہا کہ پٹرول کی قیمت کم کی جائے گی۔"
SENTENCES = (
    SAID,
    "میڈیا نے دعویٰ کیا ہے کہ مذاکرات ناکام ہو گئے۔",
    "ترجمان کا کہنا ہے کہ سڑک بند رہے گی۔",
    "حکام نے تصدیق کی ہے کہ دو افراد زخمی ہوئے۔",
)


def official(folder: Path, language: str, labels: Mapping[str, str] | None = None) -> Path:
    """The bundled models in the layout of Stanza's resources: one file for each processor and
    package, and a `resources.json` that says what needs what. ``labels`` renames relations."""
    for name in (*PARTS, "pretrain"):
        place = folder / language / name
        place.mkdir(parents=True)
        shutil.copy(BUNDLED / language / f"{name}.pt", place / f"{PACKAGE}.pt")
    if labels:
        weights = folder / language / "depparse" / f"{PACKAGE}.pt"
        content = torch.load(weights, weights_only=True)
        relations = content["vocab"]["deprel"]
        relations["_id2unit"] = [labels.get(one, one) for one in relations["_id2unit"]]
        relations["_unit2id"] = {one: n for n, one in enumerate(relations["_id2unit"])}
        torch.save(content, weights)
    vectors = [{"model": "pretrain", "package": PACKAGE}]
    needs = {name: {"dependencies": vectors} for name in ("pos", "depparse")}
    row = {name: {PACKAGE: {"md5": "", **needs.get(name, {})}} for name in PARTS}
    resources = {
        language: {
            **row,
            "pretrain": {PACKAGE: {"md5": ""}},
            "default_processors": dict.fromkeys(PARTS, PACKAGE),
            "default_dependencies": dict.fromkeys(needs, vectors),
            "packages": {"default": dict.fromkeys(PARTS, PACKAGE)},
            "lang_name": language,
        }
    }
    (folder / "resources.json").write_text(json.dumps(resources), encoding="utf-8")
    return folder


def said(read: Document) -> list[tuple[str | None, str, str]]:
    text = read.article.text
    return [texts_of(one, text) for one in extract(read, lexicon(read.article.language))]


def relabelled(read: Document, labels: Mapping[str, str]) -> Document:
    sentences = tuple(
        sentence.model_copy(
            update={
                "words": tuple(
                    word.model_copy(update={"deprel": labels.get(word.deprel, word.deprel)})
                    for word in sentence.words
                )
            }
        )
        for sentence in read.sentences
    )
    return read.model_copy(update={"sentences": sentences})


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize("label", ["obj", "ccomp", "advcl", "dep"])
def test_a_content_is_found_whatever_the_parser_calls_its_clause(text: str, label: str) -> None:
    """In UDTB the clause after که is mostly ``obj`` of the verb of saying, elsewhere ``ccomp``."""
    read = document(text, "ur")
    (found,) = said(read)
    assert found[2]
    assert said(relabelled(read, {"obj": label, "ccomp": label})) == [found]


def test_urdu_models_of_the_official_layout_with_other_labels(tmp_path: Path) -> None:
    """A parser that says ``ccomp`` where ours says ``obj``, and the other way round."""
    folder = official(tmp_path, "ur", {"obj": "ccomp", "ccomp": "obj"})
    text = "\n".join(SENTENCES)
    settings = ModelSettings(source="stanza", folder=str(folder))
    (read,) = Annotator(settings).annotate([article(text, "ur")])
    ours = document(text, "ur")
    relations = [[word.deprel for s in one.sentences for word in s.words] for one in (read, ours)]
    swapped = {"obj": "ccomp", "ccomp": "obj"}
    assert relations[0] == [swapped.get(one, one) for one in relations[1]]
    assert {"obj", "ccomp"} <= set(relations[0]) | set(relations[1])
    assert said(read) == said(ours)
    assert len(said(read)) == len(SENTENCES)


def test_the_setting_reaches_the_command(tmp_path: Path, command: Command) -> None:
    folder = official(tmp_path / "stanza_resources", "en")
    config = tmp_path / "config"
    shutil.copytree(CONFIG, config)
    (config / "pipeline.yaml").write_text(
        f"languages: [en]\nattribution: {{engine: lexicon}}\n"
        f"models: {{source: stanza, folder: {json.dumps(str(folder))}}}\n",
        encoding="utf-8",
    )
    story = tmp_path / "story.txt"
    story.write_text("The minister said that the road was closed for repairs.", encoding="utf-8")
    done = command("extract", story, "--config", config, "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(done.stdout)["attributions"]
    assert found["content"] == [[23, 54]]


def test_stanzas_own_folder_is_the_default(tmp_path: Path, command: Command) -> None:
    """Without ``models.folder``: where Stanza itself would look."""
    folder = official(tmp_path / "resources", "en")
    config = tmp_path / "config"
    shutil.copytree(CONFIG, config)
    (config / "pipeline.yaml").write_text(
        "languages: [en]\nattribution: {engine: lexicon}\nmodels: {source: stanza}\n",
        encoding="utf-8",
    )
    story = tmp_path / "story.txt"
    story.write_text("The minister said that the road was closed.", encoding="utf-8")
    done = command(
        "extract",
        story,
        "--config",
        config,
        "--format",
        "jsonl",
        env={"STANZA_RESOURCES_DIR": str(folder)},
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["attributions"]


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (lambda folder: (folder / "resources.json").unlink(), "resources.json is missing"),
        (lambda folder: (folder / "resources.json").write_text("{"), "does not load"),
        (lambda folder: (folder / "resources.json").write_text("{}"), "does not load"),
        (lambda folder: (folder / "en/depparse" / f"{PACKAGE}.pt").unlink(), "does not load"),
        (lambda f: (f / "en/lemma" / f"{PACKAGE}.pt").write_bytes(b"no"), "does not load"),
    ],
)
def test_what_is_missing_or_broken_is_told_in_one_line(
    tmp_path: Path, spoil: object, named: str
) -> None:
    folder = official(tmp_path, "en")
    spoil(folder)  # type: ignore[operator]
    settings = ModelSettings(source="stanza", folder=str(folder))
    with pytest.raises(ModelError, match=named) as error:
        Annotator(settings).annotate([article("He denied it.", "en")])
    assert "\n" not in str(error.value)
    assert str(folder) in str(error.value)


def test_a_contraction_that_the_models_take_apart_stays_in_its_place() -> None:
    """Stanza's own English models expand "don't" to two words; some have no place of their own."""
    text = "They don't agree."
    rows = [
        {"id": 1, "text": "They", "head": 4, "deprel": "nsubj", "start_char": 0, "end_char": 4},
        {"id": (2, 3), "text": "don't", "start_char": 5, "end_char": 10},
        {"id": 2, "text": "do", "head": 4, "deprel": "aux"},
        {"id": 3, "text": "not", "head": 4, "deprel": "advmod"},
        {"id": 4, "text": "agree", "head": 0, "deprel": "root", "start_char": 11, "end_char": 16},
        {"id": 5, "text": ".", "head": 4, "deprel": "punct", "start_char": 16, "end_char": 17},
    ]
    line = _Line(0, 0, normalise(text, Spelling()))
    read = _document(article(text, "en"), [line], stanza.Document([rows], text=text))
    words = read.sentences[0].words
    assert [word.text for word in words] == ["They", "do", "not", "agree", "."]
    assert [text[word.start : word.end] for word in words[1:3]] == ["don't", "don't"]
    assert [word.head for word in words] == [4, 4, 4, 0, 4]
