"""A run from its beginning to its end: alone on its database, told of in the journal, and recorded
where it is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from contextvars import ContextVar
from datetime import UTC, datetime

from claims.config.settings import PipelineSettings, config_folder, load_pipeline, load_sources
from claims.errors import HeldError
from claims.events import one_line, trace
from claims.pipeline.run import RunContext, Stops, Trigger, stopped
from claims.readers.locate import configured
from claims.store.database import Database
from claims.store.lake import opened
from claims.store.refusals import remember
from claims.store.run_lock import alone
from claims.store.runs import new_run_id
from claims.store.snapshot import snapshot_path

_begun: ContextVar[RunContext | None] = ContextVar("begun", default=None)


@contextmanager
def begun(context: RunContext) -> Iterator[None]:
    """A run of this block goes on with ``context``, whose inputs have been read.

    A flow's parameters must be values that can be stored, which a context is not.
    """
    token = _begun.set(context)
    try:
        yield
    finally:
        _begun.reset(token)


@contextmanager
def working(
    inputs: Sequence[str],
    config: str | None,
    database: str | None,
    allow_private: bool,
    trigger: Trigger | None,
    workers: int | None,
    stops: Stops = (),
    follow_links: bool = False,
) -> Iterator[RunContext]:
    """The context of one run, of which the journal tells from its beginning to its end.

    During the block no other run works on the same database, unless that is a lake. The parameters
    are those of ``RunContext``; in a block of ``begun`` its context goes on. Raises ConfigError,
    and HeldError where another run or reader holds the database for longer than ``database.wait``:
    the next run records that.
    """
    if (context := _begun.get()) is not None:
        context.stops += stops
        yield context
        return
    folder = config_folder(config)
    settings = load_pipeline(folder)
    into = opened(settings.database, database)
    run_id, began_at = new_run_id(), datetime.now(UTC)
    try:
        with nullcontext() if into.shared else alone(into.path, into.wait):
            into.update()
            context = RunContext(
                inputs, config, database, allow_private, trigger, workers, stops, follow_links,
                run_id,
            )  # fmt: skip
            with _told(context):
                yield context
    except HeldError as error:
        if into.shared or (context is not None and context.run_id is not None):
            raise  # a lake is not held; a run that has begun is a row of ``runs``
        due = trigger.scheduled_for if trigger else None
        named = inputs or configured(settings, load_sources(folder))
        with suppress(sqlite3.Error):  # what went wrong matters more
            remember(into.path, run_id, began_at, due, named, one_line(error))
        raise HeldError(f"{error}{_to_read(into, settings)}") from None


@contextmanager
def _told(context: RunContext) -> Iterator[None]:
    """The journal's first and last words on a run."""
    journal = context.journal
    journal.tell("run_started", inputs=context.inputs.names, database=str(context.database.path))
    try:
        yield
    except BaseException as error:
        if stopped(error, context.stops):
            journal.fail("run_interrupted", seconds=journal.seconds())
        else:
            facts = {"error": one_line(error), "traceback": trace(error)}
            journal.fail("run_failed", seconds=journal.seconds(), **facts)
        raise


def _to_read(database: Database, settings: PipelineSettings) -> str:
    """Where to read instead, for whoever kept the database open."""
    path = snapshot_path(database.path, settings.database.snapshot)
    if path is None or not path.exists():
        return ""
    return f"; who only reads can keep {path} open, which stops no run"
