"""Milliseconds of one pass of the encoder by what multiplies its matrices, beside its peers.

    python -m benchmarks.kernels
    python -m benchmarks.kernels --lengths 32 128 --repeats 9

Each pass reads one line of so many pieces, on one thread. The subjects take turns, so that what
else the machine does meets all of them, and the median of their CPU time counts. Beside it stands
the cosine to single precision of what comes out for each piece of 20 lines of the seeds: their
mean, and the worst.

``what reads`` is the encoder as this package loads it. Peers that are not installed are named and
left out. They are no dependencies, nor in the extra ``bench``, whose versions are locked with all
others; install them beside:

    .venv/bin/pip install onnx onnxscript onnxruntime openvino
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from statistics import median

import numpy as np
import torch
from rich.console import Console
from rich.table import Table
from torch import Tensor
from torch.nn import functional

from benchmarks.kernels.own import Read, own
from benchmarks.kernels.peers import peers
from benchmarks.throughput.texts import seeds
from claims.language.encoder.quantize import kernels
from claims.language.encoder.subwords import FIRST, LAST
from claims.language.encoder.weights import base_weights, cutter, reader

LENGTHS = (16, 32, 64, 128, 256)
LINES = 20
WHOLE = "PyTorch, single precision"


def lines_of(texts: Sequence[str]) -> list[list[int]]:
    """The numbers of the pieces of each line."""
    lines = (line for text in texts for line in text.splitlines() if line.strip())
    return [cutter().pieces(line)[0] for line in lines]


def vectors(numbers: Sequence[int]) -> Tensor:
    """(1, length, hidden): what goes into the encoder for a line of these pieces."""
    return torch.from_numpy(base_weights().rows(np.array([[FIRST, *numbers, LAST]])))


def milliseconds(subjects: Mapping[str, Read], words: Tensor, repeats: int) -> dict[str, float]:
    """The median CPU time of one pass of each subject; they take turns."""
    spent: dict[str, list[float]] = {name: [] for name in subjects}
    for read in subjects.values():
        read(words)
    for _ in range(repeats):
        for name, read in subjects.items():
            begun = time.process_time()
            read(words)
            spent[name].append(1000 * (time.process_time() - begun))
    return {name: round(median(times), 2) for name, times in spent.items()}


def likeness(read: Read, lines: Sequence[Tensor], whole: Sequence[Tensor]) -> tuple[float, float]:
    """Mean and least cosine of all pieces of the lines to what single precision makes of them."""
    pairs = zip(lines, whole, strict=True)
    found = torch.cat([functional.cosine_similarity(read(x), y, dim=-1)[0] for x, y in pairs])
    return round(float(found.mean()), 5), round(float(found.min()), 4)


def main() -> None:
    """Measure every subject that is there and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kernels")
    parser.add_argument("--lengths", type=int, nargs="+", default=LENGTHS)
    parser.add_argument("--repeats", type=int, default=15)
    asked = parser.parse_args()
    numbers = lines_of(seeds())
    text = [number for line in numbers for number in line]
    lines = [vectors(line) for line in numbers[:LINES]]
    encoder = reader(light=False).network.encoder
    torch.set_num_threads(1)
    with torch.inference_mode():
        subjects, missing = own(encoder)
        others, absent = peers(encoder)
        subjects |= others
        whole = [subjects[WHOLE](line) for line in lines]
        alike = {name: likeness(read, lines, whole) for name, read in subjects.items()}
        taken = {
            length: milliseconds(subjects, vectors(text[: length - 2]), asked.repeats)
            for length in asked.lengths
        }
    table = Table("ms a pass, by pieces", *map(str, taken), "cosine", "worst")
    for name, (mean, worst) in alike.items():
        times = (f"{one[name]:.1f}" for one in taken.values())
        table.add_row(name, *times, f"{mean:.5f}", f"{worst:.4f}")
    console = Console(width=110)
    console.print(table)
    console.print(f"what reads: {kernels()}")
    for one in missing + absent:
        console.print(f"not measured: {one}")
    rows = [
        {"subject": name, "ms": {n: t[name] for n, t in taken.items()}, "cosine": m, "worst": w}
        for name, (m, w) in alike.items()
    ]
    print(json.dumps({"reads": kernels(), "measured": rows, "missing": missing + absent}))


if __name__ == "__main__":
    main()
