"""The training of the judge: what it learns from, and that what was cut off goes on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from claims.contradictions.judges.judge import PairLabel
from claims.contradictions.judges.learned.network import PairNetwork
from claims.contradictions.judges.learned.sides import PairSide
from claims.language.encoder.network import Encoder
from claims.language.encoder.subwords import Cutter
from claims.language.encoder.weights import base_weights
from claims.model import Stance
from training.judge import fitting
from training.judge.contested import mismatched
from training.judge.fitting import Reading
from training.judge.pairs import LabelledPair, held_out
from training.judge.read_news import disputes
from training.judge.recipe import JUDGE, JudgePhase, load_judge_recipe
from training.judge.sources import parted

TEXT = "The mill burned down, neighbours said. The miller denied that there was a fire. " * 2


def pair(label: PairLabel, group: str, left: str, right: str) -> LabelledPair:
    facts = (1.0, 0.0, 0.0, 1.0, 0.5, 0.0)
    return LabelledPair(PairSide(left), PairSide(right, "She", Stance.DENY), label, group, facts)


def test_a_pair_turned_round_is_the_same_pair() -> None:
    one = pair(PairLabel.CONTRADICT, "a", "It burned.", "It did not.")
    turned = one.turned()
    assert (turned.left, turned.right, turned.label) == (one.right, one.left, one.label)
    assert turned.facts == (1.0, 0.0, 1.0, 0.0, 0.5, 0.0)
    assert turned.turned() == one


def test_whole_groups_are_kept_out() -> None:
    pairs = [pair(PairLabel.AGREE, str(n), "a", "b") for n in range(200) for _ in range(2)]
    out = frozenset(one.group for one in pairs if held_out(one.group, 7))
    assert 10 < len(out) < 60
    kept = parted({"some": pairs}, out)["some"]
    assert len(kept) == 2 * (200 - len(out))


def side(start: int, words: str) -> dict[str, object]:
    at = TEXT.index(words, start)
    return {"article": "a", "start": at, "end": at + len(words), "text": words, "stance": "report"}


def test_sides_of_two_disputes_are_no_contradiction() -> None:
    rows = [
        {"dispute": "fire", "left": side(0, "The mill burned down"),
         "right": side(0, "The miller denied that there was a fire")},
        {"dispute": "neighbours", "left": side(60, "The mill burned down"),
         "right": side(60, "neighbours said")},
    ]  # fmt: skip
    rows += [{**row, "dispute": f"{row['dispute']} {n}"} for row in rows for n in range(4)]
    made = mismatched(rows, 2, 1)
    assert made
    assert {one.label for one in made} == {PairLabel.NEITHER}


def test_a_text_that_was_not_the_marked_one_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "disputes.jsonl"
    file.write_text(
        '{"left": {"article": "a", "sha256": "0", "start": 0, "end": 3}, '
        '"right": {"article": "a", "sha256": "0", "start": 4, "end": 8}}\n',
        encoding="utf-8",
    )
    with pytest.raises(Exception, match="not the text that was marked"):
        disputes(file, {"a": TEXT})


def test_a_dispute_of_many_reports_is_told_by_each_with_each(tmp_path: Path) -> None:
    def places(*names: str) -> list[dict[str, object]]:
        return [{"article": name, "start": 0, "end": len(TEXT)} for name in names]

    row = {"dispute": "fire", "left": places("a", "b"), "right": places("c", "d", "e")}
    file = tmp_path / "disputes.jsonl"
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    rows = disputes(file, dict.fromkeys("abcde", TEXT))
    told = {(one["left"]["article"], one["right"]["article"]) for one in rows}
    assert told == {(left, right) for left in "ab" for right in "cde"}


def test_sides_of_two_disputes_of_one_event_are_held_out_with_it() -> None:
    denial = "The miller denied that there was a fire"
    rows = [
        {"dispute": name, "event": "event7", "left": {**side(0, words), "article": name},
         "right": {**side(0, denial), "article": name}}
        for name, words in (("fire", "The mill burned down"), ("voices", "neighbours said"))
        for _ in range(2)
    ]  # fmt: skip
    made = mismatched(rows, 2, 1)
    assert {one.group for one in made} == {"event7"}
    assert any({one.left.text, one.right.text} > {"neighbours said"} for one in made)


def test_what_was_cut_off_goes_on_as_if_it_had_not_been(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = base_weights()
    reading = Reading(base, Cutter(base).pieces)
    labels = list(PairLabel)
    pairs = [
        pair(labels[n % 4], str(n), f"The mill burned {n} times.", f"It stood {n} years.")
        for n in range(24)
    ]
    recipe = load_judge_recipe(JUDGE).model_copy(update={"frozen": 0, "batch": 120})
    phase = JudgePhase(name="tiny", passes={"some": 2.0}, rate=1e-3, head_rate=1e-3, warm_up=2)

    def fresh() -> PairNetwork:
        torch.manual_seed(3)
        return PairNetwork(Encoder(384, 1, 12, 64, 512, 1e-12), 384)

    def run(network: PairNetwork, place: Path, note: fitting.Note) -> None:
        fitting.fit(network, reading, {"some": pairs}, recipe, phase, place, note)

    whole = fresh()
    run(whole, tmp_path / "whole", lambda _: None)

    class StoppedError(Exception):
        pass

    def stop(_: str) -> None:
        raise StoppedError

    monkeypatch.setattr(fitting, "CHECKPOINT", -1.0)
    monkeypatch.setattr(fitting, "OFTEN", 4)
    with pytest.raises(StoppedError):
        run(fresh(), tmp_path / "cut", stop)
    monkeypatch.setattr(fitting, "OFTEN", 10**6)
    notes: list[str] = []
    again = fresh()
    run(again, tmp_path / "cut", notes.append)
    assert notes == ["tiny: goes on from step 3"]
    for (name, one), other in zip(
        whole.state_dict().items(), again.state_dict().values(), strict=True
    ):
        assert torch.equal(one, other), name
