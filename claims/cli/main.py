"""The command ``claims``. What takes long to import is imported by the commands that need it."""

from __future__ import annotations

import os
import shlex
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claims import __version__, interruption, startup
from claims.cli.attributions import ExtractFormat
from claims.cli.backup import backup, prune, restore
from claims.cli.command_group import CommandGroup
from claims.cli.contradictions import app as contradictions
from claims.cli.entities import entities
from claims.cli.evaluate import evaluate
from claims.cli.explain import explain
from claims.cli.export import export
from claims.cli.folder import app as folder
from claims.cli.mcp import mcp
from claims.cli.options import (
    ConfigOption,
    DatabaseOption,
    LinksOption,
    RawOption,
    configured,
    opened,
)
from claims.cli.provenance import provenance
from claims.cli.runs import app as runs
from claims.cli.search import search
from claims.cli.sources import app as outlets
from claims.cli.speakers import app as speakers
from claims.cli.stories import app as stories
from claims.errors import ClaimsError, ExitStatus
from claims.events import LogFormat
from claims.store.formats import ResultFormat
from claims.terminal import printable

if TYPE_CHECKING:
    from claims.pipeline.progress import Step
    from claims.pipeline.report import Report


app = typer.Typer(
    name="claims",
    cls=CommandGroup,
    help="Who said what, and who denies it: attributed claims from news articles.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(speakers, name="speakers")
app.command()(evaluate)
app.command()(explain)
app.command()(entities)
app.add_typer(contradictions, name="contradictions")
app.add_typer(runs, name="runs")
app.add_typer(stories, name="stories")
app.add_typer(folder, name="folder")
app.add_typer(outlets, name="sources")
for command in (search, backup, restore, prune, export, mcp, provenance):
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
    follow_links: LinksOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    log: LogOption = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, help="Processes; default: that of pipeline.yaml.")
    ] = None,
) -> None:
    """Read articles into the database: claims, and the contradictions between them."""
    _run(inputs or [], config, database, log, allow_private, follow_links, workers=workers)


@runs.command()
def retry(
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="Identifier, path, address or failed input.")
    ],
    allow_private: PrivateOption = False,
    follow_links: LinksOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    log: LogOption = None,
) -> None:
    """Read one article again, whatever is known of it: one that failed, or one that is stored."""
    from claims.store.history import inputs_of

    inputs = inputs_of(opened(config, database), article)
    _run(list(inputs), config, database, log, allow_private, follow_links, only=article)


def _run(
    inputs: list[str],
    config: str | None,
    database: str | None,
    log: LogFormat | None,
    allow_private: bool,
    follow_links: bool,
    only: str | None = None,
    workers: int | None = None,
) -> None:
    """Run the flow and tell how it goes and how it ended; raises Exit."""
    from claims.cli.report import print_report
    from claims.cli.tables import complain, progress
    from claims.events import listen

    _, settings = configured(config)  # told at once if wrong, not after Prefect has started
    form = log or (settings.log if settings.log is LogFormat.JSON else None)
    if form is not None:
        listen(form, sys.stderr)
    report: Report | None = None
    with interruption.remembered(), progress(sys.stderr, quiet=form is not None) as shown:
        shown.step("starting", 0, 0)

        def show(step: Step) -> None:
            interruption.raise_if_interrupted()
            shown.step(step.stage, step.done, step.total)

        try:
            from claims.pipeline.progress import watched
            from claims.pipeline.run import Trigger
            from claims.pipeline.working import begun, working

            trigger = Trigger(only=only) if only else None
            given = (inputs, config, database, allow_private, trigger, workers)
            with watched(show), working(*given, follow_links=follow_links) as context:
                context.read_inputs()
                if context.has_news():
                    context.refuse_held()
                    shown.step("starting Prefect", 0, 0)
                    with begun(context):
                        report = _flow(*given, follow_links)
                else:  # nothing to annotate or to write, so nothing that Prefect could tell of
                    report = context.report()
                    context.end(report)
        except BaseException:
            if not interruption.pressed():
                raise
    if report is None:
        complain("interrupted; what was stored is whole, and the same command goes on from there")
        raise typer.Exit(ExitStatus.INTERRUPTED)
    named = f" --database {shlex.quote(database)}" if database else ""
    print_report(report, sys.stdout, database=named)
    if form is None and not sys.stdout.isatty():  # elsewhere they have been told
        for failure in report.failures:
            complain(f"{failure.input}: {failure.reason}")
    raise typer.Exit(ExitStatus.SOME_FAILED if report.failures else ExitStatus.OK)


def _flow(*parameters: Any) -> Report:
    """The main flow, with a Prefect server of its own unless the user runs one."""
    from flows import prefect_settings

    prefect_settings.apply()  # Prefect reads the environment when it is imported
    prefect_settings.check()
    from flows.news import news
    from flows.server import answering, temporary

    with temporary(), answering():
        return news(*parameters)


@app.command()
def extract(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="As for `run`; `-` is standard input."),
    ],
    form: Annotated[
        ExtractFormat, typer.Option("--format", help="How to print them.")
    ] = ExtractFormat.TABLE,
    raw: RawOption = False,
    unasserted: Annotated[
        bool,
        typer.Option(
            "--unasserted",
            help="Also what is only supposed, asked or denied to have been said.",
        ),
    ] = False,
    allow_private: PrivateOption = False,
    follow_links: LinksOption = False,
    config: ConfigOption = None,
) -> None:
    """Print the attributions of articles; no database is read or written."""
    from claims.cli.attributions import write, write_header
    from claims.cli.standard_input import with_standard_input
    from claims.cli.tables import complain
    from claims.config.settings import load_sources
    from claims.model import Article, Failure
    from claims.pipeline.analyser import Analyser
    from claims.readers.open import intake

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
            write(one, form, sys.stdout, raw=raw, unasserted=unasserted)
        sys.stdout.flush()
        told(failures)

    write_header(form, sys.stdout)
    waiting: list[Article] = []
    with (
        with_standard_input(files) as given,
        intake(
            folder,
            settings,
            sources,
            given.names,
            allow_private=allow_private,
            follow_links=follow_links,
            distinct=False,
        ) as results,
    ):
        for found in map(given.called, results):
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
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that it may take.")] = 60.0,
    memory: Annotated[str, typer.Option(help="Memory that it may take, such as 512MB.")] = "1GB",
    raw: RawOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Query the database, read-only; `DESCRIBE` and `SHOW TABLES` tell what there is."""
    from claims.store.query import Limits, ask, child, size

    most = size(memory)
    with child() as process:  # which starts while this one reads the configuration
        from claims.store.formats import write

        if form is ResultFormat.TABLE:
            import rich.table  # noqa: F401 - now, while the other process starts, and not at the end

        limits = Limits(seconds=timeout, memory=most, answer=most)
        found = ask(process, opened(config, database), statement, limits)
        write(found, form, sys.stdout, raw=raw)


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
    judges: Annotated[
        int,
        typer.Option(
            min=1,
            help="How many must judge a pair; from 2 on, none sees what others decided first.",
        ),
    ] = 1,
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
        judges=judges,
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
    from flows import prefect_settings

    prefect_settings.apply()
    prefect_settings.check()
    from flows.schedule import serve

    serve(
        settings,
        inputs=list(inputs or ()),
        config=str(folder.resolve()),
        database=database or settings.database.path,
    )


@app.command()
def doctor(config: ConfigOption = None, database: DatabaseOption = None) -> None:
    """Tell what is installed, which models load, whether configuration and database are right."""
    from claims.cli.doctor import examine

    wrong = False
    for check in examine(config, database):
        told = f"{'ok   ' if check.right else 'WRONG'}  {check.name}: {check.detail}"
        typer.echo(printable(told))
        wrong = wrong or not check.right
    raise typer.Exit(ExitStatus.SOME_FAILED if wrong else ExitStatus.OK)


def main() -> None:
    """Run the command; a ClaimsError becomes one line on standard error and its exit status."""
    startup.own_process()
    try:
        app()
    except ClaimsError as error:
        line = " ".join(str(error).split())
        print(f"claims: {printable(line)}", file=sys.stderr)
        sys.exit(error.exit_status)
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does: that is no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitStatus.OK)
