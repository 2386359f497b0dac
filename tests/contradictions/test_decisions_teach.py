"""What people decide becomes labelled pairs and a calibration, and counts once."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from asked_model import disputes
from conftest import ROOT
from typer.testing import CliRunner

from claims.cli.main import app
from claims.config.settings import ContradictionSettings
from claims.contradictions.candidate import CandidatePair
from claims.contradictions.decided.calibrate import Refit, refit, write_calibration
from claims.contradictions.decided.fitting import (
    ScoredDecision,
    figures,
    fitted,
    held_out,
    reliability,
)
from claims.contradictions.judges import registry
from claims.contradictions.judges.calibration import (
    PairCalibration,
    load_pair_calibration,
    logit,
    sigmoid,
)
from claims.contradictions.judges.judge import Judge, Judgement, PairLabel
from claims.contradictions.judges.registry import JudgeFactory
from claims.errors import ConfigError, QueryError
from claims.library import find_contradictions
from claims.model import Verdict
from claims.review.decisions import decide, last, undo
from claims.store.database import Database
from claims.store.query import query

DAMS = 24
OWN = ContradictionSettings(judge=("sure",))


class Sure:
    """A judge that is surer the higher the number of the dam, and too sure of all."""

    def __init__(self, calibration: PairCalibration) -> None:
        self._calibration = calibration

    def judge_many(self, pairs: Sequence[CandidatePair]) -> list[Judgement]:
        judged = []
        for pair in pairs:
            words = pair.left.quoted(pair.left.pieces)
            same = words == pair.right.quoted(pair.right.pieces)
            said = 0.55 + 0.4 * int(words.split()[1]) / DAMS
            label = PairLabel.CONTRADICT if same else PairLabel.NEITHER
            judged.append(Judgement(label, self._calibration.applied(said), f"About {words}."))
        return judged


def opened(config: Path, settings: ContradictionSettings) -> Judge:
    return Sure(load_pair_calibration(config))


SURE = JudgeFactory("sure", opened, calibrated=True)


@pytest.fixture(autouse=True)
def sure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_added", [SURE])


def configured(folder: Path) -> Path:
    made = Path(shutil.copytree(ROOT / "config", folder / "config"))
    (made / "pipeline.yaml").write_text("contradictions: {judge: sure}\n", encoding="utf-8")
    return made


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return configured(tmp_path)


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A database with what the judge found, and the identifiers by dam. Not to be changed."""
    folder = tmp_path_factory.mktemp("decided")
    database = disputes(folder / "claims.duckdb", DAMS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "_added", [SURE])
        pairs = find_contradictions(database, config=configured(folder))
    assert len(pairs) == DAMS
    return database.path, [one.contradiction_id for one in reversed(pairs)]


@pytest.fixture
def found(compared: tuple[Path, list[str]], tmp_path: Path) -> tuple[Database, list[str]]:
    """A copy of it."""
    path, pairs = compared
    return Database(Path(shutil.copy(path, tmp_path / "claims.duckdb")), wait=0.2), pairs


def decide_all(found: tuple[Database, list[str]]) -> Database:
    """Every third is none, and of the less sure half only every third is one."""
    database, pairs = found
    for number, pair in enumerate(pairs):
        right = (number % 3 != 0) if number >= DAMS // 2 else (number % 3 == 0)
        verdict = Verdict.CONTRADICTION if right else Verdict.COMPATIBLE
        decide(database.path, pair, verdict, "", "Ayesha")
    return database


def test_a_calibration_counts_decisions_once_however_often_it_is_made(
    found: tuple[Database, list[str]], config: Path
) -> None:
    database = decide_all(found)
    first = refit(database, config, OWN)
    assert (first.decisions, first.right, first.left_out) == (DAMS, 12, 0)
    assert first.in_force == PairCalibration() and first.found.constant < 0
    assert first.before.shown == DAMS and first.before.right == 12
    assert first.after.log_loss < first.before.log_loss
    assert not (config / "judge_calibration.yaml").exists()
    path = write_calibration(config, first)
    assert load_pair_calibration(config) == first.found
    assert path.read_text("utf-8").startswith("# How the probability of the judge is bent")
    # The stored scores are still those of before; then those of after, some below what is kept.
    assert same(refit(database, config, OWN), first)
    kept = find_contradictions(database, config=config)
    assert 0 < len(kept) < DAMS
    assert kept[0].score == pytest.approx(first.found.applied(0.95), abs=1e-4)
    again = refit(database, config, OWN)
    assert same(again, first) and again.in_force == first.found
    write_calibration(config, again)
    assert same(refit(database, config, OWN), first)
    # What is decided otherwise meanwhile counts as it stands.
    decide(database.path, found[1][-1], Verdict.COMPATIBLE, "", "Bano")
    assert refit(database, config, OWN).right == first.right - 1


def same(one: Refit, other: Refit) -> bool:
    """Whether two fits are one, but for the rounding of stored scores."""
    return (one.decisions, one.right) == (other.decisions, other.right) and (
        one.found.slope,
        one.found.constant,
    ) == pytest.approx((other.found.slope, other.found.constant), abs=2e-3)


def test_what_other_settings_judged_does_not_count(
    found: tuple[Database, list[str]], config: Path
) -> None:
    database = decide_all(found)
    other = ContradictionSettings(judge=("sure",), days=3)
    with pytest.raises(
        QueryError, match=r"too few decisions.*: 0, and 10 .*; 24 more do not count"
    ):
        refit(database, config, other)


def test_too_few_decisions_or_of_one_kind_are_told(
    found: tuple[Database, list[str]], config: Path
) -> None:
    database, pairs = found
    with pytest.raises(QueryError, match="too few decisions to calibrate by: 0"):
        refit(database, config, OWN)
    for pair in pairs[:10]:
        decide(database.path, pair, Verdict.EXTRACTION_ERROR, "", "Ayesha")
    for pair in pairs[10:]:
        decide(database.path, pair, Verdict.UNSURE, "", "Ayesha")
    with pytest.raises(QueryError, match=r"all 10 decisions are of one kind \(none\)"):
        refit(database, config, OWN)
    with pytest.raises(QueryError, match="the score of 'rules' goes through no calibration"):
        refit(database, config, ContradictionSettings())


def test_the_command_shows_figures_and_writes_when_asked(
    found: tuple[Database, list[str]], config: Path
) -> None:
    database = decide_all(found)
    words = ["contradictions", "calibrate", "--config", str(config)]
    words += ["--database", str(database.path)]
    told = CliRunner().invoke(app, words).stdout
    for part in ("24 decisions, 12 of them contradictions", "log loss", "Brier score",
                 "12 (50%)", "0.9 to 1", "nothing was changed; --write puts it into"):  # fmt: skip
        assert part in told
    assert not (config / "judge_calibration.yaml").exists()
    told = CliRunner().invoke(app, [*words, "--write"]).stdout
    assert "the next `claims run` compares the stored claims again by it" in told
    assert load_pair_calibration(config).constant < 0


def test_decisions_are_exported_as_labelled_pairs(
    found: tuple[Database, list[str]], tmp_path: Path
) -> None:
    database, pairs = found
    for number, verdict, reviewer in (
        (0, Verdict.CONTRADICTION, "Ayesha"),
        (1, Verdict.COMPATIBLE, "Ayesha"),
        (2, Verdict.SUPERSEDED, "Ayesha"),
        (3, Verdict.EXTRACTION_ERROR, "Ayesha"),
        (4, Verdict.UNSURE, "Ayesha"),
        (0, Verdict.CONTRADICTION, "Bano"),
        (1, Verdict.CONTRADICTION, "Bano"),
        (2, Verdict.COMPATIBLE, "Bano"),
        (5, Verdict.CONTRADICTION, "Bano"),
    ):
        decide(database.path, pairs[number], verdict, "two\nlines" if number == 2 else "", reviewer)
    mistake = last(database.path, "Bano")
    assert mistake and undo(database.path, "Bano", mistake.reviewed_at)
    decide(database.path, pairs[2], Verdict.SUPERSEDED, "by a later count", "Bano")
    out = tmp_path / "labels.jsonl"
    words = ["contradictions", "export-labels", str(out), "--database", str(database.path)]
    assert CliRunner().invoke(app, words).stdout == f"4 labelled pairs in {out}\n"
    rows = {one["id"]: one for one in map(json.loads, out.read_text("utf-8").splitlines())}
    shown = [
        (one["label"], one["why"], one["verdict"], one["reviewers"], one["agreeing"])
        for one in (rows[pair] for pair in pairs[:4])
    ]
    assert shown == [
        ("contradict", "", "contradiction", 2, 2),
        ("contradict", "", "contradiction", 2, 1),
        ("update", "by a later count", "superseded", 2, 2),
        ("neither", "extraction-error", "extraction error", 1, 1),
    ]
    left, right = rows[pairs[0]]["left"], rows[pairs[0]]["right"]
    rows_of = query(database, "SELECT article_id, text FROM articles").rows
    texts = {str(article): str(text) for article, text in rows_of}
    for side in (left, right):
        text = texts[side["article"]]
        assert text[side["start"] : side["end"]] == side["text"] == "dam 1 was full and safe"
        assert text == side["before"] + side["text"] + side["after"]
    assert {key: left[key] for key in ("language", "outlet", "date", "speaker", "stance")} == {
        "language": "en", "outlet": "Morning Paper", "date": "2024-05-06",
        "speaker": "Water minister", "stance": "claim",
    }  # fmt: skip
    assert right["date"] is None
    assert "is there already" in str(CliRunner().invoke(app, words).exception)


def test_a_bent_judge_is_bent_back_and_a_good_one_left_alone() -> None:
    draw = random.Random(16)
    said = [draw.uniform(0.5, 0.99) for _ in range(1000)]
    bent = [ScoredDecision(one, draw.random() < sigmoid(0.7 * logit(one) - 2)) for one in said]
    made = fitted(bent)
    assert made.slope == pytest.approx(0.7, abs=0.15) and made.constant == pytest.approx(
        -2, abs=0.2
    )
    right = [one.right for one in bent]
    before, after = figures(said, right), figures(held_out(bent), right)
    assert after.log_loss < before.log_loss - 0.3 and after.brier < before.brier - 0.1
    assert before.shown == 1000 and after.right / after.shown > before.right / before.shown + 0.2
    for one in reliability([made.applied(score) for score in said], right):
        assert abs(one.said - one.right) < 0.1 or one.pairs < 50
    good = [ScoredDecision(one, draw.random() < one) for one in said]
    assert fitted(good).applied(0.8) == pytest.approx(0.8, abs=0.05)
    assert fitted([]) == PairCalibration()


def test_ten_decisions_do_not_throw_a_judge_over() -> None:
    """Nor does it lose its order, whatever was decided."""
    for right in (True, False):
        made = fitted([ScoredDecision(0.9, right)] * 10)
        assert 0.25 < made.applied(0.9) < 0.97
        assert all(made.applied(a / 20) < made.applied(b / 20) for a, b in pairwise(range(1, 20)))
    turned = [ScoredDecision(0.95, False), ScoredDecision(0.55, True)] * 500
    assert fitted(turned).applied(0.95) > fitted(turned).applied(0.55)


def test_a_calibration_is_read_and_taken_back(tmp_path: Path) -> None:
    assert load_pair_calibration(tmp_path).applied(0.3) == 0.3
    file = tmp_path / "judge_calibration.yaml"
    file.write_text("slope: 0.5\nconstant: -1\n", encoding="utf-8")
    made = load_pair_calibration(tmp_path)
    for probability in (0.0, 0.2, 0.9, 1.0):
        assert made.taken_back(made.applied(probability)) == pytest.approx(probability, abs=1e-5)
    assert made.applied(0.5) == pytest.approx(sigmoid(-1))
    for text, why in (("slope: 0\n", "line 1: slope"), ("slope: 1\nbias: 2\n", "line 2: bias")):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError, match=rf"judge_calibration\.yaml, {why}"):
            load_pair_calibration(tmp_path)
