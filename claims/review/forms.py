"""What browsers send: forms, identifiers and page numbers, checked."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qs, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request

_LARGEST = 64 * 1024
_IDENTIFIER = re.compile(r"[0-9A-Za-z_-]{1,128}")


async def form(request: Request) -> dict[str, str]:
    """The fields of a plain form; of several with one name the last. Raises HTTPException."""
    if request.headers.get("content-type", "").partition(";")[0] != (
        "application/x-www-form-urlencoded"
    ):
        raise HTTPException(415)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST:
            raise HTTPException(413)
    try:
        fields = parse_qs(body.decode("ascii"), keep_blank_values=True, max_num_fields=20)
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
