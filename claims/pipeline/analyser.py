"""Articles to claims: annotation, attribution, speakers and terms in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from claims import __version__, startup
from claims.attribution.engines import extracted_all
from claims.attribution.outlet_statements import unattributed
from claims.attribution.reading import read_articles
from claims.attribution.rules.lexicon import load_lexicons
from claims.attribution.rules.text import Text
from claims.config.settings import PipelineSettings
from claims.errors import ClaimsError
from claims.fingerprint import files_behind, fingerprint
from claims.language.annotation import Annotator
from claims.language.encoder.weights import LIKELIHOODS, encoder_folder, reader
from claims.language.pipelines import model_folder
from claims.model import Analysed, Article, Attribution, Claim, Failure
from claims.speakers.gazetteer import load_gazetteer
from claims.speakers.link import claim_id, link
from claims.speakers.mentions import load_mentions
from claims.speakers.segments import Segmenter
from claims.terms.claim_terms import DocumentTerms, WordTerms
from claims.terms.days import load_days
from claims.terms.word_lists import load_word_lists
from claims.timing import stage

if TYPE_CHECKING:
    from claims.language.encoder.reading import Reader

_PACKAGE = Path(__file__).resolve().parents[1]
CODE = ("model.py", "language", "attribution", "speakers", "terms", "readers/dates.py")
_LEARNED = ("speakers/weights/latin_names.safetensors.gz",)
_CONFIGURED = (
    "cues",
    "stances",
    "mentions",
    "speakers.yaml",
    "transliteration.yaml",
    "contradictions.yaml",
    "days",
)
_WHERE_THERE = ("names.yaml",)
_ENCODER_FILES = ("SHA256SUMS", "calibration.yaml", LIKELIHOODS)
# Of models their checksums: a fingerprint must not read 20 MB at every start.
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
        self._words = WordTerms(load_word_lists(config))
        self._days = load_days(config, settings.languages)
        self._annotator = Annotator(settings.models)

    @cached_property
    def fingerprint(self) -> str:
        """What an article's claims depend on besides its text, in 16 hexadecimal digits.

        Covers version, source files, cues, mentions, speakers, the engine of each language and the
        models' checksums: when one of them changes, so does this, and articles are read again.
        Loads no model.
        """
        settings = self._settings
        files = files_behind(_PACKAGE, (*CODE, *_LEARNED))
        own = [name for name in _WHERE_THERE if (self._config / name).exists()]
        files += files_behind(self._config, (*_CONFIGURED, *own), ("*.yaml",))
        engines = []
        for language in settings.languages:
            if language not in settings.models.none:
                folder = model_folder(language, settings.models)
                # Stanza's own models have no spellings or conventions beside them.
                files += files_behind(folder, [n for n in _MODEL_FILES if (folder / n).is_file()])
            engines.append(settings.attribution.engine_of(language).model_dump_json())
        if any(self._asks_encoder(language) for language in settings.languages):
            folder = encoder_folder(settings.attribution.encoder)
            files += files_behind(folder, _ENCODER_FILES)
        return fingerprint(files, __version__, settings.models.source, *engines)

    def analyse(self, articles: Sequence[Article]) -> tuple[list[Analysed], list[Failure]]:
        """All that the articles give, in their order, and those that could not be read.

        Where a chunk fails its articles are tried one by one, so that one article stops no other.
        Raises ModelError and ConfigError: those concern every article.
        """
        try:
            # The encoder first: loading it takes more for a moment than all else does later.
            asked = any(self._asks_encoder(each.language) for each in articles)
            encoder = self._encoder() if asked else None
            settings = self._settings.attribution
            with stage("annotation"):
                texts, read = read_articles(
                    articles, self._annotator, self._lexicons, settings, encoder
                )
            with stage("attribution"):
                found = extracted_all(texts, settings, read)
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

    def _encoder(self) -> Reader:
        startup.before_models()
        folder = encoder_folder(self._settings.attribution.encoder)
        return reader(folder, self._settings.models.threads)

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
            terms = DocumentTerms(document, self._gazetteer, self._words)
            about = {claim.claim_id: terms.of(claim) for claim in (*claims, *statements)}
            dateline = self._days.dateline(document.article)
            days = dict(self._days_of(document.article, (*claims, *statements), dateline))
        return Analysed(
            document=document,
            claims=claims,
            statements=statements,
            terms=about,
            days=days,
            dateline_on=dateline,
            extractor=self.fingerprint,
        )

    def _days_of(
        self, article: Article, claims: Sequence[Claim], dateline: date | None
    ) -> Iterator[tuple[str, date]]:
        """The claims that say which day they speak of, with that day."""
        written = article.published_at.date() if article.published_at else dateline
        for claim in claims:
            content = " ".join(span.of(article.text) for span in claim.attribution.content)
            if day := self._days.spoken_of(content, article.language, written):
                yield claim.claim_id, day


def _failure(article: Article, error: Exception) -> Failure:
    words = " ".join(str(error).split())
    passing = isinstance(error, MemoryError | OSError)  # the machine's fault: worth another try
    return Failure(
        input=article.path or article.article_id,
        reason=f"could not be analysed: {type(error).__name__}: {words}",
        article_id=None if passing else article.article_id,
    )
