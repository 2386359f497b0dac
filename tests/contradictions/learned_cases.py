"""The statements of `learned.yaml`, and pairs of them."""

from __future__ import annotations

from written_claims import DATA

from claims.config.yaml_file import Checked, load
from claims.contradictions.candidate import CandidatePair
from claims.contradictions.statements import Statement
from claims.model import Pattern, Span, Stance


class Said(Checked):
    speaker: str
    text: str
    stance: Stance = Stance.REPORT


class Case(Checked):
    base: Said
    against: Said
    beside: Said


class Cases(Checked):
    cases: tuple[Case, ...]


def statement(said: Said, claim_id: str, article_id: str = "one") -> Statement:
    text = f"{said.speaker} said that {said.text}."
    start = text.index(said.text)
    content = Span(start=start, end=start + len(said.text))
    return Statement(
        claim_id=claim_id,
        article_id=article_id,
        text=text,
        speaker=said.speaker,
        speaker_id=said.speaker,
        stance=said.stance,
        negated=False,
        confidence=1.0,
        content=content,
        pieces=(content,),
        cue=(Span(start=len(said.speaker) + 1, end=len(said.speaker) + 5),),
        terms=(),
        language="en",
        outlet="outlet",
        pattern=Pattern.CLAUSAL,
    )


def pairs_of_cases() -> list[tuple[CandidatePair, CandidatePair]]:
    """What contradicts, and what only looks like it."""
    made = []
    for number, case in enumerate(load(DATA / "learned.yaml", Cases).cases):
        base, against, beside = (
            statement(said, f"{number} {place}")
            for place, said in enumerate((case.base, case.against, case.beside))
        )
        made.append((CandidatePair(base, against), CandidatePair(base, beside)))
    return made
