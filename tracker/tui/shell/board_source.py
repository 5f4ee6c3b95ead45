"""What the screens show: the store as it is now, or as of another day."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from textual.app import App

from db.model.errors import TrackerError
from tracker.domain.board import Board
from tracker.tui.base.base_screen import BaseScreen
from tracker.tui.session.as_of_loader import AsOfLoader, Level, ReadDay
from tracker.tui.session.store_session import StoreSession
from tracker.tui.session.undo_offer import UndoOffer
from tracker.tui.widgets.banner import StatusMessage

if TYPE_CHECKING:
    from tracker.tui.welcome.welcome import WelcomeScreen

__all__ = ["BoardSource"]

_UNSEEN = 0.5  # seconds in which nobody has seen that another screen has come up
_SOON = 0.3  # seconds of reading another day between two messages that say so


class BoardSource:
    """Keeps the screens of `app` up to date with what `session` reads."""

    def __init__(self, app: App[None], session: StoreSession) -> None:
        """Show what `session` reads."""
        self._app = app
        self._session = session
        self._words = session.words
        self._welcome: WelcomeScreen | None = None
        self._welcome_waits = False

    def screens(self) -> Iterator[BaseScreen]:
        """Yield the pages over the view that is shown, the topmost first, and the view."""
        for screen in reversed(self._app.screen_stack):
            if isinstance(screen, BaseScreen):
                yield screen
                if screen.view:
                    return

    def tell(
        self, text: str, *, hint: str = "", wrong: bool = False, offer: UndoOffer | None = None
    ) -> None:
        """Show a message in the status line of the topmost screen that has one."""
        for screen in reversed(self._app.screen_stack):
            if isinstance(screen, StatusMessage):
                screen.tell(text, hint=hint, wrong=wrong, offer=offer)
                return

    def tell_error(self, error: TrackerError) -> None:
        """Show why something failed."""
        self.tell(self._words.error(error), wrong=True)

    # -- as it is now ----------------------------------------------------------------------------

    def changed(self) -> None:
        """Show what the store says since it was written; another day is reread first."""
        if self._session.as_of is not None:
            self._load(self._session.as_of)
        else:
            self.reload()

    def reload(self) -> None:
        """Have every screen show what the store says now."""
        for screen in self.screens():
            screen.reload()
        self.welcome_or_not()

    def welcome_if_waiting(self) -> None:
        """Show how to begin where a form was in the way before."""
        if self._welcome_waits:
            self.welcome_or_not()

    def welcome_or_not(self, pause: float | None = None) -> None:
        """Show how to begin where the store is empty, over no form and for no key typed yet."""
        try:
            empty = self._session.empty()
        except TrackerError as error:
            self.tell_error(error)
            return
        app = self._app
        here = self._welcome in app.screen_stack
        self._welcome_waits = empty and not here and app.screen.is_modal
        if empty and not here and not self._welcome_waits:
            from tracker.tui.welcome.welcome import WelcomeScreen

            self._welcome = WelcomeScreen(self._session, _UNSEEN if pause is None else pause)
            app.push_screen(self._welcome)
        elif not empty and here and self._welcome is app.screen:
            app.pop_screen()

    # -- as of another day -----------------------------------------------------------------------

    def look_at(self, day: date | None) -> None:
        """Show the board of another day in every view; today's at once."""
        if day is not None:
            self._load(day)
            return
        try:
            self._session.look_at_today()
        except TrackerError as error:
            self.tell_error(error)
            return
        self._show_day()

    def _show_read(self, loader: AsOfLoader, read: ReadDay) -> None:
        """Show a day, or its first page, unless yet another day is asked for by now."""
        try:
            taken = self._session.take(loader, read)
        except TrackerError as error:
            self.tell_error(error)
            return
        if taken:
            self._show_day()

    def _show_counts(self, loader: AsOfLoader, board: Board) -> None:
        """Show the counts of a day, unless another day is asked for by now."""
        if self._session.reading is loader and self._session.as_of == board.as_of:
            for screen in self.screens():
                screen.show_counts(board)

    def _show_failure(self, loader: AsOfLoader, error: TrackerError) -> None:
        """Show why a day was not read; what is shown stays."""
        if self._session.reading is loader:
            self._session.cancel()
            self.tell_error(error)

    def _show_day(self) -> None:
        for screen in self.screens():
            screen.tell("")
        self.reload()

    def _load(self, day: date) -> None:
        """Read another day in a thread, so far as the screens that are shown need it."""
        level = max(Level.LISTS, *(screen.required_level for screen in self.screens()))
        loader = self._session.begin(day, level)
        if loader is not None:
            self._app.run_worker(lambda: self._read(loader), thread=True, group="past")
            self._app.set_timer(_SOON, lambda: self._tell_reading(loader))

    def _read(self, loader: AsOfLoader) -> None:
        later = self._app.call_later
        try:
            loader.read(
                lambda read: later(self._show_read, loader, read),
                lambda board: later(self._show_counts, loader, board),
            )
        except TrackerError as error:
            later(self._show_failure, loader, error)

    def _tell_reading(self, loader: AsOfLoader, before: str = "") -> None:
        if self._session.reading is loader:
            share = f"{loader.share:.0%}" if loader.share else ""
            text = self._words("ui.reading_day", day=loader.day, share=share).strip()
            for screen in self.screens():
                screen.tell_reading(text, before)
            self._app.set_timer(_SOON, lambda: self._tell_reading(loader, text))
