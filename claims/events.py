"""What a run tells while it works: events with facts, as lines for people or as JSON Lines.

Events go through Python's logging under the name ``claims``: whoever sets up nothing hears nothing.
"""

from __future__ import annotations

import json
import logging
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import TextIO

from claims.errors import ClaimsError
from claims.terminal import json_line, printable

_logger = logging.getLogger("claims")
_logger.addHandler(logging.NullHandler())
_logger.propagate = False  # Prefect's handlers at the root would print what the command tells


class LogFormat(StrEnum):
    """How runs tell what they do: lines for people, or JSON Lines for programs."""

    TEXT = "text"
    JSON = "json"


class Journal:
    """The events of one run."""

    def __init__(self, run_id: str) -> None:
        self.run_id = run_id
        self._began = time.monotonic()

    def tell(self, event: str, **facts: object) -> None:
        """One event with what there is to know of it; facts are values of JSON."""
        self._log(logging.INFO, event, facts)

    def warn(self, line: str) -> None:
        """Something that a person should look at, which stops nothing."""
        self._log(logging.WARNING, "warning", {"warning": line})

    def fail(self, event: str, **facts: object) -> None:
        """Something that went wrong."""
        self._log(logging.ERROR, event, facts)

    def _log(self, level: int, event: str, facts: Mapping[str, object]) -> None:
        _logger.log(level, event, extra={"run": self.run_id, "facts": facts})

    def seconds(self) -> float:
        """How long the run has been going on."""
        return round(time.monotonic() - self._began, 3)

    @contextmanager
    def stage(self, name: str) -> Iterator[dict[str, object]]:
        """Tell of a stage when it is through, with its seconds and the facts put into the dict."""
        began, facts = time.monotonic(), dict[str, object]()
        yield facts
        seconds = round(time.monotonic() - began, 3)
        self._log(logging.INFO, "stage", {"stage": name, **facts, "seconds": seconds})


class _JsonLines(logging.Formatter):
    """``{"at": …, "level": …, "run": …, "event": …, …facts}``, one object a line."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "run": getattr(record, "run", None),
            "event": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        return json_line(json.loads(json.dumps(told, default=str)))


class _PlainLines(logging.Formatter):
    """``2026-11-22T14:00:03Z 1f0c2ab9 stage: reading, articles 12, seconds 3.2``."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        event = record.getMessage()
        facts = dict(getattr(record, "facts", {}))
        trace = str(facts.pop("traceback", "")).rstrip()
        told = ", ".join(
            str(value) if key == event else f"{key} {value}"
            for key, value in facts.items()
            if value not in ("", None)
        )
        run = str(getattr(record, "run", ""))[:8]
        level = "" if record.levelno < logging.WARNING else f"{record.levelname} "
        line = f"{at} {run} {level}{event}: {told}" if told else f"{at} {run} {level}{event}"
        return printable(" ".join(line.split()) + (f"\n{trace}" if trace else ""))


def listen(form: LogFormat, out: TextIO) -> None:
    """Write every event of this process to ``out`` from now on, a line each."""
    handler = logging.StreamHandler(out)
    handler.setFormatter(_JsonLines() if form is LogFormat.JSON else _PlainLines())
    _logger.handlers = [handler]
    _logger.setLevel(logging.INFO)


def one_line(error: BaseException) -> str:
    """An error in one line: its words, and its kind where it is none that is meant for users."""
    words = " ".join(str(error).split())
    return words if isinstance(error, ClaimsError) else f"{type(error).__name__}: {words}"


def trace(error: BaseException) -> str:
    """Where an error came from, for whoever mends it; empty for one that is meant for users."""
    known = isinstance(error, ClaimsError)
    return "" if known else "".join(traceback.format_exception(error))
