"""The annotated Urdu stories: places and labels that hold, and the figures made of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import ANNOTATIONS
from benchmarks.attribution import urdu
from benchmarks.attribution.urdu import PARTS, Story, figures, pairs
from claims.errors import InputError
from claims.model import Attribution, Pattern, Quotation, Span, Stance
from training.encoder.recipe import STORIES

with_stories = pytest.mark.skipif(
    not STORIES.is_dir(), reason=f"the annotated stories are not there: {STORIES}"
)

TEXT = "وزیر نے کہا کہ پل بند ہے"
MARKED: dict[str, object] = {
    "source": [[0, 4]],
    "cue": [[8, 11]],
    "content": [[15, 24]],
    "stance": "report",
    "speaker": "-",
    "quotation": "indirect",
}


def story(*attributions: dict[str, object]) -> Story:
    return Story.model_validate({"story": "x", "sha256": "x", "attributions": attributions})


def found(stance: Stance = Stance.REPORT, via: bool = False) -> Attribution:
    return Attribution(
        sentence_index=0,
        source=(Span(start=0, end=4),),
        cue=(Span(start=8, end=11),),
        content=(Span(start=15, end=24),),
        via=(Span(start=0, end=4),) if via else None,
        stance=stance,
        pattern=Pattern.CLAUSAL,
        quotation=Quotation.INDIRECT,
        confidence=1,
    )


def lines(part: str) -> list[dict[str, object]]:
    path = ANNOTATIONS / f"ur_real_{part}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_no_story_is_in_both_halves() -> None:
    tune, check = ({line["story"] for line in lines(part)} for part in PARTS)
    assert len(tune) >= 20
    assert len(check) >= 20
    assert not tune & check


@pytest.mark.parametrize("part", PARTS)
def test_the_files_hold_no_text(part: str) -> None:
    raw = (ANNOTATIONS / f"ur_real_{part}.jsonl").read_text(encoding="utf-8")
    assert not any("\u0600" <= character <= "\u06ff" for character in raw)


@with_stories
@pytest.mark.parametrize("part", PARTS)
def test_every_place_is_words_of_its_story(part: str) -> None:
    for one, text in urdu.read_stories(part):
        for each in one.attributions:
            assert each.cue
            assert each.content
            for start, end in (*(each.source or ()), *each.cue, *each.content, *(each.via or ())):
                assert text[start:end].strip(), f"{one.story} {start}"
                assert not text[start].isspace()
                assert not text[end - 1].isspace()


@with_stories
def test_a_story_that_was_changed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in STORIES.glob("*.txt"):
        (tmp_path / path.name).write_bytes(path.read_bytes() + b" ")
    monkeypatch.setattr(urdu, "STORIES", tmp_path)
    with pytest.raises(InputError, match="not the text annotated"):
        urdu.read_stories("tune")


def test_stories_that_are_not_there_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(urdu, "STORIES", Path("/nowhere/at/all"))
    with pytest.raises(InputError, match="needed by"):
        urdu.read_stories("check")


def test_each_annotation_is_paired_once() -> None:
    marked = story(MARKED, MARKED).attributions
    assert len(list(pairs(TEXT, marked, [found()]))) == 1
    assert len(list(pairs(TEXT, marked, [found(), found()]))) == 2


def test_shares_are_of_the_found_ones() -> None:
    one = story(MARKED, {**MARKED, "stance": "deny"}, {**MARKED, "cue": [[0, 4]]})
    got = figures([(one, TEXT, [found(), found()])])
    assert (got["annotated"], got["predicted"]) == (3, 2)
    assert got["precision"] == 1
    assert got["recall"] == pytest.approx(2 / 3, abs=1e-4)
    assert got["stance"] == 0.5
    assert got["quotation"] == 1


def test_an_intermediary_counts_where_one_is_annotated() -> None:
    one = story({**MARKED, "via": [[0, 4]]})
    assert figures([(one, TEXT, [found(via=True)])])["via"] == 1
    assert figures([(one, TEXT, [found()])])["via"] == 0
    assert figures([(story(MARKED), TEXT, [found(via=True)])])["with_via"] == 0
