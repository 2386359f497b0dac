"""Ctrl-C, remembered: libraries on its way may swallow it, or make another error of it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

_pressed = Event()


@contextmanager
def remembered() -> Iterator[None]:
    """In this block, in the main thread, ``pressed`` tells of every Ctrl-C, which still raises."""
    _pressed.clear()
    before = signal.signal(signal.SIGINT, _remember)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def pressed() -> bool:
    """Whether Ctrl-C came in the block of ``remembered``, whatever was raised since."""
    return _pressed.is_set()


def heed() -> None:
    """Raise KeyboardInterrupt where Ctrl-C came and something has swallowed it."""
    if pressed():
        raise KeyboardInterrupt


def _remember(number: int, frame: FrameType | None) -> None:
    _pressed.set()
    signal.default_int_handler(number, frame)
