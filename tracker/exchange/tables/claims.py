"""What a spreadsheet claims, cell by cell; `diff.compare` compares it with the store."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from db.model.records import Batch, Kind, Statement, Type
from db.read.imports import Cells
from tracker.exchange.grids.places import Place

__all__ = ["Claim", "Finding", "ImportDiff", "Subject", "Take", "Verdict"]


class Verdict(StrEnum):
    """How a claim lies against the store.

    `NEW` is unknown to it; `CHANGED` is otherwise than it was, and nobody else has spoken of it;
    `SAME` is what the table said before, or what the store has; `CONFLICTING` is at odds with
    what somebody else said.
    """

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CONFLICTING = "conflicting"


class Take(StrEnum):
    """Which side of every conflict holds: what the table says, or what the store has."""

    SHEET = "sheet"
    BOARD = "board"


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim with its verdict, in words.

    Attributes:
        told: The words of the file.
        known: What the store has instead.
        said_by: Who said that: a person, or a source; None where nobody is named.
        said_on: The day on which it was reported.
        understood: What the claim means, with what it was before where that changes.
    """

    place: Place | None
    facility: str
    step: str
    verdict: Verdict
    told: str
    known: str = ""
    said_by: str | None = None
    said_on: date | None = None
    understood: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a claim is about; `kind` and `title` matter where the milestone is made for it."""

    facility: str
    name: str
    milestone: str | None = None
    kind: Kind = Kind.OTHER
    type: Type = Type.FACILITY


@dataclass(frozen=True, slots=True)
class Claim:
    """What one cell says.

    Attributes:
        statement: It, as it would be recorded.
        soft: Says only that there is no date yet; it takes no known one back.
        asides: The cells of its reason and its recovery action, by `reason` and `action`.
        seen_on: Of our own table, the last day of what it knew when it was written.
    """

    place: Place
    subject: Subject
    statement: Statement
    soft: bool = False
    asides: Mapping[str, Place] = field(default_factory=dict)
    seen_on: date | None = None


@dataclass(frozen=True, slots=True)
class ImportDiff:
    """What comes of claims.

    Attributes:
        batch: The statements that say something new.
        findings: Every claim with its verdict.
        remembered: What cells said that is not recorded, and that the table had not said before.
    """

    batch: Batch
    findings: tuple[Finding, ...]
    remembered: Cells
