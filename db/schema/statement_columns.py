"""What a statement is as columns, each of them checked; the last gate before the store.

A person's statement has passed `StatementIn` before. A file brings a million that its reader
has given their types already, so that only what a type does not say is looked at: lengths, what
each kind needs, and that nothing is in a text which a screen would obey.
"""

from typing import TYPE_CHECKING

from db.model.errors import RefusedError
from db.model.period import Period
from db.model.records import Statement
from db.model.text import clean, clean_value
from db.model.values import MAX_TEXT, check_kind, check_value, too_long
from db.schema.fold_columns import to_json

if TYPE_CHECKING:
    from db.model.statement_checks import StatementIn

__all__ = ["COLUMNS", "Columns", "columns_of"]

COLUMNS = (
    *("kind", "period", "earliest", "latest", "value", "phrase", "reported_on"),
    *("reported_basis", "reason", "action", "evidence"),
)
Columns = tuple[str | None, ...]
"""The values of `COLUMNS`."""


def columns_of(said: "Statement | StatementIn", *, of_milestone: bool) -> Columns:
    """The columns of a statement that say what it says.

    Raises:
        RefusedError: It holds what no statement can.
    """
    kind, period = said.kind, said.period
    reason = _text("reason", said.reason) if said.reason else None
    check_kind(kind, of_milestone=of_milestone, dated=period is not None, reason=reason)
    value = None if said.value is None else _value(said.value)
    check_value(kind, value, of_milestone=of_milestone)
    return (
        kind.value,
        *(_NO_PERIOD if period is None else _period(period)),
        None if value is None else to_json(value),
        _text("phrase", said.phrase) if said.phrase else None,
        said.reported_on.isoformat(),
        said.reported_basis.value,
        reason,
        _text("action", said.action) if said.action else None,
        to_json(_evidence(said.evidence)) if said.evidence else None,
    )


_NO_PERIOD = (None, None, None)


def _period(period: Period) -> tuple[str, str | None, str | None]:
    first, last = period.earliest, period.latest
    return (
        period.edtf,
        None if first is None else first.isoformat(),
        None if last is None else last.isoformat(),
    )


def _text(name: str, text: str) -> str | None:
    cleaned = clean(text)
    if len(cleaned) > MAX_TEXT:
        raise too_long(name, len(cleaned), MAX_TEXT)
    return cleaned or None


def _value(value: object) -> object:
    try:
        return clean_value(value)
    except ValueError as error:
        raise _invalid("value", str(error)) from None


def _evidence(texts: tuple[str, ...]) -> list[str]:
    if any(len(text) > MAX_TEXT for text in texts):
        raise _invalid("evidence", f"evidence is texts of at most {MAX_TEXT:,} characters")
    return [cleaned for text in texts if (cleaned := clean(text))]


def _invalid(where: str, why: str) -> RefusedError:
    return RefusedError(f"{where}: {why}", code="invalid", where=where, why=why)
