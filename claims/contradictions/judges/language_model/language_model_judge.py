"""A judge that asks a language model about what another judge found."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Self

from claims.config.settings import ContradictionSettings
from claims.contradictions.candidate import CandidatePair
from claims.contradictions.found_pair import contradiction_id
from claims.contradictions.judges.judge import Judgement, PairLabel
from claims.contradictions.judges.language_model.answers import (
    AnswerKey,
    AnswerMemory,
    ModelAnswer,
)
from claims.contradictions.judges.language_model.chat_server import ChatServer, read_key
from claims.contradictions.judges.language_model.prompt import Prompt, load_prompt
from claims.errors import FetchError, ModelError
from claims.model import ContradictionKind

_PATIENCE = 5
"""Failures in a row after which a server is asked no more: a run must not wait a timeout for each
of thousands of pairs."""

_SAYS = {
    PairLabel.AGREE: "both say the same",
    PairLabel.NEITHER: "they do not contradict each other",
}


class LanguageModelJudge:
    """A ``claims.contradictions.judges.judge.SecondJudge``.

    What the first judge is sure enough of (``ContradictionSettings.least``) is asked about, once
    for each pair, model and wording. Where the model sees no conflict there is none; where it does,
    the score stays that of the first judge, as a model's word for how sure it is is worth little. A
    pair that it does not answer about stays as it was, and ``notices`` says so.
    """

    def __init__(self, settings: ContradictionSettings, prompt: Prompt) -> None:
        self._settings = settings.language_model
        self._least = settings.least
        self._prompt = prompt
        self._lock = threading.Lock()
        self._failures: Counter[str] = Counter()
        self._in_a_row = 0
        self._unasked = 0
        self._unanswered: set[str] = set()

    @classmethod
    def of(cls, config: Path, settings: ContradictionSettings) -> Self:
        """The judge with the prompt of a configuration folder; raises ConfigError."""
        read_key(settings.language_model)  # one that is missing is told before anything is asked
        return cls(settings, load_prompt(config))

    @property
    def unanswered(self) -> frozenset[str]:
        """The articles of the pairs that it did not answer about."""
        return frozenset(self._unanswered)

    @property
    def notices(self) -> tuple[str, ...]:
        """One line where pairs were left as the judge before had them, and why."""
        failed = sum(self._failures.values())
        if not failed:
            return ()
        why = "; ".join(f"{reason} ({count})" for reason, count in self._failures.most_common(3))
        unasked = (
            f", after which it was not asked about {self._unasked} more" if self._unasked else ""
        )
        return (
            f"language_model at {self._settings.address}: no answer about {failed} "
            f"pair{'' if failed == 1 else 's'}{unasked}: {why}; what the judge before it found "
            "there stands, and the next run asks again",
        )

    def judge_many(self, pairs: Sequence[CandidatePair]) -> list[Judgement]:
        """What the model says of pairs that nobody judged before; ``neither`` where it says
        nothing."""
        unknown = Judgement(PairLabel.CONTRADICT, 1.0)
        judged = self.reconsider(pairs, [unknown] * len(pairs))
        silent = Judgement(PairLabel.NEITHER, 0.5, "the language model did not answer")
        return [silent if one is unknown else one for one in judged]

    def reconsider(
        self, pairs: Sequence[CandidatePair], judged: Sequence[Judgement]
    ) -> list[Judgement]:
        """The judgements that stand when the model was asked, one for each of ``pairs``.

        Raises DatabaseError where answers cannot be kept.
        """
        answers: dict[int, ModelAnswer] = {}
        likely = [at for at, one in enumerate(judged) if one.conflicts and one.score >= self._least]
        if likely:
            path = self._settings.answers
            with closing(AnswerMemory(None if path is None else Path(path))) as memory:
                answers = self._answers(pairs, likely, memory)
        for at in likely:
            if at not in answers:
                self._unanswered |= pairs[at].articles
        return [
            _reconsidered(one, answers[at]) if at in answers else one
            for at, one in enumerate(judged)
        ]

    def _answers(
        self, pairs: Sequence[CandidatePair], likely: Sequence[int], memory: AnswerMemory
    ) -> dict[int, ModelAnswer]:
        found: dict[int, ModelAnswer] = {}
        open_ones: list[tuple[int, AnswerKey, str]] = []
        for at in likely:
            question = self._prompt.asks(pairs[at])
            key = self._key(pairs[at], question)
            known = memory.find(key)
            if known is None:
                open_ones.append((at, key, question))
            else:
                found[at] = known
        if not open_ones:
            return found
        with closing(ChatServer(self._settings)) as server:

            def ask(one: tuple[int, AnswerKey, str]) -> None:
                at, key, question = one
                answer = self._asked(server, question)
                if answer is not None:
                    memory.keep(key, answer)
                    found[at] = answer

            pool = ThreadPoolExecutor(self._settings.at_once, thread_name_prefix="language-model")
            try:
                for _ in pool.map(ask, open_ones):
                    pass
            except BaseException:
                server.stop()
                raise
            finally:
                pool.shutdown(cancel_futures=True)
        return found

    def _asked(self, server: ChatServer, question: str) -> ModelAnswer | None:
        with self._lock:
            if self._in_a_row >= _PATIENCE:
                self._unasked += 1
                return None
        try:
            answer = server.ask(self._prompt.instruction, question)
        except (FetchError, ModelError) as error:
            with self._lock:
                self._failures[str(error)] += 1
                self._in_a_row += 1
            return None
        with self._lock:
            self._in_a_row = 0
        return answer

    def _key(self, pair: CandidatePair, question: str) -> AnswerKey:
        words = "\0".join((self._prompt.instruction, question))
        return AnswerKey(
            contradiction_id(pair.left.claim_id, pair.right.claim_id),
            str(self._settings.model),
            hashlib.sha256(words.encode("utf-8", "backslashreplace")).hexdigest(),
        )


def _reconsidered(before: Judgement, answer: ModelAnswer) -> Judgement:
    reason = f": {answer.reason}" if answer.reason else ""
    if answer.label not in _SAYS:
        update = answer.label is PairLabel.UPDATE
        kind = before.kind
        if update:
            kind = ContradictionKind.SUPERSEDED
        elif kind is ContradictionKind.SUPERSEDED:
            kind = None
        sees = "an older account and a newer" if update else "a contradiction"
        told = f"{before.explanation} A language model sees {sees}{_ended(reason)}".lstrip()
        return replace(before, label=answer.label, kind=kind, explanation=told)
    return Judgement(answer.label, before.score, f"{_SAYS[answer.label]}{_ended(reason)}")


def _ended(words: str) -> str:
    """With a full stop, unless a sentence ends there."""
    return words if words.endswith((".", "!", "?", "۔", "؟")) else f"{words}."
