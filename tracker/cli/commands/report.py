"""The command that makes reports: report weekly."""

import sys
from datetime import date
from pathlib import Path

import click

from db.model.errors import RefusedError
from tracker.app.atomic_write import write_file
from tracker.app.workspace import Workspace
from tracker.cli.args.options import as_of_options, everywhere, parse_day, parse_instant
from tracker.cli.args.workspace_options import office
from tracker.cli.output.progress_bar import STANDARD_OUTPUT, at_work, pour
from tracker.cli.output.streams import RUN, say
from tracker.reports.forms import FORMS, form_of, rendered
from tracker.reports.weeks import Week

__all__ = ["report_command"]


@click.group("report")
@everywhere
def report_command() -> None:
    pass


@report_command.command("weekly")
@click.option("--week", metavar="WEEK")
@click.option("--format", "form", type=click.Choice(list(FORMS)))
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path))
@as_of_options
@everywhere
def weekly_command(
    week: str | None,
    form: str | None,
    out: Path | None,
    as_of: str | None,
    known_at: str | None,
) -> None:
    from tracker.reports.compile import read_weekly
    from tracker.reports.sections import document_of

    here = office()
    out = None if out == STANDARD_OUTPUT else out
    chosen, day = _which(here, week, as_of)
    form = form or form_of(out)
    if form == "xlsx" and out is None and sys.stdout.isatty():
        raise RefusedError("xlsx cannot be shown on a screen", code="needs-file", form=form)
    instant = parse_instant(known_at) if known_at else None
    with at_work(here.words, "report.at_work"), here.reading() as reader:
        report = read_weekly(reader, chosen, day, here.config.limits, instant)
    parts = rendered(document_of(report, here.words), form)
    if out is not None:
        write_file(out, parts)
        RUN.done()
        say(here.words("report.written", path=out))
    elif form == "text":
        say(b"".join(parts).decode().removesuffix("\n"))
    else:
        pour(parts)


def _which(here: Workspace, week: str | None, as_of: str | None) -> tuple[Week, date]:
    """The week, and its last day: Sunday, today, or the day that was asked for."""
    day = parse_day(as_of, here.today) if as_of else None
    chosen = Week.parse(week) if week else Week.of(day or here.today)
    if chosen.monday > here.today:
        raise RefusedError(f"{chosen} has not begun yet", code="week-ahead", week=str(chosen))
    if day is not None and day not in chosen:
        raise RefusedError(
            f"{day} is not in {chosen}", code="not-in-week", day=day.isoformat(), week=str(chosen)
        )
    return chosen, day or min(chosen.sunday, here.today)
