"""The command ``claims``. What takes long to import is imported by the commands that need it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from claims import __version__
from claims.cli_speakers import app as speakers
from claims.configuration import PipelineSettings, config_folder, load_pipeline
from claims.errors import ClaimsError, ExitStatus
from claims.export import ExportFormat
from claims.output import ExtractFormat, PairFormat
from claims.store.database import Database
from claims.store.formats import ResultFormat

app = typer.Typer(
    name="claims",
    help="Who said what, and who denies it: attributed claims from news articles.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(speakers, name="speakers")

ConfigOption = Annotated[
    str | None, typer.Option("--config", metavar="DIR", help="Folder of the configuration.")
]
DatabaseOption = Annotated[
    str | None,
    typer.Option("--database", metavar="PATH", help="Database; default: that of pipeline.yaml."),
]
Inputs = Annotated[
    list[str] | None,
    typer.Argument(metavar="[INPUT]...", help="Files, folders or globs; default: pipeline.yaml's."),
]


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    if version:
        typer.echo(f"claims {__version__}")
        raise typer.Exit


@app.command()
def run(
    inputs: Inputs = None,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, help="Processes; default: that of pipeline.yaml.")
    ] = None,
) -> None:
    """Read articles into the database: claims, and the contradictions between them."""
    from claims.printing import complain, print_report, progress

    _settings(config)  # what is wrong there is told at once, not after Prefect has started
    with progress(sys.stderr) as shown:
        shown.step("starting", 0, 0)
        try:
            from flows.news import news
            from flows.progress import watched
            from flows.server import answering, start_temporary

            start_temporary()
            with answering(), watched(lambda step: shown.step(step.stage, step.done, step.total)):
                report = news(inputs or [], config, database, workers)
        except KeyboardInterrupt:
            interrupted = True
        else:
            interrupted = False
    if interrupted:
        complain("interrupted; what was stored is whole, and the same command goes on from there")
        raise typer.Exit(ExitStatus.INTERRUPTED)
    print_report(report, sys.stdout)
    if not sys.stdout.isatty():  # on a terminal the report above has told them
        for failure in report.failures:
            complain(f"{failure.input}: {failure.reason}")
    raise typer.Exit(ExitStatus.SOME_FAILED if report.failures else ExitStatus.OK)


@app.command()
def extract(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files, folders, globs.")],
    form: Annotated[
        ExtractFormat, typer.Option("--format", help="How to print them.")
    ] = ExtractFormat.TABLE,
    config: ConfigOption = None,
) -> None:
    """Print the attributions of articles; no database is read or written."""
    from claims.analysis import Analyser
    from claims.configuration import load_sources
    from claims.language.identification import identify
    from claims.model import Article, Failure
    from claims.output import write, write_header
    from claims.printing import complain
    from claims.reading.articles import read

    folder, settings = _settings(config)
    analyser = Analyser(folder, settings)
    sources = load_sources(folder)
    failed = False

    def told(failures: list[Failure]) -> None:
        nonlocal failed
        for failure in failures:
            complain(f"{failure.input}: {failure.reason}")
            failed = True

    def flush(articles: list[Article]) -> None:
        analysed, failures = analyser.analyse(articles)
        for one in analysed:
            write(one, form, sys.stdout)
        sys.stdout.flush()
        told(failures)

    write_header(form, sys.stdout)
    waiting: list[Article] = []
    for found in read(files, settings.languages, sources, identify, distinct=False):
        if isinstance(found, Article):
            waiting.append(found)
        elif isinstance(found, Failure):
            told([found])
        if len(waiting) >= settings.chunk_articles:
            flush(waiting)
            waiting = []
    if waiting:
        flush(waiting)
    raise typer.Exit(ExitStatus.SOME_FAILED if failed else ExitStatus.OK)


@app.command()
def sql(
    statement: Annotated[str, typer.Argument(metavar="SQL", help="One statement that reads.")],
    form: Annotated[
        ResultFormat, typer.Option("--format", help="How to print the rows.")
    ] = ResultFormat.TABLE,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Query the database, read-only; `DESCRIBE` and `SHOW TABLES` tell what there is."""
    from claims.store.formats import write
    from claims.store.query import query

    write(query(_database(config, database), statement), form, sys.stdout)


@app.command()
def contradictions(
    form: Annotated[
        PairFormat, typer.Option("--format", help="How to print them.")
    ] = PairFormat.TABLE,
    limit: Annotated[int | None, typer.Option(min=0, help="The best so many.")] = None,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Print the contradictions that runs have found, best first."""
    from claims.contradictions.listing import pairs

    with _database(config, database).reading() as connection:
        found = pairs(connection, limit)
    if form is PairFormat.JSONL:
        for pair in found:
            typer.echo(pair.model_dump_json())
        return
    from claims.printing import print_pairs

    print_pairs(found, sys.stdout)
    typer.echo(f"{len(found)} contradiction{'' if len(found) == 1 else 's'}")


@app.command()
def review(
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.")] = 8765,
    browser: Annotated[bool, typer.Option(help="Open it in the browser.")] = True,
    host: Annotated[
        str, typer.Option(help="Address to serve on; another than this machine's asks for a token.")
    ] = "127.0.0.1",
    reviewer: Annotated[
        str | None, typer.Option(help="Name that decisions carry; default: the login name.")
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the page: en-GB or ur.")] = "en-GB",
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Serve the page on which contradictions are reviewed."""
    from claims.review.serve import serve

    serve(
        _database(config, database),
        port=port,
        open_browser=browser,
        host=host,
        reviewer=reviewer,
        language=language,
    )


@app.command()
def schedule(
    inputs: Inputs = None, config: ConfigOption = None, database: DatabaseOption = None
) -> None:
    """Serve the flow on the schedule of pipeline.yaml until it is stopped."""
    folder, settings = _settings(config)
    # Runs tell what they do in Prefect's log: nobody watches a bar here.
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "INFO")
    from flows.schedule import serve

    serve(
        settings.schedule,
        inputs=list(inputs or settings.inputs),
        config=str(folder.resolve()),
        database=str(Path(database or settings.database.path).resolve()),
    )


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="JSON Lines with attributions.")],
    config: ConfigOption = None,
) -> None:
    """Measure precision, recall and F1 of attributions on annotated articles."""
    from claims.evaluation import Score, predict, read_gold, score

    folder, settings = _settings(config)
    total = Score(0, 0, 0)
    annotated = read_gold(gold)
    for article, predicted in predict(annotated, folder, settings):
        total += score(article.text, article.attributions, predicted)
    typer.echo(f"{len(annotated)} articles, {total.gold} annotated, {total.predicted} predicted")
    typer.echo(
        f"found {total.found}: precision {total.precision:.4f}, recall {total.recall:.4f}, "
        f"F1 {total.f1:.4f}"
    )


@app.command()
def export(
    form: Annotated[
        ExportFormat,
        typer.Argument(metavar="FORMAT", help="parquet, csv, jsonl, annotations, claimreview."),
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write.")],
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Write the claims to a file for other programs, or the disputes that a person decided."""
    from claims.export import export as written

    count = written(_database(config, database), form, out)
    typer.echo(f"{count} records in {out}")


@app.command()
def doctor(config: ConfigOption = None, database: DatabaseOption = None) -> None:
    """Tell what is installed, which models load, whether configuration and database are right."""
    from claims.doctor import examine

    wrong = False
    for check in examine(config, database):
        typer.echo(f"{'ok   ' if check.right else 'WRONG'}  {check.name}: {check.detail}")
        wrong = wrong or not check.right
    raise typer.Exit(ExitStatus.SOME_FAILED if wrong else ExitStatus.OK)


def _settings(config: str | None) -> tuple[Path, PipelineSettings]:
    folder = config_folder(config)
    return folder, load_pipeline(folder)


def _database(config: str | None, database: str | None) -> Database:
    if config is None and database is not None and ":" not in database:
        # The path is all that is needed: `claims sql --database` works without configuration.
        return Database(Path(database))
    from claims.store.lake import opened

    _, settings = _settings(config)
    return opened(settings.database, database)


def main() -> None:
    """Run the command; a ClaimsError becomes one line on standard error and its exit status."""
    try:
        app()
    except ClaimsError as error:
        line = " ".join(str(error).split())
        print(f"claims: {line}", file=sys.stderr)
        sys.exit(error.exit_status)
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does: that is no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitStatus.OK)


if __name__ == "__main__":
    main()
