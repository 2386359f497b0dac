"""The large network: its encoder's packages, what was learned beside it, and who is asked."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from learned_cases import pairs_of_cases

from claims.config.settings import ContradictionSettings, config_folder
from claims.contradictions.candidate import CandidatePair
from claims.contradictions.judges.calibration import PairCalibration
from claims.contradictions.judges.judge import PairLabel, notices
from claims.contradictions.judges.learned.large import parts
from claims.contradictions.judges.learned.large.adapters import packed, unpacked
from claims.contradictions.judges.learned.large.parts import PartedFile
from claims.contradictions.judges.learned.large.reader import read_large
from claims.contradictions.judges.learned.learned_judge import BUNDLED, LARGE, LearnedJudge
from claims.contradictions.judges.learned.probabilities import PairProbabilities
from claims.contradictions.judges.registry import judge_versions, open_judge
from claims.contradictions.statements import Statement
from claims.errors import ModelError
from claims.language.encoder.stored_weights import SMALLER, read_weights, write_smaller

LEARNED = ContradictionSettings(judge=("learned",))
CONTRADICT = list(PairLabel).index(PairLabel.CONTRADICT)
AS_IT_IS = PairCalibration()


@pytest.fixture(scope="module")
def pairs() -> list[tuple[CandidatePair, CandidatePair]]:
    return pairs_of_cases()


def contradicts(probabilities: PairProbabilities, pairs: list[CandidatePair]) -> list[float]:
    return [one.shares[CONTRADICT] for one in probabilities.of(pairs)]


def test_parts_are_read_as_one_file(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in "abc"]
    for path, data in zip(paths, (b"0123", b"", b"456789"), strict=True):
        path.write_bytes(data)
    with PartedFile(paths) as file:
        assert file.read() == b"0123456789"
        assert file.seek(-7, 2) == 3
        assert file.readall() == b"3456789"
        file.seek(20)
        assert file.read() == b""


def test_what_was_learned_comes_back_from_4_bits() -> None:
    torch.manual_seed(1)
    learned = {
        "encoder.layers.4.up.inner": torch.randn(16, 768),
        "encoder.layers.4.up.outer": torch.randn(3072, 16),
        "labels.weight": torch.randn(4, 70),
        "labels.bias": torch.randn(4),
    }
    back = unpacked(packed(learned), {name: one.shape for name, one in learned.items()})
    assert back.keys() == learned.keys()
    for name, one in learned.items():
        assert back[name].shape == one.shape
        assert float((back[name] - one).norm() / one.norm()) < 0.15


def test_weights_in_gzip_are_the_same_weights(tmp_path: Path) -> None:
    tensors = {"one": torch.arange(12.0).reshape(3, 4), "two": torch.ones(2, dtype=torch.uint8)}
    for folder in (tmp_path / "first", tmp_path / "second"):
        folder.mkdir()
        write_smaller(tensors, folder, {"layers": "1 2"})
    stored = read_weights(tmp_path / "first")
    assert stored.told["layers"] == "1 2"
    assert all(torch.equal(stored.tensors[name], one) for name, one in tensors.items())
    first, second = (tmp_path / name / SMALLER for name in ("first", "second"))
    assert first.read_bytes() == second.read_bytes()


def test_what_contradicts_is_told_from_what_only_looks_like_it(
    pairs: list[tuple[CandidatePair, CandidatePair]],
) -> None:
    reader, _ = read_large(LARGE)
    against, _ = reader.read([one for one, _ in pairs])
    beside, _ = reader.read([other for _, other in pairs])
    difference = against[:, CONTRADICT] - beside[:, CONTRADICT]
    assert int((difference > 0).sum()) >= len(pairs) - 1


def test_a_judgement_does_not_depend_on_what_is_judged_with_it(
    pairs: list[tuple[CandidatePair, CandidatePair]],
) -> None:
    reader, _ = read_large(LARGE)
    both = [one for two in pairs for one in two]
    together, _ = reader.read(both)
    alone = torch.cat([reader.read([one])[0] for one in both])
    assert torch.equal(together, alone)


def test_it_reads_the_pairs_of_its_own_languages(
    pairs: list[tuple[CandidatePair, CandidatePair]],
) -> None:
    mixed = [one for one, _ in pairs]
    mixed[1::2] = [replace(one, right=in_urdu(one.right)) for one in mixed[1::2]]
    told = PairProbabilities(BUNDLED, LARGE, AS_IT_IS).of(mixed)
    assert [one.large for one in told] == [at % 2 == 0 for at in range(len(mixed))]
    small = contradicts(PairProbabilities(BUNDLED, None, AS_IT_IS), mixed)
    large = contradicts(PairProbabilities(BUNDLED, LARGE, AS_IT_IS), mixed[::2])
    assert [one.shares[CONTRADICT] for one in told[1::2]] == small[1::2]
    assert [one.shares[CONTRADICT] for one in told[::2]] == large
    assert all(one != other for one, other in zip(large, small[::2], strict=True))


def in_urdu(one: Statement) -> Statement:
    return one.model_copy(update={"language": "ur"})


def test_without_its_packages_the_small_network_reads_and_a_line_says_so(
    pairs: list[tuple[CandidatePair, CandidatePair]], monkeypatch: pytest.MonkeyPatch
) -> None:
    against = [one for one, _ in pairs]
    there = judge_versions(LEARNED)
    alone = contradicts(PairProbabilities(BUNDLED, None, AS_IT_IS), against)
    monkeypatch.setattr(parts, "PACKAGES", ("a-package-that-is-not-there",))
    read_large.cache_clear()
    judge = open_judge(config_folder(), LEARNED)
    assert isinstance(judge, LearnedJudge)
    assert contradicts(judge.probabilities, against) == alone
    (line,) = notices(judge)
    assert (
        "a-package-that-is-not-there" in line
        and "requirements-large.txt" in line
        and "\n" not in line
    )
    assert judge_versions(LEARNED) != there  # so that all is compared again when they are there
    quiet = open_judge(config_folder(), LEARNED.model_copy(update={"large_judge": False}))
    quiet.judge_many(against)
    assert notices(quiet) == ()


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "large"
    shutil.copytree(LARGE, folder)
    weights = bytearray((folder / SMALLER).read_bytes())
    weights[-1] ^= 1
    (folder / SMALLER).write_bytes(weights)
    with pytest.raises(ModelError, match=SMALLER):
        PairProbabilities(BUNDLED, folder, AS_IT_IS)
