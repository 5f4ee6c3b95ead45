"""The queue of a weekly check as a list, and the line that shows how far the check has come."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from db.model.review_reasons import Need
from tracker.acts.review_summary import NEED_GLYPHS, called, decided, did
from tracker.domain.review import Check, Item, Outcome, tally
from tracker.tui.widgets.columns import Column, short_day, spread
from tracker.tui.widgets.plain_label import PlainLabel
from tracker.tui.widgets.row_list import RowList
from tracker.tui.widgets.tones import TONES
from tracker.words import Words
from tracker.words.cells import cell_len

__all__ = ["OUTCOME_GLYPHS", "ProgressLine", "QueueList"]

OUTCOME_GLYPHS = {
    Outcome.OPEN: " ",
    Outcome.DECIDED: "✓",
    Outcome.SKIPPED: "»",
    Outcome.SETTLED: "–",
}
_NEED_TONES = {
    Need.OVERDUE_UNCONFIRMED: "overdue",
    Need.OVERDUE_CONFIRMED: "overdue",
    Need.DUE_SOON: "due_soon",
    Need.IN_WINDOW: "in_window",
    Need.STALE: "stale",
    Need.CONTRADICTION: "undated",
    Need.ON_HOLD: "on_hold",
}
_MAX_NAME, _MAX_STEP, _MAX_DID = 44, 28, 60
_WITH_DID = 96  # cells from which there is room for what was said
_BAR = 24
_FULL, _EMPTY = "━", "╌"


class QueueList(RowList[Item]):
    """The items of a check in their order, the answered ones quieter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.previous", "key.previous", id="review.previous"),
    ]

    def key(self, row: Item) -> int:
        """Its place in the check."""
        return row.position

    def tone(self, row: Item) -> str:
        """What has an answer is quieter."""
        return "" if row.outcome is Outcome.OPEN else "muted"

    def columns(self, width: int) -> list[Column[Item]]:
        """The columns that fit: what became of it, why it is asked, what it is."""
        words = self._words
        need = max(cell_len(words.of("review.need", n.value)) for n in Need) + 2
        columns = [
            Column("mark", "", 1, lambda i: OUTCOME_GLYPHS[i.outcome], tone=_mark_tone),
            Column("need", words("review.need"), need, self._need, tone=_need_tone),
            Column("facility", words("col.facility"), 16, lambda i: called(i, words)[0]),
            Column(
                "step", words("col.milestone"), 8, self._step, squeezed=True, briefer=self._briefer
            ),
            Column("when", words("col.forecast"), 14, self._when),
            Column("d_day", words("col.d_day"), 6, self._d_day, right=True, tone=_need_tone),
            Column("updated", words("col.updated"), 9, self._updated, tone=_age_tone),
        ]
        if width >= _WITH_DID:
            columns.append(Column("did", words("review.outcome.decided"), 14, self._did))
        most = {"facility": _MAX_NAME, "step": _MAX_STEP, "did": _MAX_DID}
        return spread(columns, width, most)

    def _need(self, item: Item) -> str:
        need = item.asked.need
        return f"{NEED_GLYPHS[need]} {self._words.of('review.need', need.value)}"

    def _step(self, item: Item) -> str:
        m = item.row.milestone if item.row else None
        if m is None:
            return item.asked.milestone
        return self._words.milestone(m.kind, m.title)

    def _briefer(self, item: Item) -> list[str]:
        m = item.row.milestone if item.row else None
        return [self._words.brief_milestone(m.kind, m.title)] if m else []

    def _when(self, item: Item) -> str:
        m = item.row.milestone if item.row else None
        return self._words.period(m.actual or m.forecast) if m else ""

    def _d_day(self, item: Item) -> str:
        return self._words.d_day(item.row.judged.to_deadline) if item.row else ""

    def _updated(self, item: Item) -> str:
        if item.row is None:
            return ""
        day = short_day(item.row.milestone.updated_on.isoformat())
        return f"{day}!" if item.row.judged.stale else day

    def _did(self, item: Item) -> str:
        if item.outcome is not Outcome.DECIDED:
            outcome = self._words.of("review.outcome", item.outcome.value)
            return "" if item.outcome is Outcome.OPEN else outcome
        decision = item.decisions[-1]
        what = did(decision.updates[0].kind, self._words)
        return " · ".join(filter(None, (what, decided(decision, self._words))))


def _mark_tone(item: Item) -> str:
    return "completed" if item.outcome is Outcome.DECIDED else "muted"


def _need_tone(item: Item) -> str:
    return _NEED_TONES[item.asked.need] if item.outcome is Outcome.OPEN else "muted"


def _age_tone(item: Item) -> str:
    if item.outcome is not Outcome.OPEN or item.row is None:
        return "muted"
    return "stale" if item.row.judged.stale else ""


class ProgressLine(PlainLabel):
    """A bar, n of m, and the same for each need, as much of it as fits."""

    def __init__(self, words: Words, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._words = words
        self._check: Check | None = None

    def show(self, check: Check | None) -> None:
        """Show how far a check has come."""
        self._check = check
        self.redraw()

    def redraw(self) -> None:
        """Write the bar, and as many counts as fit."""
        if self._check is None:
            self.write()
            return
        total = len(self._check.items)
        done = total - self._check.count(Outcome.OPEN)
        full = _BAR if not total else done * _BAR // total
        parts = [
            Content.assemble(
                (_FULL * full, "$text-success"),
                (_EMPTY * (_BAR - full), "$foreground 40%"),
                (f" {self._words('review.place', place=done, total=total)}", "bold"),
            )
        ]
        room = self.content_size.width - cell_len(parts[0].plain)
        counts = tally(self._check.items).items()
        waiting_first = sorted(counts, key=lambda c: c[1][0] == c[1][1])
        for need, (answered, asked) in waiting_first:
            piece = self._piece(need, answered, asked)
            room -= cell_len(piece.plain) + 2
            if room < 0:
                break
            parts.append(piece)
        self.write(Content("  ").join(parts))

    def _piece(self, need: Need, answered: int, asked: int) -> Content:
        waits = answered < asked
        tone = TONES.get(_NEED_TONES[need], "$text-warning") if waits else TONES["muted"]
        return Content.assemble(
            (f"{NEED_GLYPHS[need]} {self._words.of('review.need', need.value)} ", tone),
            (f"{answered:,}/{asked:,}", "" if waits else TONES["muted"]),
        )
