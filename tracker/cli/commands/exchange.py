"""Commands that fill a store from files and write it out: demo, import, export."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from db.model.errors import RefusedError, StoreError
from db.read.reader import Reader
from tracker.app import paths
from tracker.app.atomic_write import write_file
from tracker.app.workspace import Workspace
from tracker.cli.args.options import everywhere, said
from tracker.cli.args.workspace_options import office, open_screen
from tracker.cli.output.progress_bar import STANDARD_OUTPUT, at_work, bar_unless_shown, pour
from tracker.cli.output.streams import RUN, complain, say
from tracker.exchange.export_file import Exported

if TYPE_CHECKING:
    from tracker.exchange.imports.outcome import Outcome

FORMATS = ("json", "facts", "csv", "xlsx", "ics")
_OF_TABLES = ("hidden", "take", "past", "skip_unread", "unread_as_note")
"""Options of an import that decide about cells."""

__all__ = ["demo_command", "export_command", "import_command"]


@click.command("demo")
@click.option("--no-tui", is_flag=True)
@everywhere
def demo_command(no_tui: bool) -> None:
    from tracker.exchange.imports.importing import fill_demo

    here = office(default=paths.demo_store())
    filled = fill_demo(here)
    RUN.done()
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
    open_screen(here)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True)
@click.option("--reported", metavar="DATE")
@click.option("--source", metavar="TEXT")
@click.option("--hidden", is_flag=True)
@click.option("--take", type=click.Choice(["sheet", "board"]))
@click.option("--past", type=click.Choice(["open", "as-planned", "skip"]), default="open")
@click.option("--skip-unread", is_flag=True)
@click.option("--unread-as-note", is_flag=True)
@click.option("--all", "whole", is_flag=True)
@click.option("--by", metavar="NAME")
@everywhere
def import_command(
    file: Path,
    dry_run: bool,
    reported: str | None,
    source: str | None,
    hidden: bool,
    take: str | None,
    past: str,
    skip_unread: bool,
    unread_as_note: bool,
    whole: bool,
    by: str | None,
) -> None:
    from tracker.cli.output.import_outcome import (
        done_lines,
        doubtful_lines,
        how_to_settle,
        outcome_lines,
        preview_lines,
        warning_lines,
    )
    from tracker.exchange.diff.choices import Choices, Past, Unread
    from tracker.exchange.imports.importing import import_file
    from tracker.exchange.tables.claims import Take

    _refuse_options_of_tables(file)
    here = office().written_by(by)
    told = said(here.today, None, reported, source, None, (), None)
    unread = Unread.NOTE if unread_as_note else Unread.SKIP if skip_unread else Unread.REFUSE
    with at_work(here.words, "import.at_work", path=file.name):
        outcome = import_file(
            here,
            file,
            dry_run=dry_run,
            reported=told.reported_on,
            source=told.source,
            hidden=hidden,
            choices=Choices(Past(past), unread, Take(take) if take else None),
        )
    if dry_run:
        for line in preview_lines(outcome, here.words, *([None] if whole else [])):
            say(line)
        for line in (outcome.told(here.words), *outcome_lines(outcome, here.words)):
            say(line)
        for line in (*doubtful_lines(outcome, here.words), *how_to_settle(outcome, here.words)):
            complain(line)
        say(here.words("import.dry"))
        return
    RUN.done()
    left_out = _list_left_out(here, file, outcome)
    lines = done_lines(outcome, left_out, here.words)
    for line in (*lines, *outcome_lines(outcome, here.words)):
        say(line)
    for line in warning_lines(outcome, here.words):
        complain(line)


def _refuse_options_of_tables(file: Path) -> None:
    """Refuse to pass over in silence what was asked of a file that has no cells.

    Raises:
        RefusedError: An option was given that decides about cells.
    """
    from tracker.exchange.imports.importing import WITHOUT_CELLS

    context = click.get_current_context()
    given = [
        max(option.opts, key=len)
        for option in context.command.params
        if option.name in _OF_TABLES
        and context.get_parameter_source(option.name) is ParameterSource.COMMANDLINE
    ]
    if given and file.suffix.lower() in WITHOUT_CELLS:
        names = ", ".join(given)
        raise RefusedError(
            f"{file}: {names} is for spreadsheets",
            code="option-of-tables",
            path=str(file),
            names=names,
        )


def _list_left_out(here: Workspace, file: Path, outcome: "Outcome") -> Path | None:
    """List the cells that were left out, beside the file or the store, else on standard error."""
    if not outcome.left_out:
        return None
    from tracker.exchange.diff.left_out import list_left_out

    try:
        return list_left_out(outcome.left_out, (file, here.path), here.words)
    except StoreError as error:
        complain(here.words.error(error))
        for fault in outcome.left_out:
            complain(fault.said(here.words))
    return None


def exported(reader: Reader, here: Workspace, form: str) -> Exported:
    """Everything in one of `FORMATS`."""
    if form == "json":
        from tracker.exchange.dump.write import write_dump

        return write_dump(reader)
    if form == "facts":
        from tracker.exchange.facts.export import facts_of

        return facts_of(reader)
    if form == "ics":
        from tracker.exchange.calendar.ics import ics_of

        return ics_of(reader, here.words)
    from tracker.exchange.milestone_table.write import csv_of, xlsx_of

    day, limits = here.today, here.config.limits
    return (csv_of if form == "csv" else xlsx_of)(reader, day, limits, here.words)


@click.command("export")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS))
@everywhere
def export_command(file: Path | None, form: str | None) -> None:
    here = office()
    file = None if file == STANDARD_OUTPUT else file
    chosen = form or (file.suffix.removeprefix(".").lower() if file else "json")
    if chosen not in FORMATS:
        raise RefusedError(
            f"{file}: unknown format: {', '.join(FORMATS)}", code="unknown-format", path=str(file)
        )
    if file is None and chosen == "xlsx" and sys.stdout.isatty():
        raise RefusedError("name a file for xlsx", code="needs-file", form=chosen)
    with bar_unless_shown(here.words, "export.at_work", file), here.reading() as reader:
        made = exported(reader, here, chosen)
        if file is None:
            pour(made.parts)
            return
        write_file(file, made.parts)
    RUN.done()
    say(here.words("export.done", path=file, what=made.told(here.words)))
