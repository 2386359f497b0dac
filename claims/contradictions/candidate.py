"""Two statements that may contradict each other: what every judge is given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from claims.contradictions.statements import Statement
from claims.model import Stance

# Past tense agrees with every subject: "US media reported", "United States reported".
SAID = {
    Stance.REPORT: "reported",
    Stance.CLAIM: "claimed",
    Stance.ACCUSE: "alleged",
    Stance.CONFIRM: "confirmed",
    Stance.ANNOUNCE: "announced",
    Stance.WARN: "warned of",
    Stance.DENY: "denied",
}


class CandidateRoute(StrEnum):
    """Why two statements were brought together.

    ``within``: of one article, and likely to contradict each other by their features. ``story``:
    the same in two articles of one story. ``opposed``: ``right`` denies or negates, and both are
    about the same rare words. ``alike``: both say much the same in one language, so that a
    difference may be a conflict.
    ``cross-language``: their sentence vectors are near each other. ``given``: somebody asks about
    these two.
    """

    WITHIN = "within"
    STORY = "story"
    OPPOSED = "opposed"
    ALIKE = "alike"
    CROSS_LANGUAGE = "cross-language"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class CandidatePair:
    """Two statements to be judged, and what choosing them has measured.

    ``left`` is the one that may be contested and ``right`` the one that contests it; where neither
    does, ``left`` is that of the earlier article. ``likeness``, in [0, 1], is the weighted share of
    the shorter content that the other holds too, or, between languages, the cosine of the sentence
    vectors; ``shared_words`` counts the words, names left out, in both (of opposed ones).
    ``shared_statements`` is how many statements the two articles print word for word alike, and
    ``one_story`` whether they are known to be of one (of those alike).
    """

    left: Statement
    right: Statement
    route: CandidateRoute = CandidateRoute.GIVEN
    likeness: float = 0.0
    shared_words: int = 0
    shared_statements: int = 0
    one_story: bool = False

    @property
    def articles(self) -> frozenset[str]:
        """The articles of both: one identifier where they are of the same."""
        return frozenset((self.left.article_id, self.right.article_id))

    @property
    def nested(self) -> bool:
        """Whether one content stands within the other: somebody is cited citing somebody."""
        one, other = self.left.content, self.right.content
        if one is None or other is None or self.left.article_id != self.right.article_id:
            return False
        return one.start < other.end and other.start < one.end


def said(statement: Statement) -> str:
    """What a speaker did, as a verb: ``denied``."""
    return SAID.get(statement.stance, "said")


def describe(statement: Statement) -> str:
    """Who did what, with the words that say so: ``Iran denied (“تردید کرتا ہے”)``."""
    if statement.own:
        return f"{statement.outlet} (its own words) {said(statement)}"
    cue = statement.quoted(statement.cue)
    # The colon of a headline says nothing to a reader.
    quoted = f" (“{cue}”)" if any(character.isalnum() for character in cue) else ""
    return f"{statement.speaker} {said(statement)}{quoted}"
