"""View 6: everything that was ever said, newest first."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar, cast
from zoneinfo import ZoneInfo

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from db.log_list import LogFilter
from db.records import Milestone, Update, UpdateKind
from tracker.board import FacilityPage, Row
from tracker.tui import statements
from tracker.tui.chooser import Choice
from tracker.tui.desk import Desk
from tracker.tui.dossier import statement
from tracker.tui.field import Field
from tracker.tui.form import Answers, Form
from tracker.tui.listing import ListSheet
from tracker.tui.log_columns import log_columns
from tracker.tui.pane import heading
from tracker.tui.reading import Reading
from tracker.tui.rows import RowList
from tracker.tui.sheet import MOST_MARKS
from tracker.tui.table import Column

__all__ = ["LogScreen"]


class _Known:
    """Names, looked up once for each reading of the list."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pages: dict[str, FacilityPage | None] = {}
        zone = desk.office.config.timezone
        self._zone = ZoneInfo(zone) if zone else None

    def forget(self) -> None:
        self._pages.clear()

    def page(self, slug: str) -> FacilityPage | None:
        if slug not in self._pages:
            self._pages[slug] = self._desk.facility(slug)
        return self._pages[slug]

    def facility(self, slug: str) -> str:
        page = self.page(slug)
        return page.summary.facility.name if page else slug

    def row(self, update: Update) -> Row | None:
        page = self.page(update.facility)
        rows = page.rows if page else ()
        return next((r for r in rows if r.milestone.slug == update.milestone), None)

    def step(self, update: Update) -> str:
        row = self.row(update)
        if row is None:
            return update.milestone or ""
        m = row.milestone
        return m.title or self._desk.words(f"kind.short.{m.kind.value}")

    def instant(self, moment: datetime) -> str:
        return f"{moment.astimezone(self._zone):%y-%m-%d %H:%M}"


class UpdateRows(RowList[Update]):
    """A list of updates."""

    def __init__(self, desk: Desk, known: _Known, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._words = desk.words
        self._known = known

    def columns(self, width: int) -> list[Column[Update]]:
        """The columns that fit."""
        return log_columns(width, self._words, self._known)

    def key(self, row: Update) -> int:
        """Its number."""
        return row.id

    def tone(self, row: Update) -> str:
        """What was taken back, and the taking back, are quieter."""
        gone = row.retracted_by is not None or row.kind is UpdateKind.RETRACT
        return "closed" if gone else ""


class UpdatePane(Static):
    """Everything about the chosen update."""

    def __init__(self, desk: Desk, known: _Known, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._desk = desk
        self._known = known
        self._update: Update | None = None

    def show(self, update: Update | None) -> None:
        """Show an update."""
        self._update = update
        self._draw()

    def on_resize(self) -> None:
        """Fit anew."""
        self._draw()

    def _draw(self) -> None:
        if self._update is None or not self.content_size.width:
            self.update("")
            return
        self.update(Content("\n").join(self._lines(self._update)))

    def _lines(self, update: Update) -> Iterator[Content]:
        words, page = self._desk.words, self._known.page(update.facility)
        if page is not None:
            yield heading(page.summary.facility, words)
        steps = {row.milestone.slug: row for row in (page.rows if page else ())}
        width = self.content_size.width
        yield from statement(update, steps, words, self._desk.day, width)
        recorded = self._known.instant(update.recorded_at)
        yield Content.styled(
            words("log.recorded", number=update.id, when=recorded, act=update.act),
            "$foreground 60%",
        )


class LogScreen(ListSheet[LogFilter]):
    """Acts are about the milestone that the chosen update is about."""

    view = "log"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x,delete", "retract", "key.retract", id="log.retract"),
        Binding("w", "since", "key.since", id="log.since"),
        Binding("d", "days", "key.days", id="log.days"),
    ]
    WRITES = ListSheet.WRITES | {"retract"}

    def __init__(self, desk: Desk) -> None:
        """Show the log of `desk`."""
        self._known = _Known(desk)
        super().__init__(desk, UpdateRows(desk, self._known, id="list"), LogFilter())
        self._pane = UpdatePane(desk, self._known, id="pane")

    def below(self) -> Sequence[Widget]:
        """The chosen update."""
        return (self._pane,)

    @property
    def said(self) -> Update | None:
        """The chosen update."""
        return cast("Update | None", self._list.row)

    @property
    def row(self) -> Row | None:
        """The milestone it is about."""
        return self._known.row(self.said) if self.said else None

    def markable(self) -> list[Hashable]:
        """Everything that is listed."""
        return [u.id for u in self._page(0, MOST_MARKS + 1)]

    def milestones_of(self, keys: Sequence[Hashable]) -> list[Milestone]:
        """The milestones that marked updates are about."""
        pairs = [(u.facility, u.milestone) for u in self._updates(keys) if u.milestone]
        return self.desk.milestones([(f, m) for f, m in pairs if m])

    def _updates(self, keys: Sequence[Hashable]) -> list[Update]:
        numbers = cast("Sequence[int]", keys)
        return [self.desk.ask(lambda r, n=n: r.update(n)) for n in numbers]  # type: ignore[misc]

    # -- showing ---------------------------------------------------------------------------------

    def read_anew(self) -> None:
        """Read the log, the cursor on the same update."""
        if self.desk.empty():
            return
        here = self.said
        self._known.forget()
        total = self.desk.ask(lambda r: r.log_list.total(self.wanted))
        place = self._list.cursor
        if here is not None and place:
            place = self.desk.ask(lambda r: r.log_list.place(self.wanted, here.id))
        self.show_banner(self.words("ui.updates", total=total))
        self.say_narrowed(self._narrowed_line(total))
        nothing = "list.empty" if self.wanted != LogFilter() else "log.empty"
        self._list.show(
            total, self.safely(self._page), cursor=place, empty=self.words(nothing)
        )
        self.look_at_acts()

    def _page(self, offset: int, limit: int) -> list[Update]:
        return self.desk.ask(lambda r: r.log_list.page(self.wanted, limit=limit, offset=offset))

    def chosen_changed(self) -> None:
        """Show the chosen update whole."""
        update = self.said
        if update is not None:
            self.desk.chosen = update.facility, update.milestone
        self._pane.show(update)

    def _narrowed_line(self, total: int) -> str:
        wanted, words = self.wanted, self.words
        parts = [self._known.facility(wanted.facility)] if wanted.facility else []
        parts += [words.update(wanted.kind)] if wanted.kind else []
        parts += [wanted.author] if wanted.author else []
        if wanted.first and wanted.last:
            parts.append(f"{wanted.first} … {wanted.last}")
        elif wanted.first:
            parts.append(words("ui.since", day=wanted.first))
        elif wanted.last:
            parts.append(words("ui.until", day=wanted.last))
        parts += [words("ui.in_force")] if wanted.in_force else []
        parts += [f"“{wanted.search}”"] if wanted.search else []
        return words("ui.narrowed", what=" · ".join(parts), total=total) if parts else ""

    # -- narrowing -------------------------------------------------------------------------------

    def filter_choices(self) -> list[Choice]:
        """This facility, kinds of statement, authors, and what is in force."""
        words, wanted, here = self.words, self.wanted, self.said
        found = [Choice("clear:", words("ui.clear_filter"))] if wanted != LogFilter() else []
        if here is not None:
            name = self._known.facility(here.facility)
            found.append(
                Choice(
                    f"facility:{here.facility}",
                    name,
                    words("col.facility"),
                    chosen=wanted.facility == here.facility,
                )
            )
        found.append(Choice("in_force:", words("ui.in_force"), chosen=wanted.in_force))
        found += [
            Choice(f"kind:{kind.value}", words.update(kind), words("col.what"), chosen=kind is wanted.kind)
            for kind in UpdateKind
        ]
        found += [
            Choice(f"author:{name}", name, words("col.by"), chosen=name == wanted.author)
            for name in self.desk.ask(lambda r: r.log_list.authors())
        ]
        return found

    def with_choice(self, answer: str) -> LogFilter:
        """The filter after a choice."""
        what, _, value = answer.partition(":")
        wanted = self.wanted
        if what == "facility":
            return replace(wanted, facility=None if wanted.facility == value else value)
        if what == "author":
            return replace(wanted, author=None if wanted.author == value else value)
        if what == "kind":
            kind = UpdateKind(value)
            return replace(wanted, kind=None if wanted.kind is kind else kind)
        if what == "in_force":
            return replace(wanted, in_force=not wanted.in_force)
        return LogFilter()

    def action_days(self) -> None:
        """Ask from which day to which."""

        def take(days: Reading) -> None:
            period = days.period
            first, last = (period.earliest, period.latest) if period else (None, None)
            self.narrow(replace(self.wanted, first=first, last=last))

        self._ask_days("key.days", "ui.which_days", take)

    def action_since(self) -> None:
        """Ask since when; then show what was said since, and still holds."""

        def take(days: Reading) -> None:
            period = days.period
            first = (period.earliest or period.latest) if period else None
            self.narrow(replace(self.wanted, first=first, last=None, in_force=True))

        self._ask_days("key.since", "ui.since_when", take)

    def _ask_days(self, title: str, label: str, take: object) -> None:
        def build(answers: Answers) -> Reading:
            return answers.date("days")

        form = Form(
            self.words(title),
            [Field("days", self.words(label), date=True)],
            build,
            words=self.words,
            today=self.desk.today,
            read=self.desk.read_period,
            take=take,  # type: ignore[arg-type]
        )
        self.app.push_screen(form)

    # -- taking back -----------------------------------------------------------------------------

    def refusal(self, action: str) -> str | None:
        """As for every sheet; and what was taken back is not taken back again."""
        if action == "open":
            return None if self.said else "ui.no_row"
        why = super().refusal(action)
        if why is None and action == "retract" and not self.marks:
            if self.said is None:
                return "ui.no_row"
            return "ui.already_back" if self.said.retracted_by is not None else None
        return why

    def action_retract(self) -> None:
        """Take the chosen update back, or all that are marked."""
        if self.allowed("retract"):
            self.attempt(self._retract)

    def _retract(self) -> None:
        chosen = [self.said.id] if self.said else []
        updates = self._updates(list(self.marks) or chosen)
        in_force = [u for u in updates if u.retracted_by is None]
        if in_force:
            self.post_message(self.Record(statements.retract(in_force, self.desk.today)))
        else:
            self.tell(self.words("ui.none_fits"), wrong=True)
