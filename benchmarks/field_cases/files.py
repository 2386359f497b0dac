"""What is wrong with what a file was read to: a feed, a page, a table, an archive."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from benchmarks.field_cases.cases import INPUTS, Case
from claims.config.settings import Sources, config_folder
from claims.language.identification import load_identifier
from claims.model import Article, Failure
from claims.readers.articles import read
from claims.readers.dates import load_dates
from claims.readers.feed import feed_entries
from claims.readers.notices import load_notices

LANGUAGES = ("ur", "en")


def files_of(cases: Sequence[Case]) -> list[str | None]:
    """What is wrong with each case, None where nothing is."""
    return [next(_wrong(case), None) for case in cases]


def _wrong(case: Case) -> Iterator[str]:
    path = INPUTS / str(case.file)
    config = config_folder()
    dates = load_dates(config, LANGUAGES)
    if case.dates:
        told = [entry.published for entry in feed_entries(path.read_bytes())]
        found = [dates.moment(one, "en") if one else None for one in told]
        if tuple(found) != case.dates:
            yield f"dates: {', '.join(map(str, found))}"
        return
    results = list(
        read(
            [str(path)],
            LANGUAGES,
            Sources(),
            load_identifier(config, LANGUAGES),
            dates=dates,
            notices=load_notices(config, LANGUAGES),
        )
    )
    stories = [each for each in results if isinstance(each, Article)]
    reasons = [each.reason for each in results if isinstance(each, Failure)]
    if len(stories) != len(case.stories) or len(reasons) != len(case.failures):
        yield f"{len(stories)} articles; {'; '.join(reasons)}"
        return
    for words, reason in zip(case.failures, reasons, strict=True):
        if words not in reason:
            yield f"refused for another reason: {reason}"
    for story, expected in zip(stories, case.stories, strict=True):
        if expected.title and not _hash(story.title or "").startswith(expected.title):
            yield f"title: {story.title}"
        if expected.text and not _hash(story.text).startswith(expected.text):
            yield f"text: {story.text[:80]}"
        if "published" in expected.model_fields_set and story.published_at != expected.published:
            yield f"published: {story.published_at}"


def _hash(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
