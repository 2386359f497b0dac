"""What a language model answered, in a small SQLite file: nothing is asked twice."""

from __future__ import annotations

import time
from pathlib import Path
from typing import NamedTuple

from claims.contradictions.judges.judge import PairLabel
from claims.fetching.memory_file import MemoryFile, beside

_KEEP_DAYS = 365.0

_TABLE = """
CREATE TABLE IF NOT EXISTS answers (
    pair TEXT NOT NULL,
    model TEXT NOT NULL,
    asked TEXT NOT NULL,
    label TEXT NOT NULL,
    reason TEXT NOT NULL,
    answered_at REAL NOT NULL,
    used_at REAL NOT NULL,
    PRIMARY KEY (pair, model, asked)
)
"""

_FORGET = "DELETE FROM answers WHERE used_at < ?"


class ModelAnswer(NamedTuple):
    """How a pair stands in the eyes of a language model, and why, in one line."""

    label: PairLabel
    reason: str


class AnswerKey(NamedTuple):
    """What an answer is to: the pair's identifier, the model's name, and a hash of all words that
    it was asked in, the prompt's and the statements'."""

    pair: str
    model: str
    asked: str


def answers_path(database: Path) -> Path:
    """Where answers about a database's pairs lie: ``x.duckdb`` → ``x.answers.sqlite``."""
    return beside(database, "answers")


class AnswerMemory(MemoryFile):
    """The file at ``path``, or, for None, a memory that lasts until it is closed.

    What was not asked for in a year is forgotten.
    """

    def __init__(self, path: Path | None) -> None:
        what = "what a language model answered"
        super().__init__(path, table=_TABLE, forget=_FORGET, keep_days=_KEEP_DAYS, what=what)

    def find(self, key: AnswerKey) -> ModelAnswer | None:
        """What was answered, None where that is not known."""
        with self._guarded():
            row = self._connection.execute(
                "UPDATE answers SET used_at = ? WHERE pair = ? AND model = ? AND asked = ? "
                "RETURNING label, reason",
                (time.time(), *key),
            ).fetchone()
        if row is None or row[0] not in set(PairLabel):
            return None
        return ModelAnswer(PairLabel(row[0]), str(row[1]))

    def keep(self, key: AnswerKey, answer: ModelAnswer) -> None:
        """Keep an answer in the place of what was."""
        now = time.time()
        with self._guarded():
            self._connection.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*key, answer.label.value, answer.reason, now, now),
            )
