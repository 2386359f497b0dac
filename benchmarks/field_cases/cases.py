"""Articles with what should be found in them, as YAML tables say it."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import model_validator

from claims.config.yaml_file import Checked, load
from claims.errors import ConfigError

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
EXPECTED = HERE / "expected"
INPUTS = ROOT.parent / "shared" / "field-cases"
OWN = ROOT / "tests" / "reported_speech"

Places = tuple[tuple[int, int], ...]
"""``[start, end)`` code points of a case's text."""


class Said(Checked):
    """A claim that should be found: who says what.

    ``by`` are words of the speaker's name or of the source. ``says`` is the content in words, or
    its places where the text is not ours to print. ``stance`` names one or several, apart by
    ``|``. ``via`` is compared where it is given, and then null means nobody. ``split``: several
    claims of the speaker may make up the content. ``turned``: the content stands under a negation,
    which has to show in it, in ``negated`` or in the stance. ``optional``: it may be missing.
    ``name`` is the speaker's whole name, where that is asked for.
    """

    by: str | None
    says: str | Places
    stance: str | None = None
    via: str | None = None
    split: bool = False
    turned: bool = False
    optional: bool = False
    name: str | None = None


class Story(Checked):
    """An article that a file gives: the beginnings of the SHA-256 of its title and of its text with
    single spaces, and when it was published; what is not given is not compared."""

    title: str | None = None
    text: str | None = None
    published: datetime | None = None


class Case(Checked):
    """One text. ``file`` is below ``../shared/field-cases``, ``sha256`` the beginning of its hash.

    ``nobody``: words that neither a claim nor a statement of the outlet's may hold; ``own_not``:
    words that no statement of the outlet's may hold; ``never``: what may be nobody's whole content;
    ``silent``: words that no source may hold. With ``others`` claims besides ``claims`` are right.
    Of a file that is read: its ``stories``, words in each of its ``failures``, or the ``dates`` of
    the entries of a feed.
    """

    text: str | None = None
    file: str | None = None
    sha256: str | None = None
    claims: tuple[Said, ...] = ()
    others: bool = False
    nobody: tuple[str | Places, ...] = ()
    own_not: tuple[str | Places, ...] = ()
    never: tuple[str | Places, ...] = ()
    silent: tuple[str | Places, ...] = ()
    stories: tuple[Story, ...] = ()
    failures: tuple[str, ...] = ()
    dates: tuple[datetime | None, ...] = ()

    @model_validator(mode="after")
    def _one_text(self) -> Case:
        if (self.text is None) == (self.file is None):
            raise ValueError("a case has either a text or a file")
        return self

    @property
    def words(self) -> str:
        """The text; ConfigError where the file is not the one that the places were counted in."""
        if self.text is not None:
            return self.text
        path = INPUTS / str(self.file)
        data = path.read_bytes()
        if self.sha256 and not hashlib.sha256(data).hexdigest().startswith(self.sha256):
            raise ConfigError(f"{path}: not the file that the expected places were counted in")
        return data.decode("utf-8-sig").replace("\r\n", "\n")

    @property
    def language(self) -> str:
        """``ur`` for letters of Arabic script, else ``en``."""
        return "ur" if re.search("[\u0620-\u06ff]", self.words) else "en"


class Kind(Checked):
    """One table: cases of a kind, and what checks them (see ``checks.CHECKS``).

    ``before`` is how many were right before this kind was mended, counted once and written down.
    """

    kind: str
    check: Literal["claims", "files"] = "claims"
    before: int | None = None
    cases: tuple[Case, ...]


def read(folder: Path) -> list[Kind]:
    """The tables of a folder, in the order of their names; raises ConfigError."""
    return [load(path, Kind) for path in sorted(folder.glob("*.yaml"))]
