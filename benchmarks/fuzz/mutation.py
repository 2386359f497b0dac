"""Good inputs made bad: pieces cut out, doubled, swapped for noise or what readers trip over."""

from __future__ import annotations

from random import Random

_TOKENS = (
    b"", b"<", b"]]>", b"\0", b"\xff\xfe", b"&#0;", b"&lol;", b"<![CDATA[", b"<!--",
    b"\xed\xa0\x80",
    b'"', b"'", b"\r", b"\n", b"\t", b"-1", b"99999999999999999999", b"1e999", b"2026-02-30",
    b"0001-01-01T00:00:00+14:00", b"<svg>", b"<script>", b"Content-Length: -1\r\n",
    b"<!DOCTYPE a [<!ENTITY a 'b'>]>", "\u202e\u200c".encode(), b"[" * 400, b"{" * 400, b"- " * 400,
    b"&a ", b"*a", b"<<: ", b"!!timestamp ", b"!!binary ", b"!!int ", b": ", b"../../outside/x",
    b"/dev/zero", b"=1+1", b"\x1b[2J", b"%", b"\\", b"9" * 5000, b"PK\x03\x04", b"DUCK",
)  # fmt: skip


def mutated(random: Random, data: bytes) -> bytes:
    """``data`` with up to six changes, or, rarely, all of it noise."""
    if random.random() < 0.05:
        return random.randbytes(random.randrange(300))
    for _ in range(random.randint(1, 6)):
        start = random.randint(0, len(data))
        end = min(len(data), start + random.choice((0, 1, 4, 20, 200)))
        put = random.choice(
            (
                random.choice(_TOKENS),
                random.randbytes(random.randrange(20)),
                data[start:end] * random.choice((2, 3, 50)),
            )
        )
        data = data[:start] + put + data[end:]
    return data


def text(random: Random, longest: int = 60) -> str:
    """Characters of all kinds."""
    kinds = ("abc =/<>\"'&;%\\", "\0\x1b\x9b\r\n\t", "پل بند ہے۔", "\u202e\u200c\ufeff😀", "0123-+")
    return "".join(random.choice(random.choice(kinds)) for _ in range(random.randrange(longest)))
