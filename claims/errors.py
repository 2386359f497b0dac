"""Errors for the person who reads them: one line, what was wrong, where, what to do."""

from __future__ import annotations

from collections.abc import Collection
from enum import IntEnum


class ExitStatus(IntEnum):
    """What the command ``claims`` tells the shell."""

    OK = 0
    SOME_FAILED = 1
    USAGE = 2
    DATABASE = 3
    INTERRUPTED = 130


def instead(name: str, known: Collection[str]) -> str:
    """What to say of a name that is not ``known``: the one that was likely meant, or all there
    are."""
    from difflib import get_close_matches  # nobody else's start waits for it

    near = get_close_matches(name, known, 1)
    return f"did you mean {near[0]}" if near else "there are " + ", ".join(known)


class ClaimsError(Exception):
    """A user's mistake or a machine's state, told in one line; never shown as a traceback."""

    exit_status = ExitStatus.SOME_FAILED


class ConfigError(ClaimsError):
    """A configuration file that cannot be used: names file, line and key."""

    exit_status = ExitStatus.USAGE


class InputError(ClaimsError):
    """An input that gives no article."""


class LanguageError(InputError):
    """A text in a language that nothing is configured for."""


class FetchError(InputError):
    """An address that gives nothing: refused, not reached, or not what was asked for.

    ``lasting`` says that asking again soon will not help.
    """

    def __init__(self, told: str, *, lasting: bool = False) -> None:
        super().__init__(told)
        self.lasting = lasting


class ModelError(ClaimsError):
    """A Stanza model that is missing, broken or not the one that was bundled."""

    exit_status = ExitStatus.USAGE


class FormatError(ClaimsError):
    """A kind of file that nobody has registered."""

    exit_status = ExitStatus.USAGE


class OutputError(ClaimsError):
    """A file that is not written: it is in use, or there already."""

    exit_status = ExitStatus.USAGE


class DatabaseError(ClaimsError):
    """A database that cannot be opened, read or written."""

    exit_status = ExitStatus.DATABASE


class HeldError(DatabaseError):
    """A database that others held for longer than was to be waited; nothing was done."""


class QueryError(ClaimsError):
    """SQL, or a search, that is refused or wrong."""

    exit_status = ExitStatus.USAGE
