"""How likely each engine's version of an attribution is right: learned, apart for each language."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

from claims.config.yaml_file import Checked, load
from claims.errors import ConfigError
from claims.language.encoder.weights import BUNDLED, LIKELIHOODS


class Terms(Checked):
    """A logistic regression: ``base``, ``sure`` for the log odds of the encoder's own confidence,
    ``object`` where the lexicon read the cue with its object (X نے C کی تردید کی), and ``named``
    where the version has a source."""

    base: float = 0.0
    sure: float = 0.0
    object: float = 0.0
    named: float = 0.0

    def likelihood(self, confidence: float | None, of_object: bool, named: bool) -> float:
        """How likely a version is right; ``confidence`` is the encoder's, None where it saw
        nothing."""
        total = self.base + self.object * of_object + self.named * named
        if confidence is not None:
            total += self.sure * log_odds(confidence)
        return 1 / (1 + math.exp(-total))


class Likelihoods(Checked):
    """The terms of one language: where both engines agree on source and content, for each version
    where they differ, and for what one of them found alone."""

    agreed: Terms
    lexicon_differs: Terms
    encoder_differs: Terms
    lexicon_alone: Terms
    encoder_alone: Terms


class _Languages(Checked):
    languages: dict[str, Likelihoods]


def log_odds(confidence: float) -> float:
    """The log odds of a confidence, within those of one in ten thousand."""
    sure = min(max(confidence, 1e-4), 1 - 1e-4)
    return math.log(sure / (1 - sure))


@cache
def _languages(encoder: Path) -> dict[str, Likelihoods]:
    return load(encoder / LIKELIHOODS, _Languages).languages


def likelihoods_of(language: str, encoder: Path = BUNDLED) -> Likelihoods:
    """What was learned for a language with the encoder of a folder; raises ConfigError where
    nothing was."""
    languages = _languages(encoder)
    try:
        return languages[language]
    except KeyError:
        raise ConfigError(
            f"nobody has learned which engine is likelier right in {language!r} (only in "
            f"{', '.join(languages)}); choose another `spans` for it in pipeline.yaml"
        ) from None
