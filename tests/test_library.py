"""`import claims`: what docs/library.md shows, and what it leaves alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

import claims

PAGE = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(python|text)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)

EMBEDDING = '''
import contextlib, gc, io, json, os, sys


def state():
    """What a whole process shares, and a library must not touch."""
    deferred = [
        name
        for name in ("stanza", "networkx", "requests")
        if name in sys.modules and type(sys.modules[name]).__name__ != "module"
    ]
    return {
        "threshold": gc.get_threshold(),
        "frozen": gc.get_freeze_count(),
        "environment": dict(os.environ),
        "pandas": "pandas" in sys.modules,
        "deferred": deferred,
    }


before = state()
import flows

printed, names = [], {}
for block in json.loads(sys.argv[1]):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(block, "docs/library.md", "exec"), names)
    printed.append(out.getvalue())
json.dump({"before": before, "after": state(), "printed": printed}, sys.stdout)
'''


def python(code: str, *arguments: str, folder: Path = ROOT) -> str:
    """What a fresh process prints."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The examples of the page, run one after the other in a process that does nothing else."""
    examples = [block for kind, block in BLOCKS if kind == "python"]
    folder = tmp_path_factory.mktemp("library")
    found: dict[str, Any] = json.loads(python(EMBEDDING, json.dumps(examples), folder=folder))
    return found


def test_the_page_prints_what_it_says(embedded: dict[str, Any]) -> None:
    assert embedded["printed"] == [block for kind, block in BLOCKS if kind == "text"]
    assert len(embedded["printed"]) == 4


def test_the_process_stays_as_it_was(embedded: dict[str, Any]) -> None:
    assert embedded["after"] == embedded["before"]
    assert embedded["after"]["frozen"] == 0
    assert embedded["after"]["deferred"] == []


def test_the_command_line_spares_its_own_process() -> None:
    code = (
        "import gc, sys\nfrom claims.cli.main import main\n"
        "sys.argv = ['claims', '--version']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(gc.get_threshold()[0], sys.modules.get('pandas', 'there'))"
    )
    threshold, pandas = python(code).splitlines()[-1].split()
    assert int(threshold) > 1000
    assert pandas == "None"


def test_importing_loads_nothing_heavy() -> None:
    code = (
        "import sys\nbefore = set(sys.modules)\nimport claims\n"
        "print(sorted(name.partition('.')[0] for name in set(sys.modules) - before))\n"
        "claims.Article\nprint(sorted({'torch', 'stanza', 'duckdb', 'httpx'} & set(sys.modules)))"
    )
    first, later = python(code).splitlines()
    light = {"__future__", "claims", "importlib", "warnings"}
    assert set(json.loads(first.replace("'", '"'))) <= light
    assert later == "[]"


def test_every_public_name_is_there_and_typed() -> None:
    assert set(claims.__all__) <= set(dir(claims))
    for name in claims.__all__:
        assert getattr(claims, name) is not None
    with pytest.raises(AttributeError, match="'claims' has no attribute 'nothing'"):
        _ = claims.nothing  # type: ignore[attr-defined]
    source = (ROOT / "claims" / "__init__.py").read_text(encoding="utf-8")
    typed = set(re.findall(r"^    from \S+ import (\w+) as \1$", source, re.MULTILINE))
    assert typed == set(claims.__all__) - {"__version__"}
    assert (ROOT / "claims" / "py.typed").is_file()
