"""What the same person said within a day already, so that it is not recorded again.

A key that is pressed twice, or a form that is sent again, says nothing new. What was said is
compared with what that person has recorded in the last 24 hours; it is a repetition only as
long as nothing in between could have made it mean something else: plan A, plan B, plan A
again are three statements.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from db.model.kinds import MOVING, UpdateKind
from db.model.records import Source, Statement, Update
from db.model.text import author_of, clean, clean_value, cleaned
from db.read.reader import Reader

__all__ = ["WINDOW", "bears_on", "sort_out"]

WINDOW = timedelta(hours=24)
"""For how long the same statement by the same person is a repetition."""


def sort_out(
    reader: Reader, statements: Iterable[Statement], by: str | None, now: datetime
) -> tuple[tuple[Statement, ...], tuple[Update, ...]]:
    """Part statements into those that say something new, and what the others repeat.

    Args:
        reader: The store, in the transaction that would record the statements.
        statements: The statements of an act.
        by: Who says it; who has no name repeats only what was said without one.
        now: The instant at which it is said.
    """
    author, recent = author_of(by), dict[str, list[Update]]()
    fresh: list[Statement] = []
    known: list[Update] = []
    for s in statements:
        if s.facility not in recent:
            recent[s.facility] = reader.said_since(s.facility, now - WINDOW)
        update = _repeated(s, recent[s.facility], author)
        if update is None:
            fresh.append(s)
        else:
            known.append(update)
    return tuple(fresh), tuple(known)


def _repeated(s: Statement, recent: Iterable[Update], author: str | None) -> Update | None:
    """The statement that `s` repeats; None where it says something new."""
    last = None
    for update in recent:
        if update.by == author and _says_the_same(s, update):
            last = update
        elif last is not None and bears_on(update, s):
            last = None
    return last


def _says_the_same(s: Statement, u: Update) -> bool:
    same = _content(s) == _content(u) and _same_period(s, u)
    return same and all(not said or said == known for said, known in _beside(s, u))


def _content(s: Statement) -> tuple[object, ...]:
    """What a statement says, but for its period, what stands beside it, and the words typed."""
    what = (s.facility, s.milestone, s.kind, clean_value(s.value))
    return (*what, s.reported_on, s.reported_basis)


def _beside(s: Statement, u: Update) -> Iterator[tuple[object, object]]:
    """Reason, action, source and evidence of both; who leaves one out says nothing new by that."""
    for one, other in ((s.reason, u.reason), (s.action, u.action)):
        yield (clean(one) if one else None), (clean(other) if other else None)
    yield _cleaned(s.source), _cleaned(u.source)
    yield tuple(filter(None, map(clean, s.evidence))), tuple(filter(None, map(clean, u.evidence)))


def _same_period(s: Statement, u: Update) -> bool:
    if s.period is None or u.period is None:
        return s.period is u.period
    return s.period.same_window(u.period) and s.period.approximate == u.period.approximate


def bears_on(between: Update, s: Statement) -> bool:
    """Whether it makes a difference if `s` is said before or after `between`."""
    about = between.milestone is None or s.milestone is None or between.milestone == s.milestone
    if not about:
        return False
    if s.kind is UpdateKind.NOTE:
        return between.milestone == s.milestone
    if s.kind is UpdateKind.SET:
        return _sets_same(between, s) or ("snoozed_until" in s.value and between.kind in MOVING)
    if s.kind is UpdateKind.PROGRESS:
        return between.kind is UpdateKind.PROGRESS
    return between.kind in MOVING


def _sets_same(between: Update, s: Statement) -> bool:
    """Whether both give the same attribute of the same thing."""
    same = between.kind is UpdateKind.SET and between.milestone == s.milestone
    return same and bool(between.value.keys() & s.value.keys())


def _cleaned(source: Source | None) -> Source | None:
    """A source as it is kept."""
    if source is None:
        return None
    texts = (source.publisher, source.title, source.published, source.basis, source.url, source.key)
    kept = Source(*map(cleaned, texts))
    return None if kept == Source() else kept
