"""What a command reads: inputs, outlets, dates and the web put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from claims.configuration import FetchingSettings, PipelineSettings, Sources
from claims.fetching.fetcher import Fetcher
from claims.fetching.memory import memory_path
from claims.language.identification import identify
from claims.model import Article, Failure
from claims.reading.articles import Duplicate, read
from claims.reading.dates import load_dates
from claims.reading.inputs import addresses

Found = Article | Duplicate | Failure


@contextmanager
def intake(
    config: Path,
    settings: PipelineSettings,
    sources: Sources,
    named: Sequence[str],
    *,
    database: Path | None = None,
    allow_private: bool = False,
    distinct: bool = True,
) -> Iterator[Iterator[Found]]:
    """Within the block, the articles behind ``named`` as ``claims.reading.articles.read`` gives
    them.

    What is fetched is remembered beside ``database``; without one, until the block ends. Leaving
    the block, by an error or Ctrl-C too, ends what is under way. Raises ConfigError.
    """
    fetching = settings.fetching
    if allow_private:
        fetching = fetching.model_copy(update={"allow_private": True})
    with closing(fetcher(fetching, sources, named, database)) as web:
        yield read(
            named,
            settings.languages,
            sources,
            identify,
            distinct=distinct,
            fetcher=web,
            columns=settings.columns,
            dates=load_dates(config, settings.languages),
        )


def fetcher(
    settings: FetchingSettings, sources: Sources, named: Sequence[str], database: Path | None
) -> Fetcher:
    """A fetcher for a run over ``named``, that remembers beside ``database``."""
    memory = memory_path(database) if database is not None else None
    return Fetcher(settings, memory, addresses(named, sources))
