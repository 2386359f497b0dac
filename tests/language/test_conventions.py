"""What a treebank always does: put right after the networks, and true of the treebank."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT
from reading_texts import document

from claims.errors import ConfigError
from claims.language.conventions import load_conventions
from claims.language.pipelines import BUNDLED
from training.conllu import read_trees

TREEBANK = ROOT.parent / "shared" / "treebanks" / "ur" / "gold-train.conllu"


def test_in_a_postposition_of_two_words_the_first_has_a_lemma_of_its_own() -> None:
    words = [
        w for s in document("بچوں کے لیے شہر کے اسکول بند ہیں۔", "ur").sentences for w in s.words
    ]
    assert [word.lemma for word in words if word.text == "کے"] == ["کے", "کا"]


def test_an_auxiliary_is_what_hangs_on_a_word_as_one() -> None:
    text = "وزیر نے کہا ہے کہ سڑک بند ہے اور کام جاری رہے گا۔ یہ فیصلہ اچھا تھا۔"
    words = [word for sentence in document(text, "ur").sentences for word in sentence.words]
    settled = [word for word in words if word.upos in ("AUX", "VERB")]
    assert {word.upos for word in settled} == {"AUX", "VERB"}
    for word in settled:
        assert (word.upos == "AUX") == (word.deprel in ("aux", "cop")), word


@pytest.mark.skipif(not TREEBANK.is_file(), reason=f"{TREEBANK} is not here")
def test_the_treebank_keeps_the_conventions_of_its_model() -> None:
    """A tag without exception, a lemma in nine places of ten."""
    conventions = load_conventions(BUNDLED / "ur")
    tags: Counter[bool] = Counter()
    lemmas: Counter[bool] = Counter()
    for tree in read_trees(TREEBANK):
        for token in tree.tokens:
            for settled in conventions.tags:
                if token.upos in (settled.tag, settled.other):
                    tags[settled.of(token.upos, token.deprel) == token.upos] += 1
        for token, after in zip(tree.tokens, tree.tokens[1:], strict=False):
            for one in conventions.lemmas:
                if (token.form, token.upos, after.upos) == (one.form, one.upos, one.next):
                    lemmas[token.lemma == one.lemma] += 1
    assert tags[True] > 1000
    assert not tags[False]
    assert lemmas[True] > 9 * lemmas[False] > 0


def test_a_model_may_do_without_and_a_wrong_file_is_named(tmp_path: Path) -> None:
    assert load_conventions(tmp_path).tags == ()
    path = tmp_path / "conventions.yaml"
    path.write_text("tags:\n  - {tag: AUX, relations: [aux]}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"conventions\.yaml.*other"):
        load_conventions(tmp_path)
