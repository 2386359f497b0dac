"""What a result depends on besides its input: where that changes, the result is made anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from claims.errors import ConfigError


def files_behind(
    folder: Path, names: Iterable[str], patterns: Iterable[str] = ("*.py", "*.sql")
) -> list[tuple[str, Path]]:
    """The files that ``names`` stand for, each with its path below ``folder``, in a stable order.

    A name is that of a file in ``folder``, or of a folder in it with all its files, subfolders
    included, that fit one of ``patterns``; ``"."`` is ``folder`` itself. Raises ConfigError for a
    name behind which there is no file: something that was moved must not drop out unnoticed.
    """
    found: list[Path] = []
    for name in names:
        path = folder / name
        behind = (
            sorted({one for pattern in patterns for one in path.rglob(pattern) if one.is_file()})
            if path.is_dir()
            else [path]
        )
        if not behind or not behind[0].is_file():
            wanted = ", ".join(patterns)
            raise ConfigError(f"{path}: no such file, nor a folder that holds {wanted}")
        found += behind
    return [(path.relative_to(folder).as_posix(), path) for path in found]


def fingerprint(files: Iterable[tuple[str, Path]], *settings: str) -> str:
    """16 hexadecimal digits of the names and contents of ``files`` and of ``settings``."""
    digest = hashlib.sha256("\0".join(settings).encode())
    for name, path in files:
        digest.update(f"\0{name}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
