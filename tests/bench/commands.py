"""Whole commands, timed in turn with what they are held against, from start to exit."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.bench.facts import TODAY
from tests.bench.stores import folder, large
from tests.bench.verdict import Row, Verdict, middle

__all__ = ["ENVIRONMENT", "Taken", "copy_of", "pace", "rows", "same", "shipped", "times", "tracker"]

FLOOR = [sys.executable, "-c", "import sqlmodel"]
ENVIRONMENT = os.environ | {
    "TRACKER_TODAY": TODAY.isoformat(),
    "TRACKER_LANG": "ko",
    "TRACKER_CONFIG": str(folder() / "none.toml"),
    "PYTHONDONTWRITEBYTECODE": "",
    "PYTHONUNBUFFERED": "",
}
_RUNS = 9
_FULL_SPEED = 525  # milliseconds of the floor there


def tracker(*arguments: str | Path) -> list[str]:
    """The program as it is installed beside this interpreter."""
    script = Path(sys.executable).with_name("tracker")
    start = [str(script)] if script.exists() else [sys.executable, "-m", "tracker"]
    return [*start, *map(str, arguments)]


def shipped() -> Path:
    """A store of the shipped facts."""
    path = folder() / "shipped.db"
    if not path.exists():
        demo = tracker("--db", path, "demo", "--no-tui")
        subprocess.run(demo, env=ENVIRONMENT, check=True, capture_output=True)
    return path


def copy_of(path: Path) -> Path:
    """A store that may be written to; it is on the disk, for which the first act would wait."""
    copy = path.with_name(f"copy-of-{path.name}")
    for beside in path.parent.glob(f"{copy.name}*"):
        beside.unlink()
    shutil.copy(path, copy)
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    return copy


@dataclass(frozen=True, slots=True)
class Taken:
    """Median milliseconds of a command: on the clock, and of a processor."""

    wall: float
    processor: float

    def against(self, name: str, budget: float, floor: "Taken") -> Verdict:
        """Hold the clock against a floor; the processor's ratio stands beside it.

        It is what the ratio would be on a machine with nothing else to do.
        """
        note = f"processor {self.processor / floor.processor:.3f}"
        return Verdict(name, self.wall, budget, floor.wall, note=note)


def times(
    commands: Mapping[str, Callable[[int], Sequence[str]]], runs: int = _RUNS
) -> dict[str, Taken]:
    """What each takes, run in turn after a round that is not counted."""
    samples: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, command in commands.items():
            taken = _run(command(run))
            if run:
                samples[name].append(taken)
    return {
        name: Taken(middle([wall for wall, _ in found]), middle([cpu for _, cpu in found]))
        for name, found in samples.items()
    }


def _run(command: Sequence[str]) -> tuple[float, float]:
    begun = perf_counter()
    child = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return wall, usage.ru_utime + usage.ru_stime


def same(command: Sequence[str]) -> Callable[[int], Sequence[str]]:
    """The same command in every round."""
    return lambda _: command


def pace() -> float:
    """How many times as long this machine takes as one of full speed."""
    return times({"floor": same(FLOOR)}, runs=5)["floor"].wall / _FULL_SPEED


def rows(size: int) -> list[Row]:
    """What is measured of commands."""
    return [
        Row("alerts", lambda: _reading(size)),
        Row("writes", lambda: _writing(size)),
    ]


def _reading(size: int) -> list[Verdict]:
    small, big = shipped(), large(size)
    found = times(
        {
            "floor": same(FLOOR),
            "alerts": same(tracker("alerts", "--db", small)),
            "alerts, large": same(tracker("alerts", "--db", big)),
            "json": same(tracker("alerts", "--json", "--limit", "50", "--db", small)),
            "status": same(tracker("status", "--json", "--db", small)),
            "status, large": same(tracker("status", "--json", "--db", big)),
        }
    )
    name = f"{size:,} milestones"
    against = {
        "alerts": ("tracker alerts", 0.30, "floor"),
        "alerts, large": (f"tracker alerts, {name}", 1.5, "alerts"),
        "json": ("tracker alerts --json --limit 50", 0.12, "floor"),
        "status, large": (f"tracker status --json, {name}", 1.5, "status"),
    }
    return [
        found[which].against(what, budget, found[floor])
        for which, (what, budget, floor) in against.items()
    ]


def _writing(size: int) -> list[Verdict]:
    stores = {"": copy_of(shipped()), f", {size:,} milestones": copy_of(large(size))}
    open_ones = {name: _overdue(path) for name, path in stores.items()}

    def act(name: str, verb: str, *words: str) -> Callable[[int], Sequence[str]]:
        return lambda run: tracker("--db", stores[name], verb, *open_ones[name][run], *words)

    acts = {
        f"tracker {verb}{name}": act(name, verb, *words)
        for name in stores
        for verb, *words in (("note", "메모"), ("plan", "2031"), ("complete",))
    }
    found = times({"floor": same(FLOOR), **acts})
    return [found[name].against(name, 0.40, found["floor"]) for name in acts]


def _overdue(path: Path) -> list[tuple[str, str]]:
    connection = sqlite3.connect(path)
    found = connection.execute(
        "SELECT f.slug, m.slug FROM milestone m JOIN facility f ON f.id = m.facility_id"
        " WHERE m.standing = 'open' AND m.forecast_latest < ?"
        " GROUP BY f.id ORDER BY m.forecast_latest LIMIT 20",
        (TODAY.isoformat(),),
    ).fetchall()
    connection.close()
    return found
