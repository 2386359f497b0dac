"""Cue files: what a linguist writes is checked, and what the documentation shows is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from reading_texts import CONFIG, ROOT, document, lexicon

from claims.attribution.rules.extract import extract
from claims.attribution.rules.lexicon import PATTERNS, Cue, load_lexicons
from claims.attribution.rules.trace import Trace
from claims.errors import ConfigError


def written(tmp_path: Path, old: str, new: str) -> Path:
    """A configuration with one thing changed in the Urdu cue file."""
    (tmp_path / "cues").mkdir()
    text = (CONFIG / "cues" / "ur.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "cues" / "ur.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("stance: report", "stance: shout", r"cues/ur\.yaml, line \d+: cues\.\d+\.stance: Input"),
        ("frames: [clause", "frame: [clause", r"line \d+: cues\.\d+\.frame: unknown key"),
        ("marking: postposition", "marking: none", r"line \d+: grammar\.marking: "),
        ("language: ur", "language: hi", r"says 'hi', the file's name 'ur'"),
        ("cues:\n", "cues: [\n", r"not YAML"),
        ('"^\\\\W*(مزید', '"^\\\\W*((مزید', r"line \d+: grammar\.boilerplate\.\d: .*regular"),
        ("language: ur", "language: ur\nlanguage: ur", r"line \d+: language: .* twice"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_key(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    folder = written(tmp_path, old, new)
    with pytest.raises(ConfigError, match=said) as error:
        load_lexicons(folder, ["ur"])
    assert "\n" not in str(error.value)


def test_words_that_yaml_takes_for_truth_values_stay_words() -> None:
    prepositions = {p for cue in lexicon("en").cues for p in cue.prepositions}
    assert "on" in prepositions
    assert "no" in lexicon("en").grammar.negations


def test_a_new_cue_is_found_at_once(tmp_path: Path) -> None:
    text = "وزیر نے گلہ کیا کہ کوئی سنتا نہیں۔"
    assert extract(document(text, "ur"), lexicon("ur")) == ()
    new = "cues:\n  - {words: گلہ, verbs: [کرنا, کیا], stance: opine, frames: [clause]}\n"
    taught = load_lexicons(written(tmp_path, "cues:\n", new), ["ur"])["ur"]
    (found,) = extract(document(text, "ur"), taught)
    assert found.stance.value == "opine"
    assert found.content[0].of(text) == "کوئی سنتا نہیں"


def test_the_documentation_shows_a_cue_that_loads_and_every_frame() -> None:
    page = (ROOT / "docs" / "cues.md").read_text(encoding="utf-8")
    block = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert block is not None
    (entry,) = yaml.safe_load(block[1])["cues"]
    assert Cue.model_validate(entry).words == "دعویٰ"
    for frame in PATTERNS:
        assert f"| `{frame}` |" in page


def examples() -> list[tuple[str, list[str]]]:
    """The rows of the tables of examples in the documentation, with their language."""
    page = (ROOT / "docs" / "cues.md").read_text(encoding="utf-8")
    rows: list[tuple[str, list[str]]] = []
    for heading, language in (("English:", "en"), ("Urdu:", "ur")):
        table = page.split(f"\n{heading}\n\n", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
        rows += [(language, [cell.strip() for cell in row.split("|")[1:-1]]) for row in table]
    return rows


@pytest.mark.parametrize(("language", "row"), examples(), ids=lambda value: str(value)[:40])
def test_the_examples_of_the_documentation_yield_what_it_says(
    language: str, row: list[str]
) -> None:
    frame, sentence, *roles, stance = row
    trace = Trace()
    (found,) = extract(document(sentence, language), lexicon(language), trace)
    (reading,) = trace.readings
    assert f"`{reading.frame}`" == frame
    words = [
        " … ".join(span.of(sentence) for span in spans or ())
        for spans in (found.source, found.cue, found.content)
    ]
    assert words == roles
    assert found.stance.value == stance


def test_every_frame_that_a_language_uses_has_an_example() -> None:
    shown = {(language, row[0].strip("`")) for language, row in examples()}
    for language in ("en", "ur"):
        for frame in {frame for cue in lexicon(language).cues for frame in cue.frames}:
            assert (language, frame) in shown


@pytest.mark.parametrize("language", ["ur", "en"])
def test_every_frame_that_a_cue_names_suits_its_words(language: str) -> None:
    for cue in lexicon(language).cues:
        assert cue.parts
        if "oblique" in cue.frames:
            assert cue.prepositions, f"{cue.words}: the frame oblique needs prepositions"
