"""Merge two facilities that are one.

A merger is plain statements: those in force of one facility are recorded for the other, with
the same day, words and source, and retracted for the first. One undo undoes the merger, and the
log shows both.
"""

from dataclasses import replace

from db.fold.folding import in_force
from db.model.errors import RefusedError
from db.model.fields import FIELDS
from db.model.period import Period
from db.model.records import Batch, NewMilestone, Statement, Update, UpdateKind
from db.read.reader import Reader

__all__ = ["merger"]


_NAMES = ("name", "name_en", "aliases")
_NOTHING: tuple[object, ...] = (None, {})


def merger(reader: Reader, keep: str, gone: str) -> Batch:
    """Return the act that merges `gone` into `keep`: its names become aliases.

    Details of `keep` stay; only those that it lacks are copied.

    Raises:
        RefusedError: They are one already, or a milestone of the same name is of another
            kind in each.
    """
    if keep == gone:
        raise RefusedError(f"{keep} cannot be merged with itself", code="merge-itself", name=keep)
    said = in_force(reader.updates_of(gone))
    _refuse_other_kinds(reader, keep, gone)
    copies = [replace(u.statement, facility=keep) for u in said if not _describes(u)]
    details = _details(reader, keep, gone)
    day = max(u.reported_on for u in [*said, *in_force(reader.updates_of(keep))])
    described = Statement(keep, None, UpdateKind.SET, day, value=details)
    back = [u.retraction(day) for u in said]
    kinds = reader.kinds_of(gone)
    steps = dict.fromkeys(c.milestone for c in copies if c.milestone)
    return Batch(
        statements=(*copies, described, *back),
        milestones=tuple(NewMilestone(keep, step, kinds[step]) for step in steps),
    )


def _describes(update: Update) -> bool:
    """Return whether an update sets details of the facility, which are merged in one statement."""
    return update.kind is UpdateKind.SET and update.milestone is None


def _details(reader: Reader, keep: str, gone: str) -> dict[str, object]:
    """Return the aliases of both, and the details that only `gone` has."""
    kept, other = reader.facility(keep), reader.facility(gone)
    names = [*kept.aliases, other.name, *(filter(None, [other.name_en])), *other.aliases]
    details: dict[str, object] = {
        "aliases": [n for n in dict.fromkeys(names) if n not in {kept.name, kept.name_en}]
    }
    for field in FIELDS:
        mine, theirs = getattr(kept, field.name), getattr(other, field.name)
        if field.name not in _NAMES and mine in _NOTHING and theirs not in _NOTHING:
            details[field.name] = str(theirs) if isinstance(theirs, Period) else theirs
    return details


def _refuse_other_kinds(reader: Reader, keep: str, gone: str) -> None:
    mine, theirs = reader.kinds_of(keep), reader.kinds_of(gone)
    for slug in mine.keys() & theirs.keys():
        if mine[slug] is not theirs[slug]:
            raise RefusedError(
                f"{keep}/{slug} is already a milestone of kind “{mine[slug]}”",
                code="other-kind",
                path=f"{keep}/{slug}",
                kind=mine[slug].value,
            )
