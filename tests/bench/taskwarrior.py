"""The same on Taskwarrior, where it is installed: what people compare with."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.bench.commands import ENVIRONMENT, same, times, tracker
from tests.bench.stores import large
from tests.bench.verdict import Row, Verdict

__all__ = ["rows"]

_MOST = 20_000  # tasks; beyond it importing them takes minutes


def rows(size: int) -> list[Row]:
    """One row, or none where there is no `task`."""
    if shutil.which("task") is None:
        return []
    return [Row("taskwarrior", lambda: _overdue(min(size, _MOST)))]


def _overdue(size: int) -> list[Verdict]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "taskrc"
        settings.write_text(f"data.location={folder}\nconfirmation=off\nverbose=nothing\n")
        os.environ["TASKRC"] = ENVIRONMENT["TASKRC"] = str(settings)
        tasks = [
            {"description": f"{n}", "due": "20250101T000000Z", "status": "pending"}
            for n in range(size // 3)
        ]
        subprocess.run(
            ["task", "import"], input=json.dumps(tasks), text=True, check=True, capture_output=True
        )
        found = times(
            {
                "task": same(["task", "rc.defaultwidth=120", "limit:50", "overdue"]),
                "tracker": same(tracker("alerts", "--db", large(size))),
            }
        )
    name = f"tracker alerts against task overdue, {size:,}"
    return [found["tracker"].against(name, 1.0, found["task"])]
