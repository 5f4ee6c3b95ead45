"""The application: start and end, views, keys, commands, and the poll of store and clock."""

import gc
import os
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.screen import Screen

from db.model.errors import TrackerError
from tracker.app.paths import keymap_file, state_file
from tracker.app.workspace import Workspace
from tracker.tui.base.base_screen import BaseScreen
from tracker.tui.keys.hangul import latin_of
from tracker.tui.keys.key_queue import KeyEvent, KeyQueue
from tracker.tui.keys.typed_ahead import GuardedScreen
from tracker.tui.lists.milestone_screen import MilestoneScreen
from tracker.tui.session.store_session import StoreSession
from tracker.tui.session.toml_file import read_state
from tracker.tui.session.views import view_of
from tracker.tui.shell.board_source import BoardSource
from tracker.tui.shell.themes import CONTRAST
from tracker.tui.shell.write_queue import WriteQueue
from tracker.tui.widgets.min_size import LEAST

if TYPE_CHECKING:
    from tracker.acts.announcement_acts import Announcement
    from tracker.tui.forms.form import Form
    from tracker.tui.shell.keymap import Keymap

__all__ = ["TrackerApp"]

_OFTEN = (10_000, 3, 3)
"""Thresholds of the garbage collector: closed screens are cycles, and a day has many of them."""

_POLL = 1.0  # seconds between looks at the store and at the clock


class TrackerApp(App[None], inherit_bindings=False):
    """The screens of one workspace.

    It owns the session with the store, the queue of keys, the source of what the screens show and
    the queue of writes, and hands each of them its messages. Where the window is narrower than
    60 cells or lower than 15, one line says so.
    """

    CSS_PATH: ClassVar = [
        "app.tcss",
        "../widgets/tones.tcss",
        "../lists/listing.tcss",
    ]  # read once; the first screen needs both
    TITLE = "tracker"
    ENABLE_COMMAND_PALETTE = False
    # Textual's own annotation of these two is not read as a class variable.
    HORIZONTAL_BREAKPOINTS: ClassVar = [(0, "-narrow"), (LEAST.width, "-wide")]  # type: ignore[misc]
    VERTICAL_BREAKPOINTS: ClassVar = [(0, "-low"), (LEAST.height, "-high")]  # type: ignore[misc]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "key.quit", id="app.quit", priority=True),
        Binding("ctrl+c", "help_quit", "key.quit", id="app.how_to_quit", show=False, system=True),
        Binding("ctrl+z", "to_shell", "key.to_shell", id="app.to_shell", show=False, priority=True),
    ]

    def __init__(
        self,
        workspace: Workspace,
        *,
        clock: Callable[[], date] | None = None,
        view: str = "board",
        announcement: "Announcement | None" = None,
    ) -> None:
        """Open the store of `workspace`.

        Args:
            workspace: The store, the settings, the language, and the day it is.
            clock: Tells the day from then on; without one it stays the office's.
            view: The view that is shown first.
            announcement: What is decided about before anything else.

        Raises:
            StoreError: There is a store, but it cannot be read.
        """
        super().__init__()
        self.session = StoreSession(workspace)
        self.words = self.session.words
        self.source = BoardSource(self, self.session)
        self.writes = WriteQueue(self, self.session, self.source)
        self.key_queue = KeyQueue(self, self._deliver, self._is_busy)
        self.session.view = view
        self.session.open()
        self._clock = clock
        self._announcement = announcement
        self._views: dict[str, Screen[Any]] = {}
        self._lost = False
        self.register_theme(CONTRAST)
        theme = read_state(state_file()).get("theme") or workspace.config.theme
        if theme in self.available_themes:
            self.theme = theme
        self._own_keys: Keymap | None = None
        if keymap_file().exists():
            from tracker.tui.shell.keymap import load_keymap

            self._own_keys = load_keymap(keymap_file(), self.words)
            self.set_keymap(self._own_keys.keys)

    # -- beginning and end -----------------------------------------------------------------------

    def get_default_screen(self) -> Screen[Any]:
        """Return the first view, instead of an empty screen under it."""
        view = self._view(self.session.view)
        self._load_css(view)
        return view

    def get_screen(self, screen: Any, screen_class: Any = None) -> Any:  # noqa: ANN401 - as Textual has it
        """Return a screen that is about to be shown, its style sheets loaded."""
        found = super().get_screen(screen, screen_class)
        self._load_css(found)
        return found

    def _load_css(self, screen: Screen[Any]) -> None:
        """Load the style sheets of a kind of screen before it is shown for the first time.

        Textual would read all there are again, and style every screen again for them.
        """
        for path in screen.css_path:
            if not self.stylesheet.has_source(str(path)):
                self.stylesheet.add_source(path.read_text("utf-8"), (str(path), ""))

    def on_mount(self) -> None:
        """Show how to begin where nothing is there; what can wait follows the first paint."""
        self.source.welcome_or_not(pause=0)
        if self._announcement is not None:
            self._review(self._announcement)
        if self._own_keys is not None and self._own_keys.wrong:
            self.call_after_refresh(self.source.tell, self._own_keys.wrong, wrong=True)
        self.set_interval(_POLL, self._poll)
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        if not self.is_headless:
            gc.freeze()  # what the start has made stays: no collection need look at it
            gc.set_threshold(*_OFTEN)

    def pop_screen(self) -> AwaitComplete:
        """Close the screen on top, and let go of the lines that were drawn of it.

        Textual keeps the caches of its last 1,024 widgets (Textual #6665); `refresh` empties them.
        """
        widgets = list(self.screen.walk_children(with_self=True))
        closed = super().pop_screen()

        def release() -> None:
            for widget in widgets:
                widget.refresh()

        self.call_after_refresh(release)
        return closed

    def get_driver_class(self) -> type[Driver]:
        """Return Textual's driver for this platform, hardened against what a terminal sends."""
        driver = super().get_driver_class()
        if driver.__module__ != "textual.drivers.linux_driver":
            return driver
        from tracker.tui.terminal.driver import TerminalDriver

        return TerminalDriver

    def on_bad_input(self) -> None:
        """Say that the terminal does not send UTF-8."""
        self.writes.warn(self.words("ui.bad_input"))

    def on_resumed(self) -> None:
        """Redraw everything, and see what was written meanwhile."""
        self.refresh(layout=True)
        self._poll()

    def on_unmount(self) -> None:
        """Close the store."""
        self.session.cancel()
        self.session.close()
        self.session.close_store()

    async def action_quit(self) -> None:
        """Leave; ask first if something that was typed would be lost."""
        if self._may_leave():
            self.exit()

    def _may_leave(self) -> bool:
        form = self.writes.form()
        may_go = form is None or form.may_leave()
        return may_go and all(screen.may_leave() for screen in self.source.screens())

    def action_help_quit(self) -> None:
        """Say how to leave to somebody who pressed ctrl+c."""
        self.source.tell(self.words("ui.how_to_quit"))

    def action_to_shell(self) -> None:
        """Stop until the shell brings the program back; without one nobody could."""
        if hasattr(os, "getsid") and os.getsid(0) != os.getpgrp():
            self.action_suspend_process()
        else:
            self.writes.warn(self.words("ui.no_jobs"))

    # -- views -----------------------------------------------------------------------------------

    def _view(self, id_: str) -> Screen[Any]:
        """Return the screen of a view; it is kept while another one is shown."""
        if id_ not in self._views:
            self._views[id_] = view_of(id_).make(self.session)
            self.install_screen(self._views[id_], id_)
        return self._views[id_]

    async def on_base_screen_switch(self, message: BaseScreen.Switch) -> None:
        """Close the pages over a view, and show the one asked for."""
        if not all(screen.may_leave() for screen in self.source.screens()):
            return
        while self.screen not in self._views.values():
            await self.pop_screen()
        self.session.view = message.view
        first, shown, wanted = self.screen_stack[0], self.screen, self._view(message.view)
        if wanted is shown:
            return
        if wanted is first:
            await self.pop_screen()
        elif shown is first:  # it stays below all others
            await self.push_screen(wanted)
        else:
            await self.switch_screen(wanted)

    def on_base_screen_open_facility(self, message: BaseScreen.OpenFacility) -> None:
        """Show the page of a facility."""
        from tracker.tui.facility.page import FacilityScreen

        self.push_screen(FacilityScreen(self.session, message.facility, message.step))

    def action_read_article(self) -> None:
        """Ask for an announcement, and show it beside what it proposes."""
        from tracker.tui.announcement.article_forms import article_form

        if next(self.source.screens()).allowed("app.read_article"):
            self.push_screen(article_form(self.session, self._review))

    def _review(self, announcement: "Announcement") -> None:
        from tracker.tui.announcement.view import ArticleScreen

        self.push_screen(ArticleScreen(self.session, announcement))

    # -- keys ------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Let a key wait for its turn."""
        if isinstance(event, KeyEvent) and not event.is_forwarded:
            await self.key_queue.put(event)
        else:
            await super().on_event(event)

    async def on_key_queue_passed(self, message: KeyQueue.Passed) -> None:
        """Deliver the next key once nothing more comes of the one before."""
        await self.key_queue.passed(message)

    async def _deliver(self, event: KeyEvent) -> None:
        """Take a Hangul letter for the Latin one on its key, except where text is typed."""
        screen = self.screen
        if isinstance(screen, GuardedScreen) and not screen.typed_ahead.accepts(event):
            self.writes.warn(self.words("ui.not_meant"))
            return
        if isinstance(event, events.Key):
            letter = latin_of(event.character)
            if letter is not None and not self._is_typed(event):
                event = events.Key(letter, letter)
        await super().on_event(event)

    def _is_busy(self) -> bool:
        """Whether a form is being saved, which closes or says why not before it takes a key."""
        form = self.writes.form()
        return form is not None and form.saving

    def _is_typed(self, event: events.Key) -> bool:
        focused = self.focused
        return focused is not None and focused.check_consume_key(event.key, event.character)

    # -- commands --------------------------------------------------------------------------------

    def action_help(self) -> None:
        """Explain the keys of the screen."""
        from tracker.tui.shell.help import HelpScreen

        screen = next(self.source.screens())
        self.push_screen(HelpScreen(screen.entries(), self.words))

    def action_palette(self) -> None:
        """Offer every command that works now."""
        from tracker.tui.forms.chooser import Chooser
        from tracker.tui.shell.palette import commands

        screen = next(self.source.screens())
        offered = list(commands(screen))
        chooser = Chooser(self.words("key.palette"), offered, self.words, typing=True)
        self.push_screen(chooser, lambda action: screen.run(action) if action else None)

    def action_themes(self) -> None:
        """Offer the themes."""
        from tracker.tui.shell.palette import theme_chooser

        def failed(line: str) -> None:
            self.source.tell(line, wrong=True)

        self.push_screen(theme_chooser(self, self.words, failed))

    # -- reading and writing ---------------------------------------------------------------------

    def on_base_screen_look_at(self, message: BaseScreen.LookAt) -> None:
        """Show the board of another day in every view."""
        self.source.look_at(message.day)

    def on_milestone_screen_record(self, message: MilestoneScreen.Record) -> None:
        """Record an act that needed no form."""
        self.writes.record(message.batch, as_reported=message.as_reported)

    def on_base_screen_write(self, message: BaseScreen.Write) -> None:
        """Do a job that writes."""
        self.writes.write(message.job, hint=message.hint)

    def on_base_screen_undo(self, message: BaseScreen.Undo) -> None:
        """Take back an act."""
        self.writes.undo(message.act)

    def on_base_screen_redo(self, message: BaseScreen.Redo) -> None:
        """Take back an undo."""
        self.writes.redo(message.act)

    def on_welcome_screen_demo(self) -> None:
        """Fill the store from the shipped facts."""
        self.writes.write(self.session.fill_demo)

    def action_import_file(self) -> None:
        """Ask for a file to import."""
        from tracker.tui.imports.view import import_form

        self.push_screen(import_form(self.session))

    def on_form_submitted(self, message: "Form.Submitted") -> None:
        """Record the act of a form, or preview the file it names."""
        self.writes.submitted(message.form, message.what)

    # -- what others write, and midnight ---------------------------------------------------------

    def _poll(self) -> None:
        today = self._clock() if self._clock else self.session.today
        lost, replaced = self.session.lost, self.session.replaced
        try:
            changed = self.session.changed()
        except TrackerError as error:  # of a store where none was
            self.source.tell_error(error)
            self._lost = True
            return
        if self._lost:
            self.source.tell("")
        self.source.welcome_if_waiting()
        if changed or self._lost or today != self.session.today:
            self.session.today = today
            self._lost = False
            self.source.changed()
            self._tell_place(lost, replaced)

    def _tell_place(self, lost: TrackerError | None, replaced: int) -> None:
        """Say what became of the store, given what `lost` and `replaced` were before."""
        if self.session.lost is not None:
            self.writes.warn(self.words.error(self.session.lost))
        elif self.session.replaced != replaced:
            self.writes.warn(self.words("ui.store_replaced", path=self.session.workspace.path))
        elif lost is not None:
            self.writes.warn(self.words("ui.store_back"))
