"""JSON beside every page: at its address with ``.json`` after it, of what its template is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote, urlencode

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from claims.store.json_values import compact, json_value

SUFFIX = ".json"


class FileRoute(Route):
    """An address that answers something else than a page: no JSON is beside it."""


def beside(routes: Sequence[BaseRoute]) -> Iterator[BaseRoute]:
    """``routes``, and before them, for each page that can be read, the same with ``.json``."""
    for one in routes:
        if isinstance(one, FileRoute) or not isinstance(one, Route):
            continue
        if "GET" in (one.methods or ()):
            yield Route(one.path + SUFFIX, one.endpoint)
    yield from routes


def wants_json(request: Request) -> bool:
    """Whether a request is for the JSON beside a page."""
    return bool(request.scope["path"].endswith(SUFFIX))


def address(request: Request, **changed: object) -> str:
    """Where the JSON of a page stands that is being answered, with ``changed`` in its query."""
    path = str(request.scope["path"]).removesuffix(SUFFIX)
    return path_beside(quote(path), request.query_params, **changed)


def path_beside(path: str, query: QueryParams | Mapping[str, str], **changed: object) -> str:
    """The address of the JSON beside the page at ``path``."""
    kept = query.multi_items() if isinstance(query, QueryParams) else query.items()
    fields = [(name, value) for name, value in kept if name not in changed]
    fields += [(name, str(value)) for name, value in changed.items()]
    return f"{path}{SUFFIX}?{urlencode(fields)}" if fields else f"{path}{SUFFIX}"


def document(request: Request, given: Mapping[str, object]) -> dict[str, object]:
    """What a page shows as values of JSON, by the names under which its template has them.

    Where ``given`` has a ``page`` of several, ``next`` and ``previous`` are the addresses of the
    JSON of those around it, None at the ends; ``more`` says whether one follows.
    """
    told = {name: json_value(value) for name, value in given.items() if name != "more"}
    page = given.get("page")
    if isinstance(page, int):
        told["next"] = address(request, page=page + 1) if given.get("more") else None
        told["previous"] = address(request, page=page - 1) if page > 1 else None
    return told


def answer(told: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A response that is JSON."""
    return Response(f"{compact(told)}\n", status, headers, "application/json")
