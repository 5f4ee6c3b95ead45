"""Saving the weekly report from a screen."""

import os
from datetime import date
from pathlib import Path

from db.errors import RefusedError
from tracker.office import Office

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
    _write(path, data)


def _write(path: Path, data: bytes) -> None:
    """Write all of it or leave the file as it was; readable by the owner only."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with os.fdopen(
            os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb"
        ) as file:
            file.write(data)
        unfinished.replace(path)
    except OSError as error:
        raise RefusedError(
            f"cannot write {path}: {error.strerror}",
            code="cannot-write",
            path=str(path),
            why=error.strerror or str(error),
        ) from None
