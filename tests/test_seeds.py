"""The seeds are kept byte for byte."""

from __future__ import annotations

import hashlib

import pytest
from conftest import SEEDS

SHA256 = {
    "000_cb10f8a905ef81c0.txt": "efce29710ca147b0ea538099cb3799eeba2aab6a1962bf525eb5d04d8c0f152f",
    "001_b5ffb5c443646aa3.txt": "5926ce8adef2ddac87686a94f695c4fea1fd13cba7f5cb83f5afc42d32b93020",
    "002_11099fbbf66929e7.txt": "270facaf5da55853bba5124b46c3afe3b5b3a73647e70c7cabd3b7e900b95b9b",
    "003_6fccede85abc36cc.txt": "10d51fed4d2054f3ad0b09506dcf5908bbc1671f03fb8e30166e489124728706",
}


@pytest.mark.parametrize("name", SHA256)
def test_a_seed_is_as_it_was(name: str) -> None:
    assert hashlib.sha256((SEEDS / name).read_bytes()).hexdigest() == SHA256[name]


def test_there_are_no_other_seeds() -> None:
    assert {path.name for path in SEEDS.glob("*.txt")} == set(SHA256)
