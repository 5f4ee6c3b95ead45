"""Phrases that nobody sane would print, each of them once read wrongly or not at all."""

from datetime import date

import pytest

from db.model.errors import BadPeriodError
from db.model.period import Period
from tracker.phrases import UnreadablePhraseError, is_undated, read

DAY = date(2026, 11, 21)
FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)


@pytest.mark.parametrize(
    "phrase",
    [
        "33분기",
        "2025년 33분기",
        "40분기",
        "2025년 36분기",
        "121/4분기",
        "121/4분기 말",
        "25·4분기",
        "5분기",
    ],
)
def test_the_codes_of_edtf_are_no_quarters_that_people_say(phrase):
    with pytest.raises(UnreadablePhraseError, match="quarter"):
        read(phrase, DAY)


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("오늘 전", FIRST),
        ("내주", LAST),
        ("중 2중 연내 early", FIRST),
        ("after 2월 30일 2025년에서", DAY),
        ("fourth half", FIRST),
        ("같은 day 쯤 3개월", FIRST),
        ("late 15 March-26 2 years", DAY),
        ("전까지 311년", FIRST),
        ("30/06/2025 월요일 40", DAY),
        ("31 ~ 초순 동년 2월", DAY),
        ("말 - 26년 경", DAY),
        ("3분기 9999-12-31 이번쯤", DAY),
        ("2025. 6. 30. 3개월 이달 작년 후", LAST),
        ("12 June Q1 25 half later Q1 25", DAY),
        ("해월말이전", DAY),
        ("last quarter H2 경 in", DAY),
        ("9999년 9999년 이번 분기", LAST),
        ("30일 다음", LAST),
        ("H3 25", DAY),
        ("128/12", DAY),
        ("next and in next of", DAY),
        ("5개월 뒤", LAST),
        ("9999년 12월 32일", DAY),
        ("x" * 5000, DAY),
    ],
)
def test_it_is_refused_in_words(phrase, day):
    with pytest.raises(BadPeriodError) as refused:
        read(phrase, day)
    assert str(refused.value).strip()


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("early 3 June", "“early” makes it a second date"),
        ("2026년 6월 화요일", "“화요일” is not understood"),
        ("2026년 10일", "needs its month"),
        ("the same June", "“same” is not understood"),
        ("2026년 6월 분기말", "“분기” makes it a second date"),
        ("26.5분기", "there is no quarter 5"),
        ("2025.3. 2년", "neither a year nor a count"),
        ("2년 뒤인 2031년", "“2031년” makes it a second date"),
        ("2026년 ~ ~ 2027년", "“~” is not understood"),
    ],
)
def test_two_dates_or_half_of_one_are_told_apart(phrase, why):
    with pytest.raises(UnreadablePhraseError, match=why):
        read(phrase, DAY)


def test_a_text_that_is_longer_than_any_phrase_says_nothing_of_being_undated():
    assert not is_undated("미정 " * 10_000)


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ("[..2027-12]", "2027-03"),
        ("[2025-04..]", "2025-03"),
        ("2025-06", "2025-03"),
    ],
)
def test_a_month_alone_is_of_the_year_that_was_said_before(before, wanted):
    said = Period.parse(before) if before else None
    assert str(read("3월", DAY, said_before=said)) == wanted


@pytest.mark.parametrize(
    ("phrase", "day", "wanted"),
    [
        ("winter 2025-2026", DAY, "2025-24"),
        ("15/3", DAY, "2026-03-15"),
        ("늦어도/분기내까지", DAY, "[..2026-36]"),
        ("30/06/2025", DAY, "2025-06-30"),
    ],
)
def test_it_is_read(phrase, day, wanted):
    assert str(read(phrase, day)) == wanted
