"""What is wrong with what was found in a case, in a few words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from benchmarks.field_cases.cases import Case, Places, Said
from benchmarks.field_cases.files import files_of
from claims.config.settings import config_folder, load_pipeline
from claims.model import Analysed, Article, Claim, Spans
from claims.pipeline.analyser import Analyser

_LONG = 4
"""Words from which on what an outlet says itself can be told to be what somebody else says."""

_OPENERS = {"that"}
"""What may open a content, or be left out of it."""

_NO_NAME = {"نے", "کہا", "کہنا"}
"""What no name of a source holds."""

Words = tuple[str, ...]


@cache
def analyser() -> Analyser:
    """As the shipped configuration makes it; models are loaded with the first article."""
    folder = config_folder()
    return Analyser(folder, load_pipeline(folder))


def claims_of(cases: Sequence[Case]) -> list[str | None]:
    """What is wrong with each case, None where nothing is; all cases are read in one go."""
    found, failures = analyser().analyse([_article(case) for case in cases])
    if failures:
        raise AssertionError(failures[0].reason)
    return [next(_wrong(*each), None) for each in zip(cases, found, strict=True)]


CHECKS: dict[str, Callable[[Sequence[Case]], list[str | None]]] = {
    "claims": claims_of,
    "files": files_of,
}
"""What checks the cases of a kind, by the name that its table gives in ``check``."""


def _article(case: Case) -> Article:
    digest = hashlib.sha256(case.words.encode()).hexdigest()
    return Article(
        article_id=digest[:16],
        outlet="The Observer",
        language=case.language,
        content_hash=digest,
        text=case.words,
    )


def _wrong(case: Case, found: Analysed) -> Iterator[str]:
    text = case.words
    said = [claim for claim in found.claims if _asserted(claim)]
    own = [_cut(text, each.attribution.content) for each in found.statements if _asserted(each)]
    used: set[str] = set()
    for expected in case.claims:
        right = _right(expected, said, text)
        if not right and not expected.optional:
            yield f"not found: {expected.by}"
        used |= {claim.claim_id for claim in right}
    if not case.others:
        for claim in said:
            if claim.claim_id not in used:
                name = " ".join(_cut(text, claim.attribution.source or ()))
                yield f"besides: [{name}] {' '.join(_cut(text, claim.attribution.content))}"
    quiet = [*case.own_not, *case.nobody, *(each.says for each in case.claims)]
    for phrase in quiet:
        sought = _cut(text, phrase)
        for statement in own:
            if _holds(statement, sought) or (len(statement) >= _LONG and _holds(sought, statement)):
                yield f"the outlet's own: {' '.join(statement)}"
    for claim in said:
        content = _cut(text, claim.attribution.content)
        source = _cut(text, claim.attribution.source or ())
        if any(_holds(content, _cut(text, each)) for each in case.nobody):
            yield f"said by {' '.join(source)}: {' '.join(content)}"
        if any(content == _cut(text, each) for each in case.never):
            yield f"a content of its own: {' '.join(content)}"
        if any(_holds(source, _cut(text, each)) for each in case.silent):
            yield f"a source: {' '.join(source)}"


def _asserted(claim: Claim) -> bool:
    return getattr(claim.attribution, "modality", "asserted") == "asserted"


def _right(expected: Said, said: Sequence[Claim], text: str) -> list[Claim]:
    """The claims that are what is expected; several only where it may be split."""
    words = _bare(_cut(text, expected.says))
    near = [claim for claim in said if _by(expected, claim, text) and _as(expected, claim)]
    for claim in near:
        content = _bare(_cut(text, claim.attribution.content))
        if content == words and (not expected.turned or _turned(claim)):
            return [claim]
        if expected.turned and content[-len(words) :] == words and len(content) > len(words):
            return [claim]
    if expected.split:
        inside = [each for each in near if _holds(words, _cut(text, each.attribution.content))]
        inside.sort(key=lambda claim: claim.attribution.content[0].start)
        spans = tuple(span for claim in inside for span in claim.attribution.content)
        if inside and _cut(text, tuple(dict.fromkeys(spans))) == words:
            return inside
    return []


def _bare(words: Words) -> Words:
    return words[1:] if words[:1] and words[0] in _OPENERS else words


def _by(expected: Said, claim: Claim, text: str) -> bool:
    if expected.by is None:
        return claim.speaker is None and claim.attribution.source is None
    source = _cut(text, claim.attribution.source or ())
    if _NO_NAME.intersection(source):
        return False
    names = " ".join(source)
    if claim.speaker is not None:
        spelled = (name for names in claim.speaker.names.values() for name in names)
        names = " ".join((names, *_words(claim.speaker.name), *_words(" ".join(spelled))))
    return all(word in names.split() for word in _words(expected.by))


def _as(expected: Said, claim: Claim) -> bool:
    if expected.stance and claim.attribution.stance.value not in expected.stance.split("|"):
        return False
    if expected.name and (claim.speaker is None or claim.speaker.name != expected.name):
        return False
    if "via" not in expected.model_fields_set:
        return True
    name = claim.via.name if claim.via is not None else None
    spelled = " ".join(n for each in (claim.via.names.values() if claim.via else ()) for n in each)
    if expected.via is None:
        return name is None
    return name is not None and set(_words(expected.via)) <= set(_words(f"{name} {spelled}"))


def _turned(claim: Claim) -> bool:
    return claim.attribution.negated or claim.attribution.stance.value in {"deny", "decline"}


def _holds(whole: Words, part: Words) -> bool:
    """Whether ``part`` stands in ``whole``, word after word."""
    return bool(part) and any(
        whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1)
    )


def _cut(text: str, places: str | Places | Spans) -> Words:
    """The words of a phrase, or of places in a text."""
    if isinstance(places, str):
        return _words(places)
    pairs = ((p.start, p.end) if not isinstance(p, tuple) else p for p in places)
    return _words(" ".join(text[start:end] for start, end in pairs))


def _words(text: str) -> Words:
    return tuple(re.findall(r"\w+(?:['’]\w+)*", text.casefold()))
