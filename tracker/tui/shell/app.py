"""The application: its start and its end, its views, its keys, and what time brings."""

import gc
import os
from collections.abc import Callable
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.filter import ANSIToTruecolor, LineFilter
from textual.screen import Screen

from db.model.errors import TrackerError
from tracker.acts.typed_date import ReadPeriod, read_phrase
from tracker.app.paths import keymap_file, state_file
from tracker.app.workspace import Workspace
from tracker.tui.base.base_screen import BaseScreen
from tracker.tui.keys.hangul import latin_of
from tracker.tui.keys.typed_ahead import TypedAhead
from tracker.tui.session.store_session import StoreSession
from tracker.tui.session.toml_file import read_state
from tracker.tui.session.views import view_of
from tracker.tui.shell.themes import CONTRAST
from tracker.tui.shell.write_queue import Writing
from tracker.tui.widgets.min_size import LEAST
from tracker.tui.widgets.shared_styles import share_backgrounds

if TYPE_CHECKING:
    from tracker.acts.announcement_acts import Announcement
    from tracker.tui.shell.keymap import Keymap

__all__ = ["TrackerApp"]

_POLL = 1.0  # seconds between looks at the store and at the clock
_PAUSE = 1.0  # seconds without a key after which there is time to tidy up
_LITTER = 1_000  # objects made since the last collection that are worth another one
_THRESHOLDS = (10_000, 5, 5)  # see `gc.set_threshold`; a bound while keys come without a rest
_SELDOM = 4  # collections of one generation before the next older one is collected too


class TrackerApp(Writing, inherit_bindings=False):
    """The screens of one office.

    Where the window is narrower than 60 cells or lower than 15, one line says so.
    """

    CSS_PATH: ClassVar = [
        "app.tcss",
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
        read_period: ReadPeriod = read_phrase,
        view: str = "board",
        announcement: "Announcement | None" = None,
    ) -> None:
        """Open the store of `workspace`.

        Args:
            workspace: The store, the settings, the language, and the day it is.
            clock: Tells the day from then on; without one it stays the office's.
            read_period: Reads the dates that are typed.
            view: The view that is shown first.
            announcement: What is decided about before anything else.

        Raises:
            StoreError: There is a store, but it cannot be read.
        """
        share_backgrounds()
        super().__init__(StoreSession(workspace, read_period))
        self.session.view = view
        self.session.open()
        self._clock = clock
        self._announcement = announcement
        self._views: dict[str, Screen[Any]] = {}
        self._last_key = monotonic()
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

    def get_line_filters(self) -> list[LineFilter]:
        """All but the one for colours that a terminal names: there are none of these here."""
        return [f for f in super().get_line_filters() if not isinstance(f, ANSIToTruecolor)]

    def get_default_screen(self) -> Screen[Any]:
        """The view that is shown first, instead of an empty screen under it."""
        view = self._view(self.session.view)
        self._load_css(view)
        return view

    def get_screen(self, screen: Any, screen_class: Any = None) -> Any:  # noqa: ANN401 - as Textual has it
        """A screen that is about to be shown."""
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
        self._welcome_or_not(pause=0)
        if self._announcement is not None:
            self._review(self._announcement)
        if self._own_keys is not None and self._own_keys.wrong:
            self.call_after_refresh(self._tell, self._own_keys.wrong, wrong=True)
        self.set_interval(_POLL, self._poll)
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        if not self.is_headless:
            gc.freeze()
            gc.set_threshold(*_THRESHOLDS)

    def at_rest(self) -> None:
        """Collect young garbage between two keys, as long as there is little: it is quick then.

        Python would collect while a key is handled. An older generation takes 10 ms and more: it
        is collected seldom, once what the key has changed is drawn, so that memory stays bounded
        while somebody types without a pause; see also `_tidy`.
        """
        young, middle, old = gc.get_count()
        if young > _LITTER:
            gc.collect(0)
            if middle > _SELDOM:
                self.call_after_refresh(gc.collect, 2 if old > _SELDOM else 1)

    def _tidy(self) -> None:
        """Collect all garbage, remove closed forms, and prepare a long undo while nobody types."""
        if monotonic() - self._last_key > _PAUSE:
            young, *older = gc.get_count()
            if young > _LITTER or any(older):
                gc.collect()
            self.let_go()
            self.foresee()

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver for this platform, made to bear whatever a terminal sends."""
        driver = super().get_driver_class()
        if driver.__module__ != "textual.drivers.linux_driver":
            return driver
        from tracker.tui.terminal.driver import TerminalDriver

        return TerminalDriver

    def on_bad_input(self) -> None:
        """Say that the terminal does not send UTF-8."""
        self._warn(self.words("ui.bad_input"))

    def on_resumed(self) -> None:
        """Redraw everything, and see what was written meanwhile."""
        self.refresh(layout=True)
        self._poll()

    def on_unmount(self) -> None:
        """Let go of the file."""
        self.session.cancel()
        self.session.close()
        self.session.close_store()

    async def action_quit(self) -> None:
        """Leave, asking first where something that was typed would be lost."""
        if self._may_leave():
            self.exit()

    def _may_leave(self) -> bool:
        form = self._form()
        may_go = form is None or form.may_leave()
        return may_go and all(frame.may_leave() for frame in self._base_screens())

    def action_help_quit(self) -> None:
        """Say how to leave to somebody who pressed ctrl+c."""
        self._tell(self.words("ui.how_to_quit"))

    def action_to_shell(self) -> None:
        """Stop until the shell brings the program back; without one nobody could."""
        if hasattr(os, "getsid") and os.getsid(0) != os.getpgrp():
            self.action_suspend_process()
        else:
            self._warn(self.words("ui.no_jobs"))

    # -- views -----------------------------------------------------------------------------------

    def _view(self, id_: str) -> Screen[Any]:
        """The screen of a view, kept as it is while another one is shown."""
        if id_ not in self._views:
            self._views[id_] = view_of(id_).make(self.session)
            self.install_screen(self._views[id_], id_)
        return self._views[id_]

    async def on_base_screen_switch(self, message: BaseScreen.Switch) -> None:
        """Close the pages over a view, and show the one asked for."""
        if not all(frame.may_leave() for frame in self._base_screens()):
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

    def on_base_screen_read_article(self) -> None:
        """Ask for an announcement, and show it beside what it proposes."""
        from tracker.tui.announcement.article_forms import article_form

        self.push_screen(article_form(self.session, self._review))

    def _review(self, announcement: "Announcement") -> None:
        from tracker.tui.announcement.view import ArticleScreen

        self.push_screen(ArticleScreen(self.session, announcement))

    # -- keys ------------------------------------------------------------------------------------

    async def take(self, event: events.Key | events.Paste) -> None:
        """Take a Hangul letter for the Latin one on its key, except where text is typed."""
        screen = self.screen
        if isinstance(screen, TypedAhead) and not screen.hears(event):
            self._warn(self.words("ui.not_meant"))
            return
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
        today = self._clock() if self._clock else self.session.today
        lost, replaced = self.session.lost, self.session.replaced
        try:
            changed = self.session.changed()
        except TrackerError as error:  # of a store where none was
            self._tell(self.words.error(error), wrong=True)
            self._lost = True
            return
        if self._lost:
            self._tell("")
        if self._welcome_waits:
            self._welcome_or_not()
        if changed or self._lost or today != self.session.today:
            self.session.today = today
            self._lost = False
            self._changed()
            self._tell_place(lost, replaced)

    def _tell_place(self, lost: TrackerError | None, replaced: int) -> None:
        """Say what became of the store since it was `lost`, or not, and `replaced` so often."""
        if self.session.lost is not None:
            self._warn(self.words.error(self.session.lost))
        elif self.session.replaced != replaced:
            self._warn(self.words("ui.store_replaced", path=self.session.workspace.path))
        elif lost is not None:
            self._warn(self.words("ui.store_back"))
