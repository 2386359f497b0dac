"""What a claim is about: its terms, each with its place in the article.

A term is language-free where it can be: a known name is its entity (``=Russia`` for روس, ماسکو,
Moscow alike), a number its value (``#20``), a word of a concept the concept (``~drone``); any
other content word is its stem. A term keeps its kind and its place, so that a pair of claims can
show the words that conflict without the article being annotated again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from claims.model import (
    Claim,
    Document,
    Sentence,
    Span,
    Spans,
    SpeakerKind,
    Term,
    TermKind,
    Word,
)
from claims.speakers.gazetteer import Entry, Gazetteer
from claims.terms.word_lists import WordLists, default_word_lists

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


def read_terms(
    document: Document, claim: Claim, gazetteer: Gazetteer, word_lists: WordLists | None = None
) -> tuple[Term, ...]:
    """What the content of ``claim`` is about, in text order: each text and kind once, at its first
    place, but a known name wherever it stands.

    ``document`` is the claim's own. ``word_lists`` are by default those of the configuration folder
    in force. Raises ConfigError where these cannot be read.
    """
    words = WordTerms(word_lists or default_word_lists())
    return DocumentTerms(document, gazetteer, words).of(claim)


class WordTerms:
    """What words are terms for by themselves; a word that was read is remembered."""

    def __init__(self, word_lists: WordLists) -> None:
        self.word_lists = word_lists
        self.term = lru_cache(maxsize=1 << 16)(self._term)

    def _term(
        self, code: str, text: str, lemma: str, upos: str, heads: bool
    ) -> tuple[str, TermKind] | None:
        """Text and kind of the term of a word of language ``code``; None where it is for none."""
        language = self.word_lists.language(code)
        if language.is_negation(text, lemma):
            return "!", TermKind.NEGATION
        if upos not in _CONTENT or language.is_light(text, lemma):
            return None
        number = language.number(text)
        if number is not None:
            return f"#{number}", TermKind.NUMBER
        if upos == "NUM" and not any(character.isdigit() for character in text):
            return None
        stem = language.stem(lemma)
        if len(stem) < 2:
            return None
        if language.is_vague(stem):
            kind = TermKind.VAGUE
        elif language.is_denial(stem):
            kind = TermKind.DENIAL
        elif heads and language.is_refusable(stem):
            kind = TermKind.REFUSABLE
        elif upos == "PROPN":
            kind = TermKind.NAME
        else:
            kind = TermKind.WORD
        concept = self.word_lists.concept(code, stem)
        if concept is not None:
            return f"~{concept}", TermKind.WORD if kind is TermKind.NAME else kind
        return stem, kind


class DocumentTerms:
    """Reads the terms of the claims of one document; names are looked up once in each sentence."""

    def __init__(self, document: Document, gazetteer: Gazetteer, words: WordTerms) -> None:
        self._sentences = document.sentences
        self._code = document.article.language
        self._gazetteer = gazetteer
        self._words = words
        self._named: dict[int, list[tuple[int, int, Entry]]] = {}

    def of(self, claim: Claim) -> tuple[Term, ...]:
        """The terms of a claim of the document, as ``read_terms`` gives them."""
        content = claim.attribution.content
        found: dict[tuple[str, TermKind, int], Term] = {}
        opened = False
        for sentence in self._around(content):
            names = self._mentions(sentence)
            for term in _content(
                sentence, content, self._code, names, self._gazetteer, self._words, opened
            ):
                opened = opened or term.kind is not TermKind.NEGATION
                found.setdefault(_place(term), term)
        for term in (*self._targets(claim), *_voices(claim, self._gazetteer)):
            found.setdefault(_place(term), term)
        return tuple(found.values())

    @cached_property
    def _ends(self) -> list[int]:
        return [sentence.end for sentence in self._sentences]

    def _around(self, content: Spans) -> Iterator[Sentence]:
        """The sentences that have a place in common with a content, in text order."""
        if not content:  # a bare denial: what is denied stands elsewhere
            return
        first, last = min(s.start for s in content), max(s.end for s in content)
        for sentence in self._sentences[bisect_left(self._ends, first + 1) :]:
            if sentence.start >= last:
                return
            if any(_overlap(sentence.start, sentence.end, span) for span in content):
                yield sentence

    def _mentions(self, sentence: Sentence) -> list[tuple[int, int, Entry]]:
        found = self._named.get(sentence.index)
        if found is None:
            found = self._named[sentence.index] = _mentions(sentence, self._code, self._gazetteer)
        return found

    def _targets(self, claim: Claim) -> Iterator[Term]:
        """Entities named between source, cue and content, such as those who are accused."""
        attribution = claim.attribution
        taken = (*(attribution.source or ()), *attribution.cue, *attribution.content)
        taken = (*taken, *(attribution.via or ()))
        first, last = min(s.start for s in taken), max(s.end for s in taken)
        for sentence in self._around((Span(start=first, end=last),)):
            if sentence.index != attribution.sentence_index:
                continue
            for start, end, entry in self._mentions(sentence):
                words = sentence.words[start:end]
                between = first <= words[0].start and words[-1].end <= last
                if between and not any(_within(word, taken) for word in words):
                    yield _entity(entry, words, self._gazetteer, TermKind.TARGET)


def _place(term: Term) -> tuple[str, TermKind, int]:
    everywhere = term.kind in (TermKind.ENTITY, TermKind.AGENT)
    return term.text, term.kind, term.start if everywhere else 0


def _content(
    sentence: Sentence,
    content: Spans,
    code: str,
    mentions: Sequence[tuple[int, int, Entry]],
    gazetteer: Gazetteer,
    words: WordTerms,
    opened: bool,
) -> Iterator[Term]:
    """The terms of the words of ``sentence`` that lie in ``content``, in text order.

    ``opened`` says that the content has begun with something else already: no entity of this
    sentence opens it, so none is its agent.
    """
    language = words.word_lists.language(code)
    inside = {
        word.index
        for span in content
        for word in sentence.words
        if span.start <= word.start and word.end <= span.end
    }
    names = {start: (end, entry) for start, end, entry in mentions}
    last = 0  # where the last name ends
    for position, word in enumerate(sentence.words):
        if position < last:
            continue
        end, entry = names.get(position, (0, None))
        last = end
        if word.index not in inside:
            continue
        if entry is not None:
            follows = sentence.words[end].text if end < len(sentence.words) else ""
            kind = TermKind.ENTITY if opened or language.marks_no_agent(follows) else TermKind.AGENT
            yield _entity(entry, sentence.words[position:end], gazetteer, kind)
            opened = True
        else:
            heads = word.head not in inside
            said = words.term(code, word.text, word.lemma, word.upos, heads)
            if said is not None:
                yield Term(*said, word.start, word.end)
                opened = opened or said[1] is not TermKind.NEGATION


def _voices(claim: Claim, gazetteer: Gazetteer) -> Iterator[Term]:
    """The speaker and whom the speaker stands for, at the place of the source."""
    if claim.speaker is None:
        return
    place = (claim.attribution.source or claim.attribution.cue)[0]
    for name in _stands_for(claim.speaker.name, gazetteer, claim.speaker.speaks_for):
        yield Term(_entity_text(name), TermKind.VOICE, place.start, place.end)


def _mentions(sentence: Sentence, code: str, gazetteer: Gazetteer) -> list[tuple[int, int, Entry]]:
    """Names and, where none stands, demonyms: ``(start, end, entry)``, indexes of words."""
    words = [word.text for word in sentence.words]
    found = gazetteer.mentions(words, code)
    named = {place for start, end, _ in found for place in range(start, end)}
    for place, entry in gazetteer.adjectives(words, code):
        if place not in named:
            found.append((place, place + 1, entry))
    return sorted(found, key=lambda mention: mention[0])


def _stands_for(name: str, gazetteer: Gazetteer, first: str | None = None) -> tuple[str, ...]:
    """``name`` and, in turn, those that it speaks for; ``first`` where the caller knows it."""
    chain: list[str] = []
    following: str | None = name
    while following is not None and following not in chain:
        chain.append(following)
        entry = gazetteer.named(following)
        following = (entry.speaks_for if entry else None) or (first if len(chain) == 1 else None)
    return tuple(chain)


def _entity(entry: Entry, words: Sequence[Word], gazetteer: Gazetteer, kind: TermKind) -> Term:
    # A seat is its state (the Kremlin: Russia); a person stays one even who speaks for a state.
    person = entry.kind is SpeakerKind.PERSON
    name = entry.name if person else _stands_for(entry.name, gazetteer)[-1]
    return Term(_entity_text(name), kind, words[0].start, words[-1].end)


def _entity_text(name: str) -> str:
    return f"={name}"


def _within(word: Word, spans: Spans) -> bool:
    return any(span.start <= word.start and word.end <= span.end for span in spans)


def _overlap(start: int, end: int, span: Span) -> bool:
    return start < span.end and span.start < end
