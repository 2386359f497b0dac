"""Requests to the review page that no browser of a reviewer sends."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from browsing import served
from reviewing import PAIR, filled

from claims.store import reviews
from claims.store.database import Database

PATIENCE = 120  # seconds: much more than it takes, for machines that are busy
MANY = "&".join(f"f{number}=1" for number in range(21))
DECISION = f"/pair/{PAIR.contradiction_id}/decision"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return filled(tmp_path_factory.mktemp("review") / "claims.duckdb")


@pytest.fixture(scope="module")
def address(database: Database) -> Iterator[str]:
    with served(database.path) as address:
        yield address.rstrip("/")


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        (DECISION, {"verdict": "unsure", **{f"f{n}": "1" for n in range(20)}}, 400),
        (DECISION, {"verdict": "unsure", "filters": MANY}, 400),
        ("/undo", {"reviewed_at": "2026-01-01", "filters": MANY}, 400),
        ("/reviewer", {f"f{n}": "1" for n in range(21)}, 400),
        ("/pair/nosuchpair/decision", {"verdict": "compatible"}, 404),
        (f"/pair/{PAIR.contradiction_id[:-1]}/decision", {"verdict": "compatible"}, 404),
        ("/pair/../decision", {"verdict": "compatible"}, 404),
        (f"/pair/{'a' * 129}/decision", {"verdict": "compatible"}, 400),
    ],
)
def test_forms_of_others_leave_no_trace(
    address: str, database: Database, path: str, fields: dict[str, str], status: int
) -> None:
    answer = httpx.post(address + path, data=fields, timeout=PATIENCE)
    assert answer.status_code == status
    assert not answer.headers.get("set-cookie")
    assert reviews.read(database.path) == []
    assert not reviews.reviews_path(database.path).exists()


@pytest.mark.parametrize(
    ("path", "kind", "status"),
    [
        (DECISION, "application/x-www-form-urlencoded", b"413"),
        ("/sql", "application/x-www-form-urlencoded", b"413"),
        (DECISION, "multipart/form-data; boundary=x", b"415"),
        ("/", "application/x-www-form-urlencoded", b"405"),
        ("/export/csv", "text/csv", b"405"),
    ],
)
def test_an_upload_without_end_is_cut_off(
    address: str, database: Database, path: str, kind: str, status: bytes
) -> None:
    """The server answers while more is sent, hangs up, and keeps nothing of it."""
    host = urlsplit(address).netloc
    piece = b"4000\r\n" + b"a" * 0x4000 + b"\r\n"
    with socket.create_connection(tuple_of(host), timeout=PATIENCE) as sender:
        head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {kind}\r\n"
        sender.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        sent, end = 0, time.monotonic() + PATIENCE
        with pytest.raises(OSError):
            while time.monotonic() < end:
                sent += sender.send(piece)
        assert sent < 50_000_000
    with socket.create_connection(tuple_of(host), timeout=PATIENCE) as sender:
        sender.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + piece * 20)
        assert sender.recv(12).endswith(status)
    assert reviews.read(database.path) == []
    assert httpx.get(f"{address}/progress", timeout=PATIENCE).status_code == 200


def tuple_of(host: str) -> tuple[str, int]:
    name, _, port = host.rpartition(":")
    return name, int(port)


def own_address() -> str:
    """An address of this machine that other machines know, or that of no other."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent
            return str(probe.getsockname()[0])
        except OSError:
            pytest.skip("this machine has no address but loopback")


def test_who_is_refused_can_read_why(address: str) -> None:
    # Answered before its fields had come, a form could meet a closed connection instead.
    with httpx.Client(timeout=PATIENCE) as browser:
        browser.get(address)
        foreign = {"sec-fetch-site": "cross-site"}
        answer = browser.post(f"{address}/undo", data={"reviewed_at": "now"}, headers=foreign)
    assert (answer.status_code, answer.text) == (403, "refused: sent from another site\n")
    assert answer.headers.get("connection") != "close", "the server did not wait for the fields"


def test_from_other_machines_only_the_token_lets_in(database: Database) -> None:
    """Over a real socket, at an address that is not loopback."""
    with served(database.path, host=own_address()) as printed:
        parts = urlsplit(printed)
        base = f"http://{parts.netloc}"
        assert not parts.netloc.startswith("127.")
        assert re.fullmatch(r"token=[\w-]{32}", parts.query)
        token = parts.query.partition("=")[2]
        wrong = token[:-1] + ("a" if token[-1] != "a" else "b")
        for method, path in (
            ("GET", "/"), ("GET", "/progress"), ("GET", "/export/csv"), ("HEAD", "/"),
            ("GET", "/static/review.js"), ("POST", DECISION), ("POST", "/sql"), ("POST", "/undo"),
        ):  # fmt: skip
            for query, cookie in (("", ""), (f"?token={wrong}", ""), ("", f"claims-token={wrong}")):
                answer = httpx.request(
                    method,
                    base + path + query,
                    data={"verdict": "unsure", "sql": "FROM claims"} if method == "POST" else None,
                    headers={"cookie": cookie} if cookie else {},
                    timeout=PATIENCE,
                )
                assert answer.status_code == 401, (method, path, query, cookie)
                assert "Water minister" not in answer.text
        assert reviews.read(database.path) == []
        with httpx.Client(base_url=base, follow_redirects=True, timeout=PATIENCE) as client:
            shown = client.get(f"/?token={token}")
            assert shown.status_code == 200 and "Water minister" in shown.text
            assert "token" not in str(shown.url)
            evil = {"origin": "http://evil.example"}
            assert client.post("/sql", data={"sql": "SELECT 1"}, headers=evil).status_code == 403
            assert client.post("/sql", data={"sql": "SELECT 1"}).status_code == 200
