"""Writing: one act after the other in a thread, and what becomes of the form it came from."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from textual.app import App
from textual.timer import Timer

from db.model.errors import TrackerError
from db.model.records import Batch
from tracker.tui.session.store_session import StoreSession
from tracker.tui.session.store_writer import Done
from tracker.tui.session.undo_offer import UndoOffer
from tracker.tui.shell.board_source import BoardSource

if TYPE_CHECKING:
    from tracker.exchange.imports.outcome import Outcome
    from tracker.tui.forms.form import Form

__all__ = ["WriteQueue"]

T = TypeVar("T")

_ACTIONS = {"ui.hint.undo": "undo", "ui.hint.redo": "redo"}
_NOTICED = 0.3  # seconds after which a person wonders whether the key was taken
_SHOWN = 0.2  # seconds after an act in which what it did is drawn, and nothing else is done


class WriteQueue:
    """Writes in threads what screens and forms ask for; what became of it is shown by the app."""

    def __init__(self, app: App[None], session: StoreSession, source: BoardSource) -> None:
        """Write into the store of `session`, and have `source` show what that changed."""
        self._app = app
        self._session = session
        self._source = source
        self._words = session.words
        self._lock = Lock()
        self._slow: Timer | None = None

    def form(self) -> "Form | None":
        """Return the form that is open; before any was there is nothing to import for it."""
        screen = self._app.screen
        if not screen.is_modal:
            return None
        from tracker.tui.forms.form import Form

        return screen if isinstance(screen, Form) else None

    def warn(self, line: str) -> None:
        """Show what happened meanwhile, in the form that is open too."""
        self._source.tell(line, wrong=True)
        form = self.form()
        if form is not None:
            form.warn(line)

    # -- acts ------------------------------------------------------------------------------------

    def record(
        self, batch: Batch, form: "Form | None" = None, *, as_reported: bool = False
    ) -> None:
        """Record an act."""
        self.write(
            lambda: self._session.record(batch, as_reported=as_reported), form, hint="ui.hint.undo"
        )

    def undo(self, act: int | None) -> None:
        """Take back an act."""
        self._say_if_slow("ui.undoing")
        self.write(lambda: self._session.undo(act), hint="ui.hint.redo")

    def redo(self, act: int | None) -> None:
        """Take back an undo."""
        self._say_if_slow("ui.redoing")
        self.write(lambda: self._session.redo(act), hint="ui.hint.undo")

    def submitted(self, form: "Form", what: Batch | Path) -> None:
        """Record the act of a form, or preview the file it names."""
        if form.store != self._session.replaced:
            form.store = self._session.replaced
            path = self._session.workspace.path
            form.ask_again(self._words("ui.other_store", path=path))
        elif isinstance(what, Path):
            self._in_thread(
                lambda: self._session.preview(what),
                lambda outcome: self._show_preview(outcome, form, what),
                form,
            )
        else:
            self.record(what, form)

    def write(
        self, job: Callable[[], Done | str], form: "Form | None" = None, *, hint: str = ""
    ) -> None:
        """Write in a thread, one act after the other.

        Args:
            job: Writes, and returns what it did.
            form: Where the act comes from; it is closed once the act is recorded.
            hint: The key of the sentence that says how to take it back.
        """
        self._in_thread(job, lambda done: self._show_written(done, form, hint), form)

    def _in_thread(
        self, job: Callable[[], T], show: Callable[[T], object], form: "Form | None"
    ) -> None:
        """Do a job in a thread, and have the app show what came of it."""

        def run() -> None:
            with self._lock:
                try:
                    self._session.check_place()
                    result = job()
                except TrackerError as error:
                    self._app.call_later(self._show_refusal, error, form)
                else:
                    self._app.call_later(show, result)

        self._app.run_worker(run, thread=True, group="write")

    def _say_if_slow(self, key: str) -> None:
        """Say what is being done where it is not done before anybody notices."""
        self._no_longer_slow()
        self._slow = self._app.set_timer(
            _NOTICED, lambda: self._source.tell(self._words.lookup(key))
        )

    def _no_longer_slow(self) -> None:
        if self._slow is not None:
            self._slow.stop()
            self._slow = None

    # -- what became of them ---------------------------------------------------------------------

    async def _show_preview(self, outcome: "Outcome", form: "Form", path: Path) -> None:
        """Show what a file would bring, in place of the form that asked for it."""
        from tracker.tui.imports.view import ImportScreen

        if form.is_current:
            await form.dismiss()
            self._app.push_screen(ImportScreen(self._session, path, outcome))

    async def _show_written(self, result: Done | str, form: "Form | None", hint: str) -> None:
        """Close the form, show the store as it is now, and say what was done, all in one draw."""
        self._no_longer_slow()
        session = self._session
        done = result if isinstance(result, Done) else Done(result)
        with self._app.batch_update():
            if form is not None and form.is_current:
                await form.dismiss()
            for screen in self._source.screens():
                screen.after_write()
            try:
                session.changed()
            except TrackerError as error:
                done, hint = Done(self._words.error(error)), ""
            session.offer = _offer(done, hint)
            self._source.changed()
            self._source.tell(
                done.told, hint=hint and self._words.lookup(hint), offer=session.offer
            )
        self._app.set_timer(
            _SHOWN, lambda: self._app.run_worker(session.empty_log, thread=True, group="log")
        )

    def _show_refusal(self, error: TrackerError, form: "Form | None") -> None:
        """Show why an act was not recorded; a form stays as it was."""
        self._no_longer_slow()
        with suppress(TrackerError):
            self._session.changed()
        for screen in self._source.screens():
            screen.after_refusal()
        self._source.reload()  # perhaps because of what another process has written
        if form is not None and form.is_current:
            form.refuse(self._words.error(error))
        else:
            self._source.tell_error(error)


def _offer(done: Done, hint: str) -> UndoOffer | None:
    """Return what a message that ends in a hint offers to take back."""
    if not hint or (done.act is None and done.item is None):
        return None
    return UndoOffer(_ACTIONS[hint], done.act, done.item)
