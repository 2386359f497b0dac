"""The rules of the house that a tool can hold."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

ORDER = (
    "config",
    "fetching",
    "language",
    "readers",
    "attribution",
    "speakers",
    "terms",
    "resolver",
    "store",
    "stories",
    "contradictions",
    "disputes",
    "search",
    "pipeline",
    "export",
    "evaluation",
    "review",
    "mcp",
    "cli",
)
FOUNDATION = {
    "claims",
    "claims.entry_points",
    "claims.errors",
    "claims.events",
    "claims.fingerprint",
    "claims.interruption",
    "claims.model",
    "claims.startup",
    "claims.terminal",
    "claims.timing",
}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}
LONGEST = 400

MODULES = sorted(
    path
    for folder in ("claims", "flows", "benchmarks", "training")
    for path in (ROOT / folder).rglob("*.py")
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}: relative import"
            if node.module == "claims":
                yield from (f"claims.{alias.name}" for alias in node.names)
            elif node.module:
                yield node.module


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_named_after_what_it_holds(path: Path) -> None:
    assert not FORBIDDEN_NAMES & set(path.with_suffix("").relative_to(ROOT).parts)


def test_prefect_is_known_to_flows_and_the_command_line_only() -> None:
    for path in (ROOT / "claims").rglob("*.py"):
        tops = {module.partition(".")[0] for module in imported(path)}
        assert "prefect" not in tops, name(path)
        assert "flows" not in tops or path.is_relative_to(ROOT / "claims" / "cli"), name(path)


def test_who_is_who_is_settled_without_a_database() -> None:
    for path in (ROOT / "claims" / "resolver").rglob("*.py"):
        assert "duckdb" not in {module.partition(".")[0] for module in imported(path)}, name(path)


def test_every_package_has_its_place_in_the_order() -> None:
    rooms = {path.parent.name for path in (ROOT / "claims").glob("*/__init__.py")}
    assert rooms == set(ORDER)


@pytest.mark.parametrize("package", ORDER)
def test_a_package_imports_only_those_before_it(package: str) -> None:
    allowed = {f"claims.{one}" for one in ORDER[: ORDER.index(package) + 1]}
    for path in (ROOT / "claims" / package).rglob("*.py"):
        for module in imported(path):
            if not module.startswith("claims") or module in FOUNDATION:
                continue
            inside = ".".join(module.split(".")[:2])
            assert inside in allowed or module == "claims.__version__", f"{name(path)}: {module}"


def test_no_two_classes_of_the_house_share_a_name() -> None:
    places: dict[str, list[str]] = {}
    for folder in ("claims", "flows"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    places.setdefault(node.name, []).append(f"{name(path)}, line {node.lineno}")
    assert {known: found for known, found in places.items() if len(found) > 1} == {}


def conditions(path: Path) -> Iterator[ast.expr]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.If | ast.IfExp | ast.While):
            yield node.test
        elif isinstance(node, ast.comprehension):
            yield from node.ifs
        elif isinstance(node, ast.Match):
            for case in node.cases:
                yield from (
                    inner for inner in ast.walk(case.pattern) if isinstance(inner, ast.expr)
                )


def test_only_the_language_package_branches_on_a_language() -> None:
    codes = {path.stem for path in (ROOT / "config" / "cues").glob("*.yaml")}
    assert codes >= {"ur", "en"}
    for path in (ROOT / "claims").rglob("*.py"):
        if path.is_relative_to(ROOT / "claims" / "language"):
            continue
        for condition in conditions(path):
            texts = {
                node.value
                for node in ast.walk(condition)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
            assert not texts & codes, f"{name(path)}, line {condition.lineno}"


def test_nothing_tells_of_the_machine_it_was_written_on() -> None:
    places = re.compile(r"(?<![\w.])/(work|root|home|tmp/lab)/")
    for path in ROOT.rglob("*"):
        if path.suffix not in {".py", ".sql", ".yaml", ".toml", ".md", ".txt", ".html"}:
            continue
        parts = path.relative_to(ROOT).parts
        if parts[0] == "build" or any(part.startswith(".") for part in parts):
            continue  # what is made here tells of it, and is not committed
        if path == Path(__file__).resolve():
            continue
        found = places.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{name(path)}: {found}"
