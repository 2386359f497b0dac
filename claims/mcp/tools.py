"""The tools: what an assistant can ask, with which arguments, and what it is told.

Nothing here knows the protocol. A tool answers values of JSON; what it raises is a ClaimsError, in
one line that says what to do, for it is the assistant that reads it and asks again.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from claims.errors import QueryError
from claims.model import SpeakerKind
from claims.search.claim_query import ClaimQuery
from claims.search.search import search
from claims.store.bounded_query import ROWS_SHOWN, SECONDS, bounded_query
from claims.store.database import Database
from claims.store.formats import ResultFormat, write
from claims.store.json_values import json_value
from claims.store.speaker_queries import named
from claims.store.stored_disputes import StoredDispute, stored_disputes
from claims.store.stored_pairs import PairFilters, filtered_disputes

Arguments = Mapping[str, Any]

_NAME = 200  # characters


class Asked(BaseModel):
    """Arguments of a tool; another than it has is an error, not ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AskedSpeakers(Asked):
    """Which speakers."""

    name: str | None = Field(
        None, max_length=_NAME, description="Part of a name, in any script or spelling."
    )
    kind: SpeakerKind | None = Field(None, description="Only speakers of this kind.")
    limit: int = Field(20, ge=1, le=200, description="The most cited so many.")
    page: int = Field(1, ge=1, le=100_000)


class AskedDisputes(Asked):
    """Which disputes: those with a pair of claims of which one side fits all of this."""

    text: str | None = Field(None, max_length=_NAME, description="Words of a claim.")
    speaker: str | None = Field(
        None, max_length=_NAME, description="Part of a speaker's name, in any script."
    )
    outlet: str | None = Field(None, max_length=_NAME, description="Name of the outlet.")
    since: date | None = Field(None, description="Published on this day or later.")
    until: date | None = Field(None, description="Published on this day or earlier.")
    limit: int = Field(10, ge=1, le=50, description="The most telling so many.")
    page: int = Field(1, ge=1, le=100_000)


class AskedDispute(Asked):
    """One dispute."""

    dispute_id: str = Field(max_length=_NAME, description="As list_disputes gives it.")


class AskedQuery(Asked):
    """One statement."""

    sql: str = Field(max_length=100_000, description="One statement of DuckDB that reads.")


Model = TypeVar("Model", bound=Asked)


@dataclass(frozen=True)
class ClaimsTool:
    """A tool: its name, what it is for, the schema of its arguments, and what answers."""

    name: str
    title: str
    description: str
    schema: dict[str, Any]
    answer: Callable[[Database, Arguments], dict[str, Any]]


def _search(database: Database, given: Arguments) -> dict[str, Any]:
    query = ClaimQuery.read(given)
    with database.reading() as connection:
        found = search(connection, query)
    told: dict[str, Any] = json_value(found)
    del told["query"]
    return {**told, "next_page": query.page + 1 if found.more else None}


def _speakers(database: Database, given: Arguments) -> dict[str, Any]:
    asked = _read(AskedSpeakers, given)
    with database.reading() as connection:
        found = named(connection, asked.name, asked.kind)
    return _paged("speakers", found, asked.page, asked.limit)


def _disputes(database: Database, given: Arguments) -> dict[str, Any]:
    asked = _read(AskedDisputes, given)
    fields = asked.model_dump(exclude={"limit", "page"})
    filters = PairFilters(**fields, decided="all")
    skip = (asked.page - 1) * asked.limit
    with database.reading() as connection:
        chosen, total = filtered_disputes(connection, filters, asked.limit, skip)
        found = stored_disputes(connection, chosen)
    more = total > skip + asked.limit
    return {
        "total": total,
        "disputes": [_brief(one) for one in found],
        "next_page": asked.page + 1 if more else None,
    }


def _dispute(database: Database, given: Arguments) -> dict[str, Any]:
    asked = _read(AskedDispute, given)
    with database.reading() as connection:
        found = stored_disputes(connection, [asked.dispute_id])
    if not found:
        raise QueryError(
            f"no dispute {asked.dispute_id!r}; list_disputes gives the identifiers of those there "
            "are, which change when a run finds more pairs"
        )
    told: dict[str, Any] = json_value(found[0])
    return told


def _query(database: Database, given: Arguments) -> dict[str, Any]:
    result = bounded_query(database, _read(AskedQuery, given).sql)
    written = io.StringIO()
    write(result, ResultFormat.JSON, written)
    return {"rows": json.loads(written.getvalue()), "truncated": result.truncated}


def _brief(dispute: StoredDispute) -> dict[str, Any]:
    """A dispute without its pairs and its timeline."""
    told = dispute.told()
    brief = {name: told[name] for name in ("dispute_id", "score", "explanation", "asserts")}
    brief |= {"contests": told["contests"], "pairs": len(dispute.members)}
    return {name: json_value(value) for name, value in brief.items()}


def _paged(name: str, found: list[Any], page: int, limit: int) -> dict[str, Any]:
    shown = found[(page - 1) * limit : page * limit]
    more = len(found) > page * limit
    return {
        "total": len(found),
        name: json_value(shown),
        "next_page": page + 1 if more else None,
    }


def _read(model: type[Model], given: Arguments) -> Model:
    try:
        return model.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            told = "there are " + ", ".join(model.model_fields)
            raise QueryError(f"{name[:40]!r} is no argument; {told}") from None
        raise QueryError(f"argument {name}: {first['msg']}") from None


TOOLS = {
    one.name: one
    for one in (
        ClaimsTool(
            "search_claims",
            "Search claims",
            "Who said what about something, and when: attributed claims from news articles in "
            "Urdu and English, each with speaker, stance, outlet, date and the whole sentence, "
            "and contradiction_id where somebody contradicts it.",
            ClaimQuery.model_json_schema(),
            _search,
        ),
        ClaimsTool(
            "list_speakers",
            "List speakers",
            "Who is cited, most often first, with all spellings. The speaker_id is what "
            "search_claims takes as voice.",
            AskedSpeakers.model_json_schema(),
            _speakers,
        ),
        ClaimsTool(
            "list_disputes",
            "List disputes",
            "What is contested: contradictions between claims about one thing, with who asserts "
            "it, who contests it, and in which outlets; the most telling first.",
            AskedDisputes.model_json_schema(),
            _disputes,
        ),
        ClaimsTool(
            "show_dispute",
            "Show a dispute",
            "One dispute whole: both sides, everything that was said in order of time, and every "
            "pair with both sentences and what reviewers decided.",
            AskedDispute.model_json_schema(),
            _dispute,
        ),
        ClaimsTool(
            "query_database",
            "Query the database",
            "One statement of SQL that reads, in DuckDB's dialect, where the other tools do not "
            "answer. SHOW TABLES lists the tables and views, DESCRIBE attributed_claims the "
            f"columns of one. At most {ROWS_SHOWN} rows, {SECONDS:g} seconds, no files.",
            AskedQuery.model_json_schema(),
            _query,
        ),
    )
}
