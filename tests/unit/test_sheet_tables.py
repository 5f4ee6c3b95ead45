"""Every table of a sheet is found, and read by its own header alone."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.model.errors import RefusedError
from tracker.exchange.grids.grid import Grid, GridCell
from tracker.exchange.grids.places import SheetFaults
from tracker.exchange.tables.claims import Claim
from tracker.exchange.tables.office_sheet import OfficeSheet, Reported
from tracker.exchange.tables.row_names import Names, without_number
from tracker.exchange.tables.sheet_tables import find_tables
from tracker.words import Words

TODAY = date(2026, 1, 5)
KO = Words("ko")


def grid(*rows, spans=()):
    made = Grid("", [[GridCell(cell) for cell in row] for row in rows])
    for top, left, bottom, right in spans:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                made.spans[row, column] = (top, left)
    return made


def read(sheet):
    """(facility, kind, role, period) of each claim of a date, the rest as (facility, value)."""
    faults = SheetFaults("표", KO)
    names = Names((), {})
    claims: list[Claim] = []
    notices = []
    for layout in find_tables(sheet).tables:
        ledger = OfficeSheet(sheet, layout, names, Reported(TODAY, None), faults)
        claims += ledger.claims()
        notices += ledger.notices
    faults.raise_if_any()
    dated, others = set(), set()
    for c in claims:
        s = c.statement
        if s.milestone:
            when = s.period and s.period.edtf
            dated.add((c.subject.name, s.milestone, s.kind.value, when))
        else:
            others.add((c.subject.name, str(s.value)))
    return dated, others, notices


def dates(*rows, **more):
    return read(grid(*rows, **more))[0]


FIRST = {
    ("가나센터", "groundbreaking", "plan", "2027-01"),
    ("가나센터", "completion", "plan", "2028-03"),
}
SECOND = {("마바관", "completion", "plan", "2027-09"), ("마바관", "opening", "plan", "2027-12")}
ONE = (["연번", "시설명", "착공", "준공"], [1, "가나센터", "2027.1", "2028.3"])
TWO = (["연번", "시설명", "준공", "개관"], [1, "마바관", "2027.9", "2027.12"])


@pytest.mark.parametrize(
    "between",
    [
        [],
        [[]],
        [[None] * 4, ["나. 복지시설"], [None, None, None, "(단위: 억원)"]],
        [["합계", None, None, None], [], ["2. 복지시설 현황", None, None, "(2026. 1. 5. 기준)"]],
        [["연번", "시설명", "착공", "준공"], [2, "다라센터", None, None]],
    ],
)
def test_a_second_table_is_read_by_its_own_header(between):
    assert dates(*ONE, *between, *TWO) == FIRST | SECOND
    assert dates(*TWO, *between, *ONE) == FIRST | SECOND


def test_columns_of_a_second_table_may_stand_anywhere():
    shifted = (["개관", "위치", "시설물명", "준공예정"], ["2027.12", "내외동", "마바관", "2027.9"])
    assert dates(*ONE, [], *shifted) == FIRST | SECOND


def test_the_header_of_every_printed_page_is_no_facility():
    head, row = ONE
    again = [2, "다라센터", "2027.2", "2028.5"]
    assert dates(head, row, head, again) == FIRST | {
        ("다라센터", "groundbreaking", "plan", "2027-02"),
        ("다라센터", "completion", "plan", "2028-05"),
    }


@pytest.mark.parametrize("gap", [[], [None], [None, None]])
def test_a_table_beside_another_is_read_too(gap):
    rows = [[*a, *gap, *b] for a, b in zip(ONE, TWO, strict=True)]
    assert dates(["현황"], *rows) == FIRST | SECOND


@pytest.mark.parametrize("down", [1, 2, 3])
@pytest.mark.parametrize("below", [False, True])
@pytest.mark.parametrize("turned", [False, True])
def test_tables_beside_each_other_may_begin_in_different_rows(down, below, turned):
    """Also where a table below them lies across the gap between them."""
    left, right = (TWO, ONE) if turned else (ONE, TWO)
    more = [2, "다라센터", "2027.2", "2028.5"]
    high = [*left, more, [None] * 4]
    low = [*([[None] * 4] * down), *right]
    rows = [
        [*(high[n] if n < len(high) else [None] * 4), None, *(low[n] if n < len(low) else [])]
        for n in range(max(len(high), len(low)))
    ]
    third = [[], ["시설명", "위치", "담당", "비고", "준공"], ["사아관", "내", "김", "-", "2030"]]
    wanted = dates(*left, more) | dates(*right)
    wanted |= {("사아관", "completion", "plan", "2030")} if below else set()
    assert dates(["현황"], *rows, *(third if below else [])) == wanted


def test_rows_behind_a_blank_one_go_on_in_tables_beside_each_other():
    rows = [[*ONE[0], None, None], [*ONE[1], None, *TWO[0]], [None] * 5 + TWO[1]]
    later = [2, "다라센터", "2027.2", "2028.5", None, 3, "사아관", "2030", "2031"]
    assert dates(*rows, [], later) == FIRST | SECOND | {
        ("다라센터", "groundbreaking", "plan", "2027-02"),
        ("다라센터", "completion", "plan", "2028-05"),
        ("사아관", "completion", "plan", "2030"),
        ("사아관", "opening", "plan", "2031"),
    }


def test_headers_come_again_in_different_rows_of_tables_beside_each_other():
    more = [2, "다라센터", "2027.2", "2028.5"]
    left = [*ONE, ONE[0], more]
    right = [*TWO, [3, "사아관", "2030", "2031"], TWO[0]]
    rows = [[*a, None, *b] for a, b in zip(left, right, strict=True)]
    assert dates(*rows) == dates(*ONE, more) | dates(*TWO, [3, "사아관", "2030", "2031"])


def test_tables_above_and_below_tables_beside_each_other_end_there():
    above = (["시설명", "준공"], ["하나관", "2030"])
    beside = [[*ONE[0], None], [*ONE[1], None, *TWO[0]], [None] * 5 + TWO[1]]
    below = (
        [None, None, "3. 현황"],
        [None] * 2,
        ["시설명", "담당", "준공"],
        ["둘관", "김", "2031"],
    )
    found = dates(*above, [], *beside, [], *below)
    ends = {("하나관", "completion", "plan", "2030"), ("둘관", "completion", "plan", "2031")}
    assert found == FIRST | SECOND | ends


def test_a_comment_belongs_to_the_table_in_which_it_hangs():
    rows = [[*a, None, *b] for a, b in zip(ONE, TWO, strict=True)]
    sheet = grid(*rows)
    sheet.remarks = {1: {7: "자재난"}}
    _, others, _ = read(sheet)
    assert others == {("마바관", "준공: 자재난")}


def test_each_table_has_the_unit_that_stands_above_it():
    _, others, _ = read(
        grid(
            [None, None, "(단위: 백만원)"],
            ["시설명", "준공", "사업비"],
            ["가나센터", "2027.1", 100],
            [],
            [None, None, "(단위: 억원)"],
            ["시설명", "개관", "사업비"],
            ["마바관", "2027.1", 100],
        )
    )
    assert others == {
        ("가나센터", "{'cost_krw': 100000000}"),
        ("마바관", "{'cost_krw': 10000000000}"),
    }


@pytest.mark.parametrize("merged", [True, False])
def test_a_title_over_several_columns_is_that_of_each(merged):
    """Merged as in a workbook, or with blanks behind it as in CSV made from one."""
    found = dates(
        ["시설명", "당초", None, "변경", None, "비고"],
        [None, "착공", "준공", "착공", "준공", None],
        ["가나센터", "2026.1", "2027.3", "2026.5", "2027.9", None],
        spans=[(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4), (0, 5, 1, 5)] if merged else [],
    )
    assert found == {
        ("가나센터", "groundbreaking", "original", "2026-01"),
        ("가나센터", "completion", "original", "2027-03"),
        ("가나센터", "groundbreaking", "plan", "2026-05"),
        ("가나센터", "completion", "plan", "2027-09"),
    }


def test_a_header_of_three_rows():
    found = dates(
        ["연번", "시설명", "추진일정", None, None, None],
        [None, None, "착공", None, "준공", None],
        [None, None, "계획", "실적", "당초", "변경"],
        [1, "가나센터", "2025.1", "2025.2", "2026.3", "2027.3"],
        spans=[(0, 0, 2, 0), (0, 1, 2, 1), (0, 2, 0, 5), (1, 2, 1, 3), (1, 4, 1, 5)],
    )
    assert found == {
        ("가나센터", "groundbreaking", "plan", "2025-01"),
        ("가나센터", "groundbreaking", "actual", "2025-02"),
        ("가나센터", "completion", "original", "2026-03"),
        ("가나센터", "completion", "plan", "2027-03"),
    }


def test_a_second_table_without_dates_is_read_unless_it_only_counts():
    detail = (["시설명", "위치", "연면적"], ["가나센터", "내외동", 1200])
    _, others, _ = read(grid(*ONE, [], *detail))
    assert others == {("가나센터", "{'site': '내외동'}"), ("가나센터", "{'floor_area_m2': 1200}")}
    summary = grid(["시설", "사업비(억원)"], ["3", 100], [], *ONE)
    assert read(summary)[:2] == (FIRST, set())
    assert find_tables(summary).unread == (0,)


def test_a_table_of_something_else_is_not_read_by_the_header_above_it():
    staff = (["연번", "담당자", "직책", "전화번호"], [1, "홍길동", "팀장", "330-1111"])
    sheet = grid(*ONE, [], *staff)
    assert dates(*ONE, [], *staff) == FIRST
    assert find_tables(sheet).unread == (3,)


@settings(max_examples=60)
@given(st.data())
def test_any_rows_of_words_that_headers_know_are_no_header_inside_a_table(data):
    """시설, 국비 and the like stand in cells as well, and end no table."""
    words = st.sampled_from(["시설", "국비", "도비", "신축", "증축", "문화과", "기관", "지역"])
    rows = [
        [n, f"가나{n}센터", data.draw(words), data.draw(words), f"2027.{n % 12 + 1}", "2028.1"]
        for n in range(1, data.draw(st.integers(2, 8)))
    ]
    head = ["연번", "시설명", "유형", "재원", "착공", "준공"]
    found = dates(head, *rows)
    assert {name for name, *_ in found} == {row[1] for row in rows}
    assert len(found) == 2 * len(rows)


_CELLS = st.sampled_from(
    [
        *(
            "연번",
            "시설명",
            "공사명",
            "착공",
            "준공",
            "준공예정",
            "공사기간",
            "구분",
            "당초",
            "변경",
        ),
        *("구분", "실적", "비고", "사업비", "위치", "합계", "가나센터", "2024.5 준공", "27.상"),
        *(
            "① 마바관",
            "미정",
            "2024.5~2026.3",
            "9999-12-31",
            "27/8",
            "(((",
            "~",
            "당초당초",
            "→→",
            "⟨화⟩",
        ),
        *(None, 1, 2.5, 2026, date(2026, 1, 1)),
    ]
)
_SPANS = st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2), st.integers(0, 2))


@settings(max_examples=80)
@given(st.lists(st.lists(_CELLS, max_size=7), min_size=1, max_size=8), st.lists(_SPANS, max_size=2))
def test_any_sheet_is_read_or_refused(rows, spans):
    head = ["시설명", "구분", "준공", "공사기간", "비고"]
    inside = [(top, left, min(top + down, len(rows)), left + on) for top, left, down, on in spans]
    try:
        read(grid(head, *rows, spans=[s for s in inside if s[0] <= s[2]]))
    except RefusedError as error:
        assert KO.error(error)  # noqa: PT017 - both ways are right


# -- rows that say 당초, 변경, 실적 --------------------------------------------------------------


@pytest.mark.parametrize("title", ["구분", "계획구분", None])
@pytest.mark.parametrize("repeat", [True, False])
def test_first_plans_changed_plans_and_outcomes_under_each_other(title, repeat):
    again = "가나센터" if repeat else None
    found, others, notices = read(
        grid(
            ["시설명", title, "착공", "준공", "총사업비(억원)"],
            ["가나센터", "당초", "2025.1", "2026.3", 100],
            [again, "변경", "2025.3", "2027.3", 120],
            [again, "실적", "2025.3", None, None],
            ["다라센터", "당초", "2027.1", "2028.3", 50],
            ["다라센터", "변경", None, None, None],
        )
    )
    assert found == {
        ("가나센터", "groundbreaking", "original", "2025-01"),
        ("가나센터", "groundbreaking", "plan", "2025-03"),
        ("가나센터", "groundbreaking", "actual", "2025-03"),
        ("가나센터", "completion", "original", "2026-03"),
        ("가나센터", "completion", "plan", "2027-03"),
        ("다라센터", "groundbreaking", "original", "2027-01"),
        ("다라센터", "completion", "original", "2028-03"),
    }
    assert others == {("가나센터", "{'cost_krw': 12000000000}")}
    assert [(n.place.row, n.text) for n in notices][:1] == [(2, "100")]  # named, not lost


def test_plans_and_outcomes_under_a_merged_name():
    found, *_ = read(
        grid(
            ["시설명", "구분", "착공", "준공"],
            ["가나센터", "계획", "2025.1", "2027.3"],
            [None, "실적", "2025.2", None],
            spans=[(1, 0, 2, 0)],
        )
    )
    assert found == {
        ("가나센터", "groundbreaking", "plan", "2025-01"),
        ("가나센터", "groundbreaking", "actual", "2025-02"),
        ("가나센터", "completion", "plan", "2027-03"),
    }


def test_progress_may_stand_in_the_rows_of_plans_and_outcomes():
    rows = (["가나센터", "계획", "2027.3", 50], [None, "실적", None, 45])
    _, others, notices = read(grid(["시설명", "구분", "준공", "공정률(%)"], *rows))
    assert others == {("가나센터", "{'planned': 50, 'actual': 45}")}
    assert notices == []


def test_a_column_of_something_else_called_the_same_is_no_such_column():
    sheet = grid(
        ["시설명", "구분", "준공"], ["가나센터", "신축", "2027.1"], ["다라관", "변경", "2027.2"]
    )
    assert {role for _, _, role, _ in read(sheet)[0]} == {"plan"}
    assert find_tables(sheet).tables[0].unmapped == ("구분",)


# -- cells over several columns, periods of works, words where amounts stand ---------------------


def test_one_date_over_two_steps_is_refused_and_a_word_is_said_of_both():
    head = ["시설명", "준공", "개소"]
    over = [(1, 1, 1, 2)]
    with pytest.raises(Exception, match=r"2027.5.*준공, 개소"):
        read(grid(head, ["가나센터", "2027.5", None], spans=over))
    assert dates(head, ["가나센터", "미정", None], spans=over) == {
        ("가나센터", "completion", "plan", None),
        ("가나센터", "opening", "plan", None),
    }
    aside = (["시설명", "준공", "비고"], ["가나센터", "2027.5", None])
    assert dates(*aside, spans=over) == {("가나센터", "completion", "plan", "2027-05")}


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("2027.5 ~ 2028.3", ("2027-05", "2028-03")),
        ("'27.5.∼'28.3.", ("2027-05", "2028-03")),
        ("2027.05.10.~2028.03.31.", ("2027-05-10", "2028-03-31")),
        ("2027-05-10 ~ 2028-03-31 (10개월)", ("2027-05-10", "2028-03-31")),
        ("2027.5~11", ("2027-05", "2027-11")),
        ("2027.5.10. ~ 11.20.", ("2027-05-10", "2027-11-20")),
        ("27.상~28.하", ("2027-40", "2028-41")),
        ("27.5(착공)~28.3(준공)", ("2027-05", "2028-03")),
        ("2027.5 - 2028.3", ("2027-05", "2028-03")),
        ("2027.5~", ("2027-05", None)),
        ("~2028.3", (None, "2028-03")),
    ],
)
def test_a_period_of_works_has_two_ends(text, ends):
    wanted = zip(("groundbreaking", "completion"), ends, strict=True)
    found = dates(["시설명", "공사기간"], ["가나센터", text])
    assert found == {("가나센터", step, "plan", end) for step, end in wanted if end}


@pytest.mark.parametrize("text", ["2027.6~2024.3", "2027.11~3", "2027.5.10 ~ 2027.5.9"])
def test_works_that_end_before_they_begin_are_refused_whole(text):
    sheet = grid(["시설명", "공사기간"], ["가나센터", text])
    faults = SheetFaults("표", KO)
    ledger = OfficeSheet(
        sheet, find_tables(sheet).tables[0], Names((), {}), Reported(TODAY, None), faults
    )
    assert list(ledger.claims()) == []
    with pytest.raises(RefusedError, match=r"2행 공사기간: .*앞섭니다"):
        faults.raise_if_any()


@pytest.mark.parametrize("text", ["35~40", "120%", "-5", "공정 35%"])
def test_what_is_no_share_of_a_hundred_is_named_as_it_stands(text):
    with pytest.raises(RefusedError, match=f"2행 공정률: “{text}”"):
        read(grid(["시설명", "공정률"], ["가나센터", text]))


@pytest.mark.parametrize("text", ["24개월", "착공 후 300일", "예산 확보 후"])
def test_how_long_works_take_is_kept_as_a_note(text):
    dated, others, _ = read(grid(["시설명", "공사기간"], ["가나센터", text]))
    assert (dated, others) == (set(), {("가나센터", f"공사기간: {text}")})


def test_a_step_with_a_column_of_its_own_is_told_there():
    row = ["가나센터", "2027.5.10~2028.3.31", "2028.6"]
    assert dates(["시설명", "공사기간", "준공예정"], row) == {
        ("가나센터", "groundbreaking", "plan", "2027-05-10"),
        ("가나센터", "completion", "plan", "2028-06"),
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,105억", "{'cost_krw': 110500000000}"),
        ("￦1,105", "{'cost_krw': 110500000000}"),
        ("₩ 1,105", "{'cost_krw': 110500000000}"),
        ("약 1,105억 원", "{'cost_krw': 110500000000}"),
        ("미정(예산확보 후)", "총사업비(억원): 미정(예산확보 후)"),
        ("협의중", "총사업비(억원): 협의중"),
    ],
)
def test_money_with_its_signs_and_words_where_it_is_not_known(text, value):
    found = read(grid(["시설명", "총사업비(억원)"], ["가나센터", text]))[1]
    assert found == {("가나센터", value)}


@pytest.mark.parametrize("text", ["△1,105", "▲5억", "-20"])
def test_an_amount_below_nought_is_refused_for_that(text):
    with pytest.raises(Exception, match="0보다 작은"):
        read(grid(["시설명", "총사업비(억원)"], ["가나센터", text]))


def test_in_progress_in_a_column_of_outcomes_takes_no_plan_back():
    from tracker.exchange.tables.office_sheet import without_idle

    sheet = grid(["시설명", "준공예정일", "준공일"], ["가나센터", "2027.3", "공사중"])
    ledger = OfficeSheet(
        sheet,
        find_tables(sheet).tables[0],
        Names((), {}),
        Reported(TODAY, None),
        SheetFaults("표", KO),
    )
    (claim,) = without_idle(ledger.claims())
    assert claim.statement.period.edtf == "2027-03"


def test_beside_a_first_and_a_changed_date_a_plain_one_is_what_happened():
    found = dates(
        ["시설명", "당초준공", "준공(변경)", "준공일"],
        ["가나센터", "2024.3", "2025.9", "2025.10.3"],
        ["다라센터", "2024.3", "2027.9", None],
    )
    assert found == {
        ("가나센터", "completion", "original", "2024-03"),
        ("가나센터", "completion", "plan", "2025-09"),
        ("가나센터", "completion", "actual", "2025-10-03"),
        ("다라센터", "completion", "original", "2024-03"),
        ("다라센터", "completion", "plan", "2027-09"),
    }


# -- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "names",
    [
        ("㈜다라", "(주)다라", "（주）다라", "1. ㈜다라"),
        ("Ａ동", "A동", "a동", "① Ａ동"),
        (
            "마바·사아센터",
            "마바ㆍ사아센터",
            "마바‧사아센터",
            "마바•사아센터",
            "마바∙사아센터",
            "마바・사아센터",
        ),
        (
            "가나센터",
            "가나 센터",
            "1. 가나센터",
            "1.가나센터",
            "가. 가나센터",
            "○ 가나센터",
            "(1) 가나센터",
        ),
        ("가나센터", "○ 가나센터", "□ 1) 가나센터", "Ⅰ. 가나센터", "1-2. 가나센터", "ㅇ 가나센터"),
    ],
)
def test_ways_to_write_one_name_are_one_facility(names):
    for order in (names, names[::-1]):
        known = Names((), {})
        assert len({known.find(name).facility for name in order}) == 1


@pytest.mark.parametrize(
    "name",
    [
        *("3.1운동기념관", "5.18 기념관", "4·19기념탑", "119안전센터", "2공구 센터", "63빌딩"),
        *("(가칭) 가나센터", "제1 체육관", "가.나다센터", "1동 주민센터", "1."),
    ],
)
def test_a_number_that_belongs_to_a_name_stays(name):
    assert without_number(name) == name


def test_numbers_tell_facilities_apart_where_they_are_part_of_the_name():
    known = Names((), {})
    names = ("가나 1관", "가나 2관", "1공장", "2공장", "A동", "B동")
    assert len({known.find(name).facility for name in names}) == len(names)


class Looked(list):
    """Rows that count how many of them are looked at."""

    times = 0

    def __iter__(self):
        self.times += len(self)
        return super().__iter__()

    def __getitem__(self, at):
        found = super().__getitem__(at)
        self.times += len(found) if isinstance(at, slice) else 1
        return found


HEAD = ("연번", "시설명", "착공", "준공")


def on_pages(number):
    """A table whose header stands again on every page."""
    row = ("1", "가나센터", "2027.1", "2028.3")
    return [HEAD if n % 30 == 0 else row for n in range(number)]


def side_by_side(number):
    """Two tables whose headers stand in different rows, with a blank row below each facility."""
    one, other = ("가나센터", "2027.1", "2028.3"), ("다라센터", "2027.5", "2028.7")
    above = [(*HEAD[1:], "", "", "", ""), (*one, "", *HEAD[1:])]
    below = [("",) * 7, (*one, "", *other)] * (number // 2)
    return above + below


@pytest.mark.parametrize("rows", [on_pages, side_by_side])
def test_tables_of_twice_as_many_rows_are_found_in_twice_the_time(rows):
    looked = []
    for number in (600, 1200):
        sheet = grid(*rows(number))
        sheet.rows = Looked(sheet.rows)
        assert find_tables(sheet).tables
        looked.append(sheet.rows.times)
    assert looked[1] < 2.5 * looked[0]
