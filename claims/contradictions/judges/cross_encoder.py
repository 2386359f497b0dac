"""A judge that asks a language model: a cross-encoder for natural language inference.

The model is one of ``transformers`` (extra ``judge``) for the classification of sentence pairs,
with a label that is called contradiction, in a local folder: nothing is downloaded. As it knows
neither which statements are of one event nor in which words they conflict, it is best asked after
the rules: ``judge: [rules, cross_encoder]``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from claims.contradictions.candidate import CandidatePair, describe
from claims.contradictions.judges.judge import Judgement, PairLabel
from claims.errors import ModelError

_LABELS = {
    "disagree": PairLabel.CONTRADICT,
    "contradict": PairLabel.CONTRADICT,
    "entail": PairLabel.AGREE,
    "agree": PairLabel.AGREE,
    "update": PairLabel.UPDATE,
}
"""What is in the names of a model's labels, the first that fits; all others are neither."""

_SEES = {
    PairLabel.CONTRADICT: "a contradiction",
    PairLabel.AGREE: "agreement",
    PairLabel.UPDATE: "an older account and a newer",
    PairLabel.NEITHER: "no contradiction",
}

_LONGEST = 512
"""Word pieces of both contents together that the model reads."""

_AT_ONCE = 32
"""Pairs that go through the model at a time: what they take is padded to the longest of them."""


class CrossEncoder:
    """A ``claims.contradictions.judges.judge.Judge`` over the model in ``folder``.

    Raises ModelError where ``transformers`` is not installed, where the folder holds no such
    model, and where none of its labels is a contradiction.
    """

    def __init__(self, folder: Path) -> None:
        try:
            from transformers import AutoModelForSequenceClassification, AutoTokenizer
        except ImportError:
            raise ModelError(
                "a cross-encoder needs the package transformers: "
                "pip install 'claims[judge]', or set contradictions.judge to rules"
            ) from None
        try:
            self._tokeniser: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            self._model: Any = AutoModelForSequenceClassification.from_pretrained(
                folder, local_files_only=True
            )
        except (OSError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise ModelError(f"{folder}: no cross-encoder that can be loaded: {reason}") from None
        names: dict[int, str] = self._model.config.id2label
        self._labels = [_label(names[number]) for number in sorted(names)]
        if PairLabel.CONTRADICT not in self._labels:
            raise ModelError(
                f"{folder}: none of the model's labels is a contradiction "
                f"({', '.join(names.values())})"
            )
        self._model.eval()

    def judge_many(self, pairs: Sequence[CandidatePair]) -> list[Judgement]:
        """The label to which the model gives most of the probability, for each pair."""
        judgements: list[Judgement] = []
        for start in range(0, len(pairs), _AT_ONCE):
            judgements += self._judged(pairs[start : start + _AT_ONCE])
        return judgements

    def _judged(self, pairs: Sequence[CandidatePair]) -> list[Judgement]:
        import torch

        given = self._tokeniser(
            [one.left.quoted(one.left.pieces) for one in pairs],
            [one.right.quoted(one.right.pieces) for one in pairs],
            truncation=True,
            max_length=_LONGEST,
            padding=True,
            return_tensors="pt",
        )
        with torch.no_grad():
            shares = self._model(**given).logits.softmax(-1)
        best = shares.max(-1)
        return [
            _judgement(pair, self._labels[number], probability)
            for pair, number, probability in zip(
                pairs, best.indices.tolist(), best.values.tolist(), strict=True
            )
        ]


def _label(name: str) -> PairLabel:
    found = (label for known, label in _LABELS.items() if known in name.lower())
    return next(found, PairLabel.NEITHER)


def _judgement(pair: CandidatePair, label: PairLabel, probability: float) -> Judgement:
    sees = f"the model sees {_SEES[label]} ({probability:.0%})"
    return Judgement(label, probability, f"{describe(pair.left)}; {describe(pair.right)}: {sees}.")
