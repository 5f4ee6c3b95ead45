"""What is odd about a facility, in sentences, and its lifecycle in one strip. Pure functions."""

from collections.abc import Iterator
from datetime import date
from itertools import chain, islice
from operator import itemgetter

from textual.content import Content

from db.model.period import Period
from db.model.records import LIFECYCLE, Kind, Update, UpdateKind
from tracker.acts.adding import LADDER
from tracker.domain.board import FacilityPage, Row
from tracker.domain.doubts import doubt_text, doubts_of
from tracker.domain.statement_labels import source_label
from tracker.tui.lists.facility_summary import flow
from tracker.tui.widgets.tones import TONES
from tracker.words import GLYPHS, Words
from tracker.words.cells import plain, wrap

__all__ = ["findings", "lifecycle"]

_BUILT = (Kind.GROUNDBREAKING, Kind.COMPLETION, Kind.OPENING)
_JOINT = " ─ "
_QUIET = "$foreground 60%"
_MOST = 20  # sentences, and plans in one of them


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
    lines = flow([_piece(known.get(k), words.kind(k), words) for k in kinds], _JOINT, width)
    if len(lines) > 1:
        brief = [_piece(known.get(k), words.brief_milestone(k, None), words) for k in kinds]
        lines = flow(brief, _JOINT, width)
    return Content("\n").join(lines)


def _piece(row: Row | None, name: str, words: Words) -> Content:
    if row is None:
        return Content.assemble((f"– {name}", _QUIET))
    state, m = row.judged.state, row.milestone
    period = words.period(m.actual or m.forecast)
    return Content.assemble((GLYPHS[state], TONES[state]), f" {name} ", (plain(period), _QUIET))


def findings(page: FacilityPage, words: Words, width: int) -> Content:
    """What is odd, a sentence each, up to a number.

    Breaches of the order, contradictions between sources, and dates that a report doubts.
    """
    lines: list[Content] = []
    odd = chain(
        _breaches(page, words),
        _contradictions(page, words),
        (plain(doubt_text(d, words)) for d in doubts_of(page)),
    )
    found = list(islice(odd, _MOST + 1))
    if len(found) > _MOST:
        found[_MOST] = words("page.more_findings")
    for sentence in found:
        first, *rest = wrap(sentence, max(8, width - 2))
        lines.append(Content.assemble(("! ", "bold $text-warning"), first))
        lines += [Content(f"  {more}") for more in rest]
    return Content("\n").join(lines)


def _breaches(page: FacilityPage, words: Words) -> Iterator[str]:
    """The pairs of steps that cannot be in their order, for each step the first ends first."""
    steps: dict[Kind, list[tuple[date, Row, Period]]] = {kind: [] for kind in _BUILT}
    rows = [r for r in page.rows if r.milestone.breach and r.milestone.kind in _BUILT]
    rows.sort(key=lambda r: _BUILT.index(r.milestone.kind))
    for row in rows:
        window = _window(row)
        if window and window.latest:
            steps[row.milestone.kind].append((window.latest, row, window))
    for ends in steps.values():
        ends.sort(key=itemgetter(0))
    for before in rows:
        first = _window(before)
        if first is None or first.earliest is None:
            continue
        for kind in _BUILT[_BUILT.index(before.milestone.kind) + 1 :]:
            for latest, after, then in steps[kind]:
                if first.earliest <= latest:
                    break
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
    newest = _newest_plans(page)
    for row in page.rows:
        if row.milestone.contradicted:
            plans = newest.get(row.milestone.slug, [])
            said = ", ".join(
                f"{plain(source_label(u.source) or '?')} “{words.period(u.period)}”"
                for u in plans[:_MOST]
            )
            if len(plans) > _MOST:
                said = words("ui.and_more", what=said, rest=len(plans) - _MOST)
            yield words(
                "page.contradiction",
                step=_called(row, words),
                day=plans[0].reported_on if plans else "",
                said=said,
            )


def _newest_plans(page: FacilityPage) -> dict[str, list[Update]]:
    """The plans of the newest day of each step."""
    newest: dict[str, list[Update]] = {}
    for u in page.updates:
        if u.kind is UpdateKind.PLAN and u.milestone and u.retracted_by is None and u.period:
            known = newest.setdefault(u.milestone, [])
            if known and known[0].reported_on < u.reported_on:
                known.clear()
            if not known or known[0].reported_on == u.reported_on:
                known.append(u)
    return newest
