"""Steps of a training, each done once: what is there, made from the same, is not made again."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any


class Workshop:
    """A folder with what a training makes, its log (`log.txt`) and its scores."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def note(self, message: str) -> None:
        """Print a line and keep it in the log, with the time."""
        line = f"{time.strftime('%Y-%m-%d %H:%M:%S')} {message}"
        print(line, flush=True)
        with (self.folder / "log.txt").open("a", encoding="utf-8") as log:
            log.write(line + "\n")

    def step(
        self,
        name: str,
        inputs: Sequence[Path],
        options: Mapping[str, Any],
        outputs: Sequence[Path],
        make: Callable[[], None],
    ) -> None:
        """Run ``make`` unless its outputs are there, made from these inputs with these options.

        A checkpoint of a training that was cut off goes with the outputs: it is gone on from only
        if inputs and options are the same, and removed otherwise.
        """
        print_of = _digest(inputs, options)
        stamp = self.folder / f"{name}.stamp"
        same = stamp.is_file() and stamp.read_text(encoding="ascii").split()[0] == print_of
        if same and "done" in stamp.read_text(encoding="ascii").split():
            if all(path.is_file() for path in outputs):
                self.note(f"{name}: is there")
                return
        elif not same:
            for path in outputs:
                path.with_suffix(".checkpoint").unlink(missing_ok=True)
        stamp.write_text(print_of + "\n", encoding="ascii")
        started = time.process_time()
        self.note(f"{name}: begins")
        make()
        stamp.write_text(print_of + " done\n", encoding="ascii")
        self.note(f"{name}: done in {time.process_time() - started:.0f} CPU seconds")


def _digest(inputs: Sequence[Path], options: Mapping[str, Any]) -> str:
    whole = hashlib.sha256(json.dumps(options, sort_keys=True, default=str).encode())
    for path in inputs:
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
