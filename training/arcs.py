"""The loss of Stanza's parser, with labels scored only where the treebank has an arc."""

from __future__ import annotations

from typing import Any

import torch
from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
from stanza.models.depparse.model import GraphParser
from torch import Tensor, nn
from torch.nn.functional import logsigmoid, pad, softplus


class ArcParser(GraphParser):  # type: ignore[misc]
    """The same weights and, to rounding, the same loss, of a parser that has Stanza's scores for
    order and distance.

    Stanza scores every label of every pair of words, and takes from that what the treebank's heads
    have. Only those are asked for here, a fifth of the time of a step on a CPU.
    """

    def forward(
        self,
        word: Tensor,
        word_mask: Tensor,
        wordchars: Tensor,
        wordchars_mask: Tensor,
        upos: Tensor,
        xpos: Tensor,
        ufeats: Tensor,
        pretrained: Tensor,
        lemma: Tensor,
        head: Tensor,
        deprel: Tensor,
        *order: Any,
    ) -> tuple[Tensor, list[Any]]:
        """The loss of a batch; arguments as in ``GraphParser.forward``. Only for training."""
        inputs = (word, word_mask, wordchars, wordchars_mask, upos, xpos, ufeats, pretrained, lemma)
        read = self.embed(*inputs, head, deprel, *order)
        words = word.size(1)
        places = torch.arange(words, device=head.device)
        offsets = (places[None, :] - places[:, None])[None].expand(word.size(0), -1, -1)
        before = self.linearization(self.drop(read), self.drop(read)).squeeze(3)
        guess = self.distance(self.drop(read), self.drop(read)).squeeze(3)
        far = -torch.log((torch.abs(offsets).float() - 1 - softplus(guess)) ** 2 / 2 + 1)
        arcs = self.unlabeled(self.drop(read), self.drop(read)).squeeze(3)
        arcs = arcs + logsigmoid(before * torch.sign(offsets).float()).detach() + far.detach()
        arcs = arcs.masked_fill(torch.eye(words, dtype=torch.bool, device=head.device), -torch.inf)
        arcs = arcs.masked_fill(word_mask.unsqueeze(1), -torch.inf)[:, 1:]  # the root has no head
        absent = word_mask[:, 1:]
        chosen = head.unsqueeze(2)
        loss = self.crit(arcs.flatten(0, 1), head.masked_fill(absent, -1).flatten())

        labels = (deprel - VOCAB_PREFIX_SIZE).masked_fill(absent, -1).flatten()
        loss = loss + self.crit(self._labels(read, head), labels)

        on_arc = torch.gather(before[:, 1:], 2, chosen).flatten()
        after = torch.gather((offsets[:, 1:] > 0).long(), 2, chosen).flatten()
        loss = loss + self.crit(torch.stack([-on_arc / 2, on_arc / 2], 1), after)
        loss = loss - torch.gather(far[:, 1:], 2, chosen).sum()
        return loss / wordchars.size(0), []

    def _labels(self, read: Tensor, head: Tensor) -> Tensor:
        scorer = self.deprel
        left = scorer.dropout(scorer.hidden_func(scorer.W1(self.drop(read))))[:, 1:]
        right = scorer.dropout(scorer.hidden_func(scorer.W2(self.drop(read))))
        right = torch.gather(right, 1, head.unsqueeze(2).expand(-1, -1, right.size(2)))
        bilinear = scorer.scorer.W_bilin
        one = pad(left.flatten(0, 1), (0, 1), value=1)
        other = pad(right.flatten(0, 1), (0, 1), value=1)
        both = (one @ bilinear.weight.flatten(1)).view(
            len(one), bilinear.input2_size, bilinear.output_size
        )
        return torch.bmm(other.unsqueeze(1), both).squeeze(1) + bilinear.bias


def score_arcs_only(model: nn.Module) -> None:
    """Have the parser ``model`` compute its loss as ``ArcParser`` does, in place."""
    usual = model.args["linearization"] and model.args["distance"]
    if type(model) is GraphParser and usual and not model.args.get("use_arc_embedding"):
        model.__class__ = ArcParser
