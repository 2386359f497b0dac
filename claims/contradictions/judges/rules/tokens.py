"""The tokens of a statement's text: what is aligned when two statements are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.contradictions.judges.rules.contrasts import Contrasts, fold
from claims.model import Span, Spans

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d"
_TOKEN = re.compile(rf"\d+(?:[.,:٫٬]\d+)*|[^\W\d_](?:[^\W\d_]|[{_MARKS}]|['’](?=[^\W\d_]))*|[%٪]")
_LONGEST = 3
"""Words that a phrase of the lexicon may have."""


@dataclass(frozen=True, slots=True)
class Token:
    """``[start, end)`` in the article's text. ``form`` is folded, ``stem`` stands for all forms of
    the word. ``joined`` says that only a hyphen parts it from the token before."""

    start: int
    end: int
    form: str
    stem: str
    joined: bool = False


def tokens(text: str, spans: Spans, contrasts: Contrasts) -> tuple[Token, ...]:
    """The tokens of ``text`` in ``spans``, in order; phrases that the lexicon lists are one."""
    found = list(_tokens(text, spans, contrasts))
    if not contrasts.phrases:
        return tuple(found)
    result: list[Token] = []
    place = 0
    while place < len(found):
        length = next(
            (
                n
                for n in range(_LONGEST, 1, -1)
                if "".join(t.form for t in found[place : place + n]) in contrasts.phrases
            ),
            1,
        )
        if length == 1:
            result.append(found[place])
        else:
            last = found[min(place + length, len(found)) - 1]
            form = "".join(token.form for token in found[place : place + length])
            result.append(Token(found[place].start, last.end, form, contrasts.stem(form)))
        place += length
    return tuple(result)


def _tokens(text: str, spans: Spans, contrasts: Contrasts) -> Iterator[Token]:
    last = -2
    for span in spans:
        for start, end in _words(text, span, contrasts.language.attached_negations):
            raw = text[start:end]
            form = raw if raw[0].isdigit() or raw in "%٪" else fold(raw)
            if not form:  # the hamza of ء2018
                continue
            stem = form if raw[0].isdigit() else contrasts.stem(form)
            between = text[last:start] if last >= 0 else ""
            yield Token(start, end, form, stem, between.strip() in _HYPHENS)
            last = end


def _words(text: str, span: Span, attached: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where the words of ``span`` stand. A negation that is printed as one with its verb is a word
    of its own: "isn't" says what "is not" says."""
    for match in _TOKEN.finditer(text, span.start, span.end):
        start, end = match.span()
        plain = match[0].casefold().replace("’", "'")
        ending = next((one for one in attached if plain.endswith(one) and plain != one), None)
        if ending is None or len(plain) != end - start:
            yield start, end
        else:
            yield start, end - len(ending)
            yield end - len(ending), end


_HYPHENS = frozenset("-–—")
