"""The body of an answer, unpacked as it comes and never beyond a limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from claims.errors import FetchError

ENCODINGS = "gzip, deflate"
"""What may be sent packed: httpx would unpack without a limit, so we do it."""


def unpacked(chunks: Iterable[bytes], encoding: str | None, most: int) -> bytes:
    """The bytes of ``chunks``, unpacked as the header Content-Encoding says.

    No more than ``most`` bytes are ever held, whatever they are packed from. Raises FetchError
    where there are more, or where they are not packed as they say.
    """
    name = (encoding or "identity").strip().lower()
    if name in ("", "identity"):
        return _collect(chunks, most)
    if name not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(f"packed as {name[:40]!r}, which was not asked for")
    return _inflate(chunks, most)


def _collect(chunks: Iterable[bytes], most: int) -> bytes:
    held = bytearray()
    for chunk in chunks:
        held += chunk
        _check(len(held), most)
    return bytes(held)


def _inflate(chunks: Iterable[bytes], most: int) -> bytes:
    held = bytearray()
    stream = zlib.decompressobj(zlib.MAX_WBITS | 32)  # with the frame of gzip or of zlib
    begun = framed = False
    for chunk in chunks:
        rest = chunk
        while rest and not stream.eof:
            try:
                held += stream.decompress(rest, most + 1 - len(held))
            except zlib.error:
                if begun or framed:
                    raise FetchError("packed wrongly: it cannot be unpacked") from None
                # `deflate` without the frame that it should have: some servers send that.
                stream, framed = zlib.decompressobj(-zlib.MAX_WBITS), True
                continue
            begun = True
            _check(len(held), most)
            rest = stream.unconsumed_tail
    if not stream.eof:
        raise FetchError("packed wrongly: it breaks off")
    return bytes(held)


def _check(size: int, most: int) -> None:
    if size > most:
        raise FetchError(f"too large: more than {most:,} bytes", lasting=True)
