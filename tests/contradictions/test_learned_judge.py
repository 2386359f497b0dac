"""The judge that has learned: what it reads, what it tells apart, and what is chosen for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from learned_cases import Said, pairs_of_cases, statement
from written_claims import article

from claims.config.settings import ContradictionSettings, PipelineSettings, config_folder
from claims.contradictions.candidate import CandidatePair, CandidateRoute
from claims.contradictions.candidate_scorer import candidate_scorer
from claims.contradictions.candidates import candidate_batches
from claims.contradictions.find import find
from claims.contradictions.judges.calibration import PairCalibration
from claims.contradictions.judges.judge import PairLabel
from claims.contradictions.judges.learned.learned_judge import (
    BUNDLED,
    LearnedJudge,
)
from claims.contradictions.judges.learned.reader import pair_side
from claims.contradictions.judges.learned.sides import MOST, PairSide, PieceKind, cut_side
from claims.contradictions.judges.registry import open_judge
from claims.contradictions.likely import may_be_asked
from claims.contradictions.preparation import prepare
from claims.contradictions.statement_signs import StatementSigns
from claims.contradictions.statements import read_statements
from claims.errors import ModelError
from claims.language.encoder.stored_weights import SMALLER
from claims.language.encoder.subwords import Cutter
from claims.language.encoder.weights import base_weights
from claims.model import Stance
from claims.pipeline.analyser import Analyser
from claims.store.articles import save
from claims.store.database import Database

LEARNED = ContradictionSettings(judge=("learned",))


@pytest.fixture(scope="module")
def judge() -> LearnedJudge:
    opened = open_judge(config_folder(), LEARNED)
    assert isinstance(opened, LearnedJudge)
    return opened


@pytest.fixture(scope="module")
def pairs() -> list[tuple[CandidatePair, CandidatePair]]:
    return pairs_of_cases()


def contradicts(judge: LearnedJudge, pairs: list[CandidatePair]) -> list[float]:
    at = list(PairLabel).index(PairLabel.CONTRADICT)
    return [one.shares[at] for one in judge.probabilities.of(pairs)]


def test_what_contradicts_is_told_from_what_only_looks_like_it(
    judge: LearnedJudge, pairs: list[tuple[CandidatePair, CandidatePair]]
) -> None:
    against = contradicts(judge, [one for one, _ in pairs])
    beside = contradicts(judge, [other for _, other in pairs])
    assert all(one > other for one, other in zip(against, beside, strict=True))


def test_a_judgement_does_not_depend_on_what_is_judged_with_it(
    judge: LearnedJudge, pairs: list[tuple[CandidatePair, CandidatePair]]
) -> None:
    both = [one for two in pairs for one in two]
    together = contradicts(judge, both)
    alone = [contradicts(judge, [one])[0] for one in both]
    assert together == alone


def test_what_is_shown_has_a_sentence_and_words(
    judge: LearnedJudge, pairs: list[tuple[CandidatePair, CandidatePair]]
) -> None:
    for judgement in judge.judge_many([one for one, _ in pairs]):
        assert judgement.explanation.endswith(".")
        assert 0 <= judgement.score <= 1


def test_a_later_count_is_one_only_where_it_is_known_which_is_later(
    judge: LearnedJudge, pairs: list[tuple[CandidatePair, CandidatePair]]
) -> None:
    both = [one for two in pairs for one in two]
    assert PairLabel.UPDATE not in {one.label for one in judge.judge_many(both)}


def test_what_people_decided_bends_the_probability(
    judge: LearnedJudge, pairs: list[tuple[CandidatePair, CandidatePair]]
) -> None:
    bent = LearnedJudge(BUNDLED, judge, 0.5, PairCalibration(slope=1.0, constant=-3.0))
    asked = [one for one, _ in pairs]
    before, after = contradicts(judge, asked), contradicts(bent, asked)
    assert all(later < earlier for earlier, later in zip(before, after, strict=True))


def test_altered_weights_are_refused(judge: LearnedJudge, tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(BUNDLED, folder)
    weights = bytearray((folder / SMALLER).read_bytes())
    weights[-1] ^= 1
    (folder / SMALLER).write_bytes(weights)
    with pytest.raises(ModelError, match=SMALLER):
        LearnedJudge(folder, judge, 0.5)


def test_a_side_is_cut_to_what_the_network_reads() -> None:
    cut = Cutter(base_weights()).pieces
    long = cut_side(PairSide("the bridge is closed " * 60, "A very long name " * 20), cut)
    assert long.kinds.count(PieceKind.CONTENT) == MOST[PieceKind.CONTENT]
    assert long.kinds.count(PieceKind.HEADING) <= MOST[PieceKind.HEADING]
    assert PieceKind.AROUND not in long.kinds
    bare = cut_side(
        PairSide("it", "She", Stance.DENY, "Did she take the money? She denied ", "."), cut
    )
    assert PieceKind.AROUND in bare.kinds


def test_a_denial_without_words_of_its_own_is_read_by_its_cue() -> None:
    denial = statement(Said(speaker="She", text="nothing", stance=Stance.DENY), "x")
    bare = denial.model_copy(update={"content": None, "pieces": ()})
    assert pair_side(bare).text == "said"


TEXTS = (
    "The opposition said that the minister had sold the harbour to a friend.\n"
    "The minister denied that he had sold the harbour.\n"
    "The opposition said that the price was a third of what the harbour is worth.\n"
    "Fishermen believe that the minister had not sold the harbour.\n",
    "The minister told reporters that nobody had bought the harbour from him.\n"
    "Fishermen said that the harbour was closed on Monday.\n",
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    analysed, failures = Analyser(config_folder(), PipelineSettings()).analyse(
        [article("en", text, f"{n}.txt", f"outlet {n}") for n, text in enumerate(TEXTS)]
    )
    assert not failures
    made = Database(tmp_path_factory.mktemp("likely") / "claims.duckdb")
    save(made, analysed)
    with made.reading() as connection:
        ids = [a for (a,) in connection.execute("SELECT article_id FROM articles").fetchall()]
    prepare(made, LEARNED, ids)
    return made


def within(
    database: Database, settings: ContradictionSettings, new: list[str] | None
) -> list[CandidatePair]:
    with database.reading() as connection:
        found = [one for batch in candidate_batches(connection, settings, new) for one in batch]
    return [one for one in found if one.route is CandidateRoute.WITHIN]


def test_the_likeliest_pairs_of_an_article_are_judged(database: Database) -> None:
    pairs = within(database, LEARNED, None)
    assert any("denied" in one.right.text and one.right.stance is Stance.DENY for one in pairs)
    assert all(len(one.articles) == 1 and not one.nested for one in pairs)
    few = within(database, LEARNED.model_copy(update={"likely_within": 1}), None)
    assert 0 < len(few) == len({one.left.article_id for one in few}) < len(pairs)
    by_likeness = {one.left.article_id: one.likeness for one in few}
    assert all(one.likeness <= by_likeness[one.left.article_id] for one in pairs)
    assert within(database, LEARNED, []) == []


def test_a_question_is_no_side(database: Database) -> None:
    with database.reading() as connection:
        ids = {one for (one,) in connection.execute("SELECT claim_id FROM claims").fetchall()}
        statements = list(read_statements(connection, ids).values())
    plain = next(one for one in statements if StatementSigns(one).states)
    end = plain.content.end if plain.content else 0
    asked = plain.model_copy(update={"text": f"{plain.text[:end]}?{plain.text[end + 1 :]}"})
    others = [StatementSigns(one) for one in statements if one.claim_id != plain.claim_id]
    route = CandidateRoute.WITHIN
    assert any(may_be_asked(StatementSigns(plain), one, route) for one in others)
    assert not any(may_be_asked(StatementSigns(asked), one, route) for one in others)


def test_candidate_weights_that_do_not_load_are_named(tmp_path: Path) -> None:
    place = tmp_path / "candidates.safetensors"
    place.write_bytes(b"x")
    with pytest.raises(ModelError, match=r"candidates\.safetensors: the weights do not load"):
        candidate_scorer(place)


def test_the_rules_are_asked_about_their_own_candidates_only(database: Database) -> None:
    assert within(database, ContradictionSettings(judge=("rules",)), None) == []


def test_beliefs_and_demands_can_be_explained_too(database: Database) -> None:
    everything = LEARNED.model_copy(update={"minimum_score": 0.0, "large_minimum": 0.0})
    with database.reading() as connection:
        found = find(connection, everything, None, open_judge(config_folder(), everything))
        rows = connection.execute("SELECT claim_id FROM claims WHERE stance = 'opine'").fetchall()
    beliefs = {claim for (claim,) in rows}
    assert any({one.left_claim_id, one.right_claim_id} & beliefs for one in found)
    assert all(one.explanation for one in found)
