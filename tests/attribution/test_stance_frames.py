"""The stance that a frame gives, as `config/stances` says it."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_tables import analysed, table
from reading_texts import CONFIG

from claims.attribution.rules.stance import StanceData
from claims.config.yaml_file import load
from claims.errors import ConfigError
from claims.model import Claim

ROWS = [
    (language, row["text"], row["stance"])
    for language, rows in table("stances").items()
    for row in rows
]


@pytest.fixture(scope="module")
def claims() -> dict[str, tuple[Claim, ...]]:
    found: dict[str, tuple[Claim, ...]] = {}
    for language in ("en", "ur"):
        texts = [text for own, text, _ in ROWS if own == language]
        found |= {
            text: each.claims for text, each in zip(texts, analysed(texts, language), strict=True)
        }
    return found


@pytest.mark.parametrize(("language", "text", "stance"), ROWS)
def test_stance(
    language: str, text: str, stance: str, claims: dict[str, tuple[Claim, ...]]
) -> None:
    found = [claim.attribution.stance.value for claim in claims[text]]
    assert found == ([] if stance == "nothing" else [stance])


def test_a_plea_is_about_the_deed(claims: dict[str, tuple[Claim, ...]]) -> None:
    text = "Two brothers pleaded not guilty to burning down the mill."
    (claim,) = claims[text]
    assert [span.of(text) for span in claim.attribution.cue] == ["pleaded not guilty to"]
    assert [span.of(text) for span in claim.attribution.content] == ["burning down the mill"]
    assert not claim.attribution.negated


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("frames:\n  - {words: [call], after: '^<nobody>', stance: opine}\n", "<nobody>"),
        ("frames:\n  - {words: [call], after: '(', stance: opine}\n", "regular expression"),
        ("frames:\n  - {words: [call], stance: shout}\n", "stance"),
        ("words:\n  deny: [reject]\n  opine: [reject]\n", "'reject' stands here twice"),
    ],
)
def test_a_wrong_file_is_told(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "en.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=told) as error:
        load(path, StanceData)
    assert f"{path}, line" in str(error.value)


@pytest.mark.parametrize("language", ["en", "ur"])
def test_the_expressions_of_a_file_are_expressions(language: str) -> None:
    data = load(CONFIG / "stances" / f"{language}.yaml", StanceData)
    for frame in data.frames:
        for text in (frame.after, frame.cue, frame.content, frame.source):
            if text is not None:
                assert data.expression(text).pattern
