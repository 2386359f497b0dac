"""How a language refers to speakers: ``config/mentions/<language>.yaml``, checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, Field, field_validator

from claims.config.yaml_file import Checked, load
from claims.model import SpeakerKind
from claims.speakers.names import lookups, spellings

Gender = Literal["male", "female"]


class Pronoun(Checked):
    """Forms of one pronoun and whom it can stand for.

    ``refers`` maps each kind that it may refer to to how willingly (0 is neutral, less is worse);
    a kind that is not named is impossible. ``role: first`` is the one whose words are quoted,
    ``relative`` the noun that its clause hangs on, ``nobody`` is never resolved.
    """

    forms: tuple[str, ...]
    role: Literal["third", "first", "relative", "nobody"] = "third"
    number: Literal["singular", "plural", "either"] = "either"
    gender: Gender | None = None
    refers: dict[SpeakerKind, float] = Field(default_factory=dict)


class Title(Checked):
    """An office or occupation; ``title`` is its English name, which ``speakers.yaml`` uses.

    ``speaks``: whoever has it speaks for the body that it belongs to ("spokesperson").
    """

    title: str
    forms: tuple[str, ...]
    gender: Gender | None = None
    speaks: bool = False


class Noun(Checked):
    """A common noun for a voice. ``name`` is its English name in a composed one ("US officials");
    without one it is the form itself.

    ``kind`` holds where the noun is qualified, ``alone`` (default: the same) where it is not.
    ``title`` is the office of those whom a plural means together: "the senators". ``any_body``:
    after a body whose name says nothing of its sort, the noun may mean it (تنظیم after ریڈ کراس).
    ``sorts`` are the sorts of known bodies (``sort`` in ``speakers.yaml``) and the names of other
    nouns for bodies that it may mean: "the company" after a bank or a corporation.
    ``issued``: a document whose words are those of the body that it belongs to.
    """

    name: str = ""
    forms: tuple[str, ...]
    kind: SpeakerKind
    alone: SpeakerKind | None = None
    plural: bool = False
    title: str | None = None
    any_body: bool = False
    sorts: tuple[str, ...] = ()
    issued: bool = False

    def kind_of(self, qualified: bool) -> SpeakerKind:
        """The kind with or without a qualification."""
        return self.kind if qualified or self.alone is None else self.alone


class Honorific(Checked):
    """A word before a name that is no office ("Mr", محترمہ)."""

    forms: tuple[str, ...]
    gender: Gender | None = None


class GivenNames(Checked):
    """Given names that tell whether somebody is a man or a woman."""

    male: tuple[str, ...] = ()
    female: tuple[str, ...] = ()


_Formed = Pronoun | Title | Noun | Honorific


class MentionData(Checked):
    """One language's words for speakers; lookups by the key of the surface form.

    ``occupations`` are titles that are called what they are, or have their English beside them;
    ``surnames_too`` are those that many bear as a name (Baker), titles only before a given name.
    ``mastheads`` are common nouns with which names of papers begin ("Daily Globe"),
    ``body_endings`` words with which names of bodies end though they are no nouns for one ("Peabody
    Energy"). ``english`` has what words of descriptions are called, ``issuing`` words after which
    whoever issued a document has been named. ``naming`` stands between a name and what bears it,
    ``name_joins`` join the words of a body's name to the noun that it begins with, and
    ``title_joins`` may stand after the first word of a title ("minister for energy"). ``articles``,
    ``case_markers`` and ``clauses`` have words that are no part of a name, ``subject_pronouns``
    those that are none of a description either: ``claims doctor`` counts speakers that have them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    pronouns: tuple[Pronoun, ...] = ()
    titles: tuple[Title, ...] = ()
    occupations: tuple[str, ...] | dict[str, str] = ()
    surnames_too: tuple[str, ...] = ()
    mastheads: tuple[str, ...] = ()
    body_endings: tuple[str, ...] = ()
    nouns: tuple[Noun, ...] = ()
    honorifics: tuple[Honorific, ...] = ()
    conjunctions: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    head_after: tuple[str, ...] = ()
    head_before: tuple[str, ...] = ()
    subject_markers: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    indefinite: tuple[str, ...] = ()
    definite: tuple[str, ...] = ()
    epithets: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    genitives: tuple[str, ...] = ()
    issuing: tuple[str, ...] = ()
    naming: tuple[str, ...] = ()
    title_joins: tuple[str, ...] = ()
    name_joins: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    case_markers: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    subject_pronouns: tuple[str, ...] = ()
    english: dict[str, str] = Field(default_factory=dict)
    given_names: GivenNames = GivenNames()

    @field_validator("pronouns", "titles", "nouns", "honorifics")
    @classmethod
    def _listed_once(cls, listed: tuple[_Formed, ...]) -> tuple[_Formed, ...]:
        owner: dict[str, int] = {}
        for number, each in enumerate(listed):
            for form in each.forms:
                for made in _keys((form,)):
                    if owner.setdefault(made, number) != number:
                        raise ValueError(f"{form!r} is a form of two entries; keep it in one")
        return listed

    @cached_property
    def pronoun_of(self) -> dict[str, Pronoun]:
        """Pronouns by the key of their form."""
        return {k: p for p in self.pronouns for k in _keys(p.forms)}

    @cached_property
    def title_of(self) -> dict[str, Title]:
        """Titles by the key of their form."""
        listed = self.occupations
        named = listed.items() if isinstance(listed, dict) else zip(listed, listed, strict=True)
        occupations = (Title(title=title, forms=(form,)) for form, title in named)
        found = {k: t for t in occupations for k in _keys(t.forms)}
        offices = {
            k: title
            for title in self.titles
            for form in title.forms
            for join in self.title_joins
            if " " in form
            for k in _keys((form.replace(" ", f" {join} ", 1),))
        }
        return found | offices | {k: t for t in self.titles for k in _keys(t.forms)}

    @cached_property
    def noun_of(self) -> dict[str, Noun]:
        """Nouns by the key of their form."""
        return {
            k: n if n.name else n.model_copy(update={"name": form})
            for n in self.nouns
            for form in n.forms
            for k in _keys((form,))
        }

    @cached_property
    def honorific_of(self) -> dict[str, Honorific]:
        """Honorifics by the key of their form."""
        return {k: h for h in self.honorifics for k in _keys(h.forms)}

    @cached_property
    def gender_of(self) -> dict[str, Gender]:
        """Genders by the key of a given name; those listed for both are left out."""
        male, female = (
            frozenset(_keys(names)) for names in (self.given_names.male, self.given_names.female)
        )
        genders: dict[str, Gender] = dict.fromkeys(male - female, "male")
        return genders | dict.fromkeys(female - male, "female")

    @cached_property
    def english_of(self) -> dict[str, str]:
        """The English of words in descriptions, by key."""
        return {k: english for form, english in self.english.items() for k in _keys((form,))}

    @cached_property
    def quantities(self) -> frozenset[str]:
        """The keys of what is ignored and has several words ("a lot of")."""
        return frozenset(_keys(form for form in self.ignored if " " in form))

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """Every beginning, in lower case, of a title, noun, honorific or quantity."""
        known = (*self.title_of, *self.noun_of, *self.honorific_of, *self.quantities)
        return frozenset(k[:n].casefold() for k in known for n in range(1, len(k) + 1))

    @cached_property
    def listed(self) -> dict[str, frozenset[str]]:
        """The keys of each plain list of words, by the list's name."""
        return {
            name: frozenset(_keys(getattr(self, name)))
            for name in (
                "conjunctions",
                "skipped",
                "ignored",
                "head_after",
                "head_before",
                "subject_markers",
                "not_names",
                "former",
                "indefinite",
                "definite",
                "epithets",
                "letters",
                "genitives",
                "issuing",
                "naming",
                "name_joins",
                "articles",
                "case_markers",
                "clauses",
                "subject_pronouns",
                "surnames_too",
                "mastheads",
                "body_endings",
            )
        }

    def has(self, list_name: str, word: str) -> bool:
        """Whether ``word`` stands in one of the plain lists."""
        return list_name in self.lists_of(word)

    @cached_property
    def lists_of(self) -> Callable[[str], frozenset[str]]:
        """The names of the plain lists that a word stands in. Words come up again and again, so
        what was found is remembered."""

        nowhere: frozenset[str] = frozenset()
        names: dict[str, set[str]] = {}
        for name, listed in self.listed.items():
            for made in listed:
                names.setdefault(made, set()).add(name)

        @lru_cache(maxsize=1 << 16)
        def lists_of(word: str) -> frozenset[str]:
            found = [names[made] for made in lookups(word) if made in names]
            return frozenset(found[0].union(*found[1:])) if found else nowhere

        return lists_of


def load_mentions(config: Path, languages: Sequence[str]) -> dict[str, MentionData]:
    """``mentions/<language>.yaml`` of a configuration folder, by language.

    Raises ConfigError for a file that is missing or wrong.
    """
    return {
        language: load(config / "mentions" / f"{language}.yaml", MentionData)
        for language in languages
    }


def _keys(forms: Iterable[str]) -> Iterable[str]:
    for form in forms:
        for spelling in spellings(form):
            if made := lookups(spelling)[0]:
                yield made
