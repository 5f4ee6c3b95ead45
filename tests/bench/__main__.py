"""Measure the program against its budgets: `python -m tests.bench`.

Every number is held against a floor that is measured in turn with it, so that the verdicts
hold on any machine; a busy one makes the percentiles worse than they are. Budgets in plain
milliseconds are those of a machine on which `import sqlmodel` takes 525 ms; what is over them
on a slower one, and would not be there, is called slow.
"""

import argparse
import json
import os
import platform
import sqlite3
import sys
from datetime import date

from tests.bench import bulk, commands, exports, growth, reading, screens, taskwarrior
from tests.bench.verdict import Verdict, shown


def main() -> int:
    """Measure, print, and return 1 where a budget is overrun, at full speed too."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="milestones of the large store")
    parser.add_argument("--only", action="append", help="one row; may be repeated")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    parts = (commands, screens, growth, bulk, exports, reading, taskwarrior)
    known = [row for part in parts for row in part.rows(asked.size)]
    names = [row.name for row in known]
    for name in asked.only or ():
        if name not in names:
            parser.error(f"there is no row “{name}”: {', '.join(names)}")
    verdicts: list[Verdict] = []
    pace = commands.pace()
    if not asked.json:
        sys.stdout.write(f"{_machine()} · {pace:.2f} × the time of full speed\n")
    for row in known:
        if not asked.only or row.name in asked.only:
            found = list(row.measure())
            verdicts += found
            if not asked.json:
                sys.stdout.writelines(f"{shown(v, pace)}\n" for v in found)
                sys.stdout.flush()
    if asked.json:
        json.dump([v.data(pace) for v in verdicts], sys.stdout, ensure_ascii=False, indent=1)
    return int(not all(v.held(pace) for v in verdicts))


def _machine() -> str:
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    return (
        f"{date.today()} · Python {platform.python_version()} · SQLite {sqlite3.sqlite_version}"  # noqa: DTZ011 - of this machine
        f" · {os.cpu_count()} cores, {platform.machine()} · load {busy}"
    )


if __name__ == "__main__":
    sys.exit(main())
