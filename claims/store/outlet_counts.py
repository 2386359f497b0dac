"""What each outlet brings to a run, and what it usually brings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import TYPE_CHECKING

from claims.config.settings import UsualSettings
from claims.model import Article, Frozen
from claims.store.insert import identifiers, insert, json_text

if TYPE_CHECKING:
    import duckdb

    from claims.store.database import Database


class OutletCount(Frozen):
    """What one outlet brought to a run; see the comments on the table ``run_outlets``."""

    outlet: str
    articles: int = 0
    new: int = 0
    again: int = 0
    failures: int = 0
    claims: int = 0
    usual: float | None = None
    warning: str | None = None


def count_by_outlet(
    database: Database,
    inputs: Sequence[str],
    settings: UsualSettings,
    *,
    read: Iterable[Article],
    new: Iterable[str],
    again: Iterable[str],
    failed: Iterable[str],
) -> tuple[OutletCount, ...]:
    """What each outlet brought to a run of ``inputs``, by name.

    ``read`` are the articles that were read, ``new`` and ``again`` the identifiers of those that
    were stored, ``failed`` the outlets of the failures, one for each. An outlet that earlier runs
    of the same inputs know is there even where it brought nothing. Raises DatabaseError.
    """
    outlet_of = {article.article_id: article.outlet for article in read}
    articles = Counter(outlet_of.values())
    fresh, redone = (
        Counter(outlet_of[one] for one in ids if one in outlet_of) for ids in (new, again)
    )
    failures = Counter(failed)
    usual = usually(database, inputs, settings)
    claims = _claims(database, [*new, *again])
    return tuple(
        OutletCount(
            outlet=outlet,
            articles=articles[outlet],
            new=fresh[outlet],
            again=redone[outlet],
            failures=failures[outlet],
            claims=claims.get(outlet, 0),
            usual=usual.get(outlet),
            warning=_warning(outlet, fresh[outlet], usual.get(outlet), settings),
        )
        # Those of earlier runs too: an outlet that brings nothing at all is the one to warn of.
        for outlet in sorted({*articles, *failures, *usual})
    )


def usually(
    database: Database, inputs: Sequence[str], settings: UsualSettings
) -> dict[str, float | None]:
    """Every outlet of earlier finished runs of ``inputs``, with the median of its new articles.

    The median is over the last ``settings.runs`` runs since the outlet first came; None where
    those are fewer than ``settings.at_least``. Empty where there is no database. Raises
    DatabaseError.
    """
    if not database.exists():
        return {}
    with database.reading() as connection:
        rows = connection.execute(
            _sql("usual"),
            {"inputs": json_text(list(inputs)), "runs": settings.runs},
        ).fetchall()
    return {
        outlet: float(median) if count >= settings.at_least else None
        for outlet, count, median in rows
    }


def put_outlet_counts(
    connection: duckdb.DuckDBPyConnection, run_id: str, outlets: Iterable[OutletCount]
) -> None:
    """Store what each outlet brought to a run, within a transaction that the caller holds."""
    insert(connection, "run_outlets", ({"run_id": run_id, **one.model_dump()} for one in outlets))


def _claims(database: Database, articles: Sequence[str]) -> dict[str, int]:
    if not articles:
        return {}
    with database.reading() as connection:
        identifiers(connection, "stored_now", articles)
        return dict(
            connection.execute(
                "SELECT outlet, count(*) FROM attributed_claims "
                "WHERE article_id IN (FROM stored_now) GROUP BY outlet"
            ).fetchall()
        )


def _warning(outlet: str, new: int, usual: float | None, settings: UsualSettings) -> str | None:
    if usual is None or new >= settings.share * usual:
        return None
    return f"{outlet}: {new} new articles; usual are {usual:g} a run"


def _sql(name: str) -> str:
    return (resources.files(__package__) / f"{name}.sql").read_text(encoding="utf-8")
