"""View 4: the milestone trend of one facility or programme."""

from collections.abc import Hashable, Sequence
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from db.model.records import Milestone
from db.read.reader import Filter
from tracker.charts.canvas import Line
from tracker.charts.trend import Trace, draw_trend, traces_of
from tracker.charts.trend_table import headings, trend_legend
from tracker.domain.board import FacilityPage, Row
from tracker.tui.facility.page import FacilityScreen
from tracker.tui.forms.chooser import Chooser
from tracker.tui.lists.facility_picker import find, neighbour
from tracker.tui.lists.milestone_screen import MilestoneScreen
from tracker.tui.session.store_session import StoreSession
from tracker.tui.trend.trend_list import TrendList
from tracker.tui.widgets.banner import day_text
from tracker.tui.widgets.choice import Choice
from tracker.tui.widgets.drawing import Drawing

__all__ = ["TrendScreen"]

_LOW, _HIGH = 20, 30  # lines from which there is room for a legend, and for all of it


class TrendScreen(MilestoneScreen):
    """How the dates of one facility moved, and every statement that moved them."""

    view = "trend"
    CSS_PATH = "trend.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,f7", "choose", "key.choose_facility", id="trend.choose"),
    ]

    def __init__(self, session: StoreSession) -> None:
        """Show a facility of `session`: the one chosen last, else the most urgent."""
        super().__init__(session)
        self._page: FacilityPage | None = None
        self._traces: tuple[Trace, ...] = ()
        self._list = TrendList(self.words, id="list")

    def compose(self) -> ComposeResult:
        """Lay out the chart, what its signs mean, and the statements."""
        yield self.banner
        yield Drawing(self._chart, id="chart")
        yield Drawing(self._legend, id="legend")
        yield Drawing(self._headings, id="columns")
        yield self._list
        yield from self.compose_footer()

    def on_mount(self) -> None:
        """Show the store."""
        self._list.focus()
        self.reload()

    # -- what is chosen --------------------------------------------------------------------------

    @property
    def row(self) -> Row | None:
        """The milestone under the cursor."""
        return self._list.trace.row if self._list.trace else None

    @property
    def listing(self) -> TrendList:
        """The statements."""
        return self._list

    def markable(self) -> list[tuple[str, str]]:
        """All milestones of the facility."""
        return [(t.row.milestone.facility, t.slug) for t in self._traces]

    def milestones_of(self, keys: Sequence[Hashable]) -> list[Milestone]:
        """The marked milestones, as they are now."""
        return self.session.milestones(cast("Sequence[tuple[str, str]]", keys))

    # -- showing ---------------------------------------------------------------------------------

    def load_data(self) -> None:
        """Read the facility, and show how its dates moved."""
        if self.session.empty():
            return
        slug, step = self.session.chosen or (self._most_urgent(), None)
        page = self.session.facility(slug) or self.session.facility(self._most_urgent())
        if page is None:
            self._traces = ()
        else:
            self._traces = traces_of(page)
            following = page.summary.next
            step = step or (following.slug if following else None)
        self._page = page
        self._list.show_traces(self._traces, step)
        self._draw()
        self.look_at_acts()

    def _most_urgent(self) -> str:
        rows = self.session.rows(Filter(), 0, 1)
        return rows[0].milestone.facility if rows else ""

    def _draw(self) -> None:
        name = self._page.summary.facility.name if self._page else ""
        self.show_banner(day_text(self.session.day, self.words), name)
        for drawing in self.query(Drawing):
            drawing.redraw()

    def on_row_list_chosen(self) -> None:
        """Bring the milestone of the statement to the front, and remember it."""
        if self._page is not None:
            slug = self._page.summary.facility.slug
            self.session.chosen = slug, self._list.trace.slug if self._list.trace else None
        self.query_one("#chart", Drawing).redraw()
        self.show_keys()

    def on_row_list_opened(self) -> None:
        """Open the page of the facility."""
        if self.row is not None:
            m = self.row.milestone
            self.app.push_screen(FacilityScreen(self.session, m.facility, m.slug))

    def _chart(self, width: int, height: int) -> list[Line]:
        if self._page is None or not self._traces or min(width, height) <= 1:
            return []
        chosen = self._list.trace.slug if self._list.trace else ""
        return draw_trend(self._traces, self._page.as_of, (width, height), self.words, chosen)

    def _legend(self, width: int, height: int) -> list[Line]:
        del height
        lines = 2 if self.size.height >= _HIGH else 1 if self.size.height >= _LOW else 0
        return trend_legend(self.words, width)[:lines]

    def _headings(self, width: int, height: int) -> list[Line]:
        del height
        return [[(" ", ""), *headings(self.words, width - 1)]]

    # -- another facility ------------------------------------------------------------------------

    def _show_facility(self, slug: str | None) -> None:
        if slug is not None:
            self.session.chosen = slug, None
            self.reload()

    def action_turn(self, step: int) -> None:
        """Show the facility before or after this one, in the order of the timeline."""

        def turn() -> None:
            now = self._page.summary.facility.slug if self._page else ""
            self._show_facility(neighbour(self.session, now, step))

        self.attempt(turn)

    def action_choose(self) -> None:
        """Offer every facility."""

        def fitting(typed: str) -> list[Choice]:
            return [Choice(f.slug, f.name, f.city or "") for f in find(self.session, typed)]

        def offer() -> None:
            title = self.words("key.choose_facility")
            chooser = Chooser(title, fitting(""), self.words, typing=True, find=fitting)
            self.app.push_screen(chooser, self._show_facility)

        self.attempt(offer)
