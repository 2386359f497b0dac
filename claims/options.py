"""What several commands take: the configuration, the database, and how both are opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from claims.configuration import PipelineSettings
    from claims.store.database import Database

ConfigOption = Annotated[
    str | None, typer.Option("--config", metavar="DIR", help="Folder of the configuration.")
]
DatabaseOption = Annotated[
    str | None,
    typer.Option("--database", metavar="PATH", help="Database; default: that of pipeline.yaml."),
]


def configured(config: str | None) -> tuple[Path, PipelineSettings]:
    """The folder of the configuration and its pipeline.yaml. Raises ConfigError."""
    from claims.configuration import config_folder, load_pipeline

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
