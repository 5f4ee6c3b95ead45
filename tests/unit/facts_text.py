"""A small file of facts, read."""

from datetime import date
from pathlib import Path

import pytest

from db.model.records import (
    Batch,
    NewFacility,
    Statement,
)
from tracker.exchange.facts import FactsError, read_facts
from tracker.exchange.facts.write import facts_parts

TODAY = date(2026, 11, 21)
MANUAL = Path(__file__).parents[2] / "docs" / "facts.md"


def read(text: str) -> Batch:
    return read_facts(text, name="gimhae.facts", today=TODAY)


def write_facts(batch: Batch) -> str:
    """A batch as a facts file, facility by facility."""
    known = {f.slug: f for f in batch.facilities}
    described = (
        (
            known.get(slug) or NewFacility(slug),
            [s for s in batch.statements if s.facility == slug],
            [m for m in batch.milestones if m.facility == slug],
        )
        for slug in dict.fromkeys([*known, *(s.facility for s in batch.statements)])
    )
    return "".join(facts_parts(described, [s.source for s in batch.statements if s.source]))


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(FactsError) as refused:
        read(text)
    assert all("\n" not in line for line in refused.value.lines)
    return refused.value.lines


def said(line: str, *below: str) -> Statement:
    """The one statement of a small file."""
    file = ["facility a", "  name: 가", *(['milestone p2 other "2단계"'] if " p2 " in line else [])]
    file += [line, *(f"  {b}" for b in below), "source s", "  publisher: 뉴시스"]
    return read("\n".join(file)).statements[-1]


def fault(line: str, *below: str) -> str:
    """The one fault of a small file whose third line is `line`."""
    with pytest.raises(FactsError) as refused:
        said(line, *below)
    assert len(refused.value.problems) == 1
    return refused.value.problems[0].message
