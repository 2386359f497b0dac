"""Lexicon, encoder or both: the setting, what each finds, and how they are brought together."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ROOT
from reading_texts import CONFIG, SEEDS, article, document, lexicon

from claims.attribution.encoder import encoder_attributions, encoder_lines
from claims.attribution.engines import extract_all
from claims.attribution.likelihoods import Likelihoods, Terms, likelihoods_of
from claims.attribution.merging import combined
from claims.attribution.rules.extract import extract
from claims.attribution.rules.text import Text
from claims.config.settings import (
    AttributionSettings,
    Engine,
    EngineSettings,
    PipelineSettings,
    load_pipeline,
)
from claims.errors import ConfigError
from claims.language.encoder.reading import Relation
from claims.language.encoder.weights import BUNDLED, LIKELIHOODS, encoder_folder, reader
from claims.model import Attribution, Document, Pattern, Quotation, Span, Stance
from claims.pipeline.analyser import Analyser

TEXT = (
    "Harbour: ferry is to be scrapped\n\n"
    '"The ferry is old," harbour master Ida Holm told reporters on Monday, adding that she wanted '
    "a new one.\n\n"
    "Fishermen fear that the new ferry will scare the herring away. Holm denied that it would."
)

LEARNED = Likelihoods(
    agreed=Terms(base=0.013, sure=0.947, object=0.041, named=1.159),
    lexicon_differs=Terms(base=-0.481, sure=-0.239, object=0.426, named=-0.009),
    encoder_differs=Terms(base=-1.089, sure=0.615, object=-0.555, named=1.062),
    lexicon_alone=Terms(base=0.134, sure=0.0, object=0.274, named=-0.064),
    encoder_alone=Terms(base=-0.961, sure=0.385, object=0.0, named=0.601),
)
"""Likelihoods as they were learned once."""


def found(engine: Engine, *documents: Document) -> tuple[tuple[Attribution, ...], ...]:
    languages = {each.article.language for each in documents}
    own = load_pipeline(CONFIG).attribution.model_copy(update={"engine": engine})
    lexicons = {language: lexicon(language) for language in languages}
    return extract_all(documents, lexicons, own, None if engine == "lexicon" else reader())


def cues(text: str, attributions: tuple[Attribution, ...]) -> set[str]:
    return {span.of(text) for each in attributions for span in each.cue}


def test_an_article_through_every_engine() -> None:
    read = document(TEXT, "en")
    (known,), (seen,), (both,) = (found(each, read) for each in ("lexicon", "encoder", "both"))
    assert known == extract(read, lexicon("en"))
    assert cues(TEXT, seen) >= {"told", "adding", "denied"}
    assert cues(TEXT, both) >= {"told", "adding", "denied"}
    assert Pattern.HEADLINE in {each.pattern for each in both}
    (denied,) = (each for each in seen if each.cue[0].of(TEXT) == "denied")
    assert denied.stance is Stance.DENY
    assert denied.source and denied.source[0].of(TEXT) == "Holm"
    (told,) = (each for each in seen if each.cue[0].of(TEXT) == "told")
    assert told.quotation is Quotation.DIRECT


@pytest.mark.parametrize("engine", ["encoder", "both"])
def test_articles_do_not_depend_on_each_other(engine: Engine) -> None:
    urdu = document(SEEDS[0].read_text(encoding="utf-8"), "ur")
    english = document(TEXT, "en")
    assert found(engine, urdu, english) == (*found(engine, urdu), *found(engine, english))


def test_no_two_attributions_share_a_cue() -> None:
    for path in SEEDS:
        text = path.read_text(encoding="utf-8")
        for each, other in zip(*[iter(found("both", document(text, "ur"))[0])] * 2, strict=False):
            assert each.cue[-1].end <= other.cue[0].start or other.cue[-1].end <= each.cue[0].start


def test_a_language_without_settings_of_its_own_has_the_defaults() -> None:
    settings = AttributionSettings(languages={"ur": EngineSettings(engine="lexicon")})
    assert settings.engine_of("ur").engine == "lexicon"
    assert settings.engine_of("fa") == EngineSettings()
    assert settings.model_copy(update={"engine": "encoder"}).engine_of("ur").engine == "encoder"


def test_the_engine_is_part_of_the_fingerprint() -> None:
    prints = set()
    for engine in ("lexicon", "encoder", "both"):
        settings = PipelineSettings(attribution=AttributionSettings(engine=engine))
        prints.add(Analyser(CONFIG, settings).fingerprint)
    assert len(prints) == 3


def test_the_lexicon_alone_asks_for_no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise AssertionError("the encoder was loaded")

    monkeypatch.setattr("claims.pipeline.analyser.reader", refuse)
    settings = PipelineSettings(attribution=AttributionSettings(engine="lexicon"))
    analysed, failures = Analyser(CONFIG, settings).analyse([article(TEXT, "en")])
    assert analysed[0].claims and not failures


@pytest.mark.parametrize(
    ("written", "line", "named"),
    [
        ("attribution: {engine: neural}\n", 1, "attribution.engine"),
        ("attribution:\n  languages:\n    en: {encoder_above: 2}\n", 3, "encoder_above"),
        ("attribution:\n  languages:\n    en: {above: 0.5}\n", 3, "above"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, written: str, line: int, named: str) -> None:
    (tmp_path / "pipeline.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"line {line}: .*{named}"):
        load_pipeline(tmp_path)


def made(
    cue: tuple[int, int],
    content: tuple[int, int],
    confidence: float,
    source: tuple[int, int] | None = (0, 5),
    stance: Stance = Stance.REPORT,
    pattern: Pattern = Pattern.CLAUSAL,
) -> Attribution:
    return Attribution(
        sentence_index=0,
        source=(Span(start=source[0], end=source[1]),) if source else None,
        cue=(Span(start=cue[0], end=cue[1]),),
        content=(Span(start=content[0], end=content[1]),),
        stance=stance,
        pattern=pattern,
        quotation=Quotation.INDIRECT,
        confidence=confidence,
    )


KNOWN = made((6, 12), (13, 60), 0.7, stance=Stance.DENY)
SEEN = made((6, 12), (18, 60), 0.9)


def test_both_engines_on_one_cue_give_one_attribution() -> None:
    (spans,) = combined([KNOWN], [SEEN], EngineSettings(spans="encoder"))
    assert spans.content == SEEN.content
    assert (spans.stance, spans.confidence) == (Stance.DENY, 0.9)
    (spans,) = combined([KNOWN], [SEEN], EngineSettings(spans="lexicon"))
    assert (spans.content, spans.confidence) == (KNOWN.content, 0.7)
    (spans,) = combined([KNOWN], [SEEN], EngineSettings(spans="surer"))
    assert spans.content == SEEN.content
    doubted = SEEN.model_copy(update={"confidence": 0.6})
    (spans,) = combined([KNOWN], [doubted], EngineSettings(spans="surer"))
    assert (spans.content, spans.confidence) == (KNOWN.content, 0.7)


def test_what_one_engine_found_alone_needs_its_confidence() -> None:
    settings = EngineSettings(encoder_above=0.8, lexicon_above=0.6)
    other = made((80, 84), (90, 120), 0.5, source=None)
    assert combined([KNOWN, other], [], settings) == (KNOWN,)
    measured = settings.model_copy(update={"lexicon_alone": 0.4})
    assert [each.confidence for each in combined([KNOWN], [], measured)] == [0.4]
    assert combined([], [SEEN, other], settings) == (SEEN,)
    headline = other.model_copy(update={"pattern": Pattern.HEADLINE})
    assert combined([headline], [], settings) == (headline,)
    through = other.model_copy(update={"via": (Span(start=0, end=5),)})
    carrier = made((6, 12), (13, 120), 0.85, pattern=Pattern.ACCORDING)
    assert combined([through], [], settings) == ()
    assert combined([carrier, through], [], settings) == (carrier, through)
    doubted = SEEN.model_copy(update={"confidence": 0.3})
    assert len(combined([KNOWN], [doubted], settings)) == 1
    assert combined([other], [doubted], settings) == ()


def test_the_likelier_version_stands_with_its_likelihood() -> None:
    learned = LEARNED
    settings = EngineSettings(spans="likelier", encoder_above=0.4, lexicon_above=0.4)
    agreed = combined([KNOWN], [SEEN], settings, learned)
    elsewhere = SEEN.model_copy(update={"content": (Span(start=70, end=99),)})
    (clause,) = combined([KNOWN], [elsewhere], settings, learned)
    of_object = KNOWN.model_copy(update={"pattern": Pattern.OBJECT})
    doubted = elsewhere.model_copy(update={"confidence": 0.6})
    (object_,) = combined([of_object], [doubted], settings, learned)
    assert clause.content == elsewhere.content
    assert object_.content == KNOWN.content
    assert agreed[0].confidence > max(clause.confidence, object_.confidence) >= 0.4
    nobody = doubted.model_copy(update={"source": None, "confidence": 0.8})
    assert combined([of_object], [nobody], settings, learned)[0].source == KNOWN.source
    unsure = SEEN.model_copy(update={"confidence": 0.2})
    assert combined([], [unsure], settings, learned) == ()
    headline = KNOWN.model_copy(update={"pattern": Pattern.HEADLINE})
    assert combined([headline], [], settings, learned) == (headline,)
    with pytest.raises(ConfigError, match="choose another `spans`"):
        likelihoods_of("fa")


def test_two_cues_for_the_same_words_of_one_source_are_one() -> None:
    beside = SEEN.model_copy(update={"cue": (Span(start=61, end=65),)})
    assert len(combined([KNOWN], [beside], EngineSettings())) == 1
    elsewhere = beside.model_copy(update={"content": (Span(start=70, end=90),)})
    assert len(combined([KNOWN], [elsewhere], EngineSettings(lexicon_above=0.5))) == 2


def test_the_shipped_settings_name_every_language() -> None:
    settings = load_pipeline(ROOT / "config")
    assert set(settings.languages) <= set(settings.attribution.languages)


def test_another_folder_of_weights_is_read_with_what_was_learned_of_it(tmp_path: Path) -> None:
    other = tmp_path / "encoder"
    shutil.copytree(BUNDLED, other)
    place = other / LIKELIHOODS
    place.write_text(place.read_text(encoding="utf-8").replace("  ur:", "  fa:"), encoding="utf-8")
    asked = PipelineSettings(
        languages=("ur", "en"), attribution=AttributionSettings(encoder=str(other))
    )
    bundled = asked.model_copy(update={"attribution": AttributionSettings()})
    assert Analyser(CONFIG, asked).fingerprint != Analyser(CONFIG, bundled).fingerprint
    assert likelihoods_of("fa", encoder_folder(str(other))) == likelihoods_of("ur")
    with pytest.raises(ConfigError, match=f"nowhere: no weights .*{LIKELIHOODS} is missing"):
        encoder_folder(str(tmp_path / "nowhere"))


@pytest.mark.parametrize(
    ("text", "marked", "source", "content"),
    [
        # the next sentence's subject is nobody's source
        (
            "شہر پل گرانے کی تردید کرتا ہے۔ وزیر نے سڑک کھول دی۔",
            ("وزیر", "تردید کرتا ہے", ["شہر پل گرانے"]),
            None,
            ["شہر پل گرانے"],
        ),
        # but a dash cites whom it stands before
        (
            '"The pier is closed." \u2015 Ida Holm',
            ("Ida Holm", "\u2015", ['"The pier is closed."']),
            "Ida Holm",
            ['"The pier is closed."'],
        ),
        # what was said by somebody else before is no part of it
        (
            "میئر نے کہا کہ پل بند ہے۔ پولیس کا کہنا ہے کہ سڑک کھلی ہے۔",
            ("پولیس", "کہنا ہے", ["پل بند ہے", "سڑک کھلی ہے"]),
            "پولیس",
            ["سڑک کھلی ہے"],
        ),
        # nor is what only points at it
        (
            "وزیر نے ان خبروں کو مسترد کر دیا کہ پل بند ہے۔",
            ("وزیر", "مسترد کر دیا", ["ان خبروں", "پل بند ہے"]),
            "وزیر",
            ["پل بند ہے"],
        ),
    ],
)
def test_what_the_encoder_marked_beyond_an_attribution_is_left_out(
    text: str, marked: tuple[str, str, list[str]], source: str | None, content: list[str]
) -> None:
    def places(part: str) -> tuple[tuple[int, int], ...]:
        start = text.index(part)
        return ((start, start + len(part)),)

    said, cue, told = marked
    relation = Relation(
        source=places(said),
        cue=places(cue),
        content=tuple(places(part)[0] for part in told),
        stance=Stance.REPORT,
        scores=(0.0, 0.0, 0.0, 0.0),
        confidence=0.9,
    )
    language = "en" if "pier" in text else "ur"
    read = Text(document(text, language), lexicon(language))
    (line,) = encoder_lines(read)
    (found,) = encoder_attributions(read, [(line, [relation])])
    told_source = found.source and text[found.source[0].start : found.source[0].end]
    assert (told_source or None) == source
    assert [text[span.start : span.end] for span in found.content] == content
