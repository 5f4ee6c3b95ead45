"""Boards, facilities and logs as tables for the shell; cells are counted, text is never markup."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from db.model.records import Kind, State, Update
from db.read.lists.log_acts import WholeAct
from tracker.acts.act_messages import progress_text, said
from tracker.acts.undo_messages import whole_act_told
from tracker.cli.output.column_widths import Cell, Rule
from tracker.cli.output.columns import Columns
from tracker.cli.output.named_columns import period_cell, plain, table_of
from tracker.cli.output.progress_bar import console as new_console
from tracker.domain.alerts import Alert, message
from tracker.domain.board import MOST_CHANGED, Board, FacilityPage, Row, Status
from tracker.domain.field_text import known_fields
from tracker.domain.statement_labels import confirmed_late, label_of, remark
from tracker.words import GLYPHS, Words

__all__ = ["print_alerts", "print_board", "print_log", "print_page", "print_status"]

_STYLES = {
    State.OVERDUE: "bold red",
    State.DUE_SOON: "yellow",
    State.IN_WINDOW: "cyan",
    State.COMPLETED: "green",
    State.ON_HOLD: "magenta",
    State.PASSED: "dim",
    State.CANCELLED: "dim",
}
_BETWEEN = 3  # cells between two counts
_KINDS = frozenset(kind.value for kind in Kind)


def _state(row: Row, words: Words) -> Cell:
    """Glyph and word of a state; the glyph alone where there is no room for both."""
    state = row.judged.state
    word, style = words.state(state, row.judged.detail), _STYLES.get(state, "")
    return Text(f"{GLYPHS[state]} {word}", style=style), Text(GLYPHS[state], style=style)


def _slip_days(row: Row) -> str:
    moved = row.judged.slip
    return f"{moved.days:+,}" if moved and moved.days else ""


def print_board(board: Board, words: Words, *, offset: int, meant: str) -> None:
    """Milestones by urgency; `meant` is the city that may have been, where there are none."""
    console = new_console()
    if not board.total:
        hint = f" ({words('error.meant', name=meant)})" if meant else ""
        console.print(Text(words("list.empty") + hint))
        return
    if board.rows:
        console.print(_milestones(board.rows, words))
    _print_more(console, len(board.rows), board.total, offset, words)


def _print_more(console: Console, shown: int, total: int, offset: int, words: Words) -> None:
    """Say how many there are, where not all were shown."""
    end = offset + shown
    if end < total:
        line = words("list.more", shown=end, total=total, offset=end)
    elif shown < total and not shown:
        line = words("list.past_end", total=total, offset=offset)
    else:
        return
    console.print(Text(line, style="dim"))


def _milestones(rows: Iterable[Row], words: Words) -> Columns:
    columns = ("state", "facility", "milestone", "forecast", "d_day", "slip", "updated")
    table = table_of(columns, words)
    for row in rows:
        m = row.milestone
        table.add_row(
            _state(row, words),
            plain(m.facility_name),
            plain(words.milestone(m.kind, m.title)),
            period_cell(m.actual or m.forecast, words, words("undated")),
            plain(words.d_day(row.judged.to_deadline)),
            plain(_slip_days(row)),
            plain(words.day(m.updated_on)),
        )
    return table


def print_status(
    status: Status,
    shown: Sequence[Update],
    names: Mapping[str, str],
    words: Words,
    late: Container[int],
) -> None:
    """Counts, what was said in the last week, and what comes next.

    `shown` are the first of what was said; `names` and `late` are as in `print_log`.
    """
    console = new_console()
    board = status.board
    console.print(
        Text(
            words("board.as_of", day=words.day(board.as_of))
            + " ── "
            + words(
                "board.totals",
                facilities=board.facilities,
                programmes=board.programmes,
                milestones=sum(board.counts.values()),
            ),
            style="bold",
        )
    )
    for line in _counted(board.counts, words, console.width):
        console.print(line)
    for title, table in (
        ("status.next", _milestones(status.next, words) if status.next else None),
        (
            "status.changed",
            _updates(shown, words, names, without=("id", "act", "by"), late=late)
            if shown
            else None,
        ),
    ):
        if table is not None:
            console.print()
            console.print(Text(words.lookup(title), style="bold"))
            console.print(table)
    if (rest := len(status.changed) - len(shown)) > 0:
        key = "status.more" if len(status.changed) < MOST_CHANGED else "status.more_at_least"
        console.print(Text(words.lookup(key, rest=rest), style="dim"))


def _counted(counts: Mapping[State, int], words: Words, room: int) -> Iterator[Text]:
    """How many there are in each state, in as many lines as that takes."""
    line = Text()
    for state, number in counts.items():
        style = _STYLES.get(state, "") if number else "dim"
        part = Text(f"{GLYPHS[state]} {words.state(state)} {number:,}", style=style)
        if line and line.cell_len + _BETWEEN + part.cell_len > room:
            yield line
            line = Text()
        line = Text.assemble(line, " " * _BETWEEN if line else "", part)
    yield line


def print_alerts(alerts: Sequence[Alert], total: int, words: Words) -> None:
    """What wants attention, worst first."""
    console = new_console()
    if not total:
        console.print(words("alerts.none"))
        return
    table = table_of(("state", "facility", "milestone", "d_day", "alert"), words)
    for alert in alerts:
        m = alert.row.milestone
        table.add_row(
            _state(alert.row, words),
            plain(m.facility_name),
            plain(words.milestone(m.kind, m.title)),
            plain(words.d_day(alert.row.judged.to_deadline)),
            plain(f"{words.of('alert.type', alert.type.value)}: {message(alert, words)}"),
        )
    console.print(table)
    if len(alerts) < total:
        console.print(Text(words("alerts.total", total=total, shown=len(alerts)), style="dim"))


def print_log(
    updates: Sequence[Update],
    names: Mapping[str, str],
    words: Words,
    *,
    total: int,
    offset: int,
    late: Container[int],
) -> None:
    """Statements, newest first; `names` are those of facilities by slug.

    `late` are the confirmations of a delay, as `statement_labels.late_among` tells them.
    """
    console = new_console()
    if not total:
        console.print(words("log.empty"))
        return
    if updates:
        console.print(_updates(updates, words, names, late=late))
    _print_more(console, len(updates), total, offset, words)


_LOG = ("id", "act", "day", "facility", "milestone", "what", "said", "source", "by")


def _updates(
    updates: Iterable[Update],
    words: Words,
    names: Mapping[str, str],
    *,
    without: Container[str] = (),
    late: Container[int],
) -> Columns:
    columns = [c for c in _LOG if c not in without]
    table = table_of(columns, words)
    for u in updates:
        if isinstance(u, WholeAct):
            cells, style = _cells_of_act(u, words), "dim" if u.undone else ""
        else:
            cells, style = _cells(u, words, names, late), "dim" if u.retracted_by else ""
        table.add_row(*(Text(cells.get(c) or "", style=style) for c in columns))
    return table


def _cells(
    u: Update, words: Words, names: Mapping[str, str], late: Container[int]
) -> dict[str, str | None]:
    return {
        "id": str(u.id),
        "act": str(u.act),
        "day": words.reported(u),
        "facility": names.get(u.facility, u.facility),
        "milestone": _step(u.milestone, words),
        "what": label_of(u, words, late),
        "said": _said(u, words, late),
        "source": (u.source.publisher or u.source.title or u.source.url) if u.source else "",
        "by": u.by,
    }


def _cells_of_act(act: WholeAct, words: Words) -> dict[str, str | None]:
    """An act in one row; `tracker log --act` shows its statements."""
    told = whole_act_told(act, words)
    return {
        "act": str(act.act),
        "day": words.reported(act),
        "what": words.of("act.kind", act.whole.kind.value),
        "said": f"{words('log.undone')} · {told}" if act.undone else told,
        "by": act.by,
    }


def _step(slug: str | None, words: Words) -> str | None:
    """A milestone in words, where its slug is its kind."""
    return words.kind(Kind(slug)) if slug in _KINDS else slug


def _said(update: Update, words: Words, late: Container[int]) -> str:
    text = remark(update, words, late) or said(update, words)
    if update.phrase:
        text += f" “{update.phrase}”"
    if update.reason and not update.kind.is_explained:
        text += f" · {words('field.reason')}: {update.reason}"
    if update.action:
        text += f" · {words('field.action')}: {update.action}"
    if update.retracted_by:
        text += f" · {words('log.retracted', by=update.retracted_by)}"
    return text


def print_page(page: FacilityPage, words: Words) -> None:
    """Everything known of one facility."""
    from tracker.domain.doubts import doubt_text, doubts_of

    console = new_console()
    f = page.summary.facility
    console.print(Text(f"{f.name}  {f.name_en or ''}".rstrip(), style="bold"))
    table = Columns(headed=False)
    table.add_column(Text(), Rule())
    table.add_column(Text(), Rule(least=20, below=1))
    for label, text in _facts(page, words):
        if text:
            table.add_row(Text(words.of("field", label), style="dim"), plain(text))
    console.print(table)
    console.print()
    console.print(_steps(page.rows, words))
    for doubt in doubts_of(page):
        console.print(plain(f"! {doubt_text(doubt, words)}"))
    if page.updates:
        console.print()
        console.print(Text(words("show.updates"), style="bold"))
        console.print(
            _updates(
                page.updates,
                words,
                {},
                without=("facility", "act"),
                late=confirmed_late(page.updates),
            )
        )


def _facts(page: FacilityPage, words: Words) -> list[tuple[str, str | None]]:
    s, f = page.summary, page.summary.facility
    confidence = words.of("rag", f.confidence) if f.confidence else None
    if confidence and f.confidence_note:
        confidence += f" ({f.confidence_note})"
    return [
        *((name, text) for name, text in known_fields(f, words) if name != "name_en"),
        ("phase", words.kind(s.phase) if s.phase else None),
        ("next", words.milestone(s.next.kind, s.next.title) if s.next else None),
        ("rag", words.of("rag", s.rag.value) if s.rag else None),
        ("confidence", confidence),
        ("progress", progress_text(f.progress, words) if f.progress else None),
    ]


def _steps(rows: Iterable[Row], words: Words) -> Columns:
    columns = ("state", "milestone", "baseline", "forecast", "actual", "d_day", "slip")
    table = table_of(columns, words)
    for row in rows:
        m = row.milestone
        table.add_row(
            _state(row, words),
            plain(words.milestone(m.kind, m.title)),
            period_cell(m.baseline, words, "–"),
            period_cell(m.forecast, words, "–"),
            period_cell(m.actual, words, "–"),
            plain(words.d_day(row.judged.to_deadline)),
            plain(_slip_days(row)),
        )
    return table
