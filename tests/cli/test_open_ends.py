"""A plan that says when it is at the earliest has a date, if not one to end by."""

import pytest

DAY = "2026-11-02"


@pytest.fixture
def hall(demo, tracker):
    tracker("add", "facility", "나래체육관", "--slug", "hall", "--reported", DAY)
    tracker("plan", "hall", "준공", "2027-06", "--reported", DAY)
    return "hall"


def alert_of(tracker, slug, lang):
    found = tracker("alerts", "--json", "--limit", 500, "--lang", lang).json["alerts"]
    (alert,) = [a for a in found if a["milestone"]["facility"] == slug]
    assert alert["type"] == "undated"
    return alert["message"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ko", f"2027년 3월 이후, 끝 날짜 없음 ({DAY}부터) · 계획을 입력(plan)"),
        ("en", f"Mar 2027 or later, no end date since {DAY} · plan it"),
    ],
)
def test_an_alert_of_an_open_end_says_what_was_planned(hall, tracker, lang, said):
    tracker("plan", hall, "준공", "2027년 3월 이후", "--reported", DAY)
    assert alert_of(tracker, hall, lang) == said
    listed = tracker("alerts", "--limit", 500, "--lang", lang).out
    assert said.partition(" (")[0].partition(" since")[0] in listed


@pytest.mark.parametrize(
    ("lang", "said"), [("ko", "기한이 정해지지 않음"), ("en", f"no date since {DAY}")]
)
def test_an_alert_of_no_date_says_that_there_is_none(hall, tracker, lang, said):
    tracker("plan", hall, "준공", "미정", "--reported", DAY)
    assert alert_of(tracker, hall, lang).startswith(said)


@pytest.mark.parametrize("period", ["2027년 3월 이후", "미정"])
@pytest.mark.parametrize(
    ("lang", "said"),
    [("ko", "이 단계에는 이제 기한이"), ("en", "this step no longer has a deadline")],
)
def test_a_calendar_that_takes_a_step_out_says_what_is_missing(
    hall, tracker, tmp_path, period, lang, said
):
    tracker("plan", hall, "준공", period, "--reported", DAY)
    path = tmp_path / "c.ics"
    tracker("export", path, "--lang", lang)
    assert said in path.read_text("utf-8").replace("\r\n ", "")
