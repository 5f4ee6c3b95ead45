"""What the store would refuse to record, found before anything is written.

A dry run and an import answer alike: what is asked here is what the store asks of every
statement, slug and source that it is given.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from db.model.errors import TrackerError
from db.model.records import Batch, Statement
from db.model.slugs import check_slug
from db.model.values import check_attribute, check_day, check_reported
from db.schema.statement_columns import columns_of
from tracker.exchange.grids.places import SheetFaults
from tracker.exchange.tables.claims import Claim

__all__ = ["check_batch", "check_statement", "refusal", "storable"]


def check_statement(statement: Statement) -> None:
    """Refuse a statement that no store can hold: too long, out of range, or without its parts.

    Raises:
        RefusedError: It says what would be right.
    """
    columns_of(statement)
    if statement.source is not None and statement.source.published is not None:
        check_day(statement.source.published)


def check_batch(batch: Batch, today: date) -> None:
    """Refuse what recording a batch on `today` would refuse.

    Raises:
        RefusedError: It says what would be right.
    """
    for slug in (*(f.slug for f in batch.facilities), *(m.slug for m in batch.milestones)):
        check_slug(slug)
    for statement in batch.statements:
        check_reported(statement.reported_on, today)
        check_statement(statement)


def storable(claims: Iterable[Claim], faults: SheetFaults, name_column: str) -> Iterator[Claim]:
    """The claims that the store can hold; what is wrong with others is noted with its cell.

    Args:
        claims: In order of reading.
        faults: Where to note it.
        name_column: The title under which the name of a facility stands.
    """
    named: dict[str, bool] = {}
    for claim in claims:
        subject = claim.subject
        if subject.facility not in named:
            wrong = refusal(check_attribute, "name", subject.name)
            named[subject.facility] = wrong is None
            if wrong is not None:
                faults.add(replace(claim.place, column=name_column), wrong, subject.name)
        if not named[subject.facility]:
            continue
        wrong = refusal(check_statement, claim.statement)
        if wrong is not None:
            faults.add(claim.place, wrong, _text(claim.statement), subject.name)
        else:
            yield claim


def refusal(check: Callable[..., None], *what: object) -> TrackerError | None:
    """What a check raises of something; None where nothing is wrong."""
    try:
        check(*what)
    except TrackerError as error:
        return error
    return None


def _text(statement: Statement) -> str:
    """The text of a claim that cannot be stored, as far as it is one."""
    value = statement.value
    if isinstance(value, dict):
        value = next((v for v in value.values() if isinstance(v, str)), None)
    return value if isinstance(value, str) else statement.phrase or ""
