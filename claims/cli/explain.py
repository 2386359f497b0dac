"""The command ``claims explain``: a sentence's words, and why it is or is not an attribution."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claims.cli.options import configured
from claims.errors import InputError
from claims.terminal import json_line, printable

if TYPE_CHECKING:
    from claims.evaluation.explain import Explanation, Made
    from claims.model import Spans


class ExplainFormat(StrEnum):
    """How an explanation is printed."""

    TABLE = "table"
    JSON = "json"


def explain(
    text: Annotated[
        str | None,
        typer.Argument(metavar="[TEXT]", help="A sentence or more; without it, standard input."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="The text's language; default: told from the text.")
    ] = None,
    form: Annotated[
        ExplainFormat, typer.Option("--format", help="How to print.")
    ] = ExplainFormat.TABLE,
    config: Annotated[
        str | None, typer.Option("--config", metavar="DIR", help="Folder of the configuration.")
    ] = None,
) -> None:
    """Show how a sentence is read, and why each attribution was made or not made."""
    from claims.evaluation.explain import explain

    if text is None:
        try:
            text = sys.stdin.buffer.read().decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(f"standard input is not UTF-8: byte {error.start}") from None
    explanation = explain(text, *configured(config), language)
    if form is ExplainFormat.JSON:
        typer.echo(json_line(_plain(explanation), indent=1))
        return
    _print(explanation)


def _print(explanation: Explanation) -> None:
    from claims.cli.tables import console, plain_table
    from claims.evaluation.explain import sentences_without

    screen = console(sys.stdout)
    text = explanation.text
    typer.echo(f"language: {explanation.document.article.language}\n")
    for sentence in explanation.document.sentences:
        table = plain_table("", "word", "lemma", "part of speech", "relation", "head", "features")
        for column in table.columns[1:]:
            column.justify = "left"
        words = {word.index: word.text for word in sentence.words}
        for word in sentence.words:
            head = f"{word.head} {words[word.head]}" if word.head in words else "–"
            cells = (word.text, word.lemma, word.upos, word.deprel, head, word.feats)
            table.add_row(str(word.index), *(_cell(printable(cell)) for cell in cells))
        screen.print(table)
        screen.print()
    if explanation.note:
        typer.echo(f"{printable(explanation.note)}\n")
    typer.echo("Attributions" if explanation.made else "No attributions.")
    for number, made in enumerate(explanation.made, 1):
        _print_made(number, made, explanation)
    if explanation.not_made:
        typer.echo("\nCues that made none")
    for one in sorted(explanation.not_made, key=lambda one: one.start):
        where = f" (entry: {explanation.cues}, line {one.line})" if one.line else ""
        typer.echo(f"  {printable(one.words)}{where}")
        for reason in one.reasons:
            typer.echo(printable(f"    {reason}"))
    for sentence in sentences_without(explanation):
        sentence_text = printable(" ".join(text[sentence.start : sentence.end].split()))
        typer.echo(f"\nNo word is a cue in {explanation.cues}: {sentence_text}")


def _cell(value: str) -> Any:
    from rich.text import Text

    return Text(value)


def _print_made(number: int, made: Made, explanation: Explanation) -> None:

    found = made.attribution
    about = [found.stance, found.pattern, found.quotation, f"confidence {found.confidence:.2f}"]
    if found.negated:
        about.append("the content is negated")
    if found.modality != "asserted":
        about.append(f"{found.modality}: nobody is said to have said it")
    typer.echo(f"  {number}. {', '.join(about)}")
    if explanation.note is None:  # both engines were asked
        typer.echo(f"     found by {made.found_by}")
    if made.cue is not None:
        entry = f"{made.cue.words} {'/'.join(made.cue.verbs)}".strip()
        typer.echo(printable(f"     entry    {entry}: {explanation.cues}, line {made.line}"))
        typer.echo(f"     frame    {made.frame}")
    for label, spans, how in (
        ("cue", found.cue, ""),
        ("source", found.source, made.source),
        ("content", found.content, made.content),
        ("via", found.via, ""),
    ):
        if spans or how:
            words = printable(_words(spans, explanation.text)) if spans else "–"
            typer.echo(f"     {label:<8} {words}")
            if how:
                typer.echo(f"              {printable(how)}")


def _words(spans: Spans | None, text: str) -> str:
    return " … ".join(" ".join(span.of(text).split()) for span in spans or ())


def _plain(explanation: Explanation) -> dict[str, Any]:
    return {
        "language": explanation.document.article.language,
        "cues": str(explanation.cues),
        "note": explanation.note,
        "sentences": [
            [word.model_dump() for word in sentence.words]
            for sentence in explanation.document.sentences
        ],
        "made": [
            {
                "attribution": made.attribution.model_dump(mode="json"),
                "found_by": made.found_by,
                "entry": made.cue.words if made.cue else None,
                "line": made.line,
                "frame": made.frame,
                "source": made.source,
                "content": made.content,
            }
            for made in explanation.made
        ],
        "not_made": [
            {"words": one.words, "start": one.start, "line": one.line, "reasons": one.reasons}
            for one in explanation.not_made
        ],
    }
