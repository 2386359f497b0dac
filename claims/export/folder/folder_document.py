"""What a document of a folder says, whatever its format."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote, urlsplit

from claims.export.locales import direction
from claims.store.folder_claim import FolderEntry
from claims.store.provenance import Printing

_RESERVED = "%/:?#[]@!$&'()*+,;=~"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class FolderDocument:
    """A folder as it stood at ``made_at`` (UTC), its claims in order of time."""

    name: str
    database: str
    version: str
    made_at: datetime
    entries: tuple[FolderEntry, ...]
    printings: Mapping[str, Sequence[Printing]] = field(default_factory=dict)

    @property
    def articles(self) -> int:
        """How many articles the claims are of."""
        return len({one.article_id for one in self.entries})

    def provenance(self, entry: FolderEntry) -> str | None:
        """How a claim came to print: "Dawn ← APP ← spokesman", and who else printed it; None where
        nothing is known beyond outlet and speaker."""
        found = self.printings.get(entry.claim_id, ())
        mine = next((one for one in found if one.printed_claim_id == entry.claim_id), None)
        if mine is None or (len(found) == 1 and not (mine.agency or mine.via)):
            return None
        told = [mine.chain]
        if others := sorted({one.outlet for one in found} - {entry.outlet}):
            told.append(f"also printed by {', '.join(others)}")
        if first := sorted({one.outlet for one in found if one.first} if others else ()):
            told.append(f"first by {', '.join(first)}")
        if dropped := sorted({one.outlet for one in found if one.dropped_source}):
            told.append(f"without its source by {', '.join(dropped)}")
        return "; ".join(told)

    @property
    def warned(self) -> int:
        """How many claims come with a warning."""
        return sum(bool(warnings(one)) for one in self.entries)


def warnings(entry: FolderEntry) -> tuple[str, ...]:
    """What somebody who prints the quotation has to know about it, a sentence each."""
    told = []
    if entry.newest is not None:
        when = f" (seen {entry.newest_seen_at:%Y-%m-%d %H:%M} UTC)" if entry.newest_seen_at else ""
        stands = (
            "these words stand in it still"
            if entry.still_printed
            else "these words do not stand in it any more"
        )
        told.append(
            f"The outlet has edited this article since; in the newest version{when} {stands}."
        )
    if not entry.archived:
        told.append("The article is no longer in the database.")
    elif not entry.found:
        told.append("A later run did not find this claim in the article; its words stand there.")
    return tuple(told)


def day(entry: FolderEntry) -> str:
    """When the article was published, or its dateline says; that it is undated."""
    if entry.published_at is not None:
        return f"{entry.published_at:%Y-%m-%d}"
    return f"{entry.day:%Y-%m-%d} (dateline)" if entry.day else "undated"


def source(entry: FolderEntry) -> str | None:
    """The words that name the source, where they are not the speaker's name itself."""
    return entry.source_text if entry.source_text != entry.said_by else None


def place(entry: FolderEntry) -> str:
    """Where the quotation stands: code points of the archived text."""
    end = entry.quotation_start + len(entry.quotation)
    return f"code points {entry.quotation_start} to {end}"


def link(entry: FolderEntry) -> str | None:
    """The article's address, where it is one that a reader can safely follow."""
    try:
        parts = urlsplit(entry.url or "")
    except ValueError:
        return None
    safe = parts.scheme in ("http", "https") and parts.netloc
    return quote(entry.url or "", safe=_RESERVED) if safe else None


def is_right_to_left(language: str) -> bool:
    """Whether the script of a language runs from right to left."""
    return direction(language) == "rtl"


def printable_in_xml(text: str) -> str:
    """A text without characters that no document may hold."""
    return _CONTROL.sub("\ufffd", text)
