"""How many milestones need a word on a day, and why, without reading them.

`tracker.domain.review.need_of` says in Python why one does, and a test holds the two together.
"""

import sqlite3
from datetime import date, timedelta

from db.fold import counters
from db.model.records import WAITING
from db.model.review_reasons import Need
from db.read.lists.ordering import STATE, days

__all__ = ["counts", "is_quick"]

_QUICK = 20_000  # milestones that are counted while a person does not notice
_WAITING = f"({', '.join(repr(standing.value) for standing in WAITING)})"
_NEED = (
    f"CASE {STATE} WHEN 'overdue' THEN"
    "  CASE WHEN m.confirmed_on > m.forecast_latest"
    "   OR (m.forecast_on > m.forecast_latest AND NOT m.listed)"
    "  THEN 'overdue_confirmed' ELSE 'overdue_unconfirmed' END"
    " WHEN 'on_hold' THEN 'on_hold' WHEN 'due_soon' THEN 'due_soon'"
    " WHEN 'in_window' THEN 'in_window'"
    " ELSE CASE WHEN m.updated_on < :said THEN 'stale'"
    " WHEN m.contradicted THEN 'contradiction' END END"
)
_COUNTS = (
    f"SELECT {_NEED} AS need, count(*) FROM milestone m WHERE m.standing IN {_WAITING}"
    " AND (m.snoozed_until IS NULL OR m.snoozed_until <= :day)"
    " AND m.id NOT IN (SELECT i.milestone_id FROM review_item i WHERE i.review_id = :asked)"
    " GROUP BY need HAVING need IS NOT NULL"
)


def counts(
    connection: sqlite3.Connection,
    day: date,
    soon_days: int,
    stale_days: int,
    *,
    asked: int | None = None,
) -> dict[Need, int]:
    """How many need a word on `day`, by why; those left out that the check `asked` asks about.

    Needs that nothing has are left out. What is due in `soon_days` is due soon; of what is
    further ahead something should have been said in `stale_days`.
    """
    said = day - min(timedelta(days=stale_days), day - date.min)
    values = days(day, soon_days) | {"said": said.isoformat(), "asked": asked}
    rows = connection.execute(_COUNTS, values)
    found = {Need(need): number for need, number in rows}
    return {need: found[need] for need in Need if need in found}


def is_quick(connection: sqlite3.Connection) -> bool:
    """Whether `counts` is no matter of more than a blink."""
    return counters.counted(connection, *WAITING) <= _QUICK
