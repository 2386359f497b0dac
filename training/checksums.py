"""`SHA256SUMS` of a folder of weights, which is checked before anything of it is loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def write_checksums(folder: Path, names: Iterable[str]) -> None:
    """Write the checksums of the files ``names`` of a folder, sorted by name."""
    lines = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}"
        for name in sorted(names)
    ]
    (folder / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="ascii")
