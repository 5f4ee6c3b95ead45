"""Lists of milestones: the board's, and the one inside the page of a facility."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from db.model.records import Standing
from tracker.domain.board import Row
from tracker.tui.lists.milestone_columns import columns_for, step_columns
from tracker.tui.widgets.columns import Column
from tracker.tui.widgets.row_list import Fetch, RowList

__all__ = ["MilestoneList", "StepList"]

_CLOSED = {Standing.COMPLETED, Standing.PASSED, Standing.CANCELLED}


class MilestoneList(RowList[Row]):
    """Milestones of many facilities."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def columns(self, width: int) -> list[Column[Row]]:
        """The columns that fit."""
        return columns_for(width, self._words)

    def key(self, row: Row) -> tuple[str, str]:
        """Facility and milestone."""
        return row.milestone.facility, row.milestone.slug

    def tone(self, row: Row) -> str:
        """What is over is quieter."""
        return "muted" if row.milestone.standing in _CLOSED else ""


class StepList(MilestoneList):
    """The milestones of one facility, as high as they are many, inside a page that scrolls."""

    @dataclass
    class Passed(Message):
        """A move went past an end of the list, so the page is to move instead."""

        action: str

    def columns(self, width: int) -> list[Column[Row]]:
        """The columns that fit, none of which names the facility."""
        return step_columns(width, self._words)

    def show(self, total: int, fetch: Fetch[Row], *, cursor: int, empty: str) -> None:
        """Show all rows; see `RowList.show`."""
        self.styles.height = max(1, total)
        super().show(total, fetch, cursor=cursor, empty=empty)

    def action_move(self, step: int) -> None:
        """Move the cursor, or the page beyond the list."""
        scrolled_past = step < 0 and self.region.y + self.cursor < self.container_viewport.y
        if 0 <= self.cursor + step < self._total and not scrolled_past:
            super().action_move(step)
        else:
            self.post_message(self.Passed("down" if step > 0 else "up"))

    def action_page(self, step: int) -> None:
        """Move the page."""
        self.post_message(self.Passed("page_down" if step > 0 else "page_up"))

    def action_first(self) -> None:
        """Move to the top of the page."""
        self.cursor = 0
        self.post_message(self.Passed("home"))

    def action_last(self) -> None:
        """Move to the end of the page."""
        self.post_message(self.Passed("end"))
