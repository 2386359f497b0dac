"""One run, from its inputs to its report: what it works with, and its steps.

Nothing here knows Prefect. The flow in ``flows/news.py`` makes a task of each step; who runs
without a flow calls them in the same order: ``read_inputs``, for each of ``chunks`` ``keep`` and
``store``, then ``gather`` and ``compare``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime

import duckdb

from claims import __version__, interruption, startup
from claims.config.settings import config_folder, load_pipeline, load_sources
from claims.contradictions.find import search
from claims.contradictions.fingerprint import comparison_fingerprint, pending
from claims.contradictions.judges.judge import Judge, notices, unanswered
from claims.contradictions.judges.registry import check_judges, open_judge
from claims.contradictions.judges.rules.contrasts import load_vocabulary
from claims.contradictions.preparation import prepare
from claims.disputes.regroup import regroup, to_regroup
from claims.errors import ClaimsError, DatabaseError
from claims.events import Journal, one_line
from claims.model import Analysed, Article, Frozen
from claims.pipeline.analyser import Analyser
from claims.pipeline.inputs import RunInputs
from claims.pipeline.processes import Read
from claims.pipeline.progress import tell
from claims.pipeline.report import Report, reported_disputes, stored_claims
from claims.readers.locate import configured
from claims.readers.open import intake
from claims.search.index import index_claims, to_index
from claims.speakers.transliteration import load_transliteration
from claims.store.articles import languages_of_texts, save
from claims.store.contradictions import save_contradictions
from claims.store.lake import opened
from claims.store.outlet_counts import OutletCount, count_by_outlet
from claims.store.runs import (
    RunCounts,
    RunStatus,
    finish_run,
    new_run_id,
    start_run,
    unfinished,
)
from claims.store.snapshot import Snapshot, snapshot_path
from claims.store.speaker_links import StoredLinks
from claims.stories.fingerprint import articles_without_story
from claims.stories.update import update_stories

Stops = tuple[type[BaseException], ...]


class Trigger(Frozen):
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


class RunContext:
    """A run's configuration, its inputs, and what it read and wrote.

    Errors of the types ``stops`` say that somebody stopped the run, beside a KeyboardInterrupt.
    Raises ConfigError for a configuration that is wrong and DatabaseError for a database that
    cannot be read.
    """

    def __init__(
        self,
        inputs: Sequence[str],
        config: str | None,
        database: str | None,
        allow_private: bool = False,
        trigger: Trigger | None = None,
        workers: int | None = None,
        stops: Stops = (),
        follow_links: bool = False,
        run_id: str | None = None,
    ) -> None:
        self.folder = folder = config_folder(config)
        self.allow_private = allow_private
        self.follow_links = follow_links
        self.trigger = trigger or Trigger()
        self.journal = Journal(run_id or new_run_id())
        self.settings = load_pipeline(folder)
        self.workers = workers or self.settings.workers
        self.sources = load_sources(folder)
        self.analyser = Analyser(folder, self.settings)
        self.links = StoredLinks(load_transliteration(folder))
        # What is wrong in these is told before anything is read.
        load_vocabulary(folder)
        check_judges(folder, self.settings.contradictions)
        self.comparer = comparison_fingerprint(folder, self.settings.contradictions)
        self.database = opened(self.settings.database, database)
        self.inputs = RunInputs(
            self.database,
            inputs or configured(self.settings, self.sources),
            self.analyser.fingerprint,
            self.trigger.only,
        )
        self.run_id: str | None = None
        self.stored: list[str] = []
        self.claims = 0
        self.gathered = 0
        self.contradictions = 0
        self.outlets: tuple[OutletCount, ...] = ()
        self.judge_notices: tuple[str, ...] = ()
        self.stops = stops
        self.is_read = False
        self.published: str | None = None
        self._snapshot = self._snapshot_by(self.settings.database.snapshot)
        self._unpublished: tuple[str, ...] = ()
        # The last run was stopped, or articles were compared, put into stories or into disputes by
        # other code or settings: then something may be missing though every article is there.
        self._incomplete = (
            unfinished(self.database)
            or bool(self.pending())
            or articles_without_story(self.database, self.settings.stories) > 0
            or to_regroup(self.database)
            or to_index(self.database, folder)
        )

    def read_inputs(self) -> None:
        """Take every input as an article, a duplicate or a failure; tells of it in the journal."""
        with self.journal.stage("reading") as facts:
            self._take_inputs()
            facts["articles"] = len(self.inputs.articles)
        self.is_read = True

    def _take_inputs(self) -> None:
        extractor, known = self.analyser.fingerprint, {}
        if self.trigger.only is None:  # what is known of that one counts for nothing
            known = languages_of_texts(self.database, extractor)
        with intake(
            self.folder,
            self.settings,
            self.sources,
            self.inputs.names,
            database=self.database.path,
            allow_private=self.allow_private,
            follow_links=self.follow_links,
            known=known,
        ) as results:
            for found in results:
                self.inputs.take(found)
                tell("reading", len(self.inputs.articles))

    def has_news(self) -> bool:
        """Whether there is anything to write: something new in the inputs, a stopped run to finish,
        or, of a scheduled run, that it took place."""
        scheduled = self.trigger.scheduled_for is not None
        return self.inputs.has_news() or self._incomplete or scheduled

    def refuse_held(self) -> None:
        """Raise HeldError at once where a run that has news could not write, rather than after what
        takes long has been started."""
        if self.database.exists() and not self.database.shared:
            with self.database.writing():
                pass

    def chunks(self, size: int | None = None) -> list[Chunk]:
        """The articles that are to be read, by ``size`` (default: ``chunk_articles``)."""
        todo, size = self.inputs.todo(), size or self.settings.chunk_articles
        return [Chunk(todo[at : at + size]) for at in range(0, len(todo), size)]

    def keep(self, chunk: Chunk, given: Read) -> None:
        """Take what reading a chunk gave, until it is stored, and the failures among it."""
        chunk.analysed, failures = given
        self.inputs.failures += failures

    def store(self, chunk: Chunk) -> None:
        """Store what a chunk gave in one transaction, and let go of it.

        Raises DatabaseError; nothing of the chunk is stored then.
        """
        save(self.database, chunk.analysed, self.links)
        self.stored += [one.document.article.article_id for one in chunk.analysed]
        self.claims += sum(len(one.claims) for one in chunk.analysed)
        chunk.analysed = []

    def judge(self) -> Judge:
        """Who judges the pairs of this run. Raises ConfigError and ModelError."""
        return open_judge(self.folder, self.settings.contradictions, self.database.path)

    def pending(self) -> list[str]:
        """The stored articles whose claims are still to be compared."""
        return pending(self.database, self.comparer)

    def gather(self) -> None:
        """Put the articles that are in no story yet into stories, and the words of claims that are
        not indexed yet into the index that searches ask.

        Raises DatabaseError, and ModelError where the model for it cannot be loaded.
        """
        self.inputs.forget_texts()
        startup.give_back()
        with self.database.comparing():
            tell("gathering")
            self.gathered = update_stories(self.database, self.settings.stories)
            index_claims(self.database, self.folder)

    def compare(self) -> None:
        """Find and store the contradictions of all claims that were not compared yet, and the
        disputes that all contradictions make.

        Raises DatabaseError, and ModelError where a model that is wanted cannot be loaded.
        """
        settings = self.settings.contradictions
        with self.database.comparing():
            new = self.pending()
            tell("grouping")
            prepare(self.database, settings, new)
            tell("comparing")
            memory, judge = self.settings.database.memory, self.judge()
            with self.database.reading(memory=memory) as connection:
                ranked = search(connection, settings, new, judge)
            self.judge_notices = notices(judge)
            with closing(ranked) as found:
                self.contradictions = save_contradictions(
                    self.database, found, new, self.comparer, again=unanswered(judge)
                )
            regroup(self.database, memory)

    @contextmanager
    def recorded(self) -> Iterator[None]:
        """The block as a row of ``runs``, however it ends."""
        versions: dict[str, object] = {
            "claims": __version__,
            "extractor": self.analyser.fingerprint,
        }
        inputs, due, only = self.inputs.names, self.trigger.scheduled_for, self.trigger.only
        if only is not None:
            inputs, versions["of"] = [only], self.inputs.names
        current = self._snapshot is not None and self._snapshot.is_current()
        self.run_id = start_run(self.database, inputs, versions, self.journal.run_id, due)
        try:
            yield
        except BaseException as error:
            # What went wrong matters more than that it could not be recorded.
            with suppress(DatabaseError):
                if stopped(error, self.stops):
                    self._finish(RunStatus.INTERRUPTED)
                else:
                    self._finish(RunStatus.FAILED, one_line(error))
            raise
        self._count()
        self._finish(RunStatus.DONE)
        self._publish(current)

    def _snapshot_by(self, setting: bool | str) -> Snapshot | None:
        path = None if self.database.shared else snapshot_path(self.database.path, setting)
        return None if path is None else Snapshot(self.database, path)

    def _publish(self, current: bool) -> None:
        """Leave a copy for those who only read; ``current`` says that there was one of what the
        database held before the run. The run is done, and fails no more where that fails."""
        if self._snapshot is None:
            return
        try:
            if current and not (self.stored or self.gathered or self.contradictions):
                self._snapshot.keep()
            else:
                tell("publishing")
                self._snapshot.publish()
                self.published = str(self._snapshot.path)
        except (ClaimsError, OSError, duckdb.Error) as error:
            told = f"{self._snapshot.path}: the copy for readers is not written: {one_line(error)}"
            self._unpublished = (told,)

    def _count(self) -> None:
        """What each outlet brought, and a warning where that is far less than usual."""
        self.outlets = count_by_outlet(
            self.database,
            self.inputs.names,
            self.settings.usual,
            read=self.inputs.articles,
            new=[one for one in self.stored if not self.inputs.was_stored(one)],
            again=[one for one in self.stored if self.inputs.was_stored(one)],
            failed=self.inputs.failures_by_outlet(self.sources.outlets),
        )

    def _finish(self, status: RunStatus, error: str | None = None) -> None:
        assert self.run_id is not None
        finish_run(
            self.database,
            self.run_id,
            status,
            RunCounts(len(self.stored), self.claims, self.contradictions),
            self.inputs.failures,
            error=error,
            warnings=self.warnings,
            outlets=self.outlets,
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should look at, a line each."""
        quiet = (one.warning for one in self.outlets if one.warning)
        return (*self.trigger.warnings, *quiet, *self.judge_notices, *self._unpublished)

    def report(self) -> Report:
        """How the run ended, with the stored claims of all its articles."""
        identifiers = {article.article_id for article in self.inputs.articles}
        claims, total = stored_claims(self.database, identifiers)
        again = sum(self.inputs.was_stored(identifier) for identifier in self.stored)
        disputes, conflicting = reported_disputes(self.database)
        return Report(
            database=str(self.database.path),
            run_id=self.run_id,
            articles=len(self.inputs.articles),
            new=len(self.stored) - again,
            again=again,
            unchanged=self.inputs.unchanged,
            pruned=self.inputs.pruned,
            contradictions=self.contradictions,
            duplicates=tuple((one.input, one.of) for one in self.inputs.duplicates),
            failures=tuple(self.inputs.failures),
            claims=claims,
            claims_total=total,
            disputes=disputes,
            conflicting=conflicting,
            snapshot=self.published,
            outlets=self.outlets,
            warnings=self.warnings,
        )

    def end(self, report: Report) -> None:
        """Put the end of the run, as ``report`` has it, into the journal."""
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


def stopped(error: BaseException, stops: Stops) -> bool:
    """Whether somebody stopped the run, by Ctrl-C or a signal, whatever was raised since."""
    return interruption.pressed() or isinstance(error, (KeyboardInterrupt, *stops))
