"""What statements say field by field, and which of them gave each field what it is now.

A field is one thing that a cell of a table can say: the forecast of a milestone, its reason,
the owner of a facility. Its value is a text in which the same thing is the same text, however
the cell was written: a period is its window, any other value its JSON.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.model.kinds import UpdateKind
from db.model.period import Period
from db.model.records import Statement, Update
from db.read.imports import Cell
from db.schema.fold_columns import to_json

__all__ = [
    "UNDATED",
    "FieldStatement",
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
class FieldStatement:
    """What a field was made by a statement; `value` is None where it was cleared."""

    value: str | None
    by: Update


Histories = dict[Cell, list[FieldStatement]]
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


_CELLS = {k.spec.sets: k.value for k in UpdateKind if k.spec.sets} | {"actual": "actual"}
"""The fields that statements clear, by what they clear of the fold."""


def fields_of(s: Statement) -> Iterator[tuple[str, str | None]]:
    """The fields of which a statement says something, with what it says.

    Its reason and its recovery action are fields of their own; a note is none.
    """
    spec = s.kind.spec
    if spec.field:
        if s.period is not None:
            yield spec.field, window_of(s.period)
        elif isinstance(s.value, dict) and s.value.get("undated"):
            yield spec.field, UNDATED
    elif spec.sets:
        yield s.kind.value, s.reported_on.isoformat()
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


def histories(statements: Iterable[Update]) -> Histories:
    """Every value that each field had, of statements in force in the order of the fold."""
    teller = _Teller()
    for update in statements:
        teller.hear(update)
    return teller.told


@dataclass(slots=True)
class _Teller:
    """Follows `db.fold.folding` field by field, and `latest_remarks` for reasons and actions."""

    told: Histories = field(default_factory=dict)
    _steps: dict[str, dict[str, None]] = field(default_factory=dict)
    _names: dict[str, tuple[str | None, tuple[str, ...]]] = field(default_factory=dict)

    def hear(self, u: Update) -> None:
        steps = self._steps.setdefault(u.facility, {})
        if u.milestone is not None:
            steps[u.milestone] = None
        for name in ("reason", "action"):
            if text := getattr(u, name):
                for milestone in (None, *steps) if u.milestone is None else (u.milestone,):
                    self._put((u.facility, milestone, name), text, u)
        if u.milestone is not None:
            self._of_milestone(u, u.milestone)
        else:
            self._of_facility(u, steps)

    def _now(self, cell: Cell) -> str | None:
        said = self.told.get(cell)
        return said[-1].value if said else None

    def _put(self, cell: Cell, value: str | None, by: Update) -> None:
        self.told.setdefault(cell, []).append(FieldStatement(value, by))

    def _clear(self, u: Update, milestone: str, *names: str) -> None:
        for name in names:
            cell = (u.facility, milestone, name)
            if self._now(cell) is not None:
                self._put(cell, None, u)

    def _of_milestone(self, u: Update, milestone: str) -> None:
        for name, value in fields_of(u):
            if name == "progress":
                self._put((u.facility, None, name), value, u)
            elif name not in {"reason", "action"}:
                self._hear_field((u.facility, milestone, name), value, u)
        self._clear(u, milestone, *(_CELLS[name] for name in u.kind.spec.clears if name in _CELLS))

    def _hear_field(self, cell: Cell, value: str | None, u: Update) -> None:
        name, known = cell[2], self._now(cell)
        if name == "actual":
            self._clear(u, cell[1] or "", "hold", "cancel", "snoozed_until")
            if _keeps(known, value):
                return
        if name == "forecast" and (known != value or value == UNDATED):
            self._clear(u, cell[1] or "", "snoozed_until")
        is_first_only = u.kind.spec.keeps_first or u.kind is UpdateKind.ORIGINAL
        if not (is_first_only and known is not None):
            self._put(cell, value, u)
        if name in _PAIRED and value != UNDATED:
            other = (*cell[:2], _PAIRED[name])
            if self._now(other) in {None, UNDATED}:
                self._put(other, value, u)

    def _of_facility(self, u: Update, steps: Iterable[str]) -> None:
        if u.kind.spec.for_all:
            self._of_all(u, steps)
            return
        for name, value in fields_of(u):
            cell = (u.facility, None, name)
            if name in {"reason", "action", "aliases"}:
                continue
            if name.startswith("funding.") and self._now(cell) == value:
                continue  # shares are set together: this one was only carried along
            self._put(cell, value, u)
        if u.kind is UpdateKind.SET:
            self._name(u)
            if "funding" in u.value:
                self._drop_shares(u, u.value["funding"] or {})

    def _name(self, u: Update) -> None:
        """An old name becomes an alias."""
        before, aliases = self._names.get(u.facility, (None, ()))
        listed = list(u.value.get("aliases", aliases) or ())
        name = u.value.get("name", before)
        if before is not None and before not in listed:
            listed.append(before)
        now = tuple(a for a in listed if a != name)
        self._names[u.facility] = (name, now)
        if now != aliases:
            self._put((u.facility, None, "aliases"), value_of(now), u)

    def _drop_shares(self, u: Update, kept: Mapping[str, Any]) -> None:
        for facility, milestone, name in list(self.told):
            share = name.removeprefix("funding.")
            if (facility, milestone) == (u.facility, None) and share not in {name, *kept}:
                cell = (u.facility, None, name)
                if self._now(cell) is not None:
                    self._put(cell, None, u)

    def _of_all(self, u: Update, steps: Iterable[str]) -> None:
        """What is said of a facility and applies to its open milestones."""
        for milestone in steps:
            if u.kind is UpdateKind.REOPEN:
                self._clear(u, milestone, "cancel")
                continue
            actual, cancel = (self._now((u.facility, milestone, n)) for n in ("actual", "cancel"))
            if actual is None and cancel is None:
                self._of_milestone(u, milestone)


_PAIRED = {"forecast": "baseline", "baseline": "forecast"}
"""What the first of either sets too."""


def _keeps(known: str | None, said: str | None) -> bool:
    """Whether a known actual is finer than one that is said later and contains it."""
    was, told = (None if v is None else period_of(v) for v in (known, said))
    return was is not None and told is not None and was.strictly_inside(told)
