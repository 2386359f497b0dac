"""What a search found is ranked and stored in parts, and the rows are those of one whole."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from disputing import GAZETTE, HERALD, PAIRS, disputing
from storing import rows

from claims.contradictions.found_pair import FoundPair, FoundSide
from claims.contradictions.found_pairs import FoundPairs, RankedPairs
from claims.contradictions.near_duplicates.copies import Copies
from claims.contradictions.ranking import ranked
from claims.model import Contradiction, ContradictionKind, Span
from claims.store import contradictions as storing_contradictions
from claims.store.contradictions import save_contradictions

_COMPARED = [one.document.article.article_id for one in (GAZETTE, HERALD)]
_STORED = (
    "SELECT * EXCLUDE found_at FROM contradictions ORDER BY rowid",
    "FROM contradiction_spans ORDER BY rowid",
    "FROM contradiction_copies ORDER BY rowid",
    "FROM compared_articles ORDER BY rowid",
)


def _side(chance: random.Random) -> FoundSide:
    article, claim = chance.randrange(16), chance.randrange(4)
    start = 20 * claim + chance.randrange(25)
    said = chance.choice(("the bridge fell", "the bridge has fallen", "nobody died at the bridge"))
    return FoundSide(
        claim_id=f"{article:02}-{claim}",
        article_id=f"{article:02}",
        speaker=chance.choice("AB"),
        content=Span(start=start, end=start + 15) if chance.random() < 0.9 else None,
        words=(Span(start=start, end=start + 5),),
        printed=chance.choice(("fell", "died")),
        said=said,
    )


def _found(chance: random.Random, pairs: int) -> list[FoundPair]:
    kinds = (ContradictionKind.DENIAL, ContradictionKind.QUANTITY)
    return [
        FoundPair(
            _side(chance),
            _side(chance),
            chance.choice(kinds),
            chance.choice((0.5, 1 / 3, chance.random())),
            f"pair {number}: “اس نے کہا”",
        )
        for number in range(pairs)
    ]


@pytest.mark.parametrize("seed", range(20))
def test_ranked_in_parts_is_ranked_together(seed: int) -> None:
    chance = random.Random(seed)
    groups = {f"{article:02}": f"{chance.randrange(6):02}" for article in range(12)}
    copies = Copies((), groups)
    found, before = _found(chance, 300), _found(chance, 20)
    reviewed = {one.contradiction_id for one in found[::17]}
    together = ranked(found, copies, 3, before, reviewed)
    assert any(one.left_copies or one.right_copies for one in together)

    parts = 0
    with closing(FoundPairs()) as aside, closing(RankedPairs()) as apart:
        for start in range(0, len(found), 7):  # as batches come
            aside.add(found[start : start + 7])
        aside.add(before, shown=True)
        assert aside.articles() == {a for one in (*found, *before) for a in one.articles}
        for part, shown in aside.parts(copies.group):
            parts += 1
            apart.add(ranked(part, copies, 3, shown, reviewed))
        assert list(apart) == together == list(apart)
    assert parts > 10


@pytest.mark.parametrize("at_once", [1, 2, 1000])
def test_stored_in_parts_is_stored_together(
    tmp_path: Path, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = PAIRS[0].model_copy(update={"left_copies": (PAIRS[1].left_claim_id,)})
    given = [copied, *PAIRS[1:]]
    whole, parts = (disputing(tmp_path / f"{name}.duckdb") for name in ("whole", "parts"))
    assert save_contradictions(whole, given, _COMPARED, "c") == 0
    monkeypatch.setattr(storing_contradictions, "_AT_ONCE", at_once)
    assert save_contradictions(parts, given, _COMPARED, "c") == 0
    for question in _STORED:
        assert rows(parts, question) == rows(whole, question) != []


def test_a_search_that_breaks_off_stores_nothing_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = disputing(tmp_path / "claims.duckdb")
    before = [rows(database, question) for question in _STORED]
    monkeypatch.setattr(storing_contradictions, "_AT_ONCE", 1)

    def breaking() -> Iterator[Contradiction]:
        yield from PAIRS[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save_contradictions(database, breaking(), _COMPARED, "c")
    assert [rows(database, question) for question in _STORED] == before
