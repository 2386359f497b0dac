"""What a reader is given: a file or what an address answered, with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from claims.config.settings import Columns
from claims.errors import InputError
from claims.fetching.fetcher import Fetched, Fetcher
from claims.readers.manifest import ManifestEntry


@dataclass(frozen=True, slots=True)
class ReaderInput:
    """One file (``path``) or one answer of an address (``fetched``); one of the two is None.

    ``name`` is what failures call it. ``entry`` is what a manifest says of the file, ``columns``
    what tables call their columns. ``fetcher`` gets further addresses, such as those in a feed;
    None where nothing may be fetched.
    """

    name: str
    path: Path | None = None
    fetched: Fetched | None = None
    entry: ManifestEntry = field(default_factory=ManifestEntry)
    columns: Columns = field(default_factory=Columns)
    fetcher: Fetcher | None = None

    def content(self, most: int) -> bytes:
        """All that is in it. Raises InputError for more than ``most`` bytes, OSError for a file
        that cannot be read."""
        if self.fetched is not None:
            return self.fetched.body
        path = self.file
        size = path.stat().st_size
        if size > most:
            raise InputError(f"too long: {size:,} bytes; the limit is {most:,}")
        return path.read_bytes()

    def head(self, size: int) -> bytes:
        """The first ``size`` bytes. Raises OSError for a file that cannot be read."""
        if self.fetched is not None:
            return self.fetched.body[:size]
        with self.file.open("rb") as file:
            return file.read(size)

    @property
    def file(self) -> Path:
        """The file, for formats that are read piece by piece. Raises InputError for an address."""
        if self.path is None:
            raise InputError("this format is read from files only; save it and name the file")
        return self.path

    @property
    def address(self) -> str | None:
        """Where it was found, after redirects; None for a file."""
        return self.fetched.url if self.fetched is not None else None

    @property
    def content_type(self) -> str | None:
        """What the server says it is; None for a file."""
        return self.fetched.content_type if self.fetched is not None else None
