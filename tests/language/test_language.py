"""Languages told apart, spelling rewritten beside the text, models loaded without a network."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from reading_texts import ROOT, article, document

from claims.config.settings import ModelSettings
from claims.errors import LanguageError, ModelError
from claims.language.annotation import Annotator
from claims.language.identification import identify
from claims.language.normalisation import Spelling, load_spelling, normalise
from claims.language.pipelines import BUNDLED, verify


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("تہران نے الزام کی تردید کی۔", "ur"),
        ("He denied everything at the press conference.", "en"),
        ("وزیر نے Reuters کو بتایا کہ وہ نہیں آئیں گے۔", "ur"),
    ],
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert identify(text, ["ur", "en"]) == language


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "Le ministre a déclaré que la réunion était annulée et que le parlement voterait.",
            "'fr'",
        ),
        ("رئیس جمهور گفت که این خبر درست نیست و دولت آن را تکذیب می‌کند.", "'fa'"),
        ("قال الوزير إن هذا الخبر غير صحيح وإن الحكومة ستعلن موقفها غدا.", "'ar'"),
        ("1234 5678", "cannot be told"),
    ],
)
def test_another_language_is_named_and_refused(text: str, named: str) -> None:
    with pytest.raises(LanguageError, match=named) as error:
        identify(text, ["ur", "en"])
    assert "\n" not in str(error.value)


def test_words_stand_where_they_stand_in_the_article() -> None:
    text = "\ufeffحکمتِ عملی ۱۲ هزار\u200cافراد تك پہنچی ہے۔انھوں نے کہا:ٹھیک ہے۔\r\nدوسری سطر ہے۔"
    read = document(text, "ur")
    words = [word for sentence in read.sentences for word in sentence.words]
    pairs = {word.text: text[word.start : word.end] for word in words}
    assert pairs["حکمت"] == "حکمتِ"
    assert pairs["12"] == "۱۲"
    assert pairs["تک"] == "تك"
    assert {sentence.line for sentence in read.sentences} == {0, 1}
    assert len(read.sentences) >= 3, "a stop glued to the next word ends a sentence"


def test_a_story_without_stops_is_split_at_finite_verbs() -> None:
    line = (
        "وزیر نے کہا کہ سڑک اگلے ماہ کھول دی جائے گی حکام اس پر کام کر رہے ہیں "
        "شہریوں نے منصوبے میں تاخیر پر احتجاج کیا ہے پولیس نے سڑک کو ٹریفک کے لیے بند کر رکھا ہے "
        "ٹھیکیدار کا کہنا ہے کہ بارش کی وجہ سے کام رک گیا تھا اب کام دوبارہ شروع ہو چکا ہے"
    )
    ends = [line[: sentence.end].split()[-1] for sentence in document(line, "ur").sentences]
    assert len(ends) >= 4
    assert set(ends) <= {"گی", "ہیں", "ہے", "تھا"}
    assert all(word.end > word.start for s in document(line, "ur").sentences for word in s.words)


@pytest.mark.parametrize(
    "line",
    [
        # glued stop, quotation mark after the stop, question, Latin abbreviation, number, ellipsis
        "وزیر نے بات کی۔انھوں نے وعدہ کیا۔",
        "انھوں نے کہا کہ ”کام جاری رہے گا۔“ اجلاس ختم ہو گیا۔",
        "کیا یہ خبر درست ہے؟ وزیر نے جواب نہیں دیا۔",
        "اس نے U.S. حکام سے بات کی۔ بات چیت کامیاب رہی۔",
        "قیمت 12.5 روپے بڑھ گئی۔ عوام نے احتجاج کیا۔",
        "وہ چپ رہے... پھر انھوں نے بات کی۔",
    ],
)
def test_two_sentences_are_two(line: str) -> None:
    assert len(document(line, "ur").sentences) == 2


def test_a_clause_that_goes_on_does_not_begin_a_sentence() -> None:
    line = (
        "پولیس نے سڑک کھول دی ہے لیکن دکانیں بند ہیں جبکہ لوگ اپنے گھروں میں رہے ہیں "
        "حکام نے وہ علاقہ خالی کرایا ہے جو دریا کے قریب ہے"
    )
    starts = {line[sentence.start :].split()[0] for sentence in document(line, "ur").sentences}
    assert starts <= {"پولیس", "حکام"}


def test_a_word_of_letters_is_no_punctuation_mark() -> None:
    for headline in ("بات نہیں ہو رہی:ماسکو", "کوئی مذاکرات نہیں:تہران", "No talks: Moscow"):
        language = identify(headline * 3, ["ur", "en"])
        (sentence,) = document(headline, language).sentences
        marks = {word.text for word in sentence.words if word.upos == "PUNCT"}
        assert marks <= {":"}


def test_no_character_is_lost_or_moved_by_a_rewriting() -> None:
    spelling = load_spelling(BUNDLED / "ur")
    text = "''روسی‘‘ حکمتِ\u200dعملی،ہم ہےکہ کررہا e\u0301 👩\u200d🚀 ٣"
    rewritten = normalise(text, spelling, offset=100)
    places = list(zip(rewritten.starts, rewritten.ends, strict=True))
    assert all(100 <= start <= end <= 100 + len(text) for start, end in places)
    assert [start for start, _ in places] == sorted(start for start, _ in places)
    covered = {n for start, end in places for n in range(start, end)}
    assert covered == set(range(100, 100 + len(text)))


def test_an_empty_match_inserts_and_a_full_one_replaces() -> None:
    spelling = Spelling.model_validate(
        {"characters": {"x": ""}, "rules": [{"find": "(?<=a)(?=b)", "put": "-"}]}
    )
    rewritten = normalise("axbc", spelling)
    assert rewritten.text == "a-bc"
    assert rewritten.original(0, 1) == (0, 2), "what is dropped belongs to what stands before it"
    assert rewritten.original(2, 4) == (2, 4)


def test_a_model_that_was_altered_is_refused(tmp_path: Path) -> None:
    shutil.copytree(BUNDLED / "en", tmp_path / "en")
    weights = tmp_path / "en" / "lemma.pt"
    weights.write_bytes(weights.read_bytes()[:-1] + b"?")
    with pytest.raises(ModelError, match=r"lemma\.pt: not the file that was bundled"):
        verify(tmp_path / "en")


def test_stanzas_own_models_are_used_where_a_setting_points_to_them(tmp_path: Path) -> None:
    """The layout of Stanza's resources: <folder>/<language>/<processor>/<package>.pt."""
    parts = {"tokenize": [], "pos": ["pretrain"], "lemma": [], "depparse": ["pretrain"]}
    for name in (*parts, "pretrain"):
        place = tmp_path / "en" / name
        place.mkdir(parents=True)
        shutil.copy(BUNDLED / "en" / f"{name}.pt", place / "test.pt")
    resources = {
        "en": {
            **{
                name: {
                    "test": {
                        "md5": "",
                        **(
                            {"dependencies": [{"model": "pretrain", "package": "test"}]}
                            if needs
                            else {}
                        ),
                    }
                }
                for name, needs in parts.items()
            },
            "pretrain": {"test": {"md5": ""}},
            "default_processors": dict.fromkeys(parts, "test"),
            "default_dependencies": {
                name: [{"model": "pretrain", "package": "test"}] for name in ("pos", "depparse")
            },
            "packages": {"default": dict.fromkeys(parts, "test")},
            "lang_name": "English",
        }
    }
    (tmp_path / "resources.json").write_text(json.dumps(resources), encoding="utf-8")
    settings = ModelSettings(source="stanza", folder=str(tmp_path))
    assert document("Bundled models may have been read before.", "en").sentences
    (read,) = Annotator(settings).annotate([article("He denied it. She left.", "en")])
    assert [len(sentence.words) for sentence in read.sentences] == [4, 3]


def test_a_folder_without_stanzas_models_is_told_in_one_line(tmp_path: Path) -> None:
    settings = ModelSettings(source="stanza", folder=str(tmp_path))
    with pytest.raises(ModelError, match="no Stanza resources") as error:
        Annotator(settings).annotate([article("He denied it.", "en")])
    assert "\n" not in str(error.value)


def test_reading_needs_no_network() -> None:
    """A process whose every attempt to connect fails reads both languages."""
    script = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise OSError('the network was asked for')\n"
        "socket.socket.connect = refuse; socket.create_connection = refuse\n"
        "socket.getaddrinfo = refuse\n"
        f"sys.path.insert(0, {str(ROOT / 'tests')!r})\n"
        "from reading_texts import document\n"
        "print(len(document('He denied it.', 'en').sentences),"
        " len(document('اس نے تردید کی۔', 'ur').sentences))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.stdout.split() == ["1", "1"], done.stderr
