"""`claims evaluate`: the scorer's figures, the outcome of each attribution, the sentence behind."""

from __future__ import annotations

import importlib.util
import json
import random
import shutil
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT, Command

from claims.cli.show_mistakes import extent, marked
from claims.errors import InputError
from claims.evaluation.evaluate import evaluate, figures, read_gold, read_predictions
from claims.evaluation.gold import GoldArticle, Roles
from claims.evaluation.mistakes import Judged, Outcome, judge

SHARED = ROOT.parent / "shared"
SCORER = SHARED / "tools" / "score_attributions.py"

TEXT = (
    "The minister said that the bridge over the river was closed for repairs. "
    'A driver, who asked for no name, denied it: "We crossed it today." '
    "Rain is expected."
)


def at(*words: str) -> list[list[int]]:
    return [[TEXT.index(one), TEXT.index(one) + len(one)] for one in words]


MINISTER = {
    "source": at("The minister"),
    "cue": at("said"),
    "content": at("the bridge over the river was closed for repairs"),
    "stance": "report",
}
DRIVER = {
    "source": at("A driver"),
    "cue": at("denied"),
    "content": at("it", '"We crossed it today."'),
    "stance": "deny",
}


def roles(*attributions: dict[str, Any]) -> tuple[Roles, ...]:
    return tuple(Roles.model_validate(one) for one in attributions)


def outcomes(gold: Iterable[Roles], predicted: Iterable[Roles]) -> list[Outcome]:
    return [one.outcome for one in judge(TEXT, list(gold), list(predicted))]


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({}, "found"),
        ({"stance": "claim"}, "wrong-stance"),
        ({"cue": at("asked")}, "missed-cue"),
        ({"source": None}, "missed-source"),
        ({"source": at("A driver")}, "wrong-source"),
        ({"content": at("the bridge")}, "content-too-short"),
        ({"content": [[TEXT.index("the bridge"), len(TEXT)]]}, "content-too-long"),
        ({"content": at("Rain is expected")}, "wrong-content"),
        ({"content": at("Rain is expected"), "source": None}, "wrong-source-and-content"),
    ],
)
def test_each_mistake_has_its_outcome(change: dict[str, Any], outcome: str) -> None:
    found = outcomes(roles(MINISTER), roles(MINISTER | change))
    assert found[0] == outcome
    assert found[1:] == ([Outcome.SPURIOUS] if outcome == "missed-cue" else [])


def test_every_attribution_has_exactly_one_outcome() -> None:
    gold = roles(MINISTER, DRIVER)
    predicted = roles(DRIVER | {"source": None}, MINISTER, MINISTER | {"cue": at("expected")})
    judged = judge(TEXT, gold, predicted)
    assert [one.gold for one in judged if one.gold] == list(gold)
    assert len([one for one in judged if one.predicted]) == len(predicted)
    assert [one.outcome for one in judged] == ["found", "spurious", "missed-source"]


def test_a_mistake_is_shown_in_its_sentence_with_its_spans() -> None:
    one = Judged(Outcome.MISSED_CUE, roles(DRIVER)[0], None)
    start, end = extent(TEXT, one)
    assert TEXT[start:].lstrip().startswith("A driver")
    assert TEXT[:end].endswith('today."')
    assert one.gold is not None
    assert marked(TEXT, start, end, one.gold).strip() == (
        '{A driver}, who asked for no name, ⟨denied⟩ ⟦it⟧: ⟦"We crossed it today."⟧'
    )


def test_marks_stand_where_the_words_do_in_a_line_that_runs_from_right_to_left() -> None:
    text = "پہلی سطر۔ وزیر نے کہا کہ سڑک بند ہے۔ آخری سطر"
    said = {
        "source": [[text.index("وزیر"), text.index("وزیر") + 4]],
        "cue": [[text.index("کہا"), text.index("کہا") + 3]],
        "content": [[text.index("سڑک"), text.index("ہے") + 2]],
    }
    one = Judged(Outcome.MISSED_CUE, roles(said)[0], None)
    start, end = extent(text, one)
    assert marked(text, start, end, roles(said)[0]).strip() == "{وزیر} نے ⟨کہا⟩ کہ ⟦سڑک بند ہے⟧۔"


def test_the_reliability_table_counts_the_right_ones_of_each_confidence() -> None:
    article = GoldArticle(article="a", text=TEXT, attributions=roles(MINISTER, DRIVER))
    found = roles(MINISTER | {"confidence": 0.95}, DRIVER | {"source": None, "confidence": 0.35})
    rows = figures(list(evaluate(iter([(article, found)]))))["reliability"]
    assert [(row["from"], row["n"], row["right"]) for row in rows] == [(0.3, 1, 0.0), (0.9, 1, 1.0)]


def scorer() -> ModuleType:
    if not SCORER.is_file():
        pytest.skip(f"{SCORER}: not there; the scorer is not part of this repository")
    spec = importlib.util.spec_from_file_location("scorer", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def disturbed(article: GoldArticle, chance: random.Random) -> list[dict[str, Any]]:
    """The annotation with attributions lost, spans moved and sources dropped."""
    out: list[dict[str, Any]] = []
    length = len(article.text)
    for one in article.attributions:
        if chance.random() < 0.3:
            continue
        made: dict[str, Any] = {}
        for role in ("cue", "source", "content"):
            moved = [
                [max(0, s + chance.choice([0, 0, -9, 12])), min(length, e + chance.choice([0, 30]))]
                for s, e in one.pieces(role)
            ]
            made[role] = [[s, e] for s, e in moved if s < e] or None
        if made["cue"] or made["content"]:
            out.append(made | ({"source": None} if chance.random() < 0.1 else {}))
    return out


@pytest.mark.parametrize("name", ["en_dev.jsonl", "ur_dev.jsonl"])
def test_the_figures_are_those_of_the_published_scorer(name: str, tmp_path: Path) -> None:
    theirs = scorer()
    path = SHARED / "gold" / name
    if not path.is_file():
        pytest.skip(f"{path}: not there; the gold is not part of this repository")
    gold = read_gold(path)
    chance = random.Random(name)
    predicted = {one.article: disturbed(one, chance) for one in gold[1:]}
    written = tmp_path / "predicted.jsonl"
    lines = (json.dumps({"article": a, "attributions": b}) for a, b in predicted.items())
    written.write_text("\n".join(lines), encoding="utf-8")
    found = read_predictions(written, gold)
    ours = figures(list(evaluate((one, found.get(one.article, ())) for one in gold)))
    rows = theirs.run(theirs.read_gold(str(path)), predicted)
    wanted = theirs.report(rows)
    wanted["found"]["ci95"] = theirs.bootstrap(rows, 1000)[0]
    assert {key: ours[key] for key in wanted} == wanted
    counted = ours["outcomes"]
    assert counted["found"] + counted["wrong-stance"] == wanted["found"]["tp"]
    assert sum(counted.values()) - counted["spurious"] == wanted["gold"]


def gold_line(**changes: object) -> str:
    row = {"article": "one", "text": TEXT, "attributions": [MINISTER, DRIVER]} | changes
    return json.dumps({key: value for key, value in row.items() if value is not None})


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 2: not JSON"),
        ("[1]", "line 2: the whole line"),
        (gold_line(text=None), "line 2: text: is missing"),
        (gold_line(attributions=None), "line 2: attributions: is missing"),
        (gold_line(attributions=[MINISTER | {"cue": [[5, 5]]}]), r"line 2: .*\.0\.cue: \[5, 5\)"),
        (gold_line(attributions=[MINISTER | {"cue": [[-1, 5]]}]), r"line 2: .*cue: \[-1, 5\)"),
        (gold_line(attributions=[DRIVER, {"content": [[0, 9999]]}]), r"line 2: .*\.1\.content: \["),
        (gold_line(attributions=[MINISTER | {"cue": [["a", 5]]}]), r"line 2: .*cue\.0\.0"),
        (gold_line(attributions=[MINISTER | {"stance": "shout"}]), "line 2: .*stance"),
        (gold_line(attributions=[{"source": [[0, 3]]}]), "neither cue nor content"),
        (gold_line(), "line 2: the article 'one' came before"),
    ],
)
def test_a_gold_line_that_is_wrong_is_told_with_file_and_line(
    line: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(gold_line() + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=said) as error:
        read_gold(path)
    assert str(error.value).startswith(f"{path}, line 2: ")
    assert "\n" not in str(error.value)


def test_an_empty_gold_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match="no article"):
        read_gold(path)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory, command: Command) -> tuple[Path, Path, str]:
    """A gold file, the predictions for it, and what the command said of them."""
    folder = tmp_path_factory.mktemp("evaluation")
    gold, kept = folder / "gold.jsonl", folder / "predicted.jsonl"
    gold.write_text(gold_line() + "\n", encoding="utf-8")
    config = folder / "config"
    shutil.copytree(ROOT / "config", config)
    (config / "pipeline.yaml").write_text("attribution: {engine: lexicon}\n", encoding="utf-8")
    done = command("evaluate", gold, "--save", kept, "--config", config)
    assert done.returncode == 0, done.stderr
    return gold, kept, done.stdout


def test_the_command_prints_figures_outcomes_and_worst_articles(
    judged: tuple[Path, Path, str],
) -> None:
    said = judged[2]
    assert "1 articles" in said
    for words in ("found: cue, source and content", "exact, source", "missed-cue", "confidence"):
        assert words in said


def test_saved_predictions_give_the_same_figures(
    judged: tuple[Path, Path, str], command: Command
) -> None:
    gold, kept, said = judged
    assert command("evaluate", gold, "--predictions", kept).stdout == said
    done = command("evaluate", gold, "--predictions", kept, "--format", "json")
    found = json.loads(done.stdout)
    assert found["gold"] == 2
    assert set(found["outcomes"]) == {one.value for one in Outcome}


def test_from_a_figure_to_the_sentence(judged: tuple[Path, Path, str], command: Command) -> None:
    gold, kept, _ = judged
    base = ("evaluate", gold, "--predictions", kept)
    shown = command(*base, "--article", "one").stdout
    assert "{The minister} ⟨said⟩ that ⟦the bridge over the river was closed for repairs⟧." in shown
    rows = [
        json.loads(line)
        for line in command(*base, "--article", "one", "--format", "json").stdout.splitlines()
    ]
    assert {row["outcome"] for row in rows} <= {one.value for one in Outcome}
    assert rows[0]["annotated_sentence"].startswith("{The minister}")
    counted = json.loads(command(*base, "--format", "json").stdout)["outcomes"]
    never = min(counted, key=lambda name: int(counted[name]))
    assert f"\n{counted[never]} attribution" in command(*base, "--errors", never).stdout
    wrong = command(*base, "--errors", "wrong-verb")
    assert wrong.returncode == 2
    assert "missed-cue" in wrong.stderr
    nobody = command(*base, "--article", "nobody")
    assert nobody.returncode == 1
    assert "no article is named 'nobody'" in nobody.stderr
