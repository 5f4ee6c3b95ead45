"""What makes no sense of a step as it stands is refused of a person; the rest is let pass."""

import pytest

STEP = ("리퍼브", "개소")


@pytest.mark.parametrize(
    ("before", "refused", "says"),
    [
        (("hold", *STEP, "--reason", "예산"), ("hold", *STEP, "--reason", "또"), "이미 보류"),
        (("cancel", *STEP, "--reason", "폐지"), ("plan", *STEP, "2027"), "취소·중단되었습니다"),
        (("cancel", *STEP, "--reason", "폐지"), ("confirm", *STEP), "취소·중단되었습니다"),
        (("cancel", *STEP, "--reason", "폐지"), ("cancel", *STEP, "--reason", "또"), "취소·중단"),
        (
            ("cancel", "리퍼브", "--reason", "폐지"),
            ("hold", "리퍼브", "--reason", "x"),
            "열린 단계",
        ),
        (("cancel", "리퍼브", "--reason", "폐지"), ("cancel", "리퍼브", "--reason", "x"), "열린"),
    ],
)
def test_refused_after_what_was_said_before(demo, tracker, before, refused, says):
    assert tracker(*before).code == 0
    total = tracker("log", "--json", "--limit", 1).json["total"]
    ran = tracker(*refused)
    assert (ran.code, says in ran.err) == (2, True), ran
    assert tracker("log", "--json", "--limit", 1).json["total"] == total


def test_what_is_reported_of_an_earlier_day_adds_to_the_past(demo, tracker):
    assert (
        tracker("hold", "리퍼브", "준공", "--reason", "자재", "--reported", "2024-03-02").code == 0
    )
    assert tracker("resume", "리퍼브", "준공", "--reported", "2024-05-02").code == 0
    assert tracker("plan", "리퍼브", "준공", "2025", "--reported", "2024-03-02").code == 2


def test_another_day_of_what_is_done_is_said_outright(demo, tracker):
    assert tracker("complete", "리퍼브", "준공", "--on", "2025-06-09").code == 0
    assert "2025-06-09" in tracker("show", "리퍼브", "--json").out


def test_what_was_given_up_may_be_done_after_all(demo, tracker):
    assert tracker("cancel", *STEP, "--reason", "폐지").code == 0
    assert tracker("complete", *STEP).code == 0


def test_words_and_percent_signs_are_understood(demo, tracker):
    assert tracker("confidence", "리퍼브", "위험").code == 0
    assert tracker("progress", "리퍼브", "--actual", "50%").code == 0
    facility = tracker("show", "리퍼브", "--json").json["facility"]
    assert facility["confidence"] == "red"
    assert tracker("list", "--state", "경과", "--json").out == (
        tracker("list", "--state", "overdue", "--json").out
    )


def test_nothing_shown_is_not_nothing_there(demo, tracker):
    for command in ("list", "log"):
        assert "--offset 0" in tracker(command, "--limit", "0").out
        assert "--offset 99999" in tracker(command, "--offset", "99999").out


def test_the_log_names_facilities(demo, tracker):
    assert tracker("note", "리퍼브", "확인").code == 0
    first = tracker("log", "--limit", "1").out
    assert "한국로봇리퍼브센터" in first
    assert "gimhae-robot-refurb-center" not in first


def test_help_is_in_one_language(demo, tracker):
    korean = tracker("report", "weekly", "--help").out
    assert "사용법:" in korean
    assert "옵션:" in korean
    assert "Show this" not in korean
    english = tracker("report", "weekly", "--help", "--lang", "en").out
    assert english.startswith("Usage:")


def test_part_of_a_city_is_told_which_was_perhaps_meant(demo, tracker):
    assert "(김해시?)" in tracker("list", "--city", "김해").out
    assert tracker("list", "--city", "김해", "--json").json["total"] == 0
    assert "?" not in tracker("list", "--city", "없는시").out
