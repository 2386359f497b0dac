"""What a user names (files, folders, globs, addresses) to what is read, each with its outlet."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from claims.config.settings import Outlet, PipelineSettings, Sources
from claims.errors import FetchError
from claims.fetching.addresses import is_address, normal
from claims.model import Failure
from claims.readers.names import FOLLOW, MANIFEST, shown

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


def find(
    named: Sequence[str], sources: Sources, *, follow_links: bool = False
) -> Iterator[Input | Address | Failure]:
    """The files and addresses behind ``named``, in the order named; of a folder or glob by name.

    What is named twice comes once, as it was named first. What names nothing that could be an
    article is a Failure, and so is a symbolic link that leads out of the folder that is named, or
    that a pattern begins with, unless ``follow_links``.
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
        for found in _expand(name, sources, follow_links):
            if isinstance(found, Input):
                real = found.path.resolve()
                if real in seen:
                    continue
                seen.add(real)
            yield found


def _expand(name: str, sources: Sources, follow_links: bool) -> Iterator[Input | Failure]:
    path = Path(name)
    if path.is_dir():
        yield from _folder(name, sources, follow_links)
    elif path.is_file():
        yield _input(path, shown(name), path.resolve().parent, sources)
    elif path.exists():
        yield Failure(input=shown(name), reason="neither a file nor a folder")
    elif glob.has_magic(name):
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - may be absolute
        if not matches:
            yield Failure(input=shown(name), reason="nothing matches this pattern")
        top = _fixed(path)
        for match in matches:
            if _is_no_article(Path(match).name) and not Path(match).is_dir():
                continue
            if not follow_links and (astray := _astray(Path(match), top)):
                yield Failure(input=shown(match), reason=astray)
            else:
                escaped = glob.escape(match) if glob.has_magic(match) else match
                yield from _expand(escaped, sources, follow_links)
    else:
        yield Failure(input=shown(name), reason="no such file or folder")


def _folder(name: str, sources: Sources, follow_links: bool) -> Iterator[Input | Failure]:
    top = Path(name)
    prefix = name if name.endswith("/") else name + "/"
    refused: list[OSError] = []
    met = {top.resolve()}  # so that links in a circle are followed once
    found = False
    for folder, below, files in os.walk(top, onerror=refused.append, followlinks=follow_links):
        below[:] = sorted(entry for entry in below if not entry.startswith("."))
        for entry in [one for one in below if Path(folder, one).is_symlink()]:
            path = Path(folder, entry)
            if path.resolve() in met:
                below.remove(entry)
            elif not follow_links and (astray := _astray(path, top)):
                found = True
                yield Failure(input=shown(prefix + _rest(path, top)), reason=astray)
            met.add(path.resolve())
        for file in sorted(files):
            path = Path(folder, file)
            if _is_no_article(file):
                continue
            named = shown(prefix + _rest(path, top))
            if path.is_symlink() and not follow_links and (astray := _astray(path, top)):
                found = True
                yield Failure(input=named, reason=astray)
            elif path.is_file():
                found = True
                yield _input(path, named, top.resolve(), sources)
    for error in refused:
        yield Failure(input=shown(str(error.filename)), reason=f"cannot be read: {error.strerror}")
    if not found and not refused:
        yield Failure(input=shown(name), reason="there are no articles in this folder")


def _rest(path: Path, top: Path) -> str:
    return path.relative_to(top).as_posix()


def _fixed(pattern: Path) -> Path:
    """The folder that a pattern begins with, before its first wildcard."""
    top = Path(pattern.anchor)
    for part in pattern.parts[len(top.parts) : -1]:
        if glob.has_magic(part):
            break
        top /= part
    return top


def _astray(path: Path, top: Path) -> str | None:
    """What is wrong with a path that leads out of ``top`` by a symbolic link; else None."""
    place = path.resolve()
    if place.is_relative_to(top.resolve()):
        return None
    return f"a symbolic link out of its folder, to {shown(str(place))}; {FOLLOW}"


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
