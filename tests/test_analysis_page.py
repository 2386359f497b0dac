"""The page for analysts does what it shows: its commands and its blocks of Python are run."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

PAGE = (ROOT / "docs" / "analysis.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = re.findall(r"^    (claims [a-z].*)$", PAGE, re.MULTILINE)
WANTED = {"pandas": r"\.df\(\)|\bpd\.|\bask\(", "pyarrow": r"pd\.read_parquet"}
"""What a block needs besides this package, by what stands in it."""


def can_run(block: str) -> bool:
    return all(
        importlib.util.find_spec(package) is not None
        for package, words in WANTED.items()
        if re.search(words, block)
    )


def test_the_commands_and_blocks_of_the_page_work(seeds_path: Path, tmp_path: Path) -> None:
    for name in ("claims.duckdb", "claims.snapshot.duckdb"):
        shutil.copy(seeds_path.with_name(name), tmp_path / name)
    # The command as it is installed beside this Python.
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    given = {"cwd": tmp_path, "env": env, "capture_output": True, "text": True}
    assert len(COMMANDS) >= 3
    for line in COMMANDS:
        done = subprocess.run(shlex.split(line), **given)  # type: ignore[call-overload]
        assert done.returncode == 0, f"{line}: {done.stderr}"
    script = "\n".join(block for block in BLOCKS if can_run(block))
    assert "read_parquet" in script and "extract" in script
    done = subprocess.run([sys.executable, "-c", script], **given)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stderr
    assert "speaker" in done.stdout
