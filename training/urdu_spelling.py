"""UDTB's spelling brought to that of newspapers, word by word and tree by tree.

UDTB writes a medial ے where everybody writes ی (مےں for میں), joins the words of a compound with
``_`` or a zero-width non-joiner, and writes a future form as one word (جائیگا). Newspapers write
جائے گا: two words, so two nodes in the tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from claims.language.normalisation import Spelling, normalise
from training.conllu import Token, Tree

_MEDIAL_BARI_YE = re.compile("ے(?=[\u0621-\u06d1])")
_FUTURE = re.compile("^(.+?)_?(گا|گی|گے)$")
_FUTURE_STEM = re.compile("(ے|یں|وں|ی)$")
_GLUED = re.compile("^(بے|رائے|سرمائے)(?=[\u0621-\u06d1])(.{2,})$")
_VERBS = frozenset({"VM", "VAUX"})
_PART_OF_COMPOUND = {"NN": "NNC", "NNP": "NNPC", "JJ": "JJC"}


def word_speller(spelling: Spelling) -> Callable[[str], str]:
    """How a word is spelled for the model: its characters replaced, a medial ے made ی."""
    characters = Spelling(characters=spelling.characters)

    def spell(word: str) -> str:
        return _MEDIAL_BARI_YE.sub("ی", normalise(word, characters).text)

    return spell


@dataclass(frozen=True, slots=True)
class Parts:
    """The words that a joined word stands for, and whether the last one is a future ending."""

    forms: tuple[str, ...]
    future: bool = False


def parts(form: str, xpos: str) -> Parts:
    """Take a word of UDTB apart: ``کریں_گے`` and ``جائیگا`` at the ending, others at ``_``."""
    form = form.replace("\u200c", "_")
    match = _FUTURE.match(form) if xpos in _VERBS else None
    if match and match[1] not in ("لگ", "ما"):
        stem = match[1].rstrip("_")
        if _FUTURE_STEM.search(stem):
            if stem.endswith("ی") and "_" not in form and not form.startswith("ہوئ"):
                stem = stem[:-1] + "ے"  # جائیگا is جائے گا
            return Parts((stem, match[2]), future=True)
    pieces: list[str] = []
    for piece in form.split("_"):
        glued = _GLUED.match(piece)
        pieces += [glued[1], glued[2]] if glued and len(form) > 4 else [piece]
    return Parts(tuple(piece for piece in pieces if piece) or (form,))


def respell(tree: Tree, spell: Callable[[str], str]) -> Tree:
    """A tree of UDTB with its joined words taken apart and every word spelled by ``spell``.

    The last word of a compound keeps the place in the tree and the others hang on it as
    ``compound``; a verb keeps it before its future ending, which becomes an auxiliary.
    """
    taken = [parts(token.form, token.xpos) for token in tree.tokens]
    places: dict[int, int] = {0: 0}
    count = 0
    for old, own in enumerate(taken, 1):
        places[old] = count + (1 if own.future else len(own.forms))
        count += len(own.forms)
    tokens: list[Token] = []
    for token, own in zip(tree.tokens, taken, strict=True):
        outer = replace(token, head=places[token.head])
        if own.future:
            tokens += _future(outer, own.forms, len(tokens) + 1)
        else:
            tokens += _compound(outer, own.forms, len(tokens) + len(own.forms))
    spelled = (replace(t, form=spell(t.form), lemma=spell(t.lemma)) for t in tokens)
    return Tree(tuple(spelled), tree.begins)


def _compound(token: Token, forms: Sequence[str], place: int) -> list[Token]:
    lemmas = token.lemma.replace("\u200c", "_").split("_")
    if len(forms) == 1 or len(lemmas) != len(forms):
        lemmas = [*forms[:-1], token.lemma if len(forms) == 1 else lemmas[-1]]
    result = []
    for form, lemma in zip(forms[:-1], lemmas, strict=False):
        joins = form == "و"  # آب و ہوا
        result.append(
            Token(
                form=form,
                lemma=lemma,
                upos="CCONJ" if joins else token.upos,
                xpos="CC" if joins else _PART_OF_COMPOUND.get(token.xpos, token.xpos),
                feats="_" if joins or token.upos in ("ADV", "ADP", "CCONJ") else token.feats,
                head=place,
                deprel="compound",
            )
        )
    return [*result, replace(token, form=forms[-1], lemma=lemmas[-1])]


def _future(token: Token, forms: Sequence[str], place: int) -> list[Token]:
    stem, ending = forms
    lemma = token.lemma.split("_")[0]
    if not lemma.endswith("نا"):
        lemma = re.sub("(یں|ے|ی)?_?(گا|گی|گے)$", "", lemma)
    own = dict(pair.split("=") for pair in token.feats.split("|") if "=" in pair)
    feats: dict[str, str] = {key: own[key] for key in own if key in ("Gender", "Number")}
    feats |= {
        "گا": {"Gender": "Masc", "Number": "Sing"},
        "گی": {"Gender": "Fem", "Number": feats.get("Number", "Sing")},
        "گے": {"Gender": "Masc", "Number": "Plur"},
    }[ending]
    feats["Tense"] = "Fut"
    auxiliary = Token(
        form=ending,
        lemma="گا",
        upos="AUX",
        xpos="VAUX",
        feats="|".join(f"{key}={feats[key]}" for key in sorted(feats)),
        head=token.head if token.upos == "AUX" else place,
        deprel="aux",
        space_after=token.space_after,
    )
    return [replace(token, form=stem, lemma=lemma, space_after=True), auxiliary]
