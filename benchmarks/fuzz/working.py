"""The process that tries one target, and the one that watches it.

``python -m benchmarks.fuzz.working TARGET FOLDER`` reads numbers from standard input, tries what
comes of each, and writes a line of JSON for it: ``{"ended": word}`` or ``{"finding": words}``.
"""

from __future__ import annotations

import json
import os
import resource
import select
import subprocess
import sys
import tempfile
import traceback
from importlib import import_module
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.fuzz.case import SECRET, Case

TARGETS = {
    "readers": "articles",
    "YAML": "yaml_files",
    "restore": "back_ups",
    "SQL": "statements",
    "forms": "forms",
    "searches": "searches",
}
_MEMORY = 8_000_000_000  # bytes of addresses of a process that tries
_STARTING = 300.0  # seconds


class Outcome(NamedTuple):
    """How one try ended: ``word``, or a ``finding``."""

    word: str
    finding: str | None = None


class Worker:
    """A process that tries one target; after a crash or a hang it is started anew."""

    def __init__(self, target: str, folder: Path, limit: float) -> None:
        self._target = target
        self._folder = folder
        self._limit = limit
        self._process: subprocess.Popen[bytes] | None = None

    def try_number(self, number: int) -> Outcome:
        """Try what comes of a number, which is the same whenever it is tried."""
        process = self._running()
        assert process.stdin is not None
        try:
            process.stdin.write(f"{number}\n".encode())
            process.stdin.flush()
        except BrokenPipeError:
            return self._ended("crash")
        line = self._line(process, self._limit)
        if line is None:
            return self._ended("hang")
        if not line:
            return self._ended("crash")
        answer = json.loads(line)
        if "finding" in answer:
            return Outcome("finding", answer["finding"])
        return Outcome(answer["ended"])

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            folder = tempfile.mkdtemp(dir=self._folder)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.fuzz.working", self._target, folder],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            if self._line(self._process, _STARTING) != b"ready\n":
                told = Path(f"{folder}.printed").read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"{self._target}: cannot be made ready: {told[-2000:]}")
        return self._process

    @staticmethod
    def _line(process: subprocess.Popen[bytes], seconds: float) -> bytes | None:
        """The next line; empty after the end, None where it does not come in time."""
        assert process.stdout is not None
        ready, _, _ = select.select([process.stdout], [], [], seconds)
        return process.stdout.readline() if ready else None

    def _ended(self, how: str) -> Outcome:
        process = self._process
        assert process is not None
        if how == "hang":
            process.kill()
        status = process.wait()
        self._process = None
        told = f"longer than {self._limit:g} s" if how == "hang" else f"ended with {status}"
        return Outcome(how, told)


def main() -> None:
    """Try numbers from standard input until it ends."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    target, folder = sys.argv[1], Path(sys.argv[2])
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    printed = (folder.parent / f"{folder.name}.printed").open("ab", buffering=0)
    os.dup2(printed.fileno(), 1)
    os.dup2(printed.fileno(), 2)
    (folder / "inside").mkdir()
    (folder / "outside").mkdir()
    (folder / "outside" / "secret.txt").write_text(SECRET, encoding="utf-8")
    module = import_module(f"benchmarks.fuzz.{TARGETS[target]}")
    case: Case = module.prepare(folder / "inside")
    os.chdir(folder / "inside")
    before = _around(folder)
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        start = printed.tell()
        answer = _tried(case, int(line), folder, before)
        if "ended" in answer and (words := _printed(Path(printed.name), start)):
            answer = {"finding": f"printed: {words!r}"}
        print(json.dumps(answer), file=answers, flush=True)


def _tried(case: Case, number: int, folder: Path, before: dict[str, int]) -> dict[str, str]:
    try:
        ended = case(Random(number))
    except Exception:
        return {"finding": traceback.format_exc()[-2000:]}
    if _around(folder) != before:
        return {"finding": "a file outside was made or changed"}
    return {"ended": ended}


def _printed(file: Path, start: int) -> str:
    """What a library said by itself, but for one word of warcio's about a stream that breaks."""
    lines = file.read_bytes()[start:].decode("utf-8", "replace").splitlines()
    return "\n".join(line for line in lines if not line.startswith("Error -"))[:500]


def _around(folder: Path) -> dict[str, int]:
    """What is beside the folder in which cases work, with the times of change."""
    around = [one for one in folder.iterdir() if one.name != "inside"]
    return {str(one): one.stat().st_mtime_ns for one in (*around, *(folder / "outside").iterdir())}


if __name__ == "__main__":
    main()
