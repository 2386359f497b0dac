"""A real web site on this machine: two feeds, twelve articles, and a count of every request.

    with NewsSite() as site:
        site.feeds            # the addresses of the RSS feed (Urdu) and the Atom feed (English)
        site.edit()           # the editor changes one story: new text, new ETag, new feed
        site.count("/urdu/pul")         # how often it was asked for
        site.count("/urdu/pul", 200)    # how often it was sent in full

It listens on 127.0.0.1, so the fetcher must be told to allow private addresses. Of the twelve
stories one is broken (status 500), one gigantic (``GIGANTIC`` bytes), one edited by ``edit`` and
one redirects to a private address; the other eight are plain. Tests add pages of their own with
``put``. ``python tests/news_site.py 8800`` serves it for trying things out.
"""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import NamedTuple

from site_articles import EDITED, ENGLISH, URDU, Story

GIGANTIC = 64 * 1024 * 1024
PRIVATE = "http://169.254.169.254/latest/meta-data/"
"""Where the redirecting story leads."""

URDU_FEED = "/urdu/feed.xml"
ENGLISH_FEED = "/english/atom.xml"
ROBOTS = "User-agent: *\nDisallow: /private/\n"


class Asked(NamedTuple):
    """One request as it was answered. ``path`` has the query too; header names are lower case."""

    path: str
    status: int
    headers: dict[str, str]


@dataclass
class Page:
    """What a path answers with. ``chunks`` stream in place of ``body``; ``etag`` is its hash."""

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: bool = True
    chunks: Callable[[], Iterator[bytes]] | None = None

    @property
    def tag(self) -> str | None:
        """The entity tag."""
        if not self.etag or self.chunks or self.status != 200:
            return None
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


class NewsSite:
    """The site; a context manager that serves while it is open."""

    def __init__(self, port: int = 0) -> None:
        self.asked: list[Asked] = []
        self.pages: dict[str, Page] = {}
        self.sent = 0
        """Bytes of bodies sent so far."""
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self.edited = False
        self._publish()

    def __enter__(self) -> NewsSite:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    @property
    def address(self) -> str:
        """The beginning of all its addresses, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def feeds(self) -> tuple[str, str]:
        """The addresses of the Urdu and of the English feed."""
        return self.address + URDU_FEED, self.address + ENGLISH_FEED

    def stories(self, *kinds: str) -> list[str]:
        """The paths of the stories of these kinds (default: all): plain, edited, broken, …"""
        return [
            f"/{folder}/{story.slug}"
            for folder, stories in (("urdu", URDU), ("english", ENGLISH))
            for story in stories
            if not kinds or story.kind in kinds
        ]

    def put(self, path: str, page: Page | str) -> str:
        """Serve a page, or HTML, under ``path``; its address."""
        self.pages[path] = Page(page.encode()) if isinstance(page, str) else page
        return self.address + path

    def edit(self) -> None:
        """Change the words of the story of kind ``edited``, and say so in its feed."""
        self.edited = True
        self._publish()

    def count(self, path: str, status: int | None = None) -> int:
        """How often a path was asked for, with whatever query, or was answered with a status."""
        with self._lock:
            return sum(
                path in (one.path, one.path.partition("?")[0]) and status in (None, one.status)
                for one in self.asked
            )

    def forget(self) -> None:
        """Begin to count anew."""
        with self._lock:
            self.asked.clear()

    def _publish(self) -> None:
        self.put("/robots.txt", Page(ROBOTS.encode(), "text/plain"))
        for folder, language, stories in (("urdu", "ur", URDU), ("english", "en", ENGLISH)):
            for story in stories:
                self.put(f"/{folder}/{story.slug}", self._page(folder, language, story))
        self.put(URDU_FEED, Page(self._rss().encode(), "application/rss+xml"))
        self.put(ENGLISH_FEED, Page(self._atom().encode(), "application/atom+xml"))

    def _words(self, story: Story, text: str) -> str:
        return text.replace(*EDITED) if self.edited and story.kind == "edited" else text

    def _page(self, folder: str, language: str, story: Story) -> Page:
        match story.kind:
            case "broken":
                return Page(b"<h1>Internal Server Error</h1>", status=500)
            case "gigantic":
                return Page(chunks=_minutes)
            case "private":
                return Page(status=302, headers={"Location": PRIVATE})
        title = escape(self._words(story, story.title))
        byline = f'<meta name="author" content="{escape(story.byline)}">' if story.byline else ""
        written = f'<p class="byline">{escape(story.byline)}</p>' if story.byline else ""
        body = "\n".join(f"<p>{escape(self._words(story, p))}</p>" for p in story.paragraphs)
        direction = "rtl" if folder == "urdu" else "ltr"
        html = (
            f'<!DOCTYPE html>\n<html lang="{language}" dir="{direction}"><head>'
            f'<meta charset="utf-8"><title>{title}</title>{byline}'
            f'<link rel="canonical" href="{self.address}/{folder}/{story.slug}">'
            f'<meta property="og:type" content="article">'
            f'<meta property="og:title" content="{title}">'
            f'<meta property="article:published_time" content="{story.published}"></head><body>'
            f'<nav><a href="/">Home</a> <a href="/{folder}/">News</a></nav><main><article>'
            f"<h1>{title}</h1>{written}"
            f'<time datetime="{story.published}">{story.published[:10]}</time>\n{body}\n'
            f"</article></main><footer>© Noorpur Press</footer></body></html>\n"
        )
        return Page(html.encode())

    def _rss(self) -> str:
        items = [self._item(story) for story in URDU]
        items.append(items[0])  # a feed that repeats itself
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
            f"<title>نورپور ٹائمز</title><link>{self.address}/urdu/</link>"
            f"<description>خبریں</description><language>ur</language>{''.join(items)}"
            "</channel></rss>\n"
        )

    def _item(self, story: Story) -> str:
        link = f"{self.address}/urdu/{story.slug}"
        when = format_datetime(datetime.fromisoformat(story.published))
        return (
            f"<item><title>{escape(self._words(story, story.title))}</title>"
            f"<link>{link}?utm_source=rss&amp;utm_medium=feed</link>"
            f'<guid isPermaLink="true">{link}</guid><pubDate>{when}</pubDate>'
            f"<description>{escape(self._words(story, story.paragraphs[0]))}</description></item>"
        )

    def _atom(self) -> str:
        entries = "".join(
            f"<entry><title>{escape(story.title)}</title><id>tag:noorpur.example,2026:{story.slug}"
            f'</id><link rel="alternate" href="/english/{story.slug}"/>'
            f"<published>{story.published}</published><updated>{story.published}</updated>"
            f"<summary>{escape(story.paragraphs[0])}</summary></entry>"
            for story in ENGLISH
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
            f"<title>Noorpur Post</title><id>tag:noorpur.example,2026:feed</id>"
            f'<link rel="self" href="{self.address}{ENGLISH_FEED}"/>'
            f"<updated>2026-11-21T18:00:00+05:00</updated>{entries}</feed>\n"
        )

    def _handler(site: NewsSite) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - the class below has a self
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                page = site.pages.get(self.path) or site.pages.get(self.path.partition("?")[0])
                page = page or Page(b"<h1>Not Found</h1>", status=404)
                unchanged = page.tag and self.headers.get("If-None-Match") == page.tag
                status = 304 if unchanged else page.status
                headers = {name.lower(): value for name, value in self.headers.items()}
                with site._lock:
                    site.asked.append(Asked(self.path, status, headers))
                self.send_response(status)
                self.send_header("Content-Type", page.content_type)
                if page.tag:
                    self.send_header("ETag", page.tag)
                for name, value in page.headers.items():
                    self.send_header(name, value)
                chunks = iter(()) if unchanged else (page.chunks or (lambda: iter([page.body])))()
                if page.chunks:
                    self.close_connection = True
                    self.send_header("Connection", "close")
                elif not unchanged and "Content-Length" not in page.headers:
                    self.send_header("Content-Length", str(len(page.body)))
                self.end_headers()
                try:
                    for chunk in chunks:
                        self.wfile.write(chunk)
                        site.sent += len(chunk)
                except OSError:  # the reader has had enough
                    self.close_connection = True

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        return Handler


def _minutes() -> Iterator[bytes]:
    """HTML without end, as far as a reader can tell."""
    yield b"<!DOCTYPE html><html lang=en><body><article><h1>The minutes in full</h1>"
    line = b"<p>The clerk said that the council had met again and that nothing was decided.</p>\n"
    block = line * 800
    for _ in range(GIGANTIC // len(block)):
        yield block


if __name__ == "__main__":
    with NewsSite(int(sys.argv[1]) if len(sys.argv) > 1 else 0) as served:
        print(*served.feeds, sep="\n", flush=True)
        input("Enter edits a story: ")
        served.edit()
        input("Enter ends: ")
