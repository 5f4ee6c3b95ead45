"""An older report that comes later says what it changes; steps that are known are not new."""

import pytest

ARTICLE = "가람체육센터은 2025년 6월 준공할 예정이라고 김해시가 밝혔다.\n"
MOVE = "2026년 12월 → 2025년 6월로"
DAY = "2024-03-02"


@pytest.fixture
def gym(demo, tracker):
    tracker("add", "facility", "가람체육센터", "--slug", "gym")
    tracker("plan", "gym", "준공", "2026-12", "--reported", "2025-02-03")
    return "gym"


def baseline(tracker):
    return tracker("show", "gym", "--json").json["milestones"][0]["baseline"]["edtf"]


def test_a_plan_of_an_earlier_day_says_that_it_changes_the_baseline(gym, tracker):
    ran = tracker("plan", gym, "준공", "2025-06", "--reported", DAY)
    assert ran.out.splitlines()[-1] == (
        f"가람체육센터 · 준공 → 당초 계획이 {MOVE} 바뀌었습니다: 더 이른 보고({DAY})"
    )
    assert baseline(tracker) == "2025-06"
    english = tracker("plan", gym, "준공", "2025-05", "--reported", "2024-02-01", "--lang", "en")
    assert "the baseline has changed from Jun 2025 to May 2025: an earlier report" in english.out


def test_a_plan_that_changes_no_baseline_says_nothing_of_it(gym, tracker):
    for period, day in (("2027-06", "2026-11-20"), ("2026-12", DAY), ("2026-10", "2025-06-01")):
        assert "당초 계획이" not in tracker("plan", gym, "준공", period, "--reported", day).out


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE)
    return path


def test_an_older_article_says_so_before_it_is_taken(gym, tracker, article):
    seen = tracker("read", article, "--dated", DAY)
    assert f"당초 계획이 {MOVE} 바뀝니다: 더 이른 보고({DAY})" in seen.out
    assert "더 이른 보고" in seen.out.split("당초 계획이")[0], "the verdict"
    assert "새 단계" not in seen.out
    assert tracker("read", article, "--dated", DAY, "--json").json["proposals"][0]["verdict"] == (
        "older"
    )
    assert baseline(tracker) == "2026-12", "nothing is written yet"
    taken = tracker("read", article, "--dated", DAY, "--apply")
    assert f"당초 계획이 {MOVE} 바뀌었습니다" in taken.out
    assert baseline(tracker) == "2025-06"
    again = tracker("read", article, "--dated", DAY, "--json").json["proposals"][0]
    assert again["verdict"] == "already_reported"


def test_an_article_of_a_later_day_is_no_older_report(gym, tracker, article):
    proposal = tracker("read", article, "--dated", "2025-02-10", "--json").json["proposals"][0]
    assert proposal["verdict"] == "new_forecast"


def test_a_step_that_nobody_knows_is_still_new(gym, tracker, article):
    article.write_text("가람체육센터은 2025년 6월 개관할 예정이라고 김해시가 밝혔다.\n")
    proposal = tracker("read", article, "--dated", DAY, "--json").json["proposals"][0]
    assert proposal["verdict"] == "new_milestone"


FACTS = f"facility gym\n  name: 가람체육센터\n{DAY}  completion  plan  2025-06\n"


def test_a_file_of_older_facts_says_so_in_a_dry_run_and_in_the_answer(gym, tracker, tmp_path):
    path = tmp_path / "old.facts"
    path.write_text(FACTS)
    line = f"가람체육센터 · 준공 → 당초 계획이 {MOVE} 바뀝니다: 더 이른 보고({DAY})"
    dry = tracker("import", path, "--dry-run")
    assert line in (dry.out + dry.err).splitlines()
    assert baseline(tracker) == "2026-12"
    done = tracker("import", path)
    assert line in (done.out + done.err).splitlines()
    assert baseline(tracker) == "2025-06"
