"""The review page: whatever a browser or another program sends, an answer below 500."""

from __future__ import annotations

from pathlib import Path
from random import Random
from urllib.parse import urlencode

from starlette.testclient import TestClient

from benchmarks.fuzz.case import SECRET, Case, FindingError
from benchmarks.fuzz.mutation import mutated, text
from benchmarks.fuzz.stored import PAIR, database_in
from claims.model import Verdict
from claims.review.app import create_app

_ADDRESS = "http://127.0.0.1:8765"
_PATHS = (
    "/", "/progress", "/sql", "/export", "/export/csv", "/export/claimreview", "/article/{}",
    "/speaker/{}", "/speaker/{}/decision", "/outlet", "/disputes", "/pair/{}", "/pair/{}/decision",
    "/undo", "/reviewer", "/language", "/static/review.css", "/static/../../../etc/passwd", "/{}",
)  # fmt: skip
_FIELDS = (
    "verdict", "note", "next", "reviewer", "language", "reviewed_at", "page", "outlet", "speaker",
    "name", "q", "kind", "from", "to", "format", "sql", "min", "back", "sort", "act", "names",
)  # fmt: skip
_HEADERS = (
    "Host", "Origin", "Referer", "Cookie", "Content-Type", "Sec-Fetch-Site", "Accept-Language",
    "Range", "X-Forwarded-For", "If-None-Match",
)  # fmt: skip
_FORM = "application/x-www-form-urlencoded"


def prepare(folder: Path) -> Case:
    """The page over a small database, as if served on this machine."""
    database = database_in(folder / "page")
    app = create_app(database, reviewer="Fuzz")
    client = TestClient(app, base_url=_ADDRESS, follow_redirects=False)

    def value(random: Random) -> str:
        plain = (PAIR, "x", "1", "-1", "9" * 30, "2026-02-30", "csv", "FROM claims", *Verdict)
        return random.choice(plain) if random.random() < 0.6 else text(random, 200)

    def case(random: Random) -> str:
        path = random.choice(_PATHS).replace("{}", random.choice((PAIR, value(random), "x" * 300)))
        path = "/" + "".join(one if one.isprintable() else "%00" for one in path).lstrip("/")
        pairs = [(random.choice(_FIELDS), value(random)) for _ in range(random.randrange(6))]
        pairs *= random.choice((1, 1, 1, 1, 10))
        headers = {"Content-Type": _FORM, "Origin": _ADDRESS}
        for _ in range(random.randrange(3)):
            told = text(random, 30).encode("ascii", "ignore").decode()
            headers[random.choice(_HEADERS)] = "".join(one for one in told if one.isprintable())
        encoded = urlencode(pairs, errors="surrogatepass").encode()
        if random.random() < 0.5:
            answer = client.get(path, params=dict(pairs), headers=headers)
        else:
            body = mutated(random, encoded) if random.random() < 0.3 else encoded
            answer = client.request(
                random.choice(("POST", "POST", "PUT", "HEAD")), path, content=body, headers=headers
            )
        if answer.status_code >= 500:
            raise FindingError(f"{answer.status_code} for {path!r} {pairs!r}")
        if "Traceback" in answer.text or SECRET in answer.text:
            raise FindingError(f"told too much for {path!r}")
        return f"{answer.status_code // 100}xx"

    return case
