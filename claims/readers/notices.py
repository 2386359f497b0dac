"""Notices about cookies and consent, that stand on a page before or instead of its article.

Elements that say what they are go before the words are looked for; paragraphs are known by their
words, which are in ``config/notices/<language>.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, ConfigDict

from claims.config.yaml_file import Checked, load, pattern
from claims.errors import InputError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ONLY = "there is no article on this page, only a notice about cookies and consent"

_SHORT = 8  # words of a heading or a button
_ENOUGH = 2  # marks of a notice that a longer paragraph must have
_QUOTED = re.compile('["“”„«»‘]')
_ELEMENTS = ("div", "section", "aside", "dialog", "form", "footer")
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|ccpa|cmp|onetrust|didomi|quantcast|truste)(?:$|[\s_-])",
    re.IGNORECASE,
)

_Expressions = tuple[Annotated[str, AfterValidator(pattern)], ...]


class NoticeWords(Checked):
    """One file of ``config/notices/``: who is spoken to, and what about."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    persons: _Expressions
    marks: _Expressions

    def tells(self, paragraph: str) -> bool:
        """Whether a paragraph is (part of) a notice."""
        if _QUOTED.search(paragraph) or not _any(self._persons, paragraph):
            return False
        enough = 1 if len(paragraph.split()) <= _SHORT else _ENOUGH
        return sum(mark.search(paragraph) is not None for mark in self._marks) >= enough

    @cached_property
    def _persons(self) -> list[re.Pattern[str]]:
        return [re.compile(one, re.IGNORECASE) for one in self.persons]

    @cached_property
    def _marks(self) -> list[re.Pattern[str]]:
        return [re.compile(one, re.IGNORECASE) for one in self.marks]


def load_notices(config: Path, languages: Sequence[str]) -> tuple[NoticeWords, ...]:
    """The words of the configured languages that have some. Raises ConfigError."""
    files = [config / "notices" / f"{language}.yaml" for language in languages]
    return tuple(load(path, NoticeWords) for path in files if path.is_file())


def without_notices(text: str, title: str | None, words: Sequence[NoticeWords]) -> str:
    """The text of a page without its paragraphs that are a notice; raises InputError where but
    headings would be left."""
    lines = text.split("\n")
    kept = [line for line in lines if not any(each.tells(line) for each in words)]
    if len(kept) == len(lines):
        return text
    if all(line == title or len(line.split()) <= _SHORT for line in kept):
        raise InputError(ONLY)
    return "\n".join(kept)


def drop_marked(page: HtmlElement) -> bool:
    """Take the elements from ``page`` that are named after cookies or consent, unless they hold
    what an article is held by; whether there were any."""
    found = [
        element
        for element in page.iter(*_ELEMENTS)
        if _NAMED.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        and next(element.iter("article", "main", "h1"), None) is None
    ]
    for element in found:
        if element.getparent() is not None:
            element.drop_tree()
    return bool(found)


def _any(expressions: Sequence[re.Pattern[str]], text: str) -> bool:
    return any(one.search(text) for one in expressions)
