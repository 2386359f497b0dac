"""Ctrl-C where a library stands in its way."""

from __future__ import annotations

import os
import signal
import sys
import weakref
from contextlib import suppress
from threading import Event

import pytest

from claims import interruption


def test_a_swallowed_ctrl_c_is_remembered_until_the_next_block() -> None:
    before = signal.getsignal(signal.SIGINT)
    with interruption.remembered():
        with suppress(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
        assert interruption.pressed()
        with pytest.raises(KeyboardInterrupt):
            interruption.raise_if_interrupted()
    assert signal.getsignal(signal.SIGINT) is before
    with interruption.remembered():
        assert not interruption.pressed()
        interruption.raise_if_interrupted()


def test_ctrl_c_while_an_object_is_freed_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    class Freed:
        pass

    printed: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", printed.append)
    with interruption.remembered(), pytest.raises(KeyboardInterrupt):
        freed = Freed()
        _ = weakref.ref(freed, lambda _: os.kill(os.getpid(), signal.SIGINT))
        del freed  # Python lets nothing that this raises out
        Event().wait(60)
    assert printed == []
    assert sys.unraisablehook == printed.append
