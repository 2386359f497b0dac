"""Who judges pairs: the rules of the package, judges from elsewhere, and several in turn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from written_claims import DATA, article

from claims.config.settings import (
    ContradictionSettings,
    PipelineSettings,
    config_folder,
    load_pipeline,
)
from claims.config.yaml_file import Checked, load
from claims.contradictions.candidate import CandidatePair, CandidateRoute
from claims.contradictions.find import find
from claims.contradictions.fingerprint import comparison_fingerprint
from claims.contradictions.judges import registry
from claims.contradictions.judges.in_turn import JudgesInTurn
from claims.contradictions.judges.judge import Judge, Judgement, PairLabel
from claims.contradictions.judges.registry import JudgeFactory, open_judge, register
from claims.contradictions.statements import Statement, read_statements
from claims.entry_points import load_entry_points
from claims.errors import ConfigError, ModelError
from claims.model import ContradictionKind
from claims.pipeline.analyser import Analyser
from claims.store.articles import save
from claims.store.contradictions import save_contradictions
from claims.store.database import Database
from claims.store.stored_pairs import best_pairs

_SETTINGS = ContradictionSettings()


class _Written(Checked):
    language: str
    left: str
    right: str
    kind: ContradictionKind
    words: tuple[str, str]


class _Texts(Checked):
    pairs: tuple[_Written, ...]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Two articles that differ in a number, as the pipeline stores them."""
    written = load(DATA / "conflicts.yaml", _Texts).pairs[0]
    analysed, failures = Analyser(config_folder(), PipelineSettings()).analyse(
        [
            article(written.language, written.left, "left.txt", "left"),
            article(written.language, written.right, "right.txt", "right"),
        ]
    )
    assert not failures
    made = Database(tmp_path_factory.mktemp("judges") / "claims.duckdb")
    save(made, analysed)
    return made


@pytest.fixture(scope="module")
def statements(database: Database) -> list[Statement]:
    with database.reading() as connection:
        ids = [one for (one,) in connection.execute("SELECT claim_id FROM claims").fetchall()]
        known = read_statements(connection, ids)
    return [known[one] for one in sorted(ids)]


class Constant:
    """A judge that says the same of every pair, and keeps what it was asked."""

    def __init__(self, judgement: Judgement) -> None:
        self.judgement = judgement
        self.asked: list[CandidatePair] = []

    def judge_many(self, pairs: Sequence[CandidatePair]) -> list[Judgement]:
        self.asked += pairs
        return [self.judgement] * len(pairs)


AGREES = Judgement(PairLabel.AGREE, 0.9, "Both say the same.")
LEARNED = Judgement(PairLabel.CONTRADICT, 0.97, "The model has learned it.")


def rules() -> Judge:
    return open_judge(config_folder(), _SETTINGS)


def test_the_rules_give_label_kind_words_and_reason(statements: list[Statement]) -> None:
    left, right = statements
    (said, same) = rules().judge_many([CandidatePair(left, right), CandidatePair(left, left)])
    assert said.label is PairLabel.CONTRADICT and said.kind is ContradictionKind.QUANTITY
    assert 0.5 < said.score <= 1 and "4,300" in said.explanation
    assert "4,300" in {
        span.of(one.text)
        for one, spans in ((left, said.left_words), (right, said.right_words))
        for span in spans
    }
    assert same.label is PairLabel.NEITHER and not same.conflicts


def test_a_judge_is_given_candidates_with_what_is_measured_of_them(database: Database) -> None:
    judge = Constant(AGREES)
    with database.reading() as connection:
        assert find(connection, _SETTINGS, None, judge) == []
    (pair,) = judge.asked
    assert pair.route is CandidateRoute.ALIKE
    assert pair.likeness > 0.5 and pair.left.text != pair.right.text
    assert len(pair.articles) == 2


def test_a_registered_judge_takes_the_place_of_the_rules(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_added", [])
    asked: list[tuple[Path, ContradictionSettings]] = []

    def learned(config: Path, settings: ContradictionSettings) -> Judge:
        asked.append((config, settings))
        return Constant(LEARNED)

    register(JudgeFactory("learned", learned))
    settings = ContradictionSettings(judge="learned")
    with database.reading() as connection:
        (one,) = find(connection, settings, None)
    assert asked == [(config_folder().resolve(), settings)]
    assert (one.score, one.explanation) == (0.97, "The model has learned it.")
    # It tells neither kind nor words: the whole contents stand for these.
    assert one.kind is ContradictionKind.OTHER
    copy = Database(database.path.with_name("learned.duckdb"))
    copy.path.write_bytes(database.path.read_bytes())
    assert save_contradictions(copy, [one]) == 1
    with copy.reading() as connection:
        (stored,) = best_pairs(connection)
        texts = dict(connection.execute("SELECT article_id, text FROM articles").fetchall())
    for side, words in ((stored.left, one.left_words), (stored.right, one.right_words)):
        assert " … ".join(span.of(texts[side.article_id]) for span in words) == side.content_text


def test_an_update_is_kept_as_an_older_count_and_a_newer(database: Database) -> None:
    judge = Constant(Judgement(PairLabel.UPDATE, 0.8, "The count rose."))
    with database.reading() as connection:
        (one,) = find(connection, _SETTINGS, None, judge)
    assert one.kind is ContradictionKind.SUPERSEDED


def test_what_a_judge_is_not_sure_enough_of_is_left_out(database: Database) -> None:
    judge = Constant(Judgement(PairLabel.CONTRADICT, 0.49, "Perhaps."))
    with database.reading() as connection:
        assert find(connection, _SETTINGS, None, judge) == []


OUTSIDE = """
from claims.contradictions.judges.judge import Judgement, PairLabel
from claims.contradictions.judges.registry import JudgeFactory


class Outside:
    def judge_many(self, pairs):
        return [Judgement(PairLabel.CONTRADICT, 0.75, "Said outside.") for _ in pairs]


def opened(config, settings):
    assert (config / "pipeline.yaml").is_file()
    return Outside()


OUTSIDE = JudgeFactory("outside", opened, version="1.2")
"""


def test_another_package_brings_a_judge(
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    """As ``pip install`` lays a package down: a module, its metadata and its entry points."""
    info = tmp_path / "outside_judge-1.2.dist-info"
    info.mkdir()
    (tmp_path / "outside_judge.py").write_text(OUTSIDE, encoding="utf-8")
    metadata = "Metadata-Version: 2.1\nName: outside-judge\nVersion: 1.2\n"
    (info / "METADATA").write_text(metadata, encoding="utf-8")
    (info / "entry_points.txt").write_text(
        "[claims.judges]\noutside = outside_judge:OUTSIDE\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    load_entry_points.cache_clear()
    request.addfinalizer(load_entry_points.cache_clear)
    settings = ContradictionSettings(judge="outside")
    with database.reading() as connection:
        (one,) = find(connection, settings, None)
    assert one.explanation == "Said outside."
    # Articles are compared again when that judge changes.
    first = comparison_fingerprint(config_folder(), settings)
    monkeypatch.setattr(
        registry, "_added", [JudgeFactory("outside", lambda *given: Constant(AGREES), "1.3")]
    )
    assert comparison_fingerprint(config_folder(), settings) != first


def test_each_judge_in_turn_is_asked_about_what_is_left(statements: list[Statement]) -> None:
    left, right = statements
    pairs = [CandidatePair(left, right), CandidatePair(left, left)]
    doubter = Constant(AGREES)
    found = JudgesInTurn([rules(), doubter]).judge_many(pairs)
    assert doubter.asked == pairs[:1]
    assert [one.label for one in found] == [PairLabel.AGREE, PairLabel.NEITHER]
    alone, _ = rules().judge_many(pairs)
    both, _ = JudgesInTurn([rules(), Constant(LEARNED)]).judge_many(pairs)
    assert both.kind is ContradictionKind.QUANTITY and both.left_words == alone.left_words
    assert both.score == pytest.approx((alone.score + 0.97) / 2)
    assert both.explanation.endswith("A second judge agrees: The model has learned it.")


def test_pipeline_yaml_names_one_judge_or_several(tmp_path: Path) -> None:
    file = tmp_path / "pipeline.yaml"
    for given, judges in (
        ("rules", ("rules",)),
        ("null", ("rules",)),
        ("[rules, cross_encoder]", ("rules", "cross_encoder")),
    ):
        file.write_text(f"contradictions:\n  judge: {given}\n", encoding="utf-8")
        assert load_pipeline(tmp_path).contradictions.judge == judges
    file.write_text("contradictions:\n  judge: []\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="judge"):
        load_pipeline(tmp_path)


def test_a_judge_that_is_not_there_is_told_before_anything_is_read() -> None:
    settings = ContradictionSettings(judge="nobody")
    with pytest.raises(ConfigError, match=r"no judge is called 'nobody'; there are: .*rules"):
        comparison_fingerprint(config_folder(), settings)
    with pytest.raises(ConfigError, match=r"contradictions\.judge_model"):
        open_judge(config_folder(), ContradictionSettings(judge="cross_encoder"))


def test_a_judge_must_answer_for_every_pair(database: Database) -> None:
    class Silent:
        def judge_many(self, pairs: Sequence[CandidatePair]) -> list[Judgement]:
            return []

    with (
        database.reading() as connection,
        pytest.raises(ModelError, match="Silent gave 0 judgements for 1 pairs"),
    ):
        find(connection, _SETTINGS, None, Silent())


def test_a_cross_encoder_from_a_local_folder(
    tmp_path: Path, database: Database, statements: list[Statement]
) -> None:
    transformers = pytest.importorskip(
        "transformers", reason="transformers is not installed (extra `judge`)"
    )
    folder = tmp_path / "model"
    folder.mkdir()
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "people", "died", "the"]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    transformers.BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    config = transformers.BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        id2label={0: "CONTRADICTION", 1: "ENTAILMENT"},
        label2id={"CONTRADICTION": 0, "ENTAILMENT": 1},
    )
    model = transformers.BertForSequenceClassification(config)
    model.classifier.weight.data.zero_()
    model.classifier.bias.data.copy_(model.classifier.bias.data.new_tensor([4.0, 0.0]))
    model.save_pretrained(folder)
    settings = ContradictionSettings(judge=("cross_encoder",), judge_model=str(folder))
    judge = open_judge(config_folder(), settings)
    left, right = statements
    # More than go through the model at a time, of different lengths.
    found = judge.judge_many([CandidatePair(left, right), CandidatePair(right, right)] * 20)
    assert len(found) == 40
    assert {one.label for one in found} == {PairLabel.CONTRADICT}
    assert min(one.score for one in found) > 0.9
    with database.reading() as connection:
        (one,) = find(connection, settings, None)
    assert one.score > 0.9 and "the model sees a contradiction" in one.explanation
