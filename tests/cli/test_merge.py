"""Two facilities that turn out to be one."""

import pytest


@pytest.fixture
def twins(tracker, tmp_path, monkeypatch):
    db = tmp_path / "t.db"
    monkeypatch.setenv("TRACKER_DB", str(db))
    tracker("add", "facility", "가람 로봇센터", "--slug", "keep", "--city", "김해시")
    tracker("plan", "keep", "착공", "2024-05", "--reported", "2023-01-02")
    tracker("plan", "keep", "개소", "2025-10", "--reported", "2024-01-02")
    tracker("complete", "keep", "착공", "--on", "2024-05-07", "--reported", "2024-05-07")
    tracker(
        "add",
        "facility",
        "로봇 리퍼브 가람",
        "--slug",
        "gone",
        "--cost",
        "100억",
        "--city",
        "창원시",
    )
    tracker("plan", "gone", "착공", "2024-04", "--reported", "2022-06-01", "--source", "가신문")
    tracker("plan", "gone", "개소", "2026-03", "--reported", "2025-02-01", "--reason", "자재")
    tracker("plan", "gone", "준공", "2025-12", "--reported", "2025-02-01")
    return db


def test_what_was_said_of_both_is_one_story(twins, tracker):
    ran = tracker("merge", "가람 로봇센터", "리퍼브", "--by", "김주무관")
    assert ran.code == 0
    assert "tracker undo" in ran.out
    shown = tracker("show", "로봇 리퍼브 가람", "--json").json
    facility = shown["facility"]
    assert (facility["slug"], facility["city"], facility["cost_krw"]) == (
        "keep",
        "김해시",
        10_000_000_000,
    )
    assert facility["aliases"] == ["로봇 리퍼브 가람"]
    steps = {m["milestone"]: m for m in shown["milestones"]}
    assert steps["groundbreaking"]["state"] == "completed"
    assert steps["groundbreaking"]["baseline"]["edtf"] == "2024-04"
    assert steps["opening"]["forecast"]["edtf"] == "2026-03"
    assert steps["opening"]["baseline"]["edtf"] == "2025-10"
    assert steps["completion"]["forecast"]["edtf"] == "2025-12"
    told = [u for u in shown["updates"] if u["source"]]
    assert told[0]["source"]["title"] == "가신문"
    assert tracker("show", "gone").code == 2
    assert tracker("status", "--json").json["facilities"] == 1


def test_one_undo_takes_it_back(twins, tracker):
    before = tracker("list", "--json").out, tracker("status", "--json").out
    tracker("merge", "keep", "gone")
    tracker("undo")
    assert (tracker("list", "--json").out, tracker("status", "--json").out) == before
    tracker("redo")
    assert tracker("show", "gone").code == 2
    assert tracker("doctor").code == 0


def test_what_cannot_be_merged_is_refused(twins, tracker):
    assert tracker("merge", "keep", "keep").code == 2
    assert tracker("merge", "keep", "nowhere").code == 2
    tracker("add", "milestone", "keep", "행사", "2026", "--slug", "launch")
    tracker("add", "milestone", "gone", "기타", "2026", "--slug", "launch")
    ran = tracker("merge", "keep", "gone")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "keep/launch" in ran.err


def test_the_duration_of_a_programme_goes_over_into_a_facility(tracker, tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_DB", str(tmp_path / "t.db"))
    tracker("add", "facility", "강변 도서관", "--slug", "keep")
    tracker("add", "programme", "도서관 건립", "--slug", "gone", "--duration", "2026", "--new")
    tracker("merge", "keep", "gone")
    assert "2026" in next(
        line for line in tracker("show", "keep").out.splitlines() if line.startswith("기간")
    )
