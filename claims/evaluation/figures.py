"""Precision, recall and F1 of attributions, in the several ways in which they are published.

exact       as in BBC Citron's metrics: a predicted cue counts where a gold cue has the same
            tokens; a source (content) where the cue overlaps a gold cue and the source (content)
            of that attribution has the same tokens; all: the three together.
span_exact  spans without linking, as in papers on sequence labelling: each contiguous piece of a
            role counts once an article. ``_np`` is either without punctuation tokens.
overlap     tokens of a role that lie in any annotated span of it, and the other way round;
            citron_overlap_raw: Citron's pairwise sum, in which a span may count twice.
found       one prediction to one annotated attribution: cues share a token, sources (or neither
            has one) and contents have a Jaccard index of at least a half. found_no_cue drops the
            cue, content_found asks for the content only, found_sourced looks at those that have a
            source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import Any

from claims.evaluation.gold import ROLES, Roles
from claims.evaluation.tokens import (
    ENOUGH,
    Numbering,
    TokenRoles,
    Tokens,
    found_pairs,
    jaccard,
    likeness,
    matching,
    quotation,
)

Counts = Counter[str]
"""What is counted in an article, by name; counts of articles add up."""

SEED = 20161108
"""Of the bootstrap: the same articles always give the same interval."""

_FOUND = ("found", "found_no_cue", "content_found", "found_sourced")


def count(text: str, gold: Sequence[Roles], predicted: Sequence[Roles]) -> Counts:
    """All counts of one article."""
    numbering = Numbering(text)
    right = [numbering.see(one) for one in gold]
    left = [numbering.see(one) for one in predicted]
    counts: Counts = Counter(gold=len(gold), pred=len(predicted), words=numbering.words)
    _count_exact(counts, numbering, left, right)
    _count_spans(counts, numbering, left, right)
    _count_overlap(counts, left, right)
    pairs = _count_found(counts, left, right)
    hit = set(pairs.values())
    for number, one in enumerate(gold):
        kind = quotation(text, one.pieces("content")).value
        counts[f"kind.{kind}.n"] += 1
        counts[f"kind.{kind}.hit"] += number in hit
    _count_sources(counts, numbering, left, right)
    return counts


def _add(counts: Counts, key: str, hits: tuple[int, int], sizes: tuple[int, int]) -> None:
    """Count what precision and recall need: ``hits`` are the predictions that are right and the
    annotations that were met (several may meet one), ``sizes`` how many of each there are."""
    counts[f"{key}.tp"] += hits[0]
    counts[f"{key}.hit"] += hits[1]
    counts[f"{key}.np"] += sizes[0]
    counts[f"{key}.ng"] += sizes[1]


def _count_exact(
    counts: Counts, numbering: Numbering, left: Sequence[TokenRoles], right: Sequence[TokenRoles]
) -> None:
    def same(x: Tokens, y: Tokens, bare: bool) -> bool:
        return numbering.bare(x) == numbering.bare(y) if bare else x == y

    def agrees(x: TokenRoles, y: TokenRoles, role: str, bare: bool) -> bool:
        if role == "cue":
            return bool(x.cue) and same(x.cue, y.cue, bare)
        if not x.cue & y.cue:
            return False
        roles = ROLES if role == "all" else (role,)
        return all(same(x.role(one), y.role(one), bare) for one in roles)

    for block, bare in (("exact", False), ("exact_np", True)):
        for role in (*ROLES, "all"):
            hits = (
                sum(any(agrees(x, y, role, bare) for y in right) for x in left),
                sum(any(agrees(x, y, role, bare) for x in left) for y in right),
            )
            _add(counts, f"{block}.{role}", hits, (len(left), len(right)))


def _count_spans(
    counts: Counts, numbering: Numbering, left: Sequence[TokenRoles], right: Sequence[TokenRoles]
) -> None:
    for block, bare in (("span_exact", False), ("span_exact_np", True)):
        for role in ROLES:
            found = {run for x in left for run in numbering.runs(x.role(role), bare)}
            wanted = {run for y in right for run in numbering.runs(y.role(role), bare)}
            both = len(found & wanted)
            _add(counts, f"{block}.{role}", (both, both), (len(found), len(wanted)))


def _count_overlap(counts: Counts, left: Sequence[TokenRoles], right: Sequence[TokenRoles]) -> None:
    for role in ROLES:
        wanted = frozenset[int]().union(*(y.role(role) for y in right))
        found = frozenset[int]().union(*(x.role(role) for x in left))
        hits = (
            sum(len(x.role(role) & wanted) for x in left),
            sum(len(y.role(role) & found) for y in right),
        )
        sizes = (sum(len(x.role(role)) for x in left), sum(len(y.role(role)) for y in right))
        _add(counts, f"overlap.{role}", hits, sizes)
        counts[f"raw.{role}"] += sum(len(x.role(role) & y.role(role)) for x in left for y in right)


def _count_found(
    counts: Counts, left: Sequence[TokenRoles], right: Sequence[TokenRoles]
) -> dict[int, int]:
    def content(x: TokenRoles, y: TokenRoles) -> bool:
        return likeness(x.content, y.content) >= ENOUGH

    def no_cue(x: TokenRoles, y: TokenRoles) -> bool:
        return jaccard(x.source, y.source) >= ENOUGH and content(x, y)

    def pairs(
        x_s: Sequence[TokenRoles],
        y_s: Sequence[TokenRoles],
        test: Callable[[TokenRoles, TokenRoles], bool],
    ) -> int:
        return len(matching([[j for j, y in enumerate(y_s) if test(x, y)] for x in x_s]))

    found = found_pairs(left, right)
    sourced = [x for x in left if x.source], [y for y in right if y.source]
    for key, number, sizes in (
        ("found", len(found), (len(left), len(right))),
        ("found_no_cue", pairs(left, right, no_cue), (len(left), len(right))),
        ("content_found", pairs(left, right, content), (len(left), len(right))),
        ("found_sourced", pairs(*sourced, TokenRoles.finds), (len(sourced[0]), len(sourced[1]))),
    ):
        _add(counts, key, (number, number), sizes)
    return found


def _count_sources(
    counts: Counts, numbering: Numbering, left: Sequence[TokenRoles], right: Sequence[TokenRoles]
) -> None:
    """Of the annotated with a source whose content was found, best first, how the source is."""
    alike = sorted(
        (-likeness(x.content, y.content), i, j)
        for i, x in enumerate(left)
        for j, y in enumerate(right)
        if likeness(x.content, y.content) >= ENOUGH
    )
    used: tuple[set[int], set[int]] = set(), set()
    for _, i, j in alike:
        if i in used[0] or j in used[1]:
            continue
        used[0].add(i)
        used[1].add(j)
        if right[j].source:
            one, other = left[i].source, right[j].source
            counts["sgc.n"] += 1
            counts["sgc.ok"] += jaccard(one, other) >= ENOUGH
            counts["sgc.exact"] += numbering.bare(one) == numbering.bare(other)


def rates(counts: Counts, key: str) -> dict[str, float]:
    """``p``, ``r`` and ``f1`` of one name, with four decimals."""
    tp, hit, found, wanted = (counts[f"{key}.{part}"] for part in ("tp", "hit", "np", "ng"))
    return _rates(tp, found, hit, wanted)


def _rates(tp: int, found: int, hit: int, wanted: int) -> dict[str, float]:
    p = tp / found if found else 0.0
    r = hit / wanted if wanted else 0.0
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(f1, 4)}


def report(articles: Sequence[Counts]) -> dict[str, Any]:
    """The figures of some articles together, by the names that this module's heading explains."""
    counts: Counts = sum(articles, Counter())
    out: dict[str, Any] = {
        "articles": len(articles),
        **{key: counts[key] for key in ("words", "gold", "pred")},
    }
    for block in ("exact", "exact_np", "span_exact", "span_exact_np", "overlap"):
        roles = (*ROLES, "all") if block in ("exact", "exact_np") else ROLES
        out[block] = {role: rates(counts, f"{block}.{role}") for role in roles}
    out["citron_overlap_raw"] = {
        role: _rates(
            counts[f"raw.{role}"],
            counts[f"overlap.{role}.np"],
            counts[f"raw.{role}"],
            counts[f"overlap.{role}.ng"],
        )
        for role in ROLES
    }
    for key in _FOUND:
        out[key] = {**rates(counts, key), "tp": counts[f"{key}.tp"]}
    n = counts["sgc.n"]
    out["source_given_content"] = {
        "n": n,
        "acc": round(counts["sgc.ok"] / n, 4) if n else 0.0,
        "acc_exact": round(counts["sgc.exact"] / n, 4) if n else 0.0,
    }
    out["recall_by_kind"] = {
        kind: {
            "n": counts[f"kind.{kind}.n"],
            "r": round(counts[f"kind.{kind}.hit"] / counts[f"kind.{kind}.n"], 4),
        }
        for kind in ("direct", "mixed", "indirect")
        if counts[f"kind.{kind}.n"]
    }
    return out


def interval(articles: Sequence[Counts], times: int = 1000) -> list[float]:
    """Both ends of the 95 % interval of found F1, by a bootstrap over articles."""
    random = Random(SEED)
    # Articles are drawn, not attributions: those of one article are alike.
    kept = [tuple(a[f"found.{part}"] for part in ("tp", "np", "hit", "ng")) for a in articles]
    values: list[float] = []
    for _ in range(times):
        drawn = [kept[random.randrange(len(kept))] for _ in kept]
        values.append(_rates(*(sum(column) for column in _columns(drawn)))["f1"])
    values.sort()
    last = min(len(values) - 1, int(0.975 * len(values)))
    return [round(values[int(0.025 * len(values))], 4), round(values[last], 4)]


def _columns(rows: Sequence[tuple[int, ...]]) -> Iterable[tuple[int, ...]]:
    return zip(*rows, strict=True)
