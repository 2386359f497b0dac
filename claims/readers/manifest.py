"""``manifest.yaml`` of a folder: what is known of its articles beyond their text."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from pydantic import Field, field_validator

from claims.config.yaml_file import Checked, load
from claims.errors import ConfigError
from claims.model import Failure
from claims.readers.dates import in_reach
from claims.readers.names import FOLLOW, MANIFEST, shown


class ManifestEntry(Checked):
    """What is known of one article. ``headline_lines`` count from 1; None: not known."""

    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    language: str | None = None
    published_at: datetime | date | None = None
    headline_lines: tuple[int, ...] | None = None

    @field_validator("published_at")
    @classmethod
    def _in_reach(cls, given: datetime | date | None) -> datetime | date | None:
        if given is not None and not in_reach(given):
            raise ValueError("not a date that papers have")
        return given


class Manifest(Checked):
    """Entries by file name."""

    articles: dict[str, ManifestEntry] = Field(default_factory=dict)


NOTHING_KNOWN = ManifestEntry()


class Manifests:
    """The manifests of the folders met in one reading, each read once. One that is a symbolic link
    out of its folder is a bad one, unless ``follow_links``."""

    def __init__(self, follow_links: bool = False) -> None:
        self._follow_links = follow_links
        self._read: dict[Path, Manifest | ConfigError] = {}

    def entry(self, path: Path) -> ManifestEntry:
        """What the manifest beside ``path`` says of it; raises ConfigError for a bad manifest."""
        folder = path.parent
        if folder not in self._read:
            try:
                self._read[folder] = self._manifest(folder)
            except ConfigError as error:
                self._read[folder] = error
        known = self._read[folder]
        if isinstance(known, ConfigError):
            raise ConfigError(str(known))
        return known.articles.get(path.name, NOTHING_KNOWN)

    def _manifest(self, folder: Path) -> Manifest:
        listing = folder / MANIFEST
        if not listing.is_file():
            return Manifest()
        if not self._follow_links and listing.resolve().parent != folder.resolve():
            raise ConfigError(f"{listing}: a symbolic link out of its folder; {FOLLOW}")
        return load(listing, Manifest)

    @staticmethod
    def failure(folder: Path, told: str, files: int) -> Failure:
        """What a bad manifest is told as: it costs the ``files`` beside it, and no others."""
        listing = str(folder / MANIFEST)
        reason = told.removeprefix(listing).lstrip(",: ")
        left = "1 file beside it is" if files == 1 else f"{files:,} files beside it are"
        return Failure(input=shown(listing), reason=f"{reason}; {left} not read until it is mended")
