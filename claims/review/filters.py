"""What a reader looks for, as it stands in the address of a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

DECIDED = ("no", "yes", "all")
"""Pairs without a decision, those with one, or both."""

_LONGEST = 200


class Filters(BaseModel):
    """Which pairs to show; what is None or empty leaves everything in.

    One side of a pair must fit all that is asked of a claim. ``speaker`` is part of a name in any
    script, ``voice`` and ``against`` are ids of speakers: of one side and of the other.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str | None = Field(default=None, max_length=_LONGEST)
    speaker: str | None = Field(default=None, max_length=_LONGEST)
    outlet: str | None = Field(default=None, max_length=_LONGEST)
    language: str | None = Field(default=None, max_length=_LONGEST)
    kind: str | None = Field(default=None, max_length=_LONGEST)
    stance: str | None = Field(default=None, max_length=_LONGEST)
    since: date | None = None
    until: date | None = None
    voice: str | None = Field(default=None, max_length=_LONGEST)
    against: str | None = Field(default=None, max_length=_LONGEST)
    decided: str = DECIDED[0]

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
    def asks_of_claims(self) -> bool:
        """Whether a pair's claims must be looked at."""
        return bool(self.model_dump(exclude_defaults=True).keys() - {"kind", "decided"})

    @property
    def any(self) -> bool:
        """Whether something is left out beyond what is decided."""
        return self != Filters()

    def link(self, path: str, **more: object) -> str:
        """``path`` with these filters and ``more`` in its address."""
        fields = self.model_dump(mode="json", exclude_defaults=True)
        fields |= {name: str(value) for name, value in more.items() if value is not None}
        return f"{path}?{urlencode(fields)}" if fields else path
