"""Check a statement and map it to columns: the one gate in front of the store.

A single act, an import and a dry run all pass it. It checks what a type does not say: lengths,
what each kind needs, and that no text holds a control character. The CHECK constraints of
`db.schema.models` stand behind it.
"""

from db.model.errors import RefusedError
from db.model.period import Period
from db.model.records import Statement
from db.model.text import clean, clean_value
from db.model.values import MAX_TEXT, check_kind, check_value, too_long
from db.schema.fold_columns import to_json

__all__ = ["COLUMNS", "Columns", "columns_of"]

COLUMNS = (
    *("kind", "period", "earliest", "latest", "value", "phrase", "reported_on"),
    *("reported_basis", "reason", "action", "evidence"),
)
Columns = tuple[str | None, ...]
"""The values of `COLUMNS`."""


def columns_of(said: Statement) -> Columns:
    """Return the values of `COLUMNS`, cleaned.

    Raises:
        RefusedError: The statement holds what no statement can.
    """
    of_milestone = said.milestone is not None
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


def _text(name: str, text: object) -> str | None:
    if not isinstance(text, str):
        raise _invalid(name, "it is no text")
    cleaned = clean(text)
    if len(cleaned) > MAX_TEXT:
        raise too_long(name, len(cleaned), MAX_TEXT)
    return cleaned or None


def _value(value: object) -> object:
    try:
        return clean_value(value)
    except ValueError as error:
        raise _invalid("value", str(error)) from None


def _evidence(texts: tuple[object, ...]) -> list[str]:
    found = [text for text in texts if isinstance(text, str) and len(text) <= MAX_TEXT]
    if len(found) < len(texts):
        raise _invalid("evidence", f"evidence is texts of at most {MAX_TEXT:,} characters")
    return [cleaned for text in found if (cleaned := clean(text))]


def _invalid(where: str, why: str) -> RefusedError:
    return RefusedError(f"{where}: {why}", code="invalid", where=where, why=why)
