"""The words for a period lose nothing: read back on any day they give the same period."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.model.errors import BadPeriodError
from db.model.period import Period
from tracker.phrases import read
from tracker.words.periods import figures_text, period_text, window_text

_PARTS = [
    "",
    *(f"-{month:02d}" for month in range(1, 13)),
    *(f"-{code}" for code in (21, 22, 23, 24, 33, 34, 35, 36, 40, 41)),
]


@st.composite
def _dates(draw: st.DrawFn, years: st.SearchStrategy[int]) -> str:
    """One EDTF date of any kind, soft or not."""
    soft = draw(st.sampled_from(["", "~"]))
    year = draw(years)
    if draw(st.booleans()):
        month, day = draw(st.integers(1, 12)), draw(st.integers(1, 31))
        return f"{year:04d}-{month:02d}-{day:02d}{soft}"
    return f"{year:04d}{draw(st.sampled_from(_PARTS))}{soft}"


@st.composite
def _texts(draw: st.DrawFn) -> str:
    """EDTF text, near ends as often as far ones; not all of it is a period."""
    anywhere = st.integers(1000, 9998)
    first = draw(_dates(anywhere))
    near = st.integers(max(1000, int(first[:4])), min(9998, int(first[:4]) + 1))
    last = draw(_dates(draw(st.sampled_from([near, near, anywhere]))))
    return draw(
        st.sampled_from([first, f"[{first}..]", f"[..{first}]", *[f"[{first}..{last}]"] * 5])
    )


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except BadPeriodError:
        return False
    return True


def _valid(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Period]:
    return texts.filter(_is_period).map(Period.parse)


def _named_windows() -> st.SearchStrategy[Period]:
    """The windows that have names of their own, which chance would seldom meet."""
    thirds = st.builds(
        lambda year, month, third, softness: (
            f"[{year:04d}-{month:02d}-{third[0]:02d}{softness[0]}"
            f"..{year:04d}-{month:02d}-{third[1]:02d}{softness[1]}]"
        ),
        st.integers(1000, 9998),
        st.integers(1, 12),
        st.sampled_from([(1, 10), (11, 20), (21, 28), (21, 29), (21, 30), (21, 31)]),
        st.sampled_from([("", ""), ("~", "~"), ("~", ""), ("", "~")]),
    )
    middles = st.builds(
        lambda year, softness: f"[{year:04d}-05{softness[0]}..{year:04d}-08{softness[1]}]",
        st.integers(1000, 9998),
        st.sampled_from([("", ""), ("~", "~"), ("~", ""), ("", "~")]),
    )
    return _valid(thirds | middles)


_PERIODS = _valid(_texts()) | _named_windows()


@settings(max_examples=1500, deadline=None)
@given(period=_PERIODS, today=st.dates(), lang=st.sampled_from(["ko", "en"]))
def test_words_read_back_to_the_same_period_on_any_day(
    period: Period, today: date, lang: str
) -> None:
    assert read(period_text(period, lang), today) == period


@settings(max_examples=300, deadline=None)
@given(period=_PERIODS, lang=st.sampled_from(["ko", "en"]))
def test_words_show_no_code_and_fit_on_one_line(period: Period, lang: str) -> None:
    text = period_text(period, lang)
    assert not set("[]~?%/") & set(text.replace(" ~ ", "").replace("~", "", 1))
    assert ".." not in text
    assert text.isprintable()
    assert len(text) < 50


@pytest.mark.parametrize(
    ("edtf", "korean", "english"),
    [
        ("2025", "2025년", "2025"),
        ("2028~", "2028년경", "around 2028"),
        ("2025-06", "2025년 6월", "Jun 2025"),
        ("2025-06~", "2025년 6월경", "around Jun 2025"),
        ("2025-06-30", "2025년 6월 30일", "30 Jun 2025"),
        ("2025-06-30~", "2025년 6월 30일경", "around 30 Jun 2025"),
        ("2025-40", "2025년 상반기", "H1 2025"),
        ("2025-41~", "2025년 하반기경", "around H2 2025"),
        ("2025-35", "2025년 3분기", "Q3 2025"),
        ("2025-33", "2025년 1분기", "Q1 2025"),
        ("2026-33~", "2026년 초", "early 2026"),
        ("2025-12", "2025년 12월", "Dec 2025"),
        ("2025-12~", "2025년 말", "late 2025"),
        ("2026-21", "2026년 봄", "spring 2026"),
        ("2026-24", "2026년 겨울", "winter 2026"),
        ("2026-05~/2026-08~", "2026년 중반", "mid-2026"),
        ("2026-05/2026-08", "2026년 5~8월", "May–Aug 2026"),
        ("2025-06-01/2025-06-10", "2025년 6월 초", "early Jun 2025"),
        ("2025-06-11/2025-06-20", "2025년 6월 중순", "mid-Jun 2025"),
        ("2025-06-21/2025-06-30", "2025년 6월 말", "late Jun 2025"),
        ("2024-02-21/2024-02-29", "2024년 2월 말", "late Feb 2024"),
        ("2024-02-21/2024-02-28", "2024년 2월 21~28일", "21–28 Feb 2024"),
        ("2026-09-21~/2026-09-30~", "2026년 9월 말경", "around late Sep 2026"),
        ("../2027-12", "2027년 12월까지", "by Dec 2027"),
        ("../2026-12~", "2026년 말까지", "by the end of 2026"),
        ("../2026-01-12~", "2026년 1월 12일경까지", "by around 12 Jan 2026"),
        ("../2026-33~", "2026년 초까지", "by early 2026"),
        ("../2025", "2025년까지", "by 2025"),
        ("2027-12/..", "2027년 12월 이후", "Dec 2027 or later"),
        ("2026/2028", "2026~2028년", "2026–2028"),
        ("2026~/2028~", "2026~2028년경", "around 2026–2028"),
        ("2026~/2028", "2026년경부터 2028년까지", "from around 2026 to 2028"),
        ("2025-07/2025-08", "2025년 7~8월", "Jul–Aug 2025"),
        ("2025-11/2026-02", "2025년 11월 ~ 2026년 2월", "Nov 2025 – Feb 2026"),
        ("2025-33/2025-35", "2025년 1~3분기", "Q1–Q3 2025"),
        ("2025-40/2026-40", "2025년 상반기 ~ 2026년 상반기", "H1 2025 – H1 2026"),
        ("2025-12~/2026-33~", "2025년 말 ~ 2026년 초", "late 2025 – early 2026"),
        ("2025-06-03/2025-06-12", "2025년 6월 3~12일", "3–12 Jun 2025"),
        ("2025-06-28/2025-07-02", "2025년 6월 28일 ~ 7월 2일", "28 Jun – 2 Jul 2025"),
    ],
)
def test_periods_are_worded_as_people_say_them(edtf: str, korean: str, english: str) -> None:
    period = Period.parse(edtf)
    assert (period_text(period, "ko"), period_text(period, "en")) == (korean, english)


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2026-10", "10-01 … 10-31"),
        ("2026-06-30", "06-30"),
        ("2027-06-30", "2027-06-30"),
        ("2026", "01-01 … 12-31"),
        ("2027", "2027-01-01 … 2027-12-31"),
        ("2026-07/2027-06", "2026-07-01 … 2027-06-30"),
        ("2026-24", "2026-12-01 … 2027-02-28"),
        ("../2026", "… 12-31"),
        ("../2027", "… 2027-12-31"),
        ("2026/..", "01-01 …"),
        ("2025/..", "2025-01-01 …"),
    ],
)
def test_days_carry_a_year_only_where_today_does_not_give_it(edtf: str, days: str) -> None:
    assert window_text(Period.parse(edtf), date(2026, 11, 21)) == days


@pytest.mark.parametrize(
    ("edtf", "korean", "english"),
    [
        ("2026-02-20", "26-2-20", "26-2-20"),
        ("[..2026-02-20]", "26-2-20까지", "by 26-2-20"),
        ("[2026-02-20..]", "26-2-20 이후", "from 26-2-20"),
        ("[2026-01-29..2026-07-31]", "26-1-29~7-31", "26-1-29/7-31"),
        ("[2026-12-29..2027-01-03]", "26-12-29~27-1-3", "26-12-29/27-1-3"),
        ("2026-10-20~", "26-10-20경", "c. 26-10-20"),
        ("2005-06", "05-6", "05-6"),
    ],
)
def test_figures_say_as_much_as_the_words(edtf, korean, english):
    period = Period.parse(edtf)
    assert figures_text(period, "ko")[-1] == korean
    assert figures_text(period, "en")[-1] == english


@pytest.mark.parametrize("edtf", ["2026", "2026-40", "2026-35", "[..2027]", "2026-21", "2026-12~"])
def test_what_has_no_figures_is_not_put_into_any(edtf):
    assert figures_text(Period.parse(edtf), "ko") == []
