"""What each rule is worth in Urdu: `python -m benchmarks.attribution.ablation`.

A rule that does nothing, and what is found then with both engines and by the lexicon alone, in all
Urdu files together: found F1 with the rule less found F1 without it, in points.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from rich.console import Console
from rich.table import Table

from benchmarks import ANNOTATIONS, SHARED
from benchmarks.attribution.annotated import articles_of
from benchmarks.attribution.engines import Remembering
from claims.attribution.engines import extract_all
from claims.attribution.rules.lexicon import load_lexicons
from claims.config.settings import Engine, config_folder, load_pipeline
from claims.errors import ClaimsError
from claims.evaluation.evaluate import article_of, evaluate, figures, roles
from claims.language.annotation import Annotator
from claims.language.encoder.reading import Reader
from claims.language.encoder.weights import encoder_folder, reader

FILES = (
    SHARED / "gold" / "ur_valid.jsonl",
    ANNOTATIONS / "ur_real_check.jsonl",
    ANNOTATIONS / "ur_web_check.jsonl",
)
ASKED: tuple[Engine, ...] = ("both", "lexicon")


def _nothing(*_: Any, **__: Any) -> None:
    return None


def _none_found(*_: Any, **__: Any) -> list[Any]:
    return []


def _last(*given: Any) -> Any:
    return given[-1]


def _first(given: Any, *_: Any) -> Any:
    return given


def _false(*_: Any) -> bool:
    return False


RULES: dict[str, tuple[str, Callable[..., Any]]] = {
    # where the name is looked up, and what stands in its place
    "rules.extract.read_headlines": ("headlines", _none_found),
    "rules.extract.read_cited_sources": ("sources that are cited further on", _last),
    "rules.extract.with_intermediaries": ("intermediaries", _first),
    "rules.extract.pointed_at": ("contents that are pronouns", _first),
    "rules.extract._neither_nor": ("neither confirmed nor denied", _first),
    "rules.filter.dismissed": ("dismissals", _false),
    "rules.filter._repeats": ("the same without a source", _false),
    "rules.filter._leads_to": ("two cues with one content", _false),
    "rules.filter._asked": ("questions that were declined", _false),
    "rules.filter._within": ("attributions in quoted words", _false),
    "rules.urdu_hindi.postposition.read_according_to": ("X کے مطابق C", _nothing),
    "rules.urdu_hindi.postposition.read_disclosed": ("objects: disclosed", _nothing),
    "rules.urdu_hindi.postposition.read_infinitive": ("objects: infinitives", _nothing),
    "rules.urdu_hindi.postposition.read_judged": ("objects: judged", _nothing),
    "rules.urdu_hindi.postposition.read_passive": ("objects: passives", _nothing),
    "rules.urdu_hindi.postposition.read_object": ("objects", _nothing),
    "rules.urdu_hindi.postposition.bare_complement": ("clauses without کہ", _nothing),
    "context.steps.framed": ("context: frames", _last),
    "context.steps.with_blocks": ("context: blocks", _last),
    "context.steps.with_paragraphs": ("context: paragraphs", _last),
    "context.steps.within_marks": ("context: closing marks", _last),
    "context.steps.with_turning": ("context: turning", _last),
    "context.steps.with_modality": ("context: modality", _last),
    "context.steps.with_turns": ("context: turns", _last),
    "context.steps.resolved": ("context: bare contents", _last),
}


@contextmanager
def without(rule: str) -> Iterator[None]:
    """The engines with a rule that does nothing."""
    module_name, _, name = f"claims.attribution.{rule}".rpartition(".")
    module = importlib.import_module(module_name)
    before = getattr(module, name)
    setattr(module, name, RULES[rule][1])
    try:
        yield
    finally:
        setattr(module, name, before)


def show(paths: Sequence[Path]) -> None:
    """Print the table; raises ClaimsError."""
    config = config_folder()
    settings = load_pipeline(config)
    lexicons = load_lexicons(config, ["ur"])
    gold = [one for path in paths for one in articles_of(path)]
    annotator = Annotator(settings.models)
    documents = annotator.annotate([article_of(one, "ur") for one in gold])
    reading = cast(
        "Reader",
        Remembering(reader(encoder_folder(settings.attribution.encoder), settings.models.threads)),
    )

    def found(engine: Engine) -> float:
        chosen = settings.attribution.model_copy(update={"engine": engine})
        each = extract_all(documents, lexicons, chosen, reading)
        pairs = ((one, tuple(map(roles, own))) for one, own in zip(gold, each, strict=True))
        return 100 * float(figures(list(evaluate(pairs)))["found"]["f1"])

    with_all = {engine: found(engine) for engine in ASKED}
    table = Table("rule", *ASKED, "where")
    table.add_row("all rules", *(f"{with_all[engine]:.1f}" for engine in ASKED), "")
    for rule, (title, _) in RULES.items():
        with without(rule):
            worth = [f"{with_all[engine] - found(engine):+.2f}" for engine in ASKED]
        table.add_row(title, *worth, rule)
    Console(width=110).print(table)


if __name__ == "__main__":
    try:
        show([Path(name) for name in sys.argv[1:]] or FILES)
    except ClaimsError as error:
        sys.exit(str(error))
