"""Undo and redo in the shell: one's own without a number, anybody's with it."""

import json
import re
import subprocess
import sys

import pytest
from effort import either

PLAN = ("plan", "리퍼브", "opening", "2027-03", "--reason", "자재")


_JOB = """
import sys
from tracker.cli.main import run

name, rounds = sys.argv[1], int(sys.argv[2])
for _ in range(rounds):
    assert run(["note", "리퍼브", name, "--by", name]) == 0
    assert run(["undo", "--by", name]) == 0
assert run(["note", "리퍼브", name, "--by", name]) == 0
"""


@pytest.fixture
def acts(demo, tracker):
    """The numbers of an act of Kim and of a later one of Lee."""
    return [
        int(re.search(r"tracker undo (\d+)", tracker(*PLAN, "--by", name).out)[1])
        for name in ("김주무관", "Lee")
    ]


def test_an_echo_names_the_number_that_takes_just_this_act_back(demo, tracker):
    for command in (
        PLAN,
        ("note", "리퍼브", "전화함"),
        ("add", "facility", "새도서관", "--slug", "new-library"),
        ("add", "milestone", "리퍼브", "event", "2027-05", "--title", "문 여는 날"),
    ):
        held = tracker("list", "--limit", "500", "--json").out
        out = tracker(*command).out
        number = re.search(r"tracker undo (\d+)", out)[1]
        assert tracker("undo", number).code == 0
        assert tracker("list", "--limit", "500", "--json").out == held


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("ko", "김주무관의 {0}번 작업을 되돌렸습니다: 한국로봇리퍼브센터 · 개소 2027년 3월"),
        ("en", "undid act {0} by 김주무관: 한국로봇리퍼브센터 · opening Mar 2027"),
    ],
)
def test_whose_act_it_was_stands_in_the_line(acts, tracker, lang, says):
    out = tracker("undo", "--by", "김주무관", "--lang", lang).out
    assert says.format(acts[0]) in out
    out = tracker("undo", str(acts[1]), "--by", "김주무관", "--lang", lang).out
    assert ("Lee의" if lang == "ko" else "by Lee") in out


@pytest.mark.parametrize(
    ("by", "says"),
    [
        ("박", "박이 한 작업 가운데 되돌릴 것이 없습니다. 가장 최근 작업은 Lee의 {0}번(한국로봇"),
        ("이사", "이사가 한 작업 가운데"),
    ],
)
def test_somebody_elses_is_named_and_left(acts, tracker, by, says):
    held = tracker("list", "--json").out
    ran = tracker("undo", "--by", by)
    assert (ran.code, ran.out) == (2, "")
    assert says.format(acts[1]) in ran.err
    assert f"tracker undo {acts[1]}" in ran.err
    assert tracker("list", "--json").out == held


def test_who_has_no_name_does_not_take_back_what_has_one(demo, tracker):
    tracker("undo")  # the import of the demo, which has no author
    tracker("add", "facility", "새도서관", "--slug", "new-library", "--by", "Lee")
    ran = tracker("undo", "--lang", "en")
    assert ran.code == 2
    assert "no act without an author can be undone; the newest act is" in ran.err


def test_redo_takes_back_ones_own_undo(acts, tracker):
    tracker("undo", "--by", "Lee")
    ran = tracker("redo", "--by", "김주무관")
    assert ran.code == 2
    assert "Lee의" in ran.err
    out = tracker("redo", "--by", "Lee").out
    assert f"Lee의 {acts[1]}번 작업을 다시 실행했습니다" in out
    assert f"tracker undo {acts[1]}" in out


@pytest.mark.parametrize("number", ["0", "-7", "99999", "9" * 30])
def test_a_number_of_no_act_is_one_line(demo, tracker, number):
    ran = tracker("undo", "--", number)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


def test_an_act_is_taken_back_once(acts, tracker):
    assert tracker("undo", str(acts[0])).code == 0
    ran = tracker("undo", str(acts[0]))
    assert ran.code == 2
    assert "이미 되돌렸습니다" in ran.err


def test_the_log_shows_the_numbers_of_acts(acts, tracker):
    newest = tracker("log", "--limit", "1", "--json").json["updates"][0]
    assert newest["act"] == acts[1]
    head, first, *_ = tracker("log", "--limit", "1").out.splitlines()
    assert head.split()[:2] == ["번호", "작업"]
    assert first.split()[:2] == [str(newest["id"]), str(acts[1])]


def test_an_import_is_taken_back_whole_and_brought_back(demo, tracker):
    held = tracker("list", "--limit", "500", "--json").out
    ran = tracker("undo")
    assert (ran.code, ran.err) == (0, "")
    number = tracker("log", "--json").json["total"] // 2
    assert f"작성자가 없는 1번 작업을 되돌렸습니다: 가져오기, 변경 이력 {number}건" in ran.out
    assert tracker("list", "--json").json["total"] == 0
    assert tracker("redo").code == 0
    assert tracker("list", "--limit", "500", "--json").out == held


def test_nothing_to_undo_is_said(demo, tracker):
    tracker("undo")
    ran = tracker("undo")
    assert (ran.code, ran.out) == (2, "")
    assert "되돌릴 것이 없습니다" in ran.err
    tracker("redo")
    assert "다시 실행할 것이 없습니다" in tracker("redo").err


def test_two_processes_that_write_and_undo_take_back_their_own(demo, tracker):
    """Each writes and takes back; whoever is faster, nobody takes an act of the other back."""
    rounds = str(either(6, 100))
    names = ("김", "Lee", "박")
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", _JOB, name, rounds],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for name in names
    ]
    for run in runs:
        _, err = run.communicate(timeout=300)
        assert run.returncode == 0, err
    updates = tracker("log", "--limit", "100000", "--json").json["updates"]
    by_id = {u["id"]: u for u in updates}
    for u in updates:
        if u["kind"] == "retract":
            assert by_id[u["retracts"]]["by"] == u["by"]
    left = [u["by"] for u in updates if u["kind"] == "note" and not u["retracted_by"]]
    assert sorted(left[: len(names)]) == sorted(names)


TABLE = "시설명,시군,착공,준공\n" + "".join(
    f"나래시설{n}호,김해시,2027년 {n}월,2028년 {n}월\n" for n in range(1, 10)
)


@pytest.fixture
def table(demo, tmp_path):
    """A table of nine facilities, imported by nobody yet."""
    path = tmp_path / "list.csv"
    path.write_text(TABLE, "utf-8")
    return path


def test_an_import_has_an_author_and_is_named_with_it(table, tracker):
    held = tracker("list", "--limit", "500", "--json").out
    assert tracker("import", str(table), "--by", "김주무관").code == 0
    ran = tracker("undo", "--by", "Lee")
    assert (ran.code, ran.out) == (2, "")
    assert "김주무관의 2번 가져오기(변경 이력 27건)" in ran.err
    out = tracker("undo", "--by", "김주무관").out
    assert "김주무관의 2번 작업을 되돌렸습니다: 가져오기 list.csv, 변경 이력 27건" in out
    assert tracker("list", "--limit", "500", "--json").out == held


def test_an_import_that_nobody_signed_is_named_and_left(table, tracker):
    tracker("import", str(table))
    held = tracker("list", "--json").out
    ran = tracker("undo", "--by", "김주무관", "--lang", "en")
    assert (ran.code, ran.out) == (2, "")
    assert "the newest act is 2, an import of 27 status updates without an author" in ran.err
    assert tracker("list", "--json").out == held


def test_the_log_has_a_row_for_what_was_undone_and_one_for_the_undo(table, tracker):
    tracker("import", str(table), "--by", "김주무관")
    tracker("undo", "--by", "김주무관")
    _, undo, undone, *_ = tracker("log").out.splitlines()
    assert undo.split()[:3] == ["3", "2026-11-21", "되돌림"]
    assert "김주무관의 2번 작업 · 변경 이력 27건" in undo
    assert undone.split()[:3] == ["2", "2026-11-21", "가져오기"]
    assert "되돌려짐 · list.csv · 변경 이력 27건" in undone
    assert len(tracker("log", "--act", "2").out.splitlines()) == 28
    told = tracker("log", "--act", "3", "--json").json
    assert (told["total"], {u["act"] for u in told["updates"]}) == (27, {3})
    ran = tracker("log", "--act", "99")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


def test_an_act_of_nobody_is_called_the_same_in_a_sentence_and_in_a_row(demo, tracker):
    tracker("add", "milestone", "리퍼브", "event", "2027-05", "--title", "문 여는 날")
    number = re.match(r"undid act (\d+) \(no author\)", tracker("undo", "--lang", "en").out)[1]
    assert f"act {number} (no author) · 2 status updates" in tracker("log", "--lang", "en").out


def test_a_facility_that_others_speak_of_keeps_its_name(demo, tracker):
    tracker("add", "facility", "나래관", "--slug", "narae", "--by", "김주무관")
    tracker("note", "나래관", "전화함", "--by", "Lee")
    held = tracker("list", "--json").out, tracker("show", "나래관").out
    ran = tracker("undo", "--by", "김주무관")
    assert (ran.code, ran.out) == (2, "")
    assert "마지막은 Lee의 3번" in ran.err
    assert (tracker("list", "--json").out, tracker("show", "나래관").out) == held


FACTS = """facility narae-hall
  name: 나래회관
  city: 김해시
2026-01-05  opening  plan  2026-10  "10월 개관"
2026-02-05  completion  plan  2026-08  "8월 준공"
"""


@pytest.mark.parametrize(("name", "text"), [("list.csv", TABLE), ("list.facts", FACTS)])
def test_what_was_undone_can_be_imported_again(demo, tracker, tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    held = tracker("list", "--limit", "500", "--json").out
    first = tracker("import", str(path)).out
    brought = tracker("list", "--limit", "500", "--json").out
    tracker("undo")
    assert tracker("list", "--limit", "500", "--json").out == held
    again = tracker("import", str(path)).out
    assert re.sub("[0-9]{4}-before|undo [0-9]+", "", again) == re.sub(
        "[0-9]{4}-before|undo [0-9]+", "", first
    )
    assert tracker("list", "--limit", "500", "--json").out == brought


def test_what_was_retracted_by_itself_is_not_brought_back_by_a_file(table, tracker):
    tracker("import", str(table))
    number = tracker("log", "나래시설1호", "--json").json["updates"][0]["id"]
    tracker("retract", str(number))
    total = tracker("log", "--json").json["total"]
    tracker("import", str(table))
    assert tracker("log", "--json").json["total"] == total


def test_whoever_has_nothing_to_undo_is_told_of_the_newest_act_in_words(demo, tracker):
    tracker("add", "facility", "새 체육관", "--slug", "gym", "--by", "김")
    tracker("plan", "gym", "준공", "2027-06", "--by", "이")
    number = json.loads(tracker("log", "gym", "--json").out)["updates"][0]["id"]
    tracker("retract", number, "--by", "박")
    ran = tracker("undo", "--by", "최")
    assert ran.code == 2
    assert "(새 체육관 철회)" in ran.err
