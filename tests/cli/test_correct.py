"""A mistyped statement is put right in one act, and counts as no slip."""

import pytest

REFURB = "gimhae-robot-refurb-center"


def newest(tracker, number=1):
    return tracker("log", "--json", "--limit", number).json["updates"]


def step(tracker, name="opening", facility=REFURB):
    shown = tracker("show", facility, "--json").json
    return next(m for m in shown["milestones"] if m["milestone"] == name)


def told(tracker):
    """What reads answer, the log aside."""
    shown = tracker("show", REFURB, "--json").json
    answers = [tracker(*c, "--json").out for c in (("list",), ("status",), ("alerts",))]
    return [*answers[:1], shown["facility"], shown["milestones"]]


@pytest.fixture
def gym(demo, tracker):
    """A facility with one step that nobody has planned yet."""
    tracker("add", "facility", "새 체육관", "--slug", "gym")
    return "gym"


def test_a_mistyped_plan_leaves_no_trace(gym, tracker):
    tracker("plan", gym, "준공", "2072-06", "--reason", "토지 보상", "--source", "주간회의")
    number = newest(tracker)[0]["id"]
    ran = tracker("correct", number, "2027-06", "--by", "이주무관")
    assert (ran.code, ran.err) == (0, "")
    act = newest(tracker)[0]["act"]
    assert ran.out == (
        f"{number}번 정정: 새 체육관 · 준공 → 2027년 6월 (2027-06-01 … 2027-06-30), 당초 계획대로"
        f" · 되돌리기: tracker undo {act}\n"
    )
    m = step(tracker, "completion", gym)
    assert (m["baseline"]["edtf"], m["forecast"]["edtf"]) == ("2027-06", "2027-06")
    assert m["slip"]["days"] == 0
    assert "2072" not in tracker("trend", gym).out
    back, right = newest(tracker, 2)
    assert (back["kind"], back["retracts"], back["value"]) == ("retract", number, "correction")
    assert (right["reason"], right["source"]["title"]) == ("토지 보상", "주간회의")
    assert (right["by"], right["act"]) == ("이주무관", back["act"])


def test_undo_and_redo_tell_only_what_a_correction_corrected(gym, tracker):
    """To keep the order of a day it says all again that was said after it, which nobody asked."""
    tracker("plan", gym, "준공", "2072-06")
    number = newest(tracker)[0]["id"]
    tracker("plan", gym, "준공", "2028-03")
    tracker("plan", gym, "준공", "2028-09")
    tracker("correct", number, "2027-06")
    act = newest(tracker)[0]["act"]
    what = f"{act}번 작업을 {{}}: {number}번 정정: 새 체육관 · 준공 2027년 6월 · "
    assert what.format("되돌렸습니다") in tracker("undo").out
    assert what.format("다시 실행했습니다") in tracker("redo").out


def test_undo_takes_a_correction_back_whole(gym, tracker):
    tracker("plan", gym, "준공", "2072-06")
    before = told(tracker), step(tracker, "completion", gym)
    number = newest(tracker)[0]["id"]
    tracker("correct", number, "2027-06")
    undone = tracker("undo")
    assert "2027년 6월" in undone.out
    assert (told(tracker), step(tracker, "completion", gym)) == before
    tracker("redo")
    assert step(tracker, "completion", gym)["forecast"]["edtf"] == "2027-06"


@pytest.mark.parametrize(
    ("act", "what", "field", "value"),
    [
        (("complete", REFURB, "opening", "--on", "2026-10"), ["2026-09"], "period", "2026-09"),
        (
            ("baseline", REFURB, "opening", "2027", "--reason", "재승인"),
            ["2028년", "상반기"],
            "period",
            "2028-40",
        ),
        (("plan", REFURB, "opening", "2027"), ["미정"], "period", None),
        (("note", REFURB, "전화함"), ["전화", "안", "받음"], "value", "전화 안 받음"),
        (("hold", REFURB, "opening", "--reason", "예신"), ["예산"], "reason", "예산"),
        (("cancel", REFURB, "--reason", "취수"), ["취소"], "reason", "취소"),
        (("confirm", REFURB, "opening"), ["전화로", "물음"], "reason", "전화로 물음"),
        (
            ("progress", REFURB, "--planned", "50", "--actual", "54"),
            ["actual=45"],
            "value",
            {"planned": 50, "actual": 45.0},
        ),
        (
            ("edit", "facility", REFURB, "--city", "김혜시", "--owner", "이주무관"),
            ["도시=김해시"],
            "value",
            {"city": "김해시", "owner": "이주무관"},
        ),
        (
            ("edit", "facility", REFURB, "--cost", "22억"),
            ["221억"],
            "value",
            {"cost_krw": 22_100_000_000},
        ),
        (
            ("edit", "milestone", REFURB, "opening", "--title", "개서"),
            ["개소", "행사"],
            "value",
            {"title": "개소 행사"},
        ),
        (
            ("snooze", REFURB, "opening", "2027-01-04", "--reason", "회의"),
            ["2026-12-04"],
            "value",
            {"snoozed_until": "2026-12-04"},
        ),
    ],
)
def test_every_kind_of_statement_can_be_corrected(demo, tracker, act, what, field, value):
    assert tracker(*act).code == 0
    was = newest(tracker)[0]
    ran = tracker("correct", was["id"], *what)
    assert (ran.code, ran.err) == (0, "")
    back, right = newest(tracker, 2)
    assert back["retracts"] == was["id"]
    assert (right[field]["edtf"] if field == "period" and right[field] else right[field]) == value
    same = ("kind", "facility", "milestone", "reported_on", "source", "evidence", "action")
    assert [right[name] for name in same] == [was[name] for name in same]


def test_what_is_around_a_statement_can_be_corrected_alone(demo, tracker):
    tracker("plan", REFURB, "opening", "2027", "--reason", "예신", "--source", "회의")
    number = newest(tracker)[0]["id"]
    given = ("--reason", "예산", "--action", "추경", "--source", "", "--reported", "2026-11-20")
    assert tracker("correct", number, *given).code == 0
    _, right = newest(tracker, 2)
    assert (right["period"]["edtf"], right["phrase"]) == ("2027", "2027")
    assert (right["reason"], right["action"], right["source"]) == ("예산", "추경", None)
    assert right["reported_on"] == "2026-11-20"


def test_what_was_said_later_that_day_stays_later(gym, tracker):
    tracker("plan", gym, "준공", "2072-06")
    number = newest(tracker)[0]["id"]
    tracker("plan", gym, "준공", "2027-12")
    tracker("correct", number, "2027-06")
    m = step(tracker, "completion", gym)
    assert (m["baseline"]["edtf"], m["forecast"]["edtf"]) == ("2027-06", "2027-12")


def test_another_date_of_what_counted_as_done_was_told_by_somebody(tracker, tmp_path):
    path = tmp_path / "현황.csv"
    path.write_text("시설명,준공\n가람관,2024.5\n", "utf-8")
    tracker("import", path, "--past", "as-planned")
    actual = newest(tracker)[0]
    assert (actual["value"], bool(actual["reason"])) == ({"as_planned": True}, True)
    tracker("correct", actual["id"], "2024-06")
    right = next(u for u in newest(tracker, 2) if u["kind"] == "actual")
    assert (right["value"], right["reason"]) == (None, None)
    tracker("undo")
    tracker("correct", actual["id"], "2024-06", "--reason", "준공검사")
    assert next(u for u in newest(tracker, 2) if u["kind"] == "actual")["reason"] == "준공검사"


def test_what_others_said_of_something_else_that_day_stays_theirs(gym, tracker):
    tracker("plan", gym, "준공", "2072-06")
    number = newest(tracker)[0]["id"]
    tracker("hold", gym, "준공", "--reason", "예산", "--by", "이주무관")
    held = newest(tracker)[0]["id"]
    tracker("correct", number, "2027-06")
    assert step(tracker, "completion", gym)["state"] == "on_hold"
    updates = {u["id"]: u for u in newest(tracker, 4)}
    assert (updates[held]["by"], updates[held]["retracted_by"]) == ("이주무관", None)


def test_a_plan_of_what_is_done_since_can_be_corrected(gym, tracker):
    tracker("plan", gym, "준공", "2072-06", "--reported", "2026-01-05")
    number = newest(tracker)[0]["id"]
    tracker("complete", gym, "준공", "--on", "2026-10")
    assert tracker("correct", number, "2026-06").code == 0
    m = step(tracker, "completion", gym)
    assert (m["baseline"]["edtf"], m["actual"]["edtf"]) == ("2026-06", "2026-10")


def test_a_correction_can_be_corrected_again(gym, tracker):
    tracker("plan", gym, "준공", "2072-06")
    tracker("correct", newest(tracker)[0]["id"], "2027-07")
    tracker("correct", newest(tracker, 2)[1]["id"], "2027-06")
    assert step(tracker, "completion", gym)["baseline"]["edtf"] == "2027-06"


def test_the_log_calls_it_a_correction(gym, tracker):
    tracker("plan", gym, "준공", "2072-06")
    number = newest(tracker)[0]["id"]
    tracker("correct", number, "2027-06")
    back = newest(tracker)[0]["id"]
    line = next(line for line in tracker("log", gym).out.splitlines() if f"{back} " in line)
    assert f"정정  {number}번을 {back - 1}번으로 정정" in line


def test_what_cannot_be_corrected_says_why_and_changes_nothing(gym, tracker):
    tracker("plan", gym, "준공", "2027-06")
    number = newest(tracker)[0]["id"]
    total = tracker("log", "--json").json["total"]
    for what, why in (
        ((number,), f"tracker correct {number} 2027-06"),
        ((number, "2027년 6월"), "이미 그렇게"),
        ((number, "언젠가"), "언젠가"),
        ((99999, "2027"), "tracker log"),
        ((number, "2027", "--reported", "2027-01-01"), "2027-01-01"),
    ):
        ran = tracker("correct", *what)
        assert (ran.code, ran.out) == (2, ""), what
        assert why in ran.err
    assert tracker("log", "--json").json["total"] == total
    tracker("correct", number, "2027-07")
    back = newest(tracker)[0]
    assert "이미" in tracker("correct", number, "2027-08").err, "it is taken back"
    assert f"tracker undo {back['act']}" in tracker("correct", back["id"], "2027-08").err


def test_nothing_was_done_before_it_was_said(demo, tracker):
    tracker("complete", REFURB, "opening", "--on", "2026-10")
    ran = tracker("correct", newest(tracker)[0]["id"], "2027-01")
    assert ran.code == 2
    assert "2027-01-01" in ran.err
