"""Messages about the act that an undo or a redo is about, for the shell and the screen.

An import is named by its file and the number of its statements, another act by its first ones.
"""

from pathlib import PurePath

from db.model.records import Act, ActKind, Receipt, Update, UpdateKind
from db.read.lists.log_acts import WholeAct
from db.read.reader import Reader
from tracker.domain.statement_labels import is_correction
from tracker.words import Words

__all__ = ["corrected", "import_told", "original", "whole", "whole_act_told", "whose"]

_FILES = {".csv", ".tsv", ".xlsx", ".xlsm", ".facts", ".json"}


def whole(receipt: Receipt, reader: Reader, words: Words) -> str | None:
    """Describe the act that was undone, where it is an import; None where it is not."""
    of = receipt.of
    if of is None or of.kind is not ActKind.IMPORT:
        return None
    return import_told(of, receipt.number, reader, words)


def corrected(receipt: Receipt, reader: Reader) -> tuple[Update, ...]:
    """Return the correct statement and its retraction, where a correction was undone.

    A correction also repeats later reports of the same day, to keep their order; those are left
    out.
    """
    if receipt.of is None:
        return ()
    pair = tuple(reader.updates_of_act(receipt.of.id, limit=2))
    return pair if any(map(is_correction, pair[1:])) else ()


def import_told(act: Act, number: int, reader: Reader, words: Words) -> str:
    """Describe an import by its file, where that is known, and its number of statements."""
    first = reader.updates_of_act(act.id, limit=1)
    file = _file(first[0]) if first else None
    if file is None:
        return words("act.import", number=number)
    return words("act.import_of", file=file, number=number)


def _file(update: Update) -> str | None:
    """Return the file that a statement was read from; a table is its own source by default."""
    title = update.source.title if update.source else None
    return title if title and PurePath(title).suffix.lower() in _FILES else None


def whose(act: Act, words: Words) -> str:
    """Describe an act by its number and its author."""
    if act.by:
        return words("act.of", by=act.by, act=act.id)
    return words("act.of_nobody", act=act.id)


def whole_act_told(act: WholeAct, words: Words) -> str:
    """Describe an act in one row of the log: the act it undoes or redoes, and its size."""
    number = words("log.statements", number=act.number)
    if act.of is not None:
        return f"{whose(act.of, words)} · {number}"
    file = _file(act)
    return f"{file} · {number}" if file else number


def original(update: Update, reader: Reader) -> Update:
    """Return the statement that a chain of retractions is about."""
    while update.kind is UpdateKind.RETRACT and update.retracts is not None:
        update = reader.update(update.retracts)
    return update
