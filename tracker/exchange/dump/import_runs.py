"""What tables said at their imports, as a part of the JSON document of a whole store."""

from collections.abc import Container, Iterable, Iterator
from datetime import date
from typing import Any

from db.model.text import clean
from db.read.imports import Run, cells_from, nested
from tracker.exchange.dump.checks import Clock, checked_number

__all__ = ["parse_run", "write_runs"]


def write_runs(runs: Iterable[Run]) -> Iterator[dict[str, Any]]:
    """Every import of a table, the oldest first."""
    for run in runs:
        yield {
            "act": run.act,
            "after": run.after,
            "recorded_at": run.recorded_at.isoformat() if run.recorded_at else None,
            "reported_on": run.reported_on.isoformat(),
            "stem": run.stem,
            "header": run.header,
            "cells": nested(run.cells),
        }


def parse_run(item: Any, acts: Container[int], clock: Clock) -> Run:  # noqa: ANN401 - JSON
    """One import of a document whose acts have these numbers.

    Raises:
        KeyError: A field is missing.
        ValueError: A value is none that could have been written.
        FutureError: An instant or a day is not yet.
        TypeError: As ValueError.
    """
    moment = clock.instant(item, "recorded_at")
    day = date.fromisoformat(item["reported_on"])
    clock.check_day("reported_on", day)
    act = None if item["act"] is None else checked_number(item["act"])
    after = checked_number(item["after"])
    for number in (act, after or None):
        if number is not None and number not in acts:
            raise ValueError(f"there is no act {number}")
    stem, header = item["stem"], item["header"]
    if not (isinstance(stem, str) and isinstance(header, str)):
        raise TypeError("a table is described by texts")
    return Run(clean(stem), clean(header), day, cells_from(item["cells"]), act, after, moment)
