"""Which keys a reader wants for what the page does, or none: WCAG 2.1.4 asks for both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode

from claims.review.translations import Texts

KEYS = "claims-keys"
"""Cookie: a reader's own keys on this machine."""

_OFF = "off"
_LONGEST = 8  # characters of the keys for one thing
_MOST = 64  # things that have keys


class KeyChoice(NamedTuple):
    """``changed`` are keys by what they do, several with spaces between, none for no key: of
    verdicts by their value, of the rest by the name that ``Texts.keys`` has for it. Where they are
    ``off`` no key does anything."""

    off: bool = False
    changed: Mapping[str, str] = MappingProxyType({})

    @classmethod
    def read(cls, kept: str) -> KeyChoice:
        """What a browser has kept; nonsense is left out."""
        try:
            fields = parse_qs(kept, keep_blank_values=True, max_num_fields=_MOST)
        except ValueError:
            return cls()
        keys = {name: values[-1] for name, values in fields.items() if name != _OFF}
        return cls(_OFF in fields, {name: key for name, key in keys.items() if _are_keys(key)})

    def written(self) -> str:
        """As a browser keeps it."""
        return urlencode({**({_OFF: "1"} if self.off else {}), **self.changed})

    def applied(self, texts: Texts) -> Texts:
        """The page's words with these keys in them; without, where a key would stand for two."""
        usual = keys_of(texts)
        keys = {
            name: "" if self.off else self.changed.get(name, key) for name, key in usual.items()
        }
        if twice(keys):
            return texts
        verdicts = {
            verdict: said.model_copy(update={"key": keys[verdict.value]})
            for verdict, said in texts.verdicts.items()
        }
        others = {
            name: said.model_copy(update={"key": keys[name]}) for name, said in texts.keys.items()
        }
        return texts.model_copy(update={"verdicts": verdicts, "keys": others})


def chosen(fields: Mapping[str, str], texts: Texts) -> KeyChoice:
    """The choice that a form makes against the keys of ``texts``. Raises ValueError with the keys
    that stand for two things, or that are no single characters."""
    usual = keys_of(texts)
    given = {name: " ".join(fields.get(name, key).lower().split()) for name, key in usual.items()}
    wrong = [key for key in given.values() if not _are_keys(key)] or twice(given)
    if wrong:
        raise ValueError(" ".join(wrong))
    changed = {name: key for name, key in given.items() if key != usual[name]}
    return KeyChoice(_OFF in fields, changed)


def keys_of(texts: Texts) -> dict[str, str]:
    """The keys by what they do, verdicts first."""
    verdicts = {verdict.value: said.key for verdict, said in texts.verdicts.items()}
    return verdicts | {name: said.key for name, said in texts.keys.items()}


def twice(keys: Mapping[str, str]) -> list[str]:
    """The keys that stand for more than one thing."""
    counts = Counter(key for several in keys.values() for key in several.split())
    return sorted(key for key, count in counts.items() if count > 1)


def does_of(texts: Texts) -> dict[str, str]:
    """What each key does, in the words of the page."""
    verdicts = {verdict.value: said.name for verdict, said in texts.verdicts.items()}
    return verdicts | {name: said.does for name, said in texts.keys.items()}


def _are_keys(given: str) -> bool:
    return len(given) <= _LONGEST and all(
        len(key) == 1 and key.isprintable() for key in given.split()
    )
