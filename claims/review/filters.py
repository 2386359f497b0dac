"""What a reader looks for, as it stands in the address of a page."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from pydantic import ValidationError, field_validator

from claims.store.stored_pairs import PairFilters

DECIDED = ("no", "yes", "all")
"""Pairs without a decision, those with one, or both."""


class Filters(PairFilters):
    """Which pairs a reader wants to see, read from an address or a form and written into one."""

    @field_validator("decided")
    @classmethod
    def _known(cls, decided: str) -> str:
        if decided not in DECIDED:
            raise ValueError("not one of " + ", ".join(DECIDED))
        return decided

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Filters:
        """Those of an address or a form; what is empty, unknown or nonsense is left out."""
        kept: dict[str, object] = {}
        for name in cls.model_fields:
            value = " ".join(given.get(name, "").replace("\0", "").split())
            if value:
                try:
                    kept[name] = getattr(cls.model_validate({name: value}), name)
                except ValidationError:
                    continue
        return cls.model_validate(kept)

    @property
    def query(self) -> str:
        """These filters as the query of an address; empty for the queue as it is."""
        return urlencode(self.model_dump(mode="json", exclude_defaults=True))

    @property
    def any(self) -> bool:
        """Whether something is left out beyond what is decided."""
        return self != Filters()

    def link(self, path: str, **more: object) -> str:
        """``path`` with these filters and ``more`` in its address."""
        fields = self.model_dump(mode="json", exclude_defaults=True)
        fields |= {name: str(value) for name, value in more.items() if value is not None}
        return f"{path}?{urlencode(fields)}" if fields else path
