"""What browsers send: forms, identifiers and page numbers, checked."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from urllib.parse import parse_qs, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

_LARGEST = 64 * 1024

_PATIENCE = 20.0
"""Seconds in which a form must be here."""

_MOST_FIELDS = 20
_IDENTIFIER = re.compile(r"[0-9A-Za-z_-]{1,128}")


async def form(request: Request, largest: int = _LARGEST) -> dict[str, str]:
    """The fields of a plain form; of several with one name the last. Raises HTTPException where it
    is no such form, of more than ``largest`` bytes, too slow or of too many fields."""
    return fields_of(await _body(request, largest))


async def form_lists(request: Request) -> dict[str, list[str]]:
    """All values of each field of a plain form, however many. Raises HTTPException as ``form``."""
    return parse_qs(await _body(request, _LARGEST), keep_blank_values=True)


async def _body(request: Request, largest: int) -> str:
    if request.headers.get("content-type", "").partition(";")[0] != (
        "application/x-www-form-urlencoded"
    ):
        raise HTTPException(415)
    body = b""
    try:
        async with asyncio.timeout(_PATIENCE):
            async for part in request.stream():
                body += part
                if len(body) > largest:
                    raise HTTPException(413)
    except TimeoutError:
        raise HTTPException(408) from None
    except ClientDisconnect:
        raise HTTPException(400) from None
    try:
        return body.decode("ascii")
    except UnicodeDecodeError:
        raise HTTPException(400) from None


def fields_of(query: str) -> dict[str, str]:
    """The fields of a form or of an address; of several with one name the last. Raises
    HTTPException for too many."""
    try:
        fields = parse_qs(query, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise HTTPException(400) from None
    return {name: values[-1] for name, values in fields.items()}


def is_identifier(given: str) -> bool:
    """Whether it can be the id of a pair."""
    return bool(_IDENTIFIER.fullmatch(given))


def page_number(given: str | None) -> int:
    """The number of a page; whatever is none counts as the first."""
    return int(given) if given and re.fullmatch(r"[1-9][0-9]{0,6}", given) else 1


def own_address(given: str) -> str:
    """An address of this page to go back to; the queue where it is anything else."""
    try:
        parts = urlsplit(given)
    except ValueError:
        return "/"
    plain = given.isascii() and given.isprintable() and "\\" not in given and " " not in given
    inside = not parts.scheme and not parts.netloc and re.match(r"/(?!/)", given)
    return given if plain and inside else "/"


def one_line(given: str, longest: int) -> str:
    """Words without control characters and at most so long."""
    words = "".join(one for one in given if unicodedata.category(one) not in ("Cc", "Cs"))
    return " ".join(words.split())[:longest]
