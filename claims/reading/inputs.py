"""What a user names (files, folders, globs) to the files that are read, each with its outlet."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from claims.configuration import Outlet, Sources
from claims.model import Failure
from claims.reading.manifest import NAME as MANIFEST

_NOT_ARTICLES = ("README", "LICENSE", "LICENCE", "SHA256SUMS")


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read. ``named`` is its path as the user named it, ``outlet`` whose it is."""

    path: Path
    named: str
    outlet: Outlet


def find(named: Sequence[str], sources: Sources) -> Iterator[Input | Failure]:
    """The files behind ``named``, in the order named; a folder's and a glob's by name.

    A file that is named twice comes once, as it was named first. What names no file that could
    be an article is a Failure.
    """
    seen: set[Path] = set()
    for name in named:
        for found in _expand(name, sources):
            if isinstance(found, Input):
                real = found.path.resolve()
                if real in seen:
                    continue
                seen.add(real)
            yield found


def _expand(name: str, sources: Sources) -> Iterator[Input | Failure]:
    path = Path(name)
    if path.is_dir():
        yield from _folder(name, sources)
    elif path.is_file():
        yield Input(path, shown(name), _outlet(path, path.resolve().parent, sources))
    elif path.exists():
        yield Failure(input=shown(name), reason="neither a file nor a folder")
    elif glob.has_magic(name):
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - may be absolute
        if not matches:
            yield Failure(input=shown(name), reason="nothing matches this pattern")
        for match in matches:
            if Path(match).is_dir() or not _is_no_article(Path(match).name):
                yield from _expand(glob.escape(match) if glob.has_magic(match) else match, sources)
    else:
        yield Failure(input=shown(name), reason="no such file or folder")


def _folder(name: str, sources: Sources) -> Iterator[Input | Failure]:
    top = Path(name)
    prefix = name if name.endswith("/") else name + "/"
    refused: list[OSError] = []
    found = False
    for folder, below, files in os.walk(top, onerror=refused.append):
        below[:] = sorted(entry for entry in below if not entry.startswith("."))
        for file in sorted(files):
            path = Path(folder, file)
            if _is_no_article(file) or not path.is_file():
                continue
            found = True
            rest = path.relative_to(top).as_posix()
            yield Input(path, shown(prefix + rest), _outlet(path, top.resolve(), sources))
    for error in refused:
        yield Failure(input=shown(str(error.filename)), reason=f"cannot be read: {error.strerror}")
    if not found and not refused:
        yield Failure(input=shown(name), reason="there are no articles in this folder")


def _is_no_article(file: str) -> bool:
    return (
        file.startswith(".") or file == MANIFEST or file.partition(".")[0].upper() in _NOT_ARTICLES
    )


def _outlet(path: Path, top: Path, sources: Sources) -> Outlet:
    """The configured outlet whose folder holds ``path``, nearest first, else ``top``'s name.

    A configured folder that is a bare name matches a folder from ``top`` downwards; one that is a
    path matches wherever it lies.
    """
    folders = list(path.resolve().parents)
    for folder in folders:
        for outlet in sources.outlets:
            if outlet.folder is None:
                continue
            if "/" in outlet.folder or os.sep in outlet.folder:
                if Path(outlet.folder).resolve() == folder:
                    return outlet
            elif folder.name == outlet.folder and folder.is_relative_to(top):
                return outlet
    return Outlet(name=shown(top.name) or "unknown")


def shown(name: str) -> str:
    """A file name as text: bytes that are no UTF-8 become U+FFFD, so that it can be stored."""
    return os.fsencode(name).decode("utf-8", "replace")
