"""What is learned from beside gold: written events, annotations of texts that lie elsewhere."""

from __future__ import annotations

import csv
import json
from collections import Counter
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest
import torch
from torch import nn

from claims.contradictions.judges.judge import PairLabel
from claims.errors import InputError
from claims.evaluation.gold import GoldArticle
from claims.evaluation.tokens import Numbering
from training.encoder import web_texts
from training.encoder.annotated import parted, read_annotated
from training.encoder.recipe import Language
from training.half_precision import HalfPrecision
from training.judge.events import event_pairs
from training.judge.read_news import OWN, read_news

EVENT = {
    "event": "A fire",
    "statements": [
        {"speaker": "police", "stance": "report", "text": "the mill burned down"},
        {"speaker": "the miller", "stance": "deny", "text": "any fire"},
        {"speaker": "", "stance": "report", "text": "the mill stands"},
    ],
    "contradict": [[1, 2], [1, 3]],
    "agree": [[2, 3]],
    "update": [],
}


def written(path: Path, *events: object) -> Path:
    path.write_text("".join(json.dumps(each) + "\n" for each in events), encoding="utf-8")
    return path


def test_every_two_statements_of_an_event_are_a_pair(tmp_path: Path) -> None:
    pairs = list(event_pairs(written(tmp_path / "e.jsonl", EVENT)))
    assert [one.label for one in pairs] == [PairLabel.CONTRADICT] * 2 + [PairLabel.AGREE]
    assert {one.group for one in pairs} == {"A fire"}
    assert all(one.facts[0] == 0 for one in pairs), "they are of different papers"
    assert [one.facts[3] for one in pairs] == [0, 1, 1], "the paper itself speaks on the right"


def test_statements_of_one_article_stand_near_each_other(tmp_path: Path) -> None:
    path = written(tmp_path / "e.jsonl", {**EVENT, "one_article": True})
    first, second, _ = event_pairs(path)
    assert first.facts[0] == second.facts[0] == 1
    assert first.facts[4] > second.facts[4] > 0


def test_the_events_that_were_written_have_each_label() -> None:
    pairs = list(event_pairs(OWN / "events.jsonl"))
    count = Counter(one.label for one in pairs)
    assert set(count) == set(PairLabel)
    assert all(one.left.text and one.right.text for one in pairs)
    assert len({one.group for one in pairs}) * 45 == len(pairs), "ten statements each"


def test_texts_of_annotations_are_written_as_they_were_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "clone" / "dataset" / "individual_website_articles"
    folder.mkdir(parents=True)
    for site in web_texts.SITES:
        with (folder / f"{site}_articles.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(
                [
                    ["id", "title", "link", "content", "label"],
                    [7, "t", "l", "وزیر نے کہا۔\r\n", "x"],
                ]
            )
    (tmp_path / "clone" / "raw.txt").write_text("[3]\nایک\nدو تین\n[4]\nچار\n", encoding="utf-8")
    monkeypatch.setattr(web_texts, "WEB_TEXTS", tmp_path / "texts")
    monkeypatch.setattr(web_texts, "BBC_WORDS", {"": 0, "-long": 9})
    rows: list[list[object]] = [["Body ID", "articleBody"], [9, "It burned.\r\nIt did not."]]
    with (tmp_path / "clone" / "train_bodies.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    clone = tmp_path / "clone"
    web_texts.write(sites=clone, bbc=clone, challenge=clone)
    made = {path.name: path.read_bytes().decode() for path in (tmp_path / "texts").iterdir()}
    assert made["geo7.txt"] == "وزیر نے کہا۔\r\n"
    assert made["challenge9.txt"] == "It burned.\r\nIt did not."
    assert made["bbc3.txt"] == "ایک\n", "lines until there are words enough"
    assert made["bbc3-long.txt"].split() == ["ایک", "دو", "تین"]


def test_another_text_than_the_annotated_one_is_refused(tmp_path: Path) -> None:
    text = "وزیر نے کہا کہ سڑک بند ہے۔"
    row = {
        "story": "a.txt",
        "sha256": sha256(text.encode()).hexdigest(),
        "attributions": [{"source": [[0, 4]], "cue": [[8, 11]], "content": [[15, 25]]}],
    }
    marked = written(tmp_path / "marked.jsonl", row)
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (one,) = read_annotated(marked, tmp_path)
    assert Numbering(one.text).see(one.attributions[0]).cue
    (tmp_path / "a.txt").write_text(text + " ", encoding="utf-8")
    with pytest.raises(InputError, match="not the text annotated"):
        read_annotated(marked, tmp_path)


def test_a_set_may_have_none_kept_out() -> None:
    articles = [GoldArticle(article=str(n), text="", attributions=()) for n in range(10)]
    learned, out = parted(Language(files=(), held_out=4), articles)
    assert [one.article for one in out] == ["0", "4", "8"]
    assert len(learned) == 7
    assert parted(Language(files=()), articles) == (articles, [])


def test_linear_layers_multiply_in_half_precision_and_give_single() -> None:
    torch.manual_seed(1)
    layer, x = nn.Linear(64, 32), torch.randn(5, 64)
    with HalfPrecision():
        made = layer(x)
    assert made.dtype == torch.float32
    assert not torch.equal(made, layer(x)), "nothing was rounded"
    assert torch.allclose(made, layer(x), atol=0.05)
    made.sum().backward()
    assert layer.weight.grad is not None and layer.weight.grad.dtype == torch.float32


def test_claims_are_kept_out_with_the_disputes_marked_in_their_article(seeds_path: Path) -> None:
    with duckdb.connect(seeds_path, read_only=True) as connection:
        places = connection.execute(
            "SELECT title, content_start, content_end FROM claims INNER JOIN articles "
            "USING (article_id) WHERE title IS NOT NULL AND modality = 'asserted' "
            "AND content_start IS NOT NULL ORDER BY title, content_start"
        ).fetchall()
    (name, *left), (same, *right) = places[0], places[-1]
    right = right if same == name else next(row[1:] for row in reversed(places) if row[0] == name)
    sides = [{"article": name, "start": start, "end": end} for start, end in (left, right)]
    dispute = {"dispute": "d1", "left": sides[0], "right": sides[1]}
    read = read_news(seeds_path, [dispute], [name])
    assert read.told
    assert {pair.group for pair in read.told.values()} == {name}
    assert {one.claim_id for one in read.claims[name]} == read.vectors.keys(), "none is made anew"
