"""Whether a source is said to have said it: conditions, suppositions, questions, and nobody."""

from __future__ import annotations

from collections.abc import Sequence

from claims.attribution.rules.dependency.tree import Tree
from claims.attribution.rules.quotes import covering
from claims.attribution.rules.speech import Speech
from claims.attribution.rules.text import STOPS, Text
from claims.model import Attribution, Modality, Quotation, Sentence, Stance, Word

_QUESTION = "?؟"
_OPENING = 3
"""Words at the beginning of a sentence in which a supposition opens: let us assume."""

_REACH = 4
"""Words before a source in which a supposition may open (ہو سکتا ہے | وزیر …)."""


def with_modality(text: Text, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, each marked where its own clause does not say that the source said it."""
    return [_marked(text, each) for each in found]


def _marked(text: Text, each: Attribution) -> Attribution:
    if each.modality is not Modality.ASSERTED or not each.cue:
        return each
    sentence = text.sentence_at(each.cue[0].start)
    if sentence is None:
        return each
    each = _asked(text, each, sentence)
    if each.modality is not Modality.ASSERTED:
        return each
    words = [w for w in sentence.words if any(s.start <= w.start < s.end for s in each.cue)]
    if not words or _quoted(text, each):
        return each
    if _untrue(text, each, sentence):
        return each.model_copy(update={"modality": Modality.DENIED})
    family = _marked_phrases if text.grammar.marking == "postposition" else _tree
    modality = family(text, each, sentence, words)
    return each if modality is None else each.model_copy(update={"modality": modality})


def _untrue(text: Text, each: Attribution, sentence: Sentence) -> bool:
    """«It is not true that X said C», یہ سچ نہیں کہ X نے کہا."""
    begin = min(span.start for span in (*each.cue, *(each.source or ())))
    lead = text.text[sentence.start : begin].casefold().split()
    if lead and lead[-1] in text.grammar.complementisers:
        lead.pop()
    return any(
        lead[-len(phrase.split()) :] == phrase.split() for phrase in text.grammar.speech.untrue
    )


def _quoted(text: Text, each: Attribution) -> bool:
    mark = covering(text.quoted, each.cue[0].start)
    return mark is not None and mark.start < each.cue[0].start


def _asked(text: Text, each: Attribution, sentence: Sentence) -> Attribution:
    """A question that is reported is nobody's claim; one that is quoted is no demand."""
    speech = text.grammar.speech
    cue = [w for w in sentence.words if any(s.start <= w.start < s.end for s in each.cue)]
    asking = any(w.lemma.lower() in speech.asking or w.text.lower() in speech.asking for w in cue)
    if not asking:
        return each
    first = _first(text, each, sentence)
    if each.quotation is Quotation.DIRECT and text.text[each.content[0].start] in "\"'“”‘’„«":
        return _no_demand(each)
    postposed = text.grammar.marking == "postposition"
    reported = first in (*speech.whether, *speech.about) or (
        postposed
        and (each.source is None or _ends_asking(text, each) or _inquires(each, sentence, speech))
    )
    if reported or _passive(cue, sentence, speech, postposed):
        return each.model_copy(update={"modality": Modality.QUESTIONED, "stance": Stance.REPORT})
    return each


def _first(text: Text, each: Attribution, sentence: Sentence) -> str:
    words = [
        w.text.lower()
        for w in sentence.words
        if w.upos != "PUNCT" and any(s.start <= w.start < s.end for s in each.content)
    ]
    before = [
        w.text.lower()
        for w in sentence.words
        if w.upos != "PUNCT" and w.start < each.content[0].start
    ]
    opener = words[0] if words else ""
    speech = text.grammar.speech
    if before and before[-1] in (*speech.whether, *speech.about):
        return before[-1]
    return opener


def _ends_asking(text: Text, each: Attribution) -> bool:
    end = each.content[-1].end
    return any(mark in text.text[end - 1 : end + 2] for mark in _QUESTION)


def _inquires(each: Attribution, sentence: Sentence, speech: Speech) -> bool:
    """Whether a question word stands in the content: Urdu has it before the verb (رقم کہاں ہے)."""
    return any(
        word.text in speech.interrogatives
        for word in sentence.words
        if any(span.start <= word.start < span.end for span in each.content)
    )


def _no_demand(each: Attribution) -> Attribution:
    if each.stance is not Stance.DEMAND:
        return each
    return each.model_copy(update={"stance": Stance.REPORT})


def _passive(cue: Sequence[Word], sentence: Sentence, speech: Speech, postposed: bool) -> bool:
    """«Asked about the money, …», «when asked»: what is asked about is no claim."""
    if postposed:
        return False
    words = list(sentence.words)
    for verb in cue:
        if verb.lemma.lower() not in speech.asking and verb.text.lower() not in speech.asking:
            continue
        if verb.upos not in {"VERB", "AUX"} or "VerbForm=Fin" in verb.feats:
            continue
        at = words.index(verb)
        before = next((w for w in reversed(words[:at]) if w.upos != "PUNCT"), None)
        if before is None or before.text.lower() in (*speech.whether, *speech.reducing):
            return True
    return False


def _tree(
    text: Text, each: Attribution, sentence: Sentence, words: Sequence[Word]
) -> Modality | None:
    """What the parser's relations around the cue say (English)."""
    speech, grammar = text.grammar.speech, text.grammar
    verbs = [w for w in words if w.upos in {"VERB", "AUX", "NOUN", "ADJ"}]
    if not verbs:
        return None
    verb = next((w for w in reversed(verbs) if w.upos == "VERB"), verbs[-1])
    tree = Tree(sentence)
    source = [
        w
        for w in sentence.words
        if each.source and any(s.start <= w.start < s.end for s in each.source)
    ]
    if _nobody(tree, verb, source, speech):
        return Modality.DENIED
    chain = _chain(tree, verb)
    if any(_condition(tree, one, speech, sentence) for one in chain):
        return Modality.CONDITIONAL
    if _supposed(tree, chain[-1], speech):
        return Modality.CONDITIONAL
    modal = any(
        child.text in speech.modals and child.index < verb.index  # and not «Theresa May»
        for child in tree.children(verb, "aux")
    )
    denied = any(w.text.lower() in grammar.negations for w in tree.children(verb, "advmod"))
    own = any("Person=1" in w.feats and w.upos == "PRON" for w in source)
    if modal and not denied and not own:
        return Modality.CONDITIONAL
    if any(
        child.text.lower() in speech.whether[:2] and child.text.lower() not in speech.conditions
        for child in tree.children(verb, "mark")
    ):
        return Modality.QUESTIONED
    return Modality.QUESTIONED if _question(text, each, sentence) else None


def _chain(tree: Tree, verb: Word) -> list[Word]:
    """The verb and those that it shares its clause's opening with («if he says and shows»)."""
    chain = [verb]
    while chain[-1].deprel in {"conj", "xcomp"}:
        head = tree.head(chain[-1])
        if head is None or head in chain:
            break
        chain.append(head)
    return chain


def _condition(tree: Tree, verb: Word, speech: Speech, sentence: Sentence) -> bool:
    marks = [c.text.lower() for c in tree.children(verb, "mark") if c.index < verb.index]
    if any(mark in speech.conditions for mark in marks):
        return True
    if not inverted(sentence, speech):
        return False
    comma = next((w.index for w in sentence.words if w.text == ","), len(sentence.words))
    return verb.index < comma


def inverted(sentence: Sentence, speech: Speech) -> bool:
    """Whether a sentence opens with a condition that only its order shows: «Had the captain …»."""
    asks = any(w.text.endswith(tuple(_QUESTION)) for w in sentence.words[-2:])
    return sentence.words[0].text.lower() in speech.inverted and not asks


def _supposed(tree: Tree, verb: Word, speech: Speech) -> bool:
    """«Suppose that the judge says …»: the verb hangs on an imperative."""
    seen: set[int] = set()
    word: Word | None = verb
    while word is not None and word.index not in seen:
        seen.add(word.index)
        word = tree.head(word)
        if word is None:
            return False
        told = not tree.children(word, "nsubj", "nsubj:pass") and word.index <= _OPENING
        if told and word.lemma.lower() in speech.supposing:
            return True
    return False


def _nobody(tree: Tree, verb: Word, source: Sequence[Word], speech: Speech) -> bool:
    """Whether the subject is nobody: «nobody», «no official», «neither side»."""
    subjects = tree.children(verb, "nsubj", "nsubj:pass")
    forms = [w.text.lower() for w in source] or [w.text.lower() for w in subjects]
    if forms[:1] and forms[0] in speech.nobody:
        return True
    if " ".join(forms[:2]) in speech.nobody:
        return True
    if forms[:1] and forms[0] in speech.no and len(forms) > 1:
        return True
    heads = source or subjects
    return any(
        child.text.lower() in speech.no
        for head in heads
        if head.upos in {"NOUN", "PROPN", "PRON"} and head.deprel.startswith("nsubj")
        for child in tree.children(head, "det", "cc:preconj", "cc")
        if child.index < head.index
    )


def _question(text: Text, each: Attribution, sentence: Sentence) -> bool:
    """Whether the cue's own sentence asks: an interrogative or an inverted verb opens it and a
    question mark ends it, both outside the content's own clause."""
    if not text.text[sentence.start : sentence.end].rstrip("\"'”’») \t").endswith(tuple(_QUESTION)):
        return False
    speech = text.grammar.speech
    for word in sentence.words[:4]:
        if word.upos in {"PUNCT", "CCONJ"} or word.text.lower() in speech.opening:
            continue
        inside = any(s.start <= word.start < s.end for s in each.content)
        quoted = covering(text.quoted, word.start) is not None
        form = word.text.lower()
        return not inside and not quoted and form in (*speech.interrogatives, *speech.polar)
    return False


def _marked_phrases(
    text: Text, each: Attribution, sentence: Sentence, words: Sequence[Word]
) -> Modality | None:
    """What stands around the cue's phrases says (Urdu)."""
    speech, grammar = text.grammar.speech, text.grammar
    all_words = list(sentence.words)
    first = all_words.index(words[0])
    last = all_words.index(words[-1])
    start = each.source[0].start if each.source else words[0].start
    before = [w for w in all_words[:first] if w.start < start]
    forms = [w.text for w in before]
    clause = _own_clause(forms, grammar.complementisers, speech.consequents)
    if any(form in speech.conditions for form in clause):
        return Modality.CONDITIONAL
    if any(w.text in speech.unreal for w in (*words, *all_words[last + 1 : last + 2])):
        return Modality.CONDITIONAL
    opening = " ".join([*forms[-_REACH - 2 :]])
    if any(_ends_with(opening, phrase) for phrase in (*speech.possible, *speech.supposing)):
        return Modality.CONDITIONAL
    source = [w.text for w in all_words if start <= w.start < (each.source or each.cue)[-1].end]
    around = (*all_words[max(first - 1, 0) : first], *words, *all_words[last + 1 : last + 2])
    denied = any(word.text in grammar.negations for word in around)
    if each.source and source and source[0] in speech.nobody and denied:
        return Modality.DENIED
    if (source and source[0] in speech.no) or (forms and forms[-1] in speech.no):
        return Modality.DENIED
    if source and source[0] in speech.interrogatives:
        return Modality.QUESTIONED
    if not _asks(text, sentence, each):
        return None
    middle = [w.text for w in all_words[:first] if w.start >= start]
    asked = forms[:1] and forms[0] in speech.polar
    if asked or any(form in speech.interrogatives for form in (*clause, *middle)):
        return Modality.QUESTIONED
    return None


def _asks(text: Text, sentence: Sentence, each: Attribution) -> bool:
    end = max(sentence.end, each.content[-1].end)
    tail = text.text[sentence.start : end + 1].rstrip("\"'”’»“‘) \t\n")
    return tail.endswith(tuple(_QUESTION))


def _own_clause(
    forms: Sequence[str], complementisers: Sequence[str], consequents: Sequence[str]
) -> list[str]:
    """The words before the source back to where a clause of another verb ends."""
    for at in range(len(forms) - 1, -1, -1):
        if forms[at] in complementisers or forms[at] in consequents or forms[at] in STOPS:
            return list(forms[at + 1 :])
    return list(forms)


def _ends_with(words: str, phrase: str) -> bool:
    """Whether the words before a source end with a phrase, a complementiser or comma aside."""
    tail = words.removesuffix(" کہ").rstrip(" ،,")
    return tail == phrase or tail.endswith(" " + phrase)
