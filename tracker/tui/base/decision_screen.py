"""A screen on which proposals are decided about, and all that was accepted is one act."""

from collections.abc import Callable
from typing import ClassVar

from textual.widget import Widget

from tracker.tui.base.base_screen import BaseScreen
from tracker.tui.session.store_session import StoreSession
from tracker.tui.session.store_writer import Done
from tracker.tui.widgets.columns import Headings
from tracker.tui.widgets.row_list import RowList

__all__ = ["DecisionScreen"]

_OF_TODAY = {"as_of", "week(-1)", "week(1)"}


class DecisionScreen(BaseScreen):
    """A page that closes when what was decided is in the store."""

    of_today: ClassVar[str]
    """The key of the sentence why no other day can be shown."""

    def __init__(self, session: StoreSession) -> None:
        """Wait for decisions."""
        super().__init__(session)
        self._saving = False

    @property
    def scrolled(self) -> Widget:
        """What scrolls by key while the cursor is in the list."""
        raise NotImplementedError

    def refusal(self, action: str) -> str | None:
        """Refuse other days, beside what every screen refuses."""
        return self.of_today if action in _OF_TODAY else super().refusal(action)

    def on_row_list_measured(self, message: RowList.Measured) -> None:
        """Put the headings over their columns."""
        self.query_one(Headings).show(message.columns)

    def action_scroll(self, step: int) -> None:
        """Scroll by half of what is seen."""
        by = step * max(1, self.scrolled.size.height // 2)
        self.scrolled.scroll_relative(y=by, animate=False)

    def save(self, job: Callable[[], Done | str]) -> None:
        """Write what was decided, once."""
        self._saving = True
        self.post_message(self.Write(job))

    def after_write(self) -> None:
        """Close: what was decided is in the store."""
        if self._saving:
            self._saving = False
            self.dismiss()

    def after_refusal(self) -> None:
        """Stay: nothing was written."""
        self._saving = False

    def action_back(self) -> None:
        """Go back; nothing was changed."""
        self.dismiss()
