"""A judge that asks a language model: a cross-encoder for natural language inference.

The model is one of ``transformers`` (extra ``judge``) for the classification of sentence pairs,
with a label that is called contradiction, in a local folder: nothing is downloaded.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from claims.contradictions.judge import Judgement
from claims.contradictions.statements import Statement
from claims.errors import ModelError
from claims.model import Verdict

_LABEL = "contradict"
_LONGEST = 512


class CrossEncoder:
    """A ``claims.contradictions.judge.Judge`` over the model in ``folder``.

    Raises ModelError where ``transformers`` is not installed, where the folder holds no such
    model, and where none of its labels is a contradiction.
    """

    def __init__(self, folder: Path) -> None:
        try:
            from transformers import AutoModelForSequenceClassification, AutoTokenizer
        except ImportError:
            raise ModelError(
                "a cross-encoder needs the package transformers: "
                "pip install 'claims[judge]', or set contradictions.judge to null"
            ) from None
        try:
            self._tokeniser: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            self._model: Any = AutoModelForSequenceClassification.from_pretrained(
                folder, local_files_only=True
            )
        except (OSError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise ModelError(f"{folder}: no cross-encoder that can be loaded: {reason}") from None
        labels: dict[int, str] = self._model.config.id2label
        found = [number for number, label in labels.items() if _LABEL in label.lower()]
        if not found:
            names = ", ".join(labels.values())
            raise ModelError(f"{folder}: none of the model's labels is a contradiction ({names})")
        self._label = int(found[0])
        self._model.eval()

    def judge(self, left: Statement, right: Statement) -> Judgement:
        """Contradiction where the model gives that label most of the probability."""
        import torch

        pair = self._tokeniser(
            left.quoted(left.pieces),
            right.quoted(right.pieces),
            truncation=True,
            max_length=_LONGEST,
            return_tensors="pt",
        )
        with torch.no_grad():
            shares = self._model(**pair).logits[0].softmax(-1)
        share = float(shares[self._label])
        if int(shares.argmax()) == self._label:
            return Judgement(
                verdict=Verdict.CONTRADICTION,
                confidence=share,
                reason=f"the model sees a contradiction ({share:.0%})",
            )
        return Judgement(
            verdict=Verdict.COMPATIBLE,
            confidence=1 - share,
            reason=f"the model sees no contradiction ({share:.0%})",
        )
