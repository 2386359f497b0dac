"""What a run tells, while it works, to whoever watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """``done`` of ``total`` articles in ``stage``; a ``total`` of 0 is not known."""

    stage: str
    done: int = 0
    total: int = 0


_watcher: ContextVar[Callable[[Step], None] | None] = ContextVar("watcher", default=None)


@contextmanager
def watched(watcher: Callable[[Step], None]) -> Iterator[None]:
    """Runs of this block tell their steps to ``watcher``.

    A flow's parameters must be values that can be stored, which a function is not.
    """
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


STAGES = (
    "starting",
    "reading",
    "annotating",
    "gathering",
    "grouping",
    "comparing",
    "publishing",
    "reporting",
)
"""How the lines begin in which a run tells what it does, in the order of its steps."""


def tell(stage: str, done: int = 0, total: int = 0) -> None:
    """Tell one step to the watcher, if there is one."""
    watcher = _watcher.get()
    if watcher is not None:
        watcher(Step(stage, done, total))
