"""Fingerprints cover what they name: a change is seen, and a file that was moved is missed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from claims.config.settings import ContradictionSettings, load_pipeline
from claims.contradictions import fingerprint as comparison
from claims.errors import ConfigError
from claims.fingerprint import files_behind, fingerprint
from claims.pipeline import analyser


def tree(folder: Path) -> Path:
    (folder / "rules" / "deep").mkdir(parents=True)
    (folder / "model.py").write_text("one")
    (folder / "rules" / "first.py").write_text("two")
    (folder / "rules" / "deep" / "second.py").write_text("three")
    (folder / "rules" / "notes.txt").write_text("not code")
    return folder


def test_subfolders_count_and_other_files_do_not(tmp_path: Path) -> None:
    found = files_behind(tree(tmp_path), ("model.py", "rules"))
    assert [name for name, _ in found] == ["model.py", "rules/deep/second.py", "rules/first.py"]
    before = fingerprint(found)
    (tmp_path / "rules" / "notes.txt").write_text("changed")
    assert fingerprint(found) == before
    (tmp_path / "rules" / "deep" / "second.py").write_text("changed")
    assert fingerprint(found) != before
    assert fingerprint(found) != fingerprint(found, "a setting")


@pytest.mark.parametrize("gone", ["model.py", "rules"])
def test_a_name_without_a_file_is_an_error(tmp_path: Path, gone: str) -> None:
    path = tree(tmp_path) / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(ConfigError, match=gone):
        files_behind(tmp_path, ("model.py", "rules"))


def test_a_folder_with_nothing_that_fits_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    with pytest.raises(ConfigError, match="rules"):
        files_behind(tmp_path, ("rules",))


@pytest.mark.parametrize(
    "module", ["language/stanza_fast/parser.py", "attribution/rules/urdu_hindi/noun_phrases.py"]
)
def test_every_module_that_reads_an_article_is_covered(module: str) -> None:
    assert module in dict(files_behind(ROOT / "claims", analyser.CODE))


@pytest.mark.parametrize(
    "module",
    ["contradictions/judges/rules/denial.py", "contradictions/alike.sql", "terms/claim_terms.py"],
)
def test_every_module_that_compares_is_covered(module: str) -> None:
    assert module in dict(files_behind(ROOT / "claims", comparison.CODE))


def test_a_missing_part_of_the_configuration_is_told(tmp_path: Path) -> None:
    config = Path(shutil.copytree(ROOT / "config", tmp_path / "config"))
    settings = load_pipeline(config)
    whole = analyser.Analyser(config, settings)
    assert len(whole.fingerprint) == 16
    shutil.rmtree(config / "contrasts")
    with pytest.raises(ConfigError, match="contrasts"):
        comparison.comparison_fingerprint(config, ContradictionSettings())
