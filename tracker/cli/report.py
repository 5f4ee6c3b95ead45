"""The command that makes reports: report weekly."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from db.errors import RefusedError
from tracker.cli.office import office, say
from tracker.cli.options import as_of_options, everywhere, parse_day, parse_instant
from tracker.cli.output import at_work, write_file
from tracker.office import Office
from tracker.reports.weeks import Week

if TYPE_CHECKING:
    from tracker.reports.sections import Document

__all__ = ["report_command"]

_FORMATS = {"text": ".txt", "md": ".md", "html": ".html", "xlsx": ".xlsx"}


@click.group("report")
@everywhere
def report_command() -> None:
    pass


@report_command.command("weekly")
@click.option("--week", metavar="WEEK")
@click.option("--format", "form", type=click.Choice(list(_FORMATS)))
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
    from tracker.reports.weekly import read_weekly

    here = office()
    chosen, day = _which(here, week, as_of)
    form = form or _by_suffix(out)
    if form == "xlsx" and out is None and sys.stdout.isatty():
        raise RefusedError("xlsx cannot be shown on a screen", code="needs-file", form=form)
    instant = parse_instant(known_at) if known_at else None
    with at_work(here.words("report.at_work")), here.reading() as reader:
        report = read_weekly(reader, chosen, day, here.config.limits, instant)
        from tracker.reports.sections import document_of

        data = _rendered(document_of(report, here.words), form)
    if out is not None:
        write_file(out, data)
        say(here.words("report.written", path=out))
    elif form == "xlsx":
        sys.stdout.buffer.write(data)
    else:
        sys.stdout.write(data.decode())


def _which(here: Office, week: str | None, as_of: str | None) -> tuple[Week, date]:
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


def _by_suffix(out: Path | None) -> str:
    suffix = out.suffix.lower() if out else ".txt"
    return next((form for form, ending in _FORMATS.items() if ending == suffix), "text")


def _rendered(document: "Document", form: str) -> bytes:
    if form == "xlsx":
        from tracker.reports.as_xlsx import as_xlsx

        return as_xlsx(document)
    if form == "html":
        from tracker.reports.as_html import as_html

        return as_html(document).encode()
    if form == "md":
        from tracker.reports.as_markdown import as_markdown

        return as_markdown(document).encode()
    from tracker.reports.as_text import as_text

    return as_text(document).encode()
