"""What the benchmark of speakers takes for one name."""

from __future__ import annotations

import pytest
import yaml
from conftest import ROOT

from benchmarks.speakers.agreement import Agreement
from claims.speakers.gazetteer import load_gazetteer
from claims.speakers.transliteration import load_transliteration

CONFIG = ROOT / "config"
PAIRS = yaml.safe_load((ROOT / "tests/speakers/agreement.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return Agreement(load_gazetteer(CONFIG), load_transliteration(CONFIG))


@pytest.mark.parametrize("expected", ["same", "different"])
def test_names_agree_as_a_reader_would_say(agreement: Agreement, expected: str) -> None:
    wrong = [pair for pair in PAIRS[expected] if agreement.agrees(*pair) != (expected == "same")]
    assert not wrong


def test_nobody_agrees_with_nobody_alone(agreement: Agreement) -> None:
    assert agreement.agrees(None, "-")
    assert not agreement.agrees("police", "-")
    assert not agreement.agrees(None, "police")
