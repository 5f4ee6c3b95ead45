"""Makes the stores beside this file: one of every revision of the schema, never made again.

    python tests/store/stores/make.py [REVISION]

Run it with the program whose revision is wanted, when its migration is written. The first
store was filled by the program of its time; each later one is the one before it, migrated
and then written to, so that it holds what old versions left and what its own writes: rows in
every table, statements that were taken back, a closed check and an open one, and hostile
text as another program would write it. (`0002` has no acts of its
own: what `0001` left, and what its migration counted.)
"""

import shutil
import sqlite3
import sys
from datetime import timedelta
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parents[2])]

from hostile import ALL, poison, rich_store  # noqa: E402 - found on the path from here on
from making import NOW, TODAY, batch, plan, said  # noqa: E402

from db.model.records import Batch, Source  # noqa: E402
from db.model.review_reasons import Answering, Need  # noqa: E402
from db.read.imports import Run  # noqa: E402
from db.read.reviews import Closing, Opening, Skip  # noqa: E402
from db.schema.version import HEAD, REVISIONS  # noqa: E402
from db.upkeep import migrate  # noqa: E402
from db.write.store import Store  # noqa: E402

HOSTILE_IN = {
    "act": "author",
    "source": "title",
    "status_update": "reason",
    "imported": "stem",
    "review": "opened_by",
}


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
        write(path, len(before))
        for table, column in HOSTILE_IN.items():
            poison(path, table, column, ALL)
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA journal_mode = DELETE")
    raw.execute("VACUUM")
    raw.close()
    shutil.rmtree(path.with_name("backups"), ignore_errors=True)


def write(path: Path, days: int) -> None:
    """Act as people do who have this version: plan, take back, and check, in two weeks."""
    later = NOW + timedelta(days=days)
    queue = (
        ("hall", "completion", Need.ON_HOLD),
        ("hall", "opening", Need.OVERDUE_UNCONFIRMED),
        ("annex", "completion", Need.STALE),
    )
    with Store.open(path, busy_ms=1000) as store:

        def record(what: Batch) -> int:
            return (
                store.record(what, by=HEAD, now=later, today=TODAY, as_reported=True).updates[-1].id
            )

        def check(what: Opening | Skip | Closing) -> int:
            return store.review(what, by=HEAD, now=later)

        record(batch(said("hold", TODAY.isoformat(), "completion", reason="예산 미확보")))
        newest = record(batch(plan("2027-06", "2026-11-21", "completion", "annex")))
        teller = Source(publisher="김주무관", title="주간회의", key="meeting")
        number = check(Opening("2026-W47", TODAY, queue, teller))
        answers = (("resume", "completion"), ("confirm", "opening"))
        for position, (kind, milestone) in enumerate(answers, 1):
            item = Answering(number, position, newest)
            statement = said(kind, TODAY.isoformat(), milestone)
            record(Batch((statement,), answering=item))
        check(Skip(Answering(number, 3, newest)))
        store.undo(by=HEAD, now=later, today=TODAY)
        cells = {("hall", "completion", "forecast"): "2027-06"}
        run = Run("추진현황", "name completion:plan", TODAY, cells)
        listed = batch(plan("2027-09", TODAY.isoformat(), "opening", "annex"))
        store.record_import(listed, by=HEAD, now=later, today=TODAY, run=run)
        check(Closing(number))
        check(Opening("2026-W48", TODAY, queue[:1]))


if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) > 1 else HEAD
    place = HERE / f"{wanted}.db"
    if place.exists():
        sys.exit(f"{place} is there already; old stores are never made again")
    make(place, wanted)
