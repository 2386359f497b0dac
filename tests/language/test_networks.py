"""The networks read as Stanza's own pipeline does, word by word."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from conftest import SEEDS

from benchmarks.throughput.readers import plain_stanza
from claims.config.settings import ModelSettings
from claims.language.pipelines import pipeline

ENGLISH = """Port closed after collision

The harbour master said on Monday that nobody had been hurt. "We counted nine boats," she added.
Officials, who asked not to be named, denied it, and the company did not answer.
"""
ODD = (
    "What?!?!  He said\tthat a.b@example.org\x97 and https://example.com/a?b=c were  gone !!"
    "\n\n \n\n"
    + "A line without an end goes on, and the minister, he said, goes on with it " * 30
    + "\n\nx\n\n"
    + "a" * 400
    + " is no word."
)
"""White space of all kinds, a line longer than is read in one piece, a word that is too long."""


def test_the_best_tree_is_the_one_that_stanza_finds() -> None:
    from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root

    from claims.language.stanza_fast.decoding import best_tree

    chance = np.random.default_rng(3)
    for _ in range(300):
        size = int(chance.integers(2, 14))
        scores = np.log(chance.dirichlet(np.ones(size), size)).astype(np.float32)
        np.fill_diagonal(scores, -np.inf)
        assert best_tree(scores) == chuliu_edmonds_one_root(scores.copy()).tolist()


@pytest.mark.parametrize("language", ["ur", "en"])
def test_words_are_those_of_a_plain_pipeline(language: str) -> None:
    import stanza

    plain = plain_stanza(language)
    texts = {
        "ur": [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))[2:]],
        "en": [ENGLISH, ODD],
    }[language]

    def words(nlp: Any) -> list[list[tuple[object, ...]]]:
        documents = [stanza.Document([], text=text) for text in texts]
        nlp.bulk_process(documents)
        return [
            [(w.text, w.lemma, w.upos, w.feats, w.head, w.deprel) for w in sentence.words]
            for document in documents
            for sentence in document.sentences
        ]

    expected = words(plain)
    assert words(pipeline(language, ModelSettings())) == expected
    assert words(pipeline(language, ModelSettings())) == expected, "what is remembered is the same"
