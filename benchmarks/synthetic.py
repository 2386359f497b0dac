"""Articles without end, in Urdu and English by turns, about made-up people and places.

Four articles in a row are about one affair: they name the same people and places, and some of
them contest each other. Other affairs share no surname and no place with it, so what there is to
find grows with the number of articles, not with its square. The same number always gives the same
article.
"""

from __future__ import annotations

import random
from pathlib import Path

AFFAIR = 4
"""Articles about one affair."""

_SPREAD = 7_919
_SYLLABLES = (
    ("ba", "با"), ("ko", "کو"), ("ri", "ری"), ("na", "نا"), ("tu", "تو"), ("le", "لے"),
    ("shi", "شی"), ("ma", "ما"), ("do", "دو"), ("ga", "گا"), ("fe", "فے"), ("zu", "زو"),
)  # fmt: skip
_FIRST = (("Anna", "انا"), ("Farouk", "فاروق"), ("Imran", "عمران"), ("Elin", "ایلن"))

ENGLISH = (
    "{name} said that {count} people had left {place} after the flood.",
    "{name} denied that {count} people had left {place} after the flood.",
    "According to {name}, the bridge at {place} will open in {count} days.",
    "{name} accused {other} of hiding {count} reports about the bridge at {place}.",
    "“We counted {count} boats at {place},” {name} told reporters.",
    "The road from {place} was closed for {count} hours.",
    "{name} rejected the claim that {other} had paid {count} workers at {place}.",
)
URDU = (
    "{name} نے کہا ہے کہ سیلاب کے بعد {place} سے {count} افراد گھر چھوڑ گئے۔",
    "{name} نے اس خبر کی تردید کی ہے کہ سیلاب کے بعد {place} سے {count} افراد گھر چھوڑ گئے۔",
    "{name} کے مطابق {place} کا پل {count} دن میں کھول دیا جائے گا۔",
    "{name} نے {other} پر {place} کے پل کے بارے میں {count} رپورٹیں چھپانے کا الزام لگایا ہے۔",
    "{name} کا کہنا ہے کہ {place} میں {count} کشتیاں گنی گئیں۔",
    "{place} کی سڑک {count} گھنٹے بند رہی۔",
)


def article(number: int, sentences: int = 6) -> str:
    """The article with that number, odd ones English, one sentence a line."""
    script = 0 if number % 2 else 1
    about = number // AFFAIR
    affair = random.Random(about)
    people = [_person(affair, 4 * about + which)[script] for which in range(2)]
    places = [_word(4 * about + 2 + which)[script] for which in range(2)]
    counts = [affair.randint(3, 900) for _ in range(2)]
    chance = random.Random(f"article {number}")
    lines = []
    for _ in range(sentences):
        name, other = chance.sample(people, 2)
        made = chance.choice((ENGLISH, URDU)[script]).format(
            name=name, other=other, place=chance.choice(places), count=chance.choice(counts)
        )
        lines.append(made)
    # So that no two articles are the same.
    last = ("It was report number {} of that day.", "یہ اس روز کی {} نمبر خبر تھی۔")[script]
    return "\n".join([*lines, last.format(number)]) + "\n"


def english(number: int, sentences: int = 6) -> str:
    """An English article."""
    return article(2 * number + 1, sentences)


def write(folder: Path, numbers: range, sentences: int = 6) -> None:
    """One file an article in ``folder``, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        path = folder / f"{number:06}.txt"
        path.write_text(article(number, sentences), encoding="utf-8")


def _word(number: int) -> tuple[str, str]:
    """The name with that number, in both scripts; no other number has it."""
    base = len(_SYLLABLES)
    size = 4
    while number >= base**size:
        size += 1
    # Numbers in a row give names that are far apart: the factor and the base share no divisor.
    number = number * _SPREAD % base**size
    parts = []
    for _ in range(size):
        number, digit = divmod(number, base)
        parts.append(_SYLLABLES[digit])
    return "".join(part[0] for part in parts).capitalize(), "".join(part[1] for part in parts)


def _person(chance: random.Random, number: int) -> tuple[str, str]:
    first, last = chance.choice(_FIRST), _word(number)
    return f"{first[0]} {last[0]}", f"{first[1]} {last[1]}"
