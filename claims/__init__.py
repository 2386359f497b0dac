"""Attributed claims from news articles: who said what, who denies it, where it stands.

These names are the public library; docs/library.md shows them at work. Importing this package takes
no time: each name loads what it needs when it is first used.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # as type checkers know it; importing typing would take half of the time
if TYPE_CHECKING:
    from claims.errors import ClaimsError as ClaimsError
    from claims.library import Stored as Stored
    from claims.library import extract as extract
    from claims.library import find_contradictions as find_contradictions
    from claims.library import make_article as make_article
    from claims.library import open_database as open_database
    from claims.library import read_articles as read_articles
    from claims.library import store_articles as store_articles
    from claims.model import Article as Article
    from claims.model import Attribution as Attribution
    from claims.model import Claim as Claim
    from claims.model import Contradiction as Contradiction
    from claims.model import ContradictionKind as ContradictionKind
    from claims.model import Failure as Failure
    from claims.model import Span as Span
    from claims.model import Speaker as Speaker
    from claims.model import Stance as Stance
    from claims.store.database import Database as Database
    from claims.store.stored_pairs import StoredPair as StoredPair

__version__ = "0.1.0"

_MODULES = {
    "claims.errors": ("ClaimsError",),
    "claims.library": (
        "Stored",
        "extract",
        "find_contradictions",
        "make_article",
        "open_database",
        "read_articles",
        "store_articles",
    ),
    "claims.model": (
        "Article",
        "Attribution",
        "Claim",
        "Contradiction",
        "ContradictionKind",
        "Failure",
        "Span",
        "Speaker",
        "Stance",
    ),
    "claims.store.database": ("Database",),
    "claims.store.stored_pairs": ("StoredPair",),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}

__all__ = ["__version__", *_MODULE_OF]


if not TYPE_CHECKING:  # else a type checker would let every name pass

    def __getattr__(name: str) -> object:
        if name not in _MODULE_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(_MODULE_OF[name]), name)
        return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
