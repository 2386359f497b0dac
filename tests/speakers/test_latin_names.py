"""Names in Urdu letters that nobody has listed, as English news prints them."""

from __future__ import annotations

import pytest

from claims.speakers.latin_names import LatinNames, NameWords

NAMES = LatinNames(NameWords())


@pytest.mark.parametrize(
    ("urdu", "latin"),
    [("گڈون", "Goodwin"), ("بیرٹ", "Barrett"), ("بیڈفورڈ", "Bedford"), ("بنٹلے", "Bentley")],
)
def test_of_what_the_letters_allow_a_name_that_people_have_comes_first(
    urdu: str, latin: str
) -> None:
    assert NAMES.person(urdu).text == latin


@pytest.mark.parametrize("urdu", ["بیسٹن", "بیلوز", "بکسٹن", "بلیکویل"])
def test_a_letter_of_its_own_for_p_means_that_the_other_is_b(urdu: str) -> None:
    assert NAMES.person(urdu).text.startswith("B")


def test_what_the_model_writes_stays_marked_as_unsure() -> None:
    assert NAMES.person("بیڈفورڈ").shown == "Bedford?"
