"""What a fold is as columns, and any value as one; `db.schema.rows` is the way back."""

import json
from datetime import date
from typing import TYPE_CHECKING

from db.fold.facility_rollup import Rollup, rollup, slip_days
from db.model.fields import FIELDS, FieldType

if TYPE_CHECKING:
    from typing import Any

    from db.fold.folding import FacilityFold, MilestoneFold

__all__ = [
    "FACILITY_FOLD",
    "MILESTONE_FOLD",
    "facility_columns",
    "facility_values",
    "milestone_columns",
    "milestone_values",
    "to_json",
]


def to_json(value: object) -> str | None:
    """The stored form of a value that has no column type of its own; empty ones are null."""
    if value is None or value in ((), [], {}):
        return None
    return _ENCODE(value)


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


MILESTONE_FOLD = (
    *("title", "standing", "baseline", "forecast", "actual", "forecast_earliest"),
    *("forecast_latest", "forecast_on", "actual_on", "confirmed_on", "on_hold_since"),
    *("cancelled_on", "snoozed_until", "updated_on", "slip_days", "stated_by", "contradicted"),
    *("breach", "listed"),
)
"""The columns of `milestone` that are its fold."""


def milestone_columns(m: "MilestoneFold | None") -> tuple[str | int | None, ...]:
    """The values of `MILESTONE_FOLD`; those of an absent one where there is no fold."""
    if m is None:
        return _ABSENT
    forecast = m.forecast
    return (
        m.title,
        m.standing.value,
        None if m.baseline is None else m.baseline.edtf,
        None if forecast is None else forecast.edtf,
        None if m.actual is None else m.actual.edtf,
        None if forecast is None else _text(forecast.earliest),
        None if forecast is None else _text(forecast.latest),
        None if m.forecast_on is None else m.forecast_on.isoformat(),
        None if m.actual_on is None else m.actual_on.isoformat(),
        None if m.confirmed_on is None else m.confirmed_on.isoformat(),
        None if m.on_hold_since is None else m.on_hold_since.isoformat(),
        None if m.cancelled_on is None else m.cancelled_on.isoformat(),
        None if m.snoozed_until is None else m.snoozed_until.isoformat(),
        m.updated_on.isoformat(),
        slip_days(m),
        m.stated_by,
        int(m.contradicted),
        int(m.breach),
        int(m.listed),
    )


_ABSENT = (*[None] * (len(MILESTONE_FOLD) - 3), 0, 0, 0)


def milestone_values(m: "MilestoneFold | None") -> "dict[str, Any]":
    """The fold's columns of `milestone` by name."""
    return dict(zip(MILESTONE_FOLD, milestone_columns(m), strict=True))


FACILITY_FOLD = (
    *(field.name for field in FIELDS),
    *("progress", "updated_on", "first_on", "set_on"),
    *Rollup._fields,
)
"""The columns of `facility` that are its fold."""

_JSON = {field.name for field in FIELDS if field.type in {FieldType.NAMES, FieldType.SHARES}}
_ATTRIBUTES = tuple(field.name for field in FIELDS if field.name != "name")


def facility_columns(f: "FacilityFold", slug: str) -> "tuple[Any, ...]":
    """The values of `FACILITY_FOLD`."""
    given = f.attributes.get
    p = f.progress
    return (
        given("name") or (slug if f.updated_on else None),
        *(to_json(given(a)) if a in _JSON else given(a) for a in _ATTRIBUTES),
        to_json([p.planned, p.actual, p.reported_on.isoformat()] if p else None),
        _text(f.updated_on),
        _text(f.first_on),
        _text(f.set_on),
        *rollup(f.milestones.values()),
    )


def facility_values(f: "FacilityFold", slug: str) -> "dict[str, Any]":
    """The fold's columns of `facility` by name."""
    return dict(zip(FACILITY_FOLD, facility_columns(f, slug), strict=True))


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
