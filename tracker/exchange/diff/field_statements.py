"""What statements say field by field, and which of them gave each field what it is now.

A field is one thing that a cell of a table can say: the forecast of a milestone, its reason,
the owner of a facility. Its value is a text in which the same thing is the same text, however
the cell was written: a period is its window, any other value its JSON.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from db.fold.folding import FacilityFold, MilestoneFold, folding
from db.model.period import Period
from db.model.records import Kind, Statement, Update, UpdateKind
from db.read.imports import Cell
from db.schema.fold_columns import to_json

__all__ = [
    "UNDATED",
    "FieldValue",
    "Histories",
    "cells_of",
    "fields_of",
    "histories",
    "period_of",
    "progress_of",
    "progress_parts",
    "value_of",
    "window_of",
]

UNDATED = "undated"
"""The value of a forecast that was taken back: there is no date."""

_OPEN = ".."


@dataclass(frozen=True, slots=True)
class FieldValue:
    """What a field was made by a statement; `value` is None where it was cleared."""

    value: str | None
    by: Update


Histories = dict[Cell, list[FieldValue]]
"""Every value that a field had, in the order in which statements count."""


def window_of(period: Period) -> str:
    """A period as the value of a field."""
    ends = (period.earliest, period.latest)
    return _OPEN.join("" if end is None else end.isoformat() for end in ends)


def period_of(value: str) -> Period | None:
    """The period that is the value of a field; None of `UNDATED`."""
    if value == UNDATED:
        return None
    ends = [date.fromisoformat(end) if end else None for end in value.split(_OPEN)]
    return Period.between(*ends)


def value_of(value: Any) -> str | None:  # noqa: ANN401 - as a statement's
    """An attribute as the value of a field; None where it is empty."""
    if isinstance(value, list | tuple):
        value = sorted(value)
    return to_json(_number(value) if isinstance(value, float) else value)


def progress_of(value: Mapping[str, Any]) -> str | None:
    """Percentages as the value of a field; what is not known is left out."""
    return to_json({k: _number(value[k]) for k in sorted(value) if value[k] is not None})


def progress_parts(value: str) -> dict[str, float]:
    """The percentages that are the value of a field."""
    parts: dict[str, float] = json.loads(value)
    return parts


def _number(value: float) -> float:
    return int(value) if float(value).is_integer() else value


_DATED = {
    UpdateKind.PLAN: "forecast",
    UpdateKind.ORIGINAL: "baseline",
    UpdateKind.BASELINE: "baseline",
    UpdateKind.ACTUAL: "actual",
}
_FLAGGED = {
    UpdateKind.HOLD: "hold",
    UpdateKind.CANCEL: "cancel",
    UpdateKind.CONFIRM: "confirm",
}


def fields_of(s: Statement) -> Iterator[tuple[str, str | None]]:
    """The fields of which a statement says something, with what it says.

    Its reason and its recovery action are fields of their own; a note is none.
    """
    if s.kind in _DATED:
        if s.period is not None:
            yield _DATED[s.kind], window_of(s.period)
        elif isinstance(s.value, dict) and s.value.get("undated"):
            yield _DATED[s.kind], UNDATED
    elif s.kind in _FLAGGED:
        yield _FLAGGED[s.kind], s.reported_on.isoformat()
    elif s.kind is UpdateKind.PROGRESS:
        yield "progress", progress_of(s.value)
    elif s.kind is UpdateKind.SET:
        yield from _attributes(s.value)
    for name in ("reason", "action"):
        if text := getattr(s, name):
            yield name, text


def cells_of(s: Statement) -> Iterator[tuple[Cell, str | None]]:
    """What a statement says, cell by cell; what it is about comes first.

    How far the works are is said of the facility, whatever step a statement names.
    """
    for name, value in fields_of(s):
        yield (s.facility, None if name == "progress" else s.milestone, name), value


def _attributes(value: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    for name, item in value.items():
        if name == "funding":
            for share, amount in (item or {}).items():
                yield f"funding.{share}", value_of(amount)
        else:
            yield name, value_of(item)


def histories(statements: Iterable[Update], kinds: Mapping[str, Kind]) -> Histories:
    """Map each field of a facility to every value that it had.

    Args:
        statements: Those in force, in the order of the fold.
        kinds: The kind of each milestone of the facility, by slug.
    """
    found: Histories = {}
    facility = FacilityFold()
    for update in folding(statements, kinds, facility):
        restated = _restated(update)
        for cell, value in _values_after(update, facility, found):
            known = found[cell][-1].value if cell in found else None
            if value != known or (cell[2], value) in restated:
                found.setdefault(cell, []).append(FieldValue(value, update))
    return found


_ONCE = ("hold", "aliases", "funding.")
"""Fields of which only another value counts: the first hold is kept, and shares and names are
carried along."""


def _restated(u: Update) -> set[tuple[str, str | None]]:
    """What a statement says of fields so that it counts even where it was known before."""
    once: tuple[str, ...] = _ONCE
    if u.kind is UpdateKind.ORIGINAL:
        once += ("baseline",)
    elif u.kind is UpdateKind.CANCEL and u.milestone is None:
        once += ("cancel",)  # of the open steps alone
    return {(name, value) for name, value in fields_of(u) if not name.startswith(once)}


def _values_after(
    u: Update, facility: FacilityFold, found: Histories
) -> Iterator[tuple[Cell, str | None]]:
    """What fields are after a statement was folded: all that it may have changed.

    A reason or a recovery action that is given for a facility is one of each of its steps.
    """
    slugs = list(facility.milestones) if u.milestone is None else [u.milestone]
    for name in filter(partial(getattr, u), ("reason", "action")):
        for slug in {*slugs, u.milestone}:
            yield (u.facility, slug, name), getattr(u, name)
    if u.kind is UpdateKind.PROGRESS:
        yield (u.facility, None, "progress"), progress_of(u.value)
    elif u.kind is UpdateKind.SET and u.milestone is None:
        for name, value in _attributes_after(u, facility, found):
            yield (u.facility, None, name), value
    else:
        steps = [facility.milestones[slug] for slug in slugs]
        if u.kind is UpdateKind.CONFIRM and u.milestone is None:
            steps = [step for step in steps if step.is_open]
        for step in steps:
            yield from (((u.facility, step.slug, n), value) for n, value in _step_values(step))


def _attributes_after(
    u: Update, facility: FacilityFold, found: Histories
) -> Iterator[tuple[str, str | None]]:
    """The attributes that a statement sets; an old name is an alias, shares are set together."""
    for name in (*u.value, "aliases"):
        if name != "funding":
            yield name, value_of(facility.attributes.get(name))
    if "funding" in u.value:
        shares = facility.attributes["funding"] or {}
        before = (name.removeprefix("funding.") for _, _, name in found if "funding." in name)
        for share in dict.fromkeys((*before, *shares)):
            yield f"funding.{share}", value_of(shares.get(share))


def _step_values(m: MilestoneFold) -> Iterator[tuple[str, str | None]]:
    """The fields of a milestone as they are."""
    undated = UNDATED if m.forecast_on else None
    yield "forecast", window_of(m.forecast) if m.forecast else undated
    yield "baseline", window_of(m.baseline) if m.baseline else None
    yield "actual", window_of(m.actual) if m.actual else None
    flags = (("hold", m.on_hold_since), ("cancel", m.cancelled_on), ("confirm", m.confirmed_on))
    for name, day in flags:
        yield name, day.isoformat() if day else None
    yield "title", value_of(m.title)
    yield "snoozed_until", value_of(m.snoozed_until.isoformat() if m.snoozed_until else None)
