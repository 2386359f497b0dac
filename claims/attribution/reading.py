"""Articles as texts: read by the encoder first, then by the networks of their languages.

What the encoder marks says where a parser is of use. A sentence with a negation is parsed: the tree
says which clause is negated. Of a language whose roles are told by the words after a phrase
(``grammar.marking: postposition``) nothing else is asked of a tree where the encoder reads, too:
with and without one the same is found (``python -m benchmarks.throughput --unparsed``). Elsewhere a
sentence is also parsed where it has a cue that the encoder is sure enough of, or one that the
lexicon may find alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from claims.attribution.engines import Read, read_lines
from claims.attribution.rules.lexicon import Lexicon
from claims.attribution.rules.text import Text
from claims.config.settings import AttributionSettings, EngineSettings
from claims.language.annotation import Annotator, Tagged
from claims.model import Article, Document

if TYPE_CHECKING:
    from claims.language.encoder.reading import Reader


def read_articles(
    articles: Sequence[Article],
    annotator: Annotator,
    lexicons: Mapping[str, Lexicon],
    settings: AttributionSettings,
    reader: Reader | None,
) -> tuple[list[Text], list[Read]]:
    """Each article as a text, with what the encoder reads in it.

    ``reader`` may be None where no language asks the encoder. Raises ModelError where a language's
    model does not load.
    """
    bare = [
        Text(Document(article=each, sentences=()), lexicons[each.language]) for each in articles
    ]
    read = read_lines(bare, settings, reader)
    documents = annotator.annotate(articles, Parsing(bare, read, settings))
    return [Text(each, lexicons[each.article.language]) for each in documents], read


class Parsing:
    """Which sentences of some texts a parser should read: what an annotator calls ``wanted``."""

    def __init__(
        self, texts: Sequence[Text], read: Sequence[Read], settings: AttributionSettings
    ) -> None:
        self._lexicons = [text.lexicon for text in texts]
        self._negations = [frozenset(each.grammar.negations) for each in self._lexicons]
        self._engines = [settings.engine_of(each.language) for each in self._lexicons]
        self._cues = [
            list(_cues(own, engine)) for own, engine in zip(read, self._engines, strict=True)
        ]

    def __call__(self, article: int, start: int, end: int, words: Sequence[Tagged]) -> bool:
        """Whether to parse the sentence ``[start, end)`` of an article, which has these words."""
        lexicon, engine = self._lexicons[article], self._engines[article]
        if not self._negations[article].isdisjoint([word.text.lower() for word in words]):
            return True
        if lexicon.grammar.marking == "postposition" and engine.engine != "lexicon":
            return False
        if any(first < end and start < last for first, last in self._cues[article]):
            return True
        return engine.engine != "encoder" and any(_opens(word, lexicon, engine) for word in words)


def _cues(read: Read, engine: EngineSettings) -> list[tuple[int, int]]:
    """Where the cues stand that the encoder may find, in the article."""
    return [
        line.original(first, last)
        for line, relations in read
        for relation in relations
        if relation.confidence >= engine.encoder_above
        for first, last in relation.cue
    ]


def _opens(word: Tagged, lexicon: Lexicon, engine: EngineSettings) -> bool:
    """Whether a word opens a cue that the lexicon may find where the encoder finds none."""
    if word.lemma.lower() in lexicon.grammar.speech.speaking:
        return True
    alone = engine.engine == "lexicon"
    return any(
        alone or cue.confidence >= engine.lexicon_above
        for alike in lexicon.opened_by(word.text, word.lemma)
        for cue in alike.values()
    )
