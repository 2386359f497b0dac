"""What readers give: a text with what its input says of it, before it becomes an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from claims.errors import InputError
from claims.model import Failure


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as a reader found it; what is unknown is None.

    ``name`` is what the input calls it; ``site`` an address on the site that it comes from, which
    tells the outlet where nothing else does. ``published`` are what the input says of the time of
    publication, best first: points in time, or texts that are yet to be read as one.
    ``headline_lines`` are the lines, from 1, that are known to be headlines.
    """

    text: str
    name: str
    outlet: str | None = None
    site: str | None = None
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str | None = None
    published: tuple[datetime | date | str, ...] = ()
    fetched_at: datetime | None = None
    headline_lines: tuple[int, ...] | None = None
    headed: bool = False
    """Whether ``title`` is all that is known of headlines: the text is not searched for one."""
    archived: bool = False
    """Whether it comes out of an archive that may hold many sites."""


def told(found: Iterable[tuple[str, Draft | InputError]]) -> Iterator[Draft | Failure]:
    """Drafts as they are, and what is wrong with the others as Failures at their places."""
    for place, one in found:
        yield Failure(input=place, reason=str(one)) if isinstance(one, InputError) else one
