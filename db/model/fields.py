"""The fields of a facility, each declared once.

Columns, checks, JSON, forms, options, lists, spreadsheets, facts files, messages and reports are
made from `FIELDS`, in its order. One more field takes a declaration here, an attribute of
`db.model.records.Facility`, its words in `tracker/words/ko.py` and `en.py`, and a migration.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from db.model.records import Type

__all__ = [
    "ENTERED",
    "FIELDS",
    "FIELD_OF",
    "FIELD_OF_KEY",
    "FacilityField",
    "FieldType",
    "fields_of",
]


class FieldType(StrEnum):
    """What a value is, which decides how it is read, checked, stored, compared and shown.

    Forms ask in this order.
    """

    TEXT = "text"
    MONEY = "money"
    """Won, a whole number."""
    AREA = "area"
    """Square metres."""
    NAMES = "names"
    """A list of texts."""
    SHARES = "shares"
    """Won, or a remark, by who pays."""
    COUNT = "count"
    PERIOD = "period"
    RATING = "rating"
    """Green, amber or red."""

    @property
    def is_number(self) -> bool:
        """Whether it is one number, shown to the right and ordered from the largest."""
        return self in {FieldType.MONEY, FieldType.AREA, FieldType.COUNT}


@dataclass(frozen=True, slots=True)
class FacilityField:
    """One field of a facility.

    Attributes:
        name: Of the column, the attribute of `Facility`, the key in `set` statements and JSON.
            Its words are `field.NAME`, and `sheet.NAME` above a column of an exported table.
        key: What a person types, the name by default: `--KEY` of a command, which `opt.KEY`
            explains, and the keyword of a facts file; also the name of its column in lists and,
            as `report.col.KEY`, in reports.
        keyword: The Korean keyword of a facts file.
        headings: What offices write above a column of it, without blanks and signs.
        width: Cells of its column in a list of facilities; 0 for none.
        entered: Whether forms and the options of `add` and `edit` ask for it.
        programme_only: Whether they do so for programmes only.
        in_json: Whether `facility` of the JSON has it among its first keys.
        exported: Whether the table of milestones (CSV, XLSX) has a column of it.
        reported: Whether the weekly report has a column of it.
        searched: Whether a search looks through it.
    """

    name: str
    type: FieldType = FieldType.TEXT
    key: str = ""
    keyword: str = ""
    headings: tuple[str, ...] = ()
    width: int = 0
    entered: bool = True
    programme_only: bool = False
    in_json: bool = True
    exported: bool = True
    reported: bool = False
    searched: bool = False

    def __post_init__(self) -> None:
        """Let a field without another key be typed by its name."""
        if not self.key:
            object.__setattr__(self, "key", self.name)


FIELDS = (
    FacilityField("name", keyword="이름", width=18, searched=True),
    FacilityField(
        "name_en",
        keyword="영문명",
        headings=("영문명", "영문이름", "영문시설명", "영문명칭"),
        searched=True,
    ),
    FacilityField("aliases", FieldType.NAMES, key="alias", keyword="별칭", searched=True),
    FacilityField(
        "city",
        keyword="도시",
        headings=(
            *("도시", "시군", "시군구", "시군명", "시군구명", "지역", "지역명", "시도", "시도명"),
            *("자치구", "구군", "행정구역", "관할", "관할구역", "city"),
        ),
        width=10,
        reported=True,
        searched=True,
    ),
    FacilityField(
        "cluster", keyword="클러스터", headings=("클러스터", "cluster"), width=16, searched=True
    ),
    FacilityField("programme", keyword="사업", width=24, searched=True),
    FacilityField(
        "site",
        keyword="위치",
        headings=(
            *("위치", "소재지", "주소", "사업위치", "대상지", "장소", "부지", "location", "site"),
            *("소재지주소", "도로명주소", "지번주소", "소재지도로명주소", "소재지지번주소"),
            *("사업지", "사업대상지", "공사위치", "공사장소", "현장위치", "건립위치", "설치위치"),
            *("설치장소", "대지위치", "시설위치", "시설주소", "사업장소재지", "address"),
        ),
        width=20,
        reported=True,
        searched=True,
    ),
    FacilityField(
        "operator",
        keyword="운영기관",
        headings=(
            *("운영기관", "운영주체", "운영자", "수탁기관", "관리주체", "operator", "운영기관명"),
            *("관리기관", "관리기관명", "운영단체", "위탁기관", "위탁운영기관", "수탁자"),
        ),
        width=16,
    ),
    FacilityField(
        "owner",
        keyword="담당",
        headings=(
            *("담당", "담당자", "담당부서", "담당과", "담당공무원", "소관부서", "부서", "부서명"),
            *("주관부서", "추진부서", "소관", "owner", "department"),
            *("담당자명", "담당팀", "담당부서명", "관리부서", "관리부서명", "사업부서", "시행부서"),
            *("소관부서명", "주관과", "발주부서", "소관과", "부서팀", "담당부서담당자"),
            *("연락처", "담당자연락처", "담당연락처", "전화", "전화번호", "contact", "phone"),
            *("담당자전화번호", "부서전화번호", "담당부서전화번호", "문의처", "내선번호"),
            "행정전화",
        ),
        width=12,
    ),
    FacilityField(
        "cost_krw",
        FieldType.MONEY,
        key="cost",
        keyword="사업비",
        headings=(
            *("사업비", "총사업비", "예산", "총예산", "예산액", "소요예산", "건립비", "총공사비"),
            *("사업비계", "사업비합계", "사업비총액", "총사업비계", "사업비소계", "cost"),
            *("budget", "총소요예산", "총투자비", "투자비", "사업예산", "총건립비", "공사비"),
            *("공사금액", "건축비", "계약금액", "도급액", "도급금액", "계약액"),
        ),
        width=15,
        reported=True,
    ),
    FacilityField(
        "funding", FieldType.SHARES, keyword="재원", width=24, exported=False, reported=True
    ),
    FacilityField(
        "floor_area_m2",
        FieldType.AREA,
        key="floor_area",
        keyword="연면적",
        headings=("연면적", "건축연면적", "floorarea", "총연면적", "건물연면적", "연면적계"),
        width=11,
    ),
    FacilityField("floors", keyword="층수", headings=("층수", "층", "floors")),
    FacilityField(
        "target_count",
        FieldType.COUNT,
        keyword="목표수",
        programme_only=True,
        in_json=False,
        exported=False,
    ),
    FacilityField(
        "duration",
        FieldType.PERIOD,
        keyword="기간",
        programme_only=True,
        in_json=False,
        exported=False,
    ),
    FacilityField("confidence", FieldType.RATING, entered=False, in_json=False, exported=False),
    FacilityField("confidence_note", entered=False, in_json=False, exported=False),
)

FIELD_OF: Mapping[str, FacilityField] = {field.name: field for field in FIELDS}
"""Fields by their names."""

FIELD_OF_KEY: Mapping[str, FacilityField] = {field.key: field for field in FIELDS}
"""Fields by what a person types."""


def fields_of(type_: Type) -> tuple[FacilityField, ...]:
    """Return the fields that forms and options ask for of this type of facility, in their order."""
    is_programme = type_ is Type.PROGRAMME
    return tuple(field for field in ENTERED if is_programme or not field.programme_only)


_TYPES = tuple(FieldType)
ENTERED = tuple(
    sorted((field for field in FIELDS if field.entered), key=lambda f: _TYPES.index(f.type))
)
"""The fields that forms and options ask for, in the order of forms."""
