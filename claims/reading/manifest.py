"""``manifest.yaml`` of a folder: what is known of its articles beyond their text."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from pydantic import Field

from claims.checked import Checked, load

NAME = "manifest.yaml"


class Entry(Checked):
    """What is known of one article. ``headline_lines`` count from 1; None: not known."""

    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    language: str | None = None
    published_at: datetime | date | None = None
    headline_lines: tuple[int, ...] | None = None


class Manifest(Checked):
    """Entries by file name."""

    articles: dict[str, Entry] = Field(default_factory=dict)


NOTHING_KNOWN = Entry()


class Manifests:
    """The manifests of the folders met in one reading, each read once."""

    def __init__(self) -> None:
        self._read: dict[Path, Manifest] = {}

    def entry(self, path: Path) -> Entry:
        """What the manifest beside ``path`` says of it; raises ConfigError for a bad manifest."""
        folder = path.parent
        if folder not in self._read:
            listing = folder / NAME
            self._read[folder] = load(listing, Manifest) if listing.is_file() else Manifest()
        return self._read[folder].articles.get(path.name, NOTHING_KNOWN)
