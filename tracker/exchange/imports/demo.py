"""The shipped facts as a store of their own."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from db.model.records import Batch
from fixtures import files
from tracker.app.workspace import Workspace
from tracker.exchange.facts import read_facts
from tracker.exchange.imports.importing import import_batch

__all__ = ["DemoContents", "fill_demo"]


@dataclass(frozen=True, slots=True)
class DemoContents:
    """What was put into the demo store; all zero where it already held something."""

    facilities: int
    programmes: int
    updates: int


def fill_demo(office: Workspace) -> DemoContents:
    """Fill an empty or missing store from the shipped facts; leave any other as it is.

    Raises:
        StoreError: The store could not be written.
    """
    if office.exists:
        with office.reading() as reader:
            if reader.totals():
                return DemoContents(0, 0, 0)
    parts = [
        read_facts(file.read_text("utf-8"), name=file.name, today=date.max) for file in files()
    ]
    batch = Batch(
        statements=tuple(chain.from_iterable(p.statements for p in parts)),
        facilities=tuple(chain.from_iterable(p.facilities for p in parts)),
        milestones=tuple(chain.from_iterable(p.milestones for p in parts)),
    )
    newest = max(s.reported_on for s in batch.statements)
    outcome = import_batch(replace(office, today=max(office.today, newest)), batch)
    return DemoContents(outcome.facilities, outcome.programmes, outcome.new)
