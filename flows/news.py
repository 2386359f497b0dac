"""The main flow: inputs → articles → claims → contradictions, in the database."""

from collections.abc import Iterator
from pathlib import Path

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE

from claims.contradictions.cross_encoder import CrossEncoder
from claims.contradictions.find import find
from claims.contradictions.preparation import prepare
from claims.intake import intake
from claims.model import Article, Failure
from claims.reading.articles import Duplicate
from claims.report import Report
from claims.store.addresses import record
from claims.store.conflicts import save_contradictions
from claims.store.saving import save
from claims.workers import Read
from flows.progress import tell
from flows.readers import reader
from flows.work import Chunk, Occasion, Work, working

# No `from __future__ import annotations` here: Prefect could not resolve the name `Occasion`.

# Prefect caches and keeps nothing: what there is to keep is in the database, and that decides what
# is done again. Nothing is retried: the database waits for others by itself.


@flow(name="news", persist_result=False)
def news(
    inputs: list[str] | None = None,
    config: str | None = None,
    database: str | None = None,
    allow_private: bool = False,
    occasion: Occasion | None = None,
    workers: int | None = None,
) -> Report:
    """Read ``inputs`` (default: those of pipeline.yaml) into ``database`` (default: likewise),
    with ``workers`` processes (default: likewise).

    ``allow_private`` is as ``fetching.allow_private`` of pipeline.yaml.

    Articles that the same code, configuration and models have read before are passed over; where
    nothing else is left, nothing is written, unless the run was scheduled. One run at a time works
    on a database. Raises ConfigError, DatabaseError and ModelError.
    """
    with working(inputs or (), config, database, allow_private, occasion, workers) as work:
        stage = work.journal.stage
        with stage("reading") as facts:
            read_inputs(work)
            facts["articles"] = len(work.articles)
        if work.has_news():
            with work.recorded():
                todo = work.todo()
                size = work.settings.chunk_articles
                tell("annotating", 0, len(todo))
                chunks = [Chunk(todo[at : at + size]) for at in range(0, len(todo), size)]
                done = 0
                with (
                    stage("annotating") as facts,
                    reader(work, [chunk.articles for chunk in chunks]) as read_by,
                ):
                    for chunk in chunks:
                        if work.settings.runner == "dask":
                            work.read(chunk, next(read_by))  # has a task of its own, on the cluster
                        else:
                            annotate(work, chunk, read_by)
                        store(work, chunk)
                        chunk.analysed = []
                        done += len(chunk.articles)
                        tell("annotating", done, len(todo))
                    facts |= {"articles": len(work.stored), "claims": work.claims}
                record(work.database, work.moves())
                with stage("comparing") as facts:
                    contradict(work)
                    facts["contradictions"] = work.contradictions
        tell("reporting")
        report = work.report()
        publish(report)
        get_run_logger().info(report.summary)
        work.told(report)
    return report


@task(name="read", cache_policy=NO_CACHE, persist_result=False)
def read_inputs(work: Work) -> None:
    """Every input as an article, a duplicate or a failure."""
    with intake(
        work.folder,
        work.settings,
        work.sources,
        work.inputs,
        database=work.database.path,
        allow_private=work.allow_private,
    ) as results:
        for found in results:
            match found:
                case Article():
                    work.take(found)
                case Duplicate():
                    work.pass_over(found)
                case Failure():
                    work.fail(found)
            tell("reading", len(work.articles))


@task(name="annotate", cache_policy=NO_CACHE, persist_result=False)
def annotate(work: Work, chunk: Chunk, read_by: Iterator[Read]) -> None:
    """Sentences, attributions and speakers of a chunk of articles, the next of ``read_by``."""
    work.read(chunk, next(read_by))


@task(name="store", cache_policy=NO_CACHE, persist_result=False)
def store(work: Work, chunk: Chunk) -> None:
    """A chunk of articles with their claims, in one transaction."""
    save(work.database, chunk.analysed, work.linker)
    work.stored += [one.document.article.article_id for one in chunk.analysed]
    work.claims += sum(len(one.claims) for one in chunk.analysed)


@task(name="contradictions", cache_policy=NO_CACHE, persist_result=False)
def contradict(work: Work) -> None:
    """Contradictions of the claims that were not compared yet."""
    settings = work.settings.contradictions
    judge = CrossEncoder(Path(settings.judge)) if settings.judge else None
    with work.database.comparing():
        new = work.pending()
        tell("grouping")
        prepare(work.database, settings, new)
        tell("comparing")
        memory = work.settings.database.memory
        with work.database.reading(memory=memory) as connection:
            found = find(connection, settings, new, judge, work.vocabulary)
        work.contradictions = save_contradictions(work.database, found, new, work.comparer)


@task(name="report", cache_policy=NO_CACHE, persist_result=False)
def publish(report: Report) -> None:
    """The report as Prefect table artifacts: outlets, claims, contradictions, failures."""
    description = "\n\n".join((report.summary, *(f"Warning: {one}" for one in report.warnings)))
    for key, table in report.tables().items():
        if table:
            create_table_artifact(table=table, key=key, description=description)
