"""A list of facilities that can be ordered, grouped, given other columns, and kept by name."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType

from db.model.fields import FIELD_OF_KEY
from db.model.records import Type
from db.read.lists.facility_list import ORDERS, FacilityFilter
from tracker.app.paths import views_file
from tracker.tui.facilities.arrangement import GROUPS, Arrangement, load_views, save_views
from tracker.tui.facilities.facility_columns import COLUMNS
from tracker.tui.facilities.facility_rows import FacilityRows
from tracker.tui.forms.chooser import Chooser
from tracker.tui.forms.field import Field
from tracker.tui.forms.form import Answers, Form
from tracker.tui.lists.list_screen import ListScreen
from tracker.tui.session.store_session import StoreSession
from tracker.tui.widgets.choice import CLEAR, Choice, after_choice, filter_choice
from tracker.tui.widgets.columns import Headings
from tracker.words import Words

__all__ = ["ArrangedList", "order_label"]

_FILTERS = ("city", "cluster", "programme", "owner")


class ArrangedList(ListScreen[FacilityFilter]):
    """What is common to lists of facilities; `arrangement` says how this one looks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "order", "key.order", id="list.order"),
        Binding("b", "group", "key.group", id="list.group"),
        Binding("i", "columns", "key.columns", id="list.columns"),
        Binding("w", "views", "key.views", id="list.views"),
    ]

    def __init__(self, session: StoreSession) -> None:
        """Show as at first."""
        self._rows = FacilityRows(session.words, id="list")
        super().__init__(session, self._rows, FacilityFilter())
        self.arrangement = Arrangement()

    def look_like(self, arrangement: Arrangement) -> None:
        """Look like this from now on."""
        self.arrangement = arrangement
        self.filters = arrangement.filters
        self._rows.choose(arrangement.columns)
        self.reload()

    def _now(self) -> Arrangement:
        return replace(self.arrangement, filters=self.filters)

    # -- order, groups, columns ------------------------------------------------------------------

    def on_headings_pressed(self, message: Headings.Pressed) -> None:
        """Order by the column whose heading was clicked."""
        order = message.target if message.target in ORDERS else "d_day"
        self.look_like(self._now().ordered(order))

    def action_order(self) -> None:
        """Offer the columns to order by."""
        now = self.arrangement
        choices = [
            Choice(
                order,
                order_label(order, self.words),
                beside=("↓" if now.falling else "↑") if order == now.by else "",
                chosen=order == now.by,
            )
            for order in ORDERS
            if order != "next"
        ]

        def chosen(answer: str | None) -> None:
            if answer is not None:
                self.look_like(self._now().ordered(answer))

        self._pick("key.order", choices, chosen)

    def action_group(self) -> None:
        """Offer what to group by."""
        now = self.arrangement.group
        choices = [Choice("", self.words("ui.no_group"), chosen=now is None)]
        choices += [Choice(g, order_label(g, self.words), chosen=g == now) for g in GROUPS]

        def chosen(answer: str | None) -> None:
            if answer is not None:
                self.look_like(replace(self._now(), group=answer or None))

        self._pick("key.group", choices, chosen)

    def action_columns(self) -> None:
        """Offer the columns to be shown; each choice shows at once."""
        shown = self._shown()

        def toggle(answer: str) -> list[Choice]:
            kept = [name for name in shown if name != answer]
            if answer not in shown:  # beside the first, where it certainly fits
                kept.insert(1, answer)
            if kept:
                shown[:] = kept
                self.look_like(replace(self._now(), columns=tuple(shown)))
            return self._column_choices(shown)

        chooser = Chooser(
            self.words("key.columns"),
            self._column_choices(shown),
            self.words,
            typing=True,
            keep=toggle,
        )
        self.app.push_screen(chooser)

    def _shown(self) -> list[str]:
        return list(self.arrangement.columns) or [c.name for c in self._rows.shown_columns]

    def _column_choices(self, shown: list[str]) -> list[Choice]:
        return [
            Choice(name, order_label(name, self.words), chosen=name in shown) for name in COLUMNS
        ]

    def _pick(
        self, title: str, choices: list[Choice], chosen: Callable[[str | None], None]
    ) -> None:
        self.app.push_screen(
            Chooser(self.words.lookup(title), choices, self.words, typing=True), chosen
        )

    # -- views by name ---------------------------------------------------------------------------

    def action_views(self) -> None:
        """Offer the arrangements that were kept, and to keep this one."""
        self.attempt(self._offer_views)

    def _offer_views(self) -> None:
        views = load_views(views_file())
        now = self._now()
        choices = [Choice(f"open:{name}", name, chosen=view == now) for name, view in views.items()]
        choices.append(
            Choice("default", self.words("ui.default_view"), chosen=now == Arrangement())
        )
        choices.append(Choice("save", self.words("ui.save_view")))
        choices += [
            Choice(f"delete:{name}", self.words("ui.delete_view", name=name)) for name in views
        ]
        self._pick("key.views", choices, lambda answer: self._view_chosen(answer, views))

    def _view_chosen(self, answer: str | None, views: dict[str, Arrangement]) -> None:
        what, _, name = (answer or "").partition(":")
        if what == "open":
            self.look_like(views[name])
        elif what == "default":
            self.look_like(Arrangement())
        elif what == "save":
            self._ask_name()
        elif what == "delete":
            self.attempt(lambda: self._keep({n: v for n, v in views.items() if n != name}))
            self.tell(self.words("ui.view_gone", name=name))

    def _ask_name(self) -> None:
        def build(answers: Answers) -> str:
            name = answers.text("name")
            views = load_views(views_file())
            self._keep(views | {name: self._now()})
            return name

        form = Form(
            self.session,
            self.words("ui.save_view"),
            [Field("name", self.words("ui.view_name"), needed=True)],
            build,
            take=lambda name: self.tell(self.words("ui.view_kept", name=name)),
        )
        self.app.push_screen(form)

    def _keep(self, views: dict[str, Arrangement]) -> None:
        save_views(views_file(), views)

    # -- the filter ------------------------------------------------------------------------------

    def filter_choices(self) -> list[Choice]:
        """Types, cities, clusters, programmes and owners; first, how to clear it all."""
        words, filters = self.words, self.filters
        found = [Choice(CLEAR, words("ui.clear_filter"))] if filters != FacilityFilter() else []
        type_ = words("col.type")
        found += [filter_choice(filters, "type", t, words.type(t), beside=type_) for t in Type]
        for field in _FILTERS:
            label = order_label(field, words)
            found += [
                filter_choice(filters, field, value, value, beside=label, also=label)
                for value in self.session.facility_values(field)
            ]
        return found

    def with_choice(self, answer: str) -> FacilityFilter:
        """Return the filter after a choice."""
        parse: dict[str, Callable[[str], object]] = {"type": Type}
        return after_choice(self.filters, answer, parse | dict.fromkeys(map(str, _FILTERS), str))

    def narrowed_line(self, total: int | None) -> str:
        """What the list is narrowed to, and what orders it where no heading says so.

        `total` is None while it is being read.
        """
        filters = self.filters
        parts = [self.words.type(filters.type)] if filters.type else []
        parts += [v for a in _FILTERS if (v := getattr(filters, a))]
        parts += [f"“{filters.search}”"] if filters.search else []
        if parts:
            what = " · ".join(parts)
            if total is None:
                return self.words("ui.narrowed_counting", what=what)
            return self.words("ui.narrowed", what=what, total=total)
        if self.arrangement.by not in [c.name for c in self._rows.shown_columns]:
            arrow = "↓" if self.arrangement.falling else "↑"
            by = order_label(self.arrangement.by, self.words)
            return self.words("ui.ordered", by=by, arrow=arrow)
        return ""


_LABELS = {
    "name": "col.facility",
    "type": "col.type",
    "phase": "field.phase",
    "next": "field.next",
    "when": "col.deadline",
    "d_day": "col.d_day",
    "slip": "col.slip",
    "updated": "col.updated",
}


def order_label(name: str, words: Words) -> str:
    """What a column is called."""
    field = FIELD_OF_KEY.get(name)
    return words.lookup(_LABELS.get(name) or f"field.{field.name if field else name}")
