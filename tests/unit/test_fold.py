from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import NOW, STEPS, TODAY, actual, as_update, days, histories, plan, said

from db.fold.folding import FacilityFold, fold, fold_by_day, in_force, order
from db.model.errors import StoreError
from db.model.period import Period
from db.model.records import Kind, Source, Standing, UpdateKind

KINDS = STEPS | {k.value: k for k in Kind}
A, B = Source(key="a"), Source(key="b")


def folded(*statements, day=None):
    updates = [as_update(s, n) for n, s in enumerate(statements, 1)]
    return fold(in_force(updates, day=day), KINDS)


def opening(*statements, day=None):
    return folded(*statements, day=day).milestones["opening"]


def test_a_plan_is_listed_as_long_as_it_is_the_one_of_a_table():
    window, mark = Period.parse("2024-06"), {"listed": True}
    listed = said("plan", "2025-01-04", period=window, value=mark)
    undated = said("plan", "2025-03-04", value={"undated": True})
    original = said("original", "2025-04-01", period=window, value=mark)
    assert opening(listed).listed
    assert opening(plan("2024-06", "2025-01-03"), listed).listed
    assert opening(listed, undated, original).listed
    assert opening(listed, actual("2024", "2025-04-01")).listed
    assert not opening(plan("2024-06", "2025-01-04")).listed
    assert not opening(listed, plan("2024-06", "2025-02-04")).listed
    assert not opening(listed, undated).listed


def p(text):
    return Period.parse(text)


@given(histories(), st.randoms())
def test_any_order_of_loading_gives_the_same_fold(updates, random):
    shuffled = list(updates)
    random.shuffle(shuffled)
    assert fold(in_force(shuffled), KINDS) == fold(in_force(updates), KINDS)


@given(histories(), days(2018, 2026))
def test_as_of_is_the_fold_of_what_was_reported_by_then(updates, day):
    prefix = [u for u in in_force(updates) if u.reported_on <= day]
    assert in_force(updates, day=day) == prefix
    assert fold(in_force(updates, day=day), KINDS) == fold(prefix, KINDS)


@given(histories())
def test_taking_everything_back_leaves_nothing(updates):
    statements = [u for u in updates if u.kind is not UpdateKind.RETRACT]
    back = [
        as_update(said("retract", "2026-11-21", u.milestone, retracts=u.id), 1000 + u.id)
        for u in statements
    ]
    result = fold(in_force(updates + back), KINDS)
    assert result.milestones == {}
    assert result.updated_on is None


@given(histories())
def test_a_retraction_that_is_taken_back_never_was(updates):
    target = updates[0]
    back = as_update(said("retract", "2026-11-21", target.milestone, retracts=target.id), 900)
    again = as_update(said("retract", "2026-11-21", target.milestone, retracts=900), 901)
    assert in_force([*updates, back, again]) == in_force(updates)


@given(histories(), st.integers(0, 30))
def test_known_at_drops_all_that_was_recorded_later(updates, seconds):
    moment = NOW + timedelta(seconds=seconds)
    by_then = [u for u in updates if u.recorded_at <= moment]
    assert in_force(updates, known_at=moment) == in_force(by_then)


def test_the_first_plan_is_the_baseline_and_the_newest_the_forecast():
    m = opening(plan("2025-40", "2024-01-01"), plan("2025-10", "2025-01-04"))
    assert (m.baseline, m.forecast) == (p("2025-40"), p("2025-10"))
    assert m.forecast_on == date(2025, 1, 4)


def test_an_earlier_report_that_comes_in_later_is_folded_where_it_belongs():
    m = opening(plan("2025-10", "2025-01-04"), plan("2025-40", "2024-01-01"))
    assert (m.baseline, m.forecast) == (p("2025-40"), p("2025-10"))


def test_an_original_comes_first_on_its_day():
    m = opening(
        plan("2028-41", "2025-11-23"),
        said("original", "2025-11-23", period=p("2027-12~")),
    )
    assert (m.baseline, m.forecast) == (p("2027-12~"), p("2028-41"))


def test_an_original_is_all_there_is_until_there_is_a_plan():
    m = opening(said("original", "2023-10-11", period=p("2023-07")))
    assert (m.baseline, m.forecast, m.forecast_on) == (
        p("2023-07"),
        p("2023-07"),
        date(2023, 10, 11),
    )
    assert m.stated_by == 1
    assert not m.contradicted
    assert not m.breach


def test_who_says_so_is_who_said_it_is_done_else_who_gave_the_forecast():
    plans = (plan("2025", "2024-01-01"), plan("2026", "2024-02-01"))
    assert opening(*plans).stated_by == 2
    assert opening(*plans, actual("2025-03", "2025-04-01")).stated_by == 3


def test_an_original_changes_nothing_where_there_is_a_plan():
    m = opening(plan("2022-07", "2019-03-16"), said("original", "2023-10-11", period=p("2023-07")))
    assert (m.baseline, m.forecast) == (p("2022-07"), p("2022-07"))


def test_a_plan_without_a_period_clears_the_forecast_only_when_a_person_says_undated():
    kept = opening(plan("2025", "2024-01-01"), said("plan", "2024-02-01"))
    assert kept.forecast == p("2025")
    kept = opening(plan("2025", "2024-01-01"), said("plan", "2024-02-01", value={"undated": False}))
    assert kept.forecast == p("2025")
    cleared = opening(
        plan("2025", "2024-01-01"), said("plan", "2024-02-01", value={"undated": True})
    )
    assert cleared.forecast is None
    assert cleared.baseline == p("2025")
    assert cleared.standing is Standing.UNDATED


def test_a_baseline_is_re_approved_and_gives_a_forecast_where_there_is_none():
    m = opening(plan("2025", "2024-01-01"), said("baseline", "2024-03-01", period=p("2026")))
    assert (m.baseline, m.forecast) == (p("2026"), p("2025"))
    alone = opening(said("baseline", "2024-03-01", period=p("2026")))
    assert (alone.baseline, alone.forecast) == (p("2026"), p("2026"))


@pytest.mark.parametrize("kind", ["original", "baseline", "actual"])
def test_a_statement_that_lacks_its_period_changes_no_date(kind):
    m = opening(plan("2025", "2024-01-01"), said(kind, "2024-03-01"))
    assert (m.baseline, m.forecast, m.actual) == (p("2025"), p("2025"), None)
    assert m.standing is Standing.OPEN


def test_a_coarser_actual_keeps_the_finer_one():
    m = opening(actual("2025-06-10", "2025-06-10"), actual("2025", "2026-02-18"))
    assert m.actual == p("2025-06-10")
    assert m.actual_on == date(2026, 2, 18)
    other = opening(actual("2022-12-16", "2022-12-16"), actual("2022-12-19", "2022-12-19"))
    assert other.actual == p("2022-12-19")


def test_an_actual_clears_hold_and_cancellation():
    m = opening(
        plan("2025", "2024-01-01"),
        said("hold", "2024-02-01", reason="r"),
        said("cancel", "2024-03-01", reason="r"),
        actual("2025-03", "2025-03-31"),
    )
    assert m.standing is Standing.COMPLETED
    assert m.on_hold_since is None


def test_hold_resume_cancel_reopen_set_and_clear_their_flags():
    steps = [
        (plan("2025", "2024-01-01"), Standing.OPEN),
        (said("hold", "2024-02-01", reason="r"), Standing.ON_HOLD),
        (said("resume", "2024-03-01"), Standing.OPEN),
        (said("cancel", "2024-04-01", reason="r"), Standing.CANCELLED),
        (said("reopen", "2024-05-01"), Standing.OPEN),
        (actual("2025", "2025-12-31"), Standing.COMPLETED),
        (said("reopen", "2026-01-01"), Standing.OPEN),
    ]
    for n, (_, standing) in enumerate(steps, 1):
        assert opening(*(s for s, _ in steps[:n])).standing is standing


def test_a_hold_counts_from_its_first_day():
    m = opening(
        plan("2025", "2024-01-01"),
        said("hold", "2024-02-01", reason="r"),
        said("hold", "2024-06-01", reason="still"),
    )
    assert m.on_hold_since == date(2024, 2, 1)


def test_what_is_said_of_a_facility_applies_to_its_open_milestones():
    result = folded(
        plan("2025", "2024-01-01", "completion"),
        plan("2026", "2024-01-01", "opening"),
        actual("2024-01", "2024-02-01", "completion"),
        said("hold", "2024-03-01", None, reason="r"),
        plan("2027", "2024-04-01", "operation"),
    )
    held = {slug for slug, m in result.milestones.items() if m.on_hold_since}
    assert held == {"opening"}
    assert result.milestones["opening"].updated_on == date(2024, 3, 1)
    assert result.milestones["completion"].updated_on == date(2024, 2, 1)


def test_what_was_cancelled_is_not_held_with_its_facility():
    result = folded(
        plan("2026", "2024-01-01"),
        said("cancel", "2024-03-01", reason="r"),
        said("hold", "2024-04-01", None, reason="r"),
    )
    assert result.milestones["opening"].on_hold_since is None
    assert result.milestones["opening"].updated_on == date(2024, 3, 1)
    assert result.updated_on == date(2024, 4, 1)


def test_a_word_that_it_is_still_open_has_its_day():
    m = opening(plan("2025", "2024-01-01"), said("confirm", "2026-01-05"))
    assert m.confirmed_on == date(2026, 1, 5)
    assert m.forecast_on == date(2024, 1, 1)


def test_a_title_is_set_and_a_statement_that_sets_nothing_changes_none():
    m = opening(said("set", "2024-01-01", value={"title": "정식 개관"}), said("set", "2024-02-01"))
    assert m.title == "정식 개관"


def test_a_statement_about_a_milestone_that_is_not_there_is_damage():
    with pytest.raises(StoreError, match="damaged at update 1: hall has no milestone opening"):
        fold([as_update(plan("2025", "2024-01-01"), 1)], {})


def test_reopening_a_facility_reopens_what_was_cancelled_and_keeps_what_was_done():
    result = folded(
        actual("2024-01", "2024-02-01", "completion"),
        plan("2026", "2024-01-01"),
        said("cancel", "2024-03-01", None, reason="r"),
        said("reopen", "2024-04-01", None),
    )
    assert result.milestones["opening"].standing is Standing.OPEN
    assert result.milestones["opening"].updated_on == date(2024, 4, 1)
    assert result.milestones["completion"].standing is Standing.COMPLETED
    assert result.milestones["completion"].updated_on == date(2024, 2, 1)


def test_a_step_is_passed_when_a_later_one_is_done():
    result = folded(
        plan("2023", "2022-01-01", "groundbreaking"),
        actual("2025-04-29", "2025-04-29", "opening"),
    )
    assert result.milestones["groundbreaking"].standing is Standing.PASSED


def test_a_step_that_was_spoken_of_after_the_later_one_is_not_passed():
    result = folded(
        actual("2025-04-29", "2025-04-29", "opening"),
        plan("2026", "2025-05-01", "completion"),
    )
    assert result.milestones["completion"].standing is Standing.OPEN


def test_a_step_is_passed_by_what_is_reported_on_the_same_day_but_not_by_its_like():
    updates = [
        as_update(s, n)
        for n, s in enumerate(
            (
                plan("2026", "2025-04-29", "completion"),
                plan("2027", "2025-04-29", "annex"),
                actual("2025-04-29", "2025-04-29", "opening"),
            ),
            1,
        )
    ]
    kinds = {"completion": Kind.COMPLETION, "annex": Kind.OPENING, "opening": Kind.OPENING}
    found = fold(updates, kinds).milestones
    assert found["completion"].standing is Standing.PASSED
    assert found["annex"].standing is Standing.OPEN


def test_a_forecast_without_a_last_day_is_none_to_hold_anybody_to():
    assert opening(plan("[2025..]", "2024-01-01")).standing is Standing.UNDATED


def test_only_the_lifecycle_is_passed():
    result = folded(
        plan("2023", "2022-01-01", "event"), actual("2025-04-29", "2025-04-29", "opening")
    )
    assert result.milestones["event"].standing is Standing.OPEN


def test_an_old_name_becomes_an_alias():
    renamed = folded(
        said("set", "2024-01-01", None, value={"name": "가센터"}),
        said("set", "2025-01-01", None, value={"name": "나센터", "cost_krw": 5}),
    )
    assert renamed.attributes == {"name": "나센터", "cost_krw": 5, "aliases": ["가센터"]}


def test_an_old_name_is_an_alias_once():
    result = folded(
        said("set", "2024-01-01", None, value={"name": "가센터"}),
        said("set", "2025-01-01", None, value={"name": "나센터", "aliases": ["가센터"]}),
    )
    assert result.attributes["aliases"] == ["가센터"]


def test_aliases_that_are_said_take_the_place_of_the_old_ones():
    result = folded(
        said("set", "2024-01-01", None, value={"name": "가센터", "aliases": ["나센터"]}),
        said("set", "2025-01-01", None, value={"aliases": ["다센터", "가센터"]}),
    )
    assert result.attributes["aliases"] == ["다센터"]


def test_a_snooze_ends_when_the_forecast_changes():
    snooze = said("set", "2024-02-01", value={"snoozed_until": "2026-12-01"})
    same = opening(plan("2025-40", "2024-01-01"), snooze, plan("[2025-01..2025-06]", "2024-03-01"))
    assert same.snoozed_until == date(2026, 12, 1)
    moved = opening(plan("2025-40", "2024-01-01"), snooze, plan("2025-41", "2024-03-01"))
    assert moved.snoozed_until is None
    undated = said("plan", "2024-03-01", value={"undated": True})
    assert opening(plan("2025-40", "2024-01-01"), snooze, undated).snoozed_until is None
    ended = said("set", "2024-03-01", value={"snoozed_until": None})
    assert opening(plan("2025-40", "2024-01-01"), snooze, ended).snoozed_until is None


def test_two_sources_of_the_newest_day_contradict_each_other():
    far = [plan("2023-12", "2022-11-29", source=A), plan("2024-02", "2022-11-29", source=B)]
    assert opening(*far).contradicted
    assert not opening(*far, plan("2024-02", "2022-12-01", source=A)).contradicted
    near = [plan("2024", "2022-11-29", source=A), plan("2024-02", "2022-11-29", source=B)]
    assert not opening(*near).contradicted
    alone = [plan("2023-12", "2022-11-29", source=A), plan("2024-02", "2022-11-29", source=A)]
    assert not opening(*alone).contradicted


def test_a_certain_breach_of_the_order_of_building():
    result = folded(plan("2026-03", "2024-01-01", "completion"), plan("2026-02", "2024-01-01"))
    assert all(m.breach for m in result.milestones.values())
    touching = folded(plan("2026", "2024-01-01", "completion"), plan("2026-02", "2024-01-01"))
    assert not any(m.breach for m in touching.milestones.values())


def test_what_happened_breaks_the_order_what_was_cancelled_or_is_alike_does_not():
    late = actual("2026-03", "2026-04-01", "completion")
    planned = plan("2025", "2024-01-01", "completion")
    result = folded(planned, plan("2026-02", "2024-01-01"), late)
    assert result.milestones["opening"].breach
    given_up = said("cancel", "2026-05-01", reason="r")
    result = folded(planned, plan("2026-02", "2024-01-01"), late, given_up)
    assert not result.milestones["completion"].breach
    one_day = folded(
        plan("2026-03-01", "2024-01-01", "completion"), plan("2026-03-01", "2024-01-01")
    )
    assert not one_day.milestones["opening"].breach
    alike = [as_update(plan(y, "2024-01-01", s), int(y)) for y, s in (("2025", "a"), ("2026", "b"))]
    found = fold(alike, dict.fromkeys("ab", Kind.COMPLETION)).milestones
    assert not found["a"].breach


def test_progress_is_the_newest_of_the_facility():
    result = folded(
        said("progress", "2024-01-01", None, value={"planned": 10, "actual": 8}),
        said("progress", "2024-02-01", value={"planned": 20, "actual": 12}),
    )
    assert (result.progress.planned, result.progress.actual) == (20, 12)


@pytest.mark.parametrize("kind", [k for k in UpdateKind if k not in {"retract", "set"}])
def test_every_update_but_a_retraction_moves_the_day_of_update(kind):
    update = said(kind.value, "2025-05-05", period=p("2026"), reason="r", value=None)
    assert opening(plan("2025", "2024-01-01"), update).updated_on == date(2025, 5, 5)


def test_an_absent_milestone_is_not_in_the_fold():
    assert "opening" not in folded(plan("2025", "2024-01-01"), day=date(2023, 1, 1)).milestones


@given(histories())
def test_the_order_of_the_fold_is_total(updates):
    keys = [order(u) for u in updates]
    assert len(set(keys)) == len(keys)
    assert max(u.reported_on for u in updates) <= TODAY


@given(histories())
def test_folding_day_by_day_is_folding_the_prefix_of_each_day(updates):
    said_ = in_force(updates)
    facility, seen = FacilityFold(), []
    for day, _ in fold_by_day(said_, KINDS, facility):
        prefix = fold([u for u in said_ if u.reported_on <= day], KINDS).milestones
        now = facility.milestones
        assert {s: m.standing for s, m in now.items()} == {s: m.standing for s, m in prefix.items()}
        seen.append(day)
    assert seen == sorted({u.reported_on for u in said_})
    assert facility == fold(said_, KINDS)


def test_folding_day_by_day_finds_a_breach_of_the_order_at_its_end():
    statements = [
        plan("2026-12", "2025-01-01", milestone="completion"),
        plan("2026-03", "2025-02-01"),
    ]
    updates = in_force([as_update(s, n) for n, s in enumerate(statements, 1)])
    facility = FacilityFold()
    assert len(list(fold_by_day(updates, KINDS, facility))) == 2
    assert facility == fold(updates, KINDS)
    assert facility.milestones["opening"].breach


def test_the_first_day_and_the_last_on_which_an_attribute_was_set_are_kept():
    facility = folded(
        plan("2026-12", "2025-02-01"),
        said("set", "2025-03-01", None, value={"city": "김해시"}),
        said("set", "2025-04-01", None, value={"city": "창원시"}),
        said("set", "2025-05-01", "opening", value={"title": "문을 연다"}),
        said("note", "2025-06-01", None, value="전화함"),
    )
    assert (facility.first_on, facility.set_on) == (date(2025, 2, 1), date(2025, 4, 1))
    assert folded(plan("2026-12", "2025-02-01")).set_on is None
