"""`tracker read`: what an article says beside the store, and what it records when asked."""

import io
import sys
from types import SimpleNamespace

import pytest

SHAPE = {
    "facility": str,
    "known_as": (str, type(None)),
    "kind": str,
    "status": str,
    "phrase": str,
    "period": dict,
    "sentence": str,
    "confidence": float,
    "verdict": str,
}
ARTICLE = """로봇 고치는 센터 문 여는 날 늦어진다

가람일보 한나래 기자
입력 2026-03-18 10:42

김해시는 '한국로봇리퍼브센터' 개소 시기를 오는 9월로 조정했다고 18일 밝혔다.

센터의 실시설계는 2023년 11월 끝났다. '다온 소방학교'는 내년 5월 완공된다.

저작권자 ⓒ 가람일보, 무단 전재 및 재배포 금지
"""


@pytest.fixture
def article(tmp_path):
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    return file


def read(tracker, article, *more):
    return tracker("read", article, "--dated", "2026-03-18", *more)


def test_proposals_are_listed_with_their_sentence_and_the_words_that_decided(
    tracker, demo, article
):
    ran = read(tracker, article)
    assert ran.code == 0
    assert "한국로봇리퍼브센터 · 개소 계획 → 2026년 9월" in ran.out
    assert "개소 시기를 오는 9월로 조정했다고" in ran.out
    assert "근거가 된 말: 개소" in ran.out
    assert "모르는 시설" in ran.out
    assert "--dated" not in ran.out


def test_json_has_every_field_and_nothing_else(tracker, demo, article):
    data = read(tracker, article, "--json").json
    assert data.keys() == {"dated", "proposals"}
    assert data["dated"] == "2026-03-18"
    assert data["proposals"]
    for proposal in data["proposals"]:
        assert proposal.keys() == SHAPE.keys()
        assert all(isinstance(proposal[k], t) for k, t in SHAPE.items())
        assert proposal["period"].keys() == {"edtf", "earliest", "latest", "approximate", "text"}
    by_name = {p["facility"]: p for p in data["proposals"]}
    assert by_name["한국로봇리퍼브센터"]["known_as"] == "gimhae-robot-refurb-center"
    assert by_name["다온 소방학교"]["known_as"] is None
    assert by_name["다온 소방학교"]["verdict"] == "new_facility"


def test_what_is_undecided_is_told_but_never_recorded_unseen(tracker, demo, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("'한국로봇리퍼브센터' 개소 시기는 아직 미정이다.", encoding="utf-8")
    assert "개소 계획 → 미정" in read(tracker, file).out
    assert read(tracker, file, "--json").json["proposals"] == [], "each has its period there"
    assert "기록한 것이 없습니다" in read(tracker, file, "--apply").out


def test_without_apply_nothing_is_written(tracker, demo, article):
    before = demo.read_bytes()
    read(tracker, article)
    read(tracker, article, "--json")
    assert demo.read_bytes() == before


def test_apply_records_the_sure_ones_as_one_act_that_undo_takes_back(tracker, demo, article):
    before = tracker("show", "gimhae-robot-refurb-center", "--json").json
    ran = read(tracker, article, "--apply")
    assert ran.code == 0
    assert "tracker undo" in ran.out
    log = tracker("log", "gimhae-robot-refurb-center", "--json").json["updates"]
    newest = max(log, key=lambda u: u["id"])
    assert newest["kind"] == "plan"
    assert newest["milestone"] == "opening"
    assert newest["period"]["edtf"] == "2026-09"
    assert newest["phrase"] == "오는 9월"
    assert newest["reported_on"] == "2026-03-18"
    assert newest["source"]["publisher"] == "가람일보"
    assert newest["source"]["title"] == "로봇 고치는 센터 문 여는 날 늦어진다"
    assert newest["source"]["published"] == "2026-03-18"
    assert newest["evidence"] == [str(article)]
    assert tracker("undo").code == 0
    after = tracker("show", "gimhae-robot-refurb-center", "--json").json
    assert after["milestones"] == before["milestones"]


def test_what_was_applied_is_recognised_the_next_time(tracker, demo, article):
    read(tracker, article, "--apply")
    verdicts = {
        (p["facility"], p["kind"]): p["verdict"]
        for p in read(tracker, article, "--json").json["proposals"]
    }
    assert verdicts["한국로봇리퍼브센터", "opening"] == "already_reported"
    assert "기록한 것이 없습니다" in read(tracker, article, "--apply").out


def test_apply_under_json_keeps_standard_output_clean(tracker, demo, article):
    ran = read(tracker, article, "--json", "--apply")
    assert ran.json["proposals"]
    assert "tracker undo" in ran.err


def test_without_a_day_it_names_the_printed_one_and_asks(tracker, demo, article):
    ran = tracker("read", article)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert "2026-03-18" in ran.err
    assert "--dated 2026-03-18" in ran.err
    accepted = tracker("read", article, "--yes", "--json")
    assert accepted.json["dated"] == "2026-03-18"


def test_without_any_day_it_never_assumes_today(tracker, demo, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("가람시는 '가람 생태관'을 내년 4월 개관한다.", encoding="utf-8")
    for more in ((), ("--yes",)):
        ran = tracker("read", file, *more)
        assert (ran.code, ran.out) == (2, "")
        assert "--dated" in ran.err


def test_standard_input(tracker, demo, monkeypatch):
    given = SimpleNamespace(buffer=io.BytesIO(ARTICLE.encode("cp949", errors="ignore")))
    monkeypatch.setattr(sys, "stdin", given)
    assert read(tracker, "-", "--json").json["proposals"]


def test_it_reads_without_a_store(tracker, article):
    data = read(tracker, article, "--json").json
    assert {p["verdict"] for p in data["proposals"]} == {"new_facility"}
    assert read(tracker, article, "--apply").code == 0


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(64),
        b"PK\x03\x04" + b"word/document.xml" * 20,
        bytes(range(256)) * 8,
        b"\0\1\2" * 400,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"H\0W\0P\0" * 50,
    ],
)
def test_what_is_no_text_is_said_to_be_none(tracker, tmp_path, lang, data):
    file = tmp_path / "plan.hwp"
    file.write_bytes(data)
    ran = tracker("read", file, "--dated", "2026-03-18", "--lang", lang)
    assert (ran.code, ran.out) == (2, "")
    (line,) = ran.err.splitlines()
    assert "plan.hwp" in line
    assert "HTML" in line


def test_a_text_with_a_few_broken_signs_is_still_read(tracker, tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(ARTICLE.encode() + b"\x01\xff\xfe\x02")
    assert read(tracker, file, "--json").json["proposals"]


@pytest.mark.parametrize("more", [("--json",), ("--apply",)])
def test_the_screen_is_alone_and_needs_a_file_and_a_terminal(tracker, article, more):
    for ran in (read(tracker, article, "--review", *more), read(tracker, "-", "--review")):
        assert (ran.code, ran.out) == (2, "")
        assert "--review" in ran.err
    ran = read(tracker, article, "--review")
    assert (ran.code, ran.out) == (2, "")


def test_on_a_terminal_it_offers_the_screen_and_opens_it(tracker, demo, article, monkeypatch):
    shown = []
    monkeypatch.setattr("tracker.tui.run", lambda office, **how: shown.append((office, how)))
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
    assert f"tracker read {article} --dated 2026-03-18 --review" in read(tracker, article).out
    assert "--review" not in read(tracker, article, "--apply").out
    assert read(tracker, article, "--review", "--by", "김주무관").code == 0
    ((office, how),) = shown
    assert office.config.author == "김주무관"
    assert how["announcement"].matches[0].proposal.phrase == "오는 9월"


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_failures_are_one_line_and_2(tracker, demo, tmp_path, lang):
    empty = tmp_path / "empty.txt"
    empty.write_text("\n")
    for file in (tmp_path / "absent.txt", tmp_path, empty):
        ran = tracker("read", file, "--dated", "2026-03-18", "--lang", lang)
        assert (ran.code, ran.out) == (2, "")
        assert len(ran.err.splitlines()) == 1


def test_hostile_text_never_reaches_the_terminal(tracker, demo, tmp_path):
    file = tmp_path / "a.txt"
    name = "가람\x1b[2J\u202e 생태관"
    file.write_text(f"군은 '{name}'을 내년 4월 개관한다고 밝혔다.\x07", encoding="utf-8")
    for more in ((), ("--json",)):
        ran = read(tracker, file, *more)
        assert ran.code == 0
        assert not set(ran.out + ran.err) & {"\x1b", "\x07", "\u202e"}


def test_nothing_found_is_said(tracker, demo, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("군은 봄꽃 축제를 연다고 밝혔다.", encoding="utf-8")
    assert "찾지 못했습니다" in read(tracker, file).out
    assert read(tracker, file, "--json").json["proposals"] == []


def test_the_command_says_that_only_the_beginning_was_read(tmp_path, tracker):
    article = tmp_path / "a.txt"
    article.write_text("The Garam Library will open in March 2026.\n" * 1500, "utf-8")
    ran = tracker("read", article, "--dated", "2026-01-01", "--lang", "en")
    assert ran.code == 0
    assert len(ran.err.splitlines()) == 1
    assert "only the beginning was read" in ran.err


@pytest.mark.parametrize(
    ("sentence", "status", "window"),
    [
        ("개소는 어려울 전망이다", "doubted", "2026-09"),
        ("개소가 불투명하다고 시가 밝혔다", "doubted", "2026-09"),
        ("개소는 물 건너갔다", "doubted", "2026-09"),
        ("개소에는 차질이 없을 전망이다", "planned", "2026-09"),
    ],
)
def test_apply_never_takes_a_doubted_date(tracker, demo, tmp_path, sentence, status, window):
    file = tmp_path / "doubt.txt"
    file.write_text(f"김해시 '한국로봇리퍼브센터'의 오는 9월 {sentence}.", encoding="utf-8")
    before = tracker("log", "--json").json["total"]
    (proposal,) = read(tracker, file, "--json").json["proposals"]
    assert (proposal["status"], proposal["period"]["edtf"]) == (status, window)
    ran = read(tracker, file, "--apply")
    assert ran.code == 0
    assert ("주의: 보도가 어렵다고 보는 날짜" in ran.out) == (status == "doubted")
    assert (tracker("log", "--json").json["total"] > before) == (status == "planned")


def test_a_noted_doubt_warns_on_the_page_until_it_is_answered(tracker, demo):
    assert tracker("plan", "한국로봇리퍼브센터", "opening", "2026년 12월").code == 0
    noted = "어렵다고 보도된 날짜 2026년 12월: “12월 개소는 어려울 전망이다.”"
    assert tracker("note", "한국로봇리퍼브센터", noted, "--milestone", "opening").code == 0
    shown = " ".join(tracker("show", "한국로봇리퍼브센터").out.split())
    assert "! 개소: 2026년 12월 일정이 어렵다는 보도가 있습니다" in shown
    assert tracker("confirm", "한국로봇리퍼브센터", "opening").code == 0
    assert "! 개소" not in tracker("show", "한국로봇리퍼브센터").out
