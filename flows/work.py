"""What one run works with and what it has done so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime

from prefect.exceptions import TerminationSignal

from claims import __version__, interruption
from claims.analysis import Analyser
from claims.configuration import config_folder, load_pipeline, load_sources
from claims.contradictions.comparer import fingerprint, pending
from claims.contradictions.contrasts import load_vocabulary
from claims.errors import DatabaseError
from claims.fetching.addresses import host_of
from claims.journal import Journal, one_line, trace
from claims.model import Analysed, Article, Failure, Frozen
from claims.reading.articles import Duplicate
from claims.reading.inputs import configured
from claims.reading.outlets import sites
from claims.report import Report, stored_claims, stored_pairs
from claims.speakers.transliteration import load_transliteration
from claims.store.addresses import Seen, unrecorded
from claims.store.lake import opened
from claims.store.linking import Linker
from claims.store.pruning import pruned_articles
from claims.store.run_lock import alone
from claims.store.runs import (
    RunCounts,
    RunStatus,
    failed_articles,
    finish_run,
    known_failures,
    new_run_id,
    start_run,
    unfinished,
)
from claims.store.saving import stored
from claims.store.tallies import Tally, tally
from claims.workers import Read


class Occasion(Frozen):
    """Why a run takes place, where it is not simply that a person started it.

    ``scheduled_for`` is when the schedule wanted it, ``warnings`` what there is to tell of that.
    ``only`` is the one article, by identifier, path or address, that is done again whatever is
    known of it; all others are passed over.
    """

    scheduled_for: datetime | None = None
    warnings: tuple[str, ...] = ()
    only: str | None = None


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
        allow_private: bool = False,
        occasion: Occasion | None = None,
        workers: int | None = None,
    ) -> None:
        self.folder = folder = config_folder(config)
        self.allow_private = allow_private
        self.occasion = occasion or Occasion()
        self.journal = Journal(new_run_id())
        self.settings = load_pipeline(folder)
        self.workers = workers or self.settings.workers
        self.sources = load_sources(folder)
        self.analyser = Analyser(folder, self.settings)
        self.linker = Linker(load_transliteration(folder))
        self.vocabulary = load_vocabulary(folder)
        self.comparer = fingerprint(folder, self.settings.contradictions)
        self.database = opened(self.settings.database, database)
        self.inputs = list(inputs or configured(self.settings, self.sources))
        self.articles: list[Article] = []
        self.duplicates: list[Duplicate] = []
        self.failures: list[Failure] = []
        self.seen: list[Seen] = []
        self.run_id: str | None = None
        self.stored: list[str] = []
        self.claims = 0
        self.contradictions = 0
        self.outlets: tuple[Tally, ...] = ()
        self._before = stored(self.database)
        only = self.occasion.only
        self._known = known_failures(self.database, self.inputs if only is None else [only])
        self._broken = {
            article: reason
            for article, reason in failed_articles(self.database, self.analyser.fingerprint).items()
            if self._before.get(article) != self.analyser.fingerprint
        }
        self._pruned = pruned_articles(self.database)
        self.unfinished = unfinished(self.database) or bool(self.pending())
        """Whether the last run was stopped, or articles were compared by other code or settings:
        then contradictions may be missing."""

    def todo(self) -> list[Article]:
        """Articles that are not there as this code, configuration and models read them, less
        those that failed under the same ones before or were pruned."""
        if self.occasion.only is not None:
            return list(self.articles)
        return [
            article
            for article in self.articles
            if self._before.get(article.article_id) != self.analyser.fingerprint
            and article.article_id not in self._broken
            and article.article_id not in self._pruned
        ]

    def pending(self) -> list[str]:
        """The stored articles whose claims are still to be compared."""
        return pending(self.database, self.comparer)

    def take(self, article: Article) -> None:
        """An article to work on, or, where it failed before and nothing has changed, a failure."""
        only = self.occasion.only
        if only is not None and only not in (article.article_id, article.path, article.url):
            return
        self.articles.append(article)
        if article.url is not None:
            when = article.fetched_at
            self.seen.append(Seen(article.outlet, article.url, article.article_id, when))
        reason = self._broken.get(article.article_id)
        if reason is not None and only is None:
            name = article.path or article.article_id
            self.failures.append(Failure(input=name, reason=reason, article_id=article.article_id))

    def fail(self, found: Failure) -> None:
        """An input that gave no article."""
        if self.occasion.only in (None, found.input, found.article_id):
            self.failures.append(found)

    def pass_over(self, found: Duplicate) -> None:
        """A story that was there before, perhaps at another address."""
        self.duplicates.append(found)
        if found.url is not None:
            self.seen.append(Seen(found.outlet, found.url, found.article_id))

    def moves(self) -> list[dict[str, object]]:
        """What is not recorded yet of which article stands at which address."""
        return unrecorded(self.database, self.seen)

    def read(self, chunk: Chunk, given: Read) -> None:
        """What the articles of a chunk gave, and those that gave nothing."""
        chunk.analysed, failures = given
        self.failures += failures

    def has_news(self) -> bool:
        """Whether there is anything to write: articles, failures, a stopped run to finish, or,
        of a scheduled run, that it took place."""
        fresh = any((one.input, one.reason) not in self._known for one in self.failures)
        moved = any(row["article_id"] in self._before for row in self.moves())
        scheduled = self.occasion.scheduled_for is not None
        return bool(self.todo()) or fresh or moved or self.unfinished or scheduled

    @contextmanager
    def recorded(self) -> Iterator[None]:
        """The block as a row of ``runs``, however it ends."""
        versions: dict[str, object] = {
            "claims": __version__,
            "extractor": self.analyser.fingerprint,
        }
        inputs, due, only = self.inputs, self.occasion.scheduled_for, self.occasion.only
        if only is not None:
            inputs, versions["of"] = [only], self.inputs
        self.run_id = start_run(self.database, inputs, versions, self.journal.run_id, due)
        try:
            yield
        except BaseException as error:
            # What went wrong matters more than that it could not be recorded.
            with suppress(DatabaseError):
                if _stopped(error):
                    self._finish(RunStatus.INTERRUPTED)
                else:
                    self._finish(RunStatus.FAILED, one_line(error))
            raise
        self._count()
        self._finish(RunStatus.DONE)

    def _count(self) -> None:
        """What each outlet brought, and a warning where that is far less than usual."""
        outlet_of = {one.article_id: one.outlet for one in self.articles}
        self.outlets = tally(
            self.database,
            self.inputs,
            self.settings.usual,
            read=self.articles,
            new=[one for one in self.stored if one not in self._before],
            again=[one for one in self.stored if one in self._before],
            failed=[one for failure in self.failures if (one := self._outlet(failure, outlet_of))],
        )

    def _outlet(self, failure: Failure, known: Mapping[str, str]) -> str | None:
        """Whose input failed, where that can be told."""
        if failure.article_id is not None and failure.article_id in known:
            return known[failure.article_id]
        for outlet in self.sources.outlets:
            if failure.input in outlet.feeds:
                return outlet.name
        host = host_of(failure.input)
        whose = [one.name for one in self.sources.outlets if host and host in sites(one)]
        return whose[0] if len(whose) == 1 else None

    def _finish(self, status: RunStatus, error: str | None = None) -> None:
        assert self.run_id is not None
        finish_run(
            self.database,
            self.run_id,
            status,
            RunCounts(len(self.stored), self.claims, self.contradictions),
            self.failures,
            error=error,
            warnings=self.warnings,
            outlets=self.outlets,
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should look at, a line each."""
        return (*self.occasion.warnings, *(one.warning for one in self.outlets if one.warning))

    def told(self, report: Report) -> None:
        """Put the end of the run into the journal."""
        for failure in report.failures:
            self.journal.fail("failed_input", input=failure.input, reason=failure.reason)
        for warning in report.warnings:
            self.journal.warn(warning)
        for outlet in report.outlets:
            self.journal.tell("outlet", **outlet.model_dump(exclude={"warning"}))
        self.journal.tell(
            "run_finished",
            recorded=report.run_id is not None,
            seconds=self.journal.seconds(),
            **report.counts(),
        )

    def _failing(self) -> set[str]:
        if self.occasion.only is not None:
            return set()
        return {article.article_id for article in self.articles} & set(self._broken)

    def _gone(self) -> int:
        """How many articles are passed over because they were pruned."""
        return sum(one.article_id in self._pruned for one in self.articles)

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
            unchanged=len(self.articles) - len(self.todo()) - len(self._failing()) - self._gone(),
            pruned=self._gone(),
            contradictions=self.contradictions,
            duplicates=tuple((one.input, one.of) for one in self.duplicates),
            failures=tuple(self.failures),
            claims=claims,
            claims_total=total,
            pairs=stored_pairs(self.database),
            outlets=self.outlets,
            warnings=self.warnings,
        )


@contextmanager
def working(
    inputs: Sequence[str],
    config: str | None,
    database: str | None,
    allow_private: bool,
    occasion: Occasion | None,
    workers: int | None,
) -> Iterator[Work]:
    """A run, told of in the journal from its beginning to its end; the only one on its database,
    unless that is a lake.

    Raises ConfigError, and DatabaseError where another run goes on for longer than
    ``database.wait``.
    """
    settings = load_pipeline(config_folder(config))
    into = opened(settings.database, database)
    with nullcontext() if into.shared else alone(into.path, into.wait):
        into.update()
        work = Work(inputs, config, database, allow_private, occasion, workers)
        journal = work.journal
        journal.tell("run_started", inputs=work.inputs, database=str(work.database.path))
        try:
            yield work
        except BaseException as error:
            if _stopped(error):
                journal.fail("run_interrupted", seconds=journal.seconds())
            else:
                facts = {"error": one_line(error), "traceback": trace(error)}
                journal.fail("run_failed", seconds=journal.seconds(), **facts)
            raise


def _stopped(error: BaseException) -> bool:
    """Whether somebody stopped the run, by Ctrl-C or SIGTERM, whatever was raised since."""
    return interruption.pressed() or isinstance(error, KeyboardInterrupt | TerminationSignal)
