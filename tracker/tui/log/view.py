"""View 6: everything that was ever said, newest first."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import ClassVar, cast

from textual.binding import Binding, BindingType
from textual.widget import Widget

from db.model.records import Milestone, Update, UpdateKind
from db.read.lists.log_acts import WholeAct
from db.read.lists.log_list import LogFilter
from db.read.reader import Reader
from tracker.acts import statements
from tracker.acts.typed_date import Reading
from tracker.domain.board import Row
from tracker.tui.forms.field import Field
from tracker.tui.forms.form import Answers, Form
from tracker.tui.lists.list_screen import ListScreen
from tracker.tui.lists.milestone_screen import MOST_MARKS
from tracker.tui.log.log_parts import UpdatePane, UpdateRows
from tracker.tui.log.lookup import FacilityLookup
from tracker.tui.session.store_session import StoreSession
from tracker.tui.widgets.choice import CLEAR, Choice, after_choice, filter_choice
from tracker.tui.widgets.row_list import PAGE, given

__all__ = ["LogScreen"]

_FIELDS: dict[str, Callable[[str], object]] = {
    "facility": str,
    "act": int,
    "author": str,
    "kind": UpdateKind,
    "in_force": bool,
}
_ON_ONE = {"retract", "mark", "correct"}
"""What is done to a single statement, never to an act in one row."""


class LogScreen(ListScreen[LogFilter]):
    """Acts are about the milestone that the chosen update is about."""

    view = "log"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x,delete", "retract", "key.retract", id="log.retract"),
        Binding("e,f10", "correct", "key.correct", id="log.correct"),
        Binding("z", "undo_act", "key.undo_act", id="log.undo_act"),
        Binding("w", "since", "key.since", id="log.since"),
        Binding("d", "days", "key.days", id="log.days"),
    ]
    WRITES = ListScreen.WRITES | {"retract", "undo_act", "correct"}

    def __init__(self, session: StoreSession) -> None:
        """Show the log of `session`."""
        self._known = FacilityLookup(session)
        super().__init__(session, UpdateRows(session, self._known, id="list"), LogFilter())
        self._pane = UpdatePane(session, self._known, id="pane")
        self._elsewhere, self._found = session.chosen, session.chosen
        self._arrived = True

    def below(self) -> Sequence[Widget]:
        """The chosen update."""
        return (self._pane,)

    @property
    def said(self) -> Update | None:
        """The chosen update."""
        return cast("Update | None", self._list.row)

    @property
    def whole(self) -> WholeAct | None:
        """The chosen act, where one is shown in one row."""
        return self.said if isinstance(self.said, WholeAct) else None

    @property
    def row(self) -> Row | None:
        """The milestone it is about."""
        return self._known.row(self.said) if self.said and not self.whole else None

    def markable(self) -> list[Hashable]:
        """Every single statement that is listed."""
        listed = self._page(0, MOST_MARKS + 1)
        return [u.id for u in listed if not isinstance(u, WholeAct)]

    def milestones_of(self, keys: Sequence[Hashable]) -> list[Milestone]:
        """The milestones that marked updates are about."""
        pairs = [(u.facility, u.milestone) for u in self._updates(keys) if u.milestone]
        return self.session.milestones([(f, m) for f, m in pairs if m])

    def _updates(self, keys: Sequence[Hashable]) -> list[Update]:
        numbers = cast("Sequence[int]", keys)
        return self.session.ask(lambda r: [r.update(number) for number in numbers])

    # -- showing ---------------------------------------------------------------------------------

    def load_data(self) -> None:
        """Read the log, the cursor on the same update."""
        if self.session.empty():
            return
        here, filters, cursor = self.said, self.filters, self._list.cursor
        self._known.forget()
        self.cancel_query()

        def measure(reader: Reader) -> tuple[int, int, int]:
            place = cursor
            if here is not None and cursor:
                place = reader.log_list.place(filters, here.id)
            return reader.log_list.total(filters), place, reader.log_list.statements(filters)

        if self.session.ask(lambda r: r.log_list.is_quick(filters)):
            self._show(*self.session.ask(measure))
        else:
            self._show_first()
            self.run_query(measure, self._show_rest)
        self.look_at_acts()

    def _show(self, total: int, place: int, statements: int) -> None:
        self.show_banner(self.words("ui.updates", total=statements))
        self.say_narrowed(self._narrowed_line(total))
        nothing = "list.empty" if self.filters != LogFilter() else "log.empty"
        self._list.show(
            total, self.safely(self._page, ()), cursor=place, empty=self.words.lookup(nothing)
        )

    def _show_first(self) -> None:
        """Show the newest of very many, before it is known how many there are."""
        first = self._page(0, max(PAGE, self._list.size.height))
        self.show_banner(self.words("ui.reading"))
        self.say_narrowed(self._narrowed_line(None))
        empty = self.words("list.empty")
        self._list.show(len(first), given(first), cursor=0, empty=empty)

    def _show_rest(self, measured: tuple[int, int, int]) -> None:
        """Show all of them; whoever has moved by then stays where he is."""
        total, place, statements = measured
        self._show(total, self._list.cursor or place, statements)

    def _page(self, offset: int, limit: int) -> list[Update]:
        return self.session.ask(lambda r: r.log_list.page(self.filters, limit=limit, offset=offset))

    def chosen_changed(self) -> None:
        """Show the chosen update whole."""
        update = self.said
        if update is not None and not self.whole and self.is_current:
            self.session.chosen = update.facility, update.milestone
            if self._arrived:
                self._found, self._arrived = self.session.chosen, False
        self._pane.show(update)

    def on_screen_resume(self) -> None:
        """Remember what was chosen elsewhere; acts are about the chosen update from now on."""
        if self._left is not None and self.session.chosen != self._found:
            self._elsewhere, self._arrived = self.session.chosen, True
            self.reload()
            self.chosen_changed()

    def _let_go(self) -> None:
        """Leave what is chosen elsewhere as it was, if nobody has chosen anything here."""
        if self.session.chosen == self._found:
            self.session.chosen = self._elsewhere

    def action_view(self, view: str) -> None:
        """Show a view."""
        if view != self.view:
            self._let_go()
        super().action_view(view)

    def action_neighbour(self, step: int) -> None:
        """Show the view beside this one."""
        self._let_go()
        super().action_neighbour(step)

    def _narrowed_line(self, total: int | None) -> str:
        filters, words = self.filters, self.words
        parts = [words("log.act", act=filters.act)] if filters.act else []
        parts += [self._known.facility(filters.facility)] if filters.facility else []
        parts += [words.update(filters.kind)] if filters.kind else []
        parts += [filters.author] if filters.author else []
        if filters.first and filters.last:
            parts.append(f"{filters.first} … {filters.last}")
        elif filters.first:
            parts.append(words("ui.since", day=filters.first))
        elif filters.last:
            parts.append(words("ui.until", day=filters.last))
        parts += [words("ui.in_force")] if filters.in_force else []
        parts += [f"“{filters.search}”"] if filters.search else []
        what = " · ".join(parts)
        if total is None:
            return words("ui.narrowed_counting", what=what)
        return words("ui.narrowed", what=what, total=total) if parts else ""

    # -- narrowing -------------------------------------------------------------------------------

    def filter_choices(self) -> list[Choice]:
        """This facility, kinds of statement, authors, and what is in force."""
        words, filters, here = self.words, self.filters, self.said
        found = [Choice(CLEAR, words("ui.clear_filter"))] if filters != LogFilter() else []
        if here is not None:
            act = words("log.act", act=here.act)
            found.append(filter_choice(filters, "act", here.act, act, beside=words("col.act")))
        if here is not None and not self.whole:
            slug, facility = here.facility, words("col.facility")
            name = self._known.facility(slug)
            found.append(filter_choice(filters, "facility", slug, name, beside=facility))
        found.append(filter_choice(filters, "in_force", value=True, label=words("ui.in_force")))
        what, by = words("col.what"), words("col.by")
        kinds = [
            filter_choice(filters, "kind", k, words.update(k), beside=what) for k in UpdateKind
        ]
        authors = self.session.ask(lambda r: r.log_list.authors())
        return [
            *found,
            *kinds,
            *(filter_choice(filters, "author", a, a, beside=by) for a in authors),
        ]

    def with_choice(self, answer: str) -> LogFilter:
        """Return the filter after a choice."""
        return after_choice(self.filters, answer, _FIELDS)

    def action_days(self) -> None:
        """Ask from which day to which."""

        def take(days: Reading) -> None:
            period = days.period
            first, last = (period.earliest, period.latest) if period else (None, None)
            self.narrow(replace(self.filters, first=first, last=last))

        self._ask_days("key.days", "ui.which_days", take)

    def action_since(self) -> None:
        """Ask since when; then show what was said since, and still holds."""

        def take(days: Reading) -> None:
            period = days.period
            first = (period.earliest or period.latest) if period else None
            self.narrow(replace(self.filters, first=first, last=None, in_force=True))

        self._ask_days("key.since", "ui.since_when", take)

    def _ask_days(self, title: str, label: str, take: Callable[[Reading], None]) -> None:
        field = Field("days", self.words.lookup(label), date=True, hint=self.words("ui.day_hint"))

        def build(answers: Answers) -> Reading:
            return answers.date("days")

        self.app.push_screen(
            Form(self.session, self.words.lookup(title), [field], build, take=take)
        )

    # -- taking back -----------------------------------------------------------------------------

    def refusal(self, action: str) -> str | None:
        """As for every such screen; and what was taken back is not taken back again."""
        if action == "open":
            return None if self.said else "ui.no_row"
        if action in _ON_ONE and self.whole and not (action == "retract" and self.marks):
            return "ui.whole_act"
        why = super().refusal(action)
        if why is None and action == "undo_act":
            why = None if self.said else "ui.no_row"
        elif why is None and action == "correct":
            why = self._uncorrectable()
        elif why is None and action == "retract" and not self.marks:
            why = self._unretractable()
        return why

    def _unretractable(self) -> str | None:
        if self.said is None:
            return "ui.no_row"
        return "ui.already_back" if self.said.retracted_by is not None else None

    def _uncorrectable(self) -> str | None:
        if self.said is not None and self.said.kind is UpdateKind.RETRACT:
            return "ui.takes_back"
        return self._unretractable()

    def action_correct(self) -> None:
        """Ask what the chosen update should have said."""
        if self.allowed("correct"):
            self.attempt(self._correct)

    def _correct(self) -> None:
        from tracker.tui.forms.correct_form import correct_form

        update = self.said
        if update is not None:
            about = " · ".join(
                filter(None, (self._known.facility(update.facility), self._known.step(update)))
            )
            self.app.push_screen(correct_form(self.session, update, about))

    def open_row(self) -> None:
        """Open the page of the facility, or of an act in one row the statements."""
        if self.whole is not None:
            self.narrow(LogFilter(act=self.whole.act))
        else:
            super().open_row()

    def action_undo_act(self) -> None:
        """Take back the whole act of the chosen update, whoever made it."""
        if self.allowed("undo_act") and self.said is not None:
            self.post_message(self.Undo(self.said.act))

    def action_retract(self) -> None:
        """Take the chosen update back, or all that are marked."""
        if self.allowed("retract"):
            self.attempt(self._retract)

    def _retract(self) -> None:
        chosen = [self.said.id] if self.said else []
        updates = self._updates(list(self.marks) or chosen)
        in_force = [u for u in updates if u.retracted_by is None]
        if in_force:
            self.post_message(self.Record(statements.retract(in_force, self.session.today)))
        else:
            self.tell(self.words("ui.none_fits"), wrong=True)
