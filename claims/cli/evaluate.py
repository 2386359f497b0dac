"""The command ``claims evaluate``: figures on annotated articles, and the sentences behind them."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims.cli.options import ForceOption, configured
from claims.errors import InputError
from claims.store.targets import refuse, written
from claims.terminal import json_line

if TYPE_CHECKING:
    from claims.evaluation.evaluate import Evaluated, GoldArticle, Roles


class EvaluateFormat(StrEnum):
    """How figures and mistakes are printed."""

    TABLE = "table"
    JSON = "json"


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="JSON Lines with attributions.")],
    errors: Annotated[
        str | None,
        typer.Option(
            metavar="OUTCOME",
            help="Show the sentences of one outcome (as the table names them), or of `all`.",
        ),
    ] = None,
    article: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Show the sentences of one article; a part will do."),
    ] = None,
    form: Annotated[
        EvaluateFormat, typer.Option("--format", help="How to print.")
    ] = EvaluateFormat.TABLE,
    predictions: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Judge these predictions; the models are not asked again."
        ),
    ] = None,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep the predictions, for --predictions.")
    ] = None,
    force: ForceOption = False,
    config: Annotated[
        str | None, typer.Option("--config", metavar="DIR", help="Folder of the configuration.")
    ] = None,
) -> None:
    """Measure attributions on annotated articles; show the mistakes in their sentences."""
    from claims.evaluation.mistakes import CORRECT, Outcome

    names = [outcome.value for outcome in Outcome]
    if errors is not None and errors not in (*names, "all"):
        raise typer.BadParameter(
            f"no outcome {errors!r}; there are: {', '.join(names)}, all", param_hint="--errors"
        )
    from claims.evaluation.evaluate import figures, read_gold, read_predictions

    articles = read_gold(gold)
    if predictions is not None:
        read_predictions(predictions, articles)
    if article is not None:
        articles = _named(articles, article, gold)
    if save is not None:
        refuse(save, force=force)
    evaluated = _evaluated(articles, predictions, config)
    if save is not None:
        _save(evaluated, save, force)
    if errors is None and article is None:
        _print_figures(figures(evaluated), form)
        return
    wanted = set(names) if errors is None else {errors}
    if errors == "all":
        wanted = set(names) - {outcome.value for outcome in CORRECT} | {"wrong-stance"}
    _print_sentences(evaluated, wanted, form)


def _named(articles: Sequence[GoldArticle], name: str, gold: Path) -> list[GoldArticle]:
    exact = [one for one in articles if one.article == name]
    found = exact or [one for one in articles if name in one.article]
    if not found:
        raise InputError(f"{gold}: no article is named {name!r}; the figures name the worst ones")
    if len(found) > 1:
        some = ", ".join(one.article for one in found[:3])
        raise InputError(f"{gold}: {len(found)} articles have {name!r} in their names: {some} …")
    return found


def _evaluated(
    articles: Sequence[GoldArticle],
    predictions: Path | None,
    config: str | None,
) -> list[Evaluated]:
    from claims.cli.tables import progress
    from claims.evaluation.evaluate import evaluate, predict, read_predictions

    if predictions is not None:
        found = read_predictions(predictions, articles, others=True)
        return list(evaluate((one, found.get(one.article, ())) for one in articles))
    folder, settings = configured(config)
    evaluated: list[Evaluated] = []
    with progress(sys.stderr) if sys.stderr.isatty() else nullcontext() as shown:
        for each in evaluate(predict(articles, folder, settings)):
            evaluated.append(each)
            if shown is not None:
                shown.step("reading", len(evaluated), len(articles))
    return evaluated


def _save(evaluated: Sequence[Evaluated], path: Path, force: bool) -> None:
    lines = (
        json.dumps({"article": one.article.article, "attributions": _plain(one.predicted)})
        for one in evaluated
    )
    try:
        with written(path, force=force) as place:
            place.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None


def _plain(roles: Sequence[Roles]) -> list[object]:
    return [one.model_dump(mode="json") for one in roles]


def _print_figures(figures: dict[str, object], form: EvaluateFormat) -> None:
    if form is EvaluateFormat.JSON:
        typer.echo(json_line(figures, indent=1))
        return
    from claims.cli.show_mistakes import print_figures

    print_figures(figures, sys.stdout)


def _print_sentences(
    evaluated: Sequence[Evaluated], wanted: set[str], form: EvaluateFormat
) -> None:
    from claims.cli.show_mistakes import extent, legend, marked, print_judged

    if form is EvaluateFormat.TABLE:
        typer.echo(legend() + "\n")
    number = 0
    for each in evaluated:
        text = each.article.text
        judged = [one for one in each.judged if one.outcome.value in wanted]
        if form is EvaluateFormat.TABLE:
            number += print_judged(each.article.article, text, judged, sys.stdout)
            continue
        for one in judged:
            start, end = extent(text, one)
            row: dict[str, object] = {
                "article": each.article.article,
                "outcome": one.outcome.value,
                "start": start,
                "end": end,
            }
            for key, roles in (("annotated", one.gold), ("predicted", one.predicted)):
                row[key] = roles.model_dump(mode="json") if roles else None
                row[f"{key}_sentence"] = marked(text, start, end, roles) if roles else None
            typer.echo(json_line(row))
    if form is EvaluateFormat.TABLE:
        typer.echo(f"{number} attribution{'' if number == 1 else 's'}")
