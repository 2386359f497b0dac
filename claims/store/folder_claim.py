"""A claim in a folder, as it read when somebody collected it."""

from __future__ import annotations

from datetime import date, datetime

from claims.model import Frozen, Stance


class PrintedClaim(Frozen):
    """A claim as its article prints it.

    ``quotation`` are the sentences that it stands in, from code point ``quotation_start`` of the
    article's text; ``content`` its pieces, half-open, in code points of the quotation;
    ``text_checksum`` the SHA-256 of the whole text in UTF-8, in hexadecimal. Times are in UTC.
    """

    claim_id: str
    article_id: str
    outlet: str
    language: str
    published_at: datetime | None
    title: str | None
    url: str | None
    speaker: str | None
    source_text: str | None
    stance: Stance
    quotation: str
    quotation_start: int
    content: tuple[tuple[int, int], ...]
    text_checksum: str


class FolderClaim(PrintedClaim):
    """A claim in a folder."""

    folder: str
    collected_by: str
    collected_at: datetime


class FolderEntry(FolderClaim):
    """A claim in a folder, and what became of it since: whether its article is ``archived`` still
    and the claim ``found`` in it; the ``newest`` version where its outlet has edited the article,
    when that was seen, and whether the quotation is ``still_printed`` there. ``day`` is that of
    the article, as its input or its dateline says."""

    speaker_id: str | None
    found: bool
    archived: bool
    newest: str | None
    newest_seen_at: datetime | None
    still_printed: bool | None
    day: date | None

    @property
    def said_by(self) -> str:
        """The speaker, else the source as printed, else the outlet, that speaks itself."""
        return self.speaker or self.source_text or self.outlet

    @property
    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """The quotation in pieces, each with whether it is content; white space around it is
        left out."""
        text, last = self.quotation, 0
        first = len(text) - len(text.lstrip())
        end = len(text.rstrip())
        cuts: list[tuple[str, bool]] = []
        last = first
        for start, stop in self.content:
            start, stop = max(start, last), min(stop, end)
            if start < stop:
                cuts += [(text[last:start], False), (text[start:stop], True)]
                last = stop
        cuts.append((text[last:end], False))
        return tuple(cut for cut in cuts if cut[0])
