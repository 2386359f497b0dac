"""Words that are printed together with the complementiser after them: کہنا تھاکہ، کہا ہےکہ."""

from __future__ import annotations

from claims.attribution.lexicon import Lexicon
from claims.model import Sentence, Word


def unglued(sentence: Sentence, lexicon: Lexicon) -> Sentence:
    """The sentence with such words cut in two, where what is left is an auxiliary, a verb that
    is a cue, or listed in ``grammar.glued``. Both parts keep the number of the word."""
    if not any(_cut(word, lexicon) for word in sentence.words):
        return sentence
    words: list[Word] = []
    for word in sentence.words:
        mark = _cut(word, lexicon)
        if mark is None:
            words.append(word)
            continue
        at = word.end - len(mark)
        stem = word.text.removesuffix(mark)
        upos = "AUX" if stem in (*lexicon.grammar.auxiliaries, *lexicon.grammar.glued) else "VERB"
        words.append(word.model_copy(update={"text": stem, "lemma": stem, "upos": upos, "end": at}))
        words.append(
            Word(
                index=word.index,
                text=mark,
                lemma=mark,
                upos="SCONJ",
                head=word.index,
                deprel="mark",
                start=at,
                end=word.end,
            )
        )
    return sentence.model_copy(update={"words": tuple(words)})


def _cut(word: Word, lexicon: Lexicon) -> str | None:
    """The complementiser that the word ends in; None where it is one word."""
    grammar = lexicon.grammar
    for mark in grammar.complementisers:
        stem = word.text.removesuffix(mark)
        if stem in ("", word.text) or word.end - word.start != len(word.text):
            continue
        cues = lexicon.by_first_word.get(stem, ())
        verb = any(len(cue.parts) == 1 and not cue.verbs and not cue.pos for cue in cues)
        if stem in (*grammar.auxiliaries, *grammar.glued) or (verb and len(stem) > 2):
            return mark
    return None
