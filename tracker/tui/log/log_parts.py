"""The parts of the log: its list, what it has to look up, and the chosen update below."""

from collections.abc import Iterator

from textual.content import Content

from db.model.records import ActKind, Update, UpdateKind
from db.read.lists.log_acts import WholeAct
from tracker.tui.facility.facility_details import statement
from tracker.tui.lists.facility_summary import heading
from tracker.tui.log.log_columns import log_columns, statement_text
from tracker.tui.log.lookup import FacilityLookup
from tracker.tui.session.store_session import StoreSession
from tracker.tui.widgets.columns import Column
from tracker.tui.widgets.plain_label import PlainLabel
from tracker.tui.widgets.row_list import RowList

__all__ = ["UpdatePane", "UpdateRows"]


class UpdateRows(RowList[Update]):
    """A list of updates."""

    def __init__(self, session: StoreSession, known: FacilityLookup, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(session.words, id)
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
        return "muted" if gone else ""


class UpdatePane(PlainLabel):
    """Everything about the chosen update."""

    def __init__(self, session: StoreSession, known: FacilityLookup, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._session = session
        self._known = known
        self._update: Update | None = None

    def show(self, update: Update | None) -> None:
        """Show an update."""
        self._update = update
        self.redraw()

    def redraw(self) -> None:
        """Write the statement for the width there is."""
        update = self._update if self.content_size.width else None
        self.write(*(self._lines_of(update) if update else ()))

    def _lines_of(self, update: Update) -> Iterator[Content]:
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
