"""View 5: the weekly check, one milestone after another, each with one key."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType

from db.model.records import Batch, Source
from tracker.domain.review import Decision, Item
from tracker.tui.lists.milestone_screen import MilestoneScreen
from tracker.tui.review.check_page import CheckPage
from tracker.tui.session.undo_offer import UndoOffer

__all__ = ["ReviewScreen"]


class ReviewScreen(CheckPage):
    """The check of this week: before it begins, on the way, and what it came to.

    Of another day than today it shows what the check of that week had come to.
    """

    view = "review"
    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x,tab", "skip", "key.skip", id="review.skip"),
        Binding("b,left", "previous", "key.previous", id="review.previous"),
        Binding("w", "who", "key.who", id="review.who"),
        Binding("d", "recap", "key.recap", id="review.recap"),
        Binding("enter", "begin", "key.begin", id="review.begin"),
        Binding("enter", "finish", "key.finish", id="review.finish"),
        Binding("o", "take_up", "key.take_up", id="review.take_up"),
        Binding("r", "report", "key.report", id="review.report"),
    ]
    WRITES = MilestoneScreen.WRITES | {"skip", "who", "begin", "finish", "take_up"}

    # -- moving ----------------------------------------------------------------------------------

    def action_previous(self) -> None:
        """Go back to the item that was seen before."""
        if not self.allowed("previous"):
            return
        if not self.walking:
            self.action_recap()
        elif self._trail:
            self._put(self._trail.pop())
            self._walk.list.cursor = self._place
        else:
            self._walk.list.action_move(-1)

    def action_recap(self) -> None:
        """Show what was decided so far; once more, and the queue again."""
        if self.allowed("recap"):
            self._walking = not self.walking
            self.reload()

    def next_reset(self) -> Callable[[], None] | None:
        """From the recap back to the queue."""
        if self._is_open and self._check and self._check.items and not self.walking:
            return self.action_recap
        return super().next_reset()

    # -- what can be done ------------------------------------------------------------------------

    def refusal(self, action: str) -> str | None:
        """As for every such screen; and a check is begun, gone through and closed in this order."""
        action = action.removeprefix("screen.")
        if action == "undo" and self._check is not None and self.session.as_of is None:
            return None if self._undoable else "error.nothing-to-undo"
        return super().refusal(action) or self._out_of_order(action)

    def _out_of_order(self, action: str) -> str | None:
        """Why a step of the check cannot be taken now."""
        if action == "skip":
            return None if self.item else "review.not_walking"
        if action in {"who", "finish", "recap", "previous"}:
            return None if self._is_open else "review.no_check"
        if action in {"begin", "take_up"} and self.is_querying:
            return "ui.reading"  # how many there are is told when it begins
        if action == "begin":
            return "review.no_news" if self._check or self.session.as_of else None
        if action == "take_up":
            closed = self._check is not None and self._check.closed
            return None if closed or self._news else "review.no_news"
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter begins a check or closes it, and opens a facility on the way."""
        if action in {"begin", "finish"}:
            return not self.walking and self.refusal(action) is None
        return super().check_action(action, parameters)

    def offered(self, action: str) -> UndoOffer | None:
        """What the status line offers to take back, a skipped item of the check too."""
        return self.named(action)

    @property
    def _undoable(self) -> tuple[Item, Decision | None] | UndoOffer | None:
        """What undo takes back: the step of the check, or the act, that the line offers.

        Without an offer it is the last step of this person.
        """
        check = self._check if self._is_open else None
        offer = self.offered("undo")
        if check is None or offer is None:
            return check.last_step(self._jobs.by) if check else None
        if offer.item is not None:
            item = check.item(offer.item)
            return (item, None) if item is not None else None
        return next(
            ((item, d) for item in check.items for d in item.decisions if d.act == offer.act), offer
        )

    # -- acts ------------------------------------------------------------------------------------

    def finished(self, batch: Batch) -> Batch:
        """Add who says so, and which item the act decides."""
        return self._deciding(batch, self.item)

    def answered(self, batch: Batch) -> Batch:
        """The same from a page: the item is the one it speaks of, if the check asks of it."""
        about = {(s.facility, s.milestone) for s in batch.statements}
        whole = any(step is None for _, step in about)
        asked = (i for i in self._in_turn() if (i.asked.facility, i.asked.milestone) in about)
        return self._deciding(batch, next(asked, self.item if whole else None))

    def _in_turn(self) -> Iterator[Item]:
        """The chosen item before all others."""
        if self.item is not None:
            yield self.item
        yield from self._check.items if self._check else ()

    def _deciding(self, batch: Batch, item: Item | None) -> Batch:
        check = self._check
        if check is None or not self._is_open:
            return batch
        said = (replace(s, source=s.source or check.review.source) for s in batch.statements)
        chosen = item is not None and item is self.item
        self._then = partial(self._leave, item.position) if item and chosen else None
        answering = self.answering(item) if item else None
        return replace(batch, statements=tuple(said), answering=answering)

    def action_skip(self) -> None:
        """Leave the item without a decision."""
        item, check = self.item, self._check
        if self.allowed("skip") and item is not None and check is not None:
            self._then = partial(self._leave, item.position)
            self.post_message(self.Write(self._jobs.skip(check, item)))

    def action_undo(self) -> None:
        """Take the last decision back and return to its item; before a check it is any act."""
        if self._check is None:
            super().action_undo()
            return
        last = self._undoable
        if self.allowed("undo") and last is not None:
            if not isinstance(last, tuple):
                super().action_undo()
                return
            self._status.withdraw()
            item, decision = last
            self._then = partial(self._put, item.position)
            job = self._jobs.take_back(self._check, item, decision)
            self.post_message(self.Write(job, "ui.hint.redo" if decision else ""))

    def action_redo(self) -> None:
        """Take back the newest undo; the cursor stays."""
        self._then = None
        super().action_redo()

    def action_begin(self) -> None:
        """Ask who answers, and begin."""
        if not self.allowed("begin"):
            return

        def take(source: Source | None) -> None:
            self._then = partial(self._go_on, 0)
            job = self._jobs.begin(source, "review.begun", sum((self._needs or {}).values()))
            self.post_message(self.Write(job, ""))

        known = self._last.review.source if self._last else None
        self.app.push_screen(self._jobs.who_form(known, take))

    def action_take_up(self) -> None:
        """Open a closed check again, or add what needs a word by now."""
        if not self.allowed("take_up") or self._check is None:
            return
        again = self._check.closed
        waiting = len(self._check.open_items)
        self._then = partial(self._go_on, 0)
        key, count = ("review.taken_up", waiting) if again else ("review.added", self._news)
        self.post_message(self.Write(self._jobs.begin(None, key, count), ""))

    def action_who(self) -> None:
        """Say who answers from now on."""
        check = self._check
        if not self.allowed("who") or check is None:
            return

        def take(source: Source | None) -> None:
            self._then = None
            self.post_message(self.Write(self._jobs.tell(check, source), ""))

        self.app.push_screen(self._jobs.who_form(check.review.source, take))

    def action_finish(self) -> None:
        """Close the check."""
        if self.allowed("finish") and self._check is not None:
            self._then = None
            self.post_message(self.Write(self._jobs.close(self._check), ""))

    def action_report(self) -> None:
        """Ask for a file, and save the report of the week to it."""

        def take(path: Path) -> None:
            self._then = None
            self.post_message(self.Write(self._jobs.save_report(path), ""))

        self.app.push_screen(self._jobs.report_form(take))
