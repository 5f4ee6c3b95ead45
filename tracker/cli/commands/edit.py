"""Commands that add facilities, programmes and milestones, and edit what is known of them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import reduce
from typing import Any, TypeVar

import click

from db.model.fields import FieldType, fields_of
from db.model.records import Statement, Type, UpdateKind
from db.read.reader import Reader
from tracker.acts.adding import (
    details,
    kind_of,
    new_facility,
    new_milestone,
    slug_of,
    step_slug,
)
from tracker.acts.merging import merger
from tracker.app import clock
from tracker.cli.args.names import complete_facility, complete_milestone
from tracker.cli.args.options import everywhere, read_period, said, saying_options
from tracker.cli.args.workspace_options import office
from tracker.cli.commands.write import aim_at_known, record
from tracker.cli.output.streams import RUN, say
from tracker.phrases import is_undated

__all__ = ["add_command", "edit_command", "merge_command"]


_F = TypeVar("_F", bound=Callable[..., Any])
_OPTIONS: Mapping[FieldType, Mapping[str, Any]] = {
    FieldType.COUNT: {"metavar": "N", "type": click.IntRange(min=0)},
    FieldType.PERIOD: {"metavar": "PERIOD"},
    FieldType.TEXT: {"metavar": "TEXT"},
    FieldType.NAMES: {"metavar": "NAME", "multiple": True},
    FieldType.AREA: {"metavar": "M2", "type": float},
    FieldType.MONEY: {"metavar": "WON"},
    FieldType.SHARES: {"metavar": "SHARE=WON", "multiple": True},
}
"""The options of fields by type, in the order in which help lists them."""


def _field_options(type_: Type) -> Callable[[_F], _F]:
    """Options of every field of this type of facility but the name."""
    options = [
        click.option(f"--{field.key.replace('_', '-')}", **option)
        for field_type, option in _OPTIONS.items()
        for field in fields_of(type_)
        if field.type is field_type and field.name != "name"
    ]
    return lambda command: reduce(lambda made, option: option(made), reversed(options), command)


def _details(given: dict[str, Any], today: date) -> dict[str, Any]:
    return details(given, lambda text: read_period(text, today))


_HOW = ("reported", "source", "by", "evidence", "note")


def _how(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in _HOW}


def _add(type_: Type, name: str, slug: str | None, unlike: bool, given: dict[str, Any]) -> None:
    here = office()
    how = said(here.today, here.config.author, **_how(given))
    value = {"name": name, **_details(given, here.today)}
    chosen = slug or slug_of(name, given.get("name_en"))
    named = slug is not None
    batch = new_facility(chosen, type_, value, how.reported_on, named=named, unlike=unlike)
    said_so = replace(
        batch.statements[0],
        reported_basis=how.reported_basis,
        source=how.source,
        evidence=how.evidence,
    )
    with here.writing(create=True) as store:
        receipt = store.record(
            replace(batch, statements=(said_so,)),
            by=how.by,
            now=clock.now(),
            today=here.today,
        )
    RUN.done()
    made = here.words("done.made", type=here.words.type(type_), slug=chosen)
    say(f"{made} · {here.words('done.undo', act=receipt.act.id)}")


@click.group("add")
@everywhere
def add_command() -> None: ...


@add_command.command("facility")
@click.argument("name")
@click.option("--slug", metavar="SLUG")
@click.option("--new", is_flag=True)
@_field_options(Type.FACILITY)
@saying_options
@everywhere
def add_facility(name: str, slug: str | None, new: bool, **given: Any) -> None:
    _add(Type.FACILITY, name, slug, new, given)


@add_command.command("programme")
@click.argument("name")
@click.option("--slug", metavar="SLUG")
@click.option("--new", is_flag=True)
@_field_options(Type.PROGRAMME)
@saying_options
@everywhere
def add_programme(name: str, slug: str | None, new: bool, **given: Any) -> None:
    _add(Type.PROGRAMME, name, slug, new, given)


@add_command.command("milestone")
@click.argument("facility", shell_complete=complete_facility)
@click.argument("kind")
@click.argument("period", nargs=-1)
@click.option("--slug", metavar="SLUG")
@click.option("--title", metavar="TEXT")
@saying_options
@everywhere
def add_milestone(
    facility: str,
    kind: str,
    period: tuple[str, ...],
    slug: str | None,
    title: str | None,
    **how: Any,
) -> None:
    here = office()
    meant = kind_of(kind)
    owner, _ = aim_at_known(here, facility, None)
    with here.reading() as reader:
        taken = {m.slug for m in reader.milestones_of(owner)}
    phrase = " ".join(period)
    new = new_milestone(
        owner,
        step_slug(taken, meant, title, slug),
        meant,
        here.today,
        period=read_period(phrase, here.today) if phrase and not is_undated(phrase) else None,
        phrase=phrase or None,
        title=title,
    )
    record(
        here,
        new.statements,
        said(here.today, here.config.author, **how),
        milestones=new.milestones,
        checks=new.checks,
    )


@click.group("edit")
@everywhere
def edit_command() -> None: ...


@edit_command.command("facility")
@click.argument("facility", shell_complete=complete_facility)
@click.option("--name", metavar="NAME")
@_field_options(Type.FACILITY)
@saying_options
@everywhere
def edit_facility(facility: str, **given: Any) -> None:
    _edit(facility, given)


@edit_command.command("programme")
@click.argument("facility", metavar="PROGRAMME", shell_complete=complete_facility)
@click.option("--name", metavar="NAME")
@_field_options(Type.PROGRAMME)
@saying_options
@everywhere
def edit_programme(facility: str, **given: Any) -> None:
    _edit(facility, given)


def _edit(facility: str, given: dict[str, Any]) -> None:
    here = office()
    slug, _ = aim_at_known(here, facility, None)
    value = _details(given, here.today)
    how = said(here.today, here.config.author, **_how(given))

    def statements(reader: Reader) -> list[Statement]:
        """Add aliases to those that are known when this is recorded."""
        if "aliases" in value:
            known = reader.facility(slug).aliases
            value["aliases"] = list(dict.fromkeys([*known, *value["aliases"]]))
        return [Statement(slug, None, UpdateKind.SET, here.today, value=value)]

    record(here, statements, how)


@edit_command.command("milestone")
@click.argument("facility", shell_complete=complete_facility)
@click.argument("milestone", shell_complete=complete_milestone)
@click.option("--title", metavar="TEXT", required=True)
@saying_options
@everywhere
def edit_milestone(facility: str, milestone: str, title: str, **how: Any) -> None:
    here = office()
    slug, step = aim_at_known(here, facility, milestone)
    statement = Statement(slug, step, UpdateKind.SET, here.today, value={"title": title or None})
    record(here, [statement], said(here.today, here.config.author, **how))


@click.command("merge")
@click.argument("keep", shell_complete=complete_facility)
@click.argument("gone", shell_complete=complete_facility)
@click.option("--by", metavar="NAME")
@everywhere
def merge_command(keep: str, gone: str, by: str | None) -> None:
    here = office()
    with here.writing() as store, store.transaction() as write:
        reader = write.reader
        kept, other = reader.facility(reader.resolve(keep)), reader.facility(reader.resolve(gone))
        receipt = write.record(
            merger(reader, kept.slug, other.slug),
            by=by or here.config.author,
            now=clock.now(),
            today=here.today,
            as_reported=True,
        )
    RUN.done()
    merged = here.words("done.merged", kept=kept.name, gone=other.name)
    say(f"{merged} · {here.words('done.undo', act=receipt.act.id)}")
