"""What makes training faster is the same training: the same loss, and the same way down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from stanza.models.common.pretrain import Pretrain
from stanza.models.depparse.data import DataLoader
from stanza.models.depparse.trainer import GraphTrainer, Trainer, unpack_batch
from stanza.utils.conll import CoNLL
from test_training_data import ASKED, FULL

from claims.language.pipelines import BUNDLED
from training.arcs import ArcParser, score_arcs_only
from training.characters import SummedCharacters, sum_characters
from training.conllu import write_trees

URDU = BUNDLED / "ur"


@pytest.fixture
def trainer() -> GraphTrainer:
    vectors = Pretrain(str(URDU / "pretrain.pt"))
    made = Trainer.load(str(URDU / "depparse.pt"), vectors, device="cpu")
    made.model.float()
    return made


@pytest.fixture
def batch(trainer: GraphTrainer, tmp_path: Path) -> Any:
    """Two sentences, one of them three times, as the parser learns from them."""
    path = tmp_path / "trees.conllu"
    write_trees([ASKED, FULL, ASKED, ASKED], path)
    document = CoNLL.conll2doc(input_file=str(path))
    vectors = Pretrain(str(URDU / "pretrain.pt"))
    (batch,) = DataLoader(document, 500, trainer.args, vectors, vocab=trainer.vocab)
    return batch


def step(trainer: GraphTrainer, batch: Any) -> tuple[float, dict[str, torch.Tensor]]:
    """The loss of a batch and the gradient of every weight."""
    inputs, _, places, lengths, word_lengths, text = unpack_batch(batch, "cpu")
    trainer.model.zero_grad()
    loss, _ = trainer.model.loss(*inputs, places, lengths, word_lengths, text)
    loss.backward()
    weights = trainer.model.named_parameters()
    return float(loss.detach()), {name: w.grad.clone() for name, w in weights if w.grad is not None}


def test_a_faster_step_of_the_parser_is_the_same_step(trainer: GraphTrainer, batch: Any) -> None:
    model = trainer.model.train()
    for part in model.modules():  # noise would make two equal steps differ
        if isinstance(part, torch.nn.Dropout):
            part.p = 0.0
    model.worddrop.dropprob = 0.0
    loss, gradients = step(trainer, batch)
    sum_characters(model)
    score_arcs_only(model)
    assert type(model) is ArcParser
    assert type(model.charmodel) is SummedCharacters
    faster, same = step(trainer, batch)
    assert faster == pytest.approx(loss, rel=1e-5)
    assert same.keys() == gradients.keys()
    assert any(bool(gradient.any()) for gradient in gradients.values())
    for name, gradient in gradients.items():
        torch.testing.assert_close(same[name], gradient, rtol=1e-4, atol=1e-6, msg=name)
