"""Stanza's vocabularies, which number words, characters and features: what was asked is remembered.

The characters of a word and the features of a tag come up again and again; Stanza takes them apart
and puts them together each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

LIMIT = 50_000
"""Answers that are remembered; the longest unused one is forgotten first."""


def remembering(vocab: Any) -> None:
    """Let the vocabularies of characters, tags and features remember; ``vocab`` holds them by name.

    Lists that come out are shared: whoever asks does not write to them, and Stanza does not.
    """
    for name in ("char", "xpos", "feats"):
        if name in vocab.keys():  # noqa: SIM118 (Stanza's holder is no mapping)
            one = vocab[name]
            if name == "char":
                one.map = _of_list(one.map)
            else:
                one.id2unit = _of_list(one.id2unit)
                one.unit2id = lru_cache(LIMIT)(one.unit2id)


def _of_list(asked: Callable[[Any], Any]) -> Callable[[Any], Any]:
    @lru_cache(LIMIT)
    def answer(given: tuple[Any, ...]) -> Any:
        return asked(list(given))

    def ask(given: Any) -> Any:
        return answer(tuple(given)) if isinstance(given, Iterable) else asked(given)

    return ask
