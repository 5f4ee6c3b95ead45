"""Labels of statements that depend on more than the kind.

A confirmation says that a milestone is still open and nothing has changed. It confirms a delay
only after the deadline that was in force on its day.
"""

from collections.abc import Container, Iterable
from datetime import date

from db.model.records import Kind, Milestone, Source, Update, UpdateKind
from db.read.reader import Reader
from tracker.words import Words

__all__ = [
    "CORRECTION",
    "confirmed_late",
    "confirms_delay",
    "is_correction",
    "is_past",
    "label_of",
    "late_among",
    "remark",
    "source_label",
]


CORRECTION = "correction"
"""The value of a retraction in a correction; the correct statement comes just before it."""


def is_correction(update: Update) -> bool:
    """Return whether an update is the retraction of a correction."""
    return update.kind is UpdateKind.RETRACT and update.value == CORRECTION


def confirmed_late(updates: Iterable[Update]) -> frozenset[int]:
    """Return the ids of the confirmations made after the deadline in force on their day.

    Args:
        updates: All updates of one facility, in any order, retracted ones too.
    """
    said = list(updates)
    asked = [u for u in said if u.kind is UpdateKind.CONFIRM]
    if not asked:
        return frozenset()
    from db.fold.folding import FacilityFold, folding, in_force, order  # noqa: PLC0415 - few confirm

    kinds = dict.fromkeys((u.milestone for u in said if u.milestone), Kind.OTHER)
    counts = {u.id: u for u in in_force(said)}
    statements = sorted((counts | {u.id: u for u in asked}).values(), key=order)
    facility, late = FacilityFold(), set()
    for update in statements:
        if update.kind is UpdateKind.CONFIRM:
            m = facility.milestones.get(update.milestone or "")
            if m is not None and m.forecast and is_past(m.forecast.latest, update):
                late.add(update.id)
        if update.id in counts:
            for _ in folding((update,), kinds, facility):
                pass
    return frozenset(late)


def late_among(reader: Reader, updates: Iterable[Update]) -> frozenset[int]:
    """Return the same ids for the confirmations among updates of several facilities."""
    asked = dict.fromkeys(u.facility for u in updates if u.kind is UpdateKind.CONFIRM)
    return frozenset().union(*(confirmed_late(reader.updates_of(slug)) for slug in asked))


def confirms_delay(update: Update, m: Milestone | None) -> bool:
    """Return whether an update is a confirmation made after the present deadline."""
    known = m is not None and m.forecast is not None and update.kind is UpdateKind.CONFIRM
    return known and is_past(m.forecast.latest, update)  # type: ignore[union-attr]


def is_past(deadline: date | None, update: Update) -> bool:
    """Return whether an update was reported after a deadline."""
    return deadline is not None and update.reported_on > deadline


def label_of(update: Update, words: Words, late: Container[int]) -> str:
    """Return what sort of statement it is; `late` are the ids of the confirmations of a delay."""
    if is_correction(update):
        return words("update.correct")
    if update.kind is UpdateKind.CONFIRM and update.id in late:
        return words("update.confirm_late")
    return words.update(update.kind)


def remark(update: Update, words: Words, late: Container[int]) -> str:
    """Return what a confirmation says beside its label; empty for other kinds."""
    if update.kind is not UpdateKind.CONFIRM:
        return ""
    return words("confirm.late" if update.id in late else "confirm.open")


def source_label(source: Source | None) -> str:
    """Return who published a source, else its title, else where it stands."""
    return (source.publisher or source.title or source.url or "") if source else ""
