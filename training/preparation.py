"""From the Universal Dependencies repositories to the files that models are trained on.

The files have the names that `../shared/treebanks` uses, so either folder will do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import Random

from claims.language.normalisation import Spelling, normalise
from training.augmentation import Augmentation, material
from training.conllu import Tree, read_trees, write_trees
from training.english import LONGEST, curl
from training.hindi_labels import carry, relabel
from training.lemmas import lemma_rows, write_rows
from training.running_text import Paragraph, labelled, paragraphs, write_running_text
from training.transliteration import Transliterator
from training.urdu_spelling import respell, word_speller

SEED = 7
HELD = 135
"""The last sentences of UDTB's development part: no model is trained on them."""

COPIES = 2
"""Changed copies of each sentence of UDTB beside the sentence itself."""

_URDU_WORD = re.compile("[\u0621-\u06d3]+")


def urdu_vocabulary(
    texts: Iterable[str], trees: Sequence[Tree], spelling: Spelling
) -> Counter[str]:
    """Words of plain Urdu texts with their counts; a word of a treebank counts three times."""
    characters = Spelling(characters=spelling.characters)
    words: Counter[str] = Counter()
    for text in texts:
        words.update(_URDU_WORD.findall(normalise(text, characters).text))
    for tree in trees:
        for token in tree.tokens:
            words[token.form] += 3
    return words


def prepare_urdu(
    udtb: Sequence[Path],
    development: Path,
    hdtb: Sequence[Path],
    texts: Iterable[str],
    spelling: Spelling,
    out: Path,
) -> None:
    """Write the Urdu files to ``out``.

    ``udtb`` are UDTB's parts to train on whole; of its ``development`` part the last ``HELD``
    sentences are held out. ``hdtb`` are Hindi files with the labels of Universal Dependencies 1.
    ``texts`` are plain Urdu texts, for their vocabulary.
    """
    out.mkdir(parents=True, exist_ok=True)
    spell = word_speller(spelling)
    dev = [respell(tree, spell) for tree in read_trees(development)]
    gold = [respell(tree, spell) for path in udtb for tree in read_trees(path)] + dev[:-HELD]
    held = dev[-HELD:]
    random = Random(SEED)
    change = Augmentation(material(), random).change
    copies = [[change(tree) for tree in gold] for _ in range(COPIES + 1)]
    transliterator = Transliterator(urdu_vocabulary(texts, gold, spelling))
    hindi = [
        respell(carry(relabel(tree), transliterator), spell)
        for path in hdtb
        for tree in read_trees(path)
    ]
    write_trees(gold, out / "gold-train.conllu")
    write_trees(held, out / "held.conllu")
    write_trees([*gold, *copies[0], *copies[1]], out / "gold3-train.conllu")
    write_trees(
        [change(tree) if random.random() < 0.5 else tree for tree in hindi],
        out / "hdtb-translit-train.conllu",
    )
    write_rows(lemma_rows(gold), out / "lem-train.conllu")
    printed: list[Paragraph] = []
    for trees in (gold, *copies, [change(tree) for tree in hindi[:2000]]):
        longer = [tree for tree in trees if len(tree.tokens) > 1]
        printed += paragraphs(longer, random, sizes=(1, 1, 2, 2, 3, 4, 6))
    _print(printed, out, "tok-train", random, glue=0.10)
    _print([held[at : at + 3] for at in range(0, len(held), 3)], out, "tok-dev")


def prepare_english(
    train: Sequence[Path],
    test: Mapping[str, Path],
    development: Sequence[Path],
    pud: Path,
    out: Path,
) -> None:
    """Write the English files to ``out``: EWT and GUM to train on, their test parts as well (by
    name: ``test-<name>.conllu``), 350 sentences of each of their development parts to look at, PUD
    to measure on."""
    out.mkdir(parents=True, exist_ok=True)
    random = Random(1)
    trees = [curl(tree, random) for path in train for tree in read_trees(path)]
    write_trees((t for t in trees if len(t.tokens) <= LONGEST), out / "train.conllu")
    for name, path in test.items():
        write_trees(read_trees(path), out / f"test-{name}.conllu")
    printed = _documents(trees, longest=8)
    random.shuffle(printed)
    _print(printed, out, "tok-train")
    mixed = [tree for path in development for tree in read_trees(path)[:350]]
    write_trees(mixed, out / "devmix.conllu")
    _print(_documents(mixed), out, "devmix")
    write_trees(read_trees(pud), out / "pud.conllu")


def _documents(trees: Sequence[Tree], longest: int | None = None) -> list[list[Tree]]:
    result: list[list[Tree]] = []
    for tree in trees:
        if not result or tree.begins or (longest and len(result[-1]) >= longest):
            result.append([])
        result[-1].append(tree)
    return result


def _print(
    printed: Sequence[Paragraph],
    out: Path,
    name: str,
    random: Random | None = None,
    glue: float = 0.0,
) -> None:
    blocks = (labelled(paragraph, random, glue) for paragraph in printed)
    write_running_text(blocks, out / f"{name}.txt", out / f"{name}.lab")
