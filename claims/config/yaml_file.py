"""YAML that a person edits, checked by Pydantic, with errors that name file, line and key."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from claims.config import yaml_bounds
from claims.errors import ConfigError

M = TypeVar("M", bound=BaseModel)


_SHOWN = 100  # characters of a wrong value that a message repeats


class _Loader(yaml.CSafeLoader):
    """YAML in which only ``true`` and ``false`` are truth values: a list of English prepositions
    must not turn ``on`` and ``no`` into them (the rule of YAML 1.2)."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, found) for tag, found in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


yaml_bounds.guard(_Loader)


class Checked(BaseModel):
    """Base of everything read from YAML: unknown keys are errors, values do not change."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def pattern(text: str) -> str:
    """A validator for keys that hold a regular expression."""
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return text


def load(path: Path, model: type[M]) -> M:
    """Read one YAML file as ``model``; an empty file gives the defaults.

    Raises ConfigError naming file, line and key for a file that cannot be read, is not YAML,
    has a key twice or a key or value that ``model`` does not know, or is beyond the bounds of
    ``claims.config.yaml_bounds``.
    """
    try:
        if path.stat().st_size > yaml_bounds.LARGEST:
            raise ConfigError(f"{path}: too long: more than {yaml_bounds.LARGEST:,} bytes")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None
    try:
        node, data = _read(path, text)
    except yaml_bounds.Unbounded as error:
        key = f"{error.key}: " if error.key else ""
        raise ConfigError(f"{path}, line {error.line}: {key}{error.problem}") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        raise ConfigError(f"{path}, line {line}: not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise ConfigError(f"{path}: not YAML: {' '.join(str(error).split())}") from None
    try:
        return model.model_validate({} if data is None else data)
    except ValidationError as error:
        first = error.errors()[0]
        line = _line(node, first["loc"])
        key = ".".join(str(part) for part in first["loc"]) or "the whole file"
        raise ConfigError(f"{path}, line {line}: {key}: {_reason(dict(first))}") from None


def _read(path: Path, text: str) -> tuple[yaml.Node | None, Any]:
    """The nodes of a file, which know their lines, and what they say; the text is parsed once."""
    yaml_bounds.check_text(text, _Loader)
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None, None
        yaml_bounds.check_nodes(node)
        _refuse_repeated_keys(path, node)
        return node, loader.construct_document(node)
    except yaml_bounds.Unbounded as error:
        error.key = _key(node, error.node)
        raise
    finally:
        loader.dispose()


def _refuse_repeated_keys(path: Path, node: yaml.Node) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                line = key.start_mark.line + 1
                raise ConfigError(f"{path}, line {line}: {name}: this key stands here twice")
            seen.add(name)
            _refuse_repeated_keys(path, value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_repeated_keys(path, value)


def _key(node: yaml.Node | None, wanted: yaml.Node | None) -> str:
    """Where ``wanted`` stands below ``node``, as keys and numbers with dots between them."""
    seen: set[int] = set()

    def below(node: yaml.Node, path: tuple[str, ...]) -> str | None:
        if node is wanted:
            return ".".join(path)
        if isinstance(node, yaml.ScalarNode) or id(node) in seen:
            return None
        seen.add(id(node))
        for number, part in enumerate(node.value):
            key, value = part if isinstance(part, tuple) else (None, part)
            name = str(number) if key is None else str(key.value)
            if (found := below(value, (*path, name))) is not None:
                return found
        return None

    return (below(node, ()) if node is not None and wanted is not None else None) or ""


def _line(node: yaml.Node | None, loc: tuple[int | str, ...]) -> int:
    """The line, from 1, of the deepest part of ``loc`` that stands in the file."""
    line = 1
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part):
                    line, node = key.start_mark.line + 1, value
                    break
            else:
                break
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _reason(error: dict[str, Any]) -> str:
    if error["type"] == "extra_forbidden":
        return "unknown key; remove it or correct its spelling"
    if error["type"] == "missing":
        return "this key is needed and missing"
    message = str(error["msg"]).removeprefix("Value error, ")  # Pydantic's, before our own words
    given = error.get("input")
    if isinstance(given, str | int | float | bool):
        shown = repr(given)
        return f"{message} (given: {shown if len(shown) <= _SHOWN else shown[:_SHOWN] + '…'})"
    return message
