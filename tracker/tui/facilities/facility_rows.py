"""A list of facilities, drawn line by line."""

from collections.abc import Sequence

from db.model.records import State
from tracker.domain.board import FacilityLine
from tracker.tui.facilities.facility_columns import facility_columns
from tracker.tui.widgets.columns import Column
from tracker.tui.widgets.row_list import RowList
from tracker.words import Words

__all__ = ["FacilityRows"]

_CLOSED = {State.COMPLETED, State.PASSED, State.CANCELLED}


class FacilityRows(RowList[FacilityLine]):
    """Facilities and programmes; their columns can be chosen."""

    def __init__(self, words: Words, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(words, id)
        self._chosen: Sequence[str] = ()

    @property
    def shown_columns(self) -> Sequence[Column[FacilityLine]]:
        """The columns that are shown now."""
        return self._columns

    def choose(self, columns: Sequence[str]) -> None:
        """Show these columns, or without any the most telling ones that fit."""
        self._chosen = columns
        if self.is_mounted:
            self.measure()

    def columns(self, width: int) -> list[Column[FacilityLine]]:
        """The columns that fit."""
        return facility_columns(width, self._words, self._chosen)

    def key(self, row: FacilityLine) -> str:
        """The slug."""
        return row.summary.facility.slug

    def tone(self, row: FacilityLine) -> str:
        """What is over is quieter."""
        return "muted" if row.summary.state in _CLOSED else ""
