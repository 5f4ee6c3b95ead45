"""Between columns and values: what a fold is as columns, what rows are as records.

Everything that leaves the store passes `db.text.clean` here, whoever wrote the row.
"""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from db.fold import FacilityFold, MilestoneFold
from db.period import Period
from db.records import (
    Basis,
    Facility,
    Kind,
    Milestone,
    Progress,
    Source,
    Standing,
    Type,
    Update,
    UpdateKind,
)
from db.text import clean, clean_value

__all__ = [
    "FACILITY_COLUMNS",
    "MILESTONE_COLUMNS",
    "UPDATES",
    "facility_from",
    "facility_values",
    "from_micros",
    "micros",
    "milestone_from",
    "milestone_values",
    "to_json",
    "update_from",
]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_SOURCE_COLUMNS = "s.publisher, s.title, s.published, s.basis, s.url, s.key"
MILESTONE_COLUMNS = (
    "f.slug, f.name, f.city, f.owner, m.slug, m.kind, m.title, m.standing, m.baseline, "
    "m.forecast, m.actual, m.forecast_on, m.actual_on, m.confirmed_on, m.on_hold_since, "
    "m.cancelled_on, m.snoozed_until, m.updated_on, m.contradicted, m.breach, " + _SOURCE_COLUMNS
)
FACILITY_COLUMNS = (
    "f.slug, f.type, f.name, f.name_en, f.aliases, f.city, f.cluster, f.programme, f.site, "
    "f.operator, f.owner, f.cost_krw, f.funding, f.floor_area_m2, f.floors, f.target_count, "
    "f.duration, f.confidence, f.confidence_note, f.progress, f.updated_on"
)
_UPDATE_COLUMNS = (
    "u.id, u.act_id, u.seq, f.slug, m.slug, u.kind, u.period, u.value, u.phrase, "
    "u.reported_on, u.reported_basis, u.recorded_at, a.author, u.reason, u.action, u.evidence, "
    "u.retracts, u.retracted_by, " + _SOURCE_COLUMNS
)


UPDATES = (
    f"SELECT {_UPDATE_COLUMNS} FROM status_update u JOIN act a ON a.id = u.act_id"
    " JOIN facility f ON f.id = u.facility_id LEFT JOIN milestone m ON m.id = u.milestone_id"
    " LEFT JOIN source s ON s.id = u.source_id"
)


def micros(moment: datetime) -> int:
    """Microseconds since 1970 in UTC, the stored form of an instant."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def from_micros(stored: int) -> datetime:
    """The instant of a stored number of microseconds."""
    return _EPOCH + timedelta(microseconds=stored)


def to_json(value: object) -> str | None:
    """The stored form of a value that has no column type of its own; empty ones are null."""
    if value is None or value in ((), [], {}):
        return None
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def milestone_values(m: MilestoneFold | None) -> dict[str, Any]:
    """The fold's columns of `milestone`; those of an absent one where there is no fold."""
    if m is None:
        return dict.fromkeys(_FOLDED, None) | {"contradicted": 0, "breach": 0}
    forecast = m.forecast
    return {
        "title": m.title,
        "standing": m.standing.value,
        "baseline": _text(m.baseline),
        "forecast": _text(forecast),
        "actual": _text(m.actual),
        "forecast_earliest": _text(forecast.earliest) if forecast else None,
        "forecast_latest": _text(forecast.latest) if forecast else None,
        "forecast_on": _text(m.forecast_on),
        "actual_on": _text(m.actual_on),
        "confirmed_on": _text(m.confirmed_on),
        "on_hold_since": _text(m.on_hold_since),
        "cancelled_on": _text(m.cancelled_on),
        "snoozed_until": _text(m.snoozed_until),
        "updated_on": _text(m.updated_on),
        "slip_days": _slip_days(m),
        "contradicted": int(m.contradicted),
        "breach": int(m.breach),
        "stated_by": m.stated_by,
    }


_FOLDED = (
    "title",
    "standing",
    "baseline",
    "forecast",
    "actual",
    "forecast_earliest",
    "forecast_latest",
    "forecast_on",
    "actual_on",
    "confirmed_on",
    "on_hold_since",
    "cancelled_on",
    "snoozed_until",
    "updated_on",
    "slip_days",
    "stated_by",
)


def _slip_days(m: MilestoneFold) -> int | None:
    """The headline slip, kept so that lists can be ordered by it."""
    window = m.window
    if window is None or m.baseline is None or not (window.latest and m.baseline.latest):
        return None
    return (window.latest - m.baseline.latest).days


def facility_values(f: FacilityFold, slug: str) -> dict[str, Any]:
    """The fold's columns of `facility`."""
    a = f.attributes
    progress = f.progress
    return {
        "name": a.get("name") or (slug if f.updated_on else None),
        "name_en": a.get("name_en"),
        "aliases": to_json(a.get("aliases")),
        "city": a.get("city"),
        "cluster": a.get("cluster"),
        "programme": a.get("programme"),
        "site": a.get("site"),
        "operator": a.get("operator"),
        "owner": a.get("owner"),
        "cost_krw": a.get("cost_krw"),
        "funding": to_json(a.get("funding")),
        "floor_area_m2": a.get("floor_area_m2"),
        "floors": a.get("floors"),
        "target_count": a.get("target_count"),
        "duration": a.get("duration"),
        "confidence": a.get("confidence"),
        "confidence_note": a.get("confidence_note"),
        "progress": to_json(
            [progress.planned, progress.actual, progress.reported_on.isoformat()]
            if progress
            else None
        ),
        "updated_on": _text(f.updated_on),
    }


def milestone_from(row: Sequence[Any]) -> Milestone:
    """A milestone from a row of `MILESTONE_COLUMNS`."""
    return Milestone(
        facility=row[0],
        facility_name=_clean(row[1]) or row[0],
        city=_clean(row[2]),
        owner=_clean(row[3]),
        slug=row[4],
        kind=Kind(row[5]),
        title=_clean(row[6]),
        standing=Standing(row[7]),
        baseline=_period(row[8]),
        forecast=_period(row[9]),
        actual=_period(row[10]),
        forecast_on=_day(row[11]),
        actual_on=_day(row[12]),
        confirmed_on=_day(row[13]),
        on_hold_since=_day(row[14]),
        cancelled_on=_day(row[15]),
        snoozed_until=_day(row[16]),
        updated_on=date.fromisoformat(row[17]),
        contradicted=bool(row[18]),
        breach=bool(row[19]),
        source=_source(row[20:26]),
    )


def facility_from(row: Sequence[Any]) -> Facility:
    """A facility from a row of `FACILITY_COLUMNS`."""
    area = row[13]
    progress = json.loads(row[19]) if row[19] else None
    return Facility(
        slug=row[0],
        type=Type(row[1]),
        name=_clean(row[2]) or row[0],
        name_en=_clean(row[3]),
        aliases=tuple(_value(row[4]) or ()),
        city=_clean(row[5]),
        cluster=_clean(row[6]),
        programme=_clean(row[7]),
        site=_clean(row[8]),
        operator=_clean(row[9]),
        owner=_clean(row[10]),
        cost_krw=row[11],
        funding=_value(row[12]) or {},
        floor_area_m2=int(area) if area is not None and area == int(area) else area,
        floors=_clean(row[14]),
        target_count=row[15],
        duration=_period(row[16]),
        confidence=row[17],
        confidence_note=_clean(row[18]),
        progress=(
            Progress(progress[0], progress[1], date.fromisoformat(progress[2]))
            if progress
            else None
        ),
        updated_on=_day(row[20]),
    )


def update_from(row: Sequence[Any]) -> Update:
    """An update from a row of `UPDATES`."""
    return Update(
        id=row[0],
        act=row[1],
        seq=row[2],
        facility=row[3],
        milestone=row[4],
        kind=UpdateKind(row[5]),
        period=_period(row[6]),
        value=_value(row[7]),
        phrase=_clean(row[8]),
        reported_on=date.fromisoformat(row[9]),
        reported_basis=Basis(row[10]),
        recorded_at=from_micros(row[11]),
        by=_clean(row[12]),
        reason=_clean(row[13]),
        action=_clean(row[14]),
        evidence=tuple(_value(row[15]) or ()),
        retracts=row[16],
        retracted_by=row[17],
        source=_source(row[18:24]),
    )


def _source(row: Sequence[Any]) -> Source | None:
    return None if not any(row) else Source(*map(_clean, row))


def _text(value: Period | date | None) -> str | None:
    return None if value is None else str(value)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _period(text: str | None) -> Period | None:
    return None if text is None else Period.parse(text)


def _value(text: str | None) -> Any:  # noqa: ANN401 - JSON is any of several types
    return None if text is None else clean_value(json.loads(text))


def _clean(text: str | None) -> str | None:
    return text if text is None or (text.isascii() and text.isprintable()) else clean(text)
