"""Named entities from the encoder's own head, in any of its languages."""

from __future__ import annotations

import re

from claims.language.encoder.reading import Reader
from claims.language.entities import KINDS, Entity
from claims.model import Document, Span

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")


class EncoderEntities:
    """Names as the encoder sees them: learned from English, and read in any language it knows."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def entities(self, document: Document) -> list[Entity]:
        """The names of a document, in text order, none overlapping."""
        lines = list(_LINE.finditer(document.article.text))
        read = self._reader.entities([line[0] for line in lines])
        return [
            Entity(
                kind=KINDS[name.kind],
                span=Span(start=line.start() + name.start, end=line.start() + name.end),
            )
            for line, names in zip(lines, read, strict=True)
            for name in names
        ]
