"""Options that several commands share, and what their texts mean."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

import click

from db.errors import RefusedError
from db.period import Period
from db.records import Basis, Source

__all__ = [
    "Said",
    "as_of_options",
    "everywhere",
    "json_option",
    "parse_day",
    "parse_instant",
    "read_period",
    "said",
    "saying_options",
]

F = TypeVar("F", bound=Callable[..., Any])


def everywhere(command: F) -> F:
    """`--db`, `--today` and `--lang`, which stand before or after the command."""
    for option in (
        click.option("--lang", metavar="ko|en", expose_value=False, callback=_keep),
        click.option("--today", metavar="DATE", expose_value=False, callback=_keep),
        click.option("--db", metavar="PATH", expose_value=False, callback=_keep),
    ):
        command = option(command)
    return command


def _keep(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None and parameter.name:
        context.find_root().ensure_object(dict)[parameter.name] = value


def json_option(command: F) -> F:
    """`--json`: print data instead of a table."""
    return click.option("--json", "as_json", is_flag=True)(command)


def as_of_options(command: F) -> F:
    """`--as-of` and `--known-at`: another day, another state of knowledge."""
    command = click.option("--known-at", metavar="INSTANT")(command)
    return click.option("--as-of", metavar="DATE")(command)


@dataclass(frozen=True, slots=True)
class Said:
    """Who said something, when and where, as options give it."""

    reported_on: date
    reported_basis: Basis
    source: Source | None
    by: str | None
    evidence: tuple[str, ...]
    note: str | None


def saying_options(command: F) -> F:
    """`--reported --source --by --evidence --note`, as every writing command takes them."""
    for option in (
        click.option("--note", metavar="TEXT"),
        click.option("--evidence", metavar="ADDRESS", multiple=True),
        click.option("--by", metavar="NAME"),
        click.option("--source", metavar="TEXT"),
        click.option("--reported", metavar="DATE"),
    ):
        command = option(command)
    return command


def said(
    today: date,
    author: str | None,
    reported: str | None,
    source: str | None,
    by: str | None,
    evidence: tuple[str, ...],
    note: str | None,
) -> Said:
    """Turn the shared options into what they mean; `2018-02~` is a day known by its month."""
    basis = Basis.EXACT
    day = today
    if reported is not None:
        period = read_period(reported, today)
        if period.earliest is None or (not _is_day(period) and not _is_month(period)):
            raise _not_one_day(reported)
        basis = Basis.EXACT if _is_day(period) and not period.approximate else Basis.APPROXIMATE
        day = period.earliest
    return Said(day, basis, _source(source), by or author, evidence, note)


def _is_day(period: Period) -> bool:
    return period.earliest == period.latest


def _is_month(period: Period) -> bool:
    first, last = period.earliest, period.latest
    return bool(first and last and (first.year, first.month) == (last.year, last.month))


def _source(text: str | None) -> Source | None:
    """An address is a url, anything else a title."""
    if not text:
        return None
    return Source(url=text) if "://" in text else Source(title=text)


def read_period(text: str, today: date) -> Period:
    """A PERIOD argument: what people say, ISO or EDTF.

    Raises:
        BadPeriodError: It cannot be read.
    """
    from tracker.phrases import read

    return read(text, today)


def parse_day(text: str, today: date) -> date:
    """A DATE argument: one exact day, in any way of saying it.

    Raises:
        RefusedError: It is no date, or more than one day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        period = read_period(text, today)
    if period.earliest is None or not _is_day(period):
        raise _not_one_day(text)
    return period.earliest


def _not_one_day(text: str) -> RefusedError:
    return RefusedError(
        f"“{text}” is not one day: write one like 2026-06-30", code="not-one-day", text=text
    )


def parse_instant(text: str) -> datetime:
    """An INSTANT argument: ISO, in UTC unless it says otherwise; a bare day means its end.

    Raises:
        RefusedError: It is no instant.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise RefusedError(
            f"“{text}” is no instant: write 2026-06-30T09:00", code="bad-instant", text=text
        ) from None
    if "T" not in text and " " not in text.strip():
        moment = datetime.combine(moment.date(), time.max)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
