"""Steps come one after another, so that the year of one may tell the year of the next.

“내년 3월 착공한다. 하반기에는 문을 연다”: what opens before it is begun was meant for the
year of the beginning.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from db.model.period import Period
from db.model.records import Kind
from tracker.announcements.dates.dates import DateMention, in_year_of
from tracker.announcements.dates.tense import DateStatus
from tracker.announcements.model.proposals import Status

__all__ = ["in_order"]

_STAGES = {
    Kind.SELECTION: 1,
    Kind.DESIGN: 2,
    Kind.GROUNDBREAKING: 3,
    Kind.COMPLETION: 4,
    Kind.OPENING: 5,
    Kind.OPERATION: 5,
}
_LATE_IN_YEAR = 11
_OF_A_YEAR = re.compile(
    r"\d\s?월|반기|분기|[봄가을겨름]|[A-Z][a-z]{2}|half|quarter|spring|summer|fall|autumn"
)


def in_order(
    told: DateStatus, kind: Kind, before: Iterable[tuple[Kind, Period]], dated: date
) -> DateStatus:
    """The same, in a later year where no year was said and an earlier step asks for it."""
    mention = told.date
    unsaid = told.status is Status.ACTUAL and not told.said  # “개관은 6월 19일이다”
    if not (told.status is Status.PLANNED or unsaid) or not mention.bare or mention.leant:
        return told
    if not _OF_A_YEAR.search(mention.phrase):
        return told
    for earlier, period in before:
        if _must_follow(mention, kind, earlier, period):
            moved = in_year_of(mention, period)
            if moved is not None:
                return replace(told, date=moved, status=Status.PLANNED)
    if unsaid:
        return told
    if dated.month >= _LATE_IN_YEAR and mention.phrase.startswith("하반기"):
        moved = in_year_of(mention, Period.parse(str(dated.year + 1)))
        return replace(told, date=moved) if moved else told
    return told


def _must_follow(mention: DateMention, kind: Kind, earlier: Kind, period: Period) -> bool:
    """Whether a step would lie before one that must come first."""
    stage, first = _STAGES.get(kind, 0), _STAGES.get(earlier, 9)
    last = mention.period.latest
    return (
        first < stage
        and last is not None
        and period.earliest is not None
        and last < period.earliest
    )
