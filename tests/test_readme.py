"""The README shows what there is to see."""

from __future__ import annotations

import io
import re
from pathlib import Path

from conftest import ROOT

from claims.printing import print_report
from claims.report import Report


def test_the_readme_begins_with_the_two_commands_and_their_real_output(
    seeds_run: tuple[Path, Report],
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("    make run\n    make test\n")
    block = re.search(r"```\n(.*?)```", readme, re.DOTALL)
    assert block is not None
    out = io.StringIO()
    print_report(seeds_run[1], out)
    printed = {line.rstrip() for line in out.getvalue().split("\n")}
    shown = [line for line in block[1].split("\n") if line not in ("…", "")]
    assert len(shown) > 40
    database = re.compile("^Database: ")
    missing = [line for line in shown if line not in printed and not database.match(line)]
    assert missing == []
