"""Persian is data as German is, and what is typed with Arabic letters is read all the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import Command
from reading_texts import CONFIG, article

from claims.attribution.engines import extract_all
from claims.attribution.rules.lexicon import load_lexicons
from claims.config.settings import AttributionSettings, EngineSettings, ModelSettings
from claims.language.annotation import Annotator
from claims.language.encoder.weights import reader
from claims.language.identification import load_identifier
from claims.model import Attribution, Span
from claims.speakers.gazetteer import load_gazetteer
from claims.speakers.link import link
from claims.speakers.mentions import load_mentions

SENTENCES = [
    (
        "رئیس جمهور گفت که مذاکرات هفته آینده از سر گرفته می‌شود.",
        ("رئیس جمهور", "گفت", "مذاکرات هفته آینده از سر گرفته می‌شود", "report"),
    ),
    (
        "سخنگوی دولت اعلام کرد که قیمت بنزین تغییر نمی‌کند.",
        ("سخنگوی دولت", "اعلام کرد", "قیمت بنزین تغییر نمی‌کند", "announce"),
    ),
    (
        "به گفته پلیس، سه نفر در این حادثه زخمی شدند.",
        ("پلیس", "به گفته", "سه نفر در این حادثه زخمی شدند", "report"),
    ),
    (
        "شهردار مدعی شد که پروژه تا پایان سال تمام می‌شود.",
        ("شهردار", "مدعی شد", "پروژه تا پایان سال تمام می‌شود", "claim"),
    ),
    (
        "سخنگوی وزارت خارجه این گزارش را تکذیب کرد.",
        ("سخنگوی وزارت خارجه", "تکذیب کرد", "این گزارش", "deny"),
    ),
    (
        "سازمان هواشناسی هشدار داد که سیل در راه است.",
        ("سازمان هواشناسی", "هشدار داد", "سیل در راه است", "warn"),
    ),
    (
        "او تأکید کرد: «ما به تعهدات خود عمل می‌کنیم.»",
        ("او", "تأکید کرد", "«ما به تعهدات خود عمل می‌کنیم.»", "report"),
    ),
]
ARABIC = str.maketrans("یک", "يك")


def found_in(text: str) -> tuple[Attribution, ...]:
    (document,) = Annotator(ModelSettings(none=("fa",))).annotate([article(text, "fa")])
    engine = EngineSettings(engine="encoder", encoder_above=0.35)
    settings = AttributionSettings(languages={"fa": engine})
    return extract_all([document], load_lexicons(CONFIG, ["fa"]), settings, reader())[0]


def words(text: str, spans: Sequence[Span] | None) -> str:
    return " ".join(span.of(text) for span in spans or ())


@pytest.mark.parametrize("letters", [{}, ARABIC], ids=["persian", "arabic"])
@pytest.mark.parametrize(("text", "roles"), SENTENCES, ids=[told[3] for _, told in SENTENCES])
def test_who_said_what_and_how(text: str, roles: tuple[str, ...], letters: dict[int, int]) -> None:
    text = text.translate(letters)
    source, cue, content, stance = roles
    (one,) = found_in(text)
    told = (words(text, one.source), words(text, one.cue), words(text, one.content))
    assert told == tuple(role.translate(letters) for role in (source, cue, content))
    assert one.stance == stance


def test_no_cue_has_a_letter_that_is_read_as_another() -> None:
    lexicon = load_lexicons(CONFIG, ["fa"])["fa"]
    listed = [cue.words for cue in lexicon.cues] + list(lexicon.grammar.negations)
    assert listed == [lexicon.grammar.levelled(word) for word in listed], "it would never match"


@pytest.mark.parametrize("letters", [{}, ARABIC], ids=["persian", "arabic"])
def test_speakers_are_called_by_their_office(letters: dict[int, int]) -> None:
    text = SENTENCES[4][0].translate(letters)
    (document,) = Annotator(ModelSettings(none=("fa",))).annotate([article(text, "fa")])
    gazetteer = load_gazetteer(CONFIG, ["fa", "en"])
    (claim,) = link(document, found_in(text), gazetteer, load_mentions(CONFIG, ["fa"])["fa"])
    assert claim.speaker is not None
    assert claim.speaker.name == "foreign ministry spokesperson"


def test_a_non_joiner_parts_no_word_and_a_direction_mark_is_none() -> None:
    text = "وی به\u200c\u200fوزیر می\u200cگوید: «نه»."
    (document,) = Annotator(ModelSettings(none=("fa",))).annotate([article(text, "fa")])
    told = [word.text for sentence in document.sentences for word in sentence.words]
    assert told == ["وی", "به", "وزیر", "می\u200cگوید", ":", "«", "نه", "»", "."]


@pytest.mark.parametrize("letters", [{}, ARABIC], ids=["persian", "arabic"])
def test_lines_are_known_as_persian_where_it_is_switched_on(letters: dict[int, int]) -> None:
    identify = load_identifier(CONFIG, ("ur", "en", "fa"))
    for text, _ in SENTENCES:
        assert identify(text.translate(letters), ("ur", "en", "fa")) == "fa"
    for text in ("كراچي ميں بارش هو رهي هے۔", "وزیر کا دورہ منسوخ", "بجلی مہنگی ہو گئی۔"):
        assert identify(text, ("ur", "en", "fa")) == "ur"


def test_it_is_switched_on_in_the_configuration(tmp_path: Path, command: Command) -> None:
    config = tmp_path / "config"
    shutil.copytree(CONFIG, config)
    (config / "pipeline.yaml").write_text(
        "languages: [ur, en, fa]\nmodels: {none: [de, fa]}\n"
        "attribution: {languages: {fa: {engine: encoder, encoder_above: 0.35}}}\n",
        encoding="utf-8",
    )
    text = " ".join(sentence for sentence, _ in SENTENCES[:2])
    story = tmp_path / "story.txt"
    story.write_text(text, encoding="utf-8")
    done = command("extract", story, "--config", config, "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)["attributions"]
    assert [one["stance"] for one in told] == ["report", "announce"]
