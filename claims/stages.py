"""Where the time goes: CPU seconds of each stage of the reading, for whoever asks.

Nobody asks in a run; a stage then costs a few hundred nanoseconds. A stage within another counts
for itself alone.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_asked: ContextVar[dict[str, float] | None] = ContextVar("stages", default=None)
_outer: ContextVar[list[float] | None] = ContextVar("outer stage", default=None)
"""The seconds of the stages within the one that runs, where one runs."""


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
    """The block, less the stages within it, is the stage ``name``."""
    seconds = _asked.get()
    if seconds is None:
        yield
        return
    outer, inner = _outer.get(), list[float]()
    token = _outer.set(inner)
    begun = time.process_time()
    try:
        yield
    finally:
        spent = time.process_time() - begun
        _outer.reset(token)
        if outer is not None:
            outer.append(spent)
        seconds[name] = seconds.get(name, 0.0) + spent - sum(inner)
