"""View 2: all facilities and programmes, each a line."""

from collections.abc import Hashable, Sequence
from functools import partial
from typing import ClassVar, cast

from textual.binding import Binding, BindingType
from textual.widget import Widget

from db.model.records import Kind, Milestone
from db.read.lists.facility_list import FacilityFilter, FacilityOrder, Order
from tracker.domain.board import FacilityLine, Row, read_facilities
from tracker.tui.facilities.arranged_list import ArrangedList
from tracker.tui.forms.chooser import Chooser
from tracker.tui.lists.facility_picker import find, required_level, show_in_order
from tracker.tui.lists.facility_summary import FacilitySummary
from tracker.tui.lists.milestone_screen import MOST_MARKS
from tracker.tui.session.as_of_loader import Level
from tracker.tui.session.store_session import StoreSession
from tracker.tui.widgets.choice import Choice
from tracker.tui.widgets.columns import Column
from tracker.tui.widgets.line_layout import LineLayout
from tracker.tui.widgets.row_list import Group

__all__ = ["FacilitiesScreen"]

_TWO = 2


class FacilitiesScreen(ArrangedList):
    """Acts are about the next open milestone of the chosen facility, or of those marked."""

    view = "facilities"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("equals_sign", "merge", "key.merge", id="list.merge"),
    ]
    WRITES = ArrangedList.WRITES | {"merge"}

    def __init__(self, session: StoreSession) -> None:
        """Show the facilities of `session`."""
        super().__init__(session)
        self._order = FacilityOrder(())
        self._layout = LineLayout(0)
        self._asked: object = None  # for what they are
        self._pane = FacilitySummary(self.words, id="pane")

    def below(self) -> Sequence[Widget]:
        """The chosen facility."""
        return (self._pane,)

    @property
    def line(self) -> FacilityLine | None:
        """The chosen facility."""
        return cast("FacilityLine | None", self._list.row)

    @property
    def row(self) -> Row | None:
        """Its next milestone."""
        return self.line.next if self.line else None

    def markable(self) -> list[Hashable]:
        """Everything that is listed."""
        read = self._read(self._order, 0, MOST_MARKS + 1)
        return [line.summary.facility.slug for line in read]

    def milestones_of(self, keys: Sequence[Hashable]) -> list[Milestone]:
        """The next milestones of the marked facilities."""
        return self.session.next_of(map(str, keys))

    @property
    def required_level(self) -> Level:
        """Of another day the lists are enough for all facilities, the next deadline first."""
        return required_level(self.filters, self.arrangement.ordering)

    # -- showing ---------------------------------------------------------------------------------

    def load_data(self) -> None:
        """Read the list in its order, the cursor on the facility that was chosen."""
        if self.session.empty():
            return
        asked = self.session.version, self.filters, self.arrangement
        if asked == self._asked:  # only another one was chosen elsewhere
            self._show(self._order)
        else:
            show_in_order(self, self.filters, self.arrangement.ordering, self._show)
        self._asked = asked
        self.look_at_acts()

    def _show(self, order: FacilityOrder) -> None:
        self._order, words = order, self.words
        self._layout = LineLayout(order.total, [size for _, size in order.groups])
        reading = words("ui.reading")
        total = words("ui.facilities", total=order.total)
        self.show_banner(total if order.is_whole else reading)
        self.show_headings(self._rows.shown_columns)
        narrowed = self.filters != FacilityFilter() or self.session.as_of is not None
        nothing = words("list.empty" if narrowed else "ui.no_facilities")
        self._list.show(
            self._layout.total,
            self.safely(self._fetch, ()),
            cursor=self._place(),
            empty=nothing if order.is_whole else reading,
        )

    def show_headings(self, columns: Sequence[Column[FacilityLine]]) -> None:
        """Show the names of the columns, the one that orders them marked."""
        now = self.arrangement
        self._headings.show(columns, now.by.value, descending=now.falling)
        self.say_narrowed(self.narrowed_line(self._order.total if self._order.is_whole else None))

    def _called(self, group: str | None) -> str:
        if group is None:
            return self.words("ui.without")
        if self.arrangement.group is Order.PHASE:
            return self.words.kind(Kind(group))
        return group

    def _read(self, order: FacilityOrder, offset: int, limit: int) -> list[FacilityLine]:
        day, limits, window = self.session.day, self.session.limits, (offset, limit)
        return self.session.ask(lambda r: read_facilities(r, order, window, day, limits))

    def _fetch(self, offset: int, limit: int) -> Sequence[FacilityLine | Group]:
        positions = self._layout.between(offset, limit)
        rows = [position.row for position in positions if position.row is not None]
        read = iter(self._read(self._order, rows[0], len(rows)) if rows else ())
        return [
            next(read, Group("")) if position.group is None else self._head(position.group)
            for position in positions
        ]

    def _head(self, number: int) -> Group:
        name, size = self._order.groups[number]
        return Group(f"{self._called(name)} · {size:,}")

    def _place(self) -> int:
        if self.session.chosen is None:
            return self._list.cursor
        slug = self.session.chosen[0]
        found = self.session.ask(lambda r: r.facility_list.place(self._order, slug))
        return self._list.cursor if found is None else self._layout.line_of(found)

    def chosen_changed(self) -> None:
        """Show the chosen facility under the list."""
        line = self.line
        if line is None:
            self._pane.show(None, "")
            return
        slug = line.summary.facility.slug
        step = line.next.milestone.slug if line.next else ""
        self.session.chosen = slug, step or None
        self._pane.show(self.session.facility(slug), step)

    def refusal(self, action: str) -> str | None:
        """As for every such screen; a facility can be opened even if none of its steps is open."""
        if action == "open":
            return None if self.line else "ui.no_row"
        if action == "merge" and len(self.marks) > _TWO:
            return "ui.merge_two"
        if action == "merge" and self.line is None:
            return "ui.no_row"
        why = super().refusal(action)
        return "ui.no_next" if why == "ui.no_row" and self.line else why

    # -- merging ---------------------------------------------------------------------------------

    def action_merge(self) -> None:
        """Make one of two: those marked, or the chosen one and another that is looked for."""
        if not self.allowed("merge") or self.line is None:
            return
        if len(self.marks) == _TWO:
            first, second = map(str, self.marks)
            self.attempt(lambda: self._ask_which(first, second))
            return
        slug = next(iter(map(str, self.marks)), self.line.summary.facility.slug)
        self.attempt(lambda: self._look_for_other(slug))

    def _look_for_other(self, slug: str) -> None:
        def chosen(answer: str | None) -> None:
            if answer is not None:
                self.attempt(lambda: self._ask_which(slug, answer))

        def others(typed: str) -> list[Choice]:
            found = find(self.session, typed)
            return [Choice(f.slug, f.name, f.city or "") for f in found if f.slug != slug]

        title = self.words("ui.merge_with")
        chooser = Chooser(title, others(""), self.words, typing=True, find=others)
        self.app.push_screen(chooser, chosen)

    def _ask_which(self, first: str, second: str) -> None:
        pages = [self.session.facility(slug) for slug in (first, second)]
        names = {p.summary.facility.slug: p.summary.facility.name for p in pages if p}
        choices = [Choice(slug, name, slug) for slug, name in names.items()]

        def chosen(keep: str | None) -> None:
            if keep is not None:
                gone = second if keep == first else first
                self.session.chosen = keep, None
                self.post_message(self.Write(partial(self.session.merge, keep, gone)))

        self.app.push_screen(Chooser(self.words("ui.which_stays"), choices, self.words), chosen)
