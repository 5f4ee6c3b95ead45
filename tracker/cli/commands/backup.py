"""Commands that keep the store safe: backup, restore, doctor."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from db.model.errors import StoreError
from db.model.records import Act, Update
from db.read.reader import Filter, Reader
from tracker.app import clock
from tracker.app.workspace import Workspace
from tracker.cli.args.options import everywhere
from tracker.cli.args.workspace_options import office
from tracker.cli.output.streams import RUN, Exit, complain, say

if TYPE_CHECKING:
    from db.upkeep.doctor import Damage
    from db.upkeep.restore import Comparison

__all__ = ["backup_command", "doctor_command", "restore_command"]


@click.command("backup")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@everywhere
def backup_command(file: Path | None) -> None:
    from db.upkeep.backup import back_up, back_up_beside

    here = office()
    busy_ms = here.config.busy_ms
    if file is None:
        file, size = back_up_beside(here.path, f".{clock.now():%Y%m%dT%H%M%S}", busy_ms=busy_ms)
    else:
        size = back_up(here.path, file, busy_ms=busy_ms)
    RUN.done()
    say(here.words("backup.done", path=file, size=size))


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True)
@everywhere
def restore_command(file: Path, yes: bool) -> None:
    from db.upkeep.restore import compare, restore

    here = office()
    busy_ms = here.config.busy_ms
    if not yes:
        _say_what_would_change(here, file, compare(here.path, file, busy_ms=busy_ms))
        return
    aside = restore(here.path, file, busy_ms=busy_ms)
    RUN.done()
    if aside is None:
        say(here.words("restore.done_alone", path=here.path))
        return
    say(here.words("restore.done", aside=aside))
    _say_what_was_taken(here, aside, file)


_LISTED = 20


def _say_what_would_change(here: Workspace, file: Path, c: "Comparison") -> None:
    words = here.words
    say(
        words(
            "restore.would",
            path=file,
            backup=c.updates,
            backup_day=words.day(c.newest),
            store=c.updates_now,
            store_day=words.day(c.newest_now),
        )
    )
    if c.lost is None:
        say(words("restore.unreadable"))
    elif c.lost:
        say(words("restore.lost", number=len(c.lost)))
    else:
        say(words("restore.lost_none"))
    _list_lost(here, c.lost or (), len(c.lost or ()))
    if c.gained:
        say(words("restore.gained", number=c.gained))
    say(words("restore.how"))


def _say_what_was_taken(here: Workspace, aside: Path, backup: Path) -> None:
    """Say what the copy of the store as it was holds that the store does not any more."""
    from db.upkeep.restore import lost_acts

    try:
        number, first = lost_acts(aside, backup, busy_ms=here.config.busy_ms, most=_LISTED)
    except StoreError:  # the restore is done, whatever can be said of it
        say(here.words("restore.unreadable"))
        return
    if number:
        say(here.words("restore.taken", number=number))
        _list_lost(here, first, number)


def _list_lost(here: Workspace, lost: Sequence[tuple[Act, Sequence[Update]]], number: int) -> None:
    from tracker.acts.act_messages import said

    words = here.words
    for act, updates in lost[:_LISTED]:
        at = f"{act.recorded_at:%Y-%m-%d %H:%M}Z"
        first = "; ".join(f"{_path(u)} {said(u, words)}" for u in updates[:3])
        what = first + (f" (+{len(updates) - 3:,})" if len(updates) > 3 else "")  # noqa: PLR2004 - as many as fit a line
        say(words("restore.lost_one", at=at, by=act.by or "–", what=what))
    if number > _LISTED:
        say(words("restore.lost_more", number=number - _LISTED))


def _path(update: Update) -> str:
    return update.facility + (f"/{update.milestone}" if update.milestone else "")


@click.command("doctor")
@click.option("--repair", is_flag=True)
@everywhere
def doctor_command(repair: bool) -> Exit:
    here = office()
    damage, report = _examined(here)
    if damage and repair and all(d.repairable for d in damage):
        with here.writing() as store:
            store.refold()
        RUN.done()
        say(here.words("doctor.repaired"))
        damage, report = _examined(here)
    for d in damage:
        what = here.words.of("doctor.ailment", d.ailment.value, what=d.what)
        complain(here.words("doctor.damage", what=what, repair=_repair(here, d)))
    for line in report:
        say(line)
    return Exit.UNREADABLE if damage else Exit.DONE


def _examined(here: Workspace) -> tuple[list["Damage"], list[str]]:
    """What is damaged, and if nothing is, what there is to report, in words."""
    from db.upkeep.doctor import examining

    with examining(here.path, busy_ms=here.config.busy_ms) as (reader, damage):
        if damage:
            return damage, []
        lines = [
            here.words("doctor.report", what=what, how=how)
            for what, how in _worth_a_look(here, reader)
        ]
        updates = reader.log(limit=0)[0]
    return damage, [*lines, here.words("doctor.whole", updates=updates)]


def _repair(here: Workspace, damage: "Damage") -> str:
    """The command that mends it: the updates say what is right, or else a backup does."""
    if damage.repairable:
        return "tracker doctor --repair"
    from db.upkeep.backup import backups_of

    newest = next(iter(backups_of(here.path)), None)
    return f"tracker restore {newest or here.words('doctor.no_backup')}"


def _worth_a_look(here: Workspace, reader: Reader) -> Iterator[tuple[str, str]]:
    """What is no damage but seldom meant, and the command that begins to mend it."""
    for m in reader.milestones(here.today, here.config.limits.due_soon, Filter()):
        for wrong, kind, how in (
            (m.breach, "order", f"tracker show {m.facility}"),
            (m.contradicted, "contradiction", f"tracker log {m.facility}, tracker retract"),
        ):
            if wrong:
                yield f"{m.facility}/{m.slug}: {here.words.of('alert.type', kind)}", how
    for path in (here.path, *here.path.parent.glob("backups/*.bak")):
        if _is_open_to_others(path):
            yield here.words("doctor.open_to_others", path=path), f"chmod 600 {path}"


def _is_open_to_others(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & 0o077)
    except OSError:  # a backup that another process has dropped meanwhile
        return False
