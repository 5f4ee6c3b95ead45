"""How much a function does, counted in calls: the same on every machine and under any load."""

import sys
from collections.abc import Callable

CALLS = frozenset({"call", "c_call"})  # a generator counts once for each value that it gives


def calls_of(job: Callable[[], object]) -> int:
    """Return how many Python and C calls `job` makes."""
    made = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal made
        made += event in CALLS

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        job()
    finally:
        sys.setprofile(before)
    return made


def growth(job: Callable[[int], object], size: int, times: int = 4) -> float:
    """Return how many times the calls of `job` grow where its size grows `times`."""
    job(size)  # what is done only once is not counted
    small = calls_of(lambda: job(size))
    return calls_of(lambda: job(times * size)) / small
