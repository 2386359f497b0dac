"""Commands to a terminal that stand in articles, names of files and decisions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hostile import ESCAPES, MINISTER, claims, copied, made  # noqa: F401

STYLES = re.compile(r"\x1b\[[0-9;]*m|\x1b\[\?25[hl]|\x1b\[K")
"""What our own tables say to a terminal: colours, and its cursor."""

COMMANDS = {
    "sql": ("sql", 'SELECT outlet, path, content_text, speaker AS "\x1b[1mname" FROM claims'),
    "sql csv": ("sql", "SELECT path, speaker FROM claims", "--format", "csv"),
    "sql json": ("sql", "SELECT path, speaker FROM claims", "--format", "json"),
    "contradictions": ("contradictions",),
    "contradictions jsonl": ("contradictions", "--format", "jsonl"),
    "runs show": ("runs", "show", "last"),
    "failures": ("runs", "failures"),
    "speakers": ("speakers", "show", MINISTER.speaker_id),
    "speakers jsonl": ("speakers", "list", "--format", "jsonl"),
    "prune": ("prune", "--older-than", "1d", "--dry-run"),
    "wrong name": ("restore", f"no{ESCAPES}thing.zip"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_escapes_are_shown_and_not_obeyed(database: Path, name: str) -> None:
    done = claims(*COMMANDS[name], "--database", database, terminal=True)
    shown = STYLES.sub("", done.out)
    assert "Traceback" not in shown
    assert len(shown) > 20
    steering = [one for one in shown if one in "\u202e" or (one < " " and one not in "\r\n\t")]
    steering += [one for one in shown if "\x7f" <= one <= "\x9f"]
    assert steering == [], shown
