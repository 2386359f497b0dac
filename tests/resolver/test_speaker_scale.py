"""How many names a new one is compared with, and that ruling names out early changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.speakers.names import crossed, known_pairs, read_pairs
from benchmarks.speakers.scale import compared, exponent
from claims.speakers.gazetteer import load_gazetteer
from claims.speakers.similar import AUTOMATIC, SUGGESTED, NameIndex
from claims.speakers.transliteration import Transliteration, load_transliteration

ROOT = Path(__file__).resolve().parents[2]
SIZES = (500, 1_000, 2_000, 4_000)
MOST = 16  # names of two blocks that one name is compared with at most


@pytest.fixture(scope="module")
def transliteration() -> Transliteration:
    return load_transliteration(ROOT / "config")


@pytest.fixture(scope="module")
def pairs() -> list[tuple[str, str]]:
    written = read_pairs(ROOT / "tests" / "speakers" / "names.yaml")
    known = known_pairs(load_gazetteer(ROOT / "config"))
    return [*written.different, *written.same, *known, *crossed(written.same)[:4_000]]


def test_comparisons_grow_no_faster_than_n_log_n(transliteration: Transliteration) -> None:
    rows = [{"speakers": n, "compared": compared(n, transliteration)} for n in SIZES]
    growth = exponent(rows, "compared")
    assert growth["measured"] < growth["n_log_n"]


def test_a_crowded_block_is_not_compared_with_as_a_whole(transliteration: Transliteration) -> None:
    index: NameIndex[str] = NameIndex(transliteration)
    vowels = [f"{a}{b}" for a in "aeiou" for b in "aeiouy"]
    for one in vowels:
        for other in vowels:
            index.add(f"K{one}r D{other}n", f"K{one}r D{other}n")
    found = index.find("Kaar Daan", AUTOMATIC)
    assert "Kaar Daan" in {name for _, name in found}
    assert index.compared <= MOST


@pytest.mark.parametrize("least", [SUGGESTED, AUTOMATIC])
def test_ruling_names_out_early_changes_no_answer(
    transliteration: Transliteration, pairs: list[tuple[str, str]], least: float
) -> None:
    alike = 0
    for one, other in pairs:
        left, right = transliteration.hear(one), transliteration.hear(other)
        if left is None or right is None:
            continue
        fully = transliteration.similarity(left, right)
        early = transliteration.similarity(left, right, least)
        assert (early >= least) == (fully >= least), (one, other)
        assert early == fully or early < least
        alike += fully >= least
    assert alike > 150
