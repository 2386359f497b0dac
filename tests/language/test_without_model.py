"""A language that nobody trained a model for is read all the same: German, by data alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import Command
from reading_texts import CONFIG, article

from claims.config.settings import ModelSettings, load_pipeline
from claims.errors import ConfigError
from claims.language.annotation import Annotator

STORY = (
    "Der Sprecher des Ministeriums sagte am Montag, die Brücke werde im Mai wieder geöffnet. "
    "Die Opposition bestritt das.\n\n"
    "Laut der Polizei wurden am 3. Mai zwei Menschen verletzt. „Das war knapp“, sagte er.\n"
)


def settings(folder: Path, engine: str) -> Path:
    config = folder / "config"
    shutil.copytree(CONFIG, config)
    (config / "pipeline.yaml").write_text(
        "languages: [ur, en, de]\nmodels: {none: [de]}\n"
        f"attribution: {{languages: {{de: {{engine: {engine}, encoder_above: 0.3}}}}}}\n",
        encoding="utf-8",
    )
    return config


def test_sentences_and_words_stand_where_the_article_has_them() -> None:
    (document,) = Annotator(ModelSettings(none=("de",))).annotate([article(STORY, "de")])
    told = [STORY[one.start : one.end] for one in document.sentences]
    assert [one.line for one in document.sentences] == [0, 0, 1, 1]
    assert told[1] == "Die Opposition bestritt das."
    assert told[2].endswith("am 3. Mai zwei Menschen verletzt."), "a date is no end of a sentence"
    for sentence in document.sentences:
        assert [word.index for word in sentence.words] == list(range(1, len(sentence.words) + 1))
        assert all(STORY[word.start : word.end] == word.text for word in sentence.words)


def test_the_command_line_reads_german(tmp_path: Path, command: Command) -> None:
    config = settings(tmp_path, "encoder")
    story = tmp_path / "story.txt"
    story.write_text(STORY, encoding="utf-8")
    done = command("extract", story, "--config", config, "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["attributions"]
    told = {
        (STORY[slice(*one["cue"][0])], STORY[slice(*one["source"][0])], one["stance"])
        for one in found
        if one["source"]
    }
    assert ("sagte", "Der Sprecher des Ministeriums", "report") in told
    assert ("Laut", "der Polizei", "report") in told
    done = command("explain", "--config", config, STORY.split(". ")[0] + ".")
    assert "found by encoder" in done.stdout, done.stderr


def test_only_the_encoder_can_read_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"attribution\.languages\.de\.engine: encoder"):
        load_pipeline(settings(tmp_path, "both"))
