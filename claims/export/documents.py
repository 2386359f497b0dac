"""A JSON-LD document that is mostly one long list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple


class JsonLdDocument(NamedTuple):
    """``properties`` of the document, and under the name ``key`` its ``records``, JSON texts."""

    properties: dict[str, Any]
    key: str
    records: list[str]

    def write(self, out: Path) -> int:
        """Write it, a record a line; the number of records."""
        head = json.dumps(self.properties, ensure_ascii=False)[:-1]
        with out.open("w", encoding="utf-8") as file:
            file.write(f"{head}, {json.dumps(self.key)}: [\n")
            file.write(",\n".join(self.records))
            file.write("\n]}\n")
        return len(self.records)
