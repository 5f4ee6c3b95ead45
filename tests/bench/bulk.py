"""What is done to a whole store: bringing it in, keeping it small, seeing it as of a day."""

import sqlite3
import subprocess
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from db import migrate
from db.connect import connect
from db.reader import Filter, Reader
from db.records import State
from tests.bench.commands import ENVIRONMENT, tracker
from tests.bench.facts import TODAY
from tests.bench.stores import folder, large
from tests.bench.verdict import Row, Verdict

__all__ = ["rows"]

_BUSY_MS = 1000
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
    """A whole import against raw inserts of the rows it leads to, indexes kept meanwhile."""
    source = large(size, 2)
    dump = source.with_suffix(".json")
    if not dump.exists():
        subprocess.run(
            tracker("--db", source, "export", dump),
            env=ENVIRONMENT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    target = _fresh("imported.db")
    begun = perf_counter()
    subprocess.run(
        tracker("--db", target, "import", dump),
        env=ENVIRONMENT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    ours = size / (perf_counter() - begun)
    return [
        Verdict(
            f"import of {size:,} milestones as JSON",
            ours,
            0.5,
            size / _raw(source),
            unit="/s",
            at_least=True,
        )
    ]


def _raw(source: Path) -> float:
    """Seconds to insert the same rows with `executemany`."""
    target = _fresh("raw.db")
    migrate.create(target, busy_ms=_BUSY_MS)
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as write:
        begun = perf_counter()
        for table in _PLAIN:
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
    day = TODAY - timedelta(days=700)
    with closing(connect(large(size), busy_ms=_BUSY_MS)) as connection:
        reader = Reader(connection)
        begun = perf_counter()
        reader.at(day)
        reader.milestones(day, 30, Filter(), limit=40)
        first = perf_counter() - begun
        counts = reader.counts(day, 30, Filter())
        counted = perf_counter() - begun
    assert counts[State.COMPLETED] > 0
    name = f"as of a past day, {size:,} milestones"
    return [
        Verdict(f"{name}, first page", first * 1000, 1200),
        Verdict(f"{name}, counts", counted * 1000, 3000),
    ]
