"""Nouns that attribute: X's claim that C, criticism of C, a report by X."""

from __future__ import annotations

from claims.attribution.rules.dependency.contents import complementisers, grown
from claims.attribution.rules.dependency.tree import Tree
from claims.attribution.rules.lexicon import Cue
from claims.attribution.rules.match import Reading
from claims.attribution.rules.match_cues import Found
from claims.attribution.rules.text import Text, joined
from claims.model import Span, Word


def read_nominal(text: Text, tree: Tree, found: Found, cue: Cue) -> Reading | None:
    """A noun with its possessor as source, and its clause or prepositional phrase as content."""
    noun = found.sentence.words[found.head]
    if noun.upos not in {"NOUN", "PROPN"}:
        return text.refused("the cue is no noun here; this frame wants one")
    source = _possessor(text, tree, noun, cue)
    if source is None:
        return text.refused("the noun has no possessor and no agent that could be the source")
    words = list(found.words)
    content: list[Span] = []
    for child in tree.children(noun, "acl", "ccomp"):
        if child.index > noun.index:
            content = tree.pieces(text, tree.subtree(child) - complementisers(text, tree, child))
            break
    if not content:
        for child in tree.children(noun, "nmod"):
            cases = tree.children(child, "case")
            if cases and cases[0].text.lower() in cue.prepositions:
                numbers = tree.subtree(child) - {case.index for case in cases}
                content = tree.pieces(text, numbers)
                if cases[0].index == words[-1].index + 1:
                    words.append(cases[0])
                break
    expression = text.span(words)
    if not content or expression is None:
        return text.refused("the noun has no clause and no phrase that could be the content")
    pieces = joined(grown(text, tree, content))
    return Reading(tree.sentence, cue, "genitive", (expression,), (source,), pieces)


def _possessor(text: Text, tree: Tree, noun: Word, cue: Cue) -> Span | None:
    for child in tree.children(noun, "nmod:poss"):
        cases = {case.index for case in tree.children(child, "case")}
        return tree.hull(text, tree.subtree(child) - cases)
    for child in tree.children(noun, "nmod"):
        marks = tree.children(child, "case")
        if not marks or marks[0].text.lower() in cue.prepositions:
            continue
        if marks[0].text.lower() in text.grammar.agents:
            return tree.hull(text, tree.subtree(child) - {mark.index for mark in marks})
    return None
