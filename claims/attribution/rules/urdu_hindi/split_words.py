"""Words that are printed together: کہنا تھاکہ، کہا گیاہے، ماہرین کاکہنا ہے."""

from __future__ import annotations

from claims.attribution.rules.lexicon import Lexicon
from claims.model import Sentence, Word

SHORTEST = 4
"""Letters of a cue that a genitive marker may be printed together with."""


def split_words(sentence: Sentence, lexicon: Lexicon) -> Sentence:
    """The sentence with such words cut apart: a complementiser or tense after an auxiliary, a verb
    that is a cue, or a form of ``grammar.glued``; a genitive marker before a noun that is a cue.
    The parts keep the number of the word."""
    may_be_glued = lexicon.grammar.may_be_glued
    apart = [
        (at, parts)
        for at, word in enumerate(sentence.words)
        if may_be_glued(word.text) and len(parts := _apart(word, lexicon)) > 1
    ]
    if not apart:
        return sentence
    words = list(sentence.words)
    for at, parts in reversed(apart):
        words[at : at + 1] = parts
    return sentence.model_copy(update={"words": tuple(words)})


def _apart(word: Word, lexicon: Lexicon) -> list[Word]:
    grammar = lexicon.grammar
    form = word.text
    whole = grammar.whole
    if word.end - word.start != len(form) or form in whole or form in lexicon.by_first_word:
        return [word]
    for mark in grammar.complementisers:
        stem = form.removesuffix(mark)
        if stem != form and (stem in whole or stem in grammar.glued or _verb(stem, lexicon)):
            first = _part(word, stem, "AUX" if stem not in lexicon.by_first_word else "VERB", 0)
            return [*_apart(first, lexicon), _part(word, mark, "SCONJ", len(stem))]
    for mark in grammar.tenses:
        stem = form.removesuffix(mark)
        if stem != form and (stem in grammar.auxiliaries or _verb(stem, lexicon)):
            return [_part(word, stem, "VERB", 0), _part(word, mark, "AUX", len(stem))]
    for mark in grammar.genitive_markers:
        rest = form.removeprefix(mark)
        if rest != form and len(rest) >= SHORTEST and rest in lexicon.by_first_word:
            return [_part(word, mark, "ADP", 0), _part(word, rest, word.upos, len(mark))]
    return [word]


def _verb(stem: str, lexicon: Lexicon) -> bool:
    cues = lexicon.by_first_word.get(stem, ())
    return len(stem) > 2 and any(len(c.parts) == 1 and not c.verbs and not c.pos for c in cues)


def _part(word: Word, form: str, upos: str, at: int) -> Word:
    start = word.start + at
    return word.model_copy(
        update={
            "text": form,
            "lemma": form,
            "upos": upos,
            "feats": "",
            "start": start,
            "end": start + len(form),
        }
    )
