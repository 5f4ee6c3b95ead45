"""What the weekly check's view shows, and where its cursor goes; its acts are in `review`."""

from collections.abc import Callable
from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from db.model.records import Batch
from db.model.review_reasons import Answering, Need
from db.read.reader import Reader
from tracker.acts.review_summary import question, told_by
from tracker.domain.board import Row
from tracker.domain.review import Check, Item, read_check, read_needs, week_of
from tracker.tui.lists.milestone_screen import MilestoneScreen
from tracker.tui.review.asked_page import AskedPage
from tracker.tui.review.check_jobs import CheckJobs
from tracker.tui.review.queue import ProgressLine
from tracker.tui.review.summary import how_on, intro, recapitulation
from tracker.tui.review.walk import Walk
from tracker.tui.session.store_session import StoreSession

__all__ = ["CheckPage"]

_READ = 0.5  # seconds in which nobody reads what has changed


class CheckPage(MilestoneScreen):
    """A check on the way, or what is shown before it begins and when it is over."""

    HORIZONTAL_BREAKPOINTS: ClassVar = [(0, "-narrow"), (60, "-wide"), (140, "-broad")]  # type: ignore[misc]  # as the app's

    def __init__(self, session: StoreSession) -> None:
        """Show the check of today's week."""
        super().__init__(session)
        self._check: Check | None = None
        self._needs: dict[Need, int] | None = None  # not counted yet
        self._last: Check | None = None
        self._walking: bool | None = None  # until somebody chooses: as long as something is open
        self._place = 0
        self._trail: list[int] = []
        self._seen: Check | None = None  # as it was when the person last looked
        self._unread: Check | None = None  # as it was before what nobody can have read yet
        self._read_at = 0.0
        self._page: AskedPage | None = None  # of the facility that is looked at on the way
        self._story_of = 0, 0  # the check and the place of the item that is told of
        self._then: Callable[[], None] | None = None  # what follows what is being written
        self._arrive: Callable[[], None] | None = None  # the same, once it is written
        self._jobs = CheckJobs(session)
        self._walk = Walk(self.words, id="walk")

    def compose(self) -> ComposeResult:
        """Lay out how far the check is, the queue with the story, and the recap."""
        yield self.banner
        yield ProgressLine(self.words, id="progress")
        yield self._walk
        with VerticalScroll(id="recap"):
            yield Static(id="recap-text")
        yield from self.compose_footer()

    def on_mount(self) -> None:
        """Show the store, the cursor on the first item without an answer."""
        self.reload()

    # -- what is so ------------------------------------------------------------------------------

    @property
    def item(self) -> Item | None:
        """The chosen item; none where nothing is walked through."""
        return self._walk.list.row if self.walking else None

    @property
    def row(self) -> Row | None:
        """The chosen milestone."""
        return self.item.row if self.item else None

    @property
    def walking(self) -> bool:
        """Whether the queue is shown, not what comes before or after it."""
        check = self._check
        if check is None or not check.items or not self._is_open:
            return False
        return check.next_open() is not None if self._walking is None else self._walking

    @property
    def _is_open(self) -> bool:
        """Whether there is a check of today's week that can be gone on with."""
        return self._check is not None and not self._check.closed and self.session.as_of is None

    @property
    def _news(self) -> int:
        """How many milestones need a word that the open check does not ask about."""
        return sum((self._needs or {}).values()) if self._is_open else 0

    # -- showing ---------------------------------------------------------------------------------

    def load_data(self) -> None:
        """Read the check and what needs a word, and show what there is to show."""
        if self.session.empty():
            return
        before = self.item
        self._read()
        if self._arrive is not None:
            arrive, self._arrive = self._arrive, None
            arrive()
        elif before is not None:
            self._tell_of_others(before)
        elif self.walking:
            self._go_on(0)
        self._show()
        self.look_at_acts()

    def _read(self) -> None:
        day, limits = self.session.day, self.session.limits
        week = week_of(day)
        heads = [h for h in self.session.ask(lambda r: r.reviews.heads()) if h.week <= week][:2]
        checks = self.session.ask(lambda r: [read_check(r, head, day, limits) for head in heads])
        current = checks.pop(0) if checks and checks[0].review.week == week else None
        self._check, self._last = current, next(iter(checks), None)

    def _count(self) -> None:
        """Count what needs a word by now and is not asked about, aside where that takes long."""
        if self.session.as_of is not None or self.walking:
            return
        day, limits = self.session.day, self.session.limits
        asked = self._check.review.id if self._check and self._is_open else None

        def count(reader: Reader) -> dict[Need, int]:
            return read_needs(reader, day, limits, asked)

        def show(needs: dict[Need, int]) -> None:
            self._needs = needs
            self._draw()
            self.show_keys()

        if self.session.ask(lambda r: r.reviews.needs_at_once()):
            self._needs = self.session.ask(count)
        else:
            self._needs = None
            self.run_query(count, show)

    def _tell_of_others(self, before: Item) -> None:
        """Say so where the item under the cursor was decided by somebody else just now."""
        now = self._check.item(before.position) if self._check else None
        if now is not None and len(now.decisions) > len(before.decisions):
            by = now.decisions[-1].by or "–"
            what = question(now, self.words)
            self.tell(self.words("review.by_other", by=by, what=what), wrong=True)

    def _show(self) -> None:
        self.cancel_query()
        self._count()
        check, walking = self._check, self.walking
        who = told_by(check.review.source) if check else ""
        self.show_banner(self.words("review.teller", who=who) if who else "")
        progress = self.query_one(ProgressLine)
        progress.show(check)
        progress.display = check is not None
        self._walk.display = walking
        recap = self.query_one("#recap")
        recap.display = not walking
        if check is not None and walking:
            self._walk.show(check.items, self._place)
        wanted = self._walk.list if walking else recap
        if not wanted.has_focus:
            wanted.focus()
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        """Lay the recap out for the width there is."""
        width = self.query_one("#recap").scrollable_content_region.width - 2
        if self.walking or width <= 0:
            return
        check = self._check
        if check is not None:
            how = "" if self.session.as_of else how_on(check, self._news, self.words)
            zone = self.session.workspace.config.timezone
            text = recapitulation(check, how, self.words, width, zone)
        elif self.session.as_of is not None:
            text = Content(self.words("review.intro_none_then"))
        else:
            text = intro(week_of(self.session.day), self._needs, self._last, self.words)
        self.query_one("#recap-text", Static).update(text)

    def on_resize(self) -> None:
        """Fit to the new size."""
        self.call_after_refresh(self._draw)

    def on_descendant_focus(self) -> None:
        """Show the keys that work where the cursor is now."""
        self.show_keys()

    def on_row_list_chosen(self) -> None:
        """Tell the story of the chosen item."""
        if self.walking:
            self._place = self._walk.list.cursor
            self.attempt(self._tell_story)

    def _tell_story(self) -> None:
        item, check = self.item, self._check
        if item is not None and check is not None:
            self.session.chosen = item.asked.facility, item.asked.milestone
            self._see(check, item)
            self._walk.tell(item, len(check.items), self.session.facility(item.asked.facility))
        self.show_keys()

    def _see(self, now: Check, item: Item) -> None:
        """Keep what was shown; what comes while a form covers it is not seen."""
        other = self._seen is None or self._story_of != (now.review.id, item.position)
        if other or self.app.screen in {self, self._page}:
            self._unread = None if other else self._seen
            self._read_at = monotonic() + (_READ if now != self._seen else 0)
            self._seen = now
        self._story_of = now.review.id, item.position

    def answering(self, item: Item) -> Answering | None:
        """What an act says of an item as the person has seen it; None without an open check."""
        if self._check is None or not self._is_open:
            return None
        seen = self._unread if self._unread and monotonic() < self._read_at else self._seen
        before = seen.item(item.position) if seen else None
        return self._check.answering(before or item)

    def after_refusal(self) -> None:
        """The person is told why, so what is new counts as seen."""
        self._seen = self._unread = self._then = None

    def on_row_list_opened(self) -> None:
        """Open the page of the facility."""
        if self.item is not None:
            asked = self.item.asked
            self._page = AskedPage(self.session, asked.facility, asked.milestone, self.answered)
            self.app.push_screen(self._page)

    def answered(self, batch: Batch) -> Batch:
        """An act from the page of a facility, as an answer of the check."""
        raise NotImplementedError

    # -- moving ----------------------------------------------------------------------------------

    def _go_on(self, after: int) -> None:
        """Put the cursor on the next item without an answer; without one, show the recap."""
        following = self._check.next_open(after) if self._check else None
        if following is None:
            self._walking = None
        else:
            self._put(following.position)

    def _put(self, position: int) -> None:
        places = [item.position for item in self._check.items] if self._check else []
        self._place = places.index(position) if position in places else 0
        self._walking = True

    def _leave(self, position: int) -> None:
        """Go on from an item that has its answer now."""
        self._trail.append(position)
        self._go_on(position)

    def after_write(self) -> None:
        """Go where the act leads, once the store is read."""
        super().after_write()
        self._seen = None  # what is new is the person's own
        self._arrive, self._then = self._then, None
