"""What a search gives."""

from __future__ import annotations

from datetime import date, datetime

from claims.model import Frozen, Spans, Stance
from claims.search.claim_query import ClaimQuery


class FoundClaim(Frozen):
    """A claim that was found, with all that a line about it tells.

    ``speaker`` is the canonical name, None where it is not known; ``source_text`` the words that
    name it in the article, None where nobody is named: then the outlet itself speaks. ``day`` is
    the article's, of its dateline where the input says none. ``passage`` are the whole sentences
    that the claim stands in; it begins at code point ``start`` of the article's text, in which
    ``source``, ``cue`` and ``content`` count too. Where somebody contradicts the claim,
    ``contradictions`` counts how many do, ``contradiction_id`` is the strongest and ``dispute_id``
    the dispute that it is part of. ``likeness`` is the cosine of the meanings, of claims that do
    not have the words of the query; None for the others.
    """

    claim_id: str
    article_id: str
    day: date | None
    published_at: datetime | None
    outlet: str
    language: str
    speaker_id: str | None
    speaker: str | None
    speaker_kind: str | None
    via: str | None
    stance: Stance
    source_text: str | None
    cue_text: str
    content_text: str
    passage: str
    start: int
    source: Spans
    cue: Spans
    content: Spans
    title: str | None
    url: str | None
    path: str | None
    story_id: str | None
    contradictions: int
    contradiction_id: str | None
    dispute_id: str | None
    likeness: float | None

    @property
    def named(self) -> str:
        """Who speaks: the speaker, else the words of the source, else the outlet."""
        return self.speaker or self.source_text or self.outlet

    @property
    def address(self) -> str:
        """Its place in the article, as an address of the review page."""
        return f"/article/{self.article_id}#cue-{self.claim_id}"


class FacetValue(Frozen):
    """A value by which what was found can be narrowed, and how many claims have it. ``label`` is
    what a person reads, where that is another text than the value."""

    value: str
    label: str
    claims: int


class FoundPage(Frozen):
    """One page of what was found.

    ``total`` counts the claims of all pages. ``facets`` has the most frequent values, over all
    pages, by the field of ``ClaimQuery`` that narrows to one: voice, stance, outlet, language,
    story, month (for ``since`` and ``until``), disputed. ``near`` are claims that have other words
    and mean about the same, nearest first; neither ``total`` nor ``facets`` counts them. ``advice``
    is what could be tried where nothing was found, a sentence each.
    """

    query: ClaimQuery
    claims: tuple[FoundClaim, ...]
    total: int
    facets: dict[str, tuple[FacetValue, ...]]
    near: tuple[FoundClaim, ...] = ()
    advice: tuple[str, ...] = ()

    @property
    def more(self) -> bool:
        """Whether there are pages after this one."""
        return self.total > self.query.page * self.query.limit
