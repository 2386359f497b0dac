"""Which language a text is in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from claims.errors import LanguageError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SURE = 0.8
"""From this probability on, another language is believed; below, a configured one may win."""

POSSIBLE = 0.02
"""A configured language needs at least this probability to be chosen."""

SAMPLE = 20_000
"""Code points of a text that are looked at."""


@cache
def _identifier() -> LanguageIdentifier:
    # Imported late: its model takes a second to load, and `claims sql` must not wait for it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def identify(text: str, languages: Sequence[str]) -> str:
    """The language of ``text``, an ISO 639-1 code out of ``languages``.

    Method: langid (Lui and Baldwin, ACL 2012) in the build of py3langid. Raises LanguageError
    naming the language found where it is none of ``languages``, or where there are no words.
    """
    ranked = _identifier().rank(text[:SAMPLE])
    best, certainty = ranked[0]
    if best in languages and certainty >= POSSIBLE:
        return str(best)
    wanted = ", ".join(languages)
    if certainty < SURE:
        for code, probability in ranked:
            if code in languages and probability >= POSSIBLE:
                return str(code)
        raise LanguageError(f"the language cannot be told; configured are: {wanted}")
    raise LanguageError(
        f"language {best!r} is not configured (configured: {wanted}); "
        f"add it under `languages` in pipeline.yaml with a cue file and a model"
    )
