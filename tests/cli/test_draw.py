"""timeline and trend in the shell."""

import pytest
from rich.cells import cell_len

LIBRARY = "wanju-goun-sambong-library"
ROBOT = "gimhae-robot-refurb-center"


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_line_for_every_facility_and_a_legend(tracker, demo, lang):
    ran = tracker("timeline", "--lang", lang)
    assert ran.code == 0
    lines = ran.out.splitlines()
    listed = {i["facility_name"] for i in tracker("list", "--json", "--limit", 999).json["items"]}
    drawn = [line for line in lines if any(name[:6] in line for name in listed)]
    assert len(drawn) >= len(listed)
    assert ("오늘 2026-11-21" if lang == "ko" else "today 2026-11-21") in ran.out
    assert max(map(cell_len, lines)) <= 200
    assert "\x1b" not in ran.out


def test_named_facilities_alone_opened_and_fitted(tracker, demo):
    ran = tracker("timeline", "한국로봇리퍼브", LIBRARY, "--open", "--sort", "name")
    names = [line.strip() for line in ran.out.splitlines()[3:]]
    assert names[0].startswith("● 고운삼봉도서관")
    assert sum("개소" in line[:14] for line in names) == 2
    assert "AMRC" not in ran.out


def test_groups_have_their_number(tracker, demo):
    out = tracker("timeline", "--group", "city", "--lang", "en").out
    facilities = tracker("timeline", "--json").json["total"]
    numbers = [
        int(line.split(" · ")[1].split()[0])
        for line in out.splitlines()
        if " · " in line and line.split(" · ")[0] in {"김해시", "창원시", "완주군", "no city"}
    ]
    assert len(numbers) == 4
    assert sum(numbers) <= facilities


def test_the_axis_goes_from_the_one_day_to_the_other(tracker, demo):
    data = tracker("timeline", "--from", "2025", "--to", "2026-06", "--json").json
    assert (data["from"], data["to"], data["zoom"]) == ("2025-01-01", "2026-06-30", None)
    data = tracker("timeline", "--from", "2025-03-01", "--zoom", "month", "--json").json
    assert (data["from"], data["zoom"]) == ("2025-03-01", "month")
    data = tracker("timeline", "--to", "2025-03-01", "--zoom", "week", "--json").json
    assert data["to"] == "2025-03-01"
    ran = tracker("timeline", "--from", "2026", "--to", "2025")
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "2026-01-01" in ran.err


def test_the_json_has_the_shapes_of_the_contract(tracker, demo):
    data = tracker("timeline", ROBOT, "--json").json
    assert set(data) == {"as_of", "from", "to", "zoom", "total", "lanes"}
    (lane,) = data["lanes"]
    assert set(lane) == {"group", "facility", "milestones"}
    shown = tracker("show", ROBOT, "--json").json
    assert lane["facility"] == shown["facility"]
    assert lane["milestones"] == shown["milestones"]


def test_as_of_another_day_draws_what_was_known_then(tracker, demo):
    data = tracker("timeline", ROBOT, "--as-of", "2024-12-31", "--json").json
    opening = next(m for m in data["lanes"][0]["milestones"] if m["milestone"] == "opening")
    assert opening["forecast"]["edtf"] == "2025-40"
    ran = tracker("timeline", ROBOT, "--as-of", "2024-12-31", "--lang", "en")
    assert "as of 2024-12-31" in ran.out
    assert "┊" in ran.out
    assert tracker("timeline", ROBOT, "--as-of", "2001-01-01").code == 2


def test_nothing_to_draw_is_said(tracker, demo):
    ran = tracker("timeline", "--as-of", "1900-01-01")
    assert ran.code == 0
    assert "그릴 시설이 없습니다" in ran.out


def test_the_trend_of_the_library(tracker, demo):
    data = tracker("trend", "고운삼봉", "--json").json
    assert set(data) == {"as_of", "facility", "milestones"}
    opening = next(m for m in data["milestones"] if m["milestone"]["milestone"] == "opening")
    told = [(r["reported_on"], r["period"]["edtf"]) for r in opening["reports"]]
    assert told[0] == ("2023-09-06", "2025-06")
    assert told[-1] == ("2026-01-29", "2026-07")
    assert [r["slip"] and r["slip"]["days"] for r in opening["reports"]] == [None, 0, 184, 212, 0]
    assert set(opening["reports"][0]) == {
        "update",
        "kind",
        "reported_on",
        "reported_basis",
        "period",
        "reached",
        "slip",
        "phrase",
        "source",
    }


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_trend_is_a_chart_a_key_and_a_table(tracker, demo, lang):
    out = tracker("trend", LIBRARY, "--lang", lang).out
    assert "╲" in out
    assert ("단계 겹침" if lang == "ko" else "several") in out
    assert "+212" in out
    assert "Pressian" in out or "프레시안" in out
    assert max(map(cell_len, out.splitlines())) <= 200


def test_a_facility_without_dates_has_no_trend_but_a_sentence(tracker, demo):
    tracker("add", "facility", "빈 시설", "--slug", "empty-hall")
    ran = tracker("trend", "empty-hall")
    assert ran.code == 0
    assert "빈 시설" in ran.out
    assert tracker("timeline", "empty-hall").code == 0
    assert tracker("trend", "nowhere-at-all").code == 2


def test_as_of_ends_the_trend_there(tracker, demo):
    data = tracker("trend", LIBRARY, "--as-of", "2024-01-01", "--json").json
    days = [r["reported_on"] for m in data["milestones"] for r in m["reports"]]
    assert max(days) <= "2024-01-01"


def test_what_was_taken_back_is_not_in_the_trend(tracker, demo):
    before = tracker("trend", LIBRARY, "--json").out
    tracker("plan", LIBRARY, "opening", "2027-03")
    assert tracker("trend", LIBRARY, "--json").out != before
    tracker("undo")
    assert tracker("trend", LIBRARY, "--json").out == before
