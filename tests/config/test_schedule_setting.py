"""A schedule that is none is refused when the configuration is read, not when the clock starts."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, Command

from claims.config.settings import PipelineSettings
from claims.errors import ExitStatus

RIGHT = ("0 * * * *", "*/5 * * * * */15", "30 6,18 * * mon-fri", "@hourly", "0 0 L * *")
WRONG = ("every hour", "60 * * * *", "* * * * * 60", "0 * * *", "@every 1h", "", "H * * * *")


def test_cron_lines_are_told_from_others() -> None:
    for line in RIGHT:
        assert PipelineSettings(schedule=line).schedule == line
    for line in WRONG:
        with pytest.raises(ValueError, match="not a cron line"):
            PipelineSettings(schedule=line)


def test_a_wrong_schedule_is_told_with_file_line_and_key(tmp_path: Path, command: Command) -> None:
    path = tmp_path / "pipeline.yaml"
    path.write_text('languages: [ur, en]\nschedule: "every hour"\n', encoding="utf-8")
    done = command("run", ROOT / "seeds", "--config", tmp_path)
    assert done.returncode == ExitStatus.USAGE
    assert done.stderr == (
        f"claims: {path}, line 2: schedule: not a cron line: wrong number of fields; "
        "every hour is '0 * * * *' (given: 'every hour')\n"
    )
