"""Articles without end: sentences of the seeds put together anew, with changed words.

Every article is different and yet of the languages' words, so that nothing is read once and
remembered, and claims still meet claims. The same number always gives the same article.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

SEEDS = Path(__file__).resolve().parent.parent / "seeds"

NAMES = (
    "Marlow Tennet",
    "Ibrahim Sorel",
    "Anna Kestrel",
    "Deputy Minister Farouk Hale",
    "the harbour authority",
    "the Interior Ministry",
    "Governor Elin Marsh",
    "a spokesman for the port",
)
PLACES = ("Karachi", "Lahore", "Quetta", "Multan", "Peshawar", "Gwadar", "Sukkur", "Hyderabad")
ACTS = (
    "{name} said that {count} people had left {place} after the flood.",
    "{name} denied that {count} people had left {place} after the flood.",
    "According to {name}, the bridge at {place} will open in {count} days.",
    "{name} accused {other} of hiding {count} reports about the bridge at {place}.",
    "“We counted {count} boats at {place},” {name} told reporters.",
    "The road from {place} was closed for {count} hours.",
    "{name} rejected the claim that {other} had paid {count} workers at {place}.",
)


def english(number: int, sentences: int = 6) -> str:
    """An English article of ``sentences`` sentences."""
    chance = random.Random(number)

    def sentence() -> str:
        name, other = chance.sample(NAMES, 2)
        made = chance.choice(ACTS).format(
            name=name, other=other, place=chance.choice(PLACES), count=chance.randint(2, 990)
        )
        return made[0].upper() + made[1:]

    return "\n".join(sentence() for _ in range(sentences)) + "\n"


def urdu(number: int, sentences: int = 6) -> str:
    """An Urdu article of ``sentences`` lines of the seeds, their numbers changed."""
    chance = random.Random(number)
    lines = _lines()
    chosen = [chance.choice(lines) for _ in range(sentences)]
    changed = [re.sub(r"\d+", lambda _: str(chance.randint(2, 990)), line) for line in chosen]
    return "\n".join([*changed, f"اشاعت نمبر {number}"]) + "\n"


def article(number: int, sentences: int = 6) -> str:
    """Urdu and English by turns."""
    return (english if number % 2 else urdu)(number, sentences)


def write(folder: Path, numbers: range, sentences: int = 6) -> None:
    """One file an article in ``folder``, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        path = folder / f"{number:06}.txt"
        path.write_text(article(number, sentences), encoding="utf-8")


def _lines() -> list[str]:
    return [
        stripped
        for path in sorted(SEEDS.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if 40 < len(stripped := line.strip()) < 400
    ]
