"""What several commands take: the configuration, the database, and how both are opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from claims.config.settings import PipelineSettings
    from claims.store.database import Database

ConfigOption = Annotated[
    str | None, typer.Option("--config", metavar="DIR", help="Folder of the configuration.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace what is there.")]
RawOption = Annotated[
    bool,
    typer.Option(
        "--raw", help="CSV for programs: no apostrophe before what a spreadsheet would compute."
    ),
]
LinksOption = Annotated[
    bool,
    typer.Option("--follow-links", help="Read symbolic links that leave their input folder, too."),
]
DatabaseOption = Annotated[
    str | None,
    typer.Option("--database", metavar="PATH", help="Database; default: that of pipeline.yaml."),
]

SpeakerOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Part of a name, in any script.")
]
StanceOption = Annotated[str | None, typer.Option(metavar="STANCE", help="Such as deny or accuse.")]
OutletOption = Annotated[str | None, typer.Option(metavar="NAME", help="Who printed it.")]
LanguageOption = Annotated[
    str | None, typer.Option(metavar="CODE", help="Of the article: ur or en.")
]
StoryOption = Annotated[
    str | None, typer.Option(metavar="STORY", help="The beginning of its identifier.")
]
SinceOption = Annotated[
    str | None, typer.Option(metavar="DAY", help="2016-09-12, 2016-09 or 2016, and later.")
]
UntilOption = Annotated[str | None, typer.Option(metavar="DAY", help="And earlier.")]
DisputedOption = Annotated[
    bool | None, typer.Option(help="What somebody contradicts, or what nobody does.")
]


def configured(config: str | None) -> tuple[Path, PipelineSettings]:
    """The folder of the configuration and its pipeline.yaml. Raises ConfigError."""
    from claims.config.settings import config_folder, load_pipeline

    folder = config_folder(config)
    return folder, load_pipeline(folder)


def opened(config: str | None, database: str | None) -> Database:
    """The database that a command works on. Raises ConfigError.

    Where ``database`` alone is given no configuration is read: its path is all that is needed.
    """
    from claims.store import lake
    from claims.store.database import Database

    if config is None and database is not None and not database.startswith(lake.PREFIX):
        return Database(Path(database))
    _, settings = configured(config)
    return lake.opened(settings.database, database)
