"""What needs a word, in which order, and how far a check has come."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import NOW, STEPS, TODAY, as_update, histories, said

from db.fold.folding import fold, in_force
from db.model.records import Milestone, Standing, State, UpdateKind
from db.model.review_reasons import Need
from db.read.reviews import Asked, Review
from tracker.acts.review_summary import decided, question, recap, summary
from tracker.domain.board import Row
from tracker.domain.limits import Limits
from tracker.domain.review import Check, Decision, Item, Outcome, need_of, queue_of, tally, week_of
from tracker.domain.schedule import Detail, judge
from tracker.words import Words

LIMITS = Limits()
KO = Words("ko")
ASKED = {State.OVERDUE, State.DUE_SOON, State.IN_WINDOW, State.ON_HOLD}


def row(slug="opening", facility="hall", **more):
    from db.model.period import Period
    from db.model.records import Kind

    values = dict.fromkeys(
        (
            *("city", "owner", "title", "baseline", "forecast", "actual", "forecast_on"),
            *("actual_on", "confirmed_on", "on_hold_since", "cancelled_on", "snoozed_until"),
            "source",
        )
    )
    values |= {
        "facility": facility,
        "facility_name": facility,
        "slug": slug,
        "kind": Kind.OPENING,
        "standing": Standing.OPEN,
        "updated_on": TODAY,
        "contradicted": False,
        "breach": False,
        "forecast": Period.parse("2027-12"),
        "forecast_on": date(2024, 1, 1),
    }
    if isinstance(more.get("forecast"), str):
        more["forecast"] = Period.parse(more["forecast"])
    m = Milestone(**values | more)
    return Row(m, judge(m, TODAY, LIMITS))


def rows_of(updates, day):
    """The milestones of a history as the store would hold them on a day."""
    folded = fold(in_force(updates), STEPS)
    found = []
    for slug, m in folded.milestones.items():
        names = [n for n in Milestone.__match_args__ if n not in {"facility", "facility_name"}]
        values = {n: getattr(m, n, None) for n in names}
        milestone = Milestone(facility="hall", facility_name="hall", **values | {"slug": slug})
        found.append(Row(milestone, judge(milestone, day, LIMITS)))
    return found


@given(histories(), st.dates(date(2018, 1, 1), date(2030, 12, 31)), st.randoms())
def test_the_queue_covers_exactly_what_is_in_need_in_one_order(updates, day, random):
    rows = rows_of(updates, day)
    queue = queue_of(rows, day)
    asked = [q.row.milestone.slug for q in queue]
    assert len(set(asked)) == len(asked), "nothing is asked twice"
    in_need = {
        r.milestone.slug
        for r in rows
        if (r.judged.state in ASKED or r.judged.stale or _conflicts(r))
        and not (r.milestone.snoozed_until and r.milestone.snoozed_until > day)
    }
    assert set(asked) == in_need
    ranks = [list(Need).index(q.need) for q in queue]
    assert ranks == sorted(ranks)
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert queue_of(shuffled, day) == queue, "whatever order they come in"


def _conflicts(r):
    return r.milestone.contradicted and r.milestone.standing in {Standing.OPEN, Standing.UNDATED}


OLD = TODAY - timedelta(days=200)


@pytest.mark.parametrize(
    ("more", "need"),
    [
        ({"forecast": "2026-01"}, Need.OVERDUE_UNCONFIRMED),
        ({"forecast": "2026-01", "confirmed_on": TODAY}, Need.OVERDUE_CONFIRMED),
        ({"forecast": "2026-11"}, Need.DUE_SOON),
        ({"forecast": "2026"}, Need.IN_WINDOW),
        ({"updated_on": OLD}, Need.STALE),
        ({"contradicted": True}, Need.CONTRADICTION),
        ({"contradicted": True, "forecast": "2026-01"}, Need.OVERDUE_UNCONFIRMED),
        ({"standing": Standing.ON_HOLD, "on_hold_since": OLD}, Need.ON_HOLD),
        ({"standing": Standing.UNDATED, "forecast": None}, None),
        ({"standing": Standing.UNDATED, "forecast": None, "updated_on": OLD}, Need.STALE),
        ({}, None),
        ({"forecast": "2026-01", "snoozed_until": TODAY + timedelta(days=1)}, None),
        ({"forecast": "2026-01", "snoozed_until": TODAY}, Need.OVERDUE_UNCONFIRMED),
        ({"standing": Standing.CANCELLED, "contradicted": True}, None),
        ({"standing": Standing.PASSED, "updated_on": OLD}, None),
    ],
)
def test_why_a_milestone_needs_a_word(more, need):
    assert need_of(row(**more), TODAY) is need


def test_inside_a_need_the_worst_comes_first_then_the_slug():
    rows = [
        row(facility="c", forecast="2026-03"),
        row(facility="b", forecast="2025-03"),
        row(facility="a", forecast="2026-03"),
        row(facility="h2", standing=Standing.ON_HOLD, on_hold_since=date(2026, 5, 1)),
        row(facility="h1", standing=Standing.ON_HOLD, on_hold_since=date(2025, 5, 1)),
        row(facility="s2", updated_on=date(2026, 2, 1)),
        row(facility="s1", updated_on=date(2025, 2, 1)),
    ]
    order = [q.row.milestone.facility for q in queue_of(rows, TODAY)]
    assert order == ["b", "a", "c", "s1", "s2", "h1", "h2"]


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 21), "2026-W47"),
        (date(2027, 1, 1), "2026-W53"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_weeks_are_those_of_iso(day, week):
    assert week_of(day) == week


# -- the state of a check ------------------------------------------------------------------------

REVIEW = Review(1, "2026-W47", TODAY, NOW, None, None, None, None)


def item(position, outcome=Outcome.OPEN, *decisions, skipped=None, by=None, **more):
    asked = Asked(position, "hall", f"step-{position}", Need.STALE, skipped, by, ())
    return Item(asked, row(f"step-{position}", **more), outcome, decisions, 0)


def decision(act, by="a", minutes=0, kind="confirm", **more):
    at = NOW + timedelta(minutes=minutes)
    update = replace(as_update(said(kind, "2026-11-20", **more), act), recorded_at=at, by=by)
    return Decision(act, at, by, (update,))


def test_the_next_one_is_beyond_the_last_else_from_the_beginning():
    check = Check(REVIEW, (item(1), item(2, Outcome.DECIDED, decision(1)), item(3)))
    assert check.next_open().position == 1
    assert check.next_open(1).position == 3
    assert check.next_open(3).position == 1, "what was passed over comes at the end"
    assert Check(REVIEW, (item(1, Outcome.SKIPPED),)).next_open() is None


def test_the_last_step_is_ones_own():
    items = (
        item(1, Outcome.DECIDED, decision(1, "a", 1)),
        item(2, Outcome.DECIDED, decision(2, "b", 9)),
        item(3, Outcome.SKIPPED, skipped=NOW + timedelta(minutes=5), by="a"),
    )
    check = Check(REVIEW, items)
    assert check.last_step("a") == (items[2], None)
    assert check.last_step("b") == (items[1], items[1].decisions[0])
    assert check.last_step(None) is None


def test_progress_is_counted_by_need():
    items = (item(1, Outcome.DECIDED, decision(1)), item(2, Outcome.SETTLED), item(3))
    assert tally(items) == {Need.STALE: (2, 3)}


def test_the_recap_says_what_was_decided_and_what_was_not():
    items = (
        item(1, Outcome.DECIDED, decision(1, kind="hold", reason="예산")),
        item(2, Outcome.DECIDED, decision(2), decision(3, kind="note", value="통화")),
        item(3, Outcome.SKIPPED),
        item(4),
    )
    check = Check(REVIEW, items)
    parts = [(p.title, [(i.position, said_) for i, said_ in p.lines]) for p in recap(check, KO)]
    assert parts[:3] == [
        ("보류", [(1, "예산")]),
        ("변동 없음", [(2, "")]),
        ("메모", [(2, "통화")]),
    ]
    assert [title for title, _ in parts[3:]] == ["건너뜀", "남음"]
    assert summary(check, KO) == "4건: 결정 2 · 건너뜀 1 · 확인 불필요 0 · 남음 1"


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("need", list(Need))
def test_every_need_has_its_question(lang, need):
    words = Words(lang)
    asked = replace(item(1, on_hold_since=TODAY).asked, need=need)
    text = question(replace(item(1, on_hold_since=TODAY), asked=asked), words)
    assert text
    assert "{" not in text
    assert words(f"review.need.{need.value}")


@pytest.mark.parametrize("kind", [k for k in UpdateKind if k is not UpdateKind.RETRACT])
def test_every_kind_of_decision_can_be_said(kind):
    from db.model.period import Period

    period = Period.parse("2027-40") if kind in {"plan", "original", "baseline", "actual"} else None
    value = {"set": {"confidence": "red"}, "progress": {"planned": 1, "actual": 2}, "note": "글"}
    more = {"period": period, "value": value.get(kind.value), "reason": "까닭"}
    for words in (KO, Words("en")):
        said_ = decided(decision(1, kind=kind.value, **more), words)
        assert "까닭" in said_ or kind in {UpdateKind.HOLD, UpdateKind.CANCEL}
        assert "None" not in said_


def test_an_overdue_milestone_that_was_confirmed_is_asked_as_such():
    r = row(forecast="2026-01", confirmed_on=TODAY)
    assert r.judged.detail is Detail.CONFIRMED
    assert queue_of([r], TODAY)[0].need is Need.OVERDUE_CONFIRMED
