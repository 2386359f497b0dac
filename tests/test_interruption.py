"""Ctrl-C where a library stands in its way."""

from __future__ import annotations

import os
import signal
from contextlib import suppress

import pytest

from claims import interruption


def test_a_swallowed_ctrl_c_is_remembered_until_the_next_block() -> None:
    before = signal.getsignal(signal.SIGINT)
    with interruption.remembered():
        with suppress(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
        assert interruption.pressed()
        with pytest.raises(KeyboardInterrupt):
            interruption.heed()
    assert signal.getsignal(signal.SIGINT) is before
    with interruption.remembered():
        assert not interruption.pressed()
        interruption.heed()
