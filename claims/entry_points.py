"""What other installed packages add to this one, found by the groups of their entry points."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import TypeVar

from claims.errors import ConfigError

_Kind = TypeVar("_Kind")


@cache
def load_entry_points(group: str, kind: type[_Kind]) -> tuple[_Kind, ...]:
    """What the entry points of ``group`` name, each of which is a ``kind``; by their names.

    Loaded once in a process. Raises ConfigError for one that does not load or is something else.
    """
    found = []
    for point in sorted(entry_points(group=group), key=lambda each: each.name):
        try:
            loaded = point.load()
        except Exception as error:
            told = f"{type(error).__name__}: {' '.join(str(error).split())}"
            raise ConfigError(
                f"entry point {point.name} of {group} does not load: {told}"
            ) from None
        if not isinstance(loaded, kind):
            raise ConfigError(
                f"entry point {point.name} of {group}: {point.value} is no {kind.__name__}"
            )
        found.append(loaded)
    return tuple(found)
