"""A language model behind an OpenAI-compatible address: one question, one answer."""

from __future__ import annotations

import json
import os
import re
from typing import Any

from claims.config.settings import FetchingSettings, LanguageModelSettings
from claims.contradictions.judges.judge import PairLabel
from claims.contradictions.judges.language_model.answers import ModelAnswer
from claims.errors import ConfigError, FetchError, ModelError
from claims.fetching.address_guard import AddressGuard
from claims.fetching.exchange import Answer, Exchange

_LARGEST = 1_000_000
"""Bytes of an answer, with all that a model thinks before it."""

_LONGEST_REASON = 300  # characters

_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
"""What some servers leave of a model's thinking in front of its answer."""

_STATUSES = {
    401: "401: it wants a key, or another one (language_model.key)",
    403: "403: it refuses this key",
    404: "404: it knows no such model, or the address lacks its end, often /v1",
    429: "429: it is asked too often; lower language_model.at_once",
}


class ChatServer:
    """The server that ``settings`` name. Nothing but its own address is asked: a redirect is not
    followed, proxies of the environment are not used, and an answer is limited in size and time.

    Raises ConfigError where the environment variable of the key is empty or cannot be a key.
    """

    def __init__(self, settings: LanguageModelSettings) -> None:
        if settings.address is None or settings.model is None:
            raise ConfigError("contradictions.language_model needs an address and a model")
        self._url = f"{settings.address}/chat/completions"
        self._model = settings.model
        self._headers = {"Content-Type": "application/json"}
        if (key := read_key(settings)) is not None:
            self._headers["Authorization"] = f"Bearer {key}"
        bounds = FetchingSettings(
            silence=settings.timeout, longest=settings.timeout, largest=_LARGEST
        )
        # The address that the user named may be on this machine or its network; no other may.
        self._exchange = Exchange(bounds, AddressGuard(trusted=[settings.address]))

    def ask(self, instruction: str, question: str) -> ModelAnswer:
        """What the model says. Raises FetchError where the server gives no answer, and ModelError
        where its answer is not one of those that it was asked for."""
        asked = {
            "model": self._model,
            "messages": [
                {"role": "system", "content": instruction},
                {"role": "user", "content": question},
            ],
            "temperature": 0,
            "response_format": {"type": "json_object"},
        }
        # A character of an article that is half of a pair cannot be written in UTF-8: as \uXXXX.
        answer = self._exchange.ask(self._url, self._headers, json.dumps(asked).encode("ascii"))
        _refuse(answer)
        return _verdict(_content(answer.body))

    def stop(self) -> None:
        """End what is under way."""
        self._exchange.stop()

    def close(self) -> None:
        """Close what is open."""
        self._exchange.close()


def read_key(settings: LanguageModelSettings) -> str | None:
    """The key, from the environment variable that ``settings`` name; None where they name none.

    Raises ConfigError where that variable is not set, or holds what no header can.
    """
    if settings.key is None:
        return None
    value = os.environ.get(settings.key, "").strip()
    if not value:
        raise ConfigError(
            f"contradictions.language_model.key: the environment variable {settings.key} is not set"
        )
    if not re.fullmatch(r"[\x21-\x7e]+", value):
        raise ConfigError(
            f"contradictions.language_model.key: what {settings.key} holds is no key: it has "
            "spaces or letters that are not ASCII"
        )
    return value


def _refuse(answer: Answer) -> None:
    if answer.redirects:
        raise FetchError(f"{answer.status}: it sends elsewhere, which is not followed")
    if answer.status != 200:
        other = "the server failed" if answer.status >= 500 else "it refuses the question"
        raise FetchError(_STATUSES.get(answer.status, f"{answer.status}: {other}"))


def _content(body: bytes) -> str:
    try:
        told: Any = json.loads(body)
        content = told["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError):
        raise ModelError("an answer that is not a chat completion") from None
    if not isinstance(content, str):
        raise ModelError("an answer without words")
    return content


def _verdict(content: str) -> ModelAnswer:
    words = _THOUGHTS.sub("", content)
    start, end = words.find("{"), words.rfind("}") + 1
    try:
        told: Any = json.loads(words[start:end]) if start >= 0 else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise ModelError("an answer without JSON")
    label = str(told.get("label")).strip().casefold()
    if label not in set(PairLabel):
        raise ModelError(f"an unknown label, {label[:40]!r}")
    reason = told.get("reason")
    told_why = " ".join(reason.split()) if isinstance(reason, str) else ""
    return ModelAnswer(PairLabel(label), told_why[:_LONGEST_REASON])
