"""Articles to documents: sentences and words with lemma, features and dependencies."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypedDict

from claims.config.settings import ModelSettings
from claims.language.conventions import Conventions, load_conventions
from claims.language.normalisation import Normalised, Spelling, load_spelling, normalise
from claims.language.pipelines import model_folder, pipeline
from claims.language.unparsed import unparsed
from claims.model import Article, Document, Sentence, Word

if TYPE_CHECKING:
    from stanza import Document as StanzaDocument
    from stanza.models.common.doc import Sentence as StanzaSentence

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_BREAK = "\n\n"  # Stanza takes a single newline for a space


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    start: int  # in the text that the model reads
    normalised: Normalised


class _Word(TypedDict):
    """The fields of a ``Word``."""

    index: int
    text: str
    lemma: str
    upos: str
    feats: str
    head: int
    deprel: str
    start: int
    end: int


class Wanted(Protocol):
    """Which sentences the parser should read."""

    def __call__(self, article: int, start: int, end: int, words: Sequence[Tagged]) -> bool:
        """Whether it should read one: ``[start, end)`` of the text of an article, by its number."""
        ...


class Tagged(Protocol):
    """A word with its lemma."""

    text: str
    lemma: str


class Annotator:
    """Reads articles with the Stanza models of their languages, loaded when first met.

    A language of ``models.none`` is only split into sentences and words.
    """

    def __init__(self, settings: ModelSettings | None = None) -> None:
        self._settings = settings or ModelSettings()
        self._spellings: dict[str, Spelling] = {}
        self._conventions: dict[str, Conventions] = {}

    def annotate(
        self, articles: Sequence[Article], wanted: Wanted | None = None
    ) -> tuple[Document, ...]:
        """One document for each article, in their order.

        Each line of an article is a paragraph of its own: no sentence crosses a line break.
        With ``wanted`` the bundled parsers read only the sentences that it says; in the others
        every word hangs on the first, as where there is no parser.
        Word and sentence offsets are code points of ``article.text``. Raises ModelError where a
        language's model does not load.
        """
        documents: dict[int, Document] = {}
        by_language: dict[str, list[int]] = defaultdict(list)
        for number, article in enumerate(articles):
            by_language[article.language].append(number)
        for language, numbers in by_language.items():
            if language in self._settings.none:
                documents |= {number: unparsed(articles[number]) for number in numbers}
                continue
            nlp = pipeline(language, self._settings)
            from stanza.models.common.doc import Document as Raw  # after what it may defer

            lines = [self._lines(articles[number]) for number in numbers]
            texts = [_BREAK.join(line.normalised.text for line in own) for own in lines]
            raw = [Raw([], text=text) for text in texts]
            written = [at for at, text in enumerate(texts) if text]
            if written and wanted is not None and self._settings.source == "bundled":
                places = [(numbers[at], lines[at]) for at in written]
                nlp.bulk_process([raw[at] for at in written], partial(_chosen, wanted, places))
            elif written:
                nlp.bulk_process([raw[at] for at in written])
            conventions = self._conventions_of(language)
            for each in raw:
                conventions.apply(each)
            for number, own, annotated in zip(numbers, lines, raw, strict=True):
                document = _document(articles[number], own, annotated)
                if self._spellings[language].words == "article":
                    document = _in_own_letters(document)
                documents[number] = document
        return tuple(documents[number] for number in range(len(articles)))

    def _conventions_of(self, language: str) -> Conventions:
        if language not in self._conventions:
            folder = model_folder(language, self._settings)
            self._conventions[language] = load_conventions(folder)
        return self._conventions[language]

    def _lines(self, article: Article) -> list[_Line]:
        spelling = self._spellings.get(article.language)
        if spelling is None:
            spelling = load_spelling(model_folder(article.language, self._settings))
            self._spellings[article.language] = spelling
        lines: list[_Line] = []
        start = 0
        for number, match in enumerate(_LINE.finditer(article.text)):
            normalised = normalise(match[0], spelling, match.start())
            if not normalised.text.strip():
                continue
            lines.append(_Line(number, start, normalised))
            start += len(normalised.text) + len(_BREAK)
        return lines


def _chosen(
    wanted: Wanted, places: Sequence[tuple[int, list[_Line]]], number: int, sentence: StanzaSentence
) -> bool:
    """Whether a sentence is ``wanted``; ``places`` has for each document the number of its
    article and the lines that it was made of."""
    article, lines = places[number]
    first, last = sentence.tokens[0], sentence.tokens[-1]
    line = lines[bisect_right(lines, first.start_char, key=lambda line: line.start) - 1]
    start, end = line.normalised.original(first.start_char - line.start, last.end_char - line.start)
    return wanted(article, start, end, sentence.words)


def _document(article: Article, lines: list[_Line], annotated: StanzaDocument) -> Document:
    sentences: list[Sentence] = []
    nexts = [line.start for line in lines[1:]]  # where the line after each begins
    at = 0
    for raw in annotated.sentences:
        words: list[_Word] = []
        for token in raw.tokens:
            while at < len(nexts) and token.start_char >= nexts[at]:
                at += 1
            for word in token.words:
                words.append(_word(word, token, lines[at]))
        words = _placed(words)
        if words:
            # Checked a sentence at a time: Pydantic takes a third of the time that it takes for
            # a word at a time.
            sentence = {
                "index": len(sentences),
                "line": lines[at].number,
                "start": words[0]["start"],
                "end": max(word["end"] for word in words),
                "words": tuple(words),
            }
            sentences.append(Sentence.model_validate(sentence))
    return Document(article=article, sentences=tuple(sentences))


def _in_own_letters(document: Document) -> Document:
    """The document with words as the article has them, where the model reads another script; a
    lemma in that script would be of no use."""
    text = document.article.text

    def own(word: Word) -> Word:
        form = unicodedata.normalize("NFC", text[word.start : word.end])
        return word.model_copy(update={"text": form, "lemma": form})

    sentences = tuple(
        sentence.model_copy(update={"words": tuple(map(own, sentence.words))})
        for sentence in document.sentences
    )
    return document.model_copy(update={"sentences": sentences})


def _placed(words: list[_Word]) -> list[_Word]:
    """The words that stand in the article, numbered anew; inserted marks have no place in it."""
    dropped = {word["index"]: word["head"] for word in words if word["end"] <= word["start"]}
    if not dropped:
        return words
    kept = [word for word in words if word["index"] not in dropped]
    places = {0: 0} | {word["index"]: place for place, word in enumerate(kept, 1)}

    def head(index: int) -> int:
        for _ in dropped:  # what hangs on a dropped mark hangs on the mark's own head
            index = dropped.get(index, index)
        return places.get(index, 0)

    for word in kept:
        word["index"], word["head"] = places[word["index"]], head(word["head"])
    return kept


def _word(word: Any, token: Any, line: _Line) -> _Word:
    begin, stop = word.start_char, word.end_char
    if begin is None or stop is None:  # a part of a contraction stands where the whole stands
        begin, stop = token.start_char, token.end_char
    start, end = line.normalised.original(begin - line.start, stop - line.start)
    upos, deprel = word.upos or "X", word.deprel or "dep"
    if upos == "PUNCT" and any(character.isalpha() for character in word.text):
        # Treebanks end a sentence with a mark, so a tagger may take the last word of a headline,
        # mostly a name it never saw, for one.
        upos, deprel = "PROPN", "dep" if deprel == "punct" else deprel
    return {
        "index": word.id,
        "text": word.text,
        "lemma": word.lemma or word.text,
        "upos": upos,
        "feats": word.feats or "",
        # Where no parser read, all hang on the first word, as where there is no parser.
        "head": int(word.id > 1) if word.head is None else word.head,
        "deprel": deprel,
        "start": start,
        "end": end,
    }
