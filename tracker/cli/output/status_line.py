"""The office in one short line, for a shell prompt or the status bar of tmux."""

from datetime import date

from db.model.records import State
from db.read.reader import Filter, Reader
from tracker.app.workspace import Workspace
from tracker.words import GLYPHS

__all__ = ["status_line"]

_SHOWN = (State.OVERDUE, State.DUE_SOON)


def status_line(reader: Reader, day: date, here: Workspace) -> str:
    """`● 32 ◐ 1 → D-9 고운삼봉도서관 준공`: overdue, due soon, and what is due next."""
    counts = reader.counts(day, here.config.limits.due_soon, Filter())
    parts = [f"{GLYPHS[state]} {counts[state]:,}" for state in _SHOWN if counts[state]]
    for m in reader.next_deadlines(day, 1):
        if m.forecast and m.forecast.latest:
            d_day = here.words.d_day((day - m.forecast.latest).days)
            step = here.words.milestone(m.kind, m.title)
            parts.append(f"→ {d_day} {m.facility_name} {step}")
    return " ".join(parts) or here.words("line.none")
