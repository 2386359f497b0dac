"""YAML: what comes with articles, and the configuration."""

from __future__ import annotations

from pathlib import Path
from random import Random

from pydantic import BaseModel

from benchmarks.fuzz.case import Case, refusal
from benchmarks.fuzz.mutation import mutated
from claims.config.settings import PipelineSettings, Sources, config_folder
from claims.config.yaml_file import load
from claims.errors import ConfigError
from claims.readers.manifest import Manifest

_MANIFEST = b"""articles:
  a.txt: &a
    outlet: Example Daily
    published_at: 2026-02-20 10:00:00 +05:00
    headline_lines: [1, 2]
  b.txt:
    <<: *a
    title: "A \\u0645 title"
"""


def prepare(folder: Path) -> Case:
    """A manifest, and the files of the configuration."""
    config = config_folder()
    good: list[tuple[bytes, type[BaseModel]]] = [
        (_MANIFEST, Manifest),
        ((config / "pipeline.yaml").read_bytes(), PipelineSettings),
        ((config / "sources.yaml").read_bytes(), Sources),
    ]

    def case(random: Random) -> str:
        data, model = random.choice(good)
        path = folder / "case.yaml"
        path.write_bytes(mutated(random, _nested(random) + data))
        try:
            load(path, model)
        except ConfigError as error:
            return refusal(error)
        return "read"

    return case


def _nested(random: Random) -> bytes:
    """Sometimes, deep, wide or multiplying values before the others."""
    kind = random.randrange(8)
    many = random.choice((3, 30, 300, 3000, 30_000))
    if kind == 0:
        return b"x: " + random.choice((b"[", b"{a: ", b"- ", b"? ", b"!!seq [")) * many + b"\n"
    if kind == 1:
        width = random.randint(2, 12)
        lines = [b"a0: &a0 [x]\n"]
        for level in range(1, min(many, 60)):
            lines.append(b"a%d: &a%d [%s]\n" % (level, level, b"*a%d, " % (level - 1) * width))
        return b"".join(lines)
    if kind == 2:
        return b"".join(b" " * level + b"k:\n" for level in range(min(many, 300)))
    return b""
