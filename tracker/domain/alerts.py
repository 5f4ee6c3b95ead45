"""Alerts: derived from the board, never stored."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from db.model.records import WAITING, State
from db.read.alert_queries import Cutoffs
from db.read.reader import Reader
from tracker.domain.board import Row
from tracker.domain.limits import Limits
from tracker.domain.schedule import Detail, judge
from tracker.words import Words

__all__ = [
    "Alert",
    "AlertType",
    "Severity",
    "alert_of",
    "any_overdue",
    "message",
    "read_alerts",
]


class AlertType(StrEnum):
    """Why there is an alert, the worst reason first."""

    OVERDUE = "overdue"
    ORDER = "order"
    CONTRADICTION = "contradiction"
    DUE_SOON = "due_soon"
    DELAYED = "delayed"
    STALE = "stale"
    UNDATED = "undated"


class Severity(StrEnum):
    """How serious an alert is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


_SEVERITY = {
    AlertType.OVERDUE: Severity.HIGH,
    AlertType.STALE: Severity.LOW,
    AlertType.UNDATED: Severity.LOW,
}


@dataclass(frozen=True, slots=True)
class Alert:
    """One open milestone with its worst reason, the other reasons, and since when."""

    type: AlertType
    also: tuple[AlertType, ...]
    since: date
    row: Row

    @property
    def severity(self) -> Severity:
        """How serious it is."""
        return _SEVERITY.get(self.type, Severity.MEDIUM)


def read_alerts(
    reader: Reader, day: date, limits: Limits, *, limit: int = -1
) -> tuple[int, list[Alert]]:
    """Return the number of alerts on `day`, and the first of them.

    The order is by type, the longest overdue first, then by slug.
    """
    total, found = reader.wanting_attention(day, _cutoffs(limits), limit=limit)
    rows = (Row(m, judge(m, day, limits)) for m in found)
    return total, [a for row in rows if (a := alert_of(row, day, limits)) is not None]


def any_overdue(reader: Reader, day: date, limits: Limits) -> bool:
    """Return whether anything overdue has an alert."""
    return reader.any_overdue(day, _cutoffs(limits))


def _cutoffs(limits: Limits) -> Cutoffs:
    return Cutoffs(limits.due_soon, limits.stale_otherwise, limits.delayed)


def alert_of(row: Row, day: date, limits: Limits) -> Alert | None:
    """Return the alert of one milestone; None where nothing is wrong or it is snoozed."""
    m = row.milestone
    if m.standing not in WAITING or (m.snoozed_until is not None and m.snoozed_until > day):
        return None
    reasons = [kind for kind in AlertType if _holds(kind, row, limits)]
    if not reasons:
        return None
    return Alert(reasons[0], tuple(reasons[1:]), _since(reasons[0], row), row)


def _holds(kind: AlertType, row: Row, limits: Limits) -> bool:
    m, judged = row.milestone, row.judged
    if kind in {AlertType.OVERDUE, AlertType.DUE_SOON, AlertType.UNDATED}:
        return judged.state is State(kind.value)
    if kind is AlertType.DELAYED:
        days = judged.slip.days if judged.slip else None
        return judged.delayed and days is not None and days > limits.delayed
    return {
        AlertType.ORDER: m.breach,
        AlertType.CONTRADICTION: m.contradicted,
        AlertType.STALE: judged.stale,
    }[kind]


def _since(kind: AlertType, row: Row) -> date:
    m = row.milestone
    if kind is AlertType.OVERDUE and m.forecast and m.forecast.latest:
        return m.forecast.latest + timedelta(days=1)
    if kind in {AlertType.STALE, AlertType.UNDATED}:
        return m.updated_on
    return m.forecast_on or m.updated_on


def message(alert: Alert, words: Words) -> str:
    """Return what is wrong, since when, and what to do, in one line."""
    judged, forecast = alert.row.judged, alert.row.milestone.forecast
    key = f"alert.{alert.type.value}"
    if alert.type is AlertType.OVERDUE and judged.detail is Detail.UNCONFIRMED:
        key = "alert.overdue_unconfirmed"
    elif alert.type is AlertType.UNDATED and forecast is not None:
        key = "alert.undated_open"
    return words.lookup(
        key,
        days=judged.days_overdue or 0,
        left=-(judged.to_deadline or 0),
        slip=(judged.slip.days if judged.slip else None) or 0,
        since=words.day(alert.since),
        forecast=words.period(forecast),
    )
