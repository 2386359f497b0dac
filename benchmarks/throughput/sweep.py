"""What batch sizes, threads, the size of a chunk and 8 bits are worth, on English articles.

One setting is changed at a time; everything else is as it is configured. Words per CPU second and
per second of the clock are of the stage that the setting is for.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

BATCHES = {
    "tokenize": (2, 8, 32),
    "pos": (400, 1200, 5000),
    "lemma": (50, 500),
    "depparse": (400, 1200, 5000),
}
"""Batch sizes of each network, in its own unit: lines, words, words, words."""
CHUNKS = (1, 8, 32)
THREADS = (1, 2)


def show(texts: list[str], gold: Path, console: Console) -> None:
    """Measure and print the tables; the last needs ``en_dev.jsonl`` in ``gold``."""
    table = Table("setting", "value", "words per CPU s", "words per clock s")
    for setting, value, cpu, clock in (*_networks(texts), *_encoder(texts)):
        table.add_row(setting, str(value), f"{cpu:,.0f}", f"{clock:,.0f}")
    console.print(table)
    path = gold / "en_dev.jsonl"
    if path.is_file():
        console.print(_bits(path, len(texts)))
    else:
        console.print(f"{path}: not there; what 8 bits cost needs it")


def _networks(texts: list[str]) -> list[tuple[str, int, float, float]]:
    import stanza
    import torch

    from claims.config.settings import ModelSettings
    from claims.language.pipelines import pipeline

    nlp: Any = pipeline("en", ModelSettings())
    words = sum(len(text.split()) for text in texts)

    nlp.bulk_process([stanza.Document([], text=text) for text in texts[:1]])  # loads the parser

    def forget() -> None:
        """What was remembered of words must not help the setting that comes later."""
        nlp.processors["lemma"].trainer.forget()
        for name in ("pos", "depparse"):
            nlp.processors[name].spellings.forget()

    def read(chunk: int, stage: str | None = None) -> tuple[float, float]:
        forget()
        before = dict(nlp.seconds)
        cpu, clock = time.process_time(), time.perf_counter()
        for at in range(0, len(texts), chunk):
            nlp.bulk_process([stanza.Document([], text=text) for text in texts[at : at + chunk]])
        cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
        if stage is not None:
            part = nlp.seconds[stage] - before[stage]
            cpu, clock = part, clock * part / cpu
        return words / cpu, words / clock

    read(8)
    rows = []
    for name, sizes in BATCHES.items():
        config = nlp.processors[name].config
        usual = config["batch_size"]
        for size in sizes:
            config["batch_size"] = size
            rows.append((f"{name}, batch", size, *read(8, name)))
        config["batch_size"] = usual
    rows += [("all four, articles in a chunk", size, *read(size)) for size in CHUNKS]
    for count in THREADS:
        torch.set_num_threads(count)
        rows.append(("all four, threads", count, *read(8)))
    torch.set_num_threads(1)
    return rows


def _encoder(texts: list[str]) -> list[tuple[str, int, float, float]]:
    import torch

    from claims.language.encoder.weights import reader

    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    words = sum(len(line.split()) for line in lines)
    rows = []
    for count in THREADS:
        network = reader(threads=count)
        network.read(lines[:4])
        torch.set_num_threads(count)
        cpu, clock = time.process_time(), time.perf_counter()
        network.read(lines)
        cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
        rows.append(("encoder, threads", count, words / cpu, words / clock))
    torch.set_num_threads(1)
    return rows


def _bits(path: Path, articles: int) -> Table:
    """What the encoder finds with all its matrices as they are, and in 8 bits."""
    from benchmarks.attribution.engines import Remembering, found_by
    from claims.attribution.rules.lexicon import load_lexicons
    from claims.config.settings import config_folder, load_pipeline
    from claims.language.annotation import Annotator
    from claims.language.encoder.weights import BUNDLED, reader
    from training.encoder.annotated import read_annotated

    config = config_folder()
    settings = load_pipeline(config)
    gold = read_annotated(path, path.parent)[:articles]
    lexicons = load_lexicons(config, ["en"])
    annotator = Annotator(settings.models)
    table = Table("encoder's matrices", "found P", "R", "F1", "words per CPU s")
    for name, light in (("as trained", False), ("in 8 bits", True)):
        remembering = Remembering(reader(BUNDLED, light=light))
        row = found_by("encoder", gold, annotator, lexicons, settings, remembering)
        words = sum(len(one.text.split()) for one in gold)
        shares = (f"{100 * row['found'][key]:.1f}" for key in ("p", "r", "f1"))
        table.add_row(name, *shares, f"{words / remembering.seconds:,.0f}")
    return table
