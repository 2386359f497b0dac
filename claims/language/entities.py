"""Named entities: what they are, and Stanza's recogniser where a language's model has one."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from claims.errors import ModelError
from claims.model import Document, Frozen, Sentence, Span

if TYPE_CHECKING:
    from stanza import Pipeline

MODEL = "ner.pt"
"""The recogniser's file in a language's model folder; a model may do without."""


class EntityKind(StrEnum):
    """What a name names. A state is a place by its name, whatever it does in the sentence."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"


class Entity(Frozen):
    """A name without title, article or case marker; ``span`` in code points of the article."""

    kind: EntityKind
    span: Span


class Entities(Protocol):
    """Whatever finds names: rules, Stanza's recogniser, a head on an encoder."""

    def entities(self, document: Document) -> list[Entity]:
        """The names of a document, in text order, none overlapping."""
        ...


_KINDS = {"PER": EntityKind.PERSON, "ORG": EntityKind.ORGANISATION, "LOC": EntityKind.PLACE}


class StanzaEntities:
    """Stanza's recogniser; ``folder`` is the model folder of the documents' language.

    Raises ModelError where the recogniser does not load.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def entities(self, document: Document) -> list[Entity]:
        """The names that the recogniser sees in the words of the document's sentences."""
        import stanza

        sentences = [sentence for sentence in document.sentences if sentence.words]
        if not sentences:
            return []
        words = [
            [{"id": n, "text": word.text} for n, word in enumerate(sentence.words, 1)]
            for sentence in sentences
        ]
        read = stanza.Document(words)
        _recogniser(str(self._folder))(read)
        return [
            entity
            for sentence, labelled in zip(sentences, read.sentences, strict=True)
            for entity in _entities(sentence, [token.ner or "O" for token in labelled.tokens])
        ]


@cache
def _recogniser(folder: str) -> Pipeline:
    import stanza

    try:
        nlp = stanza.Pipeline(
            "en",  # asked for, used for nothing: every path is given
            dir=folder,
            download_method=None,
            allow_unknown_language=True,
            processors="tokenize,ner",
            tokenize_pretokenized=True,
            ner_model_path=str(Path(folder) / MODEL),
            ner_pretrain_path=str(Path(folder) / "pretrain.pt"),
            ner_forward_charlm_path="",
            ner_backward_charlm_path="",
            use_gpu=False,
            logging_level="ERROR",
        )
        for trainer in nlp.processors["ner"].trainers:
            trainer.model.float()  # weights may be stored in half precision
    except Exception as error:  # Stanza raises many kinds here, each for an unusable model
        reason = " ".join(str(error).split())
        raise ModelError(f"{folder}/{MODEL}: does not load: {reason}") from error
    return nlp


def _entities(sentence: Sentence, labels: list[str]) -> Iterator[Entity]:
    """Names from labels with B, I, E, S and O."""
    first: int | None = None
    for place, label in enumerate([*labels, "O"]):
        begins = label[0] in "BSO"
        if first is not None and begins:
            kind = _KINDS.get(labels[first][2:])
            if kind is not None:
                words = sentence.words[first:place]
                span = Span(start=words[0].start, end=max(word.end for word in words))
                yield Entity(kind=kind, span=span)
            first = None
        if label != "O" and (begins or first is None):
            first = place
