"""The statements in force as a fact file: what a person would have written by hand."""

from collections.abc import Iterator
from dataclasses import replace

from db.fold.folding import in_force
from db.model.progress import Stage, counted
from db.model.records import Basis, NewFacility, NewMilestone, Statement, Type, UpdateKind
from db.read.reader import Reader
from tracker.app.parts import in_parts
from tracker.exchange.export_file import Exported
from tracker.exchange.facts.write import facts_parts

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
    made = Exported()
    told = _told(reader, made)
    made.parts = in_parts(facts_parts(told, reader.sources_in_force()))
    return made


def _told(
    reader: Reader, made: Exported
) -> Iterator[tuple[NewFacility, list[Statement], list[NewMilestone]]]:
    """What is said of each facility that is present, in the order of making."""
    rows = reader.identities()
    present = {f.slug for f in reader.facilities()}
    milestones: dict[str, list[NewMilestone]] = {}
    for m in rows.milestones:
        milestones.setdefault(m.facility, []).append(m)
    for facility in counted(rows.facilities, len(rows.facilities), Stage.READ):
        if facility.slug not in present:
            continue
        said = [u.statement for u in in_force(reader.updates_of(facility.slug))]
        said = [*_called(said), *(replace(s, retracts=None) for s in said)]
        spoken = {s.milestone for s in said}
        own = [m for m in milestones.get(facility.slug, ()) if m.slug in spoken]
        if facility.type is Type.PROGRAMME:
            made.programmes += 1
        else:
            made.facilities += 1
        made.milestones += len(own)
        yield facility, said, own
