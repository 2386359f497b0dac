"""The gazetteer: known speakers, their spellings, offices and whom they speak for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Self

from babel import Locale, UnknownLocaleError
from pydantic import Field, model_validator

from claims.config.yaml_file import Checked, load
from claims.errors import ConfigError
from claims.model import Speaker, SpeakerKind
from claims.speakers.latin_names import UNSURE, LatinNames, load_latin_names
from claims.speakers.names import key, lookups, speaker_id, spellings, tokens
from claims.speakers.similar import AUTOMATIC, NameIndex
from claims.speakers.transliteration import Transliteration, load_transliteration

_FULL = 2  # words of a full name
_CANONICAL = "en"  # the language of canonical names
_REMEMBERED = 1 << 16  # words
_SENTENCES = 1 << 11

# CLDR's territories that are no country: groups of states, pseudo-locales, outlying islands.
_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "UM"})


class Role(Checked):
    """An office that an entry held: ``title`` as in ``mentions/*.yaml``, ``of`` an entry's name.

    ``since`` and ``until`` are inclusive; None is open.
    """

    title: str
    of: str | None = None
    since: date | None = None
    until: date | None = None

    def held(self, on: date | None) -> bool:
        """Whether it was held on a day; of an unknown day: whether it still is."""
        if on is None:
            return self.until is None
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def meets(self, other: Role) -> bool:
        """Whether there is a day on which both were held."""
        after = self.since and other.until and self.since > other.until
        before = self.until and other.since and self.until < other.since
        return not (after or before)


class Entry(Checked):
    """One speaker of ``speakers.yaml``. ``names`` has the spellings of each language, best first.

    ``adjective`` is what English puts before a noun ("US officials"); ``demonyms`` are the words
    of each language that mean it (امریکی). ``territory`` takes CLDR's names of that country.
    ``sort`` is what a body is called when it is spoken of again ("the bank").
    ``page`` is the article of the English Wikipedia that bears the entry out.
    """

    name: str
    kind: SpeakerKind
    gender: Literal["male", "female"] | None = None
    names: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    roles: tuple[Role, ...] = ()
    speaks_for: str | None = None
    sort: Literal["company", "bank", "agency", "party", "organisation"] | None = None
    adjective: str | None = None
    demonyms: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    territory: str | None = None
    page: str | None = None
    wikidata: str | None = Field(default=None, pattern=r"^Q[1-9]\d*$")

    @model_validator(mode="after")
    def _confirmed(self) -> Self:
        """A draft marks what it is not sure of; an entry is sure."""
        for name in (self.name, *(name for names in self.names.values() for name in names)):
            if name.endswith(UNSURE):
                raise ValueError(
                    f"{name!r} is marked as not sure; confirm the name and take the {UNSURE} away"
                )
        return self

    @cached_property
    def speaker(self) -> Speaker:
        """The entry as a speaker; the same in every article."""
        return Speaker(
            speaker_id=speaker_id(self.kind, self.name),
            name=self.name,
            kind=self.kind,
            names=self.names,
            speaks_for=self.speaks_for,
        )

    @cached_property
    def spelled(self) -> Mapping[str, frozenset[tuple[str, ...]]]:
        """The spellings of each language, as the keys of their words in lower case."""
        return {
            language: frozenset(tuple(t.casefold() for t in tokens(name)) for name in names)
            for language, names in self.names.items()
        }


class _GazetteerFile(Checked):
    """``speakers.yaml``. Names in ``ambiguous`` are common words too: never found in a text."""

    languages: tuple[str, ...] = ("ur", "en")
    ambiguous: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    speakers: tuple[Entry, ...] = ()


_Index = Mapping[str, Mapping[str, Entry]]


@dataclass(frozen=True)
class Gazetteer:
    """Known speakers, looked up by name, office or demonym. Made by ``load_gazetteer``."""

    entries: tuple[Entry, ...]
    _names: _Index
    _demonyms: _Index
    _ambiguous: Mapping[str, frozenset[str]]
    _by_name: Mapping[str, Entry]
    _prefixes: Mapping[str, frozenset[str]]
    _people: NameIndex[str]
    _transliteration: Transliteration
    latin: LatinNames

    def find(self, name: str, language: str) -> Entry | None:
        """The entry of that name, exact but for case, marks, spaces and letter variants."""
        return _first(self._names.get(language, {}), name)

    def sounding(self, name: str) -> Entry | None:
        """The one person whose full name sounds like ``name``, in whatever script it is spelled.

        None for a name of one word: a surname may be anybody's.
        """
        if len(tokens(name)) < _FULL:
            return None
        found = self._people.find(name, AUTOMATIC)
        return self._by_name[found[0][1]] if len(found) == 1 else None

    def sound_alike(self, one: str, other: str) -> bool:
        """Whether two names sound so alike that they are taken for one."""
        left, right = self._transliteration.hear(one), self._transliteration.hear(other)
        if left is None or right is None:
            return False
        return self._transliteration.similarity(left, right, AUTOMATIC) >= AUTOMATIC

    def demonym(self, word: str, language: str) -> Entry | None:
        """The entry that an adjective stands for: امریکی is the United States."""
        demonym_of = self._demonym_of.get(language)
        return demonym_of(word) if demonym_of is not None else None

    def adjectives(self, words: Sequence[str], language: str) -> list[tuple[int, Entry]]:
        """The demonyms among words, each with its index."""
        demonym_of = self._demonym_of.get(language)
        if demonym_of is None:
            return []
        found = [(at, demonym_of(word)) for at, word in enumerate(words)]
        return [(at, entry) for at, entry in found if entry is not None]

    @cached_property
    def _demonym_of(self) -> Mapping[str, Callable[[str], Entry | None]]:
        """Looks a word up, by language; remembered, as words come up again and again."""
        return {
            language: lru_cache(maxsize=_REMEMBERED)(partial(_first, known))
            for language, known in self._demonyms.items()
        }

    def demonyms(self, language: str) -> frozenset[str]:
        """The keys of all demonyms of a language, in lower case."""
        return self._folded.get(language, frozenset())

    @cached_property
    def _folded(self) -> dict[str, frozenset[str]]:
        return {
            language: frozenset(made.casefold() for made in known)
            for language, known in self._demonyms.items()
        }

    def named(self, name: str) -> Entry | None:
        """The entry with that canonical name."""
        return self._by_name.get(name)

    def mentions(self, words: Sequence[str], language: str) -> list[tuple[int, int, Entry]]:
        """Known names among the words of a text: ``(start, end, entry)``, half-open indexes.

        The longest name wins at each place, and those found do not overlap. Words that are
        wholly in lower case name nobody in a script that has capitals.
        """
        return list(self._mentions(tuple(words), language))

    @cached_property
    def _mentions(self) -> Callable[[tuple[str, ...], str], Sequence[tuple[int, int, Entry]]]:
        """Remembers a few articles' sentences: speakers and terms ask for the same ones."""
        return lru_cache(maxsize=_SENTENCES)(self._read_mentions)

    def _read_mentions(
        self, words: tuple[str, ...], language: str
    ) -> Sequence[tuple[int, int, Entry]]:
        opens = self._opens.get(language)
        if opens is None:
            return ()
        found: list[tuple[int, int, Entry]] = []
        for start in [at for at, word in enumerate(words) if opens(word)]:
            if not found or found[-1][1] <= start:
                known = self._longest(words, start, language)
                if known is not None:
                    found.append((start, *known))
        return tuple(found)

    @cached_property
    def _opens(self) -> Mapping[str, Callable[[str], bool]]:
        """Whether a word may begin a name, by language; remembered for each word."""

        def told(prefixes: frozenset[str]) -> Callable[[str], bool]:
            return lru_cache(maxsize=_REMEMBERED)(lambda word: key(word).casefold() in prefixes)

        return {language: told(prefixes) for language, prefixes in self._prefixes.items()}

    def _longest(
        self, words: tuple[str, ...], start: int, language: str
    ) -> tuple[int, Entry] | None:
        """Where the longest name that begins at ``start`` ends, and whose it is."""
        names, prefixes = self._names[language], self._prefixes[language]
        ambiguous = self._ambiguous.get(language, frozenset())
        best: tuple[int, Entry] | None = None
        joined = ""
        for end in range(start + 1, len(words) + 1):
            made = key(words[end - 1])
            joined += made
            folded = joined.casefold()
            if not made or folded not in prefixes:
                break
            entry = names.get(joined) or names.get(folded)
            if entry is None or joined in ambiguous or " ".join(words[start:end]).islower():
                continue
            best = (end, entry)
        return best

    def holder(self, title: str, of: str, on: date | None) -> Entry | None:
        """Who holds the office on a day; None where nobody or more than one is known to."""
        holders = [
            entry
            for entry in self.entries
            for role in entry.roles
            if role.title == title and role.of == of and role.held(on)
        ]
        return holders[0] if len(holders) == 1 else None


def load_gazetteer(config: Path, languages: Sequence[str] | None = None) -> Gazetteer:
    """``speakers.yaml`` of a configuration folder, with the countries of CLDR.

    ``languages`` (default: those that the file names) are the languages whose names of countries
    are taken from CLDR, by way of Babel.

    Raises ConfigError for a file that is wrong, for a name that two entries have, for a role or
    seat of somebody whom the file does not know, and for a language that CLDR does not know.
    """
    path = config / "speakers.yaml"
    file = load(path, _GazetteerFile)
    chosen = file.languages if languages is None else tuple(languages)
    countries = _countries(path, chosen)
    taken = {entry.territory for entry in file.speakers if entry.territory}
    entries = tuple(_complete(entry, countries) for entry in file.speakers) + tuple(
        Entry(name=names[_CANONICAL][0], kind=SpeakerKind.STATE, names=names, territory=code)
        for code, names in countries.items()
        if code not in taken
    )
    listed = len(file.speakers)
    transliteration = load_transliteration(config)
    by_name = {entry.name: entry for entry in entries}
    _refuse_unknown(path, file.speakers, by_name)
    names = _index(path, entries, listed, "names")
    return Gazetteer(
        entries=entries,
        _names=names,
        _demonyms=_index(path, entries, listed, "demonyms"),
        _ambiguous={
            language: frozenset(key(word) for word in words)
            for language, words in file.ambiguous.items()
        },
        _by_name=MappingProxyType(by_name),
        _people=_people(entries, transliteration),
        _transliteration=transliteration,
        latin=load_latin_names(config),
        _prefixes={
            language: frozenset(k[:n].casefold() for k in keys for n in range(1, len(k) + 1))
            for language, keys in names.items()
        },
    )


def _people(entries: Iterable[Entry], transliteration: Transliteration) -> NameIndex[str]:
    index: NameIndex[str] = NameIndex(transliteration)
    for entry in entries:
        if entry.kind is SpeakerKind.PERSON:
            for name in dict.fromkeys(name for known in entry.names.values() for name in known):
                if len(tokens(name)) >= _FULL:
                    index.add(entry.name, name)
    return index


def _first(index: Mapping[str, Entry], name: str) -> Entry | None:
    for made in lookups(name):
        if made and made in index:
            return index[made]
    return None


def _countries(path: Path, languages: Iterable[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Names of countries by territory code and language; always with the English one."""
    names: dict[str, dict[str, tuple[str, ...]]] = {}
    for language in dict.fromkeys((*languages, _CANONICAL)):
        try:
            territories = Locale.parse(language).territories
        except (UnknownLocaleError, ValueError):
            raise ConfigError(f"{path}: languages: CLDR knows no language {language!r}") from None
        for code, name in territories.items():
            if len(code) == 2 and code not in _NO_COUNTRY:
                # "Myanmar (Burma)": each of the two is a name.
                parts = [part.strip(" )") for part in str(name).split("(")]
                names.setdefault(code, {})[language] = tuple(part for part in parts if part)
    return {code: by_language for code, by_language in names.items() if _CANONICAL in by_language}


def _complete(entry: Entry, countries: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Entry:
    """The entry with its spellings written out and CLDR's names after its own."""
    cldr = countries.get(entry.territory or "", {})
    names = {
        language: tuple(
            dict.fromkeys(
                (
                    *(s for n in entry.names.get(language, ()) for s in spellings(n)),
                    *cldr.get(language, ()),
                )
            )
        )
        for language in dict.fromkeys((*entry.names, *cldr))
    }
    demonyms = {
        language: tuple(s for n in words for s in spellings(n))
        for language, words in entry.demonyms.items()
    }
    return entry.model_copy(update={"names": names, "demonyms": demonyms})


def _index(path: Path, entries: Sequence[Entry], listed: int, field: str) -> _Index:
    """Entries by language and key. The first ``listed`` are the file's own and must differ."""
    index: dict[str, dict[str, Entry]] = {}
    for number, entry in enumerate(entries):
        for language, spelled in getattr(entry, field).items():
            keys = index.setdefault(language, {})
            for name in spelled:
                other = keys.setdefault(key(name), entry)
                if other is not entry and number < listed:
                    raise ConfigError(
                        f"{path}: {name!r} is listed for both {other.name!r} and {entry.name!r}; "
                        "remove it from one"
                    )
    return MappingProxyType(index)


def _refuse_unknown(path: Path, entries: Iterable[Entry], known: Mapping[str, Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.name in seen:
            raise ConfigError(f"{path}: two speakers are named {entry.name!r}; join them")
        seen.add(entry.name)
        for name in (entry.speaks_for, *(role.of for role in entry.roles)):
            if name is not None and name not in known:
                raise ConfigError(
                    f"{path}: {entry.name}: {name!r} is no speaker of this file; add it or "
                    "correct its name"
                )
