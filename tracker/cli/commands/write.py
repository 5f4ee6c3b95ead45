"""Commands that say something of a facility or a milestone, from plan to snooze."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import click

from db.model.errors import NotFoundError, RefusedError
from db.model.kinds import UpdateKind, commands
from db.model.period import Period
from db.model.records import Batch, Kind, Milestone, NewMilestone, Standing, Statement
from db.read.reader import Reader
from tracker.acts.as_planned import as_planned as planned_statements
from tracker.acts.as_planned import is_as_planned
from tracker.app import clock
from tracker.app.workspace import Workspace
from tracker.cli.args.names import (
    complete_facility,
    complete_milestone,
    find_milestone,
    listed,
    named,
)
from tracker.cli.args.options import (
    Said,
    everywhere,
    parse_day,
    read_period,
    said,
    saying_options,
)
from tracker.cli.args.workspace_options import office
from tracker.cli.output.receipts import receipt_lines
from tracker.cli.output.streams import RUN, say

__all__ = ["COMMANDS", "aim_at_known", "record"]

_GRADES = ("green", "amber", "red")
_facility = click.argument("facility", shell_complete=complete_facility)
_milestone = click.argument("milestone", shell_complete=complete_milestone)
_any_milestone = click.argument("milestone", required=False, shell_complete=complete_milestone)


def _said(here: Workspace, options: dict[str, Any]) -> Said:
    return said(here.today, here.config.author, **options)


def _aim(
    here: Workspace, facility: str, milestone: str | None
) -> tuple[str, Milestone | Kind | None]:
    with here.reading() as reader:
        slug = reader.resolve(facility)
        if milestone is None:
            return slug, None
        return slug, find_milestone(reader, slug, milestone, here.words)


def aim_at_known(here: Workspace, facility: str, milestone: str | None) -> tuple[str, str | None]:
    """A milestone that is there already, or the facility itself."""
    slug, aim = _aim(here, facility, milestone)
    if isinstance(aim, Kind):
        with here.reading() as reader:
            known = listed(reader.milestones_of(slug), here.words)
            name = reader.facility(slug).name
        raise NotFoundError(
            f"{slug} has no milestone “{milestone}”: it has {known}",
            code="no-milestone",
            facility=name,
            milestone=milestone,
            known=known,
        )
    return slug, aim.slug if aim else None


def _aim_or_make(
    here: Workspace, facility: str, milestone: str
) -> tuple[str, str, tuple[NewMilestone, ...]]:
    """A milestone that is there, or a new one of the kind that was named."""
    slug, aim = _aim(here, facility, milestone)
    if isinstance(aim, Kind):
        return slug, aim.value, (NewMilestone(slug, aim.value, aim),)
    if aim is None:
        raise RefusedError("name a milestone", code="which-milestone", facility=slug, known="–")
    return slug, aim.slug, ()


def record(
    here: Workspace,
    statements: Sequence[Statement] | Callable[[Reader], Sequence[Statement]],
    how: Said,
    *,
    milestones: tuple[NewMilestone, ...] = (),
    checks: Sequence[Callable[[Reader], object]] = (),
) -> None:
    """Record one act and say what it did.

    Args:
        here: Where.
        statements: What is said; a function where it depends on what is known when it is
            recorded.
        how: What is alike of all of them.
        milestones: Those that must exist.
        checks: As `db.model.records.Batch` has them.
    """
    with here.writing() as store:
        with store.transaction() as write:
            given = statements(write.reader) if callable(statements) else statements
            batch = Batch(tuple(_alike(given, how)), milestones=milestones, checks=tuple(checks))
            receipt = write.record(batch, by=how.by, now=clock.now(), today=here.today)
        RUN.done()
        # Read while the store is open: on a disk that is full by now, it could not be opened.
        lines = receipt_lines(here, receipt)
    for line in lines:
        say(line)


def _alike(statements: Sequence[Statement], how: Said) -> list[Statement]:
    """The statements of one act, with a note behind them if there is one."""
    said_alike = [
        replace(
            s,
            reported_on=how.reported_on,
            reported_basis=how.reported_basis,
            source=how.source,
            evidence=how.evidence,
        )
        for s in statements
    ]
    if how.note:
        first = said_alike[0]
        said_alike.append(
            replace(
                first,
                kind=UpdateKind.NOTE,
                period=None,
                phrase=None,
                value=how.note,
                reason=None,
                action=None,
                evidence=(),
            )
        )
    return said_alike


@click.command("complete")
@_facility
@_milestone
@click.option("--on", "period", metavar="PERIOD", help="today, if not given")
@click.option("--as-planned", is_flag=True)
@saying_options
@everywhere
def complete_command(
    facility: str, milestone: str, period: str | None, as_planned: bool, **how: Any
) -> None:
    here = office()
    if period is not None and as_planned:
        raise RefusedError("--on or --as-planned, not both", code="when-twice")
    if as_planned or (period is not None and is_as_planned(period)):
        _complete_as_planned(here, facility, milestone, _said(here, how))
        return
    window = read_period(period or "today", here.today)
    slug, step, new = _aim_or_make(here, facility, milestone)
    statement = Statement(
        slug, step, UpdateKind.ACTUAL, here.today, window, phrase=period or "today"
    )
    checks = [] if period else [_not_twice(here, slug, step)]
    record(here, [statement], _said(here, how), milestones=new, checks=checks)


def _not_twice(here: Workspace, slug: str, step: str | None) -> Callable[[Reader], None]:
    """Another day may be said of what is done, but not by a key pressed twice."""

    def refuse(reader: Reader) -> None:
        for m in reader.milestones_of(slug):
            if m.slug == step and m.standing is Standing.COMPLETED:
                raise RefusedError(
                    f"{m.facility_name} {step} was completed {m.actual}: --on says another day",
                    code="already-done",
                    facility=m.facility_name,
                    milestone=step,
                    period=here.words.period(m.actual),
                )

    return refuse


def _complete_as_planned(here: Workspace, facility: str, milestone: str, how: Said) -> None:
    """Record the plan that is known when it is recorded as what happened."""
    slug, step = aim_at_known(here, facility, milestone)

    def say_it(reader: Reader) -> Sequence[Statement]:
        there = [m for m in reader.milestones_of(slug) if m.slug == step]
        phrase = here.words("ui.as_planned")
        return planned_statements(there, how.reported_on, phrase, here.words)

    record(here, say_it, how, checks=[_not_twice(here, slug, step)])


def _command(kind: UpdateKind) -> click.Command:
    """Return the command of a kind that takes at most a period, a reason and an action."""
    spec = kind.spec

    def record_it(
        facility: str,
        milestone: str | None,
        period: tuple[str, ...] = (),
        reason: str | None = None,
        action: str | None = None,
        **how: Any,
    ) -> None:
        here = office()
        if not spec.field:
            slug, step = aim_at_known(here, facility, milestone)
            statement = Statement(slug, step, kind, here.today, reason=reason)
            record(here, [statement], _said(here, how))
            return
        phrase = " ".join(period)
        window, undated = _window(kind, phrase, here)
        new: tuple[NewMilestone, ...] = ()
        if spec.needs_period:
            slug, step = aim_at_known(here, facility, milestone)
        else:
            slug, step, new = _aim_or_make(here, facility, milestone or "")
        value = {"undated": True} if undated else None
        statement = Statement(
            slug, step, kind, here.today, window, value, phrase, reason=reason, action=action
        )
        record(here, [statement], _said(here, how), milestones=new)

    command = saying_options(everywhere(record_it))
    if spec.field and not spec.needs_period:
        command = click.option("--action", metavar="TEXT")(command)
    command = click.option("--reason", metavar="TEXT", required=spec.needs_reason)(command)
    if spec.field:
        command = click.argument("period", nargs=-1, required=True)(command)
    command = (_milestone if spec.needs_milestone else _any_milestone)(command)
    return click.command(spec.command)(_facility(command))


def _window(kind: UpdateKind, phrase: str, here: Workspace) -> tuple[Period | None, bool]:
    """Read the period that was typed, and whether it says that there is none."""
    from tracker.phrases import is_undated

    if not kind.spec.needs_period and is_undated(phrase):
        return None, True
    return read_period(phrase, here.today), False


@click.command("note")
@_facility
@click.argument("text", nargs=-1, required=True)
@click.option("--milestone", metavar="MILESTONE", shell_complete=complete_milestone)
@saying_options
@everywhere
def note_command(facility: str, text: tuple[str, ...], milestone: str | None, **how: Any) -> None:
    here = office()
    slug, step = aim_at_known(here, facility, milestone)
    statement = Statement(slug, step, UpdateKind.NOTE, here.today, value=" ".join(text))
    record(here, [statement], _said(here, how))


@click.command("progress")
@_facility
@click.option("--planned", metavar="PERCENT")
@click.option("--actual", metavar="PERCENT")
@saying_options
@everywhere
def progress_command(facility: str, planned: str | None, actual: str | None, **how: Any) -> None:
    here = office()
    slug, _ = aim_at_known(here, facility, None)
    if planned is None and actual is None:
        raise RefusedError("give --planned or --actual", code="no-progress")
    value = {"planned": _percent(planned), "actual": _percent(actual)}
    statement = Statement(slug, None, UpdateKind.PROGRESS, here.today, value=value)
    record(here, [statement], _said(here, how))


def _percent(text: str | None) -> float | None:
    """A share as people write it: 45, 45.5, 45%."""
    try:
        return None if text is None else float(text.strip().removesuffix("%"))
    except ValueError:
        raise RefusedError(
            f"“{text}” is no percentage: progress is from 0 to 100", code="bad-progress"
        ) from None


@click.command("confidence")
@_facility
@click.argument("level", metavar="green|amber|red|none")
@click.option("--comment", metavar="TEXT")
@saying_options
@everywhere
def confidence_command(facility: str, level: str, comment: str | None, **how: Any) -> None:
    here = office()
    slug, _ = aim_at_known(here, facility, None)
    value = {"confidence": _grade(level, here), "confidence_note": comment}
    record(here, [Statement(slug, None, UpdateKind.SET, here.today, value=value)], _said(here, how))


def _grade(text: str, here: Workspace) -> str | None:
    """A level by its name or its word: green or 양호; none takes it back."""
    words = {here.words.of("rag", grade): grade for grade in _GRADES}
    words[here.words("none")] = "none"
    grade = words.get(text.strip(), text.strip().lower())
    if grade not in {*_GRADES, "none"}:
        raise RefusedError(
            f"there is no level “{text}”: {', '.join(_GRADES)}",
            code="no-level",
            text=text,
            known=named({g: w for w, g in words.items()}, here.words),
        )
    return None if grade == "none" else grade


@click.command("snooze")
@_facility
@_milestone
@click.argument("until", metavar="DATE")
@click.option("--reason", metavar="TEXT", required=True)
@saying_options
@everywhere
def snooze_command(facility: str, milestone: str, until: str, reason: str, **how: Any) -> None:
    here = office()
    day = parse_day(until, here.today)
    slug, step = aim_at_known(here, facility, milestone)
    value = {"snoozed_until": day.isoformat()}
    statement = Statement(slug, step, UpdateKind.SET, here.today, value=value, reason=reason)
    record(here, [statement], _said(here, how))


_OWN = {
    UpdateKind.ACTUAL: complete_command,
    UpdateKind.PROGRESS: progress_command,
    UpdateKind.NOTE: note_command,
}
COMMANDS = {name: _OWN.get(kind) or _command(kind) for name, kind in commands().items()} | {
    "confidence": confidence_command,
    "snooze": snooze_command,
}
