"""What may have been meant by a name that fits no facility, or several."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.model.errors import AmbiguousError
from db.model.period import Period
from db.model.records import Facility, Milestone, Standing
from db.model.similar_names import nearest
from db.schema.rows import names_from

__all__ = ["Candidate", "Present", "SeveralError", "called_by", "near", "several"]

Present = tuple[str, str]
"""A table of facilities `f`, and the condition that one is present."""

_MOST_COMPARED = 100_000  # names
_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A facility that a name may mean, with what tells it from others."""

    slug: str
    name: str
    city: str | None
    next: Period | None


class SeveralError(AmbiguousError):
    """A name that fits several; `known` are the first of them, `total` is how many there are."""

    def __init__(self, name: str, known: tuple[Candidate, ...], total: int) -> None:
        """Name what was asked for, and what it could mean."""
        super().__init__(name, tuple((c.slug, c.name) for c in known))
        self.code, self.fields = "several", {"name": name, "total": total}
        self.known, self.total = known, total


def several(
    name: str, known: Sequence[tuple[Facility, Sequence[Milestone]]], total: int
) -> SeveralError:
    """The refusal of a name that fits several facilities, of which some are given."""
    return SeveralError(
        name, tuple(Candidate(f.slug, f.name, f.city, _next(steps)) for f, steps in known), total
    )


def _next(milestones: Sequence[Milestone]) -> Period | None:
    """The plan of the open milestone that is due first."""
    plans = [m.forecast for m in milestones if m.standing is Standing.OPEN and m.forecast]
    return min((p for p in plans if p.latest), key=lambda p: str(p.latest), default=None)


def near(connection: sqlite3.Connection, present: Present, name: str) -> list[str]:
    """The slugs of the facilities whose names are nearest to one, at most three."""
    there, condition = present
    rows = connection.execute(
        f"SELECT f.slug, n.key FROM {there} f JOIN facility_name n ON n.facility_id = f.id"
        f" WHERE {condition} LIMIT ?",
        (_MOST_COMPARED,),
    )
    keys = {f"{slug} {key}": key for slug, key in rows}
    slugs = dict.fromkeys(key.partition(" ")[0] for key in nearest(name, keys, len(keys)))
    return list(slugs)[:_SUGGESTED]


def called_by(connection: sqlite3.Connection, present: Present) -> Iterator[tuple[str, str]]:
    """Every name and alias, each with the slug of its facility."""
    there, condition = present
    rows = connection.execute(f"SELECT f.slug, f.name, f.aliases FROM {there} f WHERE {condition}")
    for row in rows:
        for name in names_from(row):
            yield row[0], name
