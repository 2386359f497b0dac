"""The training loop and its steps: cut off and gone on, made once, packed as the product loads."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from claims.errors import ModelError
from claims.language.pipelines import BUNDLED, verify
from training.descent import LOWEST, WARM_UP, Descent, descend, rate_at
from training.packing import pack
from training.recipe import load_recipe
from training.steps import Workshop

PLAN = Descent(steps=120, rate=0.1, seed=1, every=20)


def learn(checkpoint: Path, cut_after: int | None = None) -> tuple[torch.nn.Linear, list[str]]:
    """Fit y = 2x with one weight; ``cut_after`` so many batches the power fails."""
    torch.manual_seed(0)
    model = torch.nn.Linear(1, 1, bias=False)
    optimizer = torch.optim.Adam(model.parameters(), lr=1.0)
    notes: list[str] = []
    seen = 0

    def update(batch: torch.Tensor) -> float:
        nonlocal seen
        seen += 1
        if cut_after is not None and seen > cut_after:
            raise KeyboardInterrupt
        optimizer.zero_grad()
        loss = ((model(batch) - 2 * batch) ** 2).mean()
        loss.backward()
        optimizer.step()
        return float(loss.detach())

    def batches() -> Iterator[torch.Tensor]:
        return iter(torch.randn(10, 4, 1))

    descend(model, [optimizer], update, batches, PLAN, checkpoint, notes.append)
    return model, notes


def test_the_learning_rate_rises_and_then_falls_to_the_end() -> None:
    rates = [rate_at(step, PLAN) for step in range(PLAN.steps + 1)]
    top = rates.index(max(rates))
    assert top in (WARM_UP - 1, WARM_UP)
    assert rates[:top] == sorted(rates[:top])
    assert rates[top:] == sorted(rates[top:], reverse=True)
    assert rates[-1] == pytest.approx(PLAN.rate * LOWEST)


def test_a_training_that_was_cut_off_goes_on(tmp_path: Path) -> None:
    checkpoint = tmp_path / "x.checkpoint"
    with pytest.raises(KeyboardInterrupt):
        learn(checkpoint, cut_after=70)
    model, notes = learn(checkpoint)
    assert notes[0] == "goes on after step 60"
    assert notes[-1].startswith("step 120/120")
    assert float(model.weight.detach()) == pytest.approx(2, abs=0.2)


def test_the_same_seed_gives_the_same_weights(tmp_path: Path) -> None:
    first, _ = learn(tmp_path / "a")
    second, _ = learn(tmp_path / "b")
    assert torch.equal(first.weight, second.weight)


def test_a_step_is_done_once_and_again_when_what_it_is_made_from_changes(tmp_path: Path) -> None:
    source, made = tmp_path / "source", tmp_path / "work" / "made"
    source.write_text("one", encoding="utf-8")
    calls: list[str] = []

    def run(option: int = 1) -> None:
        def make() -> None:
            calls.append(source.read_text(encoding="utf-8"))
            made.write_text("made", encoding="utf-8")

        Workshop(tmp_path / "work").step("x", [source], {"option": option}, [made], make)

    run()
    run()
    assert calls == ["one"]
    run(option=2)
    source.write_text("two", encoding="utf-8")
    run(option=2)
    made.unlink()
    run(option=2)
    assert calls == ["one", "one", "two", "two"]
    assert "x: is there" in (tmp_path / "work" / "log.txt").read_text(encoding="utf-8")


def test_a_checkpoint_of_another_training_is_not_gone_on_from(tmp_path: Path) -> None:
    workshop, made = Workshop(tmp_path), tmp_path / "model.pt"
    checkpoint = tmp_path / "model.checkpoint"

    def fail() -> None:
        checkpoint.write_text("half", encoding="utf-8")
        raise KeyboardInterrupt

    for options, kept in (({"steps": 1}, True), ({"steps": 2}, False)):
        with pytest.raises(KeyboardInterrupt):
            workshop.step("x", [], {"steps": 1}, [made], fail)
        found: list[bool] = []

        def look(found: list[bool] = found) -> None:
            found.append(checkpoint.exists())

        workshop.step("x", [], options, [made], look)
        assert found == [kept]


def test_packed_models_are_small_and_those_that_were_packed(tmp_path: Path) -> None:
    trained = tmp_path / "trained"
    shutil.copytree(BUNDLED / "ur", trained)
    whole = torch.load(trained / "pos.pt", weights_only=True)
    whole["model"] = {name: value.float() for name, value in whole["model"].items()}
    whole["optimizer_state_dict"] = {"state": torch.zeros(1000)}
    torch.save(whole, trained / "pos.pt")
    pack(trained, BUNDLED / "ur" / "spelling.yaml", tmp_path / "packed")
    verify(tmp_path / "packed")
    packed = torch.load(tmp_path / "packed" / "pos.pt", weights_only=True)
    assert "optimizer_state_dict" not in packed
    assert {value.dtype for value in packed["model"].values() if value.is_floating_point()} == {
        torch.float16
    }
    with zipfile.ZipFile(tmp_path / "packed" / "pos.pt") as archive:
        assert all(entry.compress_type == zipfile.ZIP_DEFLATED for entry in archive.infolist())
    before, after = whole["model"], packed["model"]
    assert all(torch.equal(before[name].half(), after[name]) for name in before)
    (tmp_path / "packed" / "spelling.yaml").write_text("rules: []\n", encoding="utf-8")
    with pytest.raises(ModelError, match=r"spelling\.yaml: not the file"):
        verify(tmp_path / "packed")


@pytest.mark.parametrize("language", ["ur", "en"])
def test_the_recipes_can_be_read(language: str) -> None:
    recipe = load_recipe(language)
    assert recipe.language == language
    assert sum(kind.share for kind in recipe.kinds) == pytest.approx(1)
