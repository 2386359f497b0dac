"""The README shows what there is to see."""

from __future__ import annotations

import io
import re
from itertools import groupby
from pathlib import Path

from conftest import ROOT

from claims.cli.report import print_report
from claims.pipeline.report import Report

BEGINNING = "    make run\n    make test\n"
README = (ROOT / "README.md").read_text(encoding="utf-8")


def shown() -> list[list[str]]:
    """What the README shows of `make run`: runs of lines, cut where it says `…`."""
    block = re.search(r"```\n(.*?)\n```", README, re.DOTALL)
    assert block is not None
    parts = groupby(block[1].split("\n"), key=lambda line: line == "…")
    return [list(lines) for cut, lines in parts if not cut]


def test_the_readme_begins_with_the_two_commands_and_their_real_output(
    seeds_run: tuple[Path, Report],
) -> None:
    assert README.startswith(BEGINNING)
    out = io.StringIO()
    print_report(seeds_run[1], out)
    printed = [line.rstrip() for line in out.getvalue().split("\n")]
    at = 0
    for lines in shown():
        lines = lines[1:] if lines[0] == "" else lines  # what follows `…` may begin a part
        starts = range(at, len(printed) - len(lines) + 1)
        found = next((n for n in starts if printed[n : n + len(lines)] == lines), None)
        assert found is not None, "not printed so, or not in this place:\n" + "\n".join(lines)
        at = found + len(lines)


def test_what_it_shows_is_enough_to_see_what_this_is() -> None:
    lines = [line for part in shown() for line in part if line]
    assert 10 <= len(lines) <= 20
    assert {"Claims", "Disputes"} <= set(lines)
    assert any(line.startswith("1. ") for line in lines), "a contradiction, and why it is one"
    assert any(line.startswith("denial, score") for line in lines)
    assert "contradictions added" in lines[-1]


def test_what_this_is_and_what_is_not_for_commercial_use_stand_at_the_top() -> None:
    after = README.split("```\n", 2)[2]
    what = after.index("News articles in Urdu and English go in")
    licence = after.index("for commercial use")
    assert what < licence < after.index("## Install")
    assert "    licence: commercial\n" in after[: after.index("## Install")]
