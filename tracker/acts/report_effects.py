"""Messages about baselines that an older report changes, before and after it is recorded."""

from collections.abc import Iterable, Sequence

from db.fold.report_effect import BaselineMove, baseline_moves
from db.model.kinds import PLANNED, UpdateKind
from db.model.records import Receipt, Statement
from db.read.reader import Reader
from tracker.words import Words

__all__ = ["move_text", "moved_by", "moved_lines", "moves_of"]


def moves_of(
    reader: Reader, said: Iterable[Statement], act: int | None = None
) -> list[BaselineMove]:
    """Return the baselines that statements change by being older, by facility.

    Args:
        reader: The store.
        said: The statements of an act, recorded or not.
        act: The act that recorded it, where it is recorded already.
    """
    by_facility: dict[str, list[Statement]] = {}
    for statement in said:
        by_facility.setdefault(statement.facility, []).append(statement)
    return [
        move
        for slug, statements in by_facility.items()
        if any(s.kind in PLANNED for s in statements)
        for move in baseline_moves((u for u in reader.updates_of(slug) if u.act != act), statements)
    ]


def moved_by(reader: Reader, receipt: Receipt) -> list[BaselineMove]:
    """Return the baselines that an act changed by reports of earlier days.

    Those of a correction are left out: they were meant.
    """
    updates = receipt.updates
    if any(u.kind is UpdateKind.RETRACT for u in updates):
        return []
    newest = {(m.facility, m.slug): m.updated_on for m in receipt.milestones}
    for u in updates:
        if u.milestone and u.reported_on < newest.get((u.facility, u.milestone), u.reported_on):
            return moves_of(reader, updates, receipt.act.id)
    return []


def move_text(move: BaselineMove, words: Words, *, done: bool = False) -> str:
    """Return the sentence that a baseline changes, or has changed."""
    return words(
        "older.moved" if done else "older.moves",
        was=words.period(move.was),
        now=words.period(move.now),
        day=move.reported_on,
    )


def moved_lines(
    reader: Reader, moves: Sequence[BaselineMove], words: Words, *, done: bool = False
) -> list[str]:
    """Return these sentences, each with its facility and its milestone."""
    lines = []
    for move in moves:
        steps = {m.slug: m for m in reader.milestones_of(move.facility)}
        m = steps.get(move.milestone)
        name = m.facility_name if m else move.facility
        step = words.milestone(m.kind, m.title) if m else move.milestone
        what = move_text(move, words, done=done)
        lines.append(words("done.said", facility=name, milestone=step, what=what))
    return lines
