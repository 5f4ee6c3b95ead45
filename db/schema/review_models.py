"""The tables of the weekly check: a check, its items in their order, the acts made on them."""

from typing import ClassVar

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    UniqueConstraint,
)
from sqlmodel import Field

from db.model.review_reasons import Need
from db.schema.base import Row

__all__ = ["ReviewActRow", "ReviewItemRow", "ReviewRow"]


class ReviewRow(Row, table=True):
    """A weekly check; instants are in microseconds of UTC. It is open until it is closed."""

    __tablename__: ClassVar[str] = "review"
    __table_args__ = (
        CheckConstraint("length(week) = 8", name="review_week"),
        CheckConstraint("length(day) = 10", name="review_day"),
        CheckConstraint("closed_at >= opened_at", name="review_closed_after_opened"),
        CheckConstraint("closed_by IS NULL OR closed_at IS NOT NULL", name="review_closed_by"),
        Index("review_by_week", "week"),
    )

    id: int = Field(sa_column=Column(Integer, primary_key=True))
    week: str = Field(sa_column=Column(Text, nullable=False))
    day: str = Field(sa_column=Column(Text, nullable=False))
    opened_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    opened_by: str | None = Field(default=None, sa_column=Column(Text))
    closed_at: int | None = Field(default=None, sa_column=Column(BigInteger))
    closed_by: str | None = Field(default=None, sa_column=Column(Text))
    source_id: int | None = Field(default=None, sa_column=Column(Integer, ForeignKey("source.id")))


class ReviewItemRow(Row, table=True):
    """One milestone that is asked about; whether it is decided follows from its acts."""

    __tablename__: ClassVar[str] = "review_item"
    __table_args__ = (
        UniqueConstraint("review_id", "milestone_id"),
        CheckConstraint("position >= 1", name="review_item_position"),
        CheckConstraint(
            f"need IN ({', '.join(repr(n.value) for n in Need)})", name="review_item_need"
        ),
        CheckConstraint(
            "skipped_by IS NULL OR skipped_at IS NOT NULL", name="review_item_skipped_by"
        ),
        Index("review_item_by_milestone", "milestone_id"),
    )

    review_id: int = Field(sa_column=Column(Integer, ForeignKey("review.id"), primary_key=True))
    position: int = Field(sa_column=Column(Integer, primary_key=True))
    milestone_id: int = Field(sa_column=Column(Integer, ForeignKey("milestone.id"), nullable=False))
    need: str = Field(sa_column=Column(Text, nullable=False))
    skipped_at: int | None = Field(default=None, sa_column=Column(BigInteger))
    skipped_by: str | None = Field(default=None, sa_column=Column(Text))


class ReviewActRow(Row, table=True):
    """An act that was made on an item; written with the act, and never changed."""

    __tablename__: ClassVar[str] = "review_act"
    __table_args__ = (
        ForeignKeyConstraint(
            ["review_id", "position"], ["review_item.review_id", "review_item.position"]
        ),
        Index("review_act_by_item", "review_id", "position"),
    )

    act_id: int = Field(sa_column=Column(Integer, ForeignKey("act.id"), primary_key=True))
    review_id: int = Field(sa_column=Column(Integer, nullable=False))
    position: int = Field(sa_column=Column(Integer, nullable=False))
