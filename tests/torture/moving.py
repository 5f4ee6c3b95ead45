"""A process that writes acts which each change several things at once, until it is told to stop.

Whatever is read between two acts fulfils `test_one_instant`: four steps of two facilities have
one date, every other facility has one step, and every act has two or more statements.
"""

import random
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from making import TODAY, batch, plan, said

from db.write.store import Store

STEPS = ("completion", "opening")
NAMES = {"hall": "한빛회관", "annex": "가온별관"}
REPORTED = "2026-11-18"
BUSY_MS = 20_000
_MOST = 400  # facilities that one process adds


def together(year):
    """One date for four steps of two facilities."""
    return batch(*(plan(str(year), REPORTED, step, where) for where in NAMES for step in STEPS))


def another(slug):
    """A facility with one step."""
    named = said("set", REPORTED, None, slug, value={"name": f"시설 {slug}"})
    return batch(named, plan("2031", REPORTED, "opening", slug))


def begin(store, facilities):
    """Fill a store with what holds from then on."""
    named = (said("set", REPORTED, None, w, value={"name": n}) for w, n in NAMES.items())
    everything = [*named, *together(2027).statements]
    for number in range(facilities):
        everything += another(f"first-{number}").statements
    store.record(batch(*everything), by="begin", now=datetime.now(UTC), today=TODAY)


def main():
    path, seed = Path(sys.argv[1]), sys.argv[2]
    stop, chance = path.with_name("stop"), random.Random(seed)
    with Store.open(path, busy_ms=BUSY_MS) as store:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        own = 0  # acts in force; what was there at first is not taken back
        for number in count():
            if stop.exists():
                return
            act = {"by": seed, "now": datetime.now(UTC), "today": TODAY}
            what = chance.random()
            if what < 0.15 and own:
                store.undo(**act)
                own -= 1
                continue
            own += 1
            if what < 0.5 and number < _MOST:
                store.record(another(f"more-{seed}-{number}"), **act)
            else:  # overdue or years ahead
                store.record(together(chance.choice((2020, 2021, 2029, 2030))), **act)


if __name__ == "__main__":
    main()
