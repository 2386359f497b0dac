"""A JSON-LD document that is mostly one long list."""

from __future__ import annotations

import json
from typing import Any, NamedTuple, TextIO


class Document(NamedTuple):
    """``properties`` of the document, and under the name ``key`` its ``records``, JSON texts."""

    properties: dict[str, Any]
    key: str
    records: list[str]

    def write(self, out: TextIO) -> None:
        """Write it, a record a line."""
        head = json.dumps(self.properties, ensure_ascii=False)[:-1]
        out.write(f"{head}, {json.dumps(self.key)}: [\n")
        out.write(",\n".join(self.records))
        out.write("\n]}\n")
