"""Fetching from a real web site: politely, safely, and nothing twice."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from news_site import NewsSite, Page

from claims.config.settings import FetchingSettings
from claims.errors import DatabaseError, FetchError
from claims.fetching.address_guard import is_public
from claims.fetching.addresses import normal
from claims.fetching.exchange import user_agent
from claims.fetching.fetcher import Fetcher
from claims.fetching.memory import memory_path

QUICK: dict[str, Any] = {"delay": 0.0, "allow_private": True, "retries": 1}


@pytest.fixture
def site() -> Iterator[NewsSite]:
    with NewsSite() as site:
        yield site


def fetcher(site: NewsSite, memory: Path | None = None, **changed: Any) -> Fetcher:
    """One that may reach the site, and no other private address."""
    settings = FetchingSettings(**{**QUICK, **changed})
    return Fetcher(settings, memory, [site.address])


def refusal(web: Fetcher, address: str, mark: str | None = None) -> str:
    with pytest.raises(FetchError) as error:
        web.get(address, mark)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_page_is_asked_for_once_in_a_run_and_then_only_whether_it_has_changed(
    site: NewsSite, tmp_path: Path
) -> None:
    address, memory = site.address + "/urdu/hadsa", tmp_path / "x.fetched.sqlite"
    web = fetcher(site, memory)
    first = web.get(address)
    assert not first.again
    assert web.get(address + "?utm_source=rss#top") == first
    assert site.count("/urdu/hadsa") == 1
    web.close()

    web = fetcher(site, memory)
    again = web.get(address)
    assert (again.body, again.fetched_at, again.again) == (first.body, first.fetched_at, True)
    assert (site.count("/urdu/hadsa", 200), site.count("/urdu/hadsa", 304)) == (1, 1)
    web.close()

    site.edit()
    web = fetcher(site, memory)
    edited = web.get(address)
    assert edited.body != first.body
    assert edited.fetched_at > first.fetched_at
    assert site.count("/urdu/hadsa", 200) == 2
    web.close()


def test_a_settled_page_is_left_alone_until_its_feed_says_something_new(
    site: NewsSite, tmp_path: Path
) -> None:
    address, memory = site.address + "/english/boat", tmp_path / "x.fetched.sqlite"
    for mark, asked in (("one", 1), ("one", 1), ("two", 2), ("two", 2)):
        web = fetcher(site, memory, settled_hours=0)
        web.get(address, mark)
        web.close()
        assert site.count("/english/boat") == asked
    site.put("/unversioned", Page(b"<p>It gives no version of itself.</p>", etag=False))
    for _ in range(2):
        web = fetcher(site, memory)
        web.get(site.address + "/unversioned", "one")
        web.close()
    assert site.count("/unversioned") == 1


def test_max_age_is_believed(site: NewsSite, tmp_path: Path) -> None:
    site.put("/hour", Page(b"<p>Fresh.</p>", headers={"Cache-Control": "public, max-age=3600"}))
    for _ in range(2):
        web = fetcher(site, tmp_path / "x.fetched.sqlite")
        web.get(site.address + "/hour")
        web.close()
    assert site.count("/hour") == 1


def test_a_lasting_failure_is_told_again_but_not_asked_for_again(
    site: NewsSite, tmp_path: Path
) -> None:
    memory = tmp_path / "x.fetched.sqlite"
    for _ in range(2):
        web = fetcher(site, memory)
        assert "too large" in refusal(web, site.address + "/english/minutes", "mark")
        assert refusal(web, site.address + "/gone", "mark") == "status 404"
        assert refusal(web, site.address + "/urdu/khali", "mark") == "status 500"
        web.close()
    assert site.count("/english/minutes") == 1
    assert site.count("/gone") == 1
    assert site.count("/urdu/khali") == 2, "what may pass is tried in every run"


def test_a_failure_is_not_believed_where_what_is_allowed_has_changed(
    site: NewsSite, tmp_path: Path
) -> None:
    memory, address = tmp_path / "x.fetched.sqlite", site.address + "/urdu/pul"
    assert "private" in refusal(fetcher(site, memory, allow_private=False), address, "mark")
    assert fetcher(site, memory).get(address, "mark").body


def test_robots_txt_is_asked_for_once_and_obeyed(site: NewsSite, tmp_path: Path) -> None:
    site.put("/private/letter", "<p>Not for robots.</p>")
    site.put("/to-private", Page(status=302, headers={"Location": "/private/letter"}))
    for _ in range(2):
        web = fetcher(site, tmp_path / "x.fetched.sqlite")
        assert "robots.txt" in refusal(web, site.address + "/private/letter")
        assert "robots.txt" in refusal(web, site.address + "/to-private")
        web.close()
    assert site.count("/private/letter") == 0
    assert site.count("/robots.txt") == 1

    site.put("/robots.txt", Page(status=503))
    web = fetcher(site)
    assert "robots.txt cannot be had" in refusal(web, site.address + "/urdu/pul")
    site.put("/robots.txt", Page(status=404))
    web = fetcher(site)
    assert web.get(site.address + "/private/letter").body


def test_requests_to_one_site_keep_their_distance(site: NewsSite) -> None:
    site.put("/robots.txt", Page(b"User-agent: claims\nCrawl-delay: 0.3\n", "text/plain"))
    web = fetcher(site)
    began = time.monotonic()
    threads = [
        threading.Thread(target=web.get, args=(site.address + path,))
        for path in site.stories("plain")[:4]
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - began >= 0.9
    assert web.settings.delay == 0


def test_an_overloaded_site_is_tried_again_after_the_time_it_asks_for(site: NewsSite) -> None:
    answers = iter([Page(status=503, headers={"Retry-After": "1"}), Page(b"<p>Here.</p>")])
    del site.pages["/robots.txt"]

    class Recovering(dict[str, Page]):
        def get(self, path: str, default: Any = None) -> Any:
            return next(answers) if path == "/busy" else super().get(path, default)

    site.pages = Recovering(site.pages)
    began = time.monotonic()
    assert fetcher(site).get(site.address + "/busy").body == b"<p>Here.</p>"
    assert time.monotonic() - began >= 1

    site.pages = dict(site.pages)
    site.put("/asleep", Page(status=429, headers={"Retry-After": "3600"}))
    web = fetcher(site)
    assert "asks to be left alone" in refusal(web, site.address + "/asleep")
    assert "asks to be left alone" in refusal(web, site.address + "/urdu/pul")
    assert site.count("/urdu/pul") == 0


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, lambda data: raw_deflate(data)])
def test_a_packed_page_is_unpacked_up_to_the_limit(site: NewsSite, pack: Any) -> None:
    encoding = {"Content-Encoding": "gzip" if pack is gzip.compress else "deflate"}
    site.put("/packed", Page(pack(b"<p>words</p>" * 50), headers=encoding))
    site.put("/bomb", Page(pack(b"\0" * 50_000_000), headers=encoding))
    site.put("/cut", Page(pack(bytes(range(256)) * 9)[:-12], headers=encoding))
    web = fetcher(site)
    assert web.get(site.address + "/packed").body == b"<p>words</p>" * 50
    assert "too large" in refusal(web, site.address + "/bomb")
    assert "breaks off" in refusal(web, site.address + "/cut")


def raw_deflate(data: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packing.compress(data) + packing.flush()


def test_a_gigantic_page_is_given_up_at_the_limit(site: NewsSite) -> None:
    web = fetcher(site, largest=1_000_000)
    assert refusal(web, site.address + "/english/minutes") == "too large: more than 1,000,000 bytes"
    assert site.sent < 30_000_000
    site.put("/announced", Page(b"", headers={"Content-Length": "99999999"}))
    assert "too large" in refusal(web, site.address + "/announced")


def test_a_page_that_drips_or_breaks_off_is_given_up(site: NewsSite) -> None:
    def drip() -> Iterator[bytes]:
        while True:
            yield b"<p>"
            time.sleep(0.05)

    site.put("/drip", Page(chunks=drip))
    site.put("/cut", Page(b"half", headers={"Content-Length": "999"}))
    web = fetcher(site, longest=0.5, retries=0)
    assert refusal(web, site.address + "/drip") == "took longer than 0.5 seconds"
    web = fetcher(site, silence=0.3, retries=0)
    assert "no answer in 0.3 seconds" in refusal(web, site.address + "/cut")


def test_headers_that_drip_are_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1000)
                try:
                    for _ in range(200):
                        connection.sendall(b"H")
                        time.sleep(0.05)
                except OSError:
                    pass

        thread = threading.Thread(target=serve)
        thread.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        web = Fetcher(FetchingSettings(**QUICK | {"longest": 0.5, "retries": 0}), None, [address])
        assert "took longer" in refusal(web, address)
        thread.join()


def test_stopping_ends_what_is_under_way(site: NewsSite) -> None:
    def drip() -> Iterator[bytes]:
        while True:
            yield b"<p>"
            time.sleep(0.05)

    site.put("/drip", Page(chunks=drip))
    web = fetcher(site)
    told: list[str] = []
    thread = threading.Thread(target=lambda: told.append(refusal(web, site.address + "/drip")))
    thread.start()
    while not site.count("/drip"):
        time.sleep(0.01)
    web.close()
    thread.join(timeout=20)
    assert told == ["stopped"]
    assert refusal(web, site.address + "/urdu/pul") == "stopped"


def test_redirects_are_followed_to_an_end(site: NewsSite) -> None:
    site.put("/old", Page(status=301, headers={"Location": "/older?utm_campaign=x"}))
    site.put("/older", Page(status=307, headers={"Location": f"{site.address}/urdu/pul"}))
    site.put("/circle", Page(status=302, headers={"Location": "/circle"}))
    site.put("/file", Page(status=302, headers={"Location": "file:///etc/hostname"}))
    for number in range(9):
        site.put(f"/hop{number}", Page(status=302, headers={"Location": f"/hop{number + 1}"}))
    web = fetcher(site)
    assert web.get(site.address + "/old").url == site.address + "/urdu/pul"
    assert "circle" in refusal(web, site.address + "/circle")
    assert "not an address of a web page" in refusal(web, site.address + "/file")
    assert "more than 5 times" in refusal(web, site.address + "/hop0")


PRIVATE = (
    "127.0.0.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.1",
    "0",
    "localhost",
    "10.0.0.7",
    "172.16.3.4",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:10.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fc00::1]",
    "[fe80::1]",
    "[ff02::1]",
)


@pytest.mark.parametrize("host", PRIVATE)
def test_no_private_address_is_reached_however_it_is_written(site: NewsSite, host: str) -> None:
    web = Fetcher(FetchingSettings(delay=0, retries=0))
    told = refusal(web, f"http://{host}:{site.port}/urdu/pul")
    assert "is a private address" in told or "not an address" in told
    assert not site.asked


def test_private_addresses_are_allowed_only_where_they_are_named(site: NewsSite) -> None:
    with NewsSite() as other:
        site.put("/away", Page(status=302, headers={"Location": other.address + "/urdu/pul"}))
        web = fetcher(site)
        assert web.get(site.address + "/urdu/pul").body
        assert "is a private address" in refusal(web, site.address + "/away")
        assert "is a private address" in refusal(web, other.address + "/urdu/pul")
        assert not other.asked
        web = Fetcher(FetchingSettings(delay=0, private_networks=("127.0.0.0/8",)))
        assert web.get(site.address + "/away").url == other.address + "/urdu/pul"


def test_the_address_that_was_checked_is_the_one_connected_to(
    site: NewsSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that names a public address first and this machine from then on."""
    answers = iter(["93.184.216.34"])
    looked_up: list[str] = []
    true = socket.getaddrinfo

    def rebinding(host: Any, port: Any, *rest: Any, **named: Any) -> Any:
        if host != "rebind.example":
            looked_up.append(host)
            return true(host, port, *rest, **named)
        return true(next(answers, "127.0.0.1"), port, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    web = Fetcher(FetchingSettings(delay=0, retries=0, silence=0.2))
    refusal(web, f"http://rebind.example:{site.port}/")
    assert not site.asked
    assert set(looked_up) <= {"93.184.216.34"}


def test_public_addresses_are_public() -> None:
    for address in ("93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"):
        assert is_public(ipaddress.ip_address(address)), address


def test_addresses_are_the_same_whatever_tells_where_a_reader_came_from() -> None:
    assert normal("HTTPS://Example.ORG/a?utm_source=x&id=7&fbclid=y#top") == (
        "https://example.org/a?id=7"
    )
    assert normal("../b c", "https://example.org/a/d/e") == "https://example.org/a/b%20c"
    for wrong in ("ftp://example.org/", "https://", "javascript:alert(1)", "https://u:p@x.org/",
                  "http://x.org:99999/", "https://x.org/" + "a" * 3000, "http://[::1"):  # fmt: skip
        with pytest.raises(FetchError):
            normal(wrong)


def test_it_says_who_asks(site: NewsSite) -> None:
    fetcher(site, contact="news@example.org").get(site.address + "/urdu/pul")
    asked = site.asked[-1].headers["user-agent"]
    assert asked == user_agent("news@example.org")
    assert asked.startswith("claims/")
    assert "news@example.org" in asked


def test_a_memory_that_cannot_be_used_is_told(site: NewsSite, tmp_path: Path) -> None:
    memory = memory_path(tmp_path / "x.duckdb")
    assert memory.name == "x.fetched.sqlite"
    memory.write_bytes(b"not a database at all" * 100)
    with pytest.raises(DatabaseError, match="only a memory"):
        fetcher(site, memory).get(site.address + "/urdu/pul")
