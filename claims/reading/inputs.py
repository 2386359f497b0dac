"""What a user names (files, folders, globs, addresses) to what is read, each with its outlet."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from claims.configuration import Outlet, PipelineSettings, Sources
from claims.errors import FetchError
from claims.fetching.addresses import is_address, normal
from claims.model import Failure
from claims.reading.manifest import NAME as MANIFEST

_NOT_ARTICLES = ("README", "LICENSE", "LICENCE", "SHA256SUMS")


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read. ``named`` is its path as the user named it, ``outlet`` whose it is;
    ``configured`` says that sources.yaml gives it this folder."""

    path: Path
    named: str
    outlet: Outlet
    configured: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """One address to ask for. ``outlet`` is whose feed it is, where sources.yaml says so."""

    url: str
    named: str
    outlet: Outlet | None = None


def configured(settings: PipelineSettings, sources: Sources) -> list[str]:
    """What is read where no input is given: ``inputs``, and all feeds where ``feeds`` is set."""
    feeds = [feed for outlet in sources.outlets for feed in outlet.feeds]
    return [*settings.inputs, *(feeds if settings.feeds else ())]


def addresses(named: Sequence[str], sources: Sources) -> list[str]:
    """The addresses that a person wrote down: inputs, and the feeds of the outlets."""
    feeds = [feed for outlet in sources.outlets for feed in outlet.feeds]
    return [name for name in (*named, *feeds) if is_address(name)]


def find(named: Sequence[str], sources: Sources) -> Iterator[Input | Address | Failure]:
    """The files and addresses behind ``named``, in the order named; of a folder or glob by name.

    What is named twice comes once, as it was named first. What names nothing that could be an
    article is a Failure.
    """
    seen: set[Path | str] = set()
    for name in named:
        if is_address(name):
            try:
                url = normal(name)
            except FetchError as error:
                yield Failure(input=name, reason=str(error))
                continue
            if url not in seen:
                seen.add(url)
                yield Address(url, name, _feeding(url, sources))
            continue
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
        yield _input(path, shown(name), path.resolve().parent, sources)
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
            yield _input(path, shown(prefix + rest), top.resolve(), sources)
    for error in refused:
        yield Failure(input=shown(str(error.filename)), reason=f"cannot be read: {error.strerror}")
    if not found and not refused:
        yield Failure(input=shown(name), reason="there are no articles in this folder")


def _is_no_article(file: str) -> bool:
    return (
        file.startswith(".") or file == MANIFEST or file.partition(".")[0].upper() in _NOT_ARTICLES
    )


def _feeding(url: str, sources: Sources) -> Outlet | None:
    """The outlet whose feed an address is."""
    for outlet in sources.outlets:
        for feed in outlet.feeds:
            with suppress(FetchError):
                if normal(feed) == url:
                    return outlet
    return None


def _input(path: Path, named: str, top: Path, sources: Sources) -> Input:
    outlet = _outlet(path, top, sources)
    if outlet is not None:
        return Input(path, named, outlet, configured=True)
    return Input(path, named, Outlet(name=shown(top.name) or "unknown"))


def _outlet(path: Path, top: Path, sources: Sources) -> Outlet | None:
    """The configured outlet whose folder holds ``path``, nearest first.

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
    return None


def shown(name: str) -> str:
    """A file name as text: bytes that are no UTF-8 become U+FFFD, so that it can be stored."""
    return os.fsencode(name).decode("utf-8", "replace")
