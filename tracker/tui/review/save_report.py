"""Saving the weekly report from a screen."""

from datetime import date
from pathlib import Path

from tracker.app.atomic_write import write_file
from tracker.app.workspace import Workspace

__all__ = ["save_weekly"]


def save_weekly(workspace: Workspace, day: date, path: Path) -> None:
    """Write the report of the week up to `day`, in the form that the name of the file asks for.

    Raises:
        RefusedError: The file cannot be written; one that was there is as before.
        StoreError: The store cannot be read.
    """
    from tracker.reports.compile import read_weekly
    from tracker.reports.forms import form_of, rendered
    from tracker.reports.sections import document_of
    from tracker.reports.weeks import Week

    with workspace.reading() as reader:
        report = read_weekly(reader, Week.of(day), day, workspace.config.limits, None)
    data = rendered(document_of(report, workspace.words), form_of(path))
    write_file(path, data)
