"""Which language a text is in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from claims.config.yaml_file import Checked, load
from claims.errors import LanguageError
from claims.language.normalisation import Spelling, load_spelling, normalise
from claims.language.pipelines import BUNDLED

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SURE = 0.8
"""From this probability on, another language is believed; below, a configured one may win."""

POSSIBLE = 0.02
"""A configured language needs at least this probability to be chosen."""

SAMPLE = 20_000
"""Code points of a text that are looked at."""

FREQUENT = 0.15
"""Share of a text's words that are frequent ones of its language. Of the stories of UR-News and
PolNeAR none has less than 0.25; of sentences in Persian, Arabic, Dutch and French none has more
than 0.1 (tests/tables/languages.yaml)."""

CLEAR = 0.18
"""From this share on statistics are not asked, whose model takes a third of a second to unpack:
nineteen in twenty English and ninety-nine in a hundred Urdu articles have it."""

_WORD = re.compile(r"[^\W\d_]+")


class FrequentWords(Checked):
    """``config/languages/<language>.yaml``: the script, as the names of its letters in Unicode
    begin, and words that are frequent in this language alone."""

    script: str
    words: frozenset[str]

    def written(self, text: str) -> bool:
        """Whether most letters of a text are of the script."""
        letters = [character for character in text if character.isalpha()]
        own = sum(unicodedata.name(one, "").startswith(self.script) for one in letters)
        return 2 * own > len(letters)

    def share(self, text: str) -> float:
        """The share of frequent words in a text."""
        words = _WORD.findall(text.casefold())
        return sum(word in self.words for word in words) / len(words) if words else 0.0


class Identifier:
    """Tells languages: by script and frequent words where those are clear, else by statistics."""

    def __init__(self, frequent: Mapping[str, FrequentWords] | None = None) -> None:
        self._frequent = dict(frequent or {})
        self._spellings: dict[str, Spelling] = {}

    def __call__(self, text: str, languages: Sequence[str]) -> str:
        """The language of ``text``, an ISO 639-1 code out of ``languages``.

        Method: frequent words of just one of ``languages``, in the spelling that its models want;
        where those are too few, langid (Lui and Baldwin, ACL 2012) in the build of py3langid, which
        has seen each language in its usual letters only; then fewer words. Raises LanguageError
        naming the language found where it is none of ``languages``, or where there are no words.
        """
        sample = text[:SAMPLE]
        shares = self._shares(sample, languages)
        known = max(shares, key=shares.__getitem__, default=None)
        if known is not None and shares[known] >= CLEAR and len(shares) == 1:
            return known
        ranked = _identifier().rank(sample)
        best, certainty = ranked[0]
        if best in languages and certainty >= POSSIBLE and self._possible(sample, best):
            return str(best)
        if known is not None:
            return known
        wanted = ", ".join(languages)
        if certainty < SURE or best in languages:
            for code, probability in ranked:
                if code in languages and probability >= POSSIBLE and self._possible(sample, code):
                    return str(code)
            raise LanguageError(f"the language cannot be told; configured are: {wanted}")
        raise LanguageError(
            f"language {best!r} is not configured (configured: {wanted}); "
            f"add it under `languages` in pipeline.yaml with a cue file and a model"
        )

    def _possible(self, sample: str, language: str) -> bool:
        """Whether a text is in the script of a language, where that is known."""
        frequent = self._frequent.get(language)
        return frequent is None or frequent.written(sample)

    def _shares(self, sample: str, languages: Sequence[str]) -> dict[str, float]:
        """The share of frequent words of each language that a text may be in by them."""
        found = {}
        for language in languages:
            frequent = self._frequent.get(language)
            if frequent is None or not frequent.written(sample):
                continue
            share = frequent.share(self._spelled(sample, language))
            if share >= FREQUENT:
                found[language] = share
        return found

    def _spelled(self, sample: str, language: str) -> str:
        if language not in self._spellings:
            self._spellings[language] = load_spelling(BUNDLED / language)
        return normalise(sample, self._spellings[language]).text


def load_identifier(config: Path, languages: Sequence[str]) -> Identifier:
    """An identifier with the frequent words of those languages that have some; raises
    ConfigError."""
    files = {language: config / "languages" / f"{language}.yaml" for language in languages}
    return Identifier(
        {key: load(path, FrequentWords) for key, path in files.items() if path.is_file()}
    )


identify = Identifier()
"""By statistics alone."""


@cache
def _identifier() -> LanguageIdentifier:
    # Imported late: its model takes a second to load, and `claims sql` must not wait for it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
