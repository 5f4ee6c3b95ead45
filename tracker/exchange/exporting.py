"""The statements in force as a fact file: what a person would have written by hand."""

from collections import Counter

from db.fold import in_force
from db.reader import Reader
from db.record import replace
from db.records import Basis, Batch, Statement, Type, UpdateKind
from db.watch import Stage, counted
from tracker.exchange.exported import Exported
from tracker.exchange.facts import write_facts

__all__ = ["facts_of"]


def _called(said: list[Statement]) -> list[Statement]:
    """The slug as the name of a facility that was never given one, since a file needs one."""
    named = any(
        s.kind is UpdateKind.SET and s.milestone is None and s.value.get("name") for s in said
    )
    if named or not said:
        return []
    first = said[0]
    return [
        Statement(
            first.facility,
            None,
            UpdateKind.SET,
            first.reported_on,
            value={"name": first.facility},
            reported_basis=Basis.APPROXIMATE,
        )
    ]


def facts_of(reader: Reader) -> Exported:
    """Everything that holds, without what was taken back and without who typed it when."""
    rows = reader.identities()
    present = {f.slug for f in reader.facilities()}
    statements: list[Statement] = []
    milestones = {(m.facility, m.slug): m for m in rows.milestones}
    for facility in counted(rows.facilities, len(rows.facilities), Stage.READ):
        said = [
            Statement(**{name: getattr(u, name) for name in Statement.__match_args__})
            for u in in_force(reader.updates_of(facility.slug))
        ]
        statements += [*_called(said), *said]
    used = {(s.facility, s.milestone) for s in statements}
    batch = Batch(
        statements=tuple(replace(s, retracts=None) for s in statements),
        facilities=tuple(f for f in rows.facilities if f.slug in present),
        milestones=tuple(m for key, m in milestones.items() if key in used),
    )
    types = Counter(f.type for f in batch.facilities)
    return Exported(
        write_facts(batch).encode(),
        facilities=types[Type.FACILITY],
        programmes=types[Type.PROGRAMME],
        milestones=len(batch.milestones),
    )
