"""Frames in which who speaks stands elsewhere than the verb's subject (English).

«Haas was told by auditors that C», «quoted by the Star as saying C», «described by X as Y», «told
the BBC C», and a second source after a semicolon, whose claim is its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.attribution.rules.dependency.subjects import agent, subject
from claims.attribution.rules.dependency.tree import Tree
from claims.attribution.rules.negation import negates
from claims.attribution.rules.quotes import covering, kind
from claims.attribution.rules.text import Text
from claims.model import Attribution, Pattern, Sentence, Span, Spans, Stance, Word

CONFIDENCE = 0.8

_AFTER = frozenset({"acl", "acl:relcl", "ccomp", "advcl", "parataxis"})


def framed(text: Text, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions of a text, with those of such frames put right."""
    if text.grammar.marking == "postposition":
        return list(found)
    out = list(found)
    for sentence in text.sentences:
        lemmas = {word.lemma.lower() for word in sentence.words}
        speech = text.grammar.speech
        if lemmas.isdisjoint((*speech.addressing, *speech.quoting, *speech.describing)):
            continue
        for made in _made(text, Tree(sentence)):
            own = [each for each in out if _touches(each, made.cue)]
            stance = next((each.stance for each in own if each.source), made.stance)
            sure = max([CONFIDENCE, *(each.confidence for each in own)])
            out = [each for each in out if each not in own]
            out.append(made.model_copy(update={"stance": stance, "confidence": sure}))
    out = [_apart(text, _unasked(text, _unaddressed(text, each))) for each in out]
    out = [each for each in out if not _without_words(text, each)]
    return [_own(text, each, out) for each in out]


def _own(text: Text, each: Attribution, found: Sequence[Attribution]) -> Attribution:
    """An attribution without an intermediary that a contrast parts it from: «X said C, while Y said
    D» are two voices, and neither passes the other on."""
    if each.via is None or not each.cue:
        return each
    for other in found:
        if other.source != each.via or not other.cue or other.cue[-1].end > each.cue[0].start:
            continue
        between = [
            word
            for sentence in text.sentences
            if other.cue[-1].end <= sentence.end and sentence.start < each.cue[0].start
            for word in sentence.words
            if other.cue[-1].end <= word.start < each.cue[0].start
        ]
        outside = not any(s.start <= each.cue[0].start < s.end for s in other.content)
        if outside and any(w.text.lower() in text.grammar.speech.contrasting for w in between):
            return each.model_copy(update={"via": None})
    return each


def _touches(each: Attribution, cue: Spans) -> bool:
    return any(a.start < b.end and b.start < a.end for a in each.cue for b in cue)


def _made(text: Text, tree: Tree) -> Iterator[Attribution]:
    speech = text.grammar.speech
    for verb in tree.sentence.words:
        if verb.upos != "VERB" or _in_quotes(text, verb):
            continue
        lemma = verb.lemma.lower()
        passive = bool(tree.children(verb, "aux:pass"))
        made = None
        if lemma in speech.addressing and passive:
            made = _told(text, tree, verb)
        elif lemma in speech.quoting:
            made = _quoted_as(text, tree, verb, passive)
        elif lemma in speech.describing and passive:
            made = _described(text, tree, verb)
        if made is not None:
            yield made


def _without_words(text: Text, each: Attribution) -> bool:
    """«Reporters were shown the wall»: nobody is named who told them, and no clause is told."""
    sentence = text.sentence_at(each.cue[-1].start)
    if each.source is not None or sentence is None:
        return False
    verb = _addressing(text, each, sentence)
    if verb is None or not Tree(sentence).children(verb, "aux:pass"):
        return False
    said = (w for w in sentence.words if any(s.start <= w.start < s.end for s in each.content))
    return not any(word.upos in {"VERB", "AUX"} for word in said)


def _addressing(text: Text, each: Attribution, sentence: Sentence) -> Word | None:
    """The verb of a cue that has who is told as its object."""
    return next(
        (
            word
            for word in sentence.words
            if any(s.start <= word.start < s.end for s in each.cue)
            and word.lemma.lower() in text.grammar.speech.addressing
        ),
        None,
    )


def _in_quotes(text: Text, word: Word) -> bool:
    return covering(text.quoted, word.start) is not None


def _told(text: Text, tree: Tree, verb: Word) -> Attribution | None:
    """«X was told by Y that C»; «C, she was told by Y, C»: Y says C."""
    words = tree.sentence.words
    by = _by(text, tree, verb)
    end = by[-1] if by else verb
    rest = [word for word in words if word.index > end.index]
    cue = _cue(text, tree, verb)
    source = text.span(by) if by else None
    if not rest or cue is None:
        return None
    that = rest[0].text.lower() in text.grammar.complementisers
    clause = [c for c in tree.children(verb, "ccomp") if c.index > end.index]
    if that or (clause and min(tree.subtree(clause[0])) == end.index + 1):
        said = rest[1:] if that else rest
        content = text.content(said[0].start, said[-1].end) if said else None
        pieces: Spans = (content,) if content else ()
    else:
        pieces = _around(text, tree, verb, rest)
    return _attribution(text, tree.sentence, source, cue, pieces) if pieces else None


def _around(text: Text, tree: Tree, verb: Word, rest: Sequence[Word]) -> Spans:
    """The clause that an inserted «he was told by the clerk» stands in."""
    words = tree.sentence.words
    subjects = [c for c in tree.children(verb, "nsubj:pass") if c.index < verb.index][-1:]
    if not subjects or rest[0].text != "," or subjects[0].upos != "PRON":
        return ()
    before = [word for word in words if word.index < subjects[0].index]
    if not before or before[-1].text != "," or len(rest) < 2:
        return ()
    left = text.content(before[0].start, before[-1].end)
    right = text.content(rest[1].start, rest[-1].end)
    return tuple(span for span in (left, right) if span is not None)


def _by(text: Text, tree: Tree, verb: Word) -> list[Word]:
    """The words of a passive's agent, without a clause that the parser hung on it."""
    numbers = agent(tree, verb)
    if not numbers:
        return []
    first = min(numbers)
    out: list[Word] = []
    for word in tree.sentence.words:
        if word.index < first:
            continue
        stops = word.upos in {"PUNCT", "SCONJ"} or word.text.lower() in (
            *text.grammar.complementisers,
            *text.grammar.speech.comparing,
        )
        if word.index not in numbers or stops:
            break
        if word.upos in {"VERB", "AUX"} and word.deprel in _AFTER:
            break
        out.append(word)
    return out


def _quoted_as(text: Text, tree: Tree, verb: Word, passive: bool) -> Attribution | None:
    """«Z quoted X as saying C», «X was quoted by Z as saying C»: X says C, and Z passed it on."""
    words = tree.sentence.words
    saying = next(
        (
            word
            for word in words
            if word.index > verb.index
            and word.text.lower() in text.grammar.speech.quoting_as
            and word.index - 1 in tree.words
            and tree.words[word.index - 1].text.lower() in text.grammar.speech.comparing
        ),
        None,
    )
    if saying is None:
        return None
    content = _said(text, tree, saying)
    before = [word for word in words if verb.index < word.index < saying.index - 1]
    if passive:
        by = _by(text, tree, verb)
        source = _passive_subject(text, tree, verb)
        via = text.span(by) if by else None
    else:
        source = text.span([word for word in before if word.upos != "PUNCT"])
        via = subject(text, tree, verb)
    opener = text.span([tree.words[saying.index - 1], saying])
    cue = _cue(text, tree, verb)
    if source is None or content is None or cue is None or opener is None:
        return None
    made = _attribution(text, tree.sentence, source, cue, (content,))
    return made.model_copy(
        update={"via": (via,) if via else None, "cue": (*cue, opener), "pattern": Pattern.CLAUSAL}
    )


def _passive_subject(text: Text, tree: Tree, verb: Word) -> Span | None:
    subjects = tree.children(verb, "nsubj:pass", "nsubj")
    if not subjects:
        return subject(text, tree, verb)
    own = subjects[0]
    if "PronType=Rel" in own.feats or own.text.lower() in text.grammar.speech.relative:
        noun = tree.head(verb)
        if noun is not None and noun.index < verb.index:
            return tree.hull(text, tree.subtree(noun, without={verb.index}))
    return tree.hull(text, tree.subtree(own))


def _said(text: Text, tree: Tree, saying: Word) -> Span | None:
    rest = [word for word in tree.sentence.words if word.index > saying.index]
    clause = tree.children(saying, "ccomp")
    if clause:
        under = tree.subtree(clause[0])
        rest = [word for word in rest if word.index <= max(under)]
    while rest and rest[0].text.lower() in (*text.grammar.complementisers, ":", ","):
        rest = rest[1:]
    if not rest:
        return None
    mark = covering(text.quoted, rest[0].start)
    end = max(rest[-1].end, mark.end if mark is not None else 0)
    return text.content(mark.start if mark is not None else rest[0].start, end)


def _described(text: Text, tree: Tree, verb: Word) -> Attribution | None:
    """«The road was described by drivers as a ruin»: content is both."""
    by = _by(text, tree, verb)
    subjects = tree.children(verb, "nsubj:pass", "nsubj")
    cue = _cue(text, tree, verb)
    if not by or not subjects or cue is None:
        return None
    rest = [word for word in tree.sentence.words if word.index > by[-1].index]
    if not rest or rest[0].text.lower() not in text.grammar.speech.comparing:
        return None
    named = tree.hull(text, tree.subtree(subjects[0]))
    as_what = text.content(rest[0].start, rest[-1].end)
    if named is None or as_what is None:
        return None
    made = _attribution(text, tree.sentence, text.span(by), cue, (named, as_what))
    return made.model_copy(update={"pattern": Pattern.OBJECT, "stance": Stance.OPINE})


def _cue(text: Text, tree: Tree, verb: Word) -> Spans | None:
    first = min([verb.index, *(c.index for c in tree.children(verb, "aux", "aux:pass"))])
    span = text.span([w for w in tree.sentence.words if first <= w.index <= verb.index])
    return (span,) if span is not None else None


def _attribution(
    text: Text, sentence: Sentence, source: Span | None, cue: Spans, content: Spans
) -> Attribution:
    return Attribution(
        sentence_index=sentence.index,
        source=(source,) if source else None,
        cue=cue,
        content=content,
        stance=Stance.REPORT,
        pattern=Pattern.CLAUSAL,
        quotation=kind(text.text, content, text.quoted),
        negated=negates(text, content),
        confidence=CONFIDENCE,
    )


def _unaddressed(text: Text, each: Attribution) -> Attribution:
    """«told the Post the hall was empty»: who is told is no part of what is said."""
    sentence = text.sentence_at(each.cue[-1].start)
    if sentence is None or not each.content:
        return each
    verb = _addressing(text, each, sentence)
    if verb is None:
        return each
    tree = Tree(sentence)
    told = [c for c in tree.children(verb, "iobj", "obj") if c.index > verb.index]
    clauses = [c for c in tree.children(verb, "ccomp") if c.index > verb.index]
    first = each.content[0]
    if not told or not clauses:
        return each
    opener = min(tree.subtree(clauses[0]))
    while (  # a name that the parser cut in half: Radio | North
        opener + 1 in tree.words
        and tree.words[opener].upos == "PROPN"
        and tree.words[opener - 1].upos == "PROPN"
        and tree.words[opener - 1].index >= told[0].index
    ):
        opener += 1
    begin = tree.words[opener].start
    if first.start < begin < first.end and verb.end <= first.start:
        content = text.content(begin, first.end)
        if content is not None:
            return each.model_copy(update={"content": (content, *each.content[1:])})
    return each


def _unasked(text: Text, each: Attribution) -> Attribution:
    """«Asked whether C, X said D»: the question is no part of what X says."""
    if len(each.content) < 2 or not each.cue:
        return each
    sentence = text.sentence_at(each.cue[0].start)
    if sentence is None:
        return each
    kept = tuple(span for span in each.content if not _in_question(text, sentence, span, each.cue))
    return each.model_copy(update={"content": kept}) if kept else each


def _in_question(text: Text, sentence: Sentence, span: Span, cue: Spans) -> bool:
    speech = text.grammar.speech
    before = [word for word in sentence.words if word.start < span.start]
    inside = [w for w in sentence.words if span.start <= w.start < span.end]
    opens = inside[:1] and inside[0].text.lower() in speech.whether
    asked = any(word.text.lower() in speech.asking for word in before)
    return bool(opens) and asked and span.end <= cue[0].start


def _apart(text: Text, each: Attribution) -> Attribution:
    """An attribution without what a second source says behind a semicolon or a «while»."""
    if each.via is not None and each.cue:
        between = text.text[each.cue[-1].end : each.via[0].start]
        if ";" in between:
            each = each.model_copy(update={"via": None})
    content = tuple(_before_another(text, each, span) for span in each.content)
    return each if content == each.content else each.model_copy(update={"content": content})


def _before_another(text: Text, each: Attribution, span: Span) -> Span:
    sentence = text.sentence_at(span.start)
    if sentence is None or not each.cue or span.start < each.cue[-1].end:
        return span
    speech = text.grammar.speech
    words = [word for word in sentence.words if span.start < word.start < span.end]
    if not any(word.text == ";" or word.text.lower() in speech.contrasting for word in words):
        return span
    later = [found.words[0] for found in text.cues(sentence)]
    tree = Tree(sentence)
    for at, word in enumerate(words):
        parts = word.text == ";" or word.text.lower() in speech.contrasting
        if not parts or covering(text.quoted, word.start) is not None or at == 0:
            continue
        if any(
            cue.start > word.end
            and cue.start < span.end
            and cue.upos == "VERB"
            and any(
                word.index < own.index < cue.index and own.upos in {"NOUN", "PROPN"}
                for own in tree.children(cue, "nsubj")
            )
            for cue in later
        ):
            return text.content(span.start, word.start) or span
    return span
