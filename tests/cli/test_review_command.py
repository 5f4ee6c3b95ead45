"""The weekly check in a shell: prompts, the list, last week's, and a kill in its middle."""

import io
import json
import os
import signal
import subprocess
import sys

import pytest

TELLER = ["박팀장", "주간회의"]


@pytest.fixture
def walk(tracker, monkeypatch):
    """Answer the prompts of `tracker review --no-tui`."""

    def walked(*answers, begin=True, options=()):
        lines = [*(TELLER if begin else []), *answers]
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return tracker("review", "--no-tui", "--by", "김주무관", *options)

    return walked


@pytest.fixture
def check(tracker):
    def read(*options):
        return tracker("review", "--json", *options).json

    return read


def outcomes(document, count=5):
    return [item["outcome"] for item in document["items"][:count]]


def test_the_list_shows_what_would_be_asked_and_writes_nothing(demo, tracker, check):
    before = tracker("export").out
    listed = tracker("review")
    assert listed.code == 0
    assert "확인이 필요한 것" in listed.out
    document = check()
    assert document["review"] is None
    assert document["total"] == len(document["items"]) == len(listed.out.splitlines()) - 1
    assert set(outcomes(document, 1000)) == {"open"}
    assert tracker("export").out == before


def test_the_order_is_that_of_need(demo, check):
    needs = [item["need"] for item in check()["items"]]
    order = [
        "overdue_unconfirmed",
        "overdue_confirmed",
        "due_soon",
        "in_window",
        "stale",
        "contradiction",
        "on_hold",
    ]
    assert needs == sorted(needs, key=order.index)


def test_one_key_each(demo, tracker, walk, check):
    ran = walk(
        "v", "c 2026-10-05", "p 2027 상반기", "설계 변경", "공정 만회", "s 예산", "n 통화", "q"
    )
    assert ran.code == 0, ran
    assert "계속하기: tracker review" in ran.out
    document = check()
    decided = [item for item in document["items"] if item["outcome"] == "decided"]
    said = [item["decisions"][0]["updates"][0] for item in decided]
    assert [u["kind"] for u in said] == ["confirm", "actual", "plan", "hold", "note"]
    assert said[1]["period"]["edtf"] == "2026-10-05"
    assert (said[2]["reason"], said[2]["action"]) == ("설계 변경", "공정 만회")
    assert said[3]["reason"] == "예산"
    assert {(u["by"], u["source"]["publisher"], u["source"]["title"]) for u in said} == {
        ("김주무관", "박팀장", "주간회의")
    }


def test_a_step_that_is_passed_by_then_is_not_asked_about(demo, walk, check):
    items = check()["items"]
    assert [i["milestone"] for i in items[:3]] == ["opening", "operation", "completion"]
    walk("v", "c 2018-10", "v", "q")
    assert outcomes(check(), 4) == ["decided", "decided", "settled", "decided"]


def test_jamo_are_keys_and_syllables_are_not(demo, walk, check):
    ran = walk("페", "ㅍ", "뷁", "q")
    assert outcomes(check(), 2) == ["decided", "open"]
    assert ran.err.count("한/영") == 2


def test_skip_back_and_undo(demo, walk, check):
    walk("v", "x", "u", "u", "v", "b", "n 메모", "q")
    document = check()
    assert outcomes(document, 2) == ["decided", "open"]
    kinds = [d["updates"][0]["kind"] for d in document["items"][0]["decisions"]]
    assert kinds == ["confirm", "note"]


def test_undo_in_the_shell_opens_the_item_again(demo, tracker, walk, check):
    walk("v", "q")
    tracker("undo", "--by", "김주무관")
    assert outcomes(check(), 1) == ["open"]
    tracker("redo", "--by", "김주무관")
    assert outcomes(check(), 1) == ["decided"]


def test_what_is_wrong_is_said_and_asked_again(demo, walk, check):
    ran = walk("c 2027", "p 언젠가", "", "", "n", "", "z", "v", "q")
    assert ran.code == 0
    assert len(ran.err.splitlines()) == 4
    assert outcomes(check(), 2) == ["decided", "open"]


def test_who_answers_can_be_given_and_changed(demo, walk, check):
    walk("v", "w 이주임", "", "v", "q", begin=False, options=("--teller", "박팀장"))
    said = [i["decisions"][0]["updates"][0]["source"] for i in check()["items"][:2]]
    assert [s["publisher"] for s in said] == ["박팀장", "이주임"]


def test_it_goes_on_without_asking_who_again(demo, walk, check):
    walk("v", "q")
    ran = walk("v", "q", begin=False)
    assert "── 2/" in ran.out
    assert outcomes(check(), 3) == ["decided", "decided", "open"]
    assert check()["items"][1]["decisions"][0]["updates"][0]["source"]["publisher"] == "박팀장"


def test_close_show_and_open_again(demo, tracker, walk, check):
    walk("v", "x", "q")
    closed = tracker("review", "--close", "--by", "박팀장")
    assert "결정 1 · 건너뜀 1" in closed.out
    assert check()["review"]["closed_by"] == "박팀장"
    shown = tracker("review", "--show", "2026-W47")
    assert "변동 없음 1" in shown.out
    assert "tracker report weekly --week 2026-W47" in shown.out
    again = tracker("review", "--close")
    assert again.code == 2
    assert "닫혔습니다" in again.err
    assert "변동 없음 1" in walk("n", begin=False).out, "not opened again"
    assert "── 3/" in walk("y", "q", begin=False).out
    assert check()["review"]["closed_at"] is None


def test_last_weeks_check_can_be_shown_next_week(demo, tracker, walk, check):
    walk("v", "q")
    walk("q", options=("--today", "2026-11-25"))
    document = check("--show", "2026-W47", "--today", "2026-11-25")
    assert document["review"]["week"] == "2026-W47"
    assert document["review"]["closed_at"] is not None, "left open, and closed by the next"
    assert document["by_outcome"]["decided"] == 1


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--show", "2026-W40"), "2026-W40 점검이 없습니다"),
        (("--show", "언젠가"), "언젠가"),
        (("--close",), "점검이 없습니다"),
    ],
)
def test_what_is_not_there_is_said(demo, tracker, arguments, why):
    ran = tracker("review", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert why in ran.err


def test_without_a_store_it_says_so(tracker, tmp_path):
    assert tracker("--db", tmp_path / "none.db", "review", "--json").code == 3


def test_a_check_travels_with_an_export(demo, tracker, walk, check, tmp_path):
    walk("v", "x", "q")
    file = tmp_path / "all.json"
    tracker("export", file)
    other = tmp_path / "other.db"
    assert tracker("--db", other, "import", file).code == 0
    assert check("--db", other)["items"] == check()["items"]


def test_at_the_end_it_offers_to_close(demo, tracker, walk, check):
    total = check()["total"]
    ran = walk(*["x"] * total, "")
    assert "점검을 닫았습니다" in ran.out
    assert check()["review"]["closed_at"] is not None


def test_killed_in_its_middle_it_goes_on_where_it_was(demo, tracker, check):
    """The real program is answered by keys and killed with SIGKILL between two of them."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "tracker", "review", "--no-tui", "--by", "김주무관"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )

    def send(line):
        process.stdin.write(f"{line}\n")
        process.stdin.flush()

    def wait_for(text):
        while text not in (line := process.stdout.readline()):
            assert line, f"it ended before {text!r}"

    for line in TELLER:
        send(line)
    for place in range(1, 8):
        wait_for(f"── {place}/")
        send("x" if place == 3 else "v")
    wait_for("── 8/")
    process.send_signal(signal.SIGKILL)
    process.communicate()
    document = check()
    assert outcomes(document, 8) == [
        *("decided", "decided", "skipped", "decided", "decided", "decided", "decided"),
        "open",
    ]
    assert tracker("doctor").code == 0
    ran = subprocess.run(
        [sys.executable, "-m", "tracker", "review", "--no-tui"],
        input="q\n",
        capture_output=True,
        text=True,
        check=True,
    )
    first = next(line for line in ran.stdout.splitlines() if line.startswith("──"))
    assert first.startswith("── 8/"), "where it was"
    assert json.loads(json.dumps(document))["review"]["source"]["publisher"] == "박팀장"


def test_closing_tells_how_many_are_left_without_an_answer(demo, walk, tracker, check):
    stopped = walk("v", "q")
    left = check()["by_outcome"]["open"]
    assert f"남은 것 {left:,}건 · 계속하기: tracker review" in stopped.out
    closed = tracker("review", "--close", "--by", "김주무관")
    assert f"남은 {left:,}건은 답이 없는 채로 닫았습니다 · 다시 열기: tracker review" in closed.out
    assert "(–)" not in tracker("review", "--show", "2026-W47").out
