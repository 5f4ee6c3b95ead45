"""All that is known of a facility, laid out as text of a given width. Pure functions."""

from collections.abc import Container, Iterator
from datetime import date
from itertools import islice

from textual.content import Content

from db.model.records import Source, Update
from tracker.acts.act_messages import progress_text
from tracker.domain.board import FacilityPage, Row, Summary
from tracker.domain.field_text import known_fields
from tracker.domain.statement_labels import confirmed_late
from tracker.tui.lists.facility_summary import content_of, what
from tracker.words import Words
from tracker.words.cells import cell_len, fit, plain, wrap

__all__ = ["attributes", "history", "statement"]

_GAP = "  "
_DAY, _WHAT = 10, 18
_INDENT = " " * (_DAY + len(_GAP))
_FULL = 400  # lines of statements, after which older ones are a line each: a page is drawn at once
_LONGEST = 4_000  # characters of an attribute


def attributes(summary: Summary, words: Words, width: int) -> Content:
    """The attributes that are known, a label and a value a line."""
    pairs = [(words.of("field", key), plain(value)) for key, value in _known(summary, words)]
    label = max((cell_len(name) for name, _ in pairs), default=0)
    lines = []
    for name, value in pairs:
        if len(value) > _LONGEST:
            value = f"{value[:_LONGEST]}…"  # noqa: PLW2901 - as it is shown
        first, *rest = wrap(value, max(8, width - label - len(_GAP)))
        lines.append(Content.assemble((fit(name, label), "$foreground 60%"), _GAP, first))
        lines += [Content(" " * (label + len(_GAP)) + more) for more in rest]
    return Content("\n").join(lines)


def _known(summary: Summary, words: Words) -> Iterator[tuple[str, str]]:
    f = summary.facility
    yield from known_fields(f, words)
    if summary.phase is not None:
        yield "phase", words.kind(summary.phase)
    if summary.next is not None:
        m = summary.next
        yield "next", f"{words.milestone(m.kind, m.title)} · {words.period(m.forecast)}"
    if summary.rag is not None:
        yield "rag", words.of("rag", summary.rag.value)
    if f.confidence:
        note = f" · {f.confidence_note}" if f.confidence_note else ""
        yield "confidence", words.of("rag", f.confidence) + note
    if f.progress is not None:
        yield "progress", f"{progress_text(f.progress, words)} ({f.progress.reported_on})"


def history(page: FacilityPage, words: Words, today: date, width: int) -> Content:
    """Every update, newest first: the day, what, the words as printed, and where they stood.

    What is further down than anybody scrolls is shortened to a line each, and says so above it.
    """
    steps = {row.milestone.slug: row for row in page.rows}
    lines: list[Content] = []
    shortened = False
    late = confirmed_late(page.updates)
    for update in page.updates:
        whole = statement(update, steps, words, today, width, late)
        if not shortened:
            lines += islice(whole, _FULL)
            shortened = len(lines) >= _FULL
            if shortened:
                lines.append(Content.styled(fit(words("ui.shortened"), width), "$foreground 60%"))
        else:
            lines.append(next(whole))
    return Content("\n").join(lines) if lines else Content(words("log.empty"))


def statement(
    update: Update,
    steps: dict[str, Row],
    words: Words,
    today: date,
    width: int,
    late: Container[int] = frozenset(),
) -> Iterator[Content]:
    """One update in lines: what it says, and under it the words as printed, where, and why.

    `late` are the confirmations of a delay, as `statement_labels.confirmed_late` tells them.
    """
    taken_back = update.retracted_by is not None
    text = content_of(update, words, late)
    if update.period is not None:
        text += f" ({words.window(update.period, today)})"
    if taken_back:
        text += f" · {words('log.retracted', by=update.retracted_by)}"
    first, *rest = wrap(text, max(8, width - _DAY - _WHAT - 2 * len(_GAP)))
    tone = "$foreground 60% strike" if taken_back else ""
    yield Content.assemble(
        (fit(words.reported(update), _DAY), "$foreground 60%"),
        _GAP,
        (fit(what(update, steps, words, late, _WHAT), _WHAT), tone or "bold"),
        _GAP,
        (first, tone),
    )
    for more in rest:
        yield Content.assemble(" " * (_DAY + _WHAT + 2 * len(_GAP)), (more, tone))
    for line in _details(update, words):
        for part in wrap(line, max(8, width - len(_INDENT))):
            yield Content.assemble(_INDENT, (part, "$foreground 60%"))


def _details(update: Update, words: Words) -> Iterator[str]:
    """The words as printed, the source, and what a person added."""
    if update.phrase:
        yield f"“{update.phrase}”"
    if update.source is not None:
        yield _source(update.source)
    for key, value in (("reason", update.reason), ("action", update.action)):
        if value and not (key == "reason" and content_of(update, words) == plain(value)):
            yield f"{words.of('field', key)}: {value}"
    if update.evidence:
        yield f"{words('field.evidence')}: {' · '.join(update.evidence)}"
    if update.by:
        yield f"{words('col.by')}: {update.by}"


def _source(source: Source) -> str:
    parts = (source.publisher, source.title, source.published, source.url)
    return " · ".join(part for part in parts if part)
