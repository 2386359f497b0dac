"""`python -m training.prepare ur|en`: the treebanks folder, from the repositories of Universal
Dependencies. `training/README.md` says which, and at which commit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from claims.errors import ClaimsError
from claims.language.normalisation import load_spelling
from claims.language.pipelines import BUNDLED
from training.preparation import prepare_english, prepare_urdu

app = typer.Typer(add_completion=False, help=__doc__)


@app.command("ur")
def urdu(
    udtb: Annotated[Path, typer.Argument(help="a clone of UD_Urdu-UDTB")],
    hdtb: Annotated[Path, typer.Argument(help="a folder with HDTB's files of Universal Dep. 1")],
    out: Annotated[Path, typer.Option()] = Path("treebanks/ur"),
    texts: Annotated[Path | None, typer.Option(help="a folder of Urdu texts, *.txt")] = None,
) -> None:
    """UDTB and HDTB. More Urdu texts mean more Hindi words that find their Urdu spelling."""
    train = [path for path in sorted(udtb.glob("*.conllu")) if "-ud-dev" not in path.name]
    plain = sorted(texts.glob("**/*.txt")) if texts else []
    _run(
        lambda: prepare_urdu(
            train,
            udtb / "ur_udtb-ud-dev.conllu",
            sorted(hdtb.glob("*.conllu")),
            (path.read_text(encoding="utf-8") for path in plain),
            load_spelling(BUNDLED / "ur"),
            out,
        )
    )


@app.command("en")
def english(
    ewt: Annotated[Path, typer.Argument(help="a clone of UD_English-EWT")],
    gum: Annotated[Path, typer.Argument(help="a clone of UD_English-GUM")],
    pud: Annotated[Path, typer.Argument(help="a clone of UD_English-PUD")],
    out: Annotated[Path, typer.Option()] = Path("treebanks/en"),
) -> None:
    """EWT and GUM to train on, PUD to measure on."""
    _run(
        lambda: prepare_english(
            [ewt / "en_ewt-ud-train.conllu", gum / "en_gum-ud-train.conllu"],
            {"ewt": ewt / "en_ewt-ud-test.conllu", "gum": gum / "en_gum-ud-test.conllu"},
            [ewt / "en_ewt-ud-dev.conllu", gum / "en_gum-ud-dev.conllu"],
            pud / "en_pud-ud-test.conllu",
            out,
        )
    )


def _run(work: Callable[[], None]) -> None:
    try:
        work()
    except (ClaimsError, FileNotFoundError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


if __name__ == "__main__":
    app()
