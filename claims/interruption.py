"""Ctrl-C, remembered: libraries on its way may swallow it, or make another error of it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from signal import pthread_kill
from threading import Event, Timer, main_thread
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_pressed = Event()


_SOON = 0.05
"""Seconds after which a Ctrl-C that nobody could hear comes again."""


@contextmanager
def remembered() -> Iterator[None]:
    """In this block, in the main thread, ``pressed`` tells of every Ctrl-C, which still raises.

    Where it cannot, in what Python calls while it frees an object, Python would print a traceback
    and go on as if nothing had come: here it comes again a moment later.
    """
    _pressed.clear()
    before, unraisable = signal.signal(signal.SIGINT, _remember), sys.unraisablehook
    again: list[Timer] = []

    def hook(what: UnraisableHookArgs) -> None:
        if isinstance(what.exc_value, KeyboardInterrupt):
            again.append(Timer(_SOON, pthread_kill, (main_thread().ident, signal.SIGINT)))
            again[-1].start()
        else:
            unraisable(what)

    sys.unraisablehook = hook
    try:
        yield
    finally:
        for timer in again:
            timer.cancel()
        sys.unraisablehook = unraisable
        signal.signal(signal.SIGINT, before)


def pressed() -> bool:
    """Whether Ctrl-C came in the block of ``remembered``, whatever was raised since."""
    return _pressed.is_set()


def raise_if_interrupted() -> None:
    """Raise KeyboardInterrupt where Ctrl-C came and something has swallowed it."""
    if pressed():
        raise KeyboardInterrupt


def _remember(number: int, frame: FrameType | None) -> None:
    _pressed.set()
    signal.default_int_handler(number, frame)
