"""What turns the meaning and was left out: `python -m benchmarks.meaning [GOLD.jsonl …]`.

Counts, over the texts of ``../shared/gold``, the contents whose sentence holds a negation that
stands in no span of any attribution; those of them on whose words that negation hangs, so that it
is lost; and the contents that are no more than a pronoun, a name or a noun, and count as said. Each
before the text around an attribution is heard (as the engines find it) and after. ``--show`` prints
what is lost. The last line is one JSON object with all figures.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from claims.attribution.context.bare import bare
from claims.attribution.context.steps import in_context
from claims.attribution.context.turning import lost
from claims.attribution.engines import found_by_engines
from claims.attribution.reading import read_articles
from claims.attribution.rules.lexicon import load_lexicons
from claims.attribution.rules.text import Text
from claims.config.settings import config_folder, load_pipeline
from claims.evaluation.evaluate import article_of
from claims.language.annotation import Annotator
from claims.language.encoder.weights import reader
from claims.language.identification import identify
from claims.model import Attribution, Modality, Span
from training.encoder.annotated import read_annotated

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
FILES = (SHARED / "gold" / "en_dev.jsonl", SHARED / "gold" / "ur_valid.jsonl")


def negated_outside(text: Text, found: Sequence[Attribution]) -> tuple[int, list[Attribution]]:
    """How many contents have a negation in their sentence outside every span, and which of them
    lose it."""
    spans = [s for each in found for role in _roles(each) for s in role]
    negations = frozenset(text.grammar.negations)
    outside, losing = 0, []
    for each in found:
        if not each.content or each.modality is not Modality.ASSERTED:
            continue
        free = [
            word
            for sentence in text.around(each.content)
            for word in sentence.words
            if word.text.lower() in negations
            and not any(s.start <= word.start < s.end for s in spans)
        ]
        outside += bool(free)
        taken = (*each.cue, *(each.source or ()))
        losses = [w for s in text.around(each.content) for w in lost(text, s, each.content, taken)]
        if any(word in losses for word in free):
            losing.append(each)
    return outside, losing


def _roles(each: Attribution) -> tuple[tuple[Span, ...], ...]:
    return (each.source or (), each.cue, each.content)


def main(arguments: list[str]) -> int:
    """Print the table and one JSON line; status 1 where a file is missing."""
    screen = Console(width=max(Console().width, 110))
    config = config_folder()
    settings = load_pipeline(config)
    named = [Path(each) for each in arguments if not each.startswith("--")]
    table = Table("texts", "", "contents", "negation outside every span", "lost", "bare, as said")
    figures: dict[str, object] = {}
    status = 0
    for path in named or FILES:
        if not path.is_file():
            screen.print(f"{path}: not there; this figure needs it")
            status = 1
            continue
        gold = read_annotated(path, SHARED / "fake-real-pairs" / "Real")
        articles = [article_of(one, identify(one.text, settings.languages)) for one in gold]
        lexicons = load_lexicons(config, sorted({article.language for article in articles}))
        texts, read = read_articles(
            articles, Annotator(settings.models), lexicons, settings.attribution, reader()
        )
        alone = found_by_engines(texts, settings.attribution, read)
        heard = [in_context(text, each) for text, each in zip(texts, alone, strict=True)]
        for name, several in (("before", alone), ("after", heard)):
            counted = [negated_outside(t, each) for t, each in zip(texts, several, strict=True)]
            row = {
                "contents": sum(
                    each.modality is Modality.ASSERTED for one in several for each in one
                ),
                "outside": sum(outside for outside, _ in counted),
                "lost": sum(len(losing) for _, losing in counted),
                "bare": sum(
                    bare(text, each) and each.modality is Modality.ASSERTED
                    for text, one in zip(texts, several, strict=True)
                    for each in one
                ),
            }
            table.add_row(path.name, name, *(str(each) for each in row.values()))
            figures[f"{path.stem} {name}"] = row
            if "--show" in arguments:
                for text, (_, losing) in zip(texts, counted, strict=True):
                    for each in losing:
                        words = " | ".join(span.of(text.text) for span in each.content)
                        screen.print(f"{name}: {words}", markup=False, highlight=False)
    screen.print(table)
    print(json.dumps(figures))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
