"""Where the time goes: CPU seconds of each stage of the reading, for whoever asks.

Nobody asks in a run; a stage then costs a few hundred nanoseconds.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_asked: ContextVar[dict[str, float] | None] = ContextVar("stages", default=None)


@contextmanager
def timed() -> Iterator[dict[str, float]]:
    """CPU seconds by stage, of the stages that run in the block, in this thread."""
    seconds: dict[str, float] = {}
    token = _asked.set(seconds)
    try:
        yield seconds
    finally:
        _asked.reset(token)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """The block is the stage ``name``. Stages do not lie within each other."""
    seconds = _asked.get()
    if seconds is None:
        yield
        return
    begun = time.process_time()
    try:
        yield
    finally:
        seconds[name] = seconds.get(name, 0.0) + time.process_time() - begun
