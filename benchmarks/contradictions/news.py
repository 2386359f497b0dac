"""News as printed: what is shown, and which of the real disputes that readers found it tells.

`../shared/stories/dev.jsonl` (461 English reports) is read as `claims run` reads it, and compared
by each judge; `../shared/tools/score_disputes.py` holds what is shown against the disputes of
`../shared/pairs/natural_dev`. Nothing was learned from these reports. Of what is shown only part
has a label, so the precision that is printed is that of the part; the rest is for a reader.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import ROOT
from claims.config.settings import ContradictionSettings, config_folder, load_pipeline
from claims.contradictions.find import find
from claims.contradictions.judges.registry import open_judge
from claims.contradictions.preparation import prepare
from claims.model import Contradiction, ContradictionKind
from claims.store.database import Database

SHARED = ROOT.parent / "shared"
REPORTS = SHARED / "stories" / "dev.jsonl"
_DEV = SHARED / "pairs" / "natural_dev"
_SCORER = SHARED / "tools" / "score_disputes.py"

JUDGES = (("rules",), ("learned",), ("learned", "rules"))
"""Each by itself, and the rules asked about what the learned judge found."""


def measure(console: Console, database: Path | None) -> dict[str, object]:
    """Print and give the figures; ``database`` holds the reports already, else they are read."""
    settings = load_pipeline(config_folder()).contradictions
    table = Table("judge", "shown", "judged", "real", "of judged", "disputes", "told", "seconds")
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        if database is None:
            database = Path(folder) / "reports.duckdb"
            command = [sys.executable, "-m", "claims.cli", "run", str(REPORTS)]
            command += ["--database", str(database)]
            subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        else:
            # What the comparison prepares is written beside the claims.
            shutil.copy(database, Path(folder) / "reports.duckdb")
            database = Path(folder) / "reports.duckdb"
        for judge in JUDGES:
            started = time.process_time()
            shown = _shown(database, settings.model_copy(update={"judge": judge}))
            seconds = round(time.process_time() - started, 1)
            told = _scored(database, shown, Path(folder))
            name = " and ".join(judge)
            keys = ("shown", "judged", "real", "precision_of_judged", "disputes", "told")
            table.add_row(name, *(str(told[key]) for key in keys), str(seconds))
            figures[name] = told | {"seconds": seconds}
    console.print(table)
    return figures


def _shown(database: Path, settings: ContradictionSettings) -> list[Contradiction]:
    """The contradictions that a judge finds, best first, without superseded figures."""
    judge, opened = open_judge(config_folder(), settings), Database(database)
    with opened.reading() as connection:
        rows = connection.execute("SELECT article_id FROM articles").fetchall()
    prepare(opened, settings, [article for (article,) in rows])
    with opened.reading() as connection:
        found = find(connection, settings, None, judge)
    return [one for one in found if one.kind is not ContradictionKind.SUPERSEDED]


def _scored(database: Path, shown: list[Contradiction], folder: Path) -> dict[str, object]:
    """What the scorer says of them."""
    with Database(database).reading() as connection:
        places = {
            claim: {"article": path, "start": start, "end": end}
            for claim, path, start, end in connection.execute(
                "SELECT claim_id, path, coalesce(content_start, 0), coalesce(content_end, 1) "
                "FROM claims INNER JOIN articles USING (article_id)"
            ).fetchall()
        }
    pairs = folder / "pairs.jsonl"
    rows = [
        json.dumps({"left": places[one.left_claim_id], "right": places[one.right_claim_id]})
        for one in shown
    ]
    pairs.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    files = [REPORTS, pairs, _DEV / "disputes.jsonl", _DEV / "shown.jsonl"]
    command = [sys.executable, str(_SCORER), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, object] = json.loads(done.stdout)
    return told
