"""What a program that imports ``claims`` calls; see docs/library.md.

Everywhere ``config`` is a configuration folder; without it the one that the command line would take
(``$CLAIMS_CONFIG``, ``./config``, the one that came with the package). A folder is read once in a
process, and so are the models of a language. Nothing here is meant for several threads at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import closing, nullcontext
from datetime import datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from claims.config.settings import PipelineSettings, config_folder, load_pipeline, load_sources
from claims.contradictions.find import search
from claims.contradictions.fingerprint import comparison_fingerprint, pending
from claims.contradictions.judges.judge import notices, unanswered
from claims.contradictions.judges.registry import open_judge
from claims.contradictions.preparation import prepare
from claims.disputes.regroup import regroup
from claims.errors import InputError
from claims.events import Journal
from claims.language.identification import load_identifier
from claims.model import Article, Claim, Failure
from claims.pipeline.analyser import Analyser
from claims.readers.articles import article_id, content_hash
from claims.readers.open import intake
from claims.search.index import index_claims
from claims.speakers.transliteration import load_transliteration
from claims.store import lake
from claims.store.addresses import Seen, record, unrecorded
from claims.store.articles import save, stored
from claims.store.contradictions import save_contradictions
from claims.store.database import Database
from claims.store.pruning import pruned_articles
from claims.store.run_lock import alone
from claims.store.speaker_links import StoredLinks
from claims.store.stored_pairs import StoredPair, best_pairs
from claims.stories.update import update_stories

Config = str | os.PathLike[str] | None


class Stored(NamedTuple):
    """What ``store_articles`` did: how many articles it stored, those that were there already as
    they would be read now, how many claims the stored ones gave, and what could not be read."""

    articles: int
    unchanged: int
    claims: int
    failures: tuple[Failure, ...]


def make_article(
    text: str,
    *,
    outlet: str = "unknown",
    language: str | None = None,
    title: str | None = None,
    url: str | None = None,
    published_at: datetime | None = None,
    config: Config = None,
) -> Article:
    """An article of a text; all offsets count the code points of ``text``.

    ``language`` (ISO 639-1) is found where it is not given. Texts of one ``outlet`` that are the
    same are one article. Raises LanguageError for a text in a language that is not configured.
    """
    folder, settings = _configured(config)
    if language is None:
        language = load_identifier(folder, settings.languages)(text, settings.languages)
    return Article(
        article_id=article_id(outlet, text),
        outlet=outlet,
        url=url,
        title=title,
        language=language,
        published_at=published_at,
        content_hash=content_hash(text),
        text=text,
    )


def read_articles(
    *inputs: str | os.PathLike[str], allow_private: bool = False, config: Config = None
) -> Iterator[Article | Failure]:
    """The articles in files, folders, globs and at addresses, as ``claims run`` reads them.

    An input that gives no article is a Failure that says why; a story that was there before is left
    out. Close the iterator, or read it to its end, to end what is being fetched. ``allow_private``
    lets addresses be on this machine or its network. Raises ConfigError.
    """
    folder, settings = _configured(config)
    sources = load_sources(folder)
    named = [os.fspath(one) for one in inputs]
    with intake(folder, settings, sources, named, allow_private=allow_private) as found:
        yield from (one for one in found if isinstance(one, Article | Failure))


def extract(article: str | Article, *, config: Config = None) -> tuple[Claim, ...]:
    """The claims in a text or article, in the order of their cues, with their speakers.

    The spans of a claim's attribution count the code points of the text. Nothing is stored. Raises
    LanguageError for a text in a language that is not configured, ModelError where a model is
    missing, ConfigError, and InputError for a text that cannot be analysed.
    """
    if isinstance(article, str):
        article = make_article(article, config=config)
    analysed, failures = _analyser(_configured(config)[0]).analyse([article])
    if failures:
        raise InputError(failures[0].reason)
    return analysed[0].claims


def open_database(path: str | os.PathLike[str], *, config: Config = None) -> Database:
    """The database at ``path``, a DuckDB file or a lake (``ducklake:postgres:…``).

    A file is made when something is first stored in it. One of an older schema is brought up to
    date, unless it is a lake. Raises DatabaseError for a file that is no database of claims.
    """
    database = lake.opened(_configured(config)[1].database, os.fspath(path))
    if not database.shared:
        database.update()
    return database


def store_articles(
    database: Database, articles: Iterable[Article | Failure], *, config: Config = None
) -> Stored:
    """Read claims out of articles and store both, some articles in each transaction.

    What is stored as this code, configuration and models read it is passed over, and so is what was
    pruned. Failures among ``articles`` (``read_articles`` gives them) come back with those of the
    analysis. It waits for another run on the database as ``database.wait`` of pipeline.yaml says.
    Raises DatabaseError, ModelError and ConfigError.
    """
    folder, settings = _configured(config)
    analyser = _analyser(folder)
    links = StoredLinks(load_transliteration(folder))
    failures: list[Failure] = []
    seen: list[Seen] = []
    new = unchanged = claims = 0
    with nullcontext() if database.shared else alone(database.path, database.wait):
        before, pruned = stored(database), pruned_articles(database)

        def wanted() -> Iterator[Article]:
            nonlocal unchanged
            for one in articles:
                if isinstance(one, Failure):
                    failures.append(one)
                    continue
                if one.url is not None:
                    seen.append(Seen(one.outlet, one.url, one.article_id, one.fetched_at))
                if before.get(one.article_id) == analyser.fingerprint:
                    unchanged += 1
                elif one.article_id not in pruned:
                    yield one

        waiting = wanted()
        while chunk := list(islice(waiting, settings.chunk_articles)):
            analysed, failed = analyser.analyse(chunk)
            failures += failed
            save(database, analysed, links)
            new += len(analysed)
            claims += sum(len(one.claims) for one in analysed)
        record(database, unrecorded(database, seen))
        index_claims(database, folder)
    return Stored(new, unchanged, claims, tuple(failures))


def find_contradictions(
    database: Database, *, limit: int | None = None, config: Config = None
) -> list[StoredPair]:
    """Compare the claims that were not compared yet, store what was found with the disputes that it
    makes, and return the pairs of the whole database, best first, at most ``limit``.

    Articles that are in no story yet are put into stories first. A pair has both sides with text,
    speaker, outlet and offsets, its kind, a score in [0, 1] and an explanation. What a judge has to
    tell, such as a server that did not answer, goes as a warning to the logger ``claims``. Raises
    DatabaseError, ModelError and ConfigError.
    """
    folder, settings = _configured(config)
    if not database.exists():
        return []
    own = settings.contradictions
    comparer = comparison_fingerprint(folder, own)
    with (
        nullcontext() if database.shared else alone(database.path, database.wait),
        database.comparing(),
    ):
        update_stories(database, settings.stories)
        new = pending(database, comparer)
        if new:
            prepare(database, own, new)
            judge = open_judge(folder, own, database.path)
            with database.reading(memory=settings.database.memory) as connection:
                ranked = search(connection, own, new, judge)
            with closing(ranked) as found:
                save_contradictions(database, found, new, comparer, again=unanswered(judge))
            for line in notices(judge):
                Journal("").warn(line)
        regroup(database, settings.database.memory)
    with database.reading() as connection:
        return best_pairs(connection, limit)


def _configured(config: Config) -> tuple[Path, PipelineSettings]:
    folder = config_folder(config).resolve()
    return folder, _settings(folder)


@cache
def _settings(folder: Path) -> PipelineSettings:
    return load_pipeline(folder)


@cache
def _analyser(folder: Path) -> Analyser:
    return Analyser(folder, _settings(folder))
