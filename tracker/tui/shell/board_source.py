"""What the screens show: the store as it is now, or as of another day."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message

from db.model.errors import TrackerError
from tracker.domain.board import Board
from tracker.tui.base.base_screen import BaseScreen
from tracker.tui.session.as_of_loader import AsOfLoader, Level, ReadDay
from tracker.tui.session.store_session import StoreSession
from tracker.tui.shell.palette import PaletteCommands

if TYPE_CHECKING:
    from tracker.tui.welcome.welcome import WelcomeScreen

__all__ = ["BoardSource"]

_UNSEEN = 0.5  # seconds in which nobody has seen that another screen has come up
_SOON = 0.3  # seconds of reading another day after which it is said, and said again


class BoardSource(PaletteCommands, inherit_bindings=False):
    """An app whose screens show what `session` reads."""

    @dataclass
    class DayRead(Message):
        """Another day was read, or its first page."""

        reading: AsOfLoader
        read: ReadDay

    @dataclass
    class DayCounted(Message):
        """It is known how much there was on a day whose first page is shown."""

        reading: AsOfLoader
        board: Board

    @dataclass
    class DayUnread(Message):
        """Another day could not be read."""

        reading: AsOfLoader
        error: TrackerError

    def __init__(self, session: StoreSession) -> None:
        """Show what `session` reads."""
        super().__init__()
        self.session = session
        self.words = session.words
        self._welcome: WelcomeScreen | None = None
        self._welcome_waits = False

    # -- as it is now ----------------------------------------------------------------------------

    def _changed(self) -> None:
        """Show what the store says since it was written; another day is reread first."""
        if self.session.as_of is not None:
            self._look_at(self.session.as_of)
        else:
            self._renew()

    def _renew(self) -> None:
        """Have every screen show what the store says now."""
        for screen in self._base_screens():
            screen.reload()
        self._welcome_or_not()

    def _welcome_or_not(self, pause: float | None = None) -> None:
        """Show how to begin where there is nothing, but over no form and for no key typed yet."""
        try:
            empty = self.session.empty()
        except TrackerError as error:
            self._tell(self.words.error(error), wrong=True)
            return
        here = self._welcome in self.screen_stack
        self._welcome_waits = empty and not here and self.screen.is_modal
        if empty and not here and not self._welcome_waits:
            from tracker.tui.welcome.welcome import WelcomeScreen

            self._welcome = WelcomeScreen(self.session, _UNSEEN if pause is None else pause)
            self.push_screen(self._welcome)
        elif not empty and here and self._welcome is self.screen:
            self.pop_screen()

    # -- as of another day -----------------------------------------------------------------------

    def on_base_screen_look_at(self, message: BaseScreen.LookAt) -> None:
        """Show the board of another day in every view; today's at once."""
        if message.day is not None:
            self._look_at(message.day)
            return
        try:
            self.session.look_at_today()
        except TrackerError as error:
            self._tell(self.words.error(error), wrong=True)
            return
        self._say_no_more()
        self._renew()

    def _look_at(self, day: date) -> None:
        """Have another day read, so far as the screens that are shown need it."""
        level = max(Level.LISTS, *(frame.required_level for frame in self._base_screens()))
        reading = self.session.begin(day, level)
        if reading is not None:
            self._read_day(reading)
            self.set_timer(_SOON, lambda: self._tell_reading(reading))

    @work(thread=True, group="past")
    def _read_day(self, reading: AsOfLoader) -> None:
        try:
            reading.read(
                lambda read: self.post_message(self.DayRead(reading, read)),
                lambda board: self.post_message(self.DayCounted(reading, board)),
            )
        except TrackerError as error:
            self.post_message(self.DayUnread(reading, error))

    def _tell_reading(self, reading: AsOfLoader, before: str = "") -> None:
        if self.session.reading is reading:
            share = f"{reading.share:.0%}" if reading.share else ""
            text = self.words("ui.reading_day", day=reading.day, share=share).strip()
            for frame in self._base_screens():
                frame.tell_reading(text, before)
            self.set_timer(_SOON, lambda: self._tell_reading(reading, text))

    def on_board_source_day_read(self, message: DayRead) -> None:
        """Show it, or so much of it, unless yet another day is wanted by now."""
        try:
            taken = self.session.take(message.reading, message.read)
        except TrackerError as error:
            self._tell(self.words.error(error), wrong=True)
            return
        if taken:
            self._say_no_more()
            self._renew()

    def on_board_source_day_counted(self, message: DayCounted) -> None:
        """Show how much there was, unless another day is wanted by now."""
        if self.session.reading is message.reading and self.session.as_of == message.board.as_of:
            for frame in self._base_screens():
                frame.show_counts(message.board)

    def on_board_source_day_unread(self, message: DayUnread) -> None:
        """Say why; what is shown stays."""
        if self.session.reading is message.reading:
            self.session.cancel()
            self._tell(self.words.error(message.error), wrong=True)

    def _say_no_more(self) -> None:
        for frame in self._base_screens():
            frame.tell("")
