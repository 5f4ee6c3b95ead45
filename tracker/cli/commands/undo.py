"""Commands that take back: undo, redo, retract."""

import click

from db.model.errors import NotFoundError
from db.model.records import Receipt, Update
from db.read.reader import Reader
from tracker.acts.act_messages import said, taken_back
from tracker.acts.undo_messages import corrected, original, whole
from tracker.app import clock
from tracker.app.workspace import Workspace
from tracker.cli.args.options import everywhere
from tracker.cli.args.workspace_options import office
from tracker.cli.output.streams import RUN, say
from tracker.domain.statement_labels import late_among
from tracker.words import Words

__all__ = ["redo_command", "retract_command", "undo_command"]

_NAMED = 5  # statements of an act that are told of


@click.command("undo")
@click.argument("act", metavar="[ACT]", type=int, required=False)
@click.option("--by", metavar="NAME")
@everywhere
def undo_command(act: int | None, by: str | None) -> None:
    here = office()
    with here.writing() as store:
        receipt = store.undo(
            by=by or here.config.author, now=clock.now(), today=here.today, act=act
        )
        RUN.done()
        what = _what(here, receipt)  # while the store is open: see `write.record`
    say(here.words("done.undone", undone=taken_back(receipt, what, here.words)))


@click.command("redo")
@click.option("--by", metavar="NAME")
@everywhere
def redo_command(by: str | None) -> None:
    here = office()
    with here.writing() as store:
        receipt = store.redo(by=by or here.config.author, now=clock.now(), today=here.today)
        RUN.done()
        what = _what(here, receipt)  # while the store is open: see `write.record`
    redone = taken_back(receipt, what, here.words)
    say(here.words("done.redone", redone=redone, act=receipt.of.id if receipt.of else ""))


@click.command("retract")
@click.argument("number", metavar="UPDATE", type=int)
@click.option("--reason", metavar="TEXT")
@click.option("--by", metavar="NAME")
@everywhere
def retract_command(number: int, reason: str | None, by: str | None) -> None:
    here = office()
    with here.writing() as store:
        receipt = store.retract(
            number,
            by=by or here.config.author,
            now=clock.now(),
            today=here.today,
            reason=reason,
        )
    RUN.done()
    say(here.words("done.retracted", number=number, act=receipt.act.id))


def _what(here: Workspace, receipt: Receipt) -> str:
    """What an undo or a redo is about: an import, or the first statements and how many follow."""
    lines = []
    with here.reading() as reader:
        all_of_it = whole(receipt, reader, here.words)
        if all_of_it is not None:
            return all_of_it
        pair = corrected(receipt, reader)
        rest = 0 if pair else receipt.number - _NAMED
        for update in pair[:1] or receipt.updates[:_NAMED]:
            target = original(update, reader)
            late = target.id in late_among(reader, [target])
            lines.append(
                f"{_called(reader, target, here.words)} {said(target, here.words, late=late)}"
            )
    if pair:
        return here.words("done.corrected", number=pair[1].retracts, what=lines[0])
    what = "; ".join(lines)
    return here.words("ui.and_more", what=what, rest=rest) if rest > 0 else what


def _called(reader: Reader, update: Update, words: Words) -> str:
    """Facility and milestone by name; an undone addition has none any more."""
    try:
        name = reader.facility(update.facility).name
    except NotFoundError:
        name = update.facility
    if update.milestone is None:
        return name
    kind = reader.kinds_of(update.facility)[update.milestone]
    title = next(
        (m.title for m in reader.milestones_of(update.facility) if m.slug == update.milestone), None
    )
    return f"{name} · {words.milestone(kind, title)}"
