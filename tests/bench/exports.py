"""Everything as a file, and the weekly report: what they take of time and of memory."""

import os
import subprocess
from pathlib import Path
from time import perf_counter

from tests.bench.commands import ENVIRONMENT, tracker
from tests.bench.stores import folder, large
from tests.bench.verdict import Row, Verdict

__all__ = ["rows"]

_FORMATS = {"ics": (15, 250), "json": (60, 250), "csv": (30, 250), "facts": (60, 250)}
_REPORTS = {"md": (15, 250), "html": (15, 250)}
"""Seconds of a processor of full speed and MiB at 100,000 milestones."""

_SIZE = 100_000


def rows(size: int) -> list[Row]:
    """What is measured; the budgets grow with the store."""
    return [Row("exports", lambda: _exports(size)), Row("report", lambda: _reports(size))]


def _exports(size: int) -> list[Verdict]:
    found = []
    for form, budget in _FORMATS.items():
        file = folder() / f"export.{form}"
        line = tracker("--db", large(size), "export", file, "--format", form)
        found += _verdicts(f"export of {size:,} milestones as {form}", line, file, budget, size)
    return found


def _reports(size: int) -> list[Verdict]:
    found = []
    for form, budget in _REPORTS.items():
        file = folder() / f"weekly.{form}"
        line = tracker("--db", large(size), "report", "weekly", "--format", form, "--out", file)
        found += _verdicts(
            f"weekly report of {size:,} milestones, {form}", line, file, budget, size
        )
    return found


def _verdicts(
    name: str, command: list[str], file: Path, budget: tuple[float, float], size: int
) -> list[Verdict]:
    """Time of a processor, since a busy machine says nothing of work that waits for nobody."""
    seconds, mebibytes = budget
    begun = perf_counter()
    child = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    written = file.stat().st_size / 1024**2
    file.unlink()
    taken = (usage.ru_utime + usage.ru_stime) * 1000
    allowed = seconds * 1000 * max(1, size / _SIZE)
    note = f"{wall:.1f} s on the clock, {written:.0f} MiB written"
    return [
        Verdict(name, taken, allowed, note=note),
        Verdict(f"{name}, memory", usage.ru_maxrss / 1024, mebibytes, unit="MiB"),
    ]
