"""The application: the day, the keys, the writes, and the one signal after each."""

import gc
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from db.errors import TrackerError
from tracker.board import Board
from tracker.office import Office
from tracker.paths import keymap_file, state_file
from tracker.tui.desk import Desk
from tracker.tui.frame import Frame
from tracker.tui.keys import latin_of
from tracker.tui.least import LEAST
from tracker.tui.offering import Offering
from tracker.tui.past import Level, PastReading, ReadDay
from tracker.tui.reading import ReadPeriod, read_phrase
from tracker.tui.sheet import Sheet
from tracker.tui.themes import CONTRAST
from tracker.tui.toml import read_state
from tracker.tui.views import view_of

if TYPE_CHECKING:
    from tracker.announcing import Announcement
    from tracker.tui.form import Form
    from tracker.tui.keymap import Keymap
    from tracker.tui.welcome import WelcomeScreen

__all__ = ["TrackerApp"]

_POLL = 1.0  # seconds between looks at the store and at the clock
_PAUSE = 1.0  # seconds without a key after which there is time to tidy up
_SOON = 0.3  # seconds of reading another day after which it is said, and said again
_LITTER, _MOST_LITTER = 2_000, 20_000  # objects made since the last collection


class TrackerApp(Offering, inherit_bindings=False):
    """The screens of one office.

    Where the window is narrower than 60 cells or lower than 15, one line says so.
    """

    CSS_PATH: ClassVar = ["app.tcss", "listing.tcss"]  # read once; the first screen needs both
    TITLE = "tracker"
    ENABLE_COMMAND_PALETTE = False
    # Textual's own annotation of these two is not read as a class variable.
    HORIZONTAL_BREAKPOINTS: ClassVar = [(0, "-narrow"), (LEAST.width, "-wide")]  # type: ignore[misc]
    VERTICAL_BREAKPOINTS: ClassVar = [(0, "-low"), (LEAST.height, "-high")]  # type: ignore[misc]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "key.quit", id="app.quit", priority=True),
        Binding("ctrl+c", "help_quit", "key.quit", id="app.how_to_quit", show=False, system=True),
    ]

    class Written(Message):
        """An act was recorded."""

        def __init__(self, told: str, hint: str, form: "Form | None") -> None:
            """Tell what it did, how to take it back, and which form it came from."""
            super().__init__()
            self.told = told
            self.hint = hint
            self.form = form

    class Refused(Message):
        """An act was not recorded."""

        def __init__(self, error: TrackerError, form: "Form | None") -> None:
            """Tell why, and which form it came from."""
            super().__init__()
            self.error = error
            self.form = form

    class DayRead(Message):
        """Another day was read, or its first page."""

        def __init__(self, reading: PastReading, read: ReadDay) -> None:
            """Hand it over."""
            super().__init__()
            self.reading = reading
            self.read = read

    class DayCounted(Message):
        """It is known how much there was on a day whose first page is shown."""

        def __init__(self, reading: PastReading, board: Board) -> None:
            """Hand over the counts; there are no rows."""
            super().__init__()
            self.reading = reading
            self.board = board

    class DayUnread(Message):
        """Another day could not be read."""

        def __init__(self, reading: PastReading, error: TrackerError) -> None:
            """Tell why."""
            super().__init__()
            self.reading = reading
            self.error = error

    def __init__(
        self,
        office: Office,
        *,
        clock: Callable[[], date] | None = None,
        read_period: ReadPeriod = read_phrase,
        view: str = "board",
        announcement: "Announcement | None" = None,
    ) -> None:
        """Open the store of `office`.

        Args:
            office: The store, the settings, the language, and the day it is.
            clock: Tells the day from then on; without one it stays the office's.
            read_period: Reads the dates that are typed.
            view: The view that is shown first.
            announcement: What is decided about before anything else.

        Raises:
            StoreError: There is a store, but it cannot be read.
        """
        super().__init__()
        self.desk = Desk(office, read_period)
        self.desk.view = view
        self.desk.open()
        self.words = office.words
        self._clock = clock
        self._announcement = announcement
        self._views: dict[str, Screen[Any]] = {}
        self._writing = Lock()
        self._last_key = monotonic()
        self._loaded = False
        self._lost = False
        self.register_theme(CONTRAST)
        theme = read_state(state_file()).get("theme") or office.config.theme
        if theme in self.available_themes:
            self.theme = theme
        self._welcome: WelcomeScreen | None = None
        self._own_keys: Keymap | None = None
        if keymap_file().exists():
            from tracker.tui.keymap import load_keymap

            self._own_keys = load_keymap(keymap_file(), self.words)
            self.set_keymap(self._own_keys.keys)

    # -- beginning and end -----------------------------------------------------------------------

    def get_default_screen(self) -> Screen[Any]:
        """The view that is shown first, instead of an empty screen under it."""
        view = self._view(self.desk.view)
        self._load_css(view)
        return view

    def get_screen(self, screen: Any, screen_class: Any = None) -> Any:  # noqa: ANN401 - as Textual has it
        """A screen that is about to be shown."""
        found = super().get_screen(screen, screen_class)
        self._load_css(found)
        return found

    def _load_css(self, screen: Screen[Any]) -> None:
        """Load the style sheets of a kind of screen before it is shown for the first time.

        Textual would read all there are again, and style every screen anew for them.
        """
        for path in screen.css_path:
            if not self.stylesheet.has_source(str(path)):
                self.stylesheet.add_source(path.read_text("utf-8"), (str(path), ""))

    def on_mount(self) -> None:
        """Show how to begin where nothing is there; what can wait follows the first paint."""
        self._welcome_or_not()
        if self._announcement is not None:
            self._review(self._announcement)
        if self._own_keys is not None and self._own_keys.wrong:
            self.call_after_refresh(self._tell, self._own_keys.wrong, wrong=True)
        self.set_interval(_POLL, self._poll)
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        if not self.is_headless:
            gc.freeze()

    def on_form_opened(self) -> None:
        """Load what a write needs while somebody fills a form in; who only looks has no need."""
        if not self._loaded:
            self._loaded = True
            self._load()

    @work(thread=True, group="load", exit_on_error=False)
    def _load(self) -> None:
        import_module("db.store")
        if not self.is_headless:
            gc.freeze()  # a collection need not look at what stays for good

    def _tidy(self) -> None:
        """Collect garbage while nobody types: it takes longer than the answer to a key may.

        The program starts with collection switched off; see `tracker.__main__`.
        """
        waiting, idle = gc.get_count()[0], monotonic() - self._last_key > _PAUSE
        if not gc.isenabled() and waiting > (_LITTER if idle else _MOST_LITTER):
            gc.collect(2 if idle else 0)

    def on_unmount(self) -> None:
        """Let go of the file."""
        self.desk.give_up()
        self.desk.close()

    async def action_quit(self) -> None:
        """Leave, asking first where something that was typed would be lost."""
        if self._may_leave():
            self.exit()

    def _may_leave(self) -> bool:
        form = self._form()
        may_go = form is None or form.may_leave()
        return may_go and all(frame.may_leave() for frame in self._frames())

    def _form(self) -> "Form | None":
        """The form that is open; before any was there is nothing to import for it."""
        if not self.screen.is_modal:
            return None
        from tracker.tui.form import Form

        return self.screen if isinstance(self.screen, Form) else None

    def action_help_quit(self) -> None:
        """Say how to leave to somebody who pressed ctrl+c."""
        self._tell(self.words("ui.how_to_quit"))

    # -- views -----------------------------------------------------------------------------------

    def _view(self, id_: str) -> Screen[Any]:
        """The screen of a view, kept as it is while another one is shown."""
        if id_ not in self._views:
            self._views[id_] = view_of(id_).make(self.desk)
            self.install_screen(self._views[id_], id_)
        return self._views[id_]

    async def on_frame_switch(self, message: Frame.Switch) -> None:
        """Close the pages over a view, and show the one asked for."""
        if not all(frame.may_leave() for frame in self._frames()):
            return
        while self.screen not in self._views.values():
            await self.pop_screen()
        self.desk.view = message.view
        first, shown, wanted = self.screen_stack[0], self.screen, self._view(message.view)
        if wanted is shown:
            return
        if wanted is first:
            await self.pop_screen()
        elif shown is first:  # it stays below all others
            await self.push_screen(wanted)
        else:
            await self.switch_screen(wanted)

    def on_frame_read_article(self) -> None:
        """Ask for an announcement, and show it beside what it proposes."""
        from tracker.tui.articleforms import article_form

        self.push_screen(article_form(self.desk, self._review))

    def _review(self, announcement: "Announcement") -> None:
        from tracker.tui.article import ArticleScreen

        self.push_screen(ArticleScreen(self.desk, announcement))

    def on_frame_look_at(self, message: Frame.LookAt) -> None:
        """Show the board of another day in every view; today's at once."""
        if message.day is not None:
            self._look_at(message.day)
            return
        try:
            self.desk.look_at_today()
        except TrackerError as error:
            self._tell(self.words.error(error), wrong=True)
            return
        self._say_no_more()
        self._renew()

    def _look_at(self, day: date) -> None:
        """Have another day read, so far as the screens that are shown need it."""
        level = max(Level.LISTS, *(frame.needs for frame in self._frames()))
        reading = self.desk.begin(day, level)
        if reading is not None:
            self._read_day(reading)
            self.set_timer(_SOON, lambda: self._tell_reading(reading))

    @work(thread=True, group="past")
    def _read_day(self, reading: PastReading) -> None:
        try:
            reading.read(
                lambda read: self.post_message(self.DayRead(reading, read)),
                lambda board: self.post_message(self.DayCounted(reading, board)),
            )
        except TrackerError as error:
            self.post_message(self.DayUnread(reading, error))

    def _tell_reading(self, reading: PastReading, before: str = "") -> None:
        if self.desk.reading is reading:
            share = f"{reading.share:.0%}" if reading.share else ""
            text = self.words("ui.reading_day", day=reading.day, share=share).strip()
            for frame in self._frames():
                frame.tell_reading(text, before)
            self.set_timer(_SOON, lambda: self._tell_reading(reading, text))

    def on_tracker_app_day_read(self, message: DayRead) -> None:
        """Show it, or so much of it, unless yet another day is wanted by now."""
        try:
            taken = self.desk.take(message.reading, message.read)
        except TrackerError as error:
            self._tell(self.words.error(error), wrong=True)
            return
        if taken:
            self._say_no_more()
            self._renew()

    def on_tracker_app_day_counted(self, message: DayCounted) -> None:
        """Show how much there was, unless another day is wanted by now."""
        if self.desk.reading is message.reading and self.desk.as_of == message.board.as_of:
            for frame in self._frames():
                frame.counted(message.board)

    def on_tracker_app_day_unread(self, message: DayUnread) -> None:
        """Say why; what is shown stays."""
        if self.desk.reading is message.reading:
            self.desk.give_up()
            self._tell(self.words.error(message.error), wrong=True)

    def _say_no_more(self) -> None:
        for frame in self._frames():
            frame.tell("")

    # -- keys ------------------------------------------------------------------------------------

    async def take(self, event: events.Key | events.Paste) -> None:
        """Take a Hangul letter for the Latin one on its key, except where text is typed."""
        if isinstance(event, events.Key):
            self._last_key = monotonic()
            letter = latin_of(event.character)
            if letter is not None and not self._is_typed(event):
                event = events.Key(letter, letter)
        await super().take(event)

    def is_busy(self) -> bool:
        """Whether a form is being saved, which closes or says why not before it takes a key."""
        form = self._form()
        return form is not None and form.saving

    def _is_typed(self, event: events.Key) -> bool:
        focused = self.focused
        return focused is not None and focused.check_consume_key(event.key, event.character)

    # -- what others write, and midnight ---------------------------------------------------------

    def _poll(self) -> None:
        self._tidy()
        today = self._clock() if self._clock else self.desk.today
        try:
            changed = self.desk.changed()
        except TrackerError as error:
            self._tell(self.words.error(error), wrong=True)
            self._lost = True
            return
        if self._lost:
            self._tell("")
        if changed or self._lost or today != self.desk.today:
            self.desk.today = today
            self._lost = False
            self._changed()

    def _changed(self) -> None:
        """Show what the store says since it was written; another day is read anew first."""
        if self.desk.as_of is not None:
            self._look_at(self.desk.as_of)
        else:
            self._renew()

    def _renew(self) -> None:
        """Have every screen show what the store says now."""
        for screen in self._frames():
            screen.renew()
        self._welcome_or_not()

    def _welcome_or_not(self) -> None:
        try:
            empty = self.desk.empty()
        except TrackerError as error:
            self._tell(self.words.error(error), wrong=True)
            return
        here = self._welcome in self.screen_stack
        if empty and not here:
            from tracker.tui.welcome import WelcomeScreen

            self._welcome = WelcomeScreen(self.desk)
            self.push_screen(self._welcome)
        elif not empty and here and self._welcome is self.screen:
            self.pop_screen()

    # -- writing ---------------------------------------------------------------------------------

    def on_sheet_record(self, message: Sheet.Record) -> None:
        """Record an act that needed no form."""
        batch, as_reported = message.batch, message.as_reported
        self._write(lambda: self.desk.record(batch, as_reported=as_reported), hint="ui.hint.undo")

    def on_frame_write(self, message: Frame.Write) -> None:
        """Do a job that writes."""
        self._write(message.job, hint=message.hint)

    def on_frame_undo(self) -> None:
        """Take back the newest act."""
        self._write(self.desk.undo, hint="ui.hint.redo")

    def on_frame_redo(self) -> None:
        """Take back the newest undo."""
        self._write(self.desk.redo, hint="ui.hint.undo")

    def on_welcome_screen_demo(self) -> None:
        """Fill the store from the shipped facts."""
        self._write(self.desk.fill_demo)

    def on_form_submitted(self, message: "Form.Submitted") -> None:
        """Record the act of a form, or import the file it names."""
        what = message.what
        if isinstance(what, Path):
            self._write(lambda: self.desk.import_file(what), message.form)
        else:
            self._write(lambda: self.desk.record(what), message.form, hint="ui.hint.undo")

    @work(thread=True, group="write")
    def _write(self, job: Callable[[], str], form: "Form | None" = None, *, hint: str = "") -> None:
        """Write in a thread, one act after the other; `hint` names how to take it back."""
        with self._writing:
            try:
                told = job()
            except TrackerError as error:
                self.post_message(self.Refused(error, form))
            else:
                self.post_message(self.Written(told, hint and self.words(hint), form))

    def on_tracker_app_written(self, message: Written) -> None:
        """Close the form, show what is so now, and say what was done, all before the next draw."""
        if message.form is not None and message.form.is_current:
            message.form.dismiss()
        for frame in self._frames():
            frame.written()
        told, hint = message.told, message.hint
        try:
            self.desk.changed()
        except TrackerError as error:
            told, hint = self.words.error(error), ""
        self._changed()
        self._tell(told, hint=hint)

    def on_tracker_app_refused(self, message: Refused) -> None:
        """Say why; a form stays as it was."""
        line = self.words.error(message.error)
        for frame in self._frames():
            frame.refused()
        self._renew()  # perhaps because of what another process has written
        if message.form is not None and message.form.is_current:
            message.form.refuse(line)
        else:
            self._tell(line, wrong=True)
