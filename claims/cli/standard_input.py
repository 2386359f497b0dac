"""Standard input as an article: ``-`` among the files of a command."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from claims.model import Article, Failure

T = TypeVar("T")
NAME = "-"


class Files:
    """What a command is to read: ``names``, where a file stands for standard input."""

    def __init__(self, names: Sequence[str], standing: str) -> None:
        self.names = [standing if name == NAME else name for name in names]
        self._standing = standing

    def called(self, found: T) -> T:
        """An article or failure of standard input under the name that the user gave it."""
        if isinstance(found, Article) and found.path == self._standing:
            return found.model_copy(update={"path": NAME})
        if isinstance(found, Failure) and found.input == self._standing:
            return found.model_copy(update={"input": NAME})
        return found


@contextmanager
def with_standard_input(names: Sequence[str]) -> Iterator[Files]:
    """``names``, of which ``-`` is what standard input says until it ends: a plain text, a page or
    a feed. It is kept in a temporary file during the block."""
    with tempfile.TemporaryDirectory(prefix="claims-") as folder:
        standing = Path(folder, "standard-input")
        if NAME in names:
            with standing.open("wb") as file:
                shutil.copyfileobj(sys.stdin.buffer, file)
        yield Files(names, str(standing))
