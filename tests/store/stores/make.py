"""Makes the stores beside this file: one of every revision of the schema, never made again.

    python tests/store/stores/make.py [REVISION]

Run it with the program whose revision is wanted, when its migration is written. The first
store was filled by the program of its time; each later one is the one before it, migrated
and then written to, so that it holds what old versions left and what its own writes.
"""

import shutil
import sqlite3
import sys
from datetime import timedelta
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parents[2])]

from hostile import rich_store  # noqa: E402 - found on the path from here on
from making import NOW, TODAY, batch, plan  # noqa: E402

from db import migrate  # noqa: E402
from db.store import Store  # noqa: E402
from db.version import HEAD, REVISIONS  # noqa: E402


def make(path: Path, revision: str) -> None:
    """Make the store of a revision at `path`; the program writes to that of today's only."""
    earlier = REVISIONS[: REVISIONS.index(revision)]
    before = [HERE / f"{r}.db" for r in earlier if (HERE / f"{r}.db").exists()]
    if not before:
        rich_store(path)
    else:
        shutil.copy(before[-1], path)
        migrate.HEAD = revision
        migrate.upgrade(path, busy_ms=1000)
    if before and revision == HEAD:
        with Store.open(path, busy_ms=1000) as store:
            said = batch(plan("2027-06", "2026-11-21", "completion", "annex"))
            store.record(said, by=HEAD, now=NOW + timedelta(days=len(before)), today=TODAY)
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA journal_mode = DELETE")
    raw.execute("VACUUM")
    raw.close()
    shutil.rmtree(path.with_name("backups"), ignore_errors=True)


if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) > 1 else HEAD
    place = HERE / f"{wanted}.db"
    if place.exists():
        sys.exit(f"{place} is there already; old stores are never made again")
    make(place, wanted)
