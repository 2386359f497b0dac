"""The commands of ``claims`` as a whole: what ``claims --help`` shows, and how Ctrl-C ends them."""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from claims.errors import ExitStatus

FIRST = {
    "run": "claims run 'news/*.txt'",
    "search": 'claims search "income taxes"',
    "review": "claims review",
    "doctor": "claims doctor",
}
"""The commands to begin with, in their order, each with an example."""

_NEXT = (
    "contradictions", "stories", "speakers", "sql", "export",  # looking at what there is
    "extract", "entities", "explain", "evaluate",  # articles without a database
    "schedule", "sources", "runs", "backup", "restore", "prune",  # looking after it
)  # fmt: skip
_LONGEST = 300  # characters of a command's line of help, which is folded and not cut


class CommandGroup(TyperGroup):
    """Commands of which the help shows first those to begin with, with examples, and of which each
    answers Ctrl-C with one line and the status that shells expect."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            print("claims: interrupted", file=sys.stderr)
            raise typer.Exit(ExitStatus.INTERRUPTED) from None

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Commands stand before the options, of which there are few here."""
        first = [(name, FIRST[name]) for name in FIRST if name in self.commands]
        with formatter.section("To begin with"):
            for name, example in first:
                rows = [(name.ljust(self._width), self._told(name)), ("", f"e.g. {example}")]
                formatter.write_dl(rows)
        with formatter.section("And then"):
            formatter.write_dl([(name, self._told(name)) for name in self._later()])
        super().format_options(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """``format_options`` has written them."""

    @property
    def _width(self) -> int:
        return max(map(len, self.commands))

    def _later(self) -> list[str]:
        known = [name for name in _NEXT if name in self.commands]
        return [*known, *(name for name in self.commands if name not in (*FIRST, *known))]

    def _told(self, name: str) -> str:
        return self.commands[name].get_short_help_str(_LONGEST)
