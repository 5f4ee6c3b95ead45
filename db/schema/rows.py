"""What rows of the store are as records; `db.schema.fold_columns` is the way back.

Everything that leaves the store passes `db.model.text.clean` here, whoever wrote the row. A row
that the program could not have written (a date that is none, a value of another type) is
damage, and said to be.
"""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache, wraps
from typing import TYPE_CHECKING

from db.model.errors import RefusedError, StoreError
from db.model.fields import FIELDS, FacilityField, FieldType
from db.model.period import Period
from db.model.records import (
    Act,
    ActKind,
    Basis,
    Facility,
    Kind,
    Milestone,
    Progress,
    Remark,
    Source,
    Standing,
    Type,
    Update,
    UpdateKind,
)
from db.model.slugs import is_slug
from db.model.text import clean, clean_value
from db.model.values import check_attribute, check_value

if TYPE_CHECKING:
    from typing import Any, TypeVar

    Record = TypeVar("Record")
    Make = Callable[[Sequence[Any]], Record]

__all__ = [
    "CLOCK_ERROR",
    "FACILITY_COLUMNS",
    "FROM_MILESTONES",
    "MILESTONE_COLUMNS",
    "REMARKS",
    "SOURCES",
    "UPDATES",
    "UPDATES_TO_FOLD",
    "act_from",
    "damaged",
    "facility_from",
    "from_micros",
    "kept_slug",
    "kept_text",
    "kind_from",
    "micros",
    "milestone_from",
    "names_from",
    "remark_from",
    "source_from",
    "update_from",
]

CLOCK_ERROR = timedelta(days=1)
"""By how much a clock may be ahead; an instant or a day beyond it is a mistake."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_SOURCE_COLUMNS = "s.publisher, s.title, s.published, s.basis, s.url, s.key"
MILESTONE_COLUMNS = (
    "f.slug, f.name, f.city, f.owner, m.slug, m.kind, m.title, m.standing, m.baseline, "
    "m.forecast, m.actual, m.forecast_on, m.actual_on, m.confirmed_on, m.on_hold_since, "
    "m.cancelled_on, m.snoozed_until, m.updated_on, m.contradicted, m.breach, m.listed, "
    + _SOURCE_COLUMNS
)
FACILITY_COLUMNS = ", ".join(
    f"f.{column}"
    for column in ("slug", "type", *(f.name for f in FIELDS), "progress", "updated_on")
)
_UPDATE_COLUMNS = (
    "u.id, u.act_id, u.seq, f.slug, m.slug, u.kind, u.period, u.value, u.phrase, "
    "u.reported_on, u.reported_basis, u.recorded_at, a.author, u.reason, u.action, u.evidence, "
    "u.retracts, u.retracted_by, " + _SOURCE_COLUMNS
)


# Slugs are the same on any day, and `main` has them all.
UPDATES = (
    f"SELECT {_UPDATE_COLUMNS} FROM status_update u JOIN act a ON a.id = u.act_id"
    " JOIN main.facility f ON f.id = u.facility_id"
    " LEFT JOIN main.milestone m ON m.id = u.milestone_id"
    " LEFT JOIN source s ON s.id = u.source_id"
)
FROM_MILESTONES = (
    "FROM milestone m JOIN facility f ON f.id = m.facility_id"
    " LEFT JOIN status_update u ON u.id = m.stated_by LEFT JOIN source s ON s.id = u.source_id"
)
REMARKS = (
    "SELECT f.slug, m.slug, u.reported_on, u.reason, u.action, u.evidence FROM main.facility f"
    " JOIN status_update u ON u.facility_id = f.id"
    " LEFT JOIN main.milestone m ON m.id = u.milestone_id"
)
SOURCES = f"SELECT {_SOURCE_COLUMNS} FROM source s"
UPDATES_TO_FOLD = (
    "SELECT u.id, u.act_id, u.seq, f.slug, m.slug, u.kind, u.period, u.value, NULL, u.reported_on,"
    " u.reported_basis, u.recorded_at, NULL, NULL, NULL, NULL, u.retracts, u.retracted_by, NULL,"
    " NULL, NULL, NULL, NULL, CAST(u.source_id AS TEXT) FROM status_update u"
    " JOIN main.facility f ON f.id = u.facility_id"
    " LEFT JOIN main.milestone m ON m.id = u.milestone_id"
)
"""Of each update what a fold looks at, in the columns of `UPDATES`; equal sources are one row,
so a number tells them apart."""


_UNREADABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    RefusedError,
    TypeError,
    ValueError,
)


def _or_damaged(what: str) -> "Callable[[Make[Record]], Make[Record]]":
    """Turn a row that cannot be read into a `StoreError` that names what it is of."""

    def decorate(make: "Make[Record]") -> "Make[Record]":
        @wraps(make)
        def made(row: "Sequence[Any]") -> "Record":
            try:
                return make(row)
            except _UNREADABLE as error:
                raise damaged(f"{what} {kept_text(row[0])}", str(error)) from None

        return made

    return decorate


def damaged(where: str, why: str) -> StoreError:
    """The refusal of a row that this program could not have written."""
    return StoreError(
        f"the store is damaged at {where} ({clean(why)}): tracker doctor says what can be done",
        code="damaged-row",
        where=where,
        why=clean(why),
    )


def micros(moment: datetime) -> int:
    """Microseconds since 1970 in UTC, the stored form of an instant."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


@lru_cache(1024)
def from_micros(stored: int) -> datetime:
    """The instant of a stored number of microseconds."""
    return _EPOCH + timedelta(microseconds=stored)


@_or_damaged("a milestone of")
def milestone_from(row: "Sequence[Any]") -> Milestone:
    """A milestone from a row of `MILESTONE_COLUMNS`."""
    standing, forecast, actual = Standing(row[7]), _period(row[9]), _period(row[10])
    if standing is Standing.OPEN and (forecast is None or forecast.latest is None):
        raise ValueError("open without a deadline")
    if standing is Standing.COMPLETED and actual is None:
        raise ValueError("completed without a day")
    return Milestone(
        facility=kept_slug(row[0]),
        facility_name=kept_text(row[1]) or row[0],
        city=kept_text(row[2]),
        owner=kept_text(row[3]),
        slug=kept_slug(row[4]),
        kind=Kind(row[5]),
        title=kept_text(row[6]),
        standing=standing,
        baseline=_period(row[8]),
        forecast=forecast,
        actual=actual,
        forecast_on=_day(row[11]),
        actual_on=_day(row[12]),
        confirmed_on=_day(row[13]),
        on_hold_since=_day(row[14]),
        cancelled_on=_day(row[15]),
        snoozed_until=_day(row[16]),
        updated_on=_read_day(row[17]),
        contradicted=bool(row[18]),
        breach=bool(row[19]),
        source=_source(tuple(row[21:27])),
        listed=bool(row[20]),
    )


@_or_damaged("a milestone")
def kind_from(row: "Sequence[Any]") -> tuple[str, Kind]:
    """The slug and the kind of a milestone."""
    return kept_slug(row[0]), Kind(row[1])


@_or_damaged("act")
def act_from(row: "Sequence[Any]") -> Act:
    """An act from its id, kind, instant and author."""
    return Act(_number(row[0]), ActKind(row[1]), from_micros(row[2]), kept_text(row[3]))


@_or_damaged("the facility")
def facility_from(row: "Sequence[Any]") -> Facility:
    """A facility from a row of `FACILITY_COLUMNS`."""
    slug, type_, *stored = row[: len(FIELDS) + 2]
    progress, updated_on = row[len(FIELDS) + 2 : len(FIELDS) + 4]
    values = {f.name: _field(f, value) for f, value in zip(FIELDS, stored, strict=True)}
    return Facility(
        slug=kept_slug(slug),
        type=Type(type_),
        name=values.pop("name") or slug,
        **values,
        progress=_progress(*json.loads(progress)) if progress else None,
        updated_on=_day(updated_on),
    )


def _field(field: FacilityField, stored: "Any") -> "Any":  # noqa: ANN401 - as the field's type
    """The value of a column as the attribute of `Facility` has it."""
    if field.type is FieldType.TEXT:
        return kept_text(stored)
    value = _value(stored) if field.type in {FieldType.NAMES, FieldType.SHARES} else stored
    check_attribute(field.name, value)
    match field.type:
        case FieldType.NAMES:
            return tuple(value or ())
        case FieldType.SHARES:
            return value or {}
        case FieldType.AREA if value is not None and value == int(value):
            return int(value)
        case FieldType.PERIOD:
            return _period(value)
    return value


@_or_damaged("the facility")
def names_from(row: "Sequence[Any]") -> list[str]:
    """What a facility goes by, from its slug, its name and its aliases."""
    aliases = _value(row[2])
    check_attribute("aliases", aliases)
    return [text for known in (row[1], *(aliases or ())) if (text := kept_text(known))]


def _progress(planned: float | None, actual: float | None, day: str) -> Progress:
    check_value(UpdateKind.PROGRESS, {"planned": planned, "actual": actual}, of_milestone=False)
    return Progress(planned, actual, date.fromisoformat(day))


@_or_damaged("update")
def update_from(row: "Sequence[Any]") -> Update:
    """An update from a row of `UPDATES`."""
    kind, value = _update_kind(row[5]), _value(row[7])
    check_value(kind, value, of_milestone=row[4] is not None)
    return Update(
        id=row[0],
        act=row[1],
        seq=_number(row[2]),
        facility=kept_slug(row[3]),
        milestone=None if row[4] is None else kept_slug(row[4]),
        kind=kind,
        period=_period(row[6]),
        value=value,
        phrase=kept_text(row[8]),
        reported_on=_read_day(row[9]),
        reported_basis=_basis(row[10]),
        recorded_at=from_micros(row[11]),
        by=kept_text(row[12]),
        reason=kept_text(row[13]),
        action=kept_text(row[14]),
        evidence=_texts(_value(row[15])),
        retracts=None if row[16] is None else _number(row[16]),
        retracted_by=None if row[17] is None else _number(row[17]),
        source=_source(tuple(row[18:24])),
    )


@_or_damaged("an update of")
def remark_from(row: "Sequence[Any]") -> Remark:
    """A remark from a row of `REMARKS`."""
    facility, milestone, day, reason, action, evidence = row
    return Remark(
        kept_slug(facility),
        None if milestone is None else kept_slug(milestone),
        _read_day(day),
        kept_text(reason),
        kept_text(action),
        _texts(_value(evidence)) if evidence else (),
    )


@_or_damaged("the source")
def source_from(row: "Sequence[Any]") -> Source | None:
    """A source from a row of `SOURCES`; None where nothing is known of it."""
    return _source(tuple(row))


_update_kind, _basis = cache(UpdateKind), cache(Basis)
"""Looked up where they were made before: a member of an enumeration takes long to find."""


def _texts(value: "list[Any] | None") -> tuple[str, ...]:
    if not value:
        return ()
    if not all(isinstance(v, str) for v in value):
        raise TypeError("evidence is not texts")
    return tuple(value)


@lru_cache(4096)
def _source(row: "tuple[Any, ...]") -> Source | None:
    if not any(row):
        return None
    source = Source(*map(kept_text, row))
    _day(source.published)
    return source


def _day(text: str | None) -> date | None:
    return None if text is None else _read_day(text)


@lru_cache(8192)
def _read_day(text: str) -> date:
    """A day, read once, as periods are."""
    return date.fromisoformat(text)


def _period(text: str | None) -> Period | None:
    return None if text is None else _parsed(text)


@lru_cache(4096)
def _parsed(text: str) -> Period:
    """A period, read once: a large store says the same few thousand over and over."""
    return Period.parse(text)


def _value(text: str | None) -> "Any":  # noqa: ANN401 - JSON is any of several types
    return None if text is None else clean_value(json.loads(text))


def kept_text(text: object) -> str | None:
    """A text column as it may be shown; whatever another program put there, as text."""
    if text is None:
        return None
    given = text if isinstance(text, str) else str(text)
    return given if given.isascii() and given.isprintable() else clean(given)


@lru_cache(8192)
def kept_slug(text: object) -> str:
    """A slug as it is stored.

    Raises:
        ValueError: It is none, so that it links nothing.
    """
    if not isinstance(text, str) or not is_slug(text):
        raise ValueError(f"{kept_text(text)!r} is no slug")
    return text


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{kept_text(value)!r} is no number")
    return value
