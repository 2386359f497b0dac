"""The review page against hostile articles, other web sites and wrong forms."""

from __future__ import annotations

import html
import http.client
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from reviewing import ADDRESS, ENGLISH, PAIR, SCRIPT, filled, standing, visit
from starlette.testclient import TestClient

from claims.errors import ClaimsError
from claims.review.serve import serve
from claims.store import reviews
from claims.store.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return filled(tmp_path / "claims.duckdb")


def own_scripts(shown: str) -> bool:
    """Whether there are scripts, and all are the page's own files."""
    found = re.findall(r"<script[^>]*>", shown)
    own = re.compile(r'<script src="/static/[a-z_]+\.js" defer>')
    return bool(found) and all(map(own.fullmatch, found))


@pytest.fixture
def page(database: Database) -> Iterator[TestClient]:
    with visit(database) as client:
        yield client


def test_what_articles_say_is_never_markup(page: TestClient) -> None:
    article_id = ENGLISH.document.article.article_id
    for path in ("/", f"/pair/{PAIR.contradiction_id}", f"/article/{article_id}"):
        shown = page.get(path).text
        assert "<b>record" not in shown
        assert "alert" in shown
        # the only script is the page's own
        assert own_scripts(shown)
    page.post(f"/pair/{PAIR.contradiction_id}/decision", data={"verdict": "unsure", "note": SCRIPT})
    history = page.get(f"/pair/{PAIR.contradiction_id}").text
    assert html.escape(SCRIPT, quote=False).replace("'", "&#39;") in history


def test_what_is_searched_and_asked_is_never_markup(page: TestClient) -> None:
    outlet = ENGLISH.document.article.outlet
    for path, parameters in (
        ("/", {"text": SCRIPT, "speaker": SCRIPT, "outlet": '"><b>record', "decided": "all"}),
        ("/", {"outlet": outlet}),
        ("/outlet", {"name": outlet}),
        ("/disputes", {}),
        ("/sql", {"sql": "SELECT title, outlet FROM articles"}),
        ("/sql", {"sql": f"SELECT '{SCRIPT}'"}),
        ("/sql", {"sql": "</textarea><b>record"}),
        ("/nowhere<b>record", {}),
    ):
        if path == "/sql":
            shown = page.post(path, data=parameters).text
        else:
            shown = page.get(path, params=parameters).text
        assert "<b>record" not in shown
        assert own_scripts(shown)
        assert not re.search(r"<\w+[^>]*\s(on\w+|style)=", shown)
    named = page.post("/reviewer", data={"value": f"<b>record{SCRIPT}"})
    assert "<b>record" not in named.text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1:9", "a@b", ""])
def test_a_foreign_host_is_refused(page: TestClient, host: str) -> None:
    answer = page.get("/", headers={"host": host})
    assert answer.status_code == 403
    assert "Water minister" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765"])
def test_its_own_names_are_answered(page: TestClient, host: str) -> None:
    assert page.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ({"origin": "https://evil.example"}, False),
        ({"origin": "http://127.0.0.1:9999"}, False),
        ({"origin": "null"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"origin": ADDRESS, "sec-fetch-site": "same-origin"}, True),
    ],
)
def test_only_the_page_itself_may_send_decisions(
    page: TestClient, database: Database, headers: dict[str, str], kept: bool
) -> None:
    answer = page.post(
        f"/pair/{PAIR.contradiction_id}/decision",
        data={"verdict": "compatible"},
        headers=headers,
        follow_redirects=False,
    )
    assert answer.status_code == (303 if kept else 403)
    assert len(reviews.read(database.path)) == kept


def test_every_answer_carries_the_headers_that_confine_it(page: TestClient) -> None:
    for answer in (
        page.get("/"),
        page.get("/nowhere"),
        page.get("/static/review.js"),
        page.get("/", headers={"host": "evil.example"}),
    ):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
    shown = page.get("/").text
    # what the policy would keep from working
    assert not re.search(r"\son\w+=|style=|javascript:", shown)


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        (f"/pair/{PAIR.contradiction_id}/decision", {"verdict": "nonsense"}, 400),
        (f"/pair/{PAIR.contradiction_id}/decision", {"note": "x"}, 400),
        ("/pair/a%00b/decision", {"verdict": "unsure"}, 400),
        (f"/pair/{PAIR.contradiction_id}/decision", {"verdict": "unsure", "note": "x" * 2001}, 400),
        (
            f"/pair/{PAIR.contradiction_id}/decision",
            {"verdict": "unsure", "note": "x" * 99999},
            413,
        ),
        ("/undo", {"reviewed_at": "yesterday"}, 400),
        ("/undo", {"view": "pair"}, 400),
    ],
)
def test_forms_that_are_not_its_own_are_refused_and_change_nothing(
    page: TestClient, database: Database, path: str, fields: dict[str, str], status: int
) -> None:
    assert page.post(path, data=fields).status_code == status
    assert reviews.read(database.path) == []
    assert page.get("/").status_code == 200


def test_a_decision_never_leads_to_another_site(page: TestClient) -> None:
    for following in ("//evil.example", "https://evil.example", "../x", "a\r\nb"):
        for view in ("pair", "queue"):
            answer = page.post(
                f"/pair/{PAIR.contradiction_id}/decision",
                data={"verdict": "unsure", "view": view, "following": following},
                follow_redirects=False,
            )
            assert urlsplit(answer.headers["location"]).path == "/"
            assert "evil" not in answer.headers["location"]


def test_a_note_with_control_characters_harms_no_later_reading(
    page: TestClient, database: Database
) -> None:
    page.post(
        f"/pair/{PAIR.contradiction_id}/decision",
        data={"verdict": "unsure", "note": "a\x00b\x1bc\nd"},
    )
    assert standing(database) == [("unsure", "abc\nd", "Ayesha")]


@pytest.fixture
def served(database: Database) -> Iterator[int]:
    code = "import sys; from pathlib import Path; from claims.review.serve import serve; "
    code += "serve(Path(sys.argv[1]), port=0, open_browser=False)"
    root = Path(__file__).parents[2]
    running = subprocess.Popen(
        [sys.executable, "-c", code, str(database.path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
    )
    try:
        assert running.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:(\d+)/", running.stdout.readline())
        assert address is not None
        yield int(address[1])
    finally:
        running.kill()
        running.communicate()


def test_the_served_page_answers_at_the_address_it_prints(served: int) -> None:
    for host, status in ((f"localhost:{served}", 200), (f"evil.example:{served}", 403)):
        connection = http.client.HTTPConnection("127.0.0.1", served, timeout=30)
        connection.request("GET", "/", headers={"Host": host})
        assert connection.getresponse().status == status
        connection.close()


def test_a_port_in_use_is_told_in_one_line(served: int, database: Database) -> None:
    with pytest.raises(ClaimsError, match=f"^port {served} is in use; give another"):
        serve(database, port=served, open_browser=False)
    with pytest.raises(ClaimsError, match=r"^port 70000 cannot be used"):
        serve(database, port=70000, open_browser=False)
