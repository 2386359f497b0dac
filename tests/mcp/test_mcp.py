"""The server for editors' assistants, asked by the protocol's own client over a real process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from conftest import ROOT, Command
from disputing import FULL, MAYOR, disputing
from mcp import Client, StdioServerParameters, stdio_client
from mcp_types import CallToolResult, TextContent

from claims.store.bounded_query import ROWS_SHOWN
from claims.store.database import Database

COMMAND = ("-m", "claims.cli", "mcp", "--database")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return disputing(tmp_path_factory.mktemp("mcp") / "claims.duckdb")


class Asking:
    """A client that waits for its answers."""

    def __init__(self, portal: BlockingPortal, client: Client) -> None:
        self._portal = portal
        self.client = client

    def result(self, tool: str, **arguments: object) -> CallToolResult:
        result: CallToolResult = self._portal.call(self.client.call_tool, tool, arguments)
        return result

    def told(self, tool: str, **arguments: object) -> Any:
        """What a tool tells, which stands in its text as well."""
        result = self.result(tool, **arguments)
        (content,) = result.content
        assert isinstance(content, TextContent) and not result.is_error, content
        assert json.loads(content.text) == result.structured_content
        return result.structured_content

    def refused(self, tool: str, **arguments: object) -> str:
        """The line with which a tool refuses."""
        result = self.result(tool, **arguments)
        (content,) = result.content
        assert isinstance(content, TextContent) and result.is_error
        assert "\n" not in content.text
        return content.text

    def tools(self) -> dict[str, Any]:
        return {one.name: one for one in self._portal.call(self.client.list_tools).tools}


@contextmanager
def connected(path: Path) -> Iterator[Asking]:
    parameters = StdioServerParameters(
        command=sys.executable, args=[*COMMAND, str(path)], cwd=ROOT, env=dict(os.environ)
    )
    with start_blocking_portal() as portal:
        client = Client(stdio_client(parameters), read_timeout_seconds=300)
        with portal.wrap_async_context_manager(client):
            yield Asking(portal, client)


@pytest.fixture(scope="module")
def assistant(database: Database) -> Iterator[Asking]:
    with connected(database.path) as asking:
        yield asking


def test_tools_say_what_they_are_for_and_that_they_only_read(assistant: Asking) -> None:
    tools = assistant.tools()
    assert set(tools) == {
        "search_claims",
        "list_speakers",
        "list_disputes",
        "show_dispute",
        "query_database",
    }
    for one in tools.values():
        assert one.description and one.input_schema["type"] == "object"
        assert one.annotations.read_only_hint
    assert assistant.client.instructions is not None


def test_who_said_what_is_found_and_what_is_contested_told_whole(assistant: Asking) -> None:
    (speaker,) = assistant.told("list_speakers", name="MAY or")["speakers"]
    assert (speaker["speaker_id"], speaker["claims"]) == (MAYOR.speaker_id, 2)
    found = assistant.told("search_claims", voice=MAYOR.speaker_id, text="spring")
    (claim,) = found["claims"]
    assert claim["passage"].startswith("The mayor said that the river had filled the dam by spring")
    assert claim["contradiction_id"] == FULL.contradiction_id
    first = assistant.told("list_disputes", limit=1)
    assert (first["total"], first["next_page"], len(first["disputes"])) == (2, 2, 1)
    (listed,) = assistant.told("list_disputes", text="dam")["disputes"]
    whole = assistant.told("show_dispute", dispute_id=listed["dispute_id"])
    assert whole["asserts"] == listed["asserts"]
    assert len(whole["pairs"]) == listed["pairs"] == 3
    passages = {side["passage"] for one in whole["pairs"] for side in (one["left"], one["right"])}
    assert "The minister denied the dam being full.\n" in passages


def test_a_query_reads_within_the_limits_of_the_page(assistant: Asking, database: Database) -> None:
    told = assistant.told("query_database", sql="SELECT outlet FROM articles ORDER BY outlet")
    assert told == {"rows": [{"outlet": "Gazette"}, {"outlet": "Herald"}], "truncated": False}
    many = assistant.told("query_database", sql="FROM range(10000)")
    assert (len(many["rows"]), many["truncated"]) == (ROWS_SHOWN, True)
    assert assistant.refused("query_database", sql="DELETE FROM claims")
    assert assistant.refused("query_database", sql=f"FROM read_blob('{database.path}')")
    assert assistant.told("query_database", sql="SELECT count(*) AS n FROM claims")["rows"] == [
        {"n": 7}
    ]


@pytest.mark.parametrize(
    ("tool", "arguments", "advice"),
    [
        ("search_claims", {"stance": "denies"}, "there are report, claim, deny"),
        ("search_claims", {"since": "last week"}, "a day is written 2016-09-12"),
        ("search_claims", {"speakr": "Trump"}, "did you mean speaker"),
        ("search_claims", {"limit": 0}, "between 1 and"),
        ("list_speakers", {"kind": "dog"}, "argument kind: Input should be 'person'"),
        ("list_speakers", {"limit": "many"}, "argument limit"),
        ("list_disputes", {"speakers": "x"}, "there are text, speaker, outlet"),
        ("list_disputes", {"since": "yesterday"}, "argument since"),
        ("show_dispute", {}, "argument dispute_id: Field required"),
        ("show_dispute", {"dispute_id": "nosuch"}, "list_disputes gives"),
        ("query_database", {"sql": "SELEC 1"}, "SELEC"),
        ("serch_claims", {}, "did you mean search_claims"),
    ],
)
def test_what_is_asked_wrongly_is_answered_with_what_to_do(
    assistant: Asking, tool: str, arguments: dict[str, object], advice: str
) -> None:
    assert advice in assistant.refused(tool, **arguments)
    assert assistant.told("list_speakers", limit=1)["total"] > 0  # it goes on


def test_a_database_that_is_not_there_is_told_to_the_assistant(tmp_path: Path) -> None:
    with connected(tmp_path / "none.duckdb") as asking:
        assert "run `claims run` first" in asking.refused("list_disputes")


def test_standard_output_has_the_protocol_and_nothing_else(database: Database) -> None:
    """Also for lines that are no protocol at all; it ends when its input does."""
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-11-25",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }
    lines = ["no protocol", "[]", '{"jsonrpc": "2.0", "id": 7}', json.dumps(hello)]
    ended = subprocess.run(
        [sys.executable, *COMMAND, str(database.path)],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stderr
    answers = [json.loads(line) for line in ended.stdout.splitlines()]
    assert all(one["jsonrpc"] == "2.0" for one in answers)
    assert [one["result"]["serverInfo"]["name"] for one in answers if one.get("id") == 1] == [
        "claims"
    ]
    assert "Traceback" not in ended.stderr


def test_without_the_package_the_command_says_how_to_get_it(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as u; f = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if name == 'mcp' else f(name, *rest)\n"
    )
    ended = command("mcp", env={"PYTHONPATH": str(tmp_path)})
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("claims: the package mcp is not installed; `pip install")
