"""What is done to a whole store: bringing it in, keeping it small, seeing it as of a day."""

import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, sleep

from db.engine.connect import connect
from db.read.reader import Filter, Reader
from db.upkeep import migrate
from tests.bench.commands import ENVIRONMENT, tracker
from tests.bench.facts import TODAY
from tests.bench.stores import folder, large
from tests.bench.verdict import Row, Verdict

__all__ = ["rows"]

_BUSY_MS = 1000
_ROUNDS = 2
_GLANCE = 0.01  # seconds between two looks at what an import holds
_SOON = 30
_PLAIN = ("act", "source", "facility", "milestone", "status_update", "facility_name")


def rows(size: int) -> list[Row]:
    """What is measured of whole stores."""
    return [
        Row("import", lambda: _import(size)),
        Row("store", lambda: _store_size(size)),
        Row("as-of", lambda: _as_of(size)),
    ]


def _fresh(name: str) -> Path:
    path = folder() / name
    for beside in path.parent.glob(f"{path.name}*"):
        beside.unlink()
    return path


def _import(size: int) -> list[Verdict]:
    """Whole imports against raw inserts of the rows they lead to, indexes kept meanwhile.

    A floor is measured beside each, of the store that came of it, so that both wrote the same
    rows. Memory is held against that of a tenth as much.
    """
    verdicts = []
    for form in ("json", "csv"):
        rounds = [_taken_in(_exported(size, form)) for _ in range(_ROUNDS)]
        ours, floor = (median(seconds) for seconds in list(zip(*rounds, strict=True))[:2])
        held = max(memory for _, _, memory in rounds)
        _, _, least = _taken_in(_exported(size // 10, form))
        name = f"import of {size:,} milestones as {form.upper()}"
        verdicts += [
            Verdict(name, size / ours, 0.5, size / floor, unit="/s", at_least=True),
            Verdict(f"{name}, memory against {size // 10:,}", held, 1.25, least, unit="MiB"),
        ]
    return verdicts


def _exported(size: int, form: str) -> Path:
    """A large store as a file that the program wrote."""
    source = large(size, 2)
    file = source.with_suffix(f".{form}")
    if not file.exists():
        subprocess.run(
            tracker("--db", source, "export", file),
            env=ENVIRONMENT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return file


def _taken_in(file: Path) -> tuple[float, float, float]:
    """Seconds of an import, and of its floor, and the most MiB that the import held."""
    target = _fresh("imported.db")
    begun = perf_counter()
    child = subprocess.Popen(
        tracker("--db", target, "import", file),
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    status, held = Path(f"/proc/{child.pid}/status"), 0.0
    while child.poll() is None:
        found = re.search(r"VmHWM:\s+(\d+)", status.read_text("ascii", "replace"))
        held = int(found[1]) / 1024 if found else held
        sleep(_GLANCE)
    seconds = perf_counter() - begun
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, child.args)
    return seconds, _raw(target), held


def _raw(source: Path) -> float:
    """Seconds to insert the same rows into the same tables with `executemany`."""
    target = _fresh("raw.db")
    migrate.create(target, busy_ms=_BUSY_MS)
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as write:
        begun = perf_counter()
        for table in (*_PLAIN, "spell"):
            found = read.execute(f"SELECT * FROM {table}")
            marks = ", ".join("?" * len(found.description))
            write.executemany(f"INSERT INTO {table} VALUES ({marks})", found)
        grams = read.execute("SELECT rowid, grams FROM facility_search")
        write.executemany("INSERT INTO facility_search (rowid, grams) VALUES (?, ?)", grams)
        write.commit()
        return perf_counter() - begun


def _store_size(size: int) -> list[Verdict]:
    """The store against its rows in plain tables with the same indexes."""
    store = large(size)
    plain = _fresh("plain.db")
    with closing(sqlite3.connect(plain)) as connection:
        connection.execute("ATTACH ? AS whole", (str(store),))
        for table in _PLAIN:
            connection.execute(f"CREATE TABLE {table} AS SELECT * FROM whole.{table}")
        made = connection.execute(
            "SELECT sql FROM whole.sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall()
        for (sql,) in made:
            if any(f" ON {table} (" in sql for table in _PLAIN):
                connection.execute(sql)
        connection.commit()
    mega = 1 << 20
    return [
        Verdict(
            f"store of {size:,} milestones",
            store.stat().st_size / mega,
            1.5,
            plain.stat().st_size / mega,
            unit="MiB",
        )
    ]


def _as_of(size: int) -> list[Verdict]:
    """Each from a connection of its own, two years back and a week."""
    return [v for days in (700, 7) for v in _days_back(size, days)]


def _days_back(size: int, days: int) -> Iterator[Verdict]:
    day, everything = TODAY - timedelta(days=days), Filter()
    name = f"as of {days} days ago, {size:,} milestones"
    asked: dict[str, tuple[int, Callable[[Reader], object]]] = {
        "first page": (100, lambda r: r.milestones(day, _SOON, everything, limit=40)),
        "counts": (150, lambda r: r.counts(day, _SOON, everything)),
        "a page from the middle": (
            400,
            lambda r: r.milestones(day, _SOON, everything, limit=40, offset=size // 2),
        ),
    }
    for what, (budget, question) in asked.items():
        with closing(connect(large(size), busy_ms=_BUSY_MS)) as connection:
            reader = Reader(connection)
            begun, on_processor = perf_counter(), process_time()
            reader.at(day)
            assert question(reader)
            took, worked = perf_counter() - begun, process_time() - on_processor
        note = f"processor {worked * 1000:,.0f} ms"
        yield Verdict(f"{name}, {what}", took * 1000, budget, note=note)
