"""The parts of the log: its list, what it has to look up, and the chosen update below."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content
from textual.widgets import Static

from db.model.records import ActKind, Update, UpdateKind
from db.read.lists.log_acts import WholeAct
from tracker.app import clock
from tracker.domain.board import FacilityPage, Row
from tracker.domain.statement_labels import confirmed_late
from tracker.tui.facility.facility_details import statement
from tracker.tui.lists.facility_summary import heading
from tracker.tui.log.log_columns import log_columns, statement_text
from tracker.tui.session.store_session import StoreSession
from tracker.tui.widgets.columns import Column
from tracker.tui.widgets.row_list import RowList

__all__ = ["Known", "UpdatePane", "UpdateRows"]


class Known:
    """Names, looked up once for each reading of the list."""

    def __init__(self, session: StoreSession) -> None:
        """Look them up on `session`."""
        self._session = session
        self._pages: dict[str, FacilityPage | None] = {}
        self._late: dict[str, frozenset[int]] = {}
        zone = session.workspace.config.timezone
        self._zone = ZoneInfo(zone) if zone else None

    def forget(self) -> None:
        """Look everything up again."""
        self._pages.clear()
        self._late.clear()

    def page(self, slug: str) -> FacilityPage | None:
        """What is known of a facility."""
        if slug not in self._pages:
            self._pages[slug] = self._session.facility(slug)
        return self._pages[slug]

    def facility(self, slug: str) -> str:
        """What a facility is called."""
        page = self.page(slug)
        return page.summary.facility.name if page else slug

    def late(self, update: Update) -> frozenset[int]:
        """The confirmations of a delay among the updates of its facility."""
        slug = update.facility
        if update.kind is not UpdateKind.CONFIRM:
            return frozenset()
        if slug not in self._late:
            page = self.page(slug)
            self._late[slug] = confirmed_late(page.updates if page else ())
        return self._late[slug]

    def row(self, update: Update) -> Row | None:
        """The milestone that an update is about."""
        page = self.page(update.facility)
        rows = page.rows if page else ()
        return next((r for r in rows if r.milestone.slug == update.milestone), None)

    def step(self, update: Update, *, brief: bool = False) -> str:
        """What its milestone is called; empty where it is about the facility itself."""
        row = self.row(update)
        if row is None:
            return update.milestone or ""
        words, m = self._session.words, row.milestone
        return (words.brief_milestone if brief else words.milestone)(m.kind, m.title)

    def instant(self, moment: datetime) -> str:
        """An instant as a clock on the wall shows it."""
        return f"{clock.local(moment, self._zone):%y-%m-%d %H:%M}"


class UpdateRows(RowList[Update]):
    """A list of updates."""

    def __init__(self, session: StoreSession, known: Known, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._words = session.words
        self._known = known

    def columns(self, width: int) -> list[Column[Update]]:
        """The columns that fit."""
        return log_columns(width, self._words, self._known)

    def key(self, row: Update) -> int:
        """Its number."""
        return row.id

    def tone(self, row: Update) -> str:
        """What was taken back, and the taking back, are quieter."""
        if isinstance(row, WholeAct):
            gone = row.undone or row.whole.kind is ActKind.UNDO
        else:
            gone = row.retracted_by is not None or row.kind is UpdateKind.RETRACT
        return "closed" if gone else ""


class UpdatePane(Static):
    """Everything about the chosen update."""

    def __init__(self, session: StoreSession, known: Known, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._session = session
        self._known = known
        self._update: Update | None = None

    def show(self, update: Update | None) -> None:
        """Show an update."""
        self._update = update
        self._draw()

    def on_resize(self) -> None:
        """Fit to the new size."""
        self._draw()

    def _draw(self) -> None:
        if self._update is None or not self.content_size.width:
            self.update("")
            return
        self.update(Content("\n").join(self._lines(self._update)))

    def _lines(self, update: Update) -> Iterator[Content]:
        if isinstance(update, WholeAct):
            yield from self._lines_of_act(update)
            return
        words, page = self._session.words, self._known.page(update.facility)
        if page is not None:
            yield heading(page.summary.facility, words)
        steps = {row.milestone.slug: row for row in (page.rows if page else ())}
        width = self.content_size.width
        yield from statement(
            update, steps, words, self._session.day, width, self._known.late(update)
        )
        recorded = self._known.instant(update.recorded_at)
        yield Content.styled(
            words("log.recorded", number=update.id, when=recorded, act=update.act),
            "$foreground 60%",
        )

    def _lines_of_act(self, whole: WholeAct) -> Iterator[Content]:
        words = self._session.words
        kind = words.of("act.kind", whole.whole.kind.value)
        yield Content.styled(f"{words('log.act', act=whole.act)} · {kind}", "bold")
        yield Content(statement_text(whole, words))
        recorded = self._known.instant(whole.recorded_at)
        by = whole.whole.by or words("log.no_author")
        yield Content.styled(words("log.whole", when=recorded, by=by), "$foreground 60%")
