"""`licence: commercial` reads nothing of what is not for commercial use: it works without it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from reading_texts import CONFIG
from test_official_models import official

from claims.config.settings import PipelineSettings, load_pipeline

STORY = "The minister said that the road was closed for repairs."
RESTRICTED = ("language/models/en", "language/models/ur", "language/encoder/weights")


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package as it would be without the files that `LICENSE.md` restricts."""
    folder = tmp_path_factory.mktemp("without")
    shutil.copytree(
        ROOT / "claims", folder / "claims", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name in RESTRICTED:
        shutil.rmtree(folder / "claims" / name)
    (folder / "story.txt").write_text(STORY, encoding="utf-8")
    official(folder / "stanza_resources", "en")
    return folder


def extract(folder: Path, licence: str, resources: Path) -> subprocess.CompletedProcess[str]:
    """`claims extract` with the shipped configuration, but for one line."""
    config = folder / f"config-{licence}"
    if not config.exists():
        shutil.copytree(CONFIG, config)
        shipped = (config / "pipeline.yaml").read_text(encoding="utf-8")
        assert "\nlicence: any\n" in shipped
        changed = shipped.replace("\nlicence: any\n", f"\nlicence: {licence}\n")
        (config / "pipeline.yaml").write_text(changed, encoding="utf-8")
    command = ["-m", "claims.cli", "extract", "story.txt", "--config", str(config)]
    return subprocess.run(
        [sys.executable, *command, "--format", "jsonl"],
        cwd=folder,
        env={**os.environ, "STANZA_RESOURCES_DIR": str(resources)},
        capture_output=True,
        text=True,
    )


def test_one_setting_leaves_out_all_that_is_restricted(without: Path) -> None:
    done = extract(without, "commercial", without / "stanza_resources")
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(done.stdout)["attributions"]
    assert found["content"] == [[STORY.index("the road"), STORY.index(".")]]
    needed = extract(without, "any", without / "stanza_resources")
    assert needed.returncode != 0, "the restricted files were found elsewhere"


def test_what_is_missing_then_is_told_in_one_line(without: Path) -> None:
    done = extract(without, "commercial", without / "nothing")
    assert done.returncode == 2
    assert "no Stanza resources" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_it_goes_before_what_else_is_set() -> None:
    shipped = load_pipeline(CONFIG)
    assert {shipped.attribution.engine_of(one).engine for one in shipped.languages} != {"lexicon"}
    chosen = PipelineSettings.model_validate({**shipped.model_dump(), "licence": "commercial"})
    assert {chosen.attribution.engine_of(one).engine for one in chosen.languages} == {"lexicon"}
    assert (shipped.models.source, chosen.models.source) == ("bundled", "stanza")


def test_models_of_ones_own_stay() -> None:
    own = PipelineSettings.model_validate(
        {"licence": "commercial", "models": {"source": "bundled", "folder": "my-models"}}
    )
    assert (own.models.source, own.models.folder) == ("bundled", "my-models")
