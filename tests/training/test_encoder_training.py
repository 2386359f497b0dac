"""The training of the encoder: labels stand where they should, and what was cut off goes on."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import torch

from claims.evaluation.gold import read_gold
from claims.language.encoder.calibration import Calibration
from claims.language.encoder.network import CONTENT, CUE, SOURCE, Encoder, Network, from_base
from claims.language.encoder.packed import Base
from claims.language.encoder.reading import WINDOW
from claims.language.encoder.subwords import Cutter
from claims.language.encoder.weights import BUNDLED, base_weights, reader
from training.encoder import fitting
from training.encoder.calibrating import FLAT, calibrated
from training.encoder.examples import (
    STOPS,
    Example,
    epoch,
    join,
    read_attributions,
    windows,
    without,
)
from training.encoder.imitation import imitation
from training.encoder.lesson import lesson_batches, load_lesson
from training.encoder.objective import attributions
from training.encoder.packing import write_weights
from training.encoder.recipe import Phase, load_recipe
from training.encoder.teaching import Taught, read_vectors, taught, write_vectors

FIRST = 'The miller said: "Flour is dear."'
SECOND = "Bakers fear, he added, that bread will be, too."


def span(text: str, part: str) -> list[list[int]]:
    start = text.index(part)
    return [[start, start + len(part)]]


@pytest.fixture(scope="module")
def base() -> Base:
    return base_weights()


@pytest.fixture(scope="module")
def articles(base: Base, tmp_path_factory: pytest.TempPathFactory) -> list[list[Example]]:
    cutter = Cutter(base)
    text = f"{FIRST}\n\n{SECOND}\n"
    rows = [
        {"source": span(text, "The miller"), "cue": span(text, "said"),
         "content": span(text, '"Flour is dear."')},
        {"source": span(text, "Bakers"), "cue": span(text, "fear"),
         "content": span(text, "that bread will be, too")},
    ]  # fmt: skip
    path = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    line = json.dumps({"article": "a", "text": text, "attributions": rows})
    path.write_text(line, encoding="utf-8")
    return read_attributions(read_gold(path), cutter.pieces)


def tiny(**changed: float) -> Phase:
    given = {"rate": 1e-3, "head_rate": 1e-3, "warm_up": 2} | changed
    return Phase.model_validate({"name": "tiny", "passes": {"en": 3.0}, "rounds": 3} | given)


def labelled(example: Example, text: str, number: int, role: int) -> str:
    places = [
        example.places[i] for i, k in sorted(example.relations[number].roles.items()) if k == role
    ]
    return text[places[0][0] : places[-1][1]]


def test_labels_stand_where_the_annotation_does(articles: list[list[Example]]) -> None:
    text = f"{FIRST}\n\n{SECOND}\n"
    first, second = articles[0]
    assert labelled(first, text, 0, SOURCE) == "The miller"
    assert labelled(first, text, 0, CUE) == "said"
    assert labelled(first, text, 0, CONTENT) == '"Flour is dear."'
    both = join([first, second])
    assert labelled(both, text, 1, SOURCE) == "Bakers"
    bare = without(both)
    assert labelled(bare, text, 0, CONTENT) == "Flour is dear"
    unstopped = without(both, STOPS)
    assert labelled(unstopped, text, 0, CONTENT) == '"Flour is dear."'
    assert len(bare.numbers) < len(unstopped.numbers) < len(both.numbers)


def test_a_long_stretch_is_read_in_windows(articles: list[list[Example]]) -> None:
    long = join(articles[0] * 30)
    parts = list(windows(long))
    assert all(len(part.numbers) <= WINDOW for part in parts)
    assert {place for part in parts for place in part.places} == set(long.places)
    for part in parts:
        for relation in part.relations:
            assert all(0 <= i < len(part.numbers) for i in relation.roles)
    phase = tiny(joined=1.0, bare=0.0)
    whole = epoch([articles[0]], random.Random(1), phase)
    assert sum(len(each.relations) for each in whole) == 2


def test_a_training_that_was_cut_off_ends_as_one_that_was_not(
    base: Base, articles: list[list[Example]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    phase = tiny(hidden=0.1)
    recipe = load_recipe().model_copy(update={"frozen": 0, "batch": 100, "phases": (phase,)})
    data = {"en": articles * 4}

    def fresh() -> Network:
        torch.manual_seed(3)
        return Network(Encoder(384, 1, 12, 64, 512, 1e-12), 384, width=8)

    def train(network: Network, place: Path, note: fitting.Note) -> None:
        objective = attributions(network, base, phase.hidden)
        fitting.fit(
            network, fitting.queued(data, recipe, phase), objective, recipe, phase, place, note
        )

    whole = fresh()
    train(whole, tmp_path / "whole", lambda _: None)

    class StoppedError(Exception):
        pass

    def stop(_: str) -> None:
        raise StoppedError

    monkeypatch.setattr(fitting, "CHECKPOINT", -1.0)
    monkeypatch.setattr(fitting, "OFTEN", 4)
    with pytest.raises(StoppedError):
        train(fresh(), tmp_path / "cut", stop)
    monkeypatch.setattr(fitting, "OFTEN", 10**6)
    notes: list[str] = []
    again = fresh()
    train(again, tmp_path / "cut", notes.append)
    assert notes == ["tiny: goes on from step 3"]
    for (name, one), other in zip(
        whole.state_dict().items(), again.state_dict().values(), strict=True
    ):
        assert torch.allclose(one, other, atol=1e-6), name


def test_confidence_is_the_share_that_is_right() -> None:
    chance = random.Random(5)
    truth = Calibration(constant=0.5, cue=1.0, valid=0.0, field=0.2, there=0.1)
    rows = []
    for _ in range(3000):
        scores = (
            chance.gauss(0, 2),
            chance.gauss(0, 1),
            -abs(chance.gauss(0, 2)),
            chance.gauss(2, 2),
        )
        rows.append((scores, chance.random() < truth.confidence(scores)))
    fitted = calibrated(rows)
    sure = [right for scores, right in rows if fitted.confidence(scores) >= 0.9]
    assert sum(sure) / len(sure) >= 0.9
    assert abs(fitted.cue - 1.0) < 0.2


def test_the_recipe_can_be_read() -> None:
    assert [phase.name for phase in load_recipe().phases] == ["together", "even"]


def test_a_small_network_comes_nearer_to_its_teacher(
    base: Base, articles: list[list[Example]], tmp_path: Path
) -> None:
    lessons = taught([(example, told) for told in (True, False) for example in articles[0]])
    write_vectors(BUNDLED, lessons, 6, tmp_path, workers=1)
    vectors = read_vectors(tmp_path, base.sizes.hidden)
    assert [len(each) for each in vectors] == [sum(len(e.numbers) + 2 for e in lessons)] * 2
    teacher = reader().network
    torch.manual_seed(5)
    small = from_base(base, [0, 11])
    phase = tiny(warm_up=5)
    recipe = load_recipe().model_copy(update={"frozen": 0, "layer_decay": 1.0, "average": 0.5})
    own = load_lesson().model_copy(update={"passes": 20.5})
    queue = lesson_batches(own, lessons, 60)
    objective = imitation(small, [teacher], base, vectors, 1)

    def away() -> float:
        with torch.no_grad():
            return sum(
                float(objective(batch, random.Random(1), False)[0]) for batch in queue[:4]
            )  # fmt: skip

    before = away()
    fitting.fit(small, queue, objective, recipe, phase, tmp_path / "small", lambda _: None)
    assert away() < before / 2

    # What is packed says of which layers it is made, and is read so.
    folder = write_weights(small, base, FLAT, tmp_path / "weights", [0, 11])
    assert len(reader(folder).network.encoder.layers) == 2


def test_each_pass_of_a_lesson_reads_all_of_it(articles: list[list[Example]]) -> None:
    lessons = taught([(example, True) for example in articles[0]] * 10)
    own = load_lesson().model_copy(update={"passes": 1.5})
    queue = lesson_batches(own, lessons, 100)
    read = [one.at for batch in queue for one in batch if isinstance(one, Taught)]
    assert len(read) == 30
    assert set(read) == {example.at for example in lessons}
    assert lessons[1].at == len(lessons[0].numbers) + 2
