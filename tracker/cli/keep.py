"""Commands that keep the store safe: backup, restore, doctor."""

from pathlib import Path

import click

from db.reader import Filter
from tracker import clock
from tracker.cli.main import DONE, UNREADABLE, complain
from tracker.cli.office import office, say
from tracker.cli.options import everywhere

__all__ = ["backup_command", "doctor_command", "restore_command"]


@click.command("backup")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@everywhere
def backup_command(file: Path | None) -> None:
    from db.keep import back_up

    here = office()
    target = file or here.path.with_name(f"{here.path.name}.{clock.now():%Y%m%dT%H%M%S}.bak")
    size = back_up(here.path, target, busy_ms=here.config.busy_ms)
    say(here.words("backup.done", path=target, size=size))


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True)
@everywhere
def restore_command(file: Path, yes: bool) -> None:
    from db.keep import count_updates, restore

    here = office()
    busy_ms = here.config.busy_ms
    held = count_updates(file, busy_ms=busy_ms)
    if not yes:
        now = count_updates(here.path, busy_ms=busy_ms) if here.exists else 0
        say(here.words("restore.would", path=file, backup=held, store=now))
        return
    aside = restore(here.path, file, now=clock.now(), busy_ms=busy_ms)
    say(here.words("restore.done", aside=aside or "–"))


@click.command("doctor")
@click.option("--repair", is_flag=True)
@everywhere
def doctor_command(repair: bool) -> int:
    from db.keep import examine

    here = office()
    damage = examine(here.path, busy_ms=here.config.busy_ms)
    if damage and repair and not any(d.startswith(("integrity", "orphan")) for d in damage):
        with here.writing() as store:
            store.refold()
        say(here.words("doctor.repaired"))
        damage = examine(here.path, busy_ms=here.config.busy_ms)
    for what in damage:
        complain(here.words("doctor.damage", what=what))
    if damage:
        return UNREADABLE
    with here.reading() as reader:
        updates = reader.log(limit=0)[0]
        for m in reader.milestones(here.today, here.config.limits.due_soon, Filter()):
            for wrong, kind in ((m.breach, "order"), (m.contradicted, "contradiction")):
                if wrong:
                    what = f"{m.facility}/{m.slug}: {here.words(f'alert.type.{kind}')}"
                    say(here.words("doctor.report", what=what))
    say(here.words("doctor.whole", updates=updates))
    return DONE
