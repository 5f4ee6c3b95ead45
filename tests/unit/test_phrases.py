"""What people write is read as they mean it, and what they may not mean is refused."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.model.errors import BadPeriodError
from db.model.period import Period
from tracker.phrases import UnreadablePhraseError, is_undated, read
from tracker.phrases.english import TABLE as ENGLISH
from tracker.phrases.korean import TABLE as KOREAN

_TODAY = date(2025, 5, 14)
_TABLES = Path(__file__).with_name("phrases")
_WORDS = [word for table in (KOREAN, ENGLISH) for _, words in table for word in words.split("|")]
_PIECES = [
    *_WORDS,
    *"0123456789~-./,()'·[]: ",
    "2026년",
    "6월",
    "30일",
    "3분기",
    "2026",
    "2년",
    " ",
]


def _rows(name: str) -> list[tuple[str, str, str]]:
    """The phrases of one table with the day each was written and its EDTF text."""
    lines = (_TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(phrase, dated, edtf) for phrase, dated, edtf in rows]


@pytest.mark.parametrize(("phrase", "dated", "edtf"), _rows("korean"))
def test_korean_phrases(phrase: str, dated: str, edtf: str) -> None:
    assert str(read(phrase, date.fromisoformat(dated))) == edtf


@pytest.mark.parametrize(("phrase", "dated", "edtf"), _rows("mixed"))
def test_the_bounds_of_phrases(phrase: str, dated: str, edtf: str) -> None:
    found, meant = read(phrase, date.fromisoformat(dated)), Period.parse(edtf)
    assert (found.earliest, found.latest) == (meant.earliest, meant.latest)


@pytest.mark.parametrize(("phrase", "dated", "edtf"), _rows("english"))
def test_english_phrases(phrase: str, dated: str, edtf: str) -> None:
    assert str(read(phrase, date.fromisoformat(dated))) == edtf


@pytest.mark.parametrize(("phrase", "dated", "edtf"), _rows("digits"))
def test_dates_in_digits(phrase: str, dated: str, edtf: str) -> None:
    assert str(read(phrase, date.fromisoformat(dated))) == edtf


@pytest.mark.parametrize(
    ("phrase", "word"),
    [
        ("2026년 6월 바나나", "바나나"),
        ("바나나", "바나나"),
        ("임기 내", "임기"),
        ("민선 8기 내", "민선"),
        ("추석 전후", "추석"),
        ("이르면 10월", "이르면"),
        ("빠르면 내년 3월", "빠르면"),
        ("향후 3년간", "3년간"),
        ("1년여 뒤", "1년여"),
        ("몇 달 뒤", "몇"),
        ("오는 설", "설"),
        ("수시", "수시"),
        ("6월 셋째 주", "셋째"),
        ("11월 11일 오전", "오전"),
        ("10월 개소할 예정", "개소할"),
        ("초등학교", "초등학교"),
        ("개소 10월", "개소"),
        ("as early as March", "as"),
        ("this year or next", "next"),
        ("completion by December 2027", "completion"),
        ("FY2026", "FY2026"),
        ("March Madness", "Madness"),
        ("94()", "94"),
        ("524일", "524일"),
        ("2025년 13월", "13월"),
        ("5분기", "5분기"),
        ("Q5 2026", "Q5"),
        ("5년", "5년"),
        ("12", "12"),
        ("초", "초"),
        ("late", "late"),
        ("next", "next"),
        ("오는", "오는"),
        ("토요일", "토요일"),
        ("2025년 3~5", "3"),
        ("8월 사이", "사이"),
        ("2025년 1/4", "2025년 1/4"),
        ("12.상", "12.상"),
        ("2025.상용", "2025.상용"),
        ("한", "한"),
        ("ㅇㅇ", "ㅇㅇ"),
    ],
)
def test_the_word_that_is_not_understood_is_named(phrase: str, word: str) -> None:
    with pytest.raises(UnreadablePhraseError) as caught:
        read(phrase, _TODAY)
    assert caught.value.word == word
    assert word in str(caught.value)
    assert caught.value.text == phrase


@pytest.mark.parametrize(
    ("phrase", "word"),
    [
        ("상반기 초", "초"),
        ("하반기 초", "초"),
        ("3분기 초", "초"),
        ("3분기 중순", "중순"),
        ("내년 중순", "중순"),
        ("2026년 초순", "초순"),
        ("2026년 하순", "하순"),
        ("3·4분기", "3·4분기"),
        ("early Q3 2026", "early"),
        ("mid-Q3 2026", "mid"),
        ("early summer", "early"),
        ("Jun-26", "Jun-26"),
    ],
)
def test_what_people_do_not_agree_on_is_refused(phrase: str, word: str) -> None:
    with pytest.raises(UnreadablePhraseError) as caught:
        read(phrase, _TODAY)
    assert caught.value.word == word


@pytest.mark.parametrize(
    ("phrase", "readings"),
    [
        ("03/04/2026", ("2026-03-04", "2026-04-03")),
        ("3/4/2026", ("2026-03-04", "2026-04-03")),
        ("by 03/04/2026", ("2026-03-04", "2026-04-03")),
        ("8/12", ("2025-08-12", "2025-12-08")),
        ("25/12/31", ("2025-12-31", "2031-12-25")),
        ("03/04/05", ("2003-04-05", "2005-03-04", "2005-04-03")),
        ("201206", ("2012-06", "2020-12-06")),
        ("03.04.2026", ("2026-03-04", "2026-04-03")),
    ],
)
def test_digits_in_no_agreed_order_are_refused_with_every_reading(
    phrase: str, readings: tuple[str, ...]
) -> None:
    with pytest.raises(UnreadablePhraseError) as caught:
        read(phrase, _TODAY)
    assert tuple(map(str, caught.value.readings)) == tuple(sorted(readings, key=_by_day))
    assert all(reading in str(caught.value) for reading in readings)


def _by_day(text: str) -> Period:
    return Period.parse(text)


@pytest.mark.parametrize(
    "phrase",
    [
        *("2023-02-29", "2023년 2월 29일", "2월 30일", "2025.6.31", "June 31", "31 Feb 2026"),
        *("8.32", "0.5", "2025-13", "2025-06-31", "February 30, 2026", "32 May", "13/13/2026"),
        *("2025-00-10", "2025년 4월 31일까지", "25.2.29", "다음 달 31일", "20250230"),
    ],
)
def test_days_that_do_not_exist_are_refused_and_named(phrase: str) -> None:
    with pytest.raises(UnreadablePhraseError) as caught:
        read(phrase, _TODAY)
    assert phrase in str(caught.value)


@pytest.mark.parametrize(
    "phrase",
    ["2028년부터 2025년까지", "2026~2024년", "[2028..2025]", "2026-05/2026-03", "2027 to 2025"],
)
def test_windows_that_end_before_they_start_are_refused(phrase: str) -> None:
    with pytest.raises(UnreadablePhraseError):
        read(phrase, _TODAY)


@pytest.mark.parametrize(
    "phrase",
    [
        *("2026년 3월 2027년 4월", "2026년 3월 착공 2027년 12월 준공", "March 2026 May 2027"),
        *("2026년 또는 2027년 또는 2028년", "2026 2027", "6월까지 7월", "말 3월", "상반기 8월"),
        *(
            "2025 6 30",
            "3~5년",
            "3월부터 5월부터 7월",
            "2년 2027년",
            "다음 주 화요일",
            "오는 화요일",
        ),
    ],
)
def test_two_dates_where_one_is_wanted_are_refused(phrase: str) -> None:
    with pytest.raises(UnreadablePhraseError):
        read(phrase, _TODAY)


def test_a_weekday_beside_a_day_must_be_that_days() -> None:
    assert read("2025. 6. 30.(월)", _TODAY) == Period.day(date(2025, 6, 30))
    assert read("Monday, 30 June 2025", _TODAY) == Period.day(date(2025, 6, 30))
    with pytest.raises(UnreadablePhraseError, match="2025-06-30"):
        read("2025. 6. 30.(화)", _TODAY)


@pytest.mark.parametrize(
    ("phrase", "said_before", "edtf"),
    [
        ("이듬해 3월", "2025-10", "2026-03"),
        ("이듬해 하반기", "2027", "2028-41"),
        ("같은 해 11월", "2023-05", "2023-11"),
        ("그해 12월", "2023", "2023-12"),
        ("같은 달 25일", "2024-04-01", "2024-04-25"),
        ("25일", "2024-04", "2024-04-25"),
        ("9월", "2026-03", "2026-09"),
        ("하반기", "[2026-03..2026-05]", "2026-41"),
        ("내년 9월", "2024", "2026-09"),
        ("the following year", "2027-06", "2028"),
    ],
)
def test_what_was_said_before_carries_over(phrase: str, said_before: str, edtf: str) -> None:
    assert str(read(phrase, _TODAY, said_before=Period.parse(said_before))) == edtf


@pytest.mark.parametrize(
    "text",
    [
        *("미정", " 미정 ", "추후", "추후 공지", "(미정)", "TBD", "tbd.", "T.B.D.", "undecided"),
        *("unknown", "Unknown", "To be announced", "일정 미정"),
    ],
)
def test_undated_words_are_known_and_are_no_date(text: str) -> None:
    assert is_undated(text)
    with pytest.raises(UnreadablePhraseError):
        read(text, _TODAY)


@pytest.mark.parametrize("text", ["", "2026", "추후 2026년", "미정산", "unknown date 2026"])
def test_other_words_are_not_undated(text: str) -> None:
    assert not is_undated(text)


def test_an_error_is_one_printable_line_with_the_text_in_it() -> None:
    with pytest.raises(UnreadablePhraseError) as caught:
        read("2026년\n\x1b[31m어느\u202e 날", _TODAY)
    assert str(caught.value).isprintable()
    assert "2026년 어느 날" in str(caught.value)
    assert isinstance(caught.value, BadPeriodError)


@pytest.mark.parametrize(
    "unit", ["1", "가", " ", "~", "2026년 ", "(", "\x00", "\ud800", "'", "9.", "ﷺ", "a-", "́", "년"]
)
@pytest.mark.parametrize("size", [150, 1_000_000])
def test_no_text_breaks_anything_however_long(unit: str, size: int) -> None:
    problem = _problem(unit * size)
    assert not is_undated(unit * size)
    assert len(problem) < 400


def _problem(text: str, today: date = _TODAY) -> str:
    """Why a text is refused; nothing where it is a period."""
    try:
        period = read(text, today)
    except UnreadablePhraseError as error:
        return str(error)
    assert Period.parse(period.edtf) == period
    return ""


_anything = st.text(max_size=40) | st.lists(st.sampled_from(_PIECES), max_size=9).map("".join)


@settings(max_examples=1500, deadline=None)
@given(text=_anything | st.lists(st.sampled_from(_PIECES)).map(" ".join), today=st.dates())
def test_any_text_on_any_day_is_a_period_or_one_error(text: str, today: date) -> None:
    assert _problem(text, today).isprintable()


@given(first=st.dates(), today=st.dates())
def test_iso_days_are_themselves_on_any_day(first: date, today: date) -> None:
    assert read(first.isoformat(), today) == Period.day(first)
