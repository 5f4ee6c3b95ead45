"""Two facilities that are one: what has to be said so that the store knows it.

There is no mechanism for it beside statements: everything that holds of the one is
said of the other, with the same day, words and source, and taken back of the first.
One undo takes the merger back, and the log shows both.
"""

from dataclasses import fields, replace

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
    """What makes `gone` a part of `keep`: its names become aliases, its statements are kept.

    What `keep` knows of itself stays; only details that it lacks are taken over.

    Raises:
        RefusedError: They are one already, or a milestone of the same name is of another
            kind in each.
    """
    if keep == gone:
        raise RefusedError(f"{keep} cannot be merged with itself", code="merge-itself", name=keep)
    said = in_force(reader.updates_of(gone))
    _refuse_other_kinds(reader, keep, gone)
    copies = [_copy(u, keep) for u in said if not _describes(u)]
    details = _details(reader, keep, gone)
    day = max(u.reported_on for u in [*said, *in_force(reader.updates_of(keep))])
    described = Statement(keep, None, UpdateKind.SET, day, value=details)
    back = [Statement(gone, u.milestone, UpdateKind.RETRACT, day, retracts=u.id) for u in said]
    kinds = reader.kinds_of(gone)
    steps = dict.fromkeys(c.milestone for c in copies if c.milestone)
    return Batch(
        statements=(*copies, described, *back),
        milestones=tuple(NewMilestone(keep, step, kinds[step]) for step in steps),
    )


def _describes(update: Update) -> bool:
    """Whether it gives details of the facility itself, which are taken over at once."""
    return update.kind is UpdateKind.SET and update.milestone is None


def _copy(update: Update, keep: str) -> Statement:
    own = {f.name: getattr(update, f.name) for f in fields(Statement)}
    return replace(Statement(**own), facility=keep)


def _details(reader: Reader, keep: str, gone: str) -> dict[str, object]:
    """The aliases of both, and what only the other one knew."""
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
