"""The cue lexicon: what a linguist writes down about a language's ways to attribute."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from claims.attribution.rules.speech import Speech
from claims.attribution.rules.stance import StanceData
from claims.config.yaml_file import Checked, load, pattern
from claims.errors import ConfigError
from claims.model import Pattern, Stance, Word

Frame = Literal[
    "clause",  # X said (that) C
    "bare",  # X said C: no complementiser, the clause follows the cue
    "impersonal",  # it is rumoured that C; reports of C go round (in X)
    "disclosed",  # C came to light, reports of C go round
    "infinitive",  # X promised to C
    "object",  # X denied C
    "oblique",  # X talked about C
    "predicate",  # X called A B: both are content
    "quotation",  # "C", X said
    "passive",  # C was reported (by X); it was said that C
    "according",  # according to X, C
    "genitive",  # X's claim that C
]
"""How a cue's source and content stand to it. Not every frame fits every cue."""


Letter = Annotated[str, Field(min_length=1, max_length=1)]
"""One character."""


class Cue(Checked):
    """One entry: an expression that attributes.

    ``words`` are the lemmas (or forms) that make the cue, apart by spaces, the head last in a
    head-final language and first in a head-initial one. ``verbs`` are light verbs one of which
    must carry the cue (دعویٰ + کرنا). ``prepositions`` narrow the frame ``oblique``.
    ``by_verb`` gives another stance with certain light verbs. ``confidence`` is the share of
    matches that are attributions, where it was counted. ``sourced`` cues attribute only where
    somebody is named (تحقیق سے معلوم ہوا, not بعد میں معلوم ہوا). ``takes`` are the markers one of
    which must stand before the cue in the frame ``object`` (جنگ بندی کا | اعلان).
    """

    words: str
    stance: Stance
    frames: tuple[Frame, ...] = ("clause", "quotation")
    verbs: tuple[str, ...] = ()
    prepositions: tuple[str, ...] = ()
    pos: tuple[str, ...] = ()
    sourced: bool = False
    takes: tuple[str, ...] = ()
    example: str | None = None
    confidence: float = Field(default=0.8, ge=0, le=1)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The words of the cue in their order."""
        return tuple(self.words.split())


Alike = Mapping[int, Cue]
"""Cues that match in the same places, as they differ in their frames, by number in the lexicon."""


class Grammar(Checked):
    """What the frames need to know of a language. Relations and tags are Universal Dependencies'.

    ``marking: postposition`` means that the words after a noun phrase tell its role (Urdu,
    Hindi, Punjabi): phrases are read leftwards from their marker. ``marking: dependency`` means
    that the parser's relations tell it (English, most others).
    """

    marking: Literal["postposition", "dependency"]
    complementisers: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    auxiliaries: tuple[str, ...] = ()
    subject_markers: tuple[str, ...] = ()
    genitive_markers: tuple[str, ...] = ()
    experiencer_markers: tuple[str, ...] = ()
    object_markers: tuple[str, ...] = ()
    locative_markers: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    demonstratives: tuple[str, ...] = ()
    anaphors: tuple[str, ...] = ()
    resumptives: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()
    not_in_source: tuple[str, ...] = ()
    not_a_source: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    citing: tuple[str, ...] = ()
    passive_auxiliaries: tuple[str, ...] = ()
    participles: tuple[str, ...] = ()
    participles_after_case: tuple[str, ...] = ()
    continuing: tuple[str, ...] = ()
    withholding: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    consequents: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    not_documents: tuple[str, ...] = ()
    openers: tuple[str, ...] = ()
    linkers: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()
    fused: tuple[str, ...] = ()
    ablative_markers: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    quoting: tuple[str, ...] = ()
    self_words: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    boilerplate: tuple[Annotated[str, AfterValidator(pattern)], ...] = ()
    stamps: tuple[Annotated[str, AfterValidator(pattern)], ...] = ()
    endings: tuple[Annotated[str, AfterValidator(pattern)], ...] = ()
    tenses: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    experiencers: tuple[str, ...] = ()
    conditionals: tuple[str, ...] = ()
    adverbials: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    direct: tuple[str, ...] = ()
    progressives: tuple[str, ...] = ()
    passive_infinitives: tuple[str, ...] = ()
    inflection: tuple[tuple[str, str], ...] = ()
    letters: dict[Letter, Letter] = Field(default_factory=dict)
    speech: Speech = Speech()

    def levelled(self, text: str) -> str:
        """A text with the letters of the language where others were typed for them (``letters``);
        every character keeps its place."""
        table = str.maketrans(self.letters)
        return text.translate(table) if table else text

    @cached_property
    def quoting_parts(self) -> dict[str, list[list[str]]]:
        """``quoting``, each as its words, by the first of them."""
        found: dict[str, list[list[str]]] = {}
        for parts in (expression.split() for expression in self.quoting):
            found.setdefault(parts[0], []).append(parts)
        return found

    @cached_property
    def boilerplate_patterns(self) -> tuple[re.Pattern[str], ...]:
        """``boilerplate`` as expressions."""
        return tuple(map(re.compile, self.boilerplate))

    @cached_property
    def stamp_patterns(self) -> tuple[re.Pattern[str], ...]:
        """``stamps`` as expressions."""
        return tuple(map(re.compile, self.stamps))

    @cached_property
    def ending_patterns(self) -> tuple[re.Pattern[str], ...]:
        """``endings`` as expressions."""
        return tuple(map(re.compile, self.endings))


class Lexicon(Checked):
    """``config/cues/<language>.yaml``; ``stances`` come from ``config/stances/<language>.yaml``."""

    language: str
    grammar: Grammar
    cues: tuple[Cue, ...]
    stances: StanceData = StanceData()

    @model_validator(mode="after")
    def _no_cue_twice(self) -> Lexicon:
        seen: set[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = set()
        for cue in self.cues:
            key = (cue.words, cue.verbs, cue.pos, tuple(sorted(cue.frames)))
            if key in seen:
                raise ValueError(f"the cue {cue.words!r} stands here twice with the same frames")
            seen.add(key)
        return self

    @cached_property
    def by_first_word(self) -> dict[str, tuple[Cue, ...]]:
        """Cues by the first of their words; longer ones first."""
        index: dict[str, list[Cue]] = {}
        for cue in sorted(self.cues, key=lambda cue: -len(cue.parts)):
            index.setdefault(cue.parts[0], []).append(cue)
        return {word: tuple(cues) for word, cues in index.items()}

    @cached_property
    def opened_by(self) -> Callable[[str, str], tuple[Alike, ...]]:
        """The cues whose first word matches a form with its lemma; remembered, as words come up
        again and again."""
        index: dict[str, dict[tuple[str, ...], dict[int, Cue]]] = {}
        for number, cue in enumerate(self.cues):
            by_form = index.setdefault(cue.parts[0], {})
            by_form.setdefault((*cue.parts, "", *cue.pos, "", *cue.verbs), {})[number] = cue

        @lru_cache(maxsize=1 << 16)
        def opened_by(text: str, lemma: str) -> tuple[Alike, ...]:
            return tuple(
                alike for key in self._keys(text, lemma) for alike in index.get(key, {}).values()
            )

        return opened_by

    def keys(self, word: Word) -> frozenset[str]:
        """What a cue's word may be written as to match ``word``: its form, its lemma, and its
        form without the endings of ``grammar.inflection`` (lemmatisers miss rare verbs)."""
        return self._keys(word.text, word.lemma)

    @cached_property
    def _keys(self) -> Callable[[str, str], frozenset[str]]:
        inflection = self.grammar.inflection

        @lru_cache(maxsize=1 << 16)
        def keys(text: str, lemma: str) -> frozenset[str]:
            form = text.lower()
            found = {form, lemma.lower()}
            for ending, put in inflection:
                if form.endswith(ending) and len(form) > len(ending) + 2:
                    stem = form[: len(form) - len(ending)]
                    found.add(stem + put)
                    if len(stem) > 2 and stem[-1] == stem[-2]:
                        found.add(stem[:-1] + put)
            return frozenset(found)

        return keys


PATTERNS: dict[Frame, Pattern] = {
    "clause": Pattern.CLAUSAL,
    "bare": Pattern.CLAUSAL,
    "impersonal": Pattern.CLAUSAL,
    "disclosed": Pattern.OBJECT,
    "infinitive": Pattern.CLAUSAL,
    "object": Pattern.OBJECT,
    "oblique": Pattern.OBJECT,
    "predicate": Pattern.OBJECT,
    "quotation": Pattern.QUOTATION,
    "passive": Pattern.CLAUSAL,
    "according": Pattern.ACCORDING,
    "genitive": Pattern.NOMINAL,
}
"""The public pattern of a frame."""


def load_lexicons(config: Path, languages: Sequence[str]) -> dict[str, Lexicon]:
    """``cues/<language>.yaml`` for each language, with its ``stances/<language>.yaml`` where there
    is one; raises ConfigError naming file, line and key."""
    lexicons: dict[str, Lexicon] = {}
    for language in languages:
        path = config / "cues" / f"{language}.yaml"
        lexicon = load(path, Lexicon)
        if lexicon.language != language:
            raise ConfigError(
                f"{path}, line 1: language: says {lexicon.language!r}, the file's name {language!r}"
            )
        turning = config / "stances" / f"{language}.yaml"
        if turning.is_file():
            lexicon = lexicon.model_copy(update={"stances": load(turning, StanceData)})
        lexicons[language] = lexicon
    return lexicons
