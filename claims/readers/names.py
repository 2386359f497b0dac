"""Names of files as they are shown and stored."""

from __future__ import annotations

import os

MANIFEST = "manifest.yaml"
"""What a folder says of its articles; see ``claims.readers.manifest``."""

FOLLOW = "it is read with --follow-links"


def shown(name: str) -> str:
    """A file name as text: bytes that are no UTF-8 become U+FFFD, so that it can be stored."""
    return os.fsencode(name).decode("utf-8", "replace")
