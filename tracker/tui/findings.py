"""What is odd about a facility, in sentences, and its lifecycle in one strip. Pure functions."""

from collections.abc import Iterator
from itertools import combinations

from textual.content import Content

from db.period import Period
from db.records import LIFECYCLE, Kind, Update, UpdateKind
from tracker.adding import LADDER
from tracker.board import FacilityPage, Row
from tracker.tui.cells import cell_len, plain, wrap
from tracker.tui.pane import TONES
from tracker.words import GLYPHS, Words

__all__ = ["findings", "lifecycle"]

_BUILT = (Kind.GROUNDBREAKING, Kind.COMPLETION, Kind.OPENING)
_JOINT = " ─ "
_QUIET = "$foreground 60%"


def lifecycle(page: FacilityPage, words: Words, width: int) -> Content:
    """The steps of the lifecycle in their order: those that are known, and the usual ones."""
    known: dict[Kind, Row] = {}
    for row in page.rows:  # of several of a kind, the one that is named by it, not a phase
        kind = row.milestone.kind
        if kind not in known or row.milestone.slug == kind.value:
            known[kind] = row
    kinds = [kind for kind in LIFECYCLE if kind in known or kind in LADDER]
    if not any(kind in known for kind in kinds):
        return Content("")
    lines: list[list[Content]] = [[]]
    used = 0
    for piece in (_piece(kind, known.get(kind), words) for kind in kinds):
        size = cell_len(piece.plain) + len(_JOINT)
        if lines[-1] and used + size > width:
            lines.append([])
            used = 0
        used += size
        lines[-1].append(piece)
    return Content("\n").join(Content(_JOINT).join(pieces) for pieces in lines)


def _piece(kind: Kind, row: Row | None, words: Words) -> Content:
    name = words(f"kind.short.{kind.value}")
    if row is None:
        return Content.assemble((f"– {name}", _QUIET))
    state, m = row.judged.state, row.milestone
    period = words.period(m.actual or m.forecast)
    return Content.assemble((GLYPHS[state], TONES[state]), f" {name} ", (plain(period), _QUIET))


def findings(page: FacilityPage, words: Words, width: int) -> Content:
    """Contradictions between sources and breaches of the order, a sentence each."""
    lines: list[Content] = []
    for sentence in (*_breaches(page, words), *_contradictions(page, words)):
        first, *rest = wrap(sentence, max(8, width - 2))
        lines.append(Content.assemble(("! ", "bold $text-warning"), first))
        lines += [Content(f"  {more}") for more in rest]
    return Content("\n").join(lines)


def _breaches(page: FacilityPage, words: Words) -> Iterator[str]:
    rows = [r for r in page.rows if r.milestone.breach and r.milestone.kind in _BUILT]
    rows.sort(key=lambda r: _BUILT.index(r.milestone.kind))
    for before, after in combinations(rows, 2):
        first, then = _window(before), _window(after)
        same = before.milestone.kind is after.milestone.kind
        if same or not first or not then or not first.earliest or not then.latest:
            continue
        if first.earliest > then.latest:
            yield words(
                "page.breach",
                before=_called(before, words),
                first=words.period(first),
                after=_called(after, words),
                then=words.period(then),
            )


def _window(row: Row) -> Period | None:
    return row.milestone.actual or row.milestone.forecast


def _called(row: Row, words: Words) -> str:
    return words.milestone(row.milestone.kind, row.milestone.title)


def _contradictions(page: FacilityPage, words: Words) -> Iterator[str]:
    for row in page.rows:
        if row.milestone.contradicted:
            plans = _newest_plans(page, row.milestone.slug)
            said = ", ".join(f"{_who(u)} “{words.period(u.period)}”" for u in plans)
            yield words(
                "page.contradiction",
                step=_called(row, words),
                day=plans[0].reported_on if plans else "",
                said=said,
            )


def _newest_plans(page: FacilityPage, step: str) -> list[Update]:
    plans = [
        u
        for u in page.updates
        if u.kind is UpdateKind.PLAN and u.milestone == step and u.retracted_by is None and u.period
    ]
    newest = max((u.reported_on for u in plans), default=None)
    return [u for u in plans if u.reported_on == newest]


def _who(update: Update) -> str:
    source = update.source
    return plain((source.publisher or source.title or source.url or "?") if source else "?")
