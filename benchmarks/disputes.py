"""How well contradictions are grouped into disputes: `python -m benchmarks.disputes DATABASE
DISPUTES.jsonl [--curve]`.

DISPUTES.jsonl has real contradictions that readers found, a line a pair, each with the `dispute`
that it belongs to, and where there is one the `event`; a side has the words of an article by
`start` and `end`, and the article by `article` (its title) or `body` (its title is "body" and that
number). DATABASE is what `claims run` made of these articles: what a side is about is read from its
claims. Pairs of one event are grouped as if they were of one story; where no event is given, all of
them, which is harder. Printed are B-cubed and pairwise precision, recall and F1 of this grouping,
and of two that need no thought: each pair alone, and all pairs of an event together. `--curve`
prints them for every threshold, to choose one by on a training part. The last line is one JSON
object.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

from claims.disputes.contested_pair import ContestedPair, ContestedSide
from claims.disputes.grouping import LEAST, grouped
from claims.disputes.likeness import TermWeights
from claims.model import ContradictionKind

_TERMS = """
SELECT DISTINCT articles.title, claim_terms.term, claim_terms.start, claim_terms."end"
FROM claim_terms
INNER JOIN claims ON claim_terms.claim_id = claims.claim_id
INNER JOIN articles ON claims.article_id = articles.article_id
WHERE claim_terms.kind NOT IN ('negation', 'denial', 'vague')
"""


def read(database: Path, disputes: Path) -> tuple[list[ContestedPair], dict[str, str]]:
    """The pairs, their sides' terms taken from the database, and the dispute of each by its
    identifier. Pairs of articles that are not in the database are left out."""
    terms: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
    with duckdb.connect(database, read_only=True) as connection:
        for title, term, start, end in connection.execute(_TERMS).fetchall():
            terms[title].append((term, start, end))
    pairs, gold = [], {}
    for number, line in enumerate(disputes.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        if any(_title(row[side]) not in terms for side in ("left", "right")):
            continue
        event, name = str(row.get("event", "all")), f"{number:06}"
        left, right = (_side(row[one], terms[_title(row[one])]) for one in ("left", "right"))
        gold[name] = f"{event}: {row['dispute']}"
        kind, areas = ContradictionKind.OTHER, frozenset({event})
        pairs.append(ContestedPair(name, kind, 0.9, left, right, areas, datetime.now(UTC)))
    return pairs, gold


def _title(side: dict[str, Any]) -> str:
    return str(side["article"]) if "article" in side else f"body {side['body']}"


def _side(side: dict[str, Any], terms: Sequence[tuple[str, int, int]]) -> ContestedSide:
    about = {term for term, start, end in terms if side["start"] <= start and end <= side["end"]}
    name = f"{_title(side)} {side['start']} {side['end']}"
    return ContestedSide(name, " ".join(side["text"].split()).casefold(), frozenset(about))


def weights_of(pairs: Sequence[ContestedPair]) -> TermWeights:
    """The terms of all sides, counted as in a database of these pairs."""
    sides = {side.claim_id: side.terms for pair in pairs for side in pair.sides}
    return TermWeights(Counter(term for about in sides.values() for term in about), len(sides))


def figures(groups: Sequence[Sequence[str]], gold: dict[str, str]) -> dict[str, float]:
    """B-cubed and pairwise precision, recall and F1 of groups of identifiers."""
    of = {one: number for number, group in enumerate(groups) for one in group}
    sizes, wanted = Counter(of.values()), Counter(gold[one] for one in of)
    both = Counter((of[one], gold[one]) for one in of)
    precision = sum(n * n / sizes[group] for (group, _), n in both.items()) / len(of)
    recall = sum(n * n / wanted[dispute] for (_, dispute), n in both.items()) / len(of)

    def together(counts: Counter[Any]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    right = together(both)
    exact, whole = right / max(together(sizes), 1), right / max(together(wanted), 1)
    return {
        "disputes": len(groups),
        "largest": max(sizes.values()),
        "b3_precision": round(precision, 3),
        "b3_recall": round(recall, 3),
        "b3_f1": round(2 * precision * recall / (precision + recall), 3),
        "pairwise_precision": round(exact, 3),
        "pairwise_recall": round(whole, 3),
        "pairwise_f1": round(2 * exact * whole / max(exact + whole, 1e-9), 3),
    }


def main(arguments: list[str]) -> int:
    """Print the figures of one file of disputes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.disputes")
    parser.add_argument("database", type=Path)
    parser.add_argument("disputes", type=Path)
    parser.add_argument("--curve", action="store_true", help="for every threshold")
    given = parser.parse_args(arguments)
    pairs, gold = read(given.database, given.disputes)
    weights = weights_of(pairs)
    events: defaultdict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        events[min(pair.areas)].append(pair.contradiction_id)

    def at(least: float) -> dict[str, float]:
        groups = grouped(pairs, weights, least)
        return figures([[one.pair.contradiction_id for one in group] for group in groups], gold)

    rows = {
        "each alone": figures([[name] for name in gold], gold),
        "all of an event": figures(list(events.values()), gold),
        f"grouped ({LEAST:g})": at(LEAST),
    }
    if given.curve:
        rows |= {f"at {step / 100:g}": at(step / 100) for step in range(4, 62, 2)}
    table = Table("", *(key.replace("_", " ") for key in rows["each alone"]))
    for name, row in rows.items():
        table.add_row(name, *(f"{value:,}" for value in row.values()))
    Console(width=150).print(table)
    true = len(set(gold.values()))
    print(json.dumps({"pairs": len(pairs), "true_disputes": true, **rows[f"grouped ({LEAST:g})"]}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
