"""What one run works with and what it has done so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from claims import __version__
from claims.analysis import Analyser
from claims.configuration import config_folder, load_pipeline, load_sources
from claims.contradictions.comparer import fingerprint, pending
from claims.contradictions.contrasts import load_vocabulary
from claims.errors import DatabaseError
from claims.model import Analysed, Article, Failure
from claims.reading.articles import Duplicate
from claims.report import Report, stored_claims, stored_pairs
from claims.speakers.transliteration import load_transliteration
from claims.store.lake import opened
from claims.store.linking import Linker
from claims.store.runs import (
    RunCounts,
    RunStatus,
    failed_articles,
    finish_run,
    known_failures,
    start_run,
    unfinished,
)
from claims.store.saving import stored
from claims.workers import Read


class Chunk:
    """Articles that one task annotates and one transaction stores, and what they gave.

    No dataclass or model: Prefect would walk through every word of one that a task is given.
    """

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = tuple(articles)
        self.analysed: list[Analysed] = []


class Work:
    """A run's configuration, its inputs, and what it read and wrote.

    Raises ConfigError for a configuration that is wrong and DatabaseError for a database that
    cannot be read.
    """

    def __init__(
        self,
        inputs: Sequence[str],
        config: str | None,
        database: str | None,
        workers: int | None = None,
    ) -> None:
        folder = config_folder(config)
        self.folder = folder
        self.settings = load_pipeline(folder)
        self.workers = workers or self.settings.workers
        self.sources = load_sources(folder)
        self.analyser = Analyser(folder, self.settings)
        self.linker = Linker(load_transliteration(folder))
        self.vocabulary = load_vocabulary(folder)
        self.comparer = fingerprint(folder, self.settings.contradictions)
        self.database = opened(self.settings.database, database)
        self.inputs = list(inputs or self.settings.inputs)
        self.articles: list[Article] = []
        self.duplicates: list[Duplicate] = []
        self.failures: list[Failure] = []
        self.run_id: str | None = None
        self.stored: list[str] = []
        self.claims = 0
        self.contradictions = 0
        self._before = stored(self.database)
        self._known = known_failures(self.database, self.inputs)
        self._broken = failed_articles(self.database, self.analyser.fingerprint)
        self.unfinished = unfinished(self.database) or bool(self.pending())
        """Whether the last run was stopped, or articles were compared by other code or settings:
        then contradictions may be missing."""

    def todo(self) -> list[Article]:
        """Articles that are not there as this code, configuration and models read them, less
        those that failed under the same ones before."""
        return [
            article
            for article in self.articles
            if self._before.get(article.article_id) != self.analyser.fingerprint
            and article.article_id not in self._broken
        ]

    def pending(self) -> list[str]:
        """The stored articles whose claims are still to be compared."""
        return pending(self.database, self.comparer)

    def take(self, article: Article) -> None:
        """An article to work on, or, where it failed before and nothing has changed, a failure."""
        self.articles.append(article)
        reason = self._broken.get(article.article_id)
        if reason is not None:
            name = article.path or article.article_id
            self.failures.append(Failure(input=name, reason=reason, article_id=article.article_id))

    def read(self, chunk: Chunk, given: Read) -> None:
        """What the articles of a chunk gave, and those that gave nothing."""
        chunk.analysed, failures = given
        self.failures += failures

    def has_news(self) -> bool:
        """Whether there is anything to write: articles, failures, or a stopped run to finish."""
        fresh = any((one.input, one.reason) not in self._known for one in self.failures)
        return bool(self.todo()) or fresh or self.unfinished

    @contextmanager
    def recorded(self) -> Iterator[None]:
        """The block as a row of ``runs``, however it ends."""
        versions = {"claims": __version__, "extractor": self.analyser.fingerprint}
        self.run_id = start_run(self.database, self.inputs, versions)
        status = RunStatus.FAILED
        try:
            yield
            status = RunStatus.DONE
        except KeyboardInterrupt:
            status = RunStatus.INTERRUPTED
            raise
        finally:
            counts = RunCounts(len(self.stored), self.claims, self.contradictions)
            if status is RunStatus.DONE:
                finish_run(self.database, self.run_id, status, counts, self.failures)
            else:
                # What went wrong matters more than that it could not be recorded.
                with suppress(DatabaseError):
                    finish_run(self.database, self.run_id, status, counts, self.failures)

    def _failing(self) -> set[str]:
        return {article.article_id for article in self.articles} & set(self._broken)

    def report(self) -> Report:
        """How the run ended, with the stored claims of all its articles."""
        identifiers = {article.article_id for article in self.articles}
        claims, total = stored_claims(self.database, identifiers)
        again = sum(identifier in self._before for identifier in self.stored)
        return Report(
            database=str(self.database.path),
            run_id=self.run_id,
            articles=len(self.articles),
            new=len(self.stored) - again,
            again=again,
            unchanged=len(self.articles) - len(self.todo()) - len(self._failing()),
            contradictions=self.contradictions,
            duplicates=tuple((one.input, one.of) for one in self.duplicates),
            failures=tuple(self.failures),
            claims=claims,
            claims_total=total,
            pairs=stored_pairs(self.database),
        )
