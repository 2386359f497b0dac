"""What a user's statement would do, told by DuckDB's own parser before anything is done.

Nothing is looked for in the text, where quotes, comments and nesting hide it: DuckDB parses the
statement, and what it found is held against the functions and types that may be named.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Any

import duckdb

from claims.errors import QueryError

_READ_ONLY = (
    "only one statement that reads is allowed: "
    "SELECT, WITH, FROM, VALUES, DESCRIBE, SHOW, SUMMARIZE, EXPLAIN or PIVOT"
)
_WORD = re.compile(r'"((?:[^"]|"")*)"|\w+')


def refuse(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Raise QueryError where ``sql`` is not exactly one statement that reads, or calls a function
    that is not one of ``allowed_functions.sql``."""
    statements = _statements(connection, sql)
    if statements and statements[0].type == duckdb.StatementType.EXPLAIN:
        sql = _explained(sql)
        statements = _statements(connection, sql)
    # DuckDB turns PIVOT … ON into the making of a temporary type and a SELECT, both without text,
    # and tells no tree of them.
    if len(statements) == 2 and not any(statement.query for statement in statements):
        _refuse_words(connection, sql)
        return
    for statement in statements:
        if statement.type != duckdb.StatementType.SELECT:
            raise QueryError(f"{statement.type.name} is refused: {_READ_ONLY}")
    if len(statements) > 1:
        raise QueryError(f"{len(statements)} statements given; {_READ_ONLY}")
    _refuse_calls(connection, sql)


def one_line(error: duckdb.Error) -> str:
    """DuckDB's message and its hint, with the line where there are several."""
    message, _, place = str(error).partition("\n\nLINE ")
    line = re.match(r"\d+", place)
    where = f" (line {line[0]})" if line and line[0] != "1" else ""
    return " ".join(message.split()) + where


def _statements(connection: duckdb.DuckDBPyConnection, sql: str) -> list[duckdb.Statement]:
    try:
        found = connection.extract_statements(sql)
    except duckdb.Error as error:
        raise QueryError(one_line(error)) from None
    if not found:
        raise QueryError(f"no statement given; {_READ_ONLY}")
    return found


def _tokens(sql: str) -> Iterator[str]:
    """The text from each token on, comments left out; DuckDB counts in bytes of UTF-8."""
    text = sql.encode()
    for place, _ in duckdb.tokenize(sql):
        yield text[place:].decode()


def _explained(sql: str) -> str:
    """The statement that an EXPLAIN is about."""
    depth = 0
    for number, rest in enumerate(_tokens(sql)):
        depth += (rest[0] == "(") - (rest[0] == ")")
        inside = depth > 0 or rest[0] == ")"
        if number and not inside and not re.match(r"analy[sz]e\b", rest, re.IGNORECASE):
            return rest
    return ""


def _refuse_calls(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    row = connection.execute("SELECT json_serialize_sql($sql)", {"sql": sql}).fetchone()
    tree = json.loads(row[0]) if row else {}
    if tree.get("error", True):
        raise QueryError(f"refused: {tree.get('error_message')}: {_READ_ONLY}")
    values: set[str] = set()
    tabular: set[str] = set()
    types: set[str] = set()
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        if not isinstance(node, dict):
            continue
        call = node.get("function")
        if node.get("type") == "TABLE_FUNCTION" and isinstance(call, dict):
            tabular.add(str(call.get("function_name")).lower())
            waiting += [value for name, value in node.items() if name != "function"]
            waiting += call.get("children", [])
            continue
        if isinstance(name := node.get("function_name"), str):
            values.add(name.lower())
        if node.get("type") == "UNBOUND_TYPE_INFO":
            types.add(str(node.get("name")).lower())
        waiting += node.values()
    known = _known(connection, values | tabular)
    _told("function", values - {name for name, (value, _) in known.items() if value})
    _told("function", tabular - {name for name, (_, table) in known.items() if table})
    if types:
        found = connection.execute(
            "SELECT DISTINCT lower(type_name) FROM duckdb_types() WHERE logical_type <> 'TYPE'"
        )
        _told("type", types - {name for (name,) in found.fetchall()})


def _refuse_words(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Refuse every word that names a function which is not allowed, wherever it stands."""
    words = {
        (match[1].replace('""', '"') if match[1] is not None else match[0]).lower()
        for rest in _tokens(sql)
        if (match := _WORD.match(rest))
    }
    known = _known(connection, words)
    _told("function", {name for name, allowed in known.items() if not any(allowed)})


def _known(
    connection: duckdb.DuckDBPyConnection, names: Iterable[str]
) -> dict[str, tuple[bool, bool]]:
    """The functions of these names, and whether they may stand for a value and for a table."""
    sql = (resources.files(__package__) / "allowed_functions.sql").read_text(encoding="utf-8")
    rows = connection.execute(sql, {"names": list(names)}).fetchall()
    return {name: (value, table) for name, value, table in rows}


def _told(what: str, refused: Iterable[str]) -> None:
    for name in sorted(refused):
        raise QueryError(
            f"refused: SQL here reads the tables of the database, and `{name}` is no {what} for "
            "that"
        )
