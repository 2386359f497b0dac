"""Who an attribution cites: «US media, citing two officials, reported that C» is two claims."""

from __future__ import annotations

from claims.attribution.rules.dependency.tree import Tree
from claims.attribution.rules.lexicon import Cue
from claims.attribution.rules.match import Reading
from claims.attribution.rules.speech import Speech
from claims.attribution.rules.text import Text
from claims.attribution.rules.urdu_hindi.noun_phrases import phrase_before
from claims.model import Sentence, Span, Stance, Word

_CUE = Cue(words="citing", stance=Stance.REPORT, frames=("according",))


def read_cited_sources(text: Text, sentence: Sentence, readings: list[Reading]) -> list[Reading]:
    """``readings``, the attributions of a sentence, with those that they cite: each has the content
    of the attribution that cites it, and that one's source as intermediary. What was read of the
    citing words before is left out."""
    family = _postpositional if text.grammar.marking == "postposition" else _dependency
    outer = [each for each in readings if each.source is not None and not each.negated]
    cited = family(text, sentence, outer) if outer else []
    cues = {span for each in cited for span in each.expression}
    return [each for each in readings if not cues.intersection(each.expression)] + cited


def _postpositional(text: Text, sentence: Sentence, outer: list[Reading]) -> list[Reading]:
    """X نے Y کے حوالے سے کہا: Y is cited where X carries the news of others, for the phrase also
    means «about Y»; X نے Y کا حوالہ دیتے ہوئے کہا."""
    words, grammar = sentence.words, text.grammar
    found: list[Reading] = []
    for at in range(1, len(words)):
        for parts in grammar.quoting_parts.get(words[at].text, ()):
            if [word.text for word in words[at : at + len(parts)]] != parts:
                continue
            phrase = phrase_before(words, at, grammar)
            if phrase is None or not _voice(words[phrase[1] - 1], text):
                continue
            source = text.span(words[phrase[0] : phrase[1]])
            last = words[at + len(parts) - 1]
            for each in outer:
                assert each.source is not None
                carrier = each.source[0]
                if (
                    source is not None
                    and carrier.end <= source.start
                    and last.end <= each.expression[0].start
                    and any(
                        word.text in grammar.media
                        for word in words
                        if carrier.start <= word.start < carrier.end
                    )
                ):
                    cue = Span(start=words[at].start, end=last.end)
                    found.append(_cited(sentence, source, cue, each))
                    break
    return found


def _dependency(text: Text, sentence: Sentence, outer: list[Reading]) -> list[Reading]:
    """«citing Y», «quoting Y» on the verb or source of an attribution, and «quoted Y as saying»."""
    found: list[Reading] = []
    quoting = [
        word
        for word in sentence.words
        if word.upos in {"VERB", "ADP"} and word.text.lower() in text.grammar.quoting
    ]
    if not quoting:
        return found
    tree = Tree(sentence)
    for word in quoting:
        quoted = next(iter(tree.children(word, "obj")), None)
        if quoted is None or not _voice(quoted, text):
            continue
        source = tree.hull(text, _phrase(tree, quoted))
        cue = text.span([word])
        if source is None or cue is None:
            continue
        saying = _saying(tree, text.grammar.speech, quoted)
        said = _after(text, tree, saying) if saying is not None else None
        if saying is not None and said is not None:
            own = next((each for each in outer if cue in each.expression), None)
            cue = text.span([saying])
            if own is not None and cue is not None:
                found.append(_cited(sentence, source, cue, own, (said,)))
            continue
        each = _citing(tree, word, [each for each in outer if cue not in each.expression])
        if each is not None:
            found.append(_cited(sentence, source, cue, each))
    return found


def _cited(
    sentence: Sentence,
    source: Span,
    cue: Span,
    outer: Reading,
    content: tuple[Span, ...] | None = None,
) -> Reading:
    return Reading(
        sentence=sentence,
        cue=_CUE,
        frame="according",
        expression=(cue,),
        source=(source,),
        content=content or _without(outer.content, source, cue),
        via=outer.source,
    )


def _without(content: tuple[Span, ...], source: Span, cue: Span) -> tuple[Span, ...]:
    """A content less the pieces that name who is cited."""
    kept = tuple(
        span for span in content if not (span.start <= cue.start and source.end <= span.end)
    )
    return kept or content


def _voice(word: Word, text: Text) -> bool:
    grammar = text.grammar
    known = word.text.lower() in grammar.voices or word.lemma.lower() in grammar.voices
    return known or (grammar.marking == "dependency" and word.upos == "PROPN")


def _phrase(tree: Tree, noun: Word) -> set[int]:
    loose = tree.children(noun, "acl", "acl:relcl", "advcl", "parataxis", "punct")
    return tree.subtree(noun, without={child.index for child in loose})


def _citing(tree: Tree, word: Word, outer: list[Reading]) -> Reading | None:
    """The attribution that cites: the word's head is its cue or part of its source."""
    head = tree.head(word)
    for each in outer:
        spans = (*each.expression, *(each.source or ()))
        if head is not None and any(s.start <= head.start < s.end for s in spans):
            return each
    return outer[0] if len(outer) == 1 else None


def _saying(tree: Tree, speech: Speech, quoted: Word) -> Word | None:
    """The verb of «quoted Y as saying»."""
    for each in tree.sentence.words:
        if each.text.lower() in speech.quoting_as and each.index > quoted.index:
            before = tree.words.get(each.index - 1)
            if before is not None and before.text.lower() in speech.comparing:
                return each
    return None


def _after(text: Text, tree: Tree, saying: Word) -> Span | None:
    rest = [word for word in tree.sentence.words if word.index > saying.index]
    while rest and rest[0].text.lower() in text.grammar.complementisers:
        rest = rest[1:]
    return text.content(rest[0].start, rest[-1].end) if rest else None
