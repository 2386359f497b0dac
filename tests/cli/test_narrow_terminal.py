"""A terminal of eighty columns: what matters is there, whole."""

from __future__ import annotations

import fcntl
import os
import re
import struct
import termios
import tty
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from typing import TextIO

from building import Said, analysed, contradiction
from typer.testing import CliRunner

from claims.cli.command_group import FIRST
from claims.cli.disputes import print_disputes, print_pairs
from claims.cli.main import app
from claims.cli.runs import print_runs
from claims.disputes.regroup import regroup
from claims.model import Span, Stance
from claims.pipeline.report import reported_disputes
from claims.store.articles import save
from claims.store.contradictions import save_contradictions
from claims.store.database import Database
from claims.store.history import Run


def seen(shown: Callable[[TextIO], object]) -> list[str]:
    """The lines that ``shown`` writes to a real terminal of 80 columns."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)  # as written, without carriage returns
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    said = bytearray()
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
        shown(terminal)
        terminal.flush()
        os.set_blocking(ours, False)
        with closing(os.fdopen(ours, "rb", buffering=0)) as reading:
            while piece := reading.read(1 << 16):
                said += piece
    return re.sub("\x1b\\[[0-9;]*m", "", said.decode()).split("\n")


def test_runs_have_their_headers_and_figures_whole() -> None:
    run = Run(
        run_id="0123456789abcdef", started_at=datetime(2026, 11, 30, 4, 5, tzinfo=UTC),
        finished_at=None, status="interrupted", seconds=3540.0, articles=12345678, claims=123456,
        contradictions=12345, failures=123456, warnings=2, scheduled_for=None, late=None,
        error="the machine went down in the middle of it all",
    )  # fmt: skip
    heads, _, row, notes, *_ = seen(lambda terminal: print_runs([run], terminal))
    told = "run", "began (UTC)", "took", "status", "articles", "claims", "pairs", "failed"
    assert re.split(" {2,}", heads.strip()) == list(told)
    assert row.split() == [
        "01234567", "2026-11-30", "04:05", "59", "min", "interrupted", "12345678", "123456",
        "12345", "123456",
    ]  # fmt: skip
    assert notes == "01234567  2 warnings; the machine went down in the middle of it all"


def test_what_is_contested_is_shown_with_outlet_day_and_the_words_in_conflict(
    database: Database,
) -> None:
    long = "that after months of talks with the provinces and the water board, " * 3
    report = analysed(
        f"The mayor said {long}the dam will open in May.\n",
        [Said(f"{long}the dam will open in May", "The mayor", stance=Stance.REPORT)],
        outlet="The Gazette of the Northern Districts",
        published_at=datetime(2024, 3, 2),
    )
    denial = analysed(
        "The minister denied that the dam will open in May.\n",
        [Said("that the dam will open in May", "The minister", "denied", stance=Stance.DENY)],
        outlet="Herald",
    )
    found = contradiction(report.claims[0], denial.claims[0])
    at = report.document.article.text.index("open in May")
    found = found.model_copy(update={"left_words": (Span(start=at, end=at + 11),)})
    save(database, [report, denial])
    save_contradictions(database, [found])
    regroup(database)
    disputes, conflicting = reported_disputes(database)
    assert conflicting[report.claims[0].claim_id] == ("open in May",)
    for shown in (
        seen(lambda terminal: print_disputes(disputes, conflicting, terminal)),
        seen(lambda terminal: print_pairs(disputes[0].pairs, conflicting, terminal)),
    ):
        assert max(map(len, shown)) <= 80
        told = " ".join(" ".join(shown).split())
        for words in ("2024-03-02", "Herald, undated", "Northern", "open in May", "…"):
            assert words in told


def test_the_help_begins_with_what_to_begin_with() -> None:
    told = CliRunner().invoke(app, ["--help"], terminal_width=80).stdout
    lines = [line.strip() for line in told.split("\n")]
    begun = lines[lines.index("To begin with:") + 1 : lines.index("And then:")]
    there = [name for name in FIRST if re.search(rf"^  {name} ", told, re.MULTILINE)]
    assert [one.split()[0] for one in begun if one.split()[:1] and one.split()[0] in FIRST] == there
    assert there[0] == "run" and there[-2:] == ["review", "doctor"]
    assert [one for one in begun if one.startswith("e.g. ")] == [f"e.g. {FIRST[n]}" for n in there]
    assert max(map(len, lines)) <= 80 and not any(line.endswith("...") for line in lines[5:])
