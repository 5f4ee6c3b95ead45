"""Large stores, made once and kept beside the temporary files; rows as the program writes them."""

import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from db.fold import counters
from db.model.records import Statement
from db.model.slugs import path_of
from db.schema.fold_columns import to_json
from db.schema.rows import micros
from db.schema.search_columns import grams, name_key
from db.schema.version import HEAD
from db.upkeep import migrate
from tests.bench.facts import (
    PUBLISHERS,
    START,
    TOLD,
    Named,
    Pattern,
    named,
    patterns,
    value_json,
)

SEED = 20261121
SOURCES = 5000
_BATCH = 2000  # facilities written at once
_FORM = 3  # of what is made here; another number makes the stores anew

Rows = dict[str, list[tuple[Any, ...]]]
COLUMNS = {
    "act": "id, kind, recorded_at, author",
    "source": "id, publisher, title, published, basis, url",
    "facility": f"id, slug, type, name, name_en, city, cluster, owner, cost_krw, {', '.join(TOLD)}",
    "facility_name": "key, facility_id",
    "facility_search": "rowid, grams",
    "spell": "milestone_id, since, until, standing, latest, earliest",
    "status_update": (
        "id, act_id, seq, facility_id, milestone_id, kind, period, earliest, latest, value, phrase,"
        " reported_on, reported_basis, recorded_at, reason, source_id"
    ),
}


def folder() -> Path:
    """Where the stores are kept between runs."""
    path = Path(tempfile.gettempdir()) / "tracker-bench"
    path.mkdir(exist_ok=True)
    return path


def large(milestones: int, statements: int = 5) -> Path:
    """A store of so many milestones, with about so many statements for each."""
    path = folder() / f"{milestones}-{statements}-{HEAD}-{_FORM}.db"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        migrate.create(unfinished, busy_ms=1000)
        fill(unfinished, milestones, statements)
        unfinished.rename(path)
    return path


def fill(path: Path, milestones: int, statements: int) -> None:
    """Write the rows, the indexes afterwards."""
    connection = sqlite3.connect(path, isolation_level=None)
    run = connection.execute
    run("PRAGMA synchronous = OFF")
    run("PRAGMA journal_mode = OFF")
    run("PRAGMA cache_size = -500000")
    indexes = run(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''"
    ).fetchall()
    run("BEGIN")
    for name, _ in indexes:
        run(f"DROP INDEX {name}")
    for rows in facilities(milestones, statements):
        for table, content in rows.items():
            if content:
                write(connection, table, content)
    for _, sql in indexes:
        run(sql)
    counters.recount(connection)
    run("COMMIT")
    run("PRAGMA journal_mode = WAL")
    connection.close()


def write(connection: sqlite3.Connection, table: str, content: list[tuple[Any, ...]]) -> None:
    """Insert rows of one table."""
    marks = ", ".join("?" * len(content[0]))
    connection.executemany(f"INSERT INTO {table} ({COLUMNS[table]}) VALUES ({marks})", content)


def facilities(milestones: int, statements: int) -> Iterator[Rows]:
    """The rows of a store, in batches; every act of it is the import of one facility."""
    random = Random(SEED)
    known = patterns(SEED, statements)
    COLUMNS["milestone"] = ", ".join(("id, facility_id, slug, path, kind", *known[0].columns[0]))
    yield {"source": [_source(n) for n in range(1, SOURCES + 1)]}
    made = said = number = 0
    while made < milestones:
        rows: Rows = {table: [] for table in COLUMNS if table != "source"}
        for _ in range(_BATCH):
            number += 1
            pattern = random.choice(known)
            _add(rows, pattern, named(random, number), (number, made, said))
            made += len(pattern.steps)
            said += len(pattern.said)
            if made >= milestones:
                break
        yield rows


def _source(number: int) -> tuple[Any, ...]:
    day = date(2015, 1, 1) + timedelta(days=number % 4000)
    publisher = PUBLISHERS[number % len(PUBLISHERS)]
    address = f"https://news.invalid/{number}"
    return (number, publisher, f"{publisher} 기사 {number}", day.isoformat(), "printed", address)


def _add(rows: Rows, pattern: Pattern, who: Named, at: tuple[int, int, int]) -> None:
    number, made, said = at
    moment = micros(START + timedelta(seconds=number))
    rows["act"].append((number, "import", moment, None))
    told = (who.name, who.name_en, who.city, who.cluster, who.owner, who.cost)
    rows["facility"].append((number, who.slug, "facility", *told, *pattern.told))
    names = (who.slug, who.name, who.name_en)
    rows["facility_name"] += [(key, number) for key in {name_key(n) for n in names}]
    rows["facility_search"].append((number, grams([*names, who.city, who.cluster or ""])))
    ids: dict[str | None, int | None] = {None: None}
    for offset, ((slug, kind), columns) in enumerate(
        zip(pattern.steps, pattern.columns, strict=True), 1
    ):
        ids[slug] = made + offset
        stated = columns["stated_by"]
        folded = columns | {"stated_by": None if stated is None else said + stated}
        own = (made + offset, number, slug, path_of(who.slug, slug), kind.value)
        rows["milestone"].append((*own, *folded.values()))
        rows["spell"] += [(made + offset, *spell) for spell in pattern.spells[offset - 1]]
    about = {"name": who.name, "name_en": who.name_en, "city": who.city}
    about |= {"cluster": who.cluster, "owner": who.owner, "cost_krw": who.cost}
    for seq, s in enumerate(pattern.said):
        value = to_json(about) if seq == 0 else value_json(s)
        head = (said + seq + 1, number, seq, number, ids[s.milestone])
        rows["status_update"].append((*head, *_statement(s, value, moment)))


def _statement(s: Statement, value: str | None, moment: int) -> tuple[Any, ...]:
    p = s.period
    return (
        s.kind.value,
        p.edtf if p else None,
        p.earliest.isoformat() if p and p.earliest else None,
        p.latest.isoformat() if p and p.latest else None,
        value,
        s.phrase,
        s.reported_on.isoformat(),
        "exact",
        moment,
        s.reason,
        s.reported_on.toordinal() % SOURCES + 1 if s.period else None,
    )


if __name__ == "__main__":
    import sys

    print(large(*map(int, sys.argv[1:])))
