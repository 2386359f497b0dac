"""Articles to claims: annotation, attribution, speakers and terms in one go."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from claims import __version__
from claims.attribution.engines import extracted_all
from claims.attribution.lexicon import load_lexicons
from claims.attribution.texts import Text
from claims.attribution.unattributed import unattributed
from claims.configuration import PipelineSettings
from claims.contradictions.lexicon import load_lexicon
from claims.contradictions.terms import Topics, Words
from claims.errors import ClaimsError
from claims.language.annotation import Annotator
from claims.language.encoder.weights import BUNDLED, reader
from claims.language.pipelines import model_folder
from claims.model import Analysed, Article, Attribution, Claim, Failure
from claims.speakers.gazetteer import load_gazetteer
from claims.speakers.link import claim_id, link
from claims.speakers.mentions import load_mentions
from claims.speakers.segments import Segmenter
from claims.stages import stage

_PACKAGE = Path(__file__).resolve().parent
_CODE = ("model.py", "language", "attribution", "speakers", "contradictions/terms.py")
_CONFIGURED = ("cues", "mentions", "speakers.yaml", "transliteration.yaml", "contradictions.yaml")
_ENCODER_FILES = ("SHA256SUMS", "calibration.yaml")
_MODEL_FILES = ("SHA256SUMS", "spelling.yaml", "conventions.yaml", "resources.json")


class Analyser:
    """Composes the packages that read an article; models are loaded with the first article.

    Raises ConfigError for cue files, mentions or speakers that are wrong.
    """

    def __init__(self, config: Path, settings: PipelineSettings) -> None:
        self._config = config
        self._settings = settings
        self._lexicons = load_lexicons(config, settings.languages)
        self._gazetteer = load_gazetteer(config, settings.languages)
        self._mentions = load_mentions(config, settings.languages)
        self._segmenters = {
            language: Segmenter(self._gazetteer, mentions, language)
            for language, mentions in self._mentions.items()
        }
        self._words = Words(load_lexicon(config))
        self._annotator = Annotator(settings.models)

    @cached_property
    def fingerprint(self) -> str:
        """What an article's claims depend on besides its text, in 16 hexadecimal digits.

        Covers version, source files, cues, mentions, speakers, the engine of each language and the
        models' checksums: when one of them changes, so does this, and articles are read again.
        Loads no model.
        """
        settings = self._settings
        digest = hashlib.sha256(f"{__version__}\0{settings.models.source}".encode())
        files = [*_files(_PACKAGE, _CODE, "*.py"), *_files(self._config, _CONFIGURED, "*.yaml")]
        for language in settings.languages:
            files += _files(model_folder(language, settings.models), _MODEL_FILES, "*")
            digest.update(settings.attribution.engine_of(language).model_dump_json().encode())
        if any(self._asks_encoder(language) for language in settings.languages):
            files += _files(BUNDLED, _ENCODER_FILES, "*")
        for name, path in files:
            digest.update(f"\0{name}\0".encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()[:16]

    def analyse(self, articles: Sequence[Article]) -> tuple[list[Analysed], list[Failure]]:
        """All that the articles give, in their order, and those that could not be read.

        Where a chunk fails its articles are tried one by one, so that one article stops no other.
        Raises ModelError and ConfigError: those concern every article.
        """
        try:
            with stage("annotation"):
                documents = self._annotator.annotate(articles)
            asked = any(self._asks_encoder(each.article.language) for each in documents)
            encoder = reader(threads=self._settings.models.threads) if asked else None
            with stage("attribution"):
                texts = [Text(each, self._lexicons[each.article.language]) for each in documents]
                found = extracted_all(texts, self._settings.attribution, encoder)
            return [
                self._claims(text, attributions)
                for text, attributions in zip(texts, found, strict=True)
            ], []
        except ClaimsError:
            raise
        except Exception as error:
            if len(articles) == 1:
                return [], [_failure(articles[0], error)]
        analysed: list[Analysed] = []
        failures: list[Failure] = []
        for article in articles:
            one, failed = self.analyse([article])
            analysed += one
            failures += failed
        return analysed, failures

    def _asks_encoder(self, language: str) -> bool:
        return self._settings.attribution.engine_of(language).engine != "lexicon"

    def _claims(self, text: Text, attributions: tuple[Attribution, ...]) -> Analysed:
        document = text.document
        language = document.article.language
        with stage("speakers"):
            claims = link(
                document,
                attributions,
                self._gazetteer,
                self._mentions[language],
                self._segmenters[language],
            )
        with stage("attribution"):
            own = unattributed(text, attributions)
        article_id = document.article.article_id
        statements = tuple(
            Claim(
                claim_id=claim_id(article_id, each),
                article_id=article_id,
                speaker=None,
                attribution=each,
            )
            for each in own
        )
        with stage("terms"):
            topics = Topics(document, self._gazetteer, self._words)
            about = {
                claim.claim_id: tuple(term.packed() for term in topics.of(claim))
                for claim in (*claims, *statements)
            }
        return Analysed(
            document=document,
            claims=claims,
            statements=statements,
            terms=about,
            extractor=self.fingerprint,
        )


def _failure(article: Article, error: Exception) -> Failure:
    words = " ".join(str(error).split())
    passing = isinstance(error, MemoryError | OSError)  # the machine's fault: worth another try
    return Failure(
        input=article.path or article.article_id,
        reason=f"could not be analysed: {type(error).__name__}: {words}",
        article_id=None if passing else article.article_id,
    )


def _files(folder: Path, names: Iterable[str], pattern: str) -> list[tuple[str, Path]]:
    """The files behind ``names`` (files, or folders with all that fits ``pattern``), sorted."""
    found: list[Path] = []
    for name in names:
        path = folder / name
        found += sorted(path.rglob(pattern)) if path.is_dir() else [path]
    return [(p.relative_to(folder).as_posix(), p) for p in found if p.is_file()]
