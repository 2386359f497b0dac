"""Annotated articles, and predictions in the same form, read from JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from claims.errors import InputError
from claims.model import Quotation, Stance

Piece = tuple[int, int]
"""``[start, end)`` in code points of the article's text."""

ROLES = ("cue", "source", "content")


class Roles(BaseModel):
    """One attribution as spans; keys that are not named here are passed over.

    ``stance``, ``quotation`` and ``confidence`` are None where nobody said; so is a
    ``quotation`` of another scheme (German Wikinews knows "reported" and "freeindirect").
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    source: tuple[Piece, ...] | None = None
    cue: tuple[Piece, ...] | None = None
    content: tuple[Piece, ...] | None = None
    stance: Stance | None = None
    quotation: Quotation | None = None
    confidence: float | None = Field(default=None, ge=0, le=1)

    @field_validator("quotation", mode="before")
    @classmethod
    def _ours(cls, value: object) -> object:
        return value if value in set(Quotation) or not isinstance(value, str) else None

    def pieces(self, role: str) -> tuple[Piece, ...]:
        """The spans of one role; empty where it has none."""
        found: tuple[Piece, ...] | None = getattr(self, role)
        return found or ()


class GoldArticle(BaseModel):
    """One line of a gold file."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    article: str
    text: str
    attributions: tuple[Roles, ...]


class PredictedArticle(BaseModel):
    """One line of a file of predictions: what some system found in an article of the gold."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    article: str
    attributions: tuple[Roles, ...]


M = TypeVar("M", GoldArticle, PredictedArticle)


def read_gold(path: Path) -> list[GoldArticle]:
    """The articles of a gold file.

    Raises InputError naming file and line for what is not JSON, lacks a field, has an offset
    outside its text or names an article a second time.
    """
    found: dict[str, GoldArticle] = {}
    for number, article in _lines(path, GoldArticle):
        _check(f"{path}, line {number}", article.attributions, len(article.text))
        if article.article in found:
            raise InputError(f"{path}, line {number}: the article {article.article!r} came before")
        found[article.article] = article
    if not found:
        raise InputError(f"{path}: no article; a gold file has one article on each line")
    return list(found.values())


def read_predictions(
    path: Path, gold: Sequence[GoldArticle], others: bool = False
) -> dict[str, tuple[Roles, ...]]:
    """Predictions by article; raises InputError as ``read_gold`` does, and for an article that is
    not in the gold unless there may be ``others``."""
    texts = {article.article: article.text for article in gold}
    found: dict[str, tuple[Roles, ...]] = {}
    for number, article in _lines(path, PredictedArticle):
        where = f"{path}, line {number}"
        if article.article not in texts:
            if others:
                continue
            raise InputError(f"{where}: the article {article.article!r} is not in the gold")
        if article.article in found:
            raise InputError(f"{where}: the article {article.article!r} came before")
        _check(where, article.attributions, len(texts[article.article]))
        found[article.article] = article.attributions
    return found


def _lines(path: Path, model: type[M]) -> Iterator[tuple[int, M]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield number, model.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            if first["type"] == "json_invalid":
                raise InputError(f"{path}, line {number}: not JSON: {first['msg']}") from None
            where = ".".join(str(part) for part in first["loc"]) or "the whole line"
            said = "is missing" if first["type"] == "missing" else str(first["msg"])
            raise InputError(f"{path}, line {number}: {where}: {said}") from None


def _check(where: str, attributions: tuple[Roles, ...], length: int) -> None:
    for number, one in enumerate(attributions):
        if not one.cue and not one.content:
            raise InputError(f"{where}: attributions.{number}: neither cue nor content")
        for role in ROLES:
            for start, end in one.pieces(role):
                if not 0 <= start < end <= length:
                    raise InputError(
                        f"{where}: attributions.{number}.{role}: [{start}, {end}) is no span of "
                        f"a text of {length} characters"
                    )
