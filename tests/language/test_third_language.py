"""A third language is data: Hindi, read by the Urdu model, with its own cue and mention files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Command
from reading_texts import CONFIG, article, texts_of

from claims.attribution.rules.extract import extract
from claims.attribution.rules.lexicon import load_lexicons
from claims.config.settings import ModelSettings, config_folder, load_pipeline
from claims.language.annotation import Annotator
from claims.language.normalisation import load_spelling, normalise
from claims.model import Document
from claims.speakers.gazetteer import load_gazetteer
from claims.speakers.link import link
from claims.speakers.mentions import load_mentions
from claims.speakers.names import key
from training.borrowing import borrow

LANGUAGES = ("ur", "en", "hi")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A models folder with Hindi, as `python -m training.borrowing` makes it."""
    folder = tmp_path_factory.mktemp("models")
    borrow(folder)
    return folder


@pytest.fixture(scope="module")
def annotator(models: Path) -> Annotator:
    return Annotator(ModelSettings(folder=str(models)))


def read(text: str, annotator: Annotator) -> Document:
    return annotator.annotate([article(text, "hi")])[0]


SENTENCES = [
    ("मंत्री ने कहा कि सड़क कल से बंद रहेगी।", "मंत्री", "कहा", "सड़क कल से बंद रहेगी", "report"),
    ("कंपनी ने दावा किया है कि दवा सुरक्षित है।", "कंपनी", "दावा किया है", "दवा सुरक्षित है", "claim"),
    ("मंत्रालय ने खबर का खंडन किया है।", "मंत्रालय", "खंडन किया है", "खबर", "deny"),
    ("सरकार ने आरोप को खारिज कर दिया।", "सरकार", "खारिज कर दिया", "आरोप", "deny"),
    ("विपक्ष ने आरोप लगाया कि चुनाव में धांधली हुई।", "विपक्ष", "आरोप लगाया", "चुनाव में धांधली हुई", "accuse"),
    ("किसानों का कहना है कि फसल खराब हो गई।", "किसानों", "का कहना है", "फसल खराब हो गई", "report"),
    (
        "पुलिस के अनुसार हादसे में तीन लोग घायल हुए हैं।",
        "पुलिस",
        "के अनुसार",
        "हादसे में तीन लोग घायल हुए हैं",
        "report",
    ),
    (
        "रिपोर्ट में कहा गया है कि पानी का स्तर घट रहा है।",
        "रिपोर्ट",
        "कहा गया है",
        "पानी का स्तर घट रहा है",
        "report",
    ),
    ("“सड़क बंद है,” मंत्री ने कहा।", "मंत्री", "कहा", "“सड़क बंद है,”", "report"),
]


@pytest.mark.parametrize(("text", "source", "cue", "content", "stance"), SENTENCES)
def test_hindi_sentences(
    text: str, source: str, cue: str, content: str, stance: str, annotator: Annotator
) -> None:
    lexicon = load_lexicons(CONFIG, ["hi"])["hi"]
    (found,) = extract(read(text, annotator), lexicon)
    assert texts_of(found, text) == (source, cue, content)
    assert found.stance.value == stance


def test_every_example_of_the_cue_file_is_found(annotator: Annotator) -> None:
    lexicon = load_lexicons(CONFIG, ["hi"])["hi"]
    examples = [cue for cue in lexicon.cues if cue.example]
    assert len(examples) >= 8
    for cue in examples:
        assert cue.example is not None
        (found,) = extract(read(cue.example, annotator), lexicon)
        assert found.stance is cue.stance


def test_words_keep_the_articles_letters_and_places(models: Path, annotator: Annotator) -> None:
    text = "“सड़क बंद है,” मंत्री ने कहा।\nक़ीमत १२ हज़ार रुपये तक पहुँची।"
    document = read(text, annotator)
    words = [word for sentence in document.sentences for word in sentence.words]
    assert all(word.lemma == word.text for word in words)
    assert {"सड़क", "मंत्री", "कहा"} <= {text[word.start : word.end] for word in words}
    assert [sentence.line for sentence in document.sentences] == [0, 1]
    spelling = load_spelling(models / "hi")
    assert normalise("मंत्री ने कहा कि सड़क बंद है।", spelling).text == "منتری نے کہا کہ سڑک بند ہے۔"


def test_a_hindi_source_is_the_speaker_whom_other_languages_know(annotator: Annotator) -> None:
    text = "रूस ने यूक्रेन को हथियार देने की पुष्टि की है।"
    document = read(text, annotator)
    lexicon = load_lexicons(CONFIG, ["hi"])["hi"]
    gazetteer = load_gazetteer(CONFIG, LANGUAGES)
    mentions = load_mentions(CONFIG, LANGUAGES)["hi"]
    (claim,) = link(document, extract(document, lexicon), gazetteer, mentions)
    assert claim.speaker is not None
    assert claim.speaker.name == "Russia"


def test_vowel_signs_tell_names_apart() -> None:
    assert key("के") != key("की") != key("का")
    assert key("क़तर") == key("कतर"), "the dot below is not always written"
    assert key("صدرِ") == key("صدر"), "vowel marks of Urdu are still none"
    assert key("Peña") == key("Pena")


def test_the_command_line_takes_the_third_language(
    models: Path, tmp_path: Path, command: Command
) -> None:
    config = tmp_path / "config"
    shutil.copytree(CONFIG, config)
    (config / "pipeline.yaml").write_text(
        f"languages: [hi]\nattribution: {{engine: lexicon}}\n"
        f"models: {{folder: {json.dumps(str(models))}}}\n",
        encoding="utf-8",
    )
    story = tmp_path / "story.txt"
    text = (
        "विदेश मंत्रालय के प्रवक्ता ने कहा कि बातचीत अगले महीने होगी। "
        "उन्होंने दावा किया कि दोनों देश समझौते के करीब हैं।"
    )
    story.write_text(text, encoding="utf-8")
    done = command("extract", story, "--config", config, "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["attributions"]
    assert [one["stance"] for one in found] == ["report", "claim"]
    done = command("explain", "--config", config, text.split("। ")[0])
    assert "config/cues/hi.yaml, line" in done.stdout, done.stderr


def test_the_shipped_configuration_reads_no_language_without_a_model() -> None:
    languages = load_pipeline(config_folder(CONFIG)).languages
    assert set(languages) <= {path.name for path in (ROOT / "claims/language/models").iterdir()}
