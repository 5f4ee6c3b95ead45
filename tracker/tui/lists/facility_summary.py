"""A facility in a few lines under the board: attributes, steps, newest statements."""

import re
from collections.abc import Callable, Container, Iterable

from textual.content import Content

from db.model.records import Facility, Kind, Update, UpdateKind
from tracker.acts.act_messages import said
from tracker.domain.board import FacilityPage, Row
from tracker.domain.statement_labels import confirmed_late, label_of, remark, source_label
from tracker.tui.widgets.columns import short_day
from tracker.tui.widgets.plain_label import PlainLabel
from tracker.tui.widgets.tones import TONES
from tracker.words import GLYPHS, Words
from tracker.words.cells import cell_len, fit, plain

__all__ = ["FacilitySummary", "content_of", "flow", "heading", "what"]

_PLAIN_EDTF = re.compile(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?")
_GAP = "  "
_FEW_LINES = 10


class FacilitySummary(PlainLabel):
    """The facility of the chosen milestone."""

    def __init__(self, words: Words, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._words = words
        self._page: FacilityPage | None = None
        self._milestone = ""

    def show(self, page: FacilityPage | None, milestone: str) -> None:
        """Show a facility, one of its milestones marked."""
        self._page, self._milestone = page, milestone
        self.redraw()

    def redraw(self) -> None:
        """Write what fits the width."""
        width, height = self.content_size
        if self._page is None or not width:
            self.write()
            return
        steps = _strip_lines(self._page.rows, self._milestone, self._words, width)
        lines = [
            heading(self._page.summary.facility, self._words),
            *steps[: 2 if height < _FEW_LINES else 4],
        ]
        said_last = [u for u in self._page.updates if _counts(u)]
        kinds = {r.milestone.slug: r for r in self._page.rows}
        room = max(0, height - len(lines))
        late = confirmed_late(self._page.updates)
        lines += [_update_line(u, kinds, self._words, width, late) for u in said_last[:room]]
        self.write(*lines)


def heading(facility: Facility, words: Words) -> Content:
    """Return the name, city, cluster, cost and owner of a facility."""
    known = [facility.city, facility.cluster, facility.owner]
    if facility.cost_krw is not None:
        known.insert(2, words.money(facility.cost_krw))
    details = " · ".join(plain(text) for text in known if text)
    return Content.assemble((plain(facility.name), "bold"), _GAP, (details, "$foreground 60%"))


def _strip_lines(rows: tuple[Row, ...], chosen: str, words: Words, width: int) -> list[Content]:
    """Return the steps with their dates and signs, in lines of at most `width` cells."""

    def named(name: Callable[[Kind, str | None], str]) -> list[Content]:
        pieces = [
            _step(row, name(row.milestone.kind, row.milestone.title), words, chosen) for row in rows
        ]
        return flow(pieces, _GAP, width)

    lines = named(words.milestone)
    return lines if len(lines) <= 1 else named(words.brief_milestone)


def flow(pieces: Iterable[Content], joint: str, width: int) -> list[Content]:
    """Lines of at most `width` cells made of pieces, each line joined by `joint`."""
    lines: list[list[Content]] = []
    used = 0
    for piece in pieces:
        size = len(joint) + cell_len(piece.plain)
        if not lines or used + size > width:
            lines.append([piece])
            used = size - len(joint)
        else:
            lines[-1].append(piece)
            used += size
    return [Content(joint).join(line) for line in lines]


def _step(row: Row, name: str, words: Words, chosen: str) -> Content:
    m, state = row.milestone, row.judged.state
    period = m.actual or m.forecast
    exact = period is not None and _PLAIN_EDTF.fullmatch(period.edtf)
    date = period.edtf if period is not None and exact else words.period(period)
    is_chosen = m.slug == chosen
    return Content.assemble(
        (plain(name), "bold underline" if is_chosen else ""),
        " ",
        (date, "bold" if is_chosen else "$foreground 60%"),
        " ",
        (GLYPHS[state], TONES[state]),
    )


def _counts(update: Update) -> bool:
    """Whether a statement is worth a line: in force, and more than a title."""
    title_only = update.kind is UpdateKind.SET and update.milestone is not None
    in_force = update.retracted_by is None and update.kind is not UpdateKind.RETRACT
    return in_force and not title_only


def what(
    update: Update,
    steps: dict[str, Row],
    words: Words,
    late: Container[int] = frozenset(),
    room: int | None = None,
) -> str:
    """Return what a statement is about and its kind: 개소 계획.

    `late` are the confirmations of a delay, as `statement_labels.confirmed_late` tells them.
    What takes more than `room` cells has the short name of its step.
    """
    row = steps.get(update.milestone or "")
    kind = label_of(update, words, late)
    if row is None:
        return f"{update.milestone} {kind}" if update.milestone else kind
    m = row.milestone
    full = f"{words.milestone(m.kind, m.title)} {kind}"
    if room is None or cell_len(full) <= room:
        return full
    return f"{words.brief_milestone(m.kind, m.title)} {kind}"


def _update_line(
    update: Update, steps: dict[str, Row], words: Words, width: int, late: Container[int]
) -> Content:
    day = short_day(words.reported(update))
    about = fit(what(update, steps, words, late, 16), 16)
    source = plain(source_label(update.source))
    phrase = f"“{plain(update.phrase)}”" if update.phrase else ""
    room = max(0, width - 8 - 16 - 2 * len(_GAP))
    source_width = min(24, room // 3)
    text = " ".join(part for part in (content_of(update, words, late), phrase) if part)
    text = fit(text, max(0, room - source_width - len(_GAP)))
    return Content.assemble(
        (fit(day, 8), "$foreground 60%"),
        _GAP,
        about,
        _GAP,
        text,
        _GAP,
        (fit(source, source_width), "$foreground 60%"),
    )


def content_of(update: Update, words: Words, late: Container[int] = frozenset()) -> str:
    """Return what a statement says beyond its kind: a period, a text or a reason, or nothing."""
    if not update.reason and (text := remark(update, words, late)):
        return text
    if update.period is not None:
        return words.period(update.period)
    if update.kind is UpdateKind.NOTE:
        return plain(str(update.value))
    if update.kind.is_bare:
        return plain(update.reason or "")
    return plain(said(update, words))
