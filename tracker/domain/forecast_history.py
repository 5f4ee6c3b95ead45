"""How the date of every milestone moved: its facility folded statement by statement."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from db.fold.folding import FacilityFold, MilestoneFold, folding, order
from db.model.period import Period
from db.model.records import Kind, Update, UpdateKind
from tracker.domain.board import FacilityPage
from tracker.domain.schedule import Slip, slip

__all__ = ["Report", "history", "history_of"]


@dataclass(frozen=True, slots=True)
class Report:
    """One statement about the date of a milestone, and what has been in force since.

    Attributes:
        window: The actual, else the forecast; None where it is undated.
        moved: How the window lies against the one before; None where there was none.
        reached: The window is the actual.
        on_hold, cancelled: Whether it is on hold, or cancelled.
    """

    update: Update
    window: Period | None
    moved: Slip | None
    reached: bool
    on_hold: bool
    cancelled: bool

    @property
    def day(self) -> date:
        """The day of the report."""
        return self.update.reported_on

    @property
    def is_over(self) -> bool:
        """Whether nothing is expected any more."""
        return self.reached or self.cancelled


def history(statements: Iterable[Update], kinds: Mapping[str, Kind]) -> dict[str, list[Report]]:
    """Map each milestone of one facility to its reports, in the order of the fold.

    Args:
        statements: Those in force, in order; see `db.fold.folding.in_force`.
        kinds: The kind of each milestone, by slug.
    """
    reports: dict[str, list[Report]] = defaultdict(list)
    facility = FacilityFold()
    for update in folding(statements, kinds, facility):
        if not update.kind.is_about_dates:
            continue
        for slug in [update.milestone] if update.milestone else list(facility.milestones):
            report = _report(update, facility.milestones[slug], reports[slug][-1:])
            if update.milestone or _changed(report, reports[slug][-1:]):
                reports[slug].append(report)
    return {slug: own for slug, own in reports.items() if own}


def history_of(page: FacilityPage) -> dict[str, list[Report]]:
    """Return the history of a facility from its page."""
    in_force = [
        u for u in page.updates if u.retracted_by is None and u.kind is not UpdateKind.RETRACT
    ]
    kinds = {row.milestone.slug: row.milestone.kind for row in page.rows}
    return history(sorted(in_force, key=order), kinds)


def _report(update: Update, m: MilestoneFold, before: list[Report]) -> Report:
    window = m.window
    was = before[0].window if before else None
    return Report(
        update=update,
        window=window,
        moved=slip(was, window),
        reached=m.actual is not None,
        on_hold=m.on_hold_since is not None,
        cancelled=m.cancelled_on is not None,
    )


def _changed(report: Report, before: list[Report]) -> bool:
    """Return whether a statement about the whole facility changed this milestone."""
    flags = [(r.reached, r.on_hold, r.cancelled) for r in (*before, report)]
    return flags[0] != flags[-1] if before else any(flags[0])
