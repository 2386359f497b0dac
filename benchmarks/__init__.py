"""What this project measures of itself, one command a subject: ``python -m benchmarks.SUBJECT``.

README.md lists the subjects. Each prints tables and, as its last line, one JSON object, and says
which data it needs where that is not there.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
"""Data that is not part of the project; what lies there differs from machine to machine."""

ANNOTATIONS = ROOT / "benchmarks" / "annotations"
"""Places and labels, without the texts that they belong to."""
