"""What the inputs of one run gave, beside what the database knows of them from before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claims.config.settings import Outlet
from claims.fetching.addresses import host_of
from claims.model import Article, Failure
from claims.readers.articles import Duplicate
from claims.readers.outlets import sites
from claims.store.addresses import Seen, unrecorded
from claims.store.articles import stored
from claims.store.database import Database
from claims.store.pruning import pruned_articles
from claims.store.runs import failed_articles, known_failures


class RunInputs:
    """The articles, duplicates and failures of ``names``, the inputs as the user named them.

    ``extractor`` is the fingerprint of what reads articles now. ``only`` is the one article, by
    identifier, path or address, that the run is about: all others are passed over, and whatever is
    known of it from before counts for nothing.

    Raises DatabaseError where the database is there and cannot be read.
    """

    def __init__(
        self, database: Database, names: Sequence[str], extractor: str, only: str | None = None
    ) -> None:
        self.names = list(names)
        self.articles: list[Article] = []
        self.duplicates: list[Duplicate] = []
        self.failures: list[Failure] = []
        self._only = only
        self._extractor = extractor
        self._database = database
        self._seen: list[Seen] = []
        self._before = stored(database)
        self._known = known_failures(database, self.names if only is None else [only])
        # An article that failed is not tried again by the code, configuration and models that it
        # failed under: the next run would be as long, and fail as well.
        self._broken = {
            article: reason
            for article, reason in failed_articles(database, extractor).items()
            if self._before.get(article) != extractor
        }
        self._pruned = pruned_articles(database)

    def take(self, found: Article | Duplicate | Failure) -> None:
        """Take one thing that an input gave: an article, a duplicate of one, or a failure."""
        match found:
            case Article():
                self._take_article(found)
            case Duplicate():
                self.duplicates.append(found)
                if found.url is not None:  # the same story at another address
                    self._seen.append(Seen(found.outlet, found.url, found.article_id))
            case Failure():
                if self._only in (None, found.input, found.article_id):
                    self.failures.append(found)

    def _take_article(self, article: Article) -> None:
        if self._only not in (None, article.article_id, article.path, article.url):
            return
        self.articles.append(article)
        if article.url is not None:
            when = article.fetched_at
            self._seen.append(Seen(article.outlet, article.url, article.article_id, when))
        reason = self._broken.get(article.article_id)
        if reason is not None and self._only is None:
            name = article.path or article.article_id
            self.failures.append(Failure(input=name, reason=reason, article_id=article.article_id))

    def todo(self) -> list[Article]:
        """The articles that are not stored as this code, configuration and models read them, less
        those that failed under the same ones before or were pruned."""
        if self._only is not None:
            return list(self.articles)
        return [
            article
            for article in self.articles
            if self._before.get(article.article_id) != self._extractor
            and article.article_id not in self._broken
            and article.article_id not in self._pruned
        ]

    def forget_texts(self) -> None:
        """Let go of the texts of all articles, once those that were to be read are stored."""
        self.articles = [one.model_copy(update={"text": ""}) for one in self.articles]

    def was_stored(self, article_id: str) -> bool:
        """Whether the database had the article when the run began, however it was read."""
        return article_id in self._before

    def moves(self) -> list[dict[str, object]]:
        """What is not recorded yet of which article stands at which address."""
        return unrecorded(self._database, self._seen)

    def has_news(self) -> bool:
        """Whether there is anything to write: an article to read, a failure that the last run did
        not have, or an address at which a known article stands for the first time."""
        fresh = any((one.input, one.reason) not in self._known for one in self.failures)
        moved = any(row["article_id"] in self._before for row in self.moves())
        return bool(self.todo()) or fresh or moved

    @property
    def pruned(self) -> int:
        """How many articles are passed over because they were pruned."""
        return sum(one.article_id in self._pruned for one in self.articles)

    @property
    def unchanged(self) -> int:
        """How many articles are stored already as they would be read now."""
        failing = 0
        if self._only is None:
            failing = len({one.article_id for one in self.articles} & set(self._broken))
        return len(self.articles) - len(self.todo()) - failing - self.pruned

    def failures_by_outlet(self, outlets: Sequence[Outlet]) -> list[str]:
        """The outlet of each failure whose outlet can be told."""
        outlet_of = {one.article_id: one.outlet for one in self.articles}
        named = (_outlet(failure, outlet_of, outlets) for failure in self.failures)
        return [outlet for outlet in named if outlet is not None]


def _outlet(
    failure: Failure, outlet_of: Mapping[str, str], outlets: Sequence[Outlet]
) -> str | None:
    if failure.article_id is not None and failure.article_id in outlet_of:
        return outlet_of[failure.article_id]
    for outlet in outlets:
        if failure.input in outlet.feeds:
            return outlet.name
    host = host_of(failure.input)
    whose = [one.name for one in outlets if host and host in sites(one)]
    return whose[0] if len(whose) == 1 else None
