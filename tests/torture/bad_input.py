"""Files that are wrong in some way, made from files that are right."""

import copy
import json
from datetime import UTC, datetime
from io import BytesIO

import xlsxwriter
from hypothesis import strategies as st

FACTS = """\
# 사실 파일
source news-1
  publisher: 강변일보
  title: 회관 소식
  published: 2025-06-10
  url: https://example.kr/1
facility garam-hall
  name: 가람회관
  name_en: Garam Hall
  alias: 옛 회관
  city: 김해시
  cost: 221억
  funding national: 100억
  floor_area: 1,200.5
  described: 2023-01-02 @news-1
milestone phase-2 other "2단계 준공"
2023-01-02  opening  original  2025-06 "2025년 6월 개관" @news-1
2024-01-10~ 개소  계획  2025년 하반기
  reason: 설계 변경
2025-06-10  준공  실적  2025-06
2025-06-11  -  hold
  reason: 민원
2025-07-11  -  resume
2025-08-01  phase-2  plan  [2026-03..2026-05~]
2025-08-02  -  progress  planned 80 actual 61.5
2025-08-03  -  set
  owner: 김주무관
"""

CSV = """\
시설명,도시,담당부서,사업비(억원),착공,준공 예정,당초 개소,개소 예정,공정률(%),비고
가람회관,김해시,문화과,221,2023.12,2024.4 → 2024.6,'25년 상반기,2025. 10.,61.5,설계 변경
나래도서관,창원시,도서관과,"1,105.8",완료(2024.5),2026.3(당초 2025.6),,미정,,"쉼표, 따옴표 "" 등"
"""

OWN = """\
시설,도시,구분,단계 이름,당초 계획,현재 계획,실적,현재 계획 처음,현재 계획 끝,계획 보고일,실적 보고일,갱신,사유,매체,출처 날짜,사업비(원),시설 식별자,단계 식별자
가람회관,김해시,개소,,2025년 6월,2025년 하반기,,2025-07-01,2025-12-31,2024-01-10,,2025-07-11,민원,가신문,2025-06-10,22100000000,garam-hall,opening
가람회관,김해시,준공,,,,2025년 6월,,,,2025-06-10,2025-06-10,,,,22100000000,garam-hall,completion
"""  # noqa: E501 - a row is a line

DUMP = {
    "format": "tracker",
    "version": 1,
    "facilities": [{"slug": "hall", "type": "facility"}],
    "milestones": [{"facility": "hall", "slug": "opening", "kind": "opening"}],
    "acts": [
        {"id": n, "kind": kind, "recorded_at": f"2026-11-0{n}T09:00:00+00:00", "by": "김"}
        for n, kind in ((1, "act"), (2, "act"), (3, "undo"))
    ],
    "updates": [
        {
            "id": 1,
            "act": 1,
            "seq": 0,
            "facility": "hall",
            "milestone": None,
            "kind": "set",
            "period": None,
            "value": {
                "name": "회관",
                "aliases": ["옛 회관"],
                "funding": {"national": 1},
                "cost_krw": 5,
                "floor_area_m2": 1.5,
                "confidence": "red",
                "duration": "2025",
            },
            "phrase": None,
            "reported_on": "2026-11-01",
            "reported_basis": "exact",
            "reason": None,
            "action": None,
            "evidence": ["http://x.example"],
            "source": None,
            "retracts": None,
        },
        {
            "id": 2,
            "act": 2,
            "seq": 0,
            "facility": "hall",
            "milestone": "opening",
            "kind": "plan",
            "period": "2027-06",
            "value": None,
            "phrase": "2027년 6월",
            "reported_on": "2026-11-02",
            "reported_basis": "approximate",
            "reason": "까닭",
            "action": "대책",
            "evidence": [],
            "source": {
                "key": "k",
                "publisher": "가신문",
                "title": "t",
                "published": "2026-11-01",
                "basis": "exact",
                "url": "http://x.example",
            },
            "retracts": None,
        },
        {
            "id": 3,
            "act": 3,
            "seq": 0,
            "facility": "hall",
            "milestone": "opening",
            "kind": "retract",
            "period": None,
            "value": None,
            "phrase": None,
            "reported_on": "2026-11-02",
            "reported_basis": "exact",
            "reason": None,
            "action": None,
            "evidence": [],
            "source": None,
            "retracts": 2,
        },
    ],
}

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([0, -1, 2**31, 2**63, 10**400, 20261201, 1e308])
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        ["", "\x00", "\ud800", "hall", "opening", "2026-02-30", "9999-12-31", "[", "x" * 5000]
    )
    | st.sampled_from(
        ["0001-01-01", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59.999999-01:00"]
    )
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value, path=()):
    """The way to every part of a JSON value."""
    yield path
    children = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, child in children:
        yield from places(child, (*path, key))


@st.composite
def dumps(draw):
    """A dump in which one to three parts are something else, missing, or there twice."""
    document = copy.deepcopy(DUMP)
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from([p for p in places(document) if p]))
        parent = document
        for key in way:
            parent = parent[key]
        how = draw(st.sampled_from(["other", "gone", "twice"]))
        if how == "other":
            parent[last] = draw(values)
        elif how == "gone":
            del parent[last]
        elif isinstance(parent, list):
            parent.append(copy.deepcopy(parent[last]))
        if not any(places(document)):
            break
    return json.dumps(document, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")


TOKENS = [
    *("facility", "programme", "source", "milestone", "plan", "계획", "실적", "set", "@", "~", '"'),
    *("name:", "alias:", "cost:", "funding", "described:", "2023-02-29", "[..", "..]", "/", "미정"),
    *(
        "\t",
        "\x00",
        "\x1b[2J",
        "\u202e",
        "\u2028",
        "\ufeff",
        "\r",
        "\\",
        "=1+1",
        "초",
        "99999999999999",
    ),
    *(
        "년",
        "월",
        "일",
        "상반기",
        "분기",
        "~2026",
        "2026-",
        "'",
        "%",
        ",,,",
        '""',
        ";",
        "억",
        "-",
        "#",
    ),
]


@st.composite
def texts(draw, right):
    """A text in which some pieces are cut out, repeated, moved or replaced."""
    text = right
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        piece = draw(
            st.sampled_from(TOKENS)
            | st.text(max_size=10)
            | st.just(text[start:end] * 2)
            | st.just("")
        )
        text = text[:start] + piece + text[end:]
    code = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp949", "utf-16", "latin-1"]))
    return text.encode(code, "replace" if code != "utf-8" else "surrogatepass")


@st.composite
def workbooks(draw):
    """A table with cells of any kind, or a workbook with bytes of its own changed."""
    rows = [line.split(",") for line in CSV.splitlines()]
    for _ in range(draw(st.integers(0, 6))):
        row = draw(st.sampled_from(rows))
        row[draw(st.integers(0, len(row) - 1))] = draw(
            st.text(max_size=12).map(lambda t: t.encode("utf-8", "replace").decode())
            | st.integers(-(10**6), 10**6)
            | st.floats(allow_nan=False, allow_infinity=False)
            | st.booleans()
            | st.sampled_from(TOKENS)
        )
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime(2026, 11, 21, tzinfo=UTC)})
        sheet = book.add_worksheet()
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                sheet.write(r, c, cell)
    data = bytearray(made.getvalue())
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 5]))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.just(len(data)) | st.integers(0, len(data)))])
