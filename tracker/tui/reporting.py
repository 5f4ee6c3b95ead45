"""Saving the weekly report from a screen."""

from datetime import date
from pathlib import Path

from tracker.office import Office
from tracker.saving import write_file

__all__ = ["save_weekly"]


def save_weekly(office: Office, day: date, path: Path) -> None:
    """Write the report of the week up to `day`, in the form that the name of the file asks for.

    Raises:
        RefusedError: The file cannot be written; one that was there is as before.
        StoreError: The store cannot be read.
    """
    from tracker.reports.forms import form_of, rendered  # noqa: PLC0415 - only when it is asked for
    from tracker.reports.reading import read_weekly  # noqa: PLC0415 - the same
    from tracker.reports.sections import document_of  # noqa: PLC0415 - the same
    from tracker.reports.weeks import Week  # noqa: PLC0415 - the same

    with office.reading() as reader:
        report = read_weekly(reader, Week.of(day), day, office.config.limits, None)
    data = rendered(document_of(report, office.words), form_of(path))
    write_file(path, data)
