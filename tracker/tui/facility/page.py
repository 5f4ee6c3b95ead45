"""The page of one facility: everything that is known of it."""

from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Static

from db.model.records import Milestone, Update, UpdateKind
from tracker.domain.board import FacilityPage, Row
from tracker.domain.statement_labels import confirmed_late
from tracker.tui.facility.facility_details import attributes, history
from tracker.tui.facility.warnings import findings, lifecycle
from tracker.tui.lists.facility_summary import content_of, what
from tracker.tui.lists.milestone_list import StepList
from tracker.tui.lists.milestone_screen import EDIT_BINDINGS, MilestoneScreen
from tracker.tui.session.as_of_loader import Level
from tracker.tui.session.store_session import StoreSession
from tracker.tui.widgets.banner import day_text
from tracker.tui.widgets.choice import Choice
from tracker.tui.widgets.columns import Headings
from tracker.tui.widgets.row_list import given

__all__ = ["FacilityScreen"]

_MOST = 500  # statements to choose from


class _Page(VerticalScroll):
    """What scrolls; it tells when it has another size, also below a form."""

    class Resized(Message):
        """The page has another width or height."""

    def on_resize(self) -> None:
        """Tell the screen."""
        self.post_message(self.Resized())


class FacilityScreen(MilestoneScreen):
    """Milestones with a cursor, attributes, and every update; it scrolls as one page."""

    CSS_PATH = Path(__file__).with_name("facility.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "correct", "key.correct", id="page.correct"),
        Binding("escape,left,q", "back", "key.back", id="page.back"),
        *EDIT_BINDINGS,
    ]

    WRITES = MilestoneScreen.WRITES | {"correct"}

    def __init__(self, session: StoreSession, slug: str, milestone: str) -> None:
        """Show the facility `slug`, the cursor on one of its milestones."""
        super().__init__(session)
        self._slug = slug
        self._milestone = milestone
        self._revealed = ""
        self._page: FacilityPage | None = None
        self._steps = StepList(self.words, id="steps")

    @property
    def required_level(self) -> Level:
        """Of another day any facility is enough."""
        return Level.FIRST

    def compose(self) -> ComposeResult:
        """Lay out the parts of the page inside what scrolls."""
        yield self.banner
        with _Page(id="page", can_focus=False):
            yield Static(id="lifecycle")
            yield Static(id="findings")
            yield Headings(id="headings")
            yield self._steps
            yield Static(id="attributes")
            yield Static(Content(self.words("show.updates")), id="updates-title")
            yield Static(id="updates")
        yield from self.compose_footer()

    def on_mount(self) -> None:
        """Show the store."""
        self._steps.focus()
        self.reload()

    @property
    def row(self) -> Row | None:
        """The chosen milestone."""
        return self._steps.row

    @property
    def listing(self) -> StepList:
        """The milestones."""
        return self._steps

    def markable(self) -> list[tuple[str, str]]:
        """All milestones of the facility."""
        return [self._steps.key(row) for row in (self._page.rows if self._page else ())]

    def milestones_of(self, keys: Sequence[Hashable]) -> list[Milestone]:
        """The marked milestones, as they are now."""
        return self.session.milestones(cast("Sequence[tuple[str, str]]", keys))

    def load_data(self) -> None:
        """Show what the store says now, the cursor on the same milestone."""
        page = self._page = self.session.facility(self._slug)
        if page is None:
            self.action_back()
            return
        if self.row is not None:
            self._milestone = self.row.milestone.slug
        self.show_banner(day_text(page.as_of, self.words), page.summary.facility.name)
        places = [r.milestone.slug for r in page.rows]
        place = places.index(self._milestone) if self._milestone in places else 0
        self._steps.show(
            len(page.rows),
            given(page.rows),
            cursor=place,
            empty=self.words("ui.no_milestones"),
        )
        self._draw()
        self.look_at_acts()

    def _draw(self) -> None:
        """Lay the texts out for the width there is."""
        width = self.query_one("#page").scrollable_content_region.width - 2
        if self._page is None or width <= 0:
            return
        strip = lifecycle(self._page, self.words, width)
        odd = findings(self._page, self.words, width)
        for part, text in (("#lifecycle", strip), ("#findings", odd)):
            self.query_one(part, Static).update(text)
            self.query_one(part).display = bool(text.plain)
        about = attributes(self._page.summary, self.words, width)
        self.query_one("#attributes", Static).update(about)
        updates = history(self._page, self.words, self.session.day, width)
        self.query_one("#updates", Static).update(updates)

    @on(_Page.Resized)
    def fit(self) -> None:
        """Fit to the new size."""
        self._draw()

    def on_row_list_measured(self, message: StepList.Measured) -> None:
        """Put the headings over their columns."""
        self.query_one(Headings).show(message.columns)

    def on_row_list_chosen(self) -> None:
        """Show the keys that fit the chosen milestone, and its line if it is another one."""
        self.show_keys()
        slug = self.row.milestone.slug if self.row else ""
        self.session.chosen = self._slug, slug or None
        if slug != self._revealed:
            self._revealed = slug
            self.call_after_refresh(self._reveal)

    def _reveal(self) -> None:
        at = self._steps.cursor and self._steps.virtual_region.y + self._steps.cursor
        line = Region(0, at, 1, 1)  # the first one shows with the headings above it
        page = self.query_one("#page", VerticalScroll)
        page.scroll_to_region(line, animate=False, force=True)

    def on_step_list_passed(self, message: StepList.Passed) -> None:
        """Scroll the page where the list has ended."""
        page = self.query_one("#page", VerticalScroll)
        getattr(page, f"scroll_{message.action}")(animate=False)

    def refusal(self, action: str) -> str | None:
        """As for every such screen, but it is open already."""
        if action == "open":
            return "ui.no_row"
        why = super().refusal(action)
        if why is None and action == "correct" and not any(self._correctable()):
            return "ui.no_statement"
        return why

    def _correctable(self) -> Iterator[Update]:
        """What can be corrected."""
        return filter(_is_in_force, self._page.updates if self._page else ())

    def action_correct(self) -> None:
        """Ask which statement was mistyped, then what it should have said."""
        if self.allowed("correct"):
            self.attempt(self._choose_statement)

    def _choose_statement(self) -> None:
        from tracker.tui.forms.chooser import Chooser
        from tracker.tui.forms.correct_form import correct_form

        page, words = self._page, self.words
        if page is None:
            return
        steps = {row.milestone.slug: row for row in page.rows}
        late = confirmed_late(page.updates)
        here = self.row.milestone.slug if self.row else None
        said = sorted(self._correctable(), key=lambda u: u.milestone != here)  # of its step first
        found = {str(u.id): u for u in said[:_MOST]}
        choices = [
            Choice(
                number,
                f"{words.reported(u)} {what(u, steps, words, late)} {content_of(u, words, late)}",
            )
            for number, u in found.items()
        ]

        def chosen(number: str | None) -> None:
            if number is not None:
                update = found[number]
                title = f"{page.summary.facility.name} · {what(update, steps, words, late)}"
                self.app.push_screen(correct_form(self.session, update, title))

        self.app.push_screen(
            Chooser(words("ui.correct_which"), choices, words, typing=True), chosen
        )

    def action_back(self) -> None:
        """Go back to the board."""
        self.dismiss()


def _is_in_force(update: Update) -> bool:
    return update.retracted_by is None and update.kind is not UpdateKind.RETRACT
