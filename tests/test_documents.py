"""What the documents name is there: files, links, commands, modules, settings."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
import typer
import yaml
from conftest import ROOT
from test_architecture import ORDER

from claims.cli.main import app
from claims.config.settings import PipelineSettings

DOCUMENTS = sorted(
    path
    for path in (
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "claims").rglob("*.md"),
        *(ROOT / "training").rglob("*.md"),
        *(ROOT / "models").rglob("*.md"),
    )
    if path.name != "CHANGELOG.md"  # tells of what was, too
)
TOPS = ("claims", "flows", "benchmarks", "training", "tests", "config", "docs", "deploy", "seeds")
PATH = re.compile(rf"(?<![\w./<>-])((?:{'|'.join(TOPS)})/[\w./*<>-]*[\w/*>])")
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")
MODULE = re.compile(r"python -m ((?:benchmarks|training|claims|flows)[\w.]*)")
COMMAND = re.compile(r"(?:^    (?:\.venv/bin/)?|`)claims ([a-z]+)(?: ([a-z]+))?\b", re.MULTILINE)
SETTING = re.compile(r"`([a-z_]+\.[a-z_]+)`")
OTHERS = ("claims/_config", "config/contrasts/hi.yaml")
"""What a build makes, and what a reader may write."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_paths_that_a_document_names_exist(document: Path) -> None:
    missing = []
    for found in PATH.findall(text(document)):
        # `<language>` stands for any language, `DIR` and the like for a name of the reader's.
        pattern = re.sub(r"<[^>]*>", "*", found).rstrip("/")
        if pattern in OTHERS or re.search(r"\b[A-Z]{3,}\b(?!\.md)", pattern):
            continue
        if not any(ROOT.glob(pattern)):
            missing.append(found)
    assert missing == []


def test_files_that_a_document_names_without_their_folder_exist() -> None:
    there = {path.name for top in TOPS for path in (ROOT / top).rglob("*.*")}
    for document in DOCUMENTS:
        for found in re.findall(r"`(\w+\.(?:py|sql|c))`", text(document)):
            assert found in there, f"{name(document)}: {found}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_lead_somewhere(document: Path) -> None:
    for target, anchor in LINK.findall(text(document)):
        if "://" in target:
            continue
        linked = (document.parent / target).resolve()
        assert linked.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", text(linked), re.MULTILINE)
            words = (re.sub(r"[^\w -]", "", heading).strip() for heading in headings)
            slugs = {one.lower().replace(" ", "-") for one in words}
            assert anchor[1:] in slugs, f"{target}{anchor}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_modules_and_commands_that_a_document_names_can_be_run(document: Path) -> None:
    for module in MODULE.findall(text(document)):
        spec = importlib.util.find_spec(module)
        assert spec is not None, module
        if spec.submodule_search_locations:
            assert importlib.util.find_spec(f"{module}.__main__") is not None, module
    known = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for command, below in COMMAND.findall(text(document)):
        assert command in known, command
        inner = getattr(known[command], "commands", None)
        if inner and below and command == "speakers":
            assert below in inner, f"{command} {below}"


def test_the_rooms_are_named_in_the_order_that_imports_keep() -> None:
    told = re.search(
        r"imports only those before it \((.*?)\)", text(ROOT / "docs/architecture.md"), re.S
    )
    assert told is not None
    assert tuple(re.findall(r"`(\w+)`", told[1])) == ORDER


def test_every_document_is_linked_from_the_readme() -> None:
    linked = {target for target, _ in LINK.findall(text(ROOT / "README.md"))}
    pages = {name(path) for path in (ROOT / "docs").glob("*.md")}
    assert pages - linked == set()


def test_settings_that_a_document_names_exist() -> None:
    """`models.source` and the like: of pipeline.yaml, checked by what reads it."""
    sections = {
        field: set(getattr(info.annotation, "model_fields", {}))
        for field, info in PipelineSettings.model_fields.items()
    }
    sections = {field: keys for field, keys in sections.items() if keys}
    for document in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for setting in SETTING.findall(text(document)):
            section, key = setting.split(".")
            if section in sections and section != "claims":
                assert key in sections[section] | {"yaml"}, f"{name(document)}: {setting}"


def test_every_benchmark_is_in_the_readme() -> None:
    """One command a subject: what can be run is listed, what is listed is there."""
    folder = ROOT / "benchmarks"
    subjects = {path.parent.name for path in folder.glob("*/__main__.py")}
    subjects |= {
        path.stem for path in folder.glob("*.py") if 'if __name__ == "__main__"' in text(path)
    }
    subjects |= {path.stem for path in folder.glob("*.py") if "typer.run(main)" in text(path)}
    readme = set(re.findall(r"python -m benchmarks\.(\w+)", text(ROOT / "README.md")))
    assert readme == subjects
    assert yaml.safe_load(text(ROOT / "config" / "pipeline.yaml"))["licence"] == "any"
