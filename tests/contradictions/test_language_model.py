"""A language model is asked about what another judge found: over a real server, good and bad."""

from __future__ import annotations

import json
import logging
import shutil
import signal
import socket
import threading
from collections.abc import Sequence
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from itertools import islice
from pathlib import Path

import pytest
from asked_model import (
    AskedModel,
    Handler,
    body,
    breaks_off,
    content,
    disputes,
    drips,
    hangs_up,
    is_silent,
    says,
)
from conftest import ROOT

from claims.cli.doctor import examine
from claims.config.settings import ContradictionSettings, LanguageModelSettings, load_pipeline
from claims.contradictions.candidate import CandidatePair
from claims.contradictions.candidates import candidate_batches
from claims.contradictions.fingerprint import comparison_fingerprint
from claims.contradictions.judges.judge import Judgement, PairLabel, notices
from claims.contradictions.judges.registry import open_judge
from claims.errors import ConfigError, DatabaseError
from claims.library import find_contradictions
from claims.model import ContradictionKind, Stance
from claims.pipeline.working import working

CONFIG = ROOT / "config"
ALONE = ContradictionSettings()


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> list[CandidatePair]:
    """Eight disputes, as a run brings them before its judge."""
    database = disputes(tmp_path_factory.mktemp("asked") / "claims.duckdb", 8)
    with database.reading() as connection:
        brought = [one for batch in candidate_batches(connection, ALONE, None) for one in batch]
    found = [
        one
        for one in brought
        if one.right.stance is Stance.DENY
        and one.left.quoted(one.left.pieces) == one.right.quoted(one.right.pieces)
    ]
    found.sort(key=lambda one: one.left.text)
    assert len(found) == 8
    return found


@pytest.fixture(scope="module")
def by_rules(pairs: list[CandidatePair]) -> list[Judgement]:
    found = list(open_judge(CONFIG, ALONE).judge_many(pairs))
    assert all(one.conflicts and one.score > 0.5 for one in found)
    return found


def settings(address: str, **changed: object) -> ContradictionSettings:
    given = {"address": address, "model": "small", "timeout": 0.5, **changed}
    return ContradictionSettings(
        judge=("rules", "language_model"),
        language_model=LanguageModelSettings.model_validate(given),
    )


def asked(
    pairs: Sequence[CandidatePair],
    own: ContradictionSettings,
    config: Path = CONFIG,
    place: Path | None = None,
) -> tuple[list[Judgement], tuple[str, ...]]:
    """What the judges say of pairs in turn, and what they have to tell."""
    judge = open_judge(config, own, place)
    return list(judge.judge_many(pairs)), notices(judge)


def test_what_it_confirms_keeps_score_kind_and_words_and_gets_its_reason(
    pairs: list[CandidatePair], by_rules: list[Judgement]
) -> None:
    with AskedModel(says("contradict", "The mayor denies\n what the minister claims.")) as model:
        (one, *_), told = asked(pairs, settings(model.address))
    assert len(model.asked) == 8 and told == ()
    before = by_rules[0].explanation
    assert one.explanation == (
        f"{before} A language model sees a contradiction: "
        "The mayor denies what the minister claims."
    )
    assert replace(one, explanation=before) == by_rules[0]


def test_what_it_rejects_is_gone_and_what_it_dates_is_an_older_account(
    pairs: list[CandidatePair],
) -> None:
    with AskedModel(says("neither")) as model:
        for label in ("neither", "agree", " AGREE "):
            model.answer = says(label)
            (one,), told = asked(pairs[:1], settings(model.address))
            assert not one.conflicts and told == ()
        model.answer = says("update", "The later count replaces the earlier")
        (one,), _ = asked(pairs[:1], settings(model.address))
    assert one.label is PairLabel.UPDATE and one.kind is ContradictionKind.SUPERSEDED
    assert one.explanation.endswith(
        "sees an older account and a newer: The later count replaces the earlier."
    )


def test_it_is_given_both_statements_with_all_that_is_known_of_them(
    pairs: list[CandidatePair], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_OF_TESTS", " key-1 ")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with AskedModel(says("neither")) as model:
        asked(pairs[:1], settings(f"{model.address}/", key="SECRET_OF_TESTS"))
        asked(pairs[:1], settings(model.address))
    (path, headers, sent), (_, bare, _) = model.asked
    assert path == "/v1/chat/completions" and headers["Authorization"] == "Bearer key-1"
    assert "Authorization" not in bare
    assert sent["model"] == "small"
    instruction, question = (one["content"] for one in sent["messages"])
    assert '{"label": "contradict", "reason":' in instruction
    left, right = question.split("Statement 2")
    for side, words in (
        (left, ("Morning Paper", "2024-05-06", "language: en", "Water minister", "stance: claim",
                "Rain fell. Water minister claimed that ⟦dam 1 was full and safe⟧ in May.")),
        (right, ("Evening Paper", "date: not known", "Mayor of Lahore", "stance: deny",
                 "The mayor denied that ⟦dam 1 was full and safe⟧. He left.")),
    ):  # fmt: skip
        assert [one for one in words if one not in side] == []


FINE = {
    "after thinking": '<think>{"label": "agree"}?</think>\n{"label": "contradict"}',
    "in a block": '```json\n{"label": "contradict", "reason": null}\n```',
    "with words around": 'Here it is: {"label": "Contradict", "reason": 3} I hope this helps.',
}


@pytest.mark.parametrize("words", FINE.values(), ids=FINE)
def test_json_is_found_in_what_models_write_around_it(
    pairs: list[CandidatePair], words: str
) -> None:
    with AskedModel(content(words)) as model:
        found, told = asked(pairs[:1], settings(model.address))
    assert found[0].explanation.endswith("A language model sees a contradiction.") and told == ()


BAD: dict[str, tuple[Handler, str]] = {
    "no JSON": (content("They contradict each other."), "an answer without JSON"),
    "a list": (content('[{"label": "contradict"]'), "an answer without JSON"),
    "only thoughts": (content('<think>{"label": "agree"}'), "an answer without JSON"),
    "an unknown label": (says("perhaps"), "an unknown label, 'perhaps'"),
    "no label": (content("{}"), "an unknown label, 'none'"),
    "no words": (content(None), "an answer without words"),
    "no completion": (body(b'{"error": "x"}'), "an answer that is not a chat completion"),
    "no text": (body(b"\xff\xfe\x00"), "an answer that is not a chat completion"),
    "a pit": (body(b"[" * 200_000), "an answer that is not a chat completion"),
    "a pit within": (content('{"":' * 100_000 + "}"), "an answer without JSON"),
    "too much": (body(b" " * 1_000_001), "too large: more than 1,000,000 bytes"),
    "a bomb": (body(b"no gzip", headers={"Content-Encoding": "gzip"}), "packed wrongly"),
    "500": (body(b"oh", 500), "500: the server failed"),
    "404": (body(b"{}", 404), "404: it knows no such model"),
    "400": (body(b"{}", 400), "400: it refuses the question"),
    "401": (body(b"{}", 401), "401: it wants a key"),
    "hung up": (hangs_up, "the connection broke off"),
    "broken off": (breaks_off, "the connection broke off"),
    "silence": (is_silent, "0.5 seconds"),
    "drops": (drips, "took longer than 0.5 seconds"),
}


@pytest.mark.parametrize(("answer", "why"), BAD.values(), ids=BAD)
def test_without_a_good_answer_the_first_judge_stands(
    pairs: list[CandidatePair], by_rules: list[Judgement], answer: Handler, why: str
) -> None:
    with AskedModel(answer) as model:
        found, told = asked(pairs[:1], settings(model.address))
        assert found == by_rules[:1]
        (line,) = told
    assert len(model.asked) == 1
    assert line.startswith(f"language_model at {model.address}: no answer about 1 pair: ")
    assert why in line and "\n" not in line
    assert line.endswith(
        "; what the judge before it found there stands, and the next run asks again"
    )


def test_it_is_not_sent_elsewhere(pairs: list[CandidatePair], by_rules: list[Judgement]) -> None:
    with AskedModel(says("neither")) as other:
        for status in (301, 307):
            with AskedModel(body(b"", status, {"Location": f"{other.address}/chat"})) as model:
                found, (line,) = asked(pairs[:1], settings(model.address))
            assert found == by_rules[:1] and f"{status}: it sends elsewhere" in line
    assert other.asked == []


def test_where_nobody_answers_it_soon_asks_no_more(
    pairs: list[CandidatePair], by_rules: list[Judgement]
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found, (line,) = asked(pairs, settings(f"http://127.0.0.1:{port}/v1", at_once=1))
    assert found == by_rules
    assert "no answer about 5 pairs, after which it was not asked about 3 more: cannot be " in line


def test_who_interrupts_it_waits_for_no_answer(pairs: list[CandidatePair]) -> None:
    gone = threading.Event()

    def interrupts(request: BaseHTTPRequestHandler) -> None:
        main = threading.main_thread().ident
        assert main is not None
        signal.pthread_kill(main, signal.SIGINT)
        gone.wait(30)

    # Whoever is started in the background ignores it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with AskedModel(interrupts) as model:
            with pytest.raises(KeyboardInterrupt):
                asked(pairs, settings(model.address, timeout=20, at_once=1))
            gone.set()
        assert len(model.asked) == 1
    finally:
        signal.signal(signal.SIGINT, before)


def test_nothing_is_asked_twice_but_of_another_model_or_in_other_words(
    pairs: list[CandidatePair], tmp_path: Path
) -> None:
    config = Path(shutil.copytree(CONFIG, tmp_path / "config"))
    place = tmp_path / "x.duckdb"
    with AskedModel(says("contradict", "First.")) as model:
        first = settings(model.address)
        found, _ = asked(pairs[:1], first, config, place)
        model.answer = body(b"", 500)
        assert asked(pairs[:1], first, config, place) == (found, ())
        assert len(model.asked) == 1 and (tmp_path / "x.answers.sqlite").is_file()
        assert asked(pairs[:1], settings(model.address, model="large"), config, place)[1] != ()
        prompt = config / "language_model.yaml"
        prompt.write_text(prompt.read_text("utf-8").replace("careful", "strict"), "utf-8")
        assert asked(pairs[:1], first, config, place)[1] != ()
        assert len(model.asked) == 3
    (tmp_path / "x.answers.sqlite").write_bytes(b"no database, but something in its place" * 40)
    with pytest.raises(DatabaseError, match=r"x\.answers\.sqlite.*delete it"):
        asked(pairs[:1], first, config, place)


def test_what_is_not_likely_enough_is_not_asked_about(pairs: list[CandidatePair]) -> None:
    with AskedModel(says("contradict")) as model:
        own = settings(model.address).model_copy(update={"minimum_score": 0.9})
        asked(pairs[:1], own)
    assert model.asked == []


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONFIG, tmp_path / "config"))


def configure(config: Path, **model: object) -> Path:
    told = {"judge": ["rules", "language_model"], "language_model": {"model": "small", **model}}
    text = json.dumps({"contradictions": told})
    (config / "pipeline.yaml").write_text(text, encoding="utf-8")
    return config


def test_a_run_and_the_library_warn_and_go_on(
    config: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = disputes(tmp_path / "claims.duckdb")
    with AskedModel(body(b"", 500)) as model:
        configure(config, address=model.address)
        with working([], str(config), str(database.path), False, None, None) as context:
            context.compare()
            assert context.contradictions == 1
            (warning,) = context.warnings
        assert "500: the server failed (1)" in warning
        logging.getLogger("claims").addHandler(caplog.handler)
        try:
            (pair,) = find_contradictions(database, config=config)
        finally:
            logging.getLogger("claims").removeHandler(caplog.handler)
        assert "Mayor of Lahore denied" in pair.explanation
        # What was not answered is asked again, and what was is not.
        model.answer = says("contradict", "He denies it.")
        (pair,) = find_contradictions(database, config=config)
        assert pair.explanation.endswith("He denies it.") and len(model.asked) == 3
        assert find_contradictions(database, config=config) == [pair] and len(model.asked) == 3
    # Other events are there as well where the logger tells more than warnings.
    warned = [one for one in caplog.records if one.levelno == logging.WARNING]
    assert [one.__dict__["facts"]["warning"] for one in warned] == [warning]


WRONG = {
    "first": (
        {"judge": "language_model"},
        r"line 1: contradictions: .*judge: a language_model is asked about what another",
    ),
    "no address": (
        {"judge": ["rules", "language_model"], "language_model": {"model": "small"}},
        r"needs language_model\.address",
    ),
    "no model": (
        {"judge": ["rules", "language_model"], "language_model": {"address": "http://localhost"}},
        r"needs language_model\.model",
    ),
    "a file": ({"language_model": {"address": "file:///x"}}, r"language_model\.address: .*http"),
    "a password": (
        {"language_model": {"address": "https://name:word@localhost/v1"}},
        r"language_model\.address: .*without spaces, name, password",
    ),
    "no variable": ({"language_model": {"key": "sk-123"}}, r"language_model\.key: "),
}


@pytest.mark.parametrize(("own", "why"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_in_the_settings_is_told(
    tmp_path: Path, own: dict[str, object], why: str
) -> None:
    file = tmp_path / "pipeline.yaml"
    file.write_text(json.dumps({"contradictions": own}), encoding="utf-8")
    with pytest.raises(ConfigError, match=why):
        load_pipeline(tmp_path)


PROMPTS = {
    "an unknown place": ("$left", "$middle", r"question: .*\$middle is not known here"),
    "a lonely sign": ("$left", "$left for 5 $", r"question: .*write \$\$"),
    "a missing place": ("passage: $passage", "", r"statement: .*\$passage has to stand in it"),
}


@pytest.mark.parametrize(("old", "new", "why"), PROMPTS.values(), ids=PROMPTS)
def test_what_is_wrong_in_the_prompt_is_told_before_anything_is_read(
    config: Path, tmp_path: Path, old: str, new: str, why: str
) -> None:
    configure(config, address="http://localhost:1")
    prompt = config / "language_model.yaml"
    head, told = prompt.read_text("utf-8").split("instruction:", 1)
    prompt.write_text(f"{head}instruction:{told.replace(old, new, 1)}", "utf-8")
    with (
        pytest.raises(ConfigError, match=rf"language_model\.yaml, line \d+: {why}"),
        working([], str(config), str(tmp_path / "x.duckdb"), False, None, None),
    ):
        pass


def told_by_doctor(config: Path) -> tuple[bool, str]:
    (check,) = (
        one for one in islice(examine(str(config), None), 7) if one.name == "language model"
    )
    return check.right, check.detail


def test_doctor_tells_what_is_sent_where(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(config, address="http://[::1]:8080/v1")
    right, told = told_by_doctor(config)
    assert right and told.startswith("small at http://[::1]:8080/v1: both statements of likely")
    assert told.endswith("; on this machine")
    configure(config, address="http://example.org/v1", key="KEY_OF_TESTS")
    monkeypatch.delenv("KEY_OF_TESTS", raising=False)
    right, told = told_by_doctor(config)
    assert not right and "variable KEY_OF_TESTS is not set" in told
    monkeypatch.setenv("KEY_OF_TESTS", "key-1")
    right, told = told_by_doctor(config)
    assert right and "key-1" not in told and "with the key in KEY_OF_TESTS" in told
    assert told.endswith("they leave this machine for example.org, unencrypted")
    own = {"language_model": {"address": "https://example.org"}}
    (config / "pipeline.yaml").write_text(json.dumps({"contradictions": own}), "utf-8")
    right, told = told_by_doctor(config)
    assert right and "nothing is sent there" in told


def test_how_a_model_is_reached_changes_no_comparison_and_its_name_does() -> None:
    first = comparison_fingerprint(CONFIG, settings("http://localhost:1"))
    assert comparison_fingerprint(CONFIG, settings("http://localhost:2", timeout=9)) == first
    assert comparison_fingerprint(CONFIG, settings("http://localhost:1", model="large")) != first
