"""The main flow: inputs → articles → claims → stories → contradictions, in the database.

What a step does is in ``claims.pipeline.run``; here each is a task of Prefect's.
"""

from collections.abc import Iterator

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.exceptions import TerminationSignal

from claims.pipeline.processes import Read
from claims.pipeline.progress import tell
from claims.pipeline.report import Report
from claims.pipeline.run import Chunk, RunContext, Trigger
from claims.pipeline.working import working
from claims.store.addresses import record
from flows.executors import reader

# No `from __future__ import annotations` here: Prefect could not resolve the name `Trigger`.

# Prefect caches and keeps nothing: what there is to keep is in the database, and that decides what
# is done again. Nothing is retried: the database waits for others by itself.


@flow(name="news", persist_result=False)
def news(
    inputs: list[str] | None = None,
    config: str | None = None,
    database: str | None = None,
    allow_private: bool = False,
    trigger: Trigger | None = None,
    workers: int | None = None,
    follow_links: bool = False,
) -> Report:
    """Read ``inputs`` (default: those of pipeline.yaml) into ``database`` (default: likewise),
    with ``workers`` processes (default: likewise).

    ``allow_private`` is as ``fetching.allow_private`` of pipeline.yaml, ``follow_links`` as its
    ``follow_links``.

    Articles that the same code, configuration and models have read before are passed over; where
    nothing else is left, nothing is written, unless the run was scheduled. One run at a time works
    on a database. Raises ConfigError, DatabaseError and ModelError.
    """
    stops = (TerminationSignal,)  # what Prefect makes of SIGTERM
    with working(
        inputs or (), config, database, allow_private, trigger, workers, stops, follow_links
    ) as context:
        stage = context.journal.stage
        if not context.is_read:
            read_inputs(context)
        if context.has_news():
            with context.recorded():
                with stage("annotating") as facts:
                    annotate_and_store(context)
                    facts |= {"articles": len(context.stored), "claims": context.claims}
                record(context.database, context.inputs.moves())
                with stage("gathering") as facts:
                    gather(context)
                    facts["articles"] = context.gathered
                with stage("comparing") as facts:
                    contradict(context)
                    facts["contradictions"] = context.contradictions
        tell("reporting")
        report = context.report()
        publish(report)
        get_run_logger().info(report.summary)
        context.end(report)
    return report


def annotate_and_store(context: RunContext) -> None:
    """Chunk after chunk, so that a run that is killed leaves whole articles."""
    chunks = context.chunks()
    done, total = 0, sum(len(chunk.articles) for chunk in chunks)
    tell("annotating", 0, total)
    with reader(context, [chunk.articles for chunk in chunks]) as read_by:
        for chunk in chunks:
            if context.settings.runner == "dask":
                context.keep(chunk, next(read_by))  # has a task of its own, on the cluster
            else:
                annotate(context, chunk, read_by)
            store(context, chunk)
            done += len(chunk.articles)
            tell("annotating", done, total)


@task(name="read", cache_policy=NO_CACHE, persist_result=False)
def read_inputs(context: RunContext) -> None:
    """Every input as an article, a duplicate or a failure."""
    context.read_inputs()


@task(name="annotate", cache_policy=NO_CACHE, persist_result=False)
def annotate(context: RunContext, chunk: Chunk, read_by: Iterator[Read]) -> None:
    """Sentences, attributions and speakers of a chunk of articles, the next of ``read_by``."""
    context.keep(chunk, next(read_by))


@task(name="store", cache_policy=NO_CACHE, persist_result=False)
def store(context: RunContext, chunk: Chunk) -> None:
    """A chunk of articles with their claims, in one transaction."""
    context.store(chunk)


@task(name="stories", cache_policy=NO_CACHE, persist_result=False)
def gather(context: RunContext) -> None:
    """The stories of the articles that are in none yet."""
    context.gather()


@task(name="contradictions", cache_policy=NO_CACHE, persist_result=False)
def contradict(context: RunContext) -> None:
    """Contradictions of the claims that were not compared yet."""
    context.compare()


@task(name="report", cache_policy=NO_CACHE, persist_result=False)
def publish(report: Report) -> None:
    """The report as Prefect table artifacts: outlets, claims, contradictions, failures."""
    description = "\n\n".join((report.summary, *(f"Warning: {one}" for one in report.warnings)))
    for key, table in report.tables().items():
        if table:
            create_table_artifact(table=table, key=key, description=description)
