"""Commands that add facilities, programmes and milestones, and edit what is known of them."""

from typing import Any

import click

from db.errors import RefusedError, TrackerError
from db.records import (
    Batch,
    NewFacility,
    NewMilestone,
    Statement,
    Type,
    UpdateKind,
)
from db.slugs import make_slug
from tracker import clock
from tracker.cli.names import complete_facility, complete_milestone
from tracker.cli.office import office, say
from tracker.cli.options import everywhere, read_period, said, saying_options
from tracker.cli.write import aim_at_known, record
from tracker.merging import merger
from tracker.office import Office
from tracker.phrases import is_undated
from tracker.words.kinds import read_kind
from tracker.words.money import read_money

__all__ = ["add_command", "edit_command", "merge_command"]

_TEXTS = ("name_en", "city", "cluster", "programme", "site", "operator", "owner", "floors")


def _attribute_options(command: Any) -> Any:
    for option in (
        click.option("--funding", metavar="SHARE=WON", multiple=True),
        click.option("--cost", metavar="WON"),
        click.option("--floor-area", metavar="M2", type=float),
        click.option("--alias", metavar="NAME", multiple=True),
        *(click.option(f"--{name.replace('_', '-')}", metavar="TEXT") for name in _TEXTS[::-1]),
    ):
        command = option(command)
    return command


def _attributes(given: dict[str, Any], today: Any) -> dict[str, Any]:
    """What the options say of a facility; an empty text takes a detail away."""
    value: dict[str, Any] = {
        name: given[name] or None for name in ("name", *_TEXTS) if given.get(name) is not None
    }
    if given.get("alias"):
        value["aliases"] = list(given["alias"])
    if given.get("cost") is not None:
        value["cost_krw"] = read_money(given["cost"]) if given["cost"] else None
    if given.get("floor_area") is not None:
        value["floor_area_m2"] = given["floor_area"]
    if given.get("funding"):
        value["funding"] = dict(_share(text) for text in given["funding"])
    if given.get("target_count") is not None:
        value["target_count"] = given["target_count"]
    if given.get("duration") is not None:
        value["duration"] = str(read_period(given["duration"], today))
    return value


def _share(text: str) -> tuple[str, int]:
    name, equals, amount = text.partition("=")
    if not equals:
        raise RefusedError(
            f"“{text}” is no share: write national=100억", code="bad-share", text=text
        )
    return name.strip(), read_money(amount)


_HOW = ("reported", "source", "by", "evidence", "note")


def _how(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in _HOW}


def _add(type_: Type, name: str, slug: str | None, given: dict[str, Any]) -> None:
    here = office()
    how = said(here.today, here.config.author, **_how(given))
    value = {"name": name, **_attributes(given, here.today)}
    chosen = slug or make_slug(given.get("name_en") or name)
    _refuse_taken(here, chosen)
    statement = Statement(
        chosen,
        None,
        UpdateKind.SET,
        how.reported_on,
        value=value,
        reported_basis=how.reported_basis,
        source=how.source,
        evidence=how.evidence,
    )
    with here.writing(create=True) as store:
        store.record(
            Batch((statement,), (NewFacility(chosen, type_),)),
            by=how.by,
            now=clock.now(),
            today=here.today,
        )
    made = here.words("done.made", type=here.words.type(type_), slug=chosen)
    say(f"{made} · {here.words('done.undo')}")


def _refuse_taken(here: Office, slug: str) -> None:
    if not here.exists:
        return
    with here.reading() as reader:
        try:
            reader.facility(slug)
        except TrackerError:
            return
    raise RefusedError(f"“{slug}” is there already", code="slug-taken", slug=slug)


@click.group("add")
@everywhere
def add_command() -> None: ...


@add_command.command("facility")
@click.argument("name")
@click.option("--slug", metavar="SLUG")
@_attribute_options
@saying_options
@everywhere
def add_facility(name: str, slug: str | None, **given: Any) -> None:
    _add(Type.FACILITY, name, slug, given)


@add_command.command("programme")
@click.argument("name")
@click.option("--slug", metavar="SLUG")
@click.option("--target-count", type=click.IntRange(min=0), metavar="N")
@click.option("--duration", metavar="PERIOD")
@_attribute_options
@saying_options
@everywhere
def add_programme(name: str, slug: str | None, **given: Any) -> None:
    _add(Type.PROGRAMME, name, slug, given)


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
    meant = read_kind(kind)
    if meant is None:
        raise RefusedError(f"there is no kind “{kind}”", code="no-kind", text=kind, known=_kinds())
    owner, _ = aim_at_known(here, facility, None)
    name = slug or (make_slug(title) if title else "") or meant.value
    with here.reading() as reader:
        if name in {m.slug for m in reader.milestones_of(owner)}:
            raise RefusedError(f"“{name}” is there already", code="slug-taken", slug=name)
    phrase = " ".join(period)
    window = read_period(phrase, here.today) if phrase and not is_undated(phrase) else None
    statements = [
        Statement(owner, name, UpdateKind.PLAN, here.today, window, phrase=phrase or None)
    ]
    if title:
        statements.insert(
            0, Statement(owner, name, UpdateKind.SET, here.today, value={"title": title})
        )
    record(
        here,
        statements,
        said(here.today, here.config.author, **how),
        milestones=(NewMilestone(owner, name, meant),),
    )


def _kinds() -> str:
    from db.records import Kind

    return ", ".join(k.value for k in Kind)


@click.group("edit")
@everywhere
def edit_command() -> None: ...


@edit_command.command("facility")
@click.argument("facility", shell_complete=complete_facility)
@click.option("--name", metavar="NAME")
@_attribute_options
@saying_options
@everywhere
def edit_facility(facility: str, **given: Any) -> None:
    _edit(facility, given)


@edit_command.command("programme")
@click.argument("facility", metavar="PROGRAMME", shell_complete=complete_facility)
@click.option("--name", metavar="NAME")
@click.option("--target-count", type=click.IntRange(min=0), metavar="N")
@click.option("--duration", metavar="PERIOD")
@_attribute_options
@saying_options
@everywhere
def edit_programme(facility: str, **given: Any) -> None:
    _edit(facility, given)


def _edit(facility: str, given: dict[str, Any]) -> None:
    here = office()
    slug, _ = aim_at_known(here, facility, None)
    value = _attributes(given, here.today)
    if "aliases" in value:
        with here.reading() as reader:
            known = reader.facility(slug).aliases
        value["aliases"] = list(dict.fromkeys([*known, *value["aliases"]]))
    statement = Statement(slug, None, UpdateKind.SET, here.today, value=value)
    record(here, [statement], said(here.today, here.config.author, **_how(given)))


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
    with here.reading() as reader:
        kept, other = reader.facility(reader.resolve(keep)), reader.facility(reader.resolve(gone))
        batch = merger(reader, kept.slug, other.slug)
    with here.writing() as store:
        store.record(
            batch,
            by=by or here.config.author,
            now=clock.now(),
            today=here.today,
            as_reported=True,
        )
    merged = here.words("done.merged", kept=kept.name, gone=other.name)
    say(f"{merged} · {here.words('done.undo')}")
