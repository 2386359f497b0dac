"""What the house has at hand as values of JSON: one way for pages, exports, lines and tools."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Protocol, runtime_checkable

from pydantic import BaseModel


@runtime_checkable
class KeyedRecord(Protocol):
    """What says itself which keys programs get of it."""

    def told(self) -> dict[str, object]:
        """Values by key, in an order that stays."""
        ...


def json_value(value: object) -> Any:
    """``value`` made of dictionaries, lists, texts, numbers, truth values and None.

    Records of any sort (models, named tuples, data classes) become objects with the names of their
    fields as keys, or with those that they tell. Moments are ISO 8601 in UTC with a ``Z``, as the
    database keeps them; what is no finite number is None. Raises TypeError for anything else.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Enum):
        return json_value(value.value)
    if isinstance(value, str):
        # Halves of surrogate pairs, which no file and no answer can hold.
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime):
        moment = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        return f"{moment.isoformat()}Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset | Mapping):
        return _several(value)
    return {name: json_value(one) for name, one in _fields(value).items()}


def compact(value: object) -> str:
    """``value`` as JSON in one line without spaces."""
    return json.dumps(json_value(value), ensure_ascii=False, separators=(",", ":"))


def _several(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(json_value(name)): json_value(one) for name, one in value.items()}
    if hasattr(value, "_asdict"):
        return json_value(value._asdict())
    ordered = sorted(value) if isinstance(value, set | frozenset) else value
    return [json_value(one) for one in ordered]


def _fields(value: object) -> dict[str, object]:
    if isinstance(value, KeyedRecord):
        return value.told()
    if isinstance(value, BaseModel):
        return {name: getattr(value, name) for name in type(value).model_fields}
    if dataclasses.is_dataclass(value):
        return {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} is nothing that JSON has")
