"""Everything that fuzzing ever found, and what is right: tried again, without the fuzzer."""

from pathlib import Path

import pytest
from fuzz import TARGETS, seeds_of, survives

FOUND = Path(__file__).parent / "found"


@pytest.mark.parametrize("target", TARGETS)
def test_what_was_found_is_answered_in_words(target):
    for data in seeds_of(target):
        survives(target, data)


def test_every_find_belongs_to_a_target():
    assert {p.name for p in FOUND.glob("*")} <= set(TARGETS)
