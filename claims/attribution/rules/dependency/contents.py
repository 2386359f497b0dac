"""What is attributed, by the parser's relations and by quotation marks."""

from __future__ import annotations

from claims.attribution.rules.dependency.tree import Tree
from claims.attribution.rules.quotes import covering
from claims.attribution.rules.text import Text
from claims.model import Span, Word


def clause(text: Text, tree: Tree, verb: Word, source: Span) -> list[Span]:
    """The clause that complements the verb, or that the verb's own clause is inserted into.

    A complement after the verb runs to the end of the sentence, less what the verb is joined
    with («…, and added that»): parsers hang adjuncts and coordinated clauses too high.
    """
    for child in tree.children(verb, "ccomp"):
        if child.index > verb.index:
            return grown(text, tree, _after(text, tree, verb, child))
        numbers = tree.subtree(child) - complementisers(text, tree, child)
        return grown(text, tree, tree.pieces(text, numbers))
    opened = _after_complementiser(text, tree, verb)
    if opened:
        return grown(text, tree, opened)
    if verb.deprel in {"parataxis", "discourse"}:
        head = tree.head(verb)
        if head is not None:
            numbers = tree.subtree(head, without={verb.index})
            return grown(text, tree, tree.pieces(text, numbers))
    for child in tree.children(verb, "parataxis"):
        if child.index > verb.index or child.index < verb.index - 2:
            return grown(text, tree, tree.pieces(text, tree.subtree(child)))
    told = _of_the_told(text, tree, verb)
    return grown(text, tree, tree.pieces(text, tree.subtree(told))) if told is not None else []


def _of_the_told(text: Text, tree: Tree, verb: Word) -> Word | None:
    """«told reporters she had not decided»: a clause with a subject of its own that the parser
    took for a relative of the one who was told."""
    if verb.lemma.lower() not in text.grammar.speech.addressing:
        return None
    for told in tree.children(verb, "iobj", "obj"):
        for clause in tree.children(told, "acl", "acl:relcl"):
            subjects = tree.children(clause, "nsubj", "nsubj:pass")
            near = min(tree.subtree(clause)) == told.index + 1
            if near and subjects and "PronType=Rel" not in subjects[0].feats:
                return clause
    return None


def _after_complementiser(text: Text, tree: Tree, verb: Word) -> list[Span]:
    """«told reporters that …», where the parser hung the clause on the one who was told."""
    for number in range(verb.index + 1, verb.index + 5):
        word = tree.words.get(number)
        if word is None or word.upos in {"VERB", "AUX", "PUNCT"}:
            return []
        if word.upos == "SCONJ" and word.text.lower() in text.grammar.complementisers:
            return tree.pieces(text, {each for each in tree.words if each > number})
    return []


def _after(text: Text, tree: Tree, verb: Word, complement: Word) -> list[Span]:
    under = tree.subtree(complement)
    first = min(under)
    for number in range(verb.index + 1, min(verb.index + 5, first + 3)):
        word = tree.words.get(number)
        if word is not None and word.text.lower() in text.grammar.complementisers:
            first = number + 1
            break
    else:
        # its subject, that the parser hung on the verb of saying
        strays = ("nsubj",) if tree.children(complement, "nsubj") else ("nsubj", "obj", "nmod")
        for child in tree.children(verb, *strays):
            if verb.index < child.index < first:
                first = min(tree.subtree(child))
    last = max(tree.words)
    for child in tree.children(verb, "conj", "parataxis"):
        if child.index > max(first, complement.index) and child.upos in {"VERB", "AUX"}:
            joined_at = min(tree.subtree(child))
            if complementisers(text, tree, child):
                continue
            if (
                any(each.deprel == "nsubj" for each in tree.children(child))
                or child.deprel == "conj"
            ):
                last = min(last, joined_at - 1)
    return tree.pieces(text, {number for number in tree.words if first <= number <= last})


def complementisers(text: Text, tree: Tree, child: Word) -> set[int]:
    """Numbers of the complementisers that introduce a clause: they are no part of a content."""
    return {
        mark.index
        for mark in tree.children(child, "mark")
        if mark.text.lower() in text.grammar.complementisers
    }


def quotation(text: Text, tree: Tree, verb: Word, source: Span) -> list[Span]:
    """The quotation that ends where the verb's clause begins, in this sentence or, where the
    clause opens its sentence, in the one before; with what follows the clause directly."""
    first = min(source.start, verb.start)
    last = max(source.end, verb.end)
    line = text.line_start(tree.sentence)
    before = [mark for mark in text.quoted if line <= mark.start and mark.end <= first]
    after = [mark for mark in text.quoted if last <= mark.start < tree.sentence.end]
    pieces: list[Span | None] = []
    if before and not text.text[before[-1].end : first].strip(" ,.—–-"):
        pieces.append(text.content(before[-1].start, before[-1].end))
    if after:
        gap = text.text[last : after[0].start].strip()
        if gap in {":", ",", ""} or (pieces and len(gap.split()) <= 6 and gap.endswith((",", "."))):
            pieces.append(text.content(after[0].start, after[0].end))
    return grown(text, tree, [piece for piece in pieces if piece])


def grown(text: Text, tree: Tree, pieces: list[Span]) -> list[Span]:
    """Pieces with the quotation marks around them, run on to the end of a quotation that the
    sentence breaks off, and with quotations that follow the sentence directly in its line."""
    if not pieces:
        return []
    out: list[Span] = []
    for piece in pieces:
        start, end = piece.start, piece.end
        for mark in text.quoted:
            if mark.start <= start < mark.end and start - mark.start <= 3:
                start = mark.start
            opened = mark.start >= start - 1 and mark.start < end <= mark.end
            if opened and (mark.end - end <= 3 or mark.end > tree.sentence.end + 1):
                end = mark.end
        out.append(Span(start=start, end=end))
    return out + _going_on(text, tree, out)


def _going_on(text: Text, tree: Tree, pieces: list[Span]) -> list[Span]:
    """«"…," she said. "…"»: quotations that open the sentences after the cue's, in its line."""
    quotes = any(covering(text.quoted, piece.end - 1) for piece in pieces)
    if not quotes:
        return []
    at = max(tree.sentence.end, max(piece.end for piece in pieces))
    limit = text.line_end(tree.sentence)
    more: list[Span] = []
    for mark in text.quoted:
        if mark.start < at or mark.start >= limit:
            continue
        if text.text[at : mark.start].strip(" .,\"'”’"):
            break
        more.append(Span(start=mark.start, end=mark.end))
        at = mark.end
    return more
