"""The whole way from treebanks to models, with models too small to be of use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from conftest import ROOT
from reading_texts import article
from test_training_data import ASKED, FULL

from claims.config.settings import ModelSettings
from claims.language.annotation import Annotator
from training.augmentation import Augmentation, material
from training.conllu import read_trees, write_trees
from training.making import Making
from training.recipe import Jackknife, Kind, Part, Recipe, Round, Treebank, load_recipe
from training.running_text import labelled, write_running_text
from training.steps import Workshop

SMALL = {
    "hidden_dim": 8,
    "char_hidden_dim": 8,
    "char_emb_dim": 8,
    "word_emb_dim": 8,
    "transformed_dim": 8,
    "word_cutoff": 1,
}
TAGGER = SMALL | {
    "share_hid": True,
    "deep_biaff_hidden_dim": 8,
    "composite_deep_biaff_hidden_dim": 8,
    "tag_emb_dim": 8,
    "batch_size": 8,
}
PARSER = SMALL | {
    "deep_biaff_hidden_dim": 8,
    "deep_biaff_output_dim": 8,
    "tag_emb_dim": 8,
    "no_xpos": True,
    "batch_size": 100,
    "optim": "adam",
}
TINY = Recipe(
    language="ur",
    treebanks=(Treebank(file="ur/train.conllu", copies=2),),
    held_out="ur/train.conllu",
    kinds=(
        Kind(name="ur/text", share=0.5),
        Kind(name="bare", share=0.3, bare=("ur/train.conllu",)),
        Kind(name="printed", share=0.2, printed=("ur/train.conllu",)),
    ),
    tokenizer=Part(
        steps=3,
        rate=0.01,
        seed=1,
        options={"hidden_dim": 8, "emb_dim": 8},
        shares=(0.5, 0.5, 0.0),
        rounds=(Round(steps=1, rate=0.001, seed=2, shares=(0.5, 0.0, 0.5)),),
    ),
    rows=("ur/train.conllu",),
    lemmatizer={"num_epoch": 1, "hidden_dim": 8, "emb_dim": 4, "pos_dim": 4, "batch_size": 8},
    jackknife=Jackknife(parts=2, steps=2, seed=1),
    tagger=Part(
        steps=2, rate=0.01, seed=1, options=TAGGER, rounds=(Round(steps=1, rate=0.001, seed=2),)
    ),
    parser=Part(steps=2, rate=0.01, seed=1, options=PARSER),
)


@pytest.fixture(scope="module")
def treebanks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("treebanks")
    (folder / "ur").mkdir()
    change = Augmentation(material(), Random(3)).change
    trees = [change(tree) for tree in (ASKED, FULL) * 20]
    write_trees([*trees, *trees], folder / "ur" / "train.conllu")
    blocks = [labelled(trees[at : at + 3]) for at in range(0, len(trees), 3)]
    write_running_text(blocks, folder / "ur" / "text.txt", folder / "ur" / "text.lab")
    return folder


def test_treebanks_become_models_that_the_product_loads(treebanks: Path, tmp_path: Path) -> None:
    Making(TINY, treebanks, Workshop(tmp_path)).all()
    settings = ModelSettings(folder=str(tmp_path / "models"))
    (read,) = Annotator(settings).annotate([article(f"{ASKED.text} {FULL.text}", "ur")])
    words = [word for sentence in read.sentences for word in sentence.words]
    assert words
    assert all(word.lemma and word.upos for word in words)

    Making(TINY, treebanks, Workshop(tmp_path)).all()
    log = (tmp_path / "log.txt").read_text(encoding="utf-8").splitlines()
    steps = {line.split()[2].rstrip(":") for line in log if line.endswith(": begins")}
    again = {line.split()[2].rstrip(":") for line in log if line.endswith(": is there")}
    assert steps == again, "the second call makes nothing"
    rounds = {f"{name}-{number}" for name in ("tokenizer", "tagger") for number in (1, 2)}
    assert steps >= rounds | {"lemmatizer", "fold1", "parser-1"}


def prepare(*clones: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Run the preparation of the English treebanks, as a command."""
    return subprocess.run(
        [sys.executable, "-m", "training.prepare", "en", *clones, "--out", out],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_clones_of_treebanks_become_the_files_that_the_english_recipe_asks_for(
    tmp_path: Path,
) -> None:
    clones = {}
    for name, parts in (("ewt", "train dev test"), ("gum", "train dev test"), ("pud", "test")):
        clones[name] = tmp_path / name
        clones[name].mkdir()
        for part in parts.split():
            write_trees([FULL] * 12, clones[name] / f"en_{name}-ud-{part}.conllu")
    out = tmp_path / "treebanks" / "en"
    done = prepare(*clones.values(), out=out)
    assert done.returncode == 0, done.stderr
    recipe = load_recipe("en")
    made = [name for kind in recipe.kinds for name in (*kind.bare, *kind.printed)]
    ready = [kind.name for kind in recipe.kinds if not kind.bare and not kind.printed]
    texts = [f"{name}{end}" for name in ready for end in (".txt", ".lab")]
    trees = [*(one.file for one in recipe.treebanks), *recipe.rows, recipe.held_out, *made]
    for name in {*trees, *texts}:
        assert (out.parent / name).stat().st_size, name
    assert len(read_trees(out / "test-gum.conllu")) == 12
    (clones["gum"] / "en_gum-ud-test.conllu").unlink()
    done = prepare(*clones.values(), out=tmp_path / "other")
    assert done.returncode == 1
    assert "en_gum-ud-test.conllu" in done.stderr
    assert "Traceback" not in done.stderr
