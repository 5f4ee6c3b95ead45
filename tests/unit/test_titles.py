"""What stands above the columns of public lists is known by whatever of its names is used."""

import pytest
from sheets import first_table

from tracker.exchange.grids.grid import Grid, GridCell


def layout(*titles):
    return first_table(Grid("", [[GridCell(title) for title in titles]]))


@pytest.mark.parametrize(
    "title",
    [
        *("시설명", "시설(명)", "기관/시설명", "시설물명", "시설물_명", "건축물명", "건물명"),
        *("공공건축물명", "도서관명", "주차장명", "공사명", "공사(용역)명", "용역명", "현장명"),
        *(
            "사업장명",
            "계약명",
            "건설공사명",
            "사업명",
            "주요사업명",
            "공약사업명",
            "building name",
        ),
    ],
)
def test_what_a_row_is_called_by(title):
    found = layout("연번", title, "준공")
    assert found is not None
    assert (found.name.title, found.unmapped) == (title, ())


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        (("사업명", "공사명", "시설명"), "시설명"),
        (("사업명", "공사명"), "공사명"),
        (("현장명", "사업명"), "현장명"),
    ],
)
def test_the_name_of_the_facility_comes_before_those_of_works_and_undertakings(titles, name):
    found = layout(*titles, "준공")
    assert found.name.title == name


@pytest.mark.parametrize(
    ("title", "kind", "role"),
    [
        *((t, "groundbreaking", "plan") for t in ("착수일", "공사시작일", "착공(예정)일")),
        *((t, "groundbreaking", "plan") for t in ("공사착공예정일", "총착공일자", "착공년월")),
        *((t, "completion", "plan") for t in ("총준공일자", "공사종료일", "준공기한")),
        *((t, "completion", "plan") for t in ("사용승인일", "사용검사", "준공연도", "조성완료일")),
        *((t, "completion", "actual") for t in ("실준공일", "실제준공일자", "준공 실적")),
        *((t, "completion", "original") for t in ("당초준공일", "준공(당초)", "최초 준공예정")),
        *((t, "opening", "plan") for t in ("개통", "개관(예정)", "입주예정일", "임시개장")),
        *((t, "operation", "plan") for t in ("사용개시일", "운영시작", "영업개시일")),
        *((t, "designation", "plan") for t in ("지정고시일", "구역지정")),
    ],
)
def test_what_the_dates_of_a_column_are_of(title, kind, role):
    (found,) = layout("시설명", title).columns
    assert (found.kind.value, found.role.value) == (kind, role)


@pytest.mark.parametrize(
    ("titles", "roles"),
    [
        (("준공예정일자", "준공일자"), ("plan", "outcome")),
        (("준공일자", "준공(예정)일자"), ("outcome", "plan")),
        (("준공예정일", "사용승인일"), ("plan", "outcome")),
        (("준공", "준공(변경)"), ("original", "plan")),
        (("준공(당초)", "준공"), ("original", "plan")),
        (("준공", "준공실적"), ("plan", "actual")),
        (("준공예정", "개관일"), ("plan", "plan")),
        (("준공일자",), ("plan",)),
    ],
)
def test_a_plain_date_is_told_by_what_stands_beside_it(titles, roles):
    assert tuple(c.role.value for c in layout("시설명", *titles).columns) == roles


@pytest.mark.parametrize(
    ("titles", "read", "named"),
    [
        (("준공일", "사용승인일"), ("준공일",), ("사용승인일",)),
        (("입주", "개관"), ("개관",), ("입주",)),
        (("총사업비(억원)", "공사비(억원)", "준공"), ("총사업비(억원)", "준공"), ("공사비(억원)",)),
        (("공사비(억원)", "준공"), ("공사비(억원)", "준공"), ()),
        (("시설물명", "준공", "현장명"), ("준공",), ("시설물명", "현장명")),
    ],
)
def test_of_two_columns_that_say_the_same_the_better_is_read_and_the_other_named(
    titles, read, named
):
    found = layout("시설명", *titles)
    assert (tuple(c.title for c in found.columns), found.unmapped) == (read, named)


@pytest.mark.parametrize(
    ("title", "what"),
    [
        *((t, "works") for t in ("공사기간", "시공기간", "공사기간(착공~준공)", "착공 ~ 준공")),
        *((t, "site") for t in ("소재지도로명주소", "공사위치", "사업대상지", "대지위치")),
        *((t, "owner") for t in ("담당자명", "관리부서명", "사업부서", "부서전화번호")),
        *((t, "operator") for t in ("관리기관명", "운영기관명", "수탁기관")),
        *((t, "progress") for t in ("공정률(%)", "진척률", "진도율(%)")),
        *((t, "city") for t in ("시도명", "시군구명", "자치구")),
        *((t, "note") for t in ("추진상황", "참고사항", "향후계획")),
    ],
)
def test_other_columns_of_public_lists(title, what):
    (found,) = layout("시설명", title).columns
    assert found.what == what


@pytest.mark.parametrize("title", ["사업기간", "시공사", "설계비", "1단계준공", "준공여부"])
def test_what_is_not_sure_is_named_and_not_read(title):
    found = layout("시설명", "착공", title)
    assert found.unmapped == (title,)
