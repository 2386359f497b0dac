"""Who does what a verb says, by the parser's relations."""

from __future__ import annotations

from claims.attribution.rules.dependency.tree import Tree
from claims.attribution.rules.text import Text
from claims.model import Span, Word

_LOOSE = frozenset({"parataxis", "discourse", "vocative", "appos:loose"})


def subject(text: Text, tree: Tree, verb: Word) -> Span | None:
    """The phrase of the verb's subject: its own, the one it shares with the verb it is coordinated
    to or depends on, or the noun that its relative clause stands by. None where there is none.

    Every frame of a verb asks for it; it is looked for once.
    """
    if verb.index not in tree.subjects:
        tree.subjects[verb.index] = _subject(text, tree, verb)
    return tree.subjects[verb.index]


def _subject(text: Text, tree: Tree, verb: Word) -> Span | None:
    seen: set[int] = set()
    word: Word | None = verb
    while word is not None and word.index not in seen:
        seen.add(word.index)
        own = tree.children(word, "nsubj", "nsubj:outer")
        if own:
            return _titled(text, own, _phrase(text, tree, _nearest(own, verb), verb))
        if tree.children(word, "nsubj:pass") and word is not verb:
            return _phrase(text, tree, tree.children(word, "nsubj:pass")[0], verb)
        if word.deprel in {"acl", "acl:relcl"}:
            noun = tree.head(word)
            if noun is None or noun.upos not in {"NOUN", "PROPN", "PRON"}:
                return None
            return tree.hull(text, tree.subtree(noun, without={word.index}))
        if word.deprel not in {"conj", "advcl", "xcomp", "parataxis", "ccomp"}:
            return None
        if word.deprel in {"parataxis", "ccomp"} and word is verb:
            return None
        word = tree.head(word)
    return None


def _nearest(own: list[Word], verb: Word) -> Word:
    """The subject before the verb; after it only where none stands before («said the minister»),
    for a second one there is the subject of what is said."""
    before = [each for each in own if each.index < verb.index]
    return before[-1] if before else own[0]


def _titled(text: Text, own: list[Word], phrase: Span | None) -> Span | None:
    """The phrase with the noun right before it, where the parser made subjects of both: one of the
    two is a title («spokesman | Nasser Kanaani said»)."""
    for each in own:
        if phrase is not None and each.upos == "NOUN" and each.end < phrase.start:
            between = text.text[each.end : phrase.start]
            if between.isspace():
                return text.content(each.start, phrase.end)
    return phrase


def _phrase(text: Text, tree: Tree, noun: Word, verb: Word) -> Span | None:
    if noun.upos == "PRON" and noun.deprel == "nsubj":
        relative = _antecedent(text, tree, noun, verb)
        if relative is not None:
            return relative
    loose = {child.index for child in tree.children(noun) if _stands_beside(text, tree, child)}
    numbers = tree.subtree(noun, without=loose | {verb.index})
    # a clause that the parser hung on the name on the verb's other side is not part of it
    numbers = {n for n in numbers if (n < verb.index) == (noun.index < verb.index)}
    return tree.hull(text, numbers)


def _stands_beside(text: Text, tree: Tree, child: Word) -> bool:
    """Whether a part of a noun phrase is none of its name: «US media, citing two officials,»."""
    before = tree.words.get(child.index - 1)
    apart = before is not None and before.upos == "PUNCT"
    return child.deprel in _LOOSE or (apart and child.text.lower() in text.grammar.quoting)


def _antecedent(text: Text, tree: Tree, pronoun: Word, verb: Word) -> Span | None:
    clause = tree.head(pronoun)
    if clause is None or clause.deprel != "acl:relcl" or "PronType=Rel" not in pronoun.feats:
        return None
    noun = tree.head(clause)
    if noun is None:
        return None
    return tree.hull(text, tree.subtree(noun, without={clause.index}))


def agent(tree: Tree, verb: Word) -> set[int]:
    """Numbers of the words of a passive's agent (by X), its preposition left out; may be empty."""
    for child in tree.children(verb, "obl:agent"):
        cases = {case.index for case in tree.children(child, "case")}
        return tree.subtree(child) - cases
    return set()
