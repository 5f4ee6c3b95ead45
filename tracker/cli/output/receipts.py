"""What an act did, how it is taken back, and which baselines it changed by being older."""

from db.model.records import Receipt
from tracker.acts.act_messages import acted
from tracker.acts.report_effects import moved_by, moved_lines
from tracker.app.workspace import Workspace

__all__ = ["receipt_lines"]


def receipt_lines(here: Workspace, receipt: Receipt) -> list[str]:
    """A line for each statement, the last with how to take the act back, then the baselines."""
    words = here.words
    with here.reading() as reader:
        names = reader.names(u.facility for u in (*receipt.updates, *receipt.repeated))
        older = moved_lines(reader, moved_by(reader, receipt), words, done=True)
    told = acted(receipt, words, here.today, names, here.config.timezone)
    undo = words("done.undo", act=receipt.act.id)
    return [*f"{told} · {undo}".split("\n"), *older]
