"""The JSON that every command prints, the same everywhere.

A field that does not apply is null, never absent; enums are their values; days are
ISO dates; instants are UTC.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from db.model.fields import FIELDS
from db.model.period import Period
from db.model.records import Basis, Source, Update
from tracker.domain.alerts import Alert, message
from tracker.domain.board import Board, FacilityPage, Row, Status, Summary
from tracker.domain.schedule import Slip
from tracker.words import Words

if TYPE_CHECKING:
    from typing import Any

__all__ = ["Shapes"]


class Shapes:
    """Records as JSON, with the words of one language where texts are asked for."""

    def __init__(self, words: Words) -> None:
        """Word periods and messages in the language of `words`."""
        self._words = words

    def period(self, period: Period | None) -> "dict[str, Any] | None":
        """`period` of the contract."""
        if period is None:
            return None
        return {
            "edtf": period.edtf,
            "earliest": _day(period.earliest),
            "latest": _day(period.latest),
            "approximate": period.approximate,
            "text": self._words.period(period),
        }

    def source(self, source: Source | None) -> "dict[str, Any] | None":
        """`source` of the contract; an approximate day is shown as its month."""
        if source is None:
            return None
        return {
            "publisher": source.publisher,
            "title": source.title,
            "published": _published(source),
            "basis": source.basis,
            "url": source.url,
        }

    def slip(self, moved: Slip | None) -> "dict[str, Any] | None":
        """`slip` of the contract."""
        if moved is None:
            return None
        return {
            "days": moved.days,
            "earliest": moved.earliest,
            "latest": moved.latest,
            "class": moved.kind.value,
        }

    def milestone(self, row: Row) -> "dict[str, Any]":
        """`milestone` of the contract."""
        m, judged = row.milestone, row.judged
        return {
            "facility": m.facility,
            "facility_name": m.facility_name,
            "city": m.city,
            "milestone": m.slug,
            "kind": m.kind.value,
            "title": m.title,
            "state": judged.state.value,
            "detail": judged.detail.value if judged.detail else None,
            "baseline": self.period(m.baseline),
            "forecast": self.period(m.forecast),
            "actual": self.period(m.actual),
            "d_day": self._words.d_day(judged.to_deadline) or None,
            "days_overdue": judged.days_overdue,
            "slip": self.slip(judged.slip),
            "delayed": judged.delayed,
            "stale": judged.stale,
            "on_hold_since": _day(m.on_hold_since),
            "updated_on": _day(m.updated_on),
            "owner": m.owner,
            "source": self.source(m.source),
        }

    def facility(self, summary: Summary) -> "dict[str, Any]":
        """`facility` of the contract."""
        f = summary.facility
        progress = f.progress
        return {
            "slug": f.slug,
            **{
                field.name: self._field(getattr(f, field.name)) for field in FIELDS if field.in_json
            },
            "state": summary.state.value if summary.state else None,
            "phase": summary.phase.value if summary.phase else None,
            "next": summary.next.slug if summary.next else None,
            "rag": summary.rag.value if summary.rag else None,
            "confidence": f.confidence,
            "progress": None
            if progress is None
            else {
                "planned": progress.planned,
                "actual": progress.actual,
                "reported_on": _day(progress.reported_on),
            },
        }

    def _field(self, value: "Any") -> "Any":  # noqa: ANN401 - as the field's type
        if isinstance(value, Period):
            return self.period(value)
        if isinstance(value, tuple):
            return list(value)
        return dict(value) or None if isinstance(value, Mapping) else value

    def update(self, u: Update) -> "dict[str, Any]":
        """`update` of the contract."""
        return {
            "id": u.id,
            "act": u.act,
            "seq": u.seq,
            "facility": u.facility,
            "milestone": u.milestone,
            "kind": u.kind.value,
            "period": self.period(u.period),
            "value": u.value,
            "phrase": u.phrase,
            "reported_on": _day(u.reported_on),
            "reported_basis": u.reported_basis.value,
            "recorded_at": u.recorded_at.isoformat(),
            "by": u.by,
            "reason": u.reason,
            "action": u.action,
            "evidence": list(u.evidence),
            "source": self.source(u.source),
            "retracts": u.retracts,
            "retracted_by": u.retracted_by,
        }

    def board(self, board: Board) -> "dict[str, Any]":
        """`list` of the contract."""
        return {
            "as_of": _day(board.as_of),
            "total": board.total,
            "items": [self.milestone(row) for row in board.rows],
        }

    def status(self, status: Status) -> "dict[str, Any]":
        """`status` of the contract."""
        board = status.board
        return {
            "as_of": _day(board.as_of),
            "facilities": board.facilities,
            "milestones": sum(board.counts.values()),
            "by_state": {state.value: n for state, n in board.counts.items()},
            "changed": [self.update(u) for u in status.changed],
            "next": [self.milestone(row) for row in status.next],
        }

    def page(self, page: FacilityPage) -> "dict[str, Any]":
        """`show` of the contract."""
        return {
            "as_of": _day(page.as_of),
            "facility": self.facility(page.summary),
            "milestones": [self.milestone(row) for row in page.rows],
            "updates": [self.update(u) for u in page.updates],
        }

    def alerts(self, as_of: date, total: int, alerts: list[Alert]) -> "dict[str, Any]":
        """`alerts` of the contract."""
        return {
            "as_of": _day(as_of),
            "total": total,
            "alerts": [
                {
                    "type": a.type.value,
                    "also": [t.value for t in a.also],
                    "severity": a.severity.value,
                    "message": message(a, self._words),
                    "milestone": self.milestone(a.row),
                }
                for a in alerts
            ],
        }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _published(source: Source) -> str | None:
    if source.published and source.basis == Basis.APPROXIMATE:
        return source.published[:7]
    return source.published
