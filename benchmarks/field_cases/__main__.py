"""What papers print and users reported: `python -m benchmarks.field_cases [--own] [--wrong]`.

Reads the inputs of ``../shared/field-cases`` and prints how many of each kind come out right, and
with ``--own`` the same for the texts of ``tests/reported_speech``, which were written before the
kinds were mended (how many were right then stands beside it). ``--wrong`` names each case that is
wrong and says why; other arguments are kinds to look at, by the beginning of their names. The last
line is one JSON object with all figures. Status 1 where the inputs are not there.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.field_cases.cases import EXPECTED, INPUTS, OWN, Kind, read
from benchmarks.field_cases.checks import CHECKS
from claims.errors import ClaimsError


def checked(kinds: Sequence[Kind]) -> list[tuple[Kind, list[str | None]]]:
    """Each kind with what is wrong with its cases; kinds of one check are read in one go."""
    wrong: dict[int, list[str | None]] = {}
    for name, check in CHECKS.items():
        numbers = [n for n, kind in enumerate(kinds) if kind.check == name]
        found = iter(check([case for n in numbers for case in kinds[n].cases]) if numbers else ())
        for n in numbers:
            wrong[n] = [next(found) for _ in kinds[n].cases]
    return [(kind, wrong[n]) for n, kind in enumerate(kinds)]


def show(screen: Console, title: str, kinds: Sequence[Kind], tell: bool) -> dict[str, object]:
    """Print the table of some kinds; the figures by kind."""
    table = Table("kind", "cases", "right", "wrong", "before", title=title)
    figures: dict[str, object] = {}
    total = [0, 0]
    for kind, wrong in checked(kinds):
        right = sum(each is None for each in wrong)
        total = [total[0] + right, total[1] + len(wrong)]
        before = "" if kind.before is None else str(kind.before)
        table.add_row(kind.kind, str(len(wrong)), str(right), str(len(wrong) - right), before)
        figures[kind.kind] = {"cases": len(wrong), "right": right, "before": kind.before}
        for number, (case, reason) in enumerate(zip(kind.cases, wrong, strict=True), start=1):
            if tell and reason is not None:
                name = case.file or f"{number}: {case.words.split(chr(10))[0][:60]}"
                screen.print(f"{kind.kind}, {name}: {reason}", markup=False, highlight=False)
    table.add_row("all", str(total[1]), str(total[0]), str(total[1] - total[0]), "")
    screen.print(table)
    return figures


def main(arguments: list[str]) -> int:
    """Print the tables and one JSON line."""
    screen = Console(width=max(Console().width, 120))
    names = [each for each in arguments if not each.startswith("--")]

    def chosen(kinds: Sequence[Kind]) -> list[Kind]:
        return [k for k in kinds if not names or any(k.kind.startswith(name) for name in names)]

    figures: dict[str, object] = {}
    status = 0
    try:
        if "--own" in arguments:
            figures["own"] = show(
                screen, "tests/reported_speech", chosen(read(OWN)), "--wrong" in arguments
            )
        if INPUTS.is_dir():
            figures["field"] = show(
                screen, "field cases", chosen(read(EXPECTED)), "--wrong" in arguments
            )
        else:
            screen.print(f"{INPUTS}: not there; the cases that users reported are skipped")
            status = 1
    except ClaimsError as error:
        screen.print(str(error))
        return 1
    print(json.dumps(figures, ensure_ascii=False))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
