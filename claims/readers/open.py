"""What a command reads: inputs, outlets, dates and the web put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from claims.config.settings import FetchingSettings, PipelineSettings, Sources
from claims.fetching.fetcher import Fetcher
from claims.fetching.memory import memory_path
from claims.language.identification import load_identifier
from claims.model import Article, Failure
from claims.readers.articles import Duplicate, content_hash, read
from claims.readers.dates import load_dates
from claims.readers.locate import addresses
from claims.readers.notices import load_notices

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
    follow_links: bool = False,
    distinct: bool = True,
    known: Mapping[str, str] | None = None,
) -> Iterator[Iterator[Found]]:
    """Within the block, the articles behind ``named`` as ``claims.readers.articles.read`` gives
    them.

    ``known`` are languages of texts that were told before, by the texts' hash: the statistics that
    tell a language take half a second to load, which a run without news need not wait for.

    What is fetched is remembered beside ``database``; without one, until the block ends. Leaving
    the block, by an error or Ctrl-C too, ends what is under way. Raises ConfigError.
    """
    fetching = settings.fetching
    if allow_private:
        fetching = fetching.model_copy(update={"allow_private": True})
    identifier = load_identifier(config, settings.languages)

    def identify(text: str, languages: Sequence[str]) -> str:
        told = known.get(content_hash(text)) if known else None
        return told if told is not None and told in languages else identifier(text, languages)

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
            follow_links=follow_links or settings.follow_links,
            notices=load_notices(config, settings.languages),
        )


def fetcher(
    settings: FetchingSettings, sources: Sources, named: Sequence[str], database: Path | None
) -> Fetcher:
    """A fetcher for a run over ``named``, that remembers beside ``database``."""
    memory = memory_path(database) if database is not None else None
    return Fetcher(settings, memory, addresses(named, sources))
