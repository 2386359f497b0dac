"""The words by which a language shows how speech is printed, and whether it was spoken at all."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator

from claims.config.yaml_file import Checked, pattern

Pattern = Annotated[str, AfterValidator(pattern)]


class Speech(Checked):
    """``grammar.speech`` of a cue file. Words are compared in lower case.

    What makes a cue unreal: ``conditions`` open a condition (if), ``inverted`` do so in front of
    their subject (had the captain said), ``consequents`` end it; ``supposing`` verbs are told to
    the reader (suppose); ``modals`` stand with a verb of saying that was not spoken (would have
    said), ``possible`` are phrases that do so (ہو سکتا ہے), ``unreal`` follow it (کہا ہوتا).
    ``interrogatives`` open a question, ``polar`` only at its beginning. ``nobody`` are subjects
    that nobody is; ``no`` makes one of the noun after it. ``untrue`` stands before a clause that is
    denied (it is not true that).

    ``speaking`` verbs always attribute where they have a subject and a clause. ``asking`` are the
    cues of questions, ``whether`` what opens one that is reported, ``reducing`` what may stand
    before a participle («when» asked), ``about`` what names its subject. ``relative`` pronouns
    stand for a noun before them; ``opening`` words may open any sentence.
    ``addressing`` verbs have who is told as their object; ``quoting`` verbs with ``comparing``
    and ``quoting_as`` (quoted «as» «saying») and ``describing`` ones name a voice that is not
    their subject;
    ``contrasting`` words open what a second voice says.

    Printed speech: ``questions`` and ``answers`` are labels of turns, ``talking`` are expressions
    for a conversation with somebody, whom the group holds; ``bringing`` opens a line that names
    the voice of the quotation below it.

    ``turning`` words turn the meaning of their clause (not, only, hardly).
    """

    conditions: tuple[str, ...] = ()
    inverted: tuple[str, ...] = ()
    consequents: tuple[str, ...] = ()
    supposing: tuple[str, ...] = ()
    modals: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    unreal: tuple[str, ...] = ()
    interrogatives: tuple[str, ...] = ()
    polar: tuple[str, ...] = ()
    nobody: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    untrue: tuple[str, ...] = ()
    speaking: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    whether: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    addressing: tuple[str, ...] = ()
    quoting: tuple[str, ...] = ()
    quoting_as: tuple[str, ...] = ()
    comparing: tuple[str, ...] = ()
    relative: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    reducing: tuple[str, ...] = ()
    describing: tuple[str, ...] = ()
    contrasting: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    talking: tuple[Pattern, ...] = ()
    bringing: tuple[Pattern, ...] = ()
    turning: tuple[str, ...] = ()

    @cached_property
    def talking_patterns(self) -> tuple[re.Pattern[str], ...]:
        """``talking`` as expressions."""
        return tuple(map(re.compile, self.talking))

    @cached_property
    def bringing_patterns(self) -> tuple[re.Pattern[str], ...]:
        """``bringing`` as expressions."""
        return tuple(map(re.compile, self.bringing))
