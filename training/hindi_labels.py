"""HDTB's labels (Universal Dependencies v1) in UDTB's terms (v2)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from training.conllu import Token, Tree
from training.transliteration import Transliterator

_RELATIONS = {
    "dobj": "obj",
    "auxpass": "aux",
    "nsubjpass": "nsubj",
    "neg": "advmod",
    "vocative": "dep",
}
_BARE = frozenset({"RP", "CC", "NEG", "SYM", "RB"})
_NUMBERS = frozenset({"QC", "QCC"})
_VERBS = frozenset({"VM", "VAUX"})
_GENITIVE = frozenset({"का", "के", "की"})
_WAS = frozenset({"था", "थे", "थी", "थीं"})
_RELATIVE = ("जो", "जिस", "जिन", "जब", "जहां", "जहाँ", "जैसे", "जैसा", "जितन", "जिन्ह")
_ASPECTS = {
    "Ya": "Aspect=Perf|VerbForm=Part",
    "Ya1": "Aspect=Perf|VerbForm=Part",
    "He": "Mood=Ind|Tense=Pres|VerbForm=Fin",
    "Na": "VerbForm=Inf",
    "Wa": "Aspect=Imp|VerbForm=Part",
    "Ga": "Mood=Ind|Tense=Fut|VerbForm=Fin",
    "Em": "Mood=Sub|VerbForm=Fin",
    "Ao": "Mood=Imp|VerbForm=Fin",
}
_VALUES = {
    "Case": {"D": "Nom", "O": "Acc"},
    "Gender": {"M": "Masc", "F": "Fem"},
    "Number": {"Sg": "Sing", "Pl": "Plur"},
}


def features(text: str) -> dict[str, str]:
    """``A=b|C=d`` as a dictionary; empty for ``_``."""
    return dict(pair.split("=", 1) for pair in text.split("|") if "=" in pair)


def bundle(values: dict[str, str]) -> str:
    """A dictionary as ``A=b|C=d``, sorted by name; ``_`` for an empty one."""
    return "|".join(f"{key}={values[key]}" for key in sorted(values, key=str.lower)) or "_"


def relabel(tree: Tree) -> Tree:
    """A tree of HDTB with UDTB's relations and features, its words still in Devanagari."""
    children: dict[int, list[tuple[int, Token]]] = defaultdict(list)
    for place, token in enumerate(tree.tokens, 1):
        children[token.head].append((place, token))
    tokens = []
    for place, token in enumerate(tree.tokens, 1):
        own = [child for _, child in children[place]]
        head = token.head
        if token.deprel == "cc":  # v2 hangs a conjunction on the conjunct that follows it
            after = [at for at, child in children[head] if child.deprel == "conj" and at > place]
            head = min(after, default=head)
        passive = token.xpos == "VM" and any(child.deprel == "auxpass" for child in own)
        tokens.append(
            replace(
                token,
                form=token.form.replace("COMMA", ","),
                upos="CCONJ" if token.upos == "CONJ" else token.upos,
                feats=_features(token, passive),
                head=head,
                deprel=_relation(token, own, tree, children),
            )
        )
    return Tree(tuple(tokens), tree.begins)


def carry(tree: Tree, transliterator: Transliterator) -> Tree:
    """A relabelled tree in Urdu script, spaced as print is; futures stay one word with ``_``."""
    tokens = []
    for token in tree.tokens:
        form = token.form
        ending = {"गा": "گا", "गे": "گے", "गी": "گی"}.get(form[-2:])
        if token.xpos in _VERBS and ending and len(form) > 3 and "Tense=Fut" in token.feats:
            stem = transliterator.carry(form[:-2])
            form = stem + ending if stem == "ہو" else f"{stem}_{ending}"
        else:
            form = transliterator.carry(form).strip("_")
        form = form or "-"
        tokens.append(replace(token, form=form, lemma=form, space_after=True))
    closing = frozenset(["۔", "،", "؟", "!", ":", ")", "؛"])
    for place, after in enumerate(tokens[1:]):
        if after.form in closing:
            tokens[place] = replace(tokens[place], space_after=False)
    return Tree(tuple(tokens), tree.begins)


def _relation(
    token: Token,
    own: list[Token],
    tree: Tree,
    children: dict[int, list[tuple[int, Token]]],
) -> str:
    relation = _RELATIONS.get(token.deprel, token.deprel)
    head = tree.tokens[token.head - 1] if token.head else None
    if relation == "nmod" and head is not None:
        cases = [child.form for child in own if child.deprel == "case"]
        genitive = len(cases) == 1 and cases[0] in _GENITIVE
        predicate = head.upos in ("VERB", "AUX") or any(
            child.deprel == "cop" for _, child in children[token.head]
        )
        if head.upos == "VERB" or (predicate and not genitive):
            relation = "obl"
    if relation == "obl" and token.upos == "ADV":
        return "advmod"
    if relation == "acl" and token.xpos == "VM":
        relative = any(
            child.form.startswith(_RELATIVE) and child.xpos in ("PRP", "DEM") for child in own
        )
        return "acl:relcl" if relative else "acl"
    return relation


def _features(token: Token, passive: bool) -> str:
    if token.xpos in _NUMBERS:
        return "NumType=Card"
    if token.xpos in _BARE:
        return "_"
    given = features(token.feats)
    own = {key: values[given[key]] for key, values in _VALUES.items() if given.get(key) in values}
    person = given.get("Person", "Any")
    if person != "Any":
        if person[-1] in "Hh":
            own["Polite"] = "Form"
        own["Person"] = person[0]
    if token.xpos == "PSP" or (token.xpos == "NST" and token.upos == "ADP"):
        own["AdpType"] = "Post"
    if token.xpos in ("PRP", "DEM"):
        own["PronType"] = "Prs" if token.xpos == "PRP" else "Dem"
    if token.xpos in _VERBS:
        own = _verb(token, given, own)
        if token.xpos == "VM" and "Stype" in given:
            own["Voice"] = "Pass" if passive else "Act"
    return bundle(own)


def _verb(token: Token, given: dict[str, str], own: dict[str, str]) -> dict[str, str]:
    if given.get("Aspect") == "Na":
        own = {key: value for key, value in own.items() if key == "Case"}
    own |= features(_ASPECTS.get(given.get("Aspect", ""), ""))
    if token.form in _WAS:
        own = {key: value for key, value in own.items() if key in ("Gender", "Number", "Person")}
        own |= {"Mood": "Ind", "Tense": "Past", "VerbForm": "Fin"}
    return own
