"""Commands that fill a store from files and write it out: demo, import, export."""

import os
import sys
from pathlib import Path

import click

from db.errors import RefusedError
from tracker import paths
from tracker.cli.office import office, say
from tracker.cli.options import everywhere

__all__ = ["demo_command", "export_command", "import_command"]


@click.command("demo")
@click.option("--no-tui", is_flag=True)
@everywhere
def demo_command(no_tui: bool) -> None:
    from tracker.exchange.demo import fill_demo

    here = office(default=paths.demo_store())
    filled = fill_demo(here)
    say(here.words("demo.ready", path=here.path))
    if filled.updates:
        say(
            here.words(
                "demo.filled",
                facilities=filled.facilities,
                programmes=filled.programmes,
                updates=filled.updates,
            )
        )
    if no_tui or not sys.stdout.isatty():
        say(here.words("demo.open", path=here.path))
        return
    from tracker.tui import run

    run(here)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True)
@everywhere
def import_command(file: Path, dry_run: bool) -> None:
    from tracker.exchange.importing import import_file

    here = office()
    outcome = import_file(here, file, dry_run=dry_run)
    say(
        here.words(
            "import.result",
            facilities=outcome.facilities,
            milestones=outcome.milestones,
            new=outcome.new,
            same=outcome.same,
        )
    )
    for facility, milestone in outcome.after_completion:
        line = here.words("import.warn_completed", facility=facility, milestone=milestone)
        click.echo(f"tracker: {line}", err=True)
    if dry_run:
        say(here.words("import.dry"))


@click.command("export")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["json", "facts"]))
@everywhere
def export_command(file: Path | None, form: str | None) -> None:
    here = office()
    chosen = form or (file.suffix.removeprefix(".") if file else "json")
    if chosen not in {"json", "facts"}:
        raise RefusedError(
            f"{file}: unknown format: .facts or .json", code="unknown-format", path=str(file)
        )
    with here.reading() as reader:
        if chosen == "json":
            from tracker.exchange.dump import write_dump

            text = write_dump(reader)
        else:
            from tracker.exchange.exporting import facts_of

            text = facts_of(reader)
        updates = reader.log(limit=0)[0]
    if file is None:
        sys.stdout.write(text)
        return
    _write(file, text)
    say(here.words("export.done", path=file, updates=updates))


def _write(file: Path, text: str) -> None:
    """Write all of it or leave the file as it was; readable by the owner only."""
    unfinished = file.with_name(f"{file.name}.part")
    try:
        with os.fdopen(
            os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb"
        ) as f:
            f.write(text.encode())
        unfinished.replace(file)
    except OSError as error:
        raise RefusedError(
            f"cannot write {file}: {error.strerror}",
            code="cannot-write",
            path=str(file),
            why=error.strerror or str(error),
        ) from None
