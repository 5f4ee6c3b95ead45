"""An older report that comes later changes a baseline only where the fold says so."""

from hypothesis import given
from making import STEPS, as_update, histories, plan, said, statements

from db.fold.folding import fold, in_force
from db.fold.report_effect import baseline_moves
from db.model.period import Period
from db.model.records import UpdateKind


def moves(known, *said_):
    updates = [as_update(s, number) for number, s in enumerate(known, 1)]
    return [
        (m.milestone, str(m.was), str(m.now), m.reported_on.isoformat())
        for m in baseline_moves(updates, said_)
    ]


KNOWN = (plan("2026-12", "2025-01-05"), plan("2027-06", "2026-01-05"))


def test_a_plan_that_was_reported_earlier_sets_the_baseline():
    older = plan("2025-06", "2024-03-02")
    assert moves(KNOWN, older) == [("opening", "2026-12", "2025-06", "2024-03-02")]


def test_what_comes_after_the_baseline_or_says_the_same_changes_nothing():
    assert moves(KNOWN, plan("2027-01", "2025-06-01")) == []
    assert moves(KNOWN, plan("2026-12", "2024-03-02")) == []
    assert moves(KNOWN, plan("2026-12-01", "2024-03-02", "completion")) == []
    assert moves((), plan("2025-06", "2024-03-02")) == []
    assert moves(KNOWN, said("confirm", "2024-03-02")) == []


def test_a_baseline_that_was_approved_later_stands():
    approved = said("baseline", "2025-06-01", period=Period.parse("2027"), reason="재승인")
    assert moves((*KNOWN, approved), plan("2025-06", "2024-03-02")) == []


def test_a_baseline_that_is_approved_at_the_same_time_is_meant():
    approved = said("baseline", "2025-06-01", period=Period.parse("2027"), reason="재승인")
    assert moves(KNOWN, plan("2025-06", "2024-03-02"), approved) == []


def test_an_old_target_that_is_quoted_on_the_same_day_comes_first():
    quoted = said("original", "2025-01-05", period=Period.parse("2025-06"))
    assert moves(KNOWN, quoted) == [("opening", "2026-12", "2025-06", "2025-01-05")]


@given(histories(), statements())
def test_it_tells_what_the_fold_of_all_of_it_tells(updates, statement):
    before = fold(in_force(updates), STEPS).milestones
    late = as_update(statement, len(updates) + 1)
    after = fold(in_force([*updates, late]), STEPS).milestones
    changed = {
        slug
        for slug, m in before.items()
        if m.baseline
        and not m.baseline.same_window(after[slug].baseline)
        and statement.kind is not UpdateKind.BASELINE
    }
    assert {m.milestone for m in baseline_moves(updates, [statement])} == changed
