"""A name that fits nothing suggests what is near; one that fits several lists them."""

import sqlite3

import pytest


@pytest.mark.parametrize(
    ("command", "near"),
    [
        ("show 리퍼브센타", "한국로봇리퍼브센터"),
        ("plan 고운삼봉도서괸 개소 2027", "고운삼봉도서관"),
        ("note refurb-centr 메모", "한국로봇리퍼브센터"),
        ("complete 한국로봇리퍼브센터 오픈식", "개소"),
        ("complete 한국로봇리퍼브센터 개서", "개소"),
        ("add milestone 한국로봇리퍼브센터 opning 2027", "개소"),
        ("list --kind 준공식", "준공"),
        ("lsit", "list"),
        ("list --lmit 3", "--limit"),
    ],
)
def test_what_is_near_is_suggested_and_nothing_is_written(demo, tracker, command, near):
    before = tracker("export").out
    ran = tracker(*command.split())
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert f"{near}?" in ran.err
    assert tracker("export").out == before


def test_what_is_near_is_suggested_in_english_too(demo, tracker):
    assert "did you mean 한국로봇리퍼브센터?" in tracker("show", "리퍼브센타", "--lang", "en").err
    assert "did you mean opening?" in tracker("list", "--kind", "opning", "--lang", "en").err


@pytest.mark.parametrize("command", ["show 센터", "complete 센터 개소", "show 센터 --json"])
def test_several_are_listed_one_a_line_with_city_and_next_date(demo, tracker, command):
    ran = tracker(*command.split())
    assert (ran.code, ran.out) == (2, "")
    first, heading, *rows, more = ran.err.splitlines()
    assert first == "tracker: “센터”에 맞는 곳이 33곳입니다. 식별자나 이름을 더 적으세요"
    assert heading.split() == ["식별자", "시설", "도시", "다음", "기한"]
    assert len(rows) == 10
    assert any("busan-danggam-sports-center" in r and "부산광역시 부산진구" in r for r in rows)
    assert more == "tracker: 외 23곳: tracker list --search 센터"


# -- names that look alike -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["한국로봇리퍼브센타", "한국로봇 리퍼브센터(신축)"])
def test_a_facility_whose_name_looks_like_a_known_one_is_asked_about(demo, tracker, name):
    before = tracker("export").out
    ran = tracker("add", "facility", name)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "한국로봇리퍼브센터" in ran.err
    assert "gimhae-robot-refurb-center" in ran.err
    assert "--new" in ran.err
    assert tracker("export").out == before
    assert tracker("add", "facility", name, "--new").code == 0


def test_a_name_that_is_the_same_needs_another_slug_even_with_new(demo, tracker):
    ran = tracker("add", "facility", "한국로봇리퍼브센터", "--new")
    assert ran.code == 2
    assert "--slug" in ran.err


@pytest.mark.parametrize("how", [["--dry-run"], []])
def test_a_table_that_makes_a_facility_like_a_known_one_says_so(demo, tracker, tmp_path, how):
    table = tmp_path / "t.csv"
    table.write_text(
        "시설명,도시,준공\n한국로봇리퍼브센타,김해시,2027-03\n새빛과학관,김해시,2027-04\n"
        "새빛과학곤,김해시,2027-05\n새벽시장 1관,김해시,2027-04\n새벽시장 2관,김해시,2027-04\n",
        "utf-8",
    )
    ran = tracker("import", table, *how)
    assert ran.code == 0
    warned = [line for line in ran.err.splitlines() if "비슷합니다" in line]
    assert len(warned) == 2, ran.err
    assert "“한국로봇리퍼브센타”는 “한국로봇리퍼브센터”와 비슷합니다" in warned[0]
    assert "tracker merge gimhae-robot-refurb-center" in warned[0]
    assert "새빛과학곤" in warned[1]
    assert "새빛과학관" in warned[1]


def test_names_that_are_damaged_are_the_stores_fault(demo, tracker):
    with sqlite3.connect(demo) as connection:
        connection.execute("UPDATE facility SET aliases = '{' WHERE id = 1")
    ran = tracker("add", "facility", "아무 데도 없는 곳")
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert "손상" in ran.err
