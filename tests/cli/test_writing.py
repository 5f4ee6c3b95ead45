"""What commands write, and what they say they did."""

import re
import subprocess
import sys

import pytest

from tracker.cli.main import COMMANDS

REFURB = "gimhae-robot-refurb-center"


def newest(tracker, number=1):
    return tracker("log", "--json", "--limit", number).json["updates"]


def opening(tracker, *options):
    shown = tracker("show", REFURB, "--json", *options).json
    return next(m for m in shown["milestones"] if m["milestone"] == "opening")


def test_a_plan_says_what_it_understood(demo, tracker):
    ran = tracker(
        "plan",
        "로봇리퍼브센터",
        "개소",
        "2027년",
        "상반기",
        "--reason",
        "장비 반입 지연",
        "--action",
        "시운전 병행",
        "--reported",
        "2026-11-20",
        "--source",
        "주간회의",
        "--by",
        "김주무관",
        "--evidence",
        "회의록.pdf",
        "--note",
        "전화로 확인",
    )
    assert ran.code == 0
    assert ran.out.splitlines()[0] == (
        "한국로봇리퍼브센터 · 개소 → 2027년 상반기 (2027-01-01 … 2027-06-30), 당초보다 +730일"
    )
    note, said = newest(tracker, 2)
    assert (note["kind"], note["value"]) == ("note", "전화로 확인")
    assert said["period"]["edtf"] == "2027-40"
    assert said["phrase"] == "2027년 상반기"
    assert (said["reason"], said["action"]) == ("장비 반입 지연", "시운전 병행")
    assert (said["reported_on"], said["by"]) == ("2026-11-20", "김주무관")
    assert said["source"]["title"] == "주간회의"
    assert said["evidence"] == ["회의록.pdf"]
    assert said["act"] == note["act"]
    tracker("undo", "--by", "김주무관")
    assert opening(tracker)["forecast"]["edtf"] == "2025-10"


def test_a_plan_for_a_step_that_is_not_there_yet_makes_it(demo, tracker):
    assert tracker("plan", "망미국민체육센터", "개관", "2029년 봄").code == 0
    shown = tracker("show", "busan-mangmi-sports-center", "--json").json
    assert "opening" in [m["milestone"] for m in shown["milestones"]]
    tracker("undo")
    shown = tracker("show", "busan-mangmi-sports-center", "--json").json
    assert "opening" not in [m["milestone"] for m in shown["milestones"]]


def test_undated_takes_the_date_back(demo, tracker):
    tracker("plan", "리퍼브", "개소", "미정")
    assert opening(tracker)["state"] == "undated"
    assert opening(tracker)["forecast"] is None
    assert opening(tracker)["baseline"]["edtf"] == "2025-40"


def test_hold_resume_cancel_reopen(demo, tracker):
    for command, state in (
        (("hold", "리퍼브", "개소", "--reason", "예산"), "on_hold"),
        (("resume", "리퍼브", "개소"), "overdue"),
        (("cancel", "리퍼브", "--reason", "중단"), "cancelled"),
        (("reopen", "리퍼브"), "overdue"),
    ):
        assert tracker(*command).code == 0
        assert opening(tracker)["state"] == state


def test_confirm_makes_an_overdue_one_confirmed(demo, tracker):
    assert opening(tracker)["detail"] == "unconfirmed"
    tracker("confirm", "리퍼브", "개소", "--by", "담당")
    assert opening(tracker)["detail"] == "confirmed"


def test_baseline_progress_confidence(demo, tracker):
    tracker("baseline", "리퍼브", "개소", "2027", "--reason", "변경 승인")
    assert opening(tracker)["baseline"]["edtf"] == "2027"
    tracker("progress", "리퍼브", "--planned", "80", "--actual", "61.5")
    tracker("confidence", "리퍼브", "amber", "--comment", "장비")
    facility = tracker("show", REFURB, "--json").json["facility"]
    assert facility["progress"] == {"planned": 80.0, "actual": 61.5, "reported_on": "2026-11-21"}
    assert facility["confidence"] == "amber"
    assert "61.5%" in tracker("show", REFURB).out


def test_a_snooze_silences_until_its_day_or_a_new_plan(demo, tracker):
    def alerted(*options):
        found = tracker("alerts", "--json", "--limit", 500, *options).json["alerts"]
        return (REFURB, "opening") in {
            (a["milestone"]["facility"], a["milestone"]["milestone"]) for a in found
        }

    assert alerted()
    tracker("snooze", "리퍼브", "개소", "2026-12-10", "--reason", "협의 중")
    assert not alerted()
    assert alerted("--today", "2026-12-10")
    tracker("plan", "리퍼브", "개소", "2026-10")
    assert alerted()


def test_add_and_edit(demo, tracker):
    ran = tracker(
        "add",
        "facility",
        "해누리 도서관",
        "--name-en",
        "Haenuri Library",
        "--city",
        "김해시",
        "--cost",
        "120억 원",
        "--funding",
        "national=60억",
        "--funding",
        "city=60억",
        "--alias",
        "해누리관",
    )
    assert ran.code == 0
    assert "haenuri-library" in ran.out
    tracker("add", "milestone", "해누리", "준공", "2027년 12월까지")
    tracker("add", "milestone", "해누리", "기타", "2026", "--title", "BF 예비인증")
    tracker("edit", "facility", "해누리", "--name", "해누리중앙도서관", "--owner", "도서관과")
    tracker("edit", "milestone", "해누리", "BF", "--title", "BF 본인증")
    shown = tracker("show", "해누리 도서관", "--json").json
    assert shown["facility"]["name"] == "해누리중앙도서관"
    assert shown["facility"]["aliases"] == ["해누리관", "해누리 도서관"]
    assert shown["facility"]["cost_krw"] == 12_000_000_000
    assert shown["facility"]["funding"] == {"national": 6_000_000_000, "city": 6_000_000_000}
    assert {m["title"] for m in shown["milestones"]} == {None, "BF 본인증"}
    assert shown["milestones"][0]["forecast"]["edtf"] == "[..2027-12]"
    assert shown["milestones"][0]["owner"] == "도서관과"
    tracker("edit", "facility", "해누리", "--owner", "")
    assert tracker("show", "해누리", "--json").json["facility"]["owner"] is None


def test_the_first_facility_makes_the_store(tracker, tmp_path):
    db = tmp_path / "new" / "office.db"
    assert tracker("--db", db, "add", "facility", "가람도서관").code == 0
    assert (
        tracker(
            "add",
            "programme",
            "공공도서관 확충",
            "--target-count",
            5,
            "--duration",
            "2025/2029",
            "--db",
            db,
        ).code
        == 0
    )
    status = tracker("status", "--json", "--db", db).json
    assert (status["facilities"], status["milestones"]) == (1, 0)


def test_global_options_stand_before_or_after(demo, tracker):
    before = tracker("--today", "2025-10-31", "--lang", "en", "list", "--search", "리퍼브")
    after = tracker("list", "--search", "리퍼브", "--today", "2025-10-31", "--lang", "en")
    assert before.out == after.out
    assert "D-DAY" in before.out
    assert "due soon" in before.out


def test_today_filters_nothing_and_as_of_does(demo, tracker):
    judged = tracker("list", "--today", "2025-02-01", "--json", "--limit", 1000).json
    known = tracker("list", "--as-of", "2025-02-01", "--json", "--limit", 1000).json
    assert judged["as_of"] == known["as_of"] == "2025-02-01"
    assert judged["total"] > known["total"]


@pytest.mark.parametrize(
    ("options", "total"),
    [
        (("--city", "완주군"), 5),
        (("--kind", "착공", "--city", "완주군"), 1),
        (("--state", "overdue", "--city", "완주군"), 2),
        (("--state", "완료", "--state", "기한 경과", "--city", "완주군"), 5),
        (("--search", "ㄱㅇㅅㅂㄷㅅㄱ"), 5),
        (("--search", "삼봉"), 5),
        (("--owner", "없음"), 0),
    ],
)
def test_filters(demo, tracker, options, total):
    assert tracker("list", "--json", *options).json["total"] == total


def test_exit_codes_of_alerts(demo, tracker):
    assert tracker("alerts").code == 0
    assert tracker("alerts", "--exit-code").code == 1
    assert tracker("alerts", "--exit-code", "--as-of", "2007-01-01").code == 0


def test_retract_one_statement(demo, tracker):
    tracker("plan", "리퍼브", "개소", "2027")
    number = newest(tracker)[0]["id"]
    assert tracker("retract", number, "--reason", "잘못 적음").code == 0
    assert opening(tracker)["forecast"]["edtf"] == "2025-10"
    assert newest(tracker, 2)[1]["retracted_by"] == newest(tracker)[0]["id"]


def test_backup_restore_and_doctor(demo, tracker, tmp_path):
    copy = tmp_path / "copy.bak"
    assert tracker("backup", copy).code == 0
    assert copy.stat().st_mode & 0o077 == 0
    kept = tracker("export").out
    tracker("note", "리퍼브", "뒤에 적음")
    assert tracker("export").out != kept
    assert "--yes" in tracker("restore", copy).out
    assert tracker("export").out != kept
    assert tracker("restore", copy, "--yes").code == 0
    assert tracker("export").out == kept
    assert tracker("doctor").code == 0
    assert [p.name for p in (demo.parent / "backups").iterdir()] == [
        "tracker.db.0001-before-restore.bak"
    ]


def test_doctor_finds_damage_and_repairs_the_fold(demo, tracker):
    import sqlite3

    raw = sqlite3.connect(demo)
    raw.execute("UPDATE milestone SET forecast = '2031' WHERE slug = 'opening'")
    raw.commit()
    raw.close()
    ran = tracker("doctor")
    assert ran.code == 3
    assert "손상" in ran.err
    assert tracker("doctor", "--repair").code == 0
    assert tracker("doctor").code == 0


def test_demo_fills_once_and_leaves_another_store_alone(tracker, tmp_path):
    db = tmp_path / "demo.db"
    first = tracker("--db", db, "demo", "--no-tui")
    assert str(db) in first.out
    exported = tracker("--db", db, "export").out
    tracker("--db", db, "demo", "--no-tui", "--today", "2020-01-01")
    assert tracker("--db", db, "export").out == exported
    own = tmp_path / "own.db"
    tracker("--db", own, "add", "facility", "가람도서관")
    tracker("--db", own, "demo", "--no-tui")
    assert tracker("--db", own, "status", "--json").json["facilities"] == 1


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_every_command_has_help_in_both_languages(tracker, command, lang):
    ran = tracker(*([command] if command else []), "--help", "--lang", lang)
    assert ran.code == 0
    hangul = any("가" <= c <= "힣" for c in ran.out)
    assert hangul is (lang == "ko") or command in {"list", "period"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(tracker, shell):
    assert "_TRACKER_COMPLETE" in tracker("completion", shell).out


def test_completion_offers_facilities(demo):
    done = subprocess.run(
        [sys.executable, "-m", "tracker"],
        env={
            "TRACKER_DB": str(demo),
            "_TRACKER_COMPLETE": "bash_complete",
            "COMP_CWORD": "2",
            "COMP_WORDS": "tracker show wanju",
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert "wanju-goun-sambong-library" in done.stdout


@pytest.mark.parametrize(
    ("command", "never"),
    [
        ("alerts --json", ("sqlmodel", "sqlalchemy", "alembic", "pydantic", "rich", "textual")),
        ("status --json", ("sqlmodel", "sqlalchemy", "alembic", "pydantic", "rich", "textual")),
        ("list", ("sqlmodel", "sqlalchemy", "alembic", "pydantic", "textual")),
        ("show 리퍼브", ("sqlmodel", "sqlalchemy", "alembic", "pydantic", "textual")),
        ("log --json", ("sqlmodel", "sqlalchemy", "alembic", "pydantic", "rich", "textual")),
        ("complete 리퍼브 개소", ("alembic", "rich", "textual")),
    ],
)
def test_a_command_imports_only_what_it_needs(demo, command, never):
    code = (
        "import sys; from tracker.cli.main import run; run(sys.argv[1:]);"
        f"print([m for m in {never!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command.split()], capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize(
    "act",
    [
        ("confirm", REFURB, "opening"),
        ("plan", REFURB, "opening", "2027년"),
        ("complete", REFURB, "opening"),
        ("hold", REFURB, "opening", "--reason", "예산"),
        ("cancel", REFURB, "--reason", "취소"),
        ("confidence", REFURB, "red"),
        ("snooze", REFURB, "opening", "2027-01-04", "--reason", "회의 뒤"),
        ("baseline", REFURB, "opening", "2027년", "--reason", "재승인"),
        ("note", REFURB, "전화함"),
    ],
)
def test_what_is_said_twice_is_told_and_not_written(demo, tracker, act):
    first = tracker(*act)
    total = tracker("log", "--json").json["total"]
    again = tracker(*act)
    assert (again.code, again.err) == (0, "")
    assert tracker("log", "--json").json["total"] == total
    number = newest(tracker)[0]["act"]
    assert re.match(rf"이미 [\d :-]+에 기록됨 \(작업 {number}\): ", again.out)
    assert again.out.rstrip().endswith(f"되돌리기: tracker undo {number}")
    assert first.out.splitlines()[0].split(" · 되돌리기")[0] in again.out


@pytest.mark.parametrize(
    ("deadline", "label", "told"),
    [("2027", "확인", "확인: 변동 없음"), ("2026-10", "진행 확인", "진행 확인: 아직 끝나지 않음")],
)
def test_a_confirmation_is_called_what_it_confirms(demo, tracker, deadline, label, told):
    tracker("plan", REFURB, "opening", deadline, "--reported", "2026-09-01")
    ran = tracker("confirm", REFURB, "opening")
    assert f"→ {told} ·" in ran.out
    for command in (("log", REFURB), ("show", REFURB), ("status",)):
        line = next(
            line for line in tracker(*command).out.splitlines() if told.split(": ")[1] in line
        )
        assert f"  {label}  " in line, command
    assert told in tracker("undo").out


def test_a_window_inside_the_baseline_is_not_called_as_in_the_baseline(demo, tracker):
    tracker("plan", "망미국민체육센터", "운영", "2029년")
    assert (
        "당초 계획대로" in tracker("plan", "망미국민체육센터", "운영", "2029년", "--by", "이").out
    )
    inside = tracker("plan", "망미국민체육센터", "운영", "2029년 12월").out
    assert "당초 기간 안에서 구체화" in inside
    assert "당초보다 넓은 기간" in tracker("plan", "망미국민체육센터", "운영", "[2027..2029]").out


def test_a_milestone_is_completed_as_planned(demo, tracker):
    assert tracker("plan", "리퍼브", "opening", "2025-10").code == 0
    ran = tracker("complete", "리퍼브", "opening", "--as-planned")
    assert (ran.code, ran.err) == (0, "")
    assert "2025년 10월 완료" in ran.out
    again = tracker("complete", "리퍼브", "opening", "--as-planned")
    assert again.out.startswith("이미 ")
    tracker("undo")
    assert "2025년 10월 완료" in tracker("complete", "리퍼브", "opening", "--on", "계획대로").out
    tracker("undo")
    tracker("plan", "리퍼브", "opening", "2027-10")
    for how in (["--as-planned"], ["--as-planned", "--on", "2025"]):
        ran = tracker("complete", "리퍼브", "opening", *how)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "아직 오지 않았습니다" in tracker("complete", "리퍼브", "opening", "--as-planned").err
