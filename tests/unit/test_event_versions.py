"""The version of an event counts what it shows, as it was from act to act."""

from hypothesis import given
from making import STEPS, as_update, histories, plan, said

from db.fold.folding import fold, in_force
from tracker.exchange.calendar.event_versions import Shown, shown_day, versions_of


def shown_by(updates):
    """What a calendar of these updates shows, each milestone by itself."""
    facility = fold(in_force(updates), STEPS)
    name = facility.attributes.get("name") or "hall"
    return {
        m.slug: Shown(name, m.title, m.kind, m.window, shown_day(m.window), m.standing)
        for m in facility.milestones.values()
        if shown_day(m.window) is not None
    }


def by_hand(updates):
    """Number, instant, what is shown last and whether it is gone, from every prefix anew."""
    found = {}
    for end in range(1, len(updates) + 1):
        shown = shown_by(updates[:end])
        moment = updates[end - 1].recorded_at
        for slug in shown.keys() | found.keys():
            now, before = shown.get(slug), found.get(slug)
            if before is None:
                found[slug] = (0, moment, now, False)
            elif now is None and not before[3]:
                found[slug] = (before[0] + 1, moment, before[2], True)
            elif now is not None and (before[3] or now != before[2]):
                found[slug] = (before[0] + 1, moment, now, False)
    return found


@given(histories())
def test_the_versions_are_those_of_every_act_replayed(updates):
    versions = versions_of("hall", reversed(updates), STEPS)
    found = {s: (v.number, v.changed, v.last, v.gone) for s, v in versions.items()}
    assert found == by_hand(updates)


def test_what_is_said_at_once_is_one_change():
    from dataclasses import replace

    one = as_update(plan("2026-06", "2026-01-05"), 1)
    two = as_update(plan("2026-09", "2026-02-05"), 2)
    together = [one, replace(two, act=one.act, seq=1, recorded_at=one.recorded_at)]
    assert versions_of("hall", together, STEPS)["opening"].number == 0
    assert versions_of("hall", [one, two], STEPS)["opening"].number == 1


def test_notes_and_plans_of_the_same_date_change_nothing():
    statements = [
        plan("2026-06", "2026-01-05"),
        said("note", "2026-01-06", value="메모"),
        said("confirm", "2026-01-07"),
        plan("2026-06", "2026-01-08"),
        said("progress", "2026-01-09", None, value={"actual": 5}),
        said("set", "2026-01-10", None, value={"city": "김해시"}),
    ]
    updates = [as_update(s, n) for n, s in enumerate(statements, 1)]
    version = versions_of("hall", updates, STEPS)["opening"]
    assert (version.number, version.changed) == (0, updates[0].recorded_at)


def test_many_statements_about_one_step_take_time_in_proportion():
    statements = [plan(f"2026-{1 + n % 12:02d}", "2026-01-05") for n in range(3_000)]
    updates = [as_update(s, n) for n, s in enumerate(statements, 1)]
    assert versions_of("hall", updates, STEPS)["opening"].number == len(statements) - 1
