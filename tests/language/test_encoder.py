"""The encoder: what it reads, where that stands, and that its weights are the bundled ones."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import torch
from conftest import ROOT, SEEDS
from tokenizers import Tokenizer, models

from claims.errors import ModelError
from claims.language.encoder import subwords
from claims.language.encoder.decoding import decoded
from claims.language.encoder.network import CUE, SOURCE, close, log_partition, score_of
from claims.language.encoder.quantize import QuantizedLinear
from claims.language.encoder.reading import Reader, Relation
from claims.language.encoder.stored_weights import WEIGHTS
from claims.language.encoder.weight_delta import pack, unpack
from claims.language.encoder.weights import BUNDLED, reader

SAID = "The harbour master said that the ferry would not sail before Monday."
FILLER = "Boats came and went in the fog. The tide was low, and the quay was empty. "


@pytest.fixture(scope="module")
def bundled() -> Reader:
    return reader()


def words(line: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [line[start:end] for start, end in spans]


def sole(bundled: Reader, line: str) -> Relation:
    (found,) = bundled.read([line])[0]
    return found


def test_a_cue_its_source_and_its_content(bundled: Reader) -> None:
    found = sole(bundled, SAID)
    assert words(SAID, found.source) == ["The harbour master"]
    assert words(SAID, found.cue) == ["said"]
    assert "the ferry would not sail before Monday" in words(SAID, found.content)[0]
    assert found.confidence > 0.5


def test_a_content_in_two_parts(bundled: Reader) -> None:
    line = '"The ferry is old," the harbour master said, "and it will not sail again."'
    found = sole(bundled, line)
    assert words(line, found.source) == ["the harbour master"]
    assert len(found.content) == 2


def test_what_nobody_said_is_not_attributed(bundled: Reader) -> None:
    assert bundled.read(["The ferry left the harbour at noon.", "", "   ", "۔"]) == [(), (), (), ()]


def test_lines_do_not_depend_on_each_other(bundled: Reader) -> None:
    lines = [SAID, "وزیر نے کہا کہ پل بند رہے گا۔", FILLER * 3, "Critics fear that it will sink."]
    together = bundled.read(lines)
    assert together == [bundled.read([line])[0] for line in lines]
    assert together == list(reversed(bundled.read(list(reversed(lines)))))


@pytest.mark.parametrize("before", [0, 11, 24, 60])
def test_a_cue_far_into_a_line_stands_where_it_stands(bundled: Reader, before: int) -> None:
    line = FILLER * before + SAID + " " + FILLER * 30
    start = len(FILLER) * before
    (found,) = (r for r in bundled.read([line])[0] if start <= r.cue[0][0] < start + len(SAID))
    assert words(line, found.source) == ["The harbour master"]
    assert words(line, found.cue) == ["said"]
    assert line[found.content[0][0] :].startswith(("the ferry would", "that the ferry would"))


@pytest.mark.parametrize(
    "line",
    [
        "وزیر اعلیٰ نے کہا ہے کہ پل اگلے ماہ کھول دیا جائے گا۔",
        "وزیر راه گفت که پل ماه آینده باز خواهد شد.",  # Persian
        "प्रधानमंत्री मोदी ने कहा कि पुल अगले महीने खुलेगा।",  # Hindi
        "وزير النقل قال إن الجسر سيفتح الشهر المقبل.",  # Arabic
    ],
)
def test_no_language_is_named(bundled: Reader, line: str) -> None:
    found = bundled.read([line])[0]
    assert found
    for relation in found:
        for start, end in (*relation.source, *relation.cue, *relation.content):
            assert 0 <= start < end <= len(line)
            assert not line[start].isspace()
            assert not line[end - 1].isspace()


def test_pieces_stand_where_they_stand(bundled: Reader) -> None:
    line = 'He\u00a0said:  "No."\t\u2067تہران نے ﻻ کہا۔”\u2069 ½ ﬁn'
    numbers, places = bundled._cutter.pieces(line)
    assert len(numbers) == len(places)
    ends = [0]
    for start, end in places:
        assert ends[-1] <= end and start < end <= len(line)
        assert line[start:end] == line[start:end].strip()
        ends.append(end)
    assert {line[start:end] for start, end in places} >= {".", '"', ":"}


def test_words_are_cut_as_the_package_tokenizers_cuts_them(bundled: Reader) -> None:
    joined, ends, scores = bundled._base.vocabulary()
    pieces = [joined[start:end].decode() for start, end in pairwise(ends.tolist())]
    whole = Tokenizer(models.Unigram(list(zip(pieces, scores.tolist(), strict=True)), unk_id=3))
    whole.normalizer, whole.pre_tokenizer = subwords._NORMALIZER, subwords._WORDS
    lines = [line for path in SEEDS.glob("*.txt") for line in path.read_text("utf-8").splitlines()]
    lines += [
        "", " \t ", "<s> <unk><unk> </s>", "\ue000\ue001x\ue000", "漢字仮名交じり文です。",
        "😀😀 😀a", "ﷺ ﬁn ½ №", "a\u0301b e\u0301\u0301", "x" * 300, "…”“!?”.", "▁▁ a▁b", "ไทยภาษา",
        "ا\u200cب",
    ]  # fmt: skip
    for line in lines:
        encoding = whole.encode(line)
        there = [
            (number, line[start:end].strip())
            for number, (start, end) in zip(encoding.ids, encoding.offsets, strict=True)
            if line[start:end].strip()
        ]
        numbers, places = bundled._cutter.pieces(line)
        assert [(n, line[a:b]) for n, (a, b) in zip(numbers, places, strict=True)] == there


def brute(steps: torch.Tensor) -> dict[tuple[int, ...], float]:
    length = steps.shape[1]
    sequences = itertools.product(range(4), repeat=length)
    return {s: float(score_of(steps, torch.tensor([s]))[0]) for s in sequences}


@pytest.mark.parametrize("seed", range(3))
def test_the_field_agrees_with_counting_every_sequence(seed: int) -> None:
    torch.manual_seed(seed)
    steps = close(torch.randn(1, 6, 4, 4) * 2, torch.tensor([6]))
    every = brute(steps)
    total = torch.logsumexp(torch.tensor(list(every.values())), 0)
    assert float(log_partition(steps)[0]) == pytest.approx(float(total), abs=1e-4)
    roles, likely, there = decoded(steps, torch.tensor([3]))
    runs = {s: sum(b == SOURCE != a for a, b in pairwise((0, *s))) for s in every}
    with_cue = {s: score for s, score in every.items() if s[3] == CUE and runs[s] < 2}
    own = torch.logsumexp(torch.tensor(list(with_cue.values())), 0)
    sourced = {s: score for s, score in with_cue.items() if SOURCE in s}
    rest = {s: score for s, score in with_cue.items() if SOURCE not in s}
    likelier = max(sourced, rest, key=lambda o: float(torch.tensor(list(o.values())).logsumexp(0)))
    best = max(likelier, key=lambda s: likelier[s])
    assert tuple(roles[0].tolist()) == best
    assert float(likely[0]) == pytest.approx(with_cue[best] - float(own), abs=1e-4)
    assert float(there[0]) == pytest.approx(float(own) - every[(0,) * 6], abs=1e-4)


@pytest.mark.parametrize("reduced", [False, True])
def test_eight_bits_keep_a_product_that_has_one_large_value(reduced: bool) -> None:
    torch.manual_seed(0)
    whole = torch.nn.Linear(64, 32).requires_grad_(False)
    whole.weight[:, 7] *= 10
    x = torch.randn(1, 9, 64)
    x[..., 7] *= 40
    expected = whole(x)
    apart, together = QuantizedLinear(whole, 1), QuantizedLinear(whole, 0)
    apart.reduced = apart.reduced or reduced  # as on a CPU that adds products in 16 bits
    assert float((apart(x.clone()) - expected).abs().max()) < 0.1
    assert float((together(x.clone()) - expected).abs().max()) > 0.2


def test_four_bits_keep_a_difference() -> None:
    torch.manual_seed(1)
    before = {"a": torch.randn(8, 128), "b": torch.randn(5), "c": torch.randn(4, 64)}
    now = {"a": before["a"] + torch.randn(8, 128) / 50, "b": before["b"] + 1, "c": before["c"]}
    packed = pack(now | {"head": torch.ones(3, 3)}, before)
    assert not any(name.startswith("c") for name in packed)
    moved = (now["a"] - before["a"]).abs().max()
    back = unpack(packed, before)
    assert (back["a"] - now["a"]).abs().max() < moved / 7
    assert torch.allclose(back["b"], now["b"], atol=2e-3)
    assert torch.equal(back["c"], before["c"])
    assert torch.equal(back["head"], torch.ones(3, 3))


def test_altered_or_missing_weights_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(BUNDLED, folder)
    with (folder / WEIGHTS).open("r+b") as file:
        file.seek(5000)
        file.write(b"\x00\x01\x02")
    with pytest.raises(ModelError, match=f"{WEIGHTS}: not the file that was bundled"):
        reader(folder)
    (folder / WEIGHTS).unlink()
    with pytest.raises(ModelError, match=f"{WEIGHTS}: missing"):
        reader(folder)


def test_the_encoder_is_small_and_needs_no_network() -> None:
    size = sum(path.stat().st_size for path in BUNDLED.iterdir())
    assert size < 14_000_000
    code = (
        "import socket\n"
        "def refuse(*a, **k): raise OSError('the network was asked for')\n"
        "socket.socket.connect = refuse; socket.create_connection = refuse\n"
        "socket.getaddrinfo = refuse\n"
        "from claims.language.encoder.weights import reader\n"
        f"assert reader().read([{SAID!r}])[0]\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
