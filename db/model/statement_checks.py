"""What a statement must satisfy before it is stored."""

from datetime import date
from typing import Any, Self

from pydantic import ConfigDict, field_validator, model_validator
from sqlmodel import Field, SQLModel

from db.model.period import Period
from db.model.records import Basis, Source, UpdateKind
from db.model.text import clean, clean_value
from db.model.values import MAX_TEXT, check_kind, check_value

__all__ = ["StatementIn"]


class StatementIn(SQLModel):
    """A statement, checked: kinds, lengths, what each kind needs, no control characters."""

    model_config = ConfigDict(arbitrary_types_allowed=True)  # type: ignore[assignment]

    kind: UpdateKind
    reported_on: date
    reported_basis: Basis = Basis.EXACT
    about_milestone: bool
    period: Period | None = None
    value: Any = None
    phrase: str | None = Field(default=None, max_length=MAX_TEXT)
    reason: str | None = Field(default=None, max_length=MAX_TEXT)
    action: str | None = Field(default=None, max_length=MAX_TEXT)
    evidence: tuple[str, ...] = ()
    source: Source | None = None

    @field_validator("phrase", "reason", "action", mode="before")
    @classmethod
    def _clean_text(cls, value: str | None) -> str | None:
        return (clean(value) or None) if isinstance(value, str) else value

    @field_validator("value", mode="before")
    @classmethod
    def _clean_value(cls, value: object) -> object:
        return clean_value(value)

    @field_validator("evidence", mode="before")
    @classmethod
    def _clean_evidence(cls, value: tuple[object, ...]) -> tuple[str, ...]:
        texts = [v for v in value if isinstance(v, str) and len(v) <= MAX_TEXT]
        if len(texts) < len(value):
            raise ValueError(f"evidence is texts of at most {MAX_TEXT:,} characters")
        return tuple(filter(None, map(clean, texts)))

    @model_validator(mode="after")
    def _check_kind(self) -> Self:
        dated = self.period is not None
        check_kind(self.kind, of_milestone=self.about_milestone, dated=dated, reason=self.reason)
        check_value(self.kind, self.value, of_milestone=self.about_milestone)
        return self
