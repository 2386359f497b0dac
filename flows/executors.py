"""Who reads the articles of a run: this process, several of this machine, or a Dask cluster."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from claims.errors import ConfigError
from claims.model import Article
from claims.pipeline.processes import AHEAD, Read, Workers, analyse
from claims.pipeline.run import RunContext

Chunks = Sequence[Sequence[Article]]


@contextmanager
def reader(context: RunContext, chunks: Chunks) -> Iterator[Iterator[Read]]:
    """What each chunk gives, in their order, read as ``pipeline.yaml`` says.

    Only whoever calls this stores anything, so a reader that dies has stored nothing; its
    articles are read by another. Raises ConfigError where Dask is asked for and not installed.
    """
    if context.settings.runner == "dask":
        with _dask(context) as runner:
            yield _read_there(context, chunks, runner)
    elif context.workers > 1 and len(chunks) > 1:
        with Workers(context.folder, min(context.workers, len(chunks))) as workers:
            yield workers.analyse(chunks)
    else:
        yield (context.analyser.analyse(chunk) for chunk in chunks)


@task(name="annotate there", cache_policy=NO_CACHE, persist_result=False)
def annotate_there(config: str, chunk: bytes) -> bytes:
    """``claims.pipeline.processes.analyse`` on a worker of the cluster; pickled on both ways, as
    Prefect would walk through every field of what a task is given and gives."""
    import pickle

    return pickle.dumps(analyse(config, pickle.loads(chunk)))


def _read_there(context: RunContext, chunks: Chunks, runner: Any) -> Iterator[Read]:
    import pickle

    config = str(context.folder.resolve())
    source = iter(chunks)
    waiting: deque[Any] = deque()
    while True:
        while len(waiting) < AHEAD * context.workers and (chunk := next(source, None)) is not None:
            parameters = {"config": config, "chunk": pickle.dumps(chunk)}
            waiting.append(runner.submit(annotate_there, parameters=parameters))
        if not waiting:
            return
        yield pickle.loads(waiting.popleft().result())


def _dask(context: RunContext) -> Any:
    """Whoever reaches a Dask scheduler runs code there, so ours answers only to those who have the
    key that is made for it."""
    try:
        from distributed import security as dask_security
        from prefect_dask import DaskTaskRunner
    except ImportError:
        raise ConfigError(
            "pipeline.yaml: runner: dask needs prefect-dask; "
            "install it with `pip install 'claims[dask]'`, or set `runner: local`"
        ) from None
    make: Any = dask_security.Security
    settings = context.settings
    if settings.dask_scheduler:
        tls = settings.dask_tls
        security = tls and make(
            tls_ca_file=tls.ca, tls_client_cert=tls.certificate, tls_client_key=tls.key,
            require_encryption=True,
        )  # fmt: skip
        return DaskTaskRunner(
            address=settings.dask_scheduler,
            client_kwargs={"security": security} if security else {},
        )
    return DaskTaskRunner(
        cluster_kwargs={
            "n_workers": context.workers,
            "threads_per_worker": 1,  # a network reads one batch at a time
            "dashboard_address": None,
            "protocol": "tls://",
            "security": make.temporary(),
        }
    )
