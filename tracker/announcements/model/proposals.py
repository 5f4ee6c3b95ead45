"""What an article proposes: values that say what was read, where it stands, and why."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from db.model.period import Period
from db.model.records import Kind

__all__ = ["Proposal", "Span", "Status"]


class Span(NamedTuple):
    """Characters of the article, from `start` up to `end`."""

    start: int
    end: int


class Status(StrEnum):
    """Whether a date is still to come, has come true, was superseded by a later one, or is doubted.

    A doubted date is one that the article denies or does not believe in; it is no plan.
    """

    PLANNED = "planned"
    ACTUAL = "actual"
    BASELINE = "baseline"
    DOUBTED = "doubted"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One milestone that the article states.

    Attributes:
        facility: The name as printed; of several spellings the fullest.
        kind: What sort of step.
        status: Planned, actual, an old plan that the article itself supersedes, or doubted.
        phrase: The date as printed.
        period: What that date stands for, read from the day of the article; None where the
            article says that it is undecided.
        sentence: The sentence it was read from, as printed.
        decided_by: The words that decided kind and status, as printed.
        confidence: From 0 to 1; see `tracker.announcements.confidence` for what lowers it.
        name_span: Where the name stands; it may be in an earlier sentence.
        date_span: Where the date stands.
        word_spans: Where the deciding words stand.
        also_called: Other spellings of the same facility in this article.
    """

    facility: str
    kind: Kind
    status: Status
    phrase: str
    period: Period | None
    sentence: str
    decided_by: tuple[str, ...]
    confidence: float
    name_span: Span
    date_span: Span
    word_spans: tuple[Span, ...]
    also_called: tuple[str, ...] = ()
