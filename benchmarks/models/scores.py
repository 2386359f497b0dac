"""The CoNLL 2018 scores of what the product reads in a text."""

from __future__ import annotations

import tempfile
import time
from hashlib import sha256
from pathlib import Path

from stanza.models.common.utils import ud_scores

from benchmarks.models.texts import Reading
from claims.config.settings import ModelSettings
from claims.language.annotation import Annotator
from claims.model import Article, Document, Sentence
from training.conllu import Token, Tree, write_trees

COLUMNS = {
    "Words": "words",
    "Sentences": "sentences",
    "UPOS": "UPOS",
    "UFeats": "UFeats",
    "Lemmas": "lemma",
    "UAS": "UAS",
    "LAS": "LAS",
}
"""The scorer's metrics that are shown, and what they are called here."""

Figures = dict[str, float]


def measure(reading: Reading, settings: ModelSettings) -> Figures:
    """F1 of each metric in percent, and words per CPU second with the models warm."""
    article = as_article(reading.text, reading.language)
    annotator = Annotator(settings)
    annotator.annotate([as_article(reading.text.partition("\n")[0], reading.language)])
    started = time.process_time()
    (document,) = annotator.annotate([article])
    seconds = time.process_time() - started
    with tempfile.TemporaryDirectory() as folder:
        gold, own = Path(folder) / "gold.conllu", Path(folder) / "own.conllu"
        write_trees(reading.trees, gold)
        write_trees(as_trees(document), own)
        found = ud_scores(str(gold), str(own))
    figures = {key: round(100 * found[key].f1, 2) for key in COLUMNS}
    words = sum(len(tree.tokens) for tree in reading.trees)
    return figures | {"words_per_cpu_second": round(words / seconds)}


def as_article(text: str, language: str) -> Article:
    """A text as an article of nobody's."""
    digest = sha256(text.encode("utf-8")).hexdigest()
    return Article(
        article_id=digest[:16],
        outlet="benchmark",
        language=language,
        content_hash=digest,
        text=text,
    )


def as_trees(document: Document) -> list[Tree]:
    """What the product read, as trees of the article's own characters."""
    return [_tree(sentence, document.article.text) for sentence in document.sentences]


def _tree(sentence: Sentence, text: str) -> Tree:
    # A mark that the spelling put in has no place and is gone from the words: number them anew.
    places = {word.index: place for place, word in enumerate(sentence.words, 1)}
    heads = [places.get(word.head, 0) for word in sentence.words]
    root = heads.index(0) + 1
    tokens = []
    for place, (word, head) in enumerate(zip(sentence.words, heads, strict=True), 1):
        is_root = place == root
        tokens.append(
            Token(
                form="".join(text[word.start : word.end].split()),
                lemma=word.lemma,
                upos=word.upos,
                xpos="_",
                feats=word.feats or "_",
                head=0 if is_root else head or root,
                deprel=word.deprel if is_root or head else "dep",
            )
        )
    return Tree(tuple(tokens))
