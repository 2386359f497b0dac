"""What is imported in name only runs when somebody asks for it, and in the right order."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import ROOT

BEGINNING = (
    "import sys; from claims import startup; startup.own_process(); startup.before_models(); "
    "import torch; shapes = sys.modules['torch._meta_registrations']; "
    "assert type(shapes).__name__ == '_Deferred'; "
)


@pytest.mark.parametrize(
    "asks",
    ["import torch._dynamo", "assert callable(shapes.register_meta)"],
)
def test_what_pytorch_stands_on_runs_before_it_is_needed(asks: str) -> None:
    code = f"{BEGINNING}{asks}; assert type(shapes).__name__ == 'module'"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
