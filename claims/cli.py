"""The command ``claims``. What takes long to import is imported by the commands that need it."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from claims import __version__, interruption
from claims.cli_entities import entities
from claims.cli_evaluate import evaluate
from claims.cli_explain import explain
from claims.cli_keeping import backup, prune, restore
from claims.cli_runs import app as runs
from claims.cli_sources import app as outlets
from claims.cli_speakers import app as speakers
from claims.errors import ClaimsError, ExitStatus
from claims.export.formats import ExportFormat
from claims.journal import LogFormat
from claims.options import ConfigOption, DatabaseOption, configured, opened
from claims.output import ExtractFormat, PairFormat
from claims.store.formats import ResultFormat

if TYPE_CHECKING:
    from claims.report import Report
    from flows.progress import Step


class Interruptible(TyperGroup):
    """Commands that answer Ctrl-C with one line and the status that shells expect."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            print("claims: interrupted", file=sys.stderr)
            raise typer.Exit(ExitStatus.INTERRUPTED) from None


app = typer.Typer(
    name="claims",
    cls=Interruptible,
    help="Who said what, and who denies it: attributed claims from news articles.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(speakers, name="speakers")
app.command()(evaluate)
app.command()(explain)
app.command()(entities)
app.add_typer(runs, name="runs")
app.add_typer(outlets, name="sources")
for command in (backup, restore, prune):
    app.command()(command)

LogOption = Annotated[
    LogFormat | None,
    typer.Option("--log", help="Tell events on standard error; default: `log` in pipeline.yaml."),
]
Inputs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[INPUT]...",
        help="Files, folders, globs, addresses of feeds or pages; default: pipeline.yaml's.",
    ),
]
PrivateOption = Annotated[
    bool,
    typer.Option(
        "--allow-private", help="Addresses that you name may be on this machine or its network."
    ),
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
    allow_private: PrivateOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    log: LogOption = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, help="Processes; default: that of pipeline.yaml.")
    ] = None,
) -> None:
    """Read articles into the database: claims, and the contradictions between them."""
    _run(inputs or [], config, database, log, allow_private, workers=workers)


@runs.command()
def retry(
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="Identifier, path, address or failed input.")
    ],
    allow_private: PrivateOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    log: LogOption = None,
) -> None:
    """Read one article again, whatever is known of it: one that failed, or one that is stored."""
    from claims.store.history import inputs_of

    inputs = inputs_of(opened(config, database), article)
    _run(list(inputs), config, database, log, allow_private, only=article)


def _run(
    inputs: list[str],
    config: str | None,
    database: str | None,
    log: LogFormat | None,
    allow_private: bool,
    only: str | None = None,
    workers: int | None = None,
) -> None:
    """Run the flow and tell how it goes and how it ended; raises Exit."""
    from claims.journal import listen
    from claims.printing import complain, print_report, progress

    _, settings = configured(config)  # told at once if wrong, not after Prefect has started
    form = log or (settings.log if settings.log is LogFormat.JSON else None)
    if form is not None:
        listen(form, sys.stderr)
    report: Report | None = None
    with interruption.remembered(), progress(sys.stderr, quiet=form is not None) as shown:
        shown.step("starting", 0, 0)

        def show(step: Step) -> None:
            interruption.heed()
            shown.step(step.stage, step.done, step.total)

        try:
            from flows.news import news
            from flows.progress import watched
            from flows.server import answering, start_temporary
            from flows.work import Occasion

            start_temporary()
            with answering(), watched(show):
                occasion = Occasion(only=only) if only else None
                report = news(inputs, config, database, allow_private, occasion, workers)
        except BaseException:
            if not interruption.pressed():
                raise
    if report is None:
        complain("interrupted; what was stored is whole, and the same command goes on from there")
        raise typer.Exit(ExitStatus.INTERRUPTED)
    print_report(report, sys.stdout)
    if form is None and not sys.stdout.isatty():  # elsewhere they have been told
        for failure in report.failures:
            complain(f"{failure.input}: {failure.reason}")
    raise typer.Exit(ExitStatus.SOME_FAILED if report.failures else ExitStatus.OK)


@app.command()
def extract(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="As for `run`.")],
    form: Annotated[
        ExtractFormat, typer.Option("--format", help="How to print them.")
    ] = ExtractFormat.TABLE,
    allow_private: PrivateOption = False,
    config: ConfigOption = None,
) -> None:
    """Print the attributions of articles; no database is read or written."""
    from claims.analysis import Analyser
    from claims.configuration import load_sources
    from claims.intake import intake
    from claims.model import Article, Failure
    from claims.output import write, write_header
    from claims.printing import complain

    folder, settings = configured(config)
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
    with intake(
        folder, settings, sources, files, allow_private=allow_private, distinct=False
    ) as results:
        for found in results:
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

    write(query(opened(config, database), statement), form, sys.stdout)


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

    with opened(config, database).reading() as connection:
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
        opened(config, database),
        port=port,
        open_browser=browser,
        host=host,
        reviewer=reviewer,
        language=language,
    )


@app.command()
def schedule(
    inputs: Inputs = None,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    log: LogOption = None,
) -> None:
    """Serve the flow on the schedule of pipeline.yaml until it is stopped."""
    folder, settings = configured(config)
    os.environ["CLAIMS_LOG"] = log or settings.log
    # Runs tell what they do themselves, on standard error; Prefect keeps its own log beside it.
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "INFO")
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")
    from flows.schedule import serve

    serve(
        settings,
        inputs=list(inputs or ()),
        config=str(folder.resolve()),
        database=database or settings.database.path,
    )


@app.command()
def export(
    form: Annotated[
        ExportFormat,
        typer.Argument(metavar="FORMAT", help="parquet, csv, jsonl, annotations, claimreview."),
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write.")],
    all_versions: Annotated[
        bool, typer.Option("--all-versions", help="Also what outlets have edited since.")
    ] = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Write the claims to a file for other programs, or the disputes that a person decided."""
    from claims.export.files import export as written

    count = written(opened(config, database), form, out, all_versions=all_versions)
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


_YOUNG = 100_000
"""Objects made between two looks for garbage. Reading an article makes millions that stay (code,
models, lexicons); by Python's default of 700 looking through them is an eighth of a cold start."""


def _begin() -> None:
    """Spare the process work that a command line has no use for."""
    gc.set_threshold(_YOUNG)
    # At its end Python would look for garbage, several times, in all that goes with the process.
    atexit.register(gc.freeze)
    # Pydantic would look for plugins in every package that is installed; claims has none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def main() -> None:
    """Run the command; a ClaimsError becomes one line on standard error and its exit status."""
    _begin()
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
