"""The JSON of every command: just these fields, always."""

import json

import pytest

from db.model.fields import FIELDS

PERIOD = {"edtf", "earliest", "latest", "approximate", "text"}
SOURCE = {"publisher", "title", "published", "basis", "url"}
SLIP = {"days", "earliest", "latest", "class"}
MILESTONE = {
    "facility",
    "facility_name",
    "city",
    "milestone",
    "kind",
    "title",
    "state",
    "detail",
    "baseline",
    "forecast",
    "actual",
    "d_day",
    "days_overdue",
    "slip",
    "delayed",
    "stale",
    "on_hold_since",
    "updated_on",
    "owner",
    "source",
}
FACILITY = {
    "slug",
    "name",
    "name_en",
    "aliases",
    "city",
    "cluster",
    "programme",
    "site",
    "operator",
    "owner",
    "cost_krw",
    "funding",
    "floor_area_m2",
    "floors",
    "state",
    "phase",
    "next",
    "rag",
    "confidence",
    "progress",
}
DECLARED = {field.name for field in FIELDS if field.in_json}
UPDATE = {
    "id",
    "act",
    "seq",
    "facility",
    "milestone",
    "kind",
    "period",
    "value",
    "phrase",
    "reported_on",
    "reported_basis",
    "recorded_at",
    "by",
    "reason",
    "action",
    "evidence",
    "source",
    "retracts",
    "retracted_by",
}
STATES = {
    "cancelled",
    "completed",
    "on_hold",
    "passed",
    "undated",
    "overdue",
    "due_soon",
    "in_window",
    "upcoming",
}
DETAILS = {"on_time", "late", "unknown", "confirmed", "unconfirmed", None}
SLIPS = {
    "none",
    "refined",
    "widened",
    "certain_slip",
    "certain_gain",
    "possible_slip",
    "possible_gain",
}


def check_period(period):
    assert period is None or period.keys() == PERIOD


def check_source(source):
    assert source is None or source.keys() == SOURCE


def check_milestone(m):
    assert m.keys() == MILESTONE
    assert m["state"] in STATES
    assert m["detail"] in DETAILS
    for name in ("baseline", "forecast", "actual"):
        check_period(m[name])
    check_source(m["source"])
    if m["slip"] is not None:
        assert m["slip"].keys() == SLIP
        assert m["slip"]["class"] in SLIPS


def check_update(u):
    assert u.keys() == UPDATE
    check_period(u["period"])
    check_source(u["source"])
    assert u["recorded_at"].endswith("+00:00")


def test_status(demo, tracker):
    status = tracker("status", "--json").json
    assert status.keys() == {"as_of", "facilities", "milestones", "by_state", "changed", "next"}
    assert status["by_state"].keys() == STATES
    assert sum(status["by_state"].values()) == status["milestones"]
    assert len(status["next"]) > 0
    for m in status["next"]:
        check_milestone(m)
    tracker("note", "리퍼브", "전화함")
    (changed,) = tracker("status", "--json").json["changed"]
    check_update(changed)


def test_alerts(demo, tracker):
    alerts = tracker("alerts", "--json", "--limit", 7).json
    assert alerts.keys() == {"as_of", "total", "alerts"}
    assert len(alerts["alerts"]) == 7 < alerts["total"]
    for alert in alerts["alerts"]:
        assert alert.keys() == {"type", "also", "severity", "message", "milestone"}
        check_milestone(alert["milestone"])
        assert alert["milestone"]["days_overdue"] > 0


def test_list(demo, tracker):
    found = tracker("list", "--json", "--limit", 500).json
    assert found.keys() == {"as_of", "total", "items"}
    assert len(found["items"]) == found["total"] > 200
    for m in found["items"]:
        check_milestone(m)
    states = [m["state"] for m in found["items"]]
    assert states == sorted(
        states,
        key=[
            "overdue",
            "due_soon",
            "in_window",
            "undated",
            "upcoming",
            "on_hold",
            "passed",
            "completed",
            "cancelled",
        ].index,
    )


def test_show(demo, tracker):
    for slug in ("gimhae-robot-refurb-center", "changwon-medical-device-center"):
        shown = tracker("show", slug, "--json").json
        assert shown.keys() == {"as_of", "facility", "milestones", "updates"}
        assert shown["facility"].keys() == FACILITY | DECLARED
        for m in shown["milestones"]:
            check_milestone(m)
        for u in shown["updates"]:
            check_update(u)


def test_log(demo, tracker):
    log = tracker("log", "--json", "--limit", 10).json
    assert log.keys() == {"total", "updates"}
    assert len(log["updates"]) == 10 < log["total"]
    for u in log["updates"]:
        check_update(u)


def test_period(tracker):
    read = tracker("period", "2026년", "상반기", "--json")
    assert read.json == {
        "text": "2026년 상반기",
        "dated": "2026-11-21",
        "period": {
            "edtf": "2026-40",
            "earliest": "2026-01-01",
            "latest": "2026-06-30",
            "approximate": False,
            "text": "2026년 상반기",
        },
        "problem": None,
    }
    unread = tracker("period", "언젠가", "--json")
    assert unread.json["period"] is None
    assert unread.json["problem"]
    assert unread.err == ""


def test_period_lines(tracker, monkeypatch):
    import io

    lines = "내년 상반기\t2025-08-18\nblah\t2025-01-01\n올 연말\tnot a day\n미정\t2025-01-01\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    ran = tracker("period", "-", "--json")
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [a["text"] for a in answers] == ["내년 상반기", "blah", "올 연말", "미정"]
    assert answers[0]["period"]["edtf"] == "2026-40"
    assert [a["period"] for a in answers[1:]] == [None, None, None]
    assert [bool(a["problem"]) for a in answers] == [False, True, True, False]
    assert ran.code == 0


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_an_approximate_day_of_a_source_is_its_month(demo, tracker, lang):
    shown = tracker("show", "gyeongsan-amrc-asia", "--json", "--lang", lang).json
    soft = [u for u in shown["updates"] if u["reported_basis"] == "approximate" and u["source"]]
    assert soft
    for u in soft:
        if u["source"]["basis"] == "approximate":
            assert u["source"]["published"] == u["reported_on"][:7]
    assert "2018-02-01" not in tracker("show", "gyeongsan-amrc-asia", "--lang", lang).out
