"""Which act an undo or a redo takes back, and which of its statements.

Without a number it is the newest one of whoever asks, and never somebody else's; who has no
name is asked for acts without one. With its number any act is taken back, whole.

What an import made and a later act speaks of stays, and so do its statements about it:
a facility would have no name without them.
"""

from collections.abc import Sequence

from db.errors import RefusedError
from db.reader import Reader
from db.record import record
from db.records import Act, ActKind, Update
from db.text import author_of

__all__ = ["TakenBack", "newest_of", "to_take_back"]

_TAKES = {
    ActKind.UNDO: (ActKind.ACT, ActKind.IMPORT),
    ActKind.REDO: (ActKind.UNDO,),
}
_VERBS = {ActKind.UNDO: "undo", ActKind.REDO: "redo"}


@record
class TakenBack:
    """What is to be taken back.

    Attributes:
        act: The act that is undone, or done again.
        statements: Those of its statements that are retracted.
        kept: How many stay, since later acts speak of what the import made.
    """

    act: Act
    statements: Sequence[Update]
    kept: int


def to_take_back(reader: Reader, how: ActKind, by: str | None, number: int | None) -> TakenBack:
    """What an `UNDO` or a `REDO` of a person takes back; of one act, where its number is given.

    Raises:
        NotFoundError: There is no act of this number.
        RefusedError: Nothing is there to be taken back.
    """
    act = newest_of(reader, how, by) if number is None else reader.act(number)
    said = [u for u in reader.updates_of_act(act.id) if u.retracted_by is None]
    if not said:
        raise RefusedError(
            f"act {act.id} is already taken back: there is nothing to undo",
            code="act-taken-back",
            act=act.id,
        )
    stays = reader.spoken_of_since(act.id) if act.kind is ActKind.IMPORT else frozenset()
    targets = [u for u in said if (u.facility, u.milestone) not in stays]
    if not targets:
        raise RefusedError(
            f"later acts speak of everything that act {act.id} made: it stays",
            code="act-spoken-of",
            act=act.id,
        )
    if how is ActKind.REDO and targets[0].retracts is not None:
        act = reader.act(reader.update(targets[0].retracts).act)
    return TakenBack(act, targets, len(said) - len(targets))


def newest_of(reader: Reader, how: ActKind, by: str | None) -> Act:
    """The act that an `UNDO` or a `REDO` of a person takes back, where no number is given.

    Raises:
        RefusedError: There is none; the newest of somebody else is named.
    """
    author = author_of(by)
    newest = reader.newest_act(*_TAKES[how], of=(author,))
    if newest is None:
        raise _nothing(reader.newest_act(*_TAKES[how]), _VERBS[how], author)
    return newest


def _nothing(others: Act | None, verb: str, author: str | None) -> RefusedError:
    if others is None:
        return RefusedError(f"there is nothing to {verb}", code=f"nothing-to-{verb}")
    whose = "yours" if author and others.by else "yours-unnamed" if author else "nobody"
    return RefusedError(
        f"there is nothing to {verb} of {author or 'nobody'}; the newest of others is act "
        f"{others.id} of {others.by or 'nobody'}: tracker undo {others.id}",
        code=f"nothing-of-{whose}-to-{verb}",
        act=others.id,
        of=others.by,
        by=author,
    )
