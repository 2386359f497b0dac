"""Readers: every file gives articles or reasons."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

from benchmarks.fuzz.case import SECRET, Case, FindingError
from benchmarks.fuzz.mutation import mutated
from claims.config.settings import Sources, config_folder
from claims.model import Failure
from claims.readers.articles import Duplicate, read
from claims.readers.dates import load_dates

_PAGE = (
    b'<html><head><title>Bridge</title><script type="application/ld+json">{"@type":"NewsArticle",'
    b'"headline":"Bridge","datePublished":"2026-11-21T09:00:00+05:00"}</script></head><body>'
    b"<article><h1>Bridge</h1><p>The minister said that the bridge would open again before the "
    b'winter.</p><p class="date">3 hours ago</p></article></body></html>'
)
_FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><item><title>Bridge'
    b"</title><link>https://noorpur.example/a</link><pubDate>Sat, 21 Nov 2026 09:00:00 +0500"
    b"</pubDate><description>The bridge opens.</description></item></channel></rss>"
)
_ATOM = (
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><entry><title>B</title><link '
    b'href="https://noorpur.example/b"/><updated>2026-11-21T09:00:00Z</updated></entry></feed>'
)
_HEADERS = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
_RECORD = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://noorpur.example/1\r\n"
    b"WARC-Date: 2026-11-21T09:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
    b"Content-Length: " + str(len(_HEADERS + _PAGE)).encode() + b"\r\n\r\n" + _HEADERS + _PAGE
    + b"\r\n\r\n"
)  # fmt: skip
_ROW = {"text": "The minister said that the bridge would open.", "date": "22 نومبر 2026"}

GOOD = {
    ".html": _PAGE,
    ".rss": _FEED,
    ".atom": _ATOM,
    ".jsonl": (json.dumps(_ROW, ensure_ascii=False) + "\n").encode() * 3,
    ".csv": b'text,title,date\n"The minister said, ""no"".",Bridge,2026-11-21\n' * 2,
    ".tsv": "body\theadline\nوزیر نے کہا کہ پل بند ہے۔\tپل\n".encode(),
    ".warc": _RECORD * 2,
    ".warc.gz": gzip.compress(_RECORD, mtime=0),
    ".txt": "پل بند ہے\n\nوزیر نے کہا کہ پل سردیوں سے پہلے کھلے گا۔\n".encode(),
}


def prepare(folder: Path) -> Case:
    """Files of all kinds in one folder."""
    dates = load_dates(config_folder(), ("ur", "en"))
    inputs = folder / "news"
    inputs.mkdir()
    (inputs / "link.txt").symlink_to(folder.parent / "outside" / "secret.txt")

    def case(random: Random) -> str:
        suffix = random.choice(list(GOOD))
        path = inputs / f"case{suffix}"
        path.write_bytes(mutated(random, GOOD[suffix]))
        try:
            found = list(read([str(inputs)], ("ur", "en"), Sources(), _language, dates=dates))
        finally:
            path.unlink()
        if len(found) < 2:  # the link, and what came of the file
            raise FindingError(f"nothing was told of {path.name}")
        for one in found:
            _check(one)
        return "read" if any(not isinstance(one, Failure) for one in found) else "refused"

    return case


def _check(one: object) -> None:
    if isinstance(one, Failure):
        if not one.reason or "\n" in one.reason:
            raise FindingError(f"told badly: {one.reason[:300]!r}")
    elif not isinstance(one, Duplicate) and SECRET in getattr(one, "text", ""):
        raise FindingError("a link was followed")


def _language(text: str, languages: Sequence[str]) -> str:
    return "ur" if any("\u0600" <= character <= "\u06ff" for character in text) else "en"
