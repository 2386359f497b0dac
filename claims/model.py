"""The nouns of the product, as frozen Pydantic models.

Offsets everywhere are half-open ``[start, end)`` in Unicode code points of ``Article.text`` as
stored, so ``article.text[span.start : span.end]`` is always the text of the span.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Frozen(BaseModel):
    """An immutable value: two with the same content are equal and hash alike."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Stance(StrEnum):
    """How the source stands to the content."""

    REPORT = "report"
    CLAIM = "claim"
    DENY = "deny"
    ACCUSE = "accuse"
    CONFIRM = "confirm"
    DECLINE = "decline"
    DEMAND = "demand"
    WARN = "warn"
    ANNOUNCE = "announce"
    OPINE = "opine"


class Pattern(StrEnum):
    """The form an attribution took."""

    CLAUSAL = "clausal"
    ACCORDING = "according"
    NOMINAL = "nominal"
    OBJECT = "object"
    PARENTHETICAL = "parenthetical"
    HEADLINE = "headline"
    QUOTATION = "quotation"
    UNATTRIBUTED = "unattributed"


class Quotation(StrEnum):
    """Whether the content stands in quotation marks: all of it, none of it, or part of it."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Modality(StrEnum):
    """Whether the source is said to have said the content.

    ``conditional``: only supposed (if, would, might); ``questioned``: part of a question;
    ``denied``: nobody said it; ``quoted``: in quotation marks, and nobody is named for it;
    ``bare``: no more than a pronoun or a name, that says nothing by itself.
    """

    ASSERTED = "asserted"
    CONDITIONAL = "conditional"
    QUESTIONED = "questioned"
    DENIED = "denied"
    QUOTED = "quoted"
    BARE = "bare"


class SpeakerKind(StrEnum):
    """What sort of voice a speaker is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    STATE = "state"
    MEDIA = "media"
    DOCUMENT = "document"
    GROUP = "group"
    ANONYMOUS = "anonymous"


class Span(Frozen):
    """``[start, end)`` in code points of the article's text; never empty."""

    start: int = Field(ge=0)
    end: int

    @model_validator(mode="after")
    def _not_empty(self) -> Span:
        if self.end <= self.start:
            raise ValueError(f"span [{self.start}, {self.end}) is empty")
        return self

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]


Spans = tuple[Span, ...]
"""One role of an attribution: its pieces in text order, not overlapping."""


class Article(Frozen):
    """One article of one outlet as it was read; ``text`` is what the input held, untouched, or the
    words of a page without what stands around them.

    ``article_id`` is a hash of outlet and text, ``content_hash`` of the text alone.
    ``path`` is the input as the user named it; what is unknown is None.
    """

    article_id: str
    outlet: str
    url: str | None = None
    path: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str
    published_at: datetime | None = None
    fetched_at: datetime | None = None
    content_hash: str
    text: str


class Word(Frozen):
    """A syntactic word. ``index`` and ``head`` count from 1 in the sentence; head 0 is the root.

    ``text`` is the normalised form that the model read, ``[start, end)`` its place in the article.
    """

    index: int
    text: str
    lemma: str
    upos: str
    feats: str = ""
    head: int
    deprel: str
    start: int
    end: int


class Sentence(Frozen):
    """A sentence of a document. ``line`` numbers the article's lines from 0."""

    index: int
    line: int
    start: int
    end: int
    words: tuple[Word, ...]

    @property
    def parsed(self) -> bool:
        """Whether a parser has read it; else its words hang on the first, by no relation."""
        return any(word.deprel != "dep" for word in self.words)


class Document(Frozen):
    """An article with its sentences, in text order."""

    article: Article
    sentences: tuple[Sentence, ...]


class Attribution(Frozen):
    """Who is cited for what, as found in one document.

    ``source`` is None where nobody is named. ``via`` is the intermediary ("US media, citing two
    officials": the media). ``negated`` says that the content itself is negated. ``sentence_index``
    is the sentence of the cue. ``confidence`` is in [0, 1]. Only what is ``asserted``
    counts as said.
    """

    sentence_index: int
    source: Spans | None
    cue: Spans
    content: Spans
    via: Spans | None = None
    stance: Stance
    pattern: Pattern
    quotation: Quotation
    negated: bool = False
    modality: Modality = Modality.ASSERTED
    confidence: float = Field(ge=0, le=1)


class Speaker(Frozen):
    """A voice. ``names`` maps a language code to the spellings seen or known, best first.

    ``speaks_for`` is the name of the state or body that a seat stands for (the Kremlin: Russia).
    ``members`` are those of a group that names them ("Moscow and Tehran"), in its order.
    """

    speaker_id: str
    name: str
    kind: SpeakerKind
    names: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    speaks_for: str | None = None
    members: tuple[Speaker, ...] = ()


class Claim(Frozen):
    """An attribution with its speaker; ``speaker`` is None where it could not be resolved.

    ``speaker_confidence`` is how sure the resolution is, in [0, 1]; ``unresolved`` says in a few
    words why there is no speaker although there is a source ("pronoun without antecedent").
    ``title`` and ``description`` are what the source calls its speaker besides the name: an office,
    profession or relation in English, and its own words ("father of Malala").
    """

    claim_id: str
    article_id: str
    speaker: Speaker | None
    speaker_confidence: float | None = Field(default=None, ge=0, le=1)
    unresolved: str | None = None
    title: str | None = None
    description: str | None = None
    via: Speaker | None = None
    attribution: Attribution


class TermKind(StrEnum):
    """What part a term plays in its claim.

    ``agent`` is the entity that opens the content: who did it, in most news prose. ``target`` is
    an entity named beside the content ("accused *Iran* of …"), ``voice`` whom the speaker stands
    for; neither is part of the content. ``vague``, ``refusable``, ``negation`` and ``denial`` are
    word lists of ``config/contradictions.yaml``; a word is refusable only where it heads the
    content.
    """

    WORD = "word"
    NAME = "name"
    NUMBER = "number"
    ENTITY = "entity"
    AGENT = "agent"
    TARGET = "target"
    VOICE = "voice"
    VAGUE = "vague"
    REFUSABLE = "refusable"
    NEGATION = "negation"
    DENIAL = "denial"


@dataclass(frozen=True, slots=True)
class Term:
    """One term of one claim; ``[start, end)`` is the first place in the article that gave it."""

    text: str
    kind: TermKind
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the term stands."""
        return Span(start=self.start, end=self.end)


class ContradictionKind(StrEnum):
    """Why two claims cannot both stand; ``other`` where a judge does not tell. ``superseded`` is an
    older count that a newer one replaces, which is no contradiction."""

    DENIAL = "denial"
    NEGATION = "negation"
    QUANTITY = "quantity"
    ENTITY = "entity"
    OPPOSITE = "opposite"
    OTHER = "other"
    SUPERSEDED = "superseded"


class Contradiction(Frozen):
    """Two claims that conflict. ``left_words`` and ``right_words`` are the conflicting words, as
    spans of the left and right claim's articles; ``score`` is in [0, 1]. ``left_copies`` and
    ``right_copies`` are claims of near-identical articles that repeat that side."""

    contradiction_id: str
    left_claim_id: str
    right_claim_id: str
    kind: ContradictionKind
    score: float = Field(ge=0, le=1)
    explanation: str
    left_words: Spans
    right_words: Spans
    left_copies: tuple[str, ...] = ()
    right_copies: tuple[str, ...] = ()


class Verdict(StrEnum):
    """What a person decided about a contradiction."""

    CONTRADICTION = "contradiction"
    COMPATIBLE = "compatible"
    SUPERSEDED = "superseded"
    EXTRACTION_ERROR = "extraction error"
    UNSURE = "unsure"


class Review(Frozen):
    """One decision of one reviewer; decisions are appended, never overwritten."""

    contradiction_id: str
    verdict: Verdict
    note: str = ""
    reviewer: str
    reviewed_at: datetime


class Failure(Frozen):
    """An input that gave no article, and the reason in one line for the person who reads it.

    ``article_id`` is there where the article could be read but not analysed: it is tried again
    when its text, the configuration, the models or the code have changed.
    """

    input: str
    reason: str
    article_id: str | None = None


class Analysed(Frozen):
    """All that one article gave, ready to store in one transaction.

    ``claims`` are attributed to somebody; ``statements`` are the outlet's own, of pattern
    ``unattributed``, with the quoted words that nobody is named for. ``terms`` maps the id of
    either to what its content is about, in text order, and ``days`` to the day that it speaks of,
    where it says one; ``dateline_on`` is the day of the article's dateline. ``extractor`` is the
    fingerprint of code, configuration and models.
    """

    document: Document
    claims: tuple[Claim, ...]
    statements: tuple[Claim, ...] = ()
    terms: dict[str, tuple[Term, ...]]
    days: dict[str, date] = Field(default_factory=dict)
    dateline_on: date | None = None
    extractor: str
