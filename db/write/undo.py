"""Decide which act an undo or a redo takes back, and which of its statements.

Without a number it is the newest act of the same author, never another person's; without an
author it is the newest act that has none. With its number any act is taken back, whole.

Of an import, statements about a thing of which a later act speaks stay. Of a person's act only
the statement that names such a thing stays: a facility would have no name without it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from db.model.errors import RefusedError
from db.model.records import Act, ActKind, UpdateKind
from db.model.text import author_of
from db.read.reader import Reader
from db.read.statements import FieldStatement

__all__ = ["UndoneAct", "newest_of", "to_take_back"]

_TAKES = {
    ActKind.UNDO: (ActKind.ACT, ActKind.IMPORT),
    ActKind.REDO: (ActKind.UNDO,),
}
_VERBS = {ActKind.UNDO: "undo", ActKind.REDO: "redo"}


@dataclass(frozen=True, slots=True)
class UndoneAct:
    """What an undo or a redo takes back.

    Attributes:
        act: The act that is undone or redone.
        statements: The numbers of its statements that are retracted, in their order.
        kept: How many stay because later acts speak of what the act made.
    """

    act: Act
    statements: Sequence[int]
    kept: int


def to_take_back(reader: Reader, how: ActKind, by: str | None, number: int | None) -> UndoneAct:
    """Return what an `UNDO` or a `REDO` of a person takes back; `number` names one act.

    Raises:
        NotFoundError: There is no act of this number.
        RefusedError: Nothing is there to be taken back.
    """
    act = newest_of(reader, how, by) if number is None else reader.act(number)
    said = reader.in_force_of_act(act.id)
    if not said:
        raise RefusedError(
            f"act {act.id} is already taken back: there is nothing to undo",
            code="act-taken-back",
            act=act.id,
        )
    spoken = reader.spoken_of_since(act.id) if act.kind in _TAKES[ActKind.UNDO] else {}

    def goes(about: tuple[str, str | None], kind: str) -> bool:
        return about not in spoken or (act.kind is ActKind.ACT and kind != UpdateKind.SET)

    targets = [number for number, about, kind in said if goes(about, kind)]
    if not targets:
        raise _all_spoken_of(reader, act, spoken)
    if how is ActKind.REDO:
        undone = reader.update(targets[0]).retracts
        act = act if undone is None else reader.act(reader.update(undone).act)
        return UndoneAct(act, targets, len(said) - len(targets))
    overruled = reader.overruled_of_act(act.id)  # else they came back with what overrules them
    also = [number for number, about, kind in overruled if goes(about, kind)]
    return UndoneAct(act, targets + also, len(said) - len(targets))


def _all_spoken_of(reader: Reader, act: Act, spoken: FieldStatement) -> RefusedError:
    """Return why nothing of an act can be taken back: whose act spoke last of what it made."""
    last = reader.act(max(spoken.values()))
    whose = "" if last.by else "-by-nobody"
    return RefusedError(
        f"later acts speak of everything that act {act.id} made, the last is act {last.id} of "
        f"{last.by or 'nobody'}: it stays",
        code=f"act-spoken-of{whose}",
        act=act.id,
        later=last.id,
        of=last.by,
    )


def newest_of(reader: Reader, how: ActKind, by: str | None) -> Act:
    """Return the act that an `UNDO` or a `REDO` of a person takes back without a number.

    Raises:
        RefusedError: There is none; the newest of somebody else is named.
    """
    author = author_of(by)
    newest = reader.newest_act(*_TAKES[how], of=(author,))
    if newest is None:
        raise _nothing(reader, reader.newest_act(*_TAKES[how]), _VERBS[how], author)
    return newest


def _nothing(reader: Reader, others: Act | None, verb: str, author: str | None) -> RefusedError:
    if others is None:
        return RefusedError(f"there is nothing to {verb}", code=f"nothing-to-{verb}")
    whose = "yours" if author and others.by else "yours-unnamed" if author else "nobody"
    first = reader.updates_of_act(others.id, limit=1)[0]
    what = "-import" if others.kind is ActKind.IMPORT else ""
    return RefusedError(
        f"there is nothing to {verb} of {author or 'nobody'}; the newest of others is act "
        f"{others.id} of {others.by or 'nobody'}: tracker undo {others.id}",
        code=f"nothing-of-{whose}-to-{verb}{what}",
        act=others.id,
        of=others.by,
        by=author,
        facility=reader.names([first.facility]).get(first.facility, first.facility),
        update=first.kind,
        number=len(reader.in_force_of_act(others.id)) if what else 1,
    )
