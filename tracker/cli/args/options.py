"""Options that several commands share, and what their texts mean."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import click
from click.types import StringParamType

from db.model.period import Period
from db.model.records import Basis, Source
from tracker.cli.args.days import is_day, not_one_day, parse_day, parse_instant, read_period
from tracker.cli.args.declared import AS_OF, EVERYWHERE, JSON, Option
from tracker.cli.output.streams import no_text

__all__ = [
    "COUNT",
    "FILE_NAME",
    "MOST",
    "TEXT",
    "Said",
    "as_of_options",
    "declared",
    "everywhere",
    "json_option",
    "parse_day",
    "parse_instant",
    "read_period",
    "said",
    "saying_options",
]

F = TypeVar("F", bound=Callable[..., Any])


MOST = 2**63 - 1
"""The largest number that a store holds; no list is as long."""


class _Text(StringParamType):
    """Text, which is UTF-8 whatever the locale; a locale may have read its bytes otherwise.

    Raises:
        RefusedError: It is no UTF-8.
    """

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        del param, ctx
        try:
            value.encode()
        except UnicodeEncodeError:
            with suppress(UnicodeError):
                return os.fsencode(value).decode("utf-8")
            raise no_text(value) from None
        return value


class _Count(click.IntRange):
    """A whole number from 0 on; one that is larger than any list means all of it."""

    def __init__(self) -> None:
        super().__init__(min=0)

    def convert(self, value: Any, param: Any, ctx: Any) -> int:
        return min(int(super().convert(value, param, ctx)), MOST)


TEXT, COUNT = _Text(), _Count()
FILE_NAME = click.UNPROCESSED
"""A name of a file in a text option: any bytes."""


def everywhere(command: F) -> F:
    """`--db`, `--today` and `--lang`, which stand before or after the command."""
    for option in reversed(EVERYWHERE):
        command = click.option(
            option.flag,
            type=FILE_NAME if option.name == "db" else TEXT,
            metavar=option.metavar,
            expose_value=False,
            callback=_keep,
        )(command)
    return command


def _keep(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None and parameter.name:
        context.find_root().ensure_object(dict)[parameter.name] = value


def declared(*options: Option) -> Callable[[F], F]:
    """Options that are declared in `tracker.cli.args.declared`, in this order."""

    def add(command: F) -> F:
        for option in reversed(options):
            more: dict[str, Any] = {"metavar": option.metavar}
            if option.kind is bool:
                more = {"is_flag": True}
            elif option.kind is int:
                more = {"type": COUNT, "default": option.default, "show_default": True}
            command = click.option(option.flag, option.name, **more)(command)
        return command

    return add


json_option = declared(JSON)
"""`--json`: print data instead of a table."""
as_of_options = declared(*AS_OF)
"""`--as-of` and `--known-at`: another day, another state of knowledge."""


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
        if period.earliest is None or (not is_day(period) and not _is_month(period)):
            raise not_one_day(reported)
        basis = Basis.EXACT if is_day(period) and not period.approximate else Basis.APPROXIMATE
        day = period.earliest
    return Said(day, basis, _source(source), by or author, evidence, note)


def _is_month(period: Period) -> bool:
    first, last = period.earliest, period.latest
    return bool(first and last and (first.year, first.month) == (last.year, last.month))


def _source(text: str | None) -> Source | None:
    """An address is a url, anything else a title."""
    if not text:
        return None
    return Source(url=text) if "://" in text else Source(title=text)
