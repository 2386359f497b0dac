"""Texts through the real models, for tests."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from claims.attribution.rules.extract import extract
from claims.attribution.rules.lexicon import Lexicon, load_lexicons
from claims.language.annotation import Annotator
from claims.model import Article, Attribution, Document

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "config"
SEEDS = tuple(sorted((ROOT / "seeds").glob("*.txt")))

_ANNOTATOR = Annotator()


@cache
def lexicon(language: str) -> Lexicon:
    """The cue lexicon as it is shipped."""
    return load_lexicons(CONFIG, [language])[language]


def article(text: str, language: str) -> Article:
    """An article of nobody's."""
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(
        article_id=digest[:16], outlet="test", language=language, content_hash=digest, text=text
    )


@cache
def document(text: str, language: str) -> Document:
    """``text`` as the bundled model reads it."""
    return _ANNOTATOR.annotate([article(text, language)])[0]


def attributions(text: str, language: str) -> tuple[Attribution, ...]:
    """What ``text`` attributes."""
    return extract(document(text, language), lexicon(language))


def texts_of(attribution: Attribution, text: str) -> tuple[str | None, str, str]:
    """Source, cue and content in words; pieces of one role apart by `` | ``."""
    source, cue, content = (
        " | ".join(span.of(text) for span in spans) if spans else None
        for spans in (attribution.source, attribution.cue, attribution.content)
    )
    assert cue is not None
    assert content is not None
    return source, cue, content
