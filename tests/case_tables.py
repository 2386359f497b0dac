"""Tables of cases beside the tests, and texts read as they are shipped to be read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from reading_texts import CONFIG, article

from claims.config.settings import load_pipeline
from claims.model import Analysed
from claims.pipeline.analyser import Analyser

TABLES = Path(__file__).resolve().parent / "tables"


def table(name: str) -> Any:
    """What ``tables/<name>.yaml`` holds."""
    return yaml.safe_load((TABLES / f"{name}.yaml").read_text("utf-8"))


def analysed(texts: Sequence[str], language: str) -> list[Analysed]:
    """All that some texts of one language give, read in one go."""
    found, failures = _analyser().analyse([article(text, language) for text in texts])
    assert not failures, failures
    return found


@cache
def _analyser() -> Analyser:
    return Analyser(CONFIG, load_pipeline(CONFIG))
