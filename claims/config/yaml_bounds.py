"""Bounds for YAML, which may come with articles from anybody: refused before it is made into
anything, told by its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

Mark = Any
"""Where something stands; those of the C parser are of another class than those of Python's."""

LARGEST = 16_000_000
"""Bytes of a file: a manifest of some 80,000 articles."""

_DEEPEST = 40
_MOST = 1_000_000
"""Nodes, each counted as often as it is named: ten aliases of a list of ten are 100."""

_LONGEST_NUMBER = 100
_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_OPENING = "[{"
_INDENTED = re.compile(r"(?m)^[ \t?:-]{200}")
_SHALLOW = 500
"""Brackets up to which a file is composed without a look at its
depth first: the composer, which calls itself, is safe up to many more."""


class Unbounded(yaml.MarkedYAMLError):
    """YAML beyond a bound, with its place and, where they are known, its ``node``
    and the ``key`` of that."""

    def __init__(self, problem: str, mark: Mark, node: yaml.Node | None = None) -> None:
        super().__init__(problem=problem, problem_mark=mark)
        self.node = node
        self.key = ""
        self.line = mark.line + 1 if mark else 1


def guard(loader: type[yaml.CSafeLoader]) -> None:
    """Let ``loader`` raise Unbounded for values that its constructors stumble over, such as the
    30th of February."""
    for kind in ("int", "float", "bool", "timestamp", "binary"):
        tag = f"tag:yaml.org,2002:{kind}"
        loader.add_constructor(tag, _guarded(loader.yaml_constructors[tag], kind))


def _guarded(construct: Callable[..., object], kind: str) -> Callable[..., object]:
    name = {"int": "number", "float": "number", "timestamp": "date"}.get(kind, kind)

    def guarded(loader: yaml.CSafeLoader, node: yaml.ScalarNode) -> object:
        try:
            return construct(loader, node)
        except (ArithmeticError, AttributeError, LookupError, ValueError) as error:
            given = str(node.value)[:_LONGEST_NUMBER]
            why = f": {error}" if isinstance(error, ValueError) else ""
            problem = f"not a {name}{why} (given: {given!r})"
            raise Unbounded(problem, node.start_mark, node) from None

    return guarded


def check_text(text: str, loader: type[yaml.CSafeLoader]) -> None:
    """Raise Unbounded where composing ``text`` would overflow the stack or the memory."""
    shallow = sum(map(text.count, _OPENING)) <= _SHALLOW and not _INDENTED.search(text)
    if shallow and sum(map(text.count, "[{,:\n-?")) <= _MOST:
        return
    depth = nodes = 0
    for event in yaml.parse(text, Loader=loader):
        nodes += isinstance(event, yaml.NodeEvent)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST or nodes > _MOST:
            raise _beyond(depth, event.start_mark)


def check_nodes(node: yaml.Node) -> None:
    """Raise Unbounded for what is too deep, too much, contains itself, has keys that are no words,
    or numbers of too many digits."""
    _measure(node, 1, {}, set())


def _measure(
    node: yaml.Node, depth: int, known: dict[int, tuple[int, int]], above: set[int]
) -> tuple[int, int]:
    """How many nodes there are from ``node`` downwards, aliases as often as they are named, and in
    how many levels."""
    if id(node) in known:
        size, levels = known[id(node)]
        if depth + levels > _DEEPEST:
            raise _beyond(depth + levels, node.start_mark)
        return size, levels
    if isinstance(node, yaml.ScalarNode):
        if len(node.value) > _LONGEST_NUMBER and node.tag in _NUMBERS:
            problem = f"a number of {len(node.value):,} characters"
            raise Unbounded(problem, node.start_mark, node)
        return 1, 1
    if id(node) in above:
        raise Unbounded("a value that contains itself", node.start_mark)
    if depth > _DEEPEST:
        raise _beyond(depth, node.start_mark)
    above.add(id(node))
    size, levels = 1, 0
    for part in node.value:
        if isinstance(part, tuple):
            key, part = part
            if not isinstance(key, yaml.ScalarNode):
                raise Unbounded("a key that is no word", key.start_mark)
            size += 1
        more, below = _measure(part, depth + 1, known, above)
        size, levels = size + more, max(levels, below)
        if size > _MOST:
            raise _beyond(0, node.start_mark)
    above.remove(id(node))
    known[id(node)] = size, levels + 1
    return size, levels + 1


def _beyond(depth: int, mark: Mark) -> Unbounded:
    if depth > _DEEPEST:
        return Unbounded(f"deeper than {_DEEPEST} levels", mark)
    return Unbounded(f"more than {_MOST:,} values", mark)
