"""CSV in which a spreadsheet finds formulas that somebody put into an article."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hostile import claims, copied, made  # noqa: F401

SQL = (
    "SELECT outlet, content_text, -1 AS number, '＝1+1' AS wide, ' =1' AS later, "
    "'a=b' AS harmless FROM claims ORDER BY outlet DESC"
)


@pytest.mark.parametrize("raw", [False, True])
def test_cells_that_compute_are_guarded_unless_raw(database: Path, raw: bool) -> None:
    out = database.parent.parent / "claims.csv"
    options = ["--raw"] if raw else []
    assert claims("export", "csv", out, *options, "--database", database).status == 0
    asked = claims("sql", SQL, "--format", "csv", *options, "--database", database)
    exported = list(csv.DictReader(out.open(encoding="utf-8-sig", newline="")))
    printed = list(csv.DictReader(io.StringIO(asked.out)))
    mark = "" if raw else "'"
    for rows in (exported, printed):
        assert {row["outlet"] for row in rows} == {"Example Daily", f"{mark}@SUM(1+1)"}
        contents = {row["content_text"] for row in rows}
        assert contents == {f"{mark}=HYPERLINK(1)", f"{mark}\t+1 is wrong"}
    assert any(row["path"].startswith(f"{mark}-1+1 ") for row in exported)
    assert [printed[0][name] for name in ("number", "wide", "later", "harmless")] == [
        "-1", f"{mark}＝1+1", f"{mark} =1", "a=b",
    ]  # fmt: skip
