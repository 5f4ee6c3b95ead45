"""The history of a date is the fold, looked at after every statement."""

from hypothesis import given
from making import STEPS, as_update, histories, plan, said

from db.fold.folding import fold, in_force
from tracker.domain.forecast_history import history
from tracker.domain.schedule import slip


@given(histories())
def test_every_report_shows_what_the_fold_of_everything_up_to_it_says(updates):
    statements = in_force(updates)
    found = history(statements, STEPS)
    for slug, reports in found.items():
        before = None
        for report in reports:
            place = statements.index(report.update)
            folded = fold(statements[: place + 1], STEPS).milestones[slug]
            assert report.window == folded.window
            assert report.reached == (folded.actual is not None)
            assert report.on_hold == (folded.on_hold_since is not None)
            assert report.cancelled == (folded.cancelled_on is not None)
            assert report.moved == slip(before, report.window)
            before = report.window


@given(histories())
def test_the_last_report_is_where_the_milestone_stands_and_the_order_is_that_of_days(updates):
    statements = in_force(updates)
    whole = fold(statements, STEPS)
    for slug, reports in history(statements, STEPS).items():
        assert reports[-1].window == whole.milestones[slug].window
        assert [r.day for r in reports] == sorted(r.day for r in reports)


def test_a_statement_about_the_facility_is_a_report_of_those_it_changed():
    statements = [
        plan("2025-06", "2024-01-01"),
        plan("2025-12", "2024-01-01", milestone="completion"),
        said("actual", "2024-06-01", period=plan("2024-05", "2024-01-01").period),
        said("hold", "2024-07-01", milestone=None),
        said("note", "2024-08-01", milestone=None, value="x"),
    ]
    found = history([as_update(s, n) for n, s in enumerate(statements, 1)], STEPS)
    assert [r.update.kind.value for r in found["opening"]] == ["plan", "actual"]
    assert [r.update.kind.value for r in found["completion"]] == ["plan", "hold"]
    assert found["completion"][-1].on_hold


def test_notes_and_titles_say_nothing_of_a_date():
    statements = [
        plan("2025-06", "2024-01-01"),
        said("note", "2024-02-01", value="x"),
        said("set", "2024-03-01", value={"title": "개관"}),
        said("confirm", "2024-04-01"),
    ]
    found = history([as_update(s, n) for n, s in enumerate(statements, 1)], STEPS)
    assert [(r.day.month, r.moved and r.moved.days) for r in found["opening"]] == [
        (1, None),
        (4, 0),
    ]
