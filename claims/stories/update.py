"""Putting articles into stories, run after run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import duckdb

from claims.config.settings import StorySettings
from claims.language.encoder.sentence_vectors import encode, unpacked
from claims.language.encoder.weights import cutter
from claims.store.database import Database
from claims.store.stories import (
    Lead,
    begin_anew,
    dated_vectors,
    known_stories,
    links_of,
    put_leads,
    put_links,
    put_stories,
    sharing,
    stories_of,
    told,
    unclustered,
    versions_of,
)
from claims.stories.clustering import central, formed
from claims.stories.fingerprint import lead_fingerprint, story_fingerprint
from claims.stories.identity import identified, story_name
from claims.stories.lead import READ, lead, rare_words
from claims.stories.likeness import Group, StoryWeights, learned, likeness

_AT_ONCE = 256
"""Articles that are put into stories in one transaction: what a run that is stopped loses."""

_MOST = 200
"""Articles that a word may be in and still find others by it."""

_UNLIKELY = -4.0
"""Log odds below which two articles are not linked: of groups that became one in training, hardly
any two articles had less."""


def update_stories(
    database: Database, settings: StorySettings, weights: StoryWeights | None = None
) -> int:
    """Put the stored articles that are in no story yet into stories; how many there were.

    Stories around the new articles are formed anew, by ``weights`` (default: those that were
    learned); they keep their identifiers, and merges and splits are recorded. Where other code,
    weights or settings formed the stored stories, all articles are taken as new. Nothing is written
    where none are. Raises DatabaseError, and ModelError where vectors cannot be made.
    """
    if not settings.enabled or not database.exists():
        return 0
    used = weights or learned()
    encoder, clusterer = lead_fingerprint(), story_fingerprint(settings)
    if weights is not None:
        clusterer = f"{clusterer} {weights.model_dump_json()}"
    done = 0
    while True:
        with database.reading() as connection:
            leads = unclustered(connection, clusterer, encoder, _AT_ONCE)
        if not leads:
            return done
        made = _read([one for one in leads if not one.ready])
        fresh = [one.article_id for one in leads]
        with database.writing() as connection:
            begin_anew(connection, clusterer)
            put_leads(connection, encoder, made)
            put_links(connection, _links(connection, fresh, settings, used))
            _form(connection, fresh, clusterer, used)
        done += len(leads)


def _read(leads: Sequence[Lead]) -> dict[str, tuple[bytes, dict[str, float]]]:
    """The vector and the rare words of each."""
    if not leads:
        return {}
    vectors = encode([lead(one.title, one.text) for one in leads])
    words = [rare_words(lead(one.title, one.text, READ), cutter()) for one in leads]
    return {
        one.article_id: (vector, weights)
        for one, vector, weights in zip(leads, vectors, words, strict=True)
    }


def _links(
    connection: duckdb.DuckDBPyConnection,
    fresh: Sequence[str],
    settings: StorySettings,
    weights: StoryWeights,
) -> Iterator[tuple[str, str, float]]:
    """The pairs with an article of ``fresh`` that may be of one story."""
    pairs = set(sharing(connection, fresh, settings.days, settings.nearest, _MOST))
    pairs.update(_near(connection, fresh, settings))
    articles = _groups(connection, {article for pair in pairs for article in pair})
    for one, other in sorted(pairs):
        score = likeness(articles[one], articles[other], weights)
        if score >= _UNLIKELY:
            yield one, other, score


def _near(
    connection: duckdb.DuckDBPyConnection, fresh: Sequence[str], settings: StorySettings
) -> Iterator[tuple[str, str]]:
    """For each dated article of ``fresh`` the nearest by their vectors, within the settings'
    days: these find each other in different languages too."""
    import numpy as np

    rows = dated_vectors(connection, fresh, settings.days)
    if not rows:
        return
    names = [article for article, _, _ in rows]
    days = np.array([day.toordinal() for _, day, _ in rows])
    vectors = unpacked([vector for *_, vector in rows])
    asked = set(fresh)
    for at, name in enumerate(names):
        if name not in asked:
            continue
        cosines = vectors @ vectors[at]
        cosines[np.abs(days - days[at]) > settings.days] = -1
        cosines[at] = -1
        for other in np.argsort(-cosines, kind="stable")[: settings.nearest]:
            if cosines[other] > -1:
                yield min(name, names[other]), max(name, names[other])


def _form(
    connection: duckdb.DuckDBPyConnection,
    fresh: Sequence[str],
    clusterer: str,
    weights: StoryWeights,
) -> None:
    """Form the stories of ``fresh``, and of all articles in stories that they have a link to."""
    versions = versions_of(connection, fresh)
    linked = {
        article
        for one, other, score in links_of(connection, fresh)
        if score > 0
        for article in (one, other)
    }.union(*versions)
    around = {*fresh, *stories_of(connection, linked, clusterer)}
    articles = _groups(connection, around)
    links = [(one, other) for one, other, _ in links_of(connection, around)]
    groups = formed(articles, links, weights, versions_of(connection, around))
    # What else is in the stories that these articles were in, by this clusterer: it stays there.
    before = stories_of(connection, around)
    staying = stories_of(connection, around, clusterer)
    elsewhere = {story for article, story in staying.items() if article not in around}
    names = {*before.values(), *(story_name(article) for article in around)}
    stories, changes = identified(groups, before, elsewhere, known_stories(connection, names))
    middles = _groups(connection, around)
    put_stories(
        connection,
        clusterer,
        {story: (central(group, middles), group) for story, group in stories.items()},
        changes,
    )


def _groups(
    connection: duckdb.DuckDBPyConnection, articles: Mapping[str, object] | set[str]
) -> dict[str, Group]:
    """Each of ``articles`` as a group of its own."""
    rows = told(connection, articles)
    vectors = unpacked([one.vector for one in rows])
    return {
        one.article_id: Group(
            members=(one.article_id,),
            vector=vector,
            words=one.words,
            languages={one.language: 1},
            days=float(one.day.toordinal()) if one.day else 0.0,
            dated=1 if one.day else 0,
        )
        for one, vector in zip(rows, vectors, strict=True)
    }
