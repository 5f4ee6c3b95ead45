"""What the app writes: one act after the other in a thread, and what becomes of the form."""

import gc
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message
from textual.timer import Timer

from db.model.errors import TrackerError
from tracker.tui.base.base_screen import BaseScreen
from tracker.tui.lists.milestone_screen import MilestoneScreen
from tracker.tui.session.store_session import StoreSession
from tracker.tui.session.store_writer import Done
from tracker.tui.session.undo_offer import UndoOffer
from tracker.tui.shell.board_source import BoardSource

if TYPE_CHECKING:
    from tracker.exchange.imports.outcome import Outcome
    from tracker.tui.forms.form import Form

__all__ = ["Writing"]

_KEPT = 3  # closed forms
_ACTIONS = {"ui.hint.undo": "undo", "ui.hint.redo": "redo"}
_NOTICED = 0.3  # seconds after which a person wonders whether the key was taken
_SHOWN = 0.2  # seconds after an act in which what it did is drawn, and nothing else is done


class Writing(BoardSource, inherit_bindings=False):
    """An app that records what its screens and forms ask for."""

    @dataclass
    class Written(Message):
        """An act was recorded."""

        done: Done
        hint: str
        form: "Form | None"

    @dataclass
    class Refused(Message):
        """An act was not recorded."""

        error: TrackerError
        form: "Form | None"

    @dataclass
    class LookedInto(Message):
        """It is known what a file would bring."""

        path: Path
        outcome: "Outcome"
        form: "Form"

    def __init__(self, session: StoreSession) -> None:
        """Write what `session` writes; nothing is loaded for it yet."""
        super().__init__(session)
        self._one_at_a_time = Lock()
        self._loaded = False
        self._foreseen: Hashable = None
        self._over: list[Form] = []
        self._slow: Timer | None = None
        self._asked_of = 0  # how often the store was replaced when the open form was opened

    # -- the form --------------------------------------------------------------------------------

    def _form(self) -> "Form | None":
        """The form that is open; before any was there is nothing to import for it."""
        if not self.screen.is_modal:
            return None
        from tracker.tui.forms.form import Form

        return self.screen if isinstance(self.screen, Form) else None

    def _warn(self, line: str) -> None:
        """Say what happened meanwhile, in the form that is open too."""
        self._tell(line, wrong=True)
        form = self._form()
        if form is not None:
            form.warn(line)

    def on_form_opened(self) -> None:
        """Load what a write needs while somebody fills a form in; who only looks has no need."""
        self._asked_of = self.session.replaced
        if not self._loaded:
            self._loaded = True
            self._load()

    def foresee(self) -> None:
        """Load what a write needs while nobody types, where an undo takes long by itself.

        It is asked once of what was written.
        """
        if self._loaded or self._foreseen == self.session.version or not self.session.has_store:
            return
        self._foreseen = self.session.version
        with suppress(TrackerError):
            if self.session.takes_long_to_undo():
                self._loaded = True
                self._load()

    @work(thread=True, group="load", exit_on_error=False)
    def _load(self) -> None:
        with self._one_at_a_time:
            self.session.open_store()
        if not self.is_headless:
            gc.freeze()  # a collection need not look at what stays for good

    async def _put_away(self, form: "Form") -> None:
        """Close a form; to take it apart takes as long as to draw what is beneath, and can wait.

        A few forms at most wait for it, however fast somebody types.
        """
        self._over.append(form)
        self.install_screen(form, f"over-{id(form)}")
        await form.dismiss()
        self.let_go(_KEPT)

    def let_go(self, kept: int = 0) -> None:
        """Take the forms apart that were closed, but for the last `kept`."""
        while len(self._over) > kept:
            form = self._over.pop(0)
            self.uninstall_screen(form)
            form.remove()

    # -- acts ------------------------------------------------------------------------------------

    def on_milestone_screen_record(self, message: MilestoneScreen.Record) -> None:
        """Record an act that needed no form."""
        batch, as_reported = message.batch, message.as_reported
        self._write(
            lambda: self.session.record(batch, as_reported=as_reported), hint="ui.hint.undo"
        )

    def on_base_screen_write(self, message: BaseScreen.Write) -> None:
        """Do a job that writes."""
        self._write(message.job, hint=message.hint)

    def on_base_screen_undo(self, message: BaseScreen.Undo) -> None:
        """Take back an act."""
        self._say_if_slow("ui.undoing")
        self._write(lambda: self.session.undo(message.act), hint="ui.hint.redo")

    def on_base_screen_redo(self, message: BaseScreen.Redo) -> None:
        """Take back an undo."""
        self._say_if_slow("ui.redoing")
        self._write(lambda: self.session.redo(message.act), hint="ui.hint.undo")

    def _say_if_slow(self, key: str) -> None:
        """Say what is being done where it is not done before anybody notices."""
        self._no_longer_slow()
        self._slow = self.set_timer(_NOTICED, lambda: self._tell(self.words.lookup(key)))

    def _no_longer_slow(self) -> None:
        if self._slow is not None:
            self._slow.stop()
            self._slow = None

    def on_welcome_screen_demo(self) -> None:
        """Fill the store from the shipped facts."""
        self._write(self.session.fill_demo)

    def on_form_submitted(self, message: "Form.Submitted") -> None:
        """Record the act of a form, or look into the file it names."""
        what = message.what
        if self._asked_of != self.session.replaced:  # it was filled in for another store
            self._asked_of = self.session.replaced
            message.form.ask_again(self.words("ui.other_store", path=self.session.workspace.path))
        elif isinstance(what, Path):
            self._look_into(what, message.form)
        else:
            self._write(lambda: self.session.record(what), message.form, hint="ui.hint.undo")

    def action_import_file(self) -> None:
        """Ask for a file to import."""
        from tracker.tui.imports.view import import_form

        self.push_screen(import_form(self.session))

    @work(thread=True, group="write")
    def _look_into(self, path: Path, form: "Form") -> None:
        """See in a thread what a file would bring."""
        with self._one_at_a_time:
            try:
                self.session.check_place()
                outcome = self.session.preview(path)
            except TrackerError as error:
                self.post_message(self.Refused(error, form))
                return
        self.post_message(self.LookedInto(path, outcome, form))

    async def on_writing_looked_into(self, message: LookedInto) -> None:
        """Show what the file would bring, in place of the form that asked for it."""
        from tracker.tui.imports.view import ImportScreen

        if message.form.is_current:
            await self._put_away(message.form)
            self.push_screen(ImportScreen(self.session, message.path, message.outcome))

    @work(thread=True, group="write")
    def _write(
        self, job: Callable[[], Done | str], form: "Form | None" = None, *, hint: str = ""
    ) -> None:
        """Write in a thread, one act after the other; `hint` names how to take it back."""
        with self._one_at_a_time:
            try:
                self.session.check_place()
                done = job()
            except TrackerError as error:
                self.post_message(self.Refused(error, form))
                return
            done = done if isinstance(done, Done) else Done(done)
            self.post_message(self.Written(done, hint, form))

    @work(thread=True, group="log")
    def _empty_log(self) -> None:
        self.session.empty_log()

    async def on_writing_written(self, message: Written) -> None:
        """Close the form, show what is so now, and say what was done, all in one draw."""
        self._no_longer_slow()
        with self.batch_update():
            if message.form is not None and message.form.is_current:
                await self._put_away(message.form)
            for frame in self._base_screens():
                frame.after_write()
            done, hint = message.done, message.hint
            try:
                self.session.changed()
            except TrackerError as error:
                done, hint = Done(self.words.error(error)), ""
            self.session.offer = _offer(done, hint)
            self._changed()
            self._tell(done.told, hint=hint and self.words.lookup(hint), offer=self.session.offer)
        self.set_timer(_SHOWN, self._empty_log)

    def on_writing_refused(self, message: Refused) -> None:
        """Say why; a form stays as it was."""
        self._no_longer_slow()
        line = self.words.error(message.error)
        with suppress(TrackerError):
            self.session.changed()
        for frame in self._base_screens():
            frame.after_refusal()
        self._renew()  # perhaps because of what another process has written
        if message.form is not None and message.form.is_current:
            message.form.refuse(line)
        else:
            self._tell(line, wrong=True)


def _offer(done: Done, hint: str) -> UndoOffer | None:
    """What a line offers that ends in a hint."""
    if not hint or (done.act is None and done.item is None):
        return None
    return UndoOffer(_ACTIONS[hint], done.act, done.item)
