"""The screens hold no more memory after many acts than after a few.

What is measured is the resident memory of the real program in a pseudo-terminal: it includes what
the garbage collector has not yet looked at, caches of libraries and what `malloc` keeps, which a
trace of Python's own allocations would not show.
"""

from pathlib import Path

import pytest
from effort import either
from typist import ACTS, Typist, rounds

FEW, MANY = 50, either(150, 1_000)
LIMIT = 1.2
SEED = 13


@pytest.mark.timeout(either(300, 3_000))
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_memory_of_the_screens_does_not_grow(demo):
    typist = Typist(demo)
    acts = rounds(SEED)
    for _ in range(FEW):
        typist.act(next(acts))
    few = typist.memory
    typist.forget()
    for _ in range(MANY - FEW):
        typist.act(next(acts))
    many = typist.memory
    assert typist.done.keys() == ACTS.keys()
    assert typist.end() == 0
    growth = typist.growth()
    assert many <= LIMIT * few, (
        f"{few:,} KiB after {FEW} acts, {many:,} after {MANY}; an act added\n{growth}"
    )
