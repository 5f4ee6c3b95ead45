"""What offices write above their columns, and what each stands for."""

import re

from db.records import Kind

__all__ = [
    "ATTRIBUTES",
    "FUNDING",
    "KINDS",
    "NAMES",
    "NUMBERING",
    "ROLE_WORDS",
    "TOTALS",
    "UNDERTAKINGS",
    "UNITS",
]

NAMES = frozenset(
    {
        *(
            "시설",
            "시설명",
            "시설명칭",
            "시설이름",
            "공공시설",
            "공공시설명",
            "대상시설",
            "대상시설명",
        ),
        *("명칭", "센터명", "건물명", "기관명", "facility", "facilityname", "name"),
    }
)
UNDERTAKINGS = frozenset(
    {"사업명", "사업", "세부사업", "세부사업명", "과제명", "단위사업", "project"}
)
NUMBERING = frozenset({"연번", "번호", "순번", "순", "no", "번", "일련번호"})

_ATTRIBUTE_WORDS = {
    "city": ("도시", "시군", "시군구", "시군명", "지역", "city"),
    "site": ("위치", "소재지", "주소", "사업위치", "대상지", "장소", "부지", "location", "site"),
    "cluster": ("클러스터", "cluster"),
    "operator": ("운영기관", "운영주체", "운영자", "수탁기관", "관리주체", "operator"),
    "owner": (
        *("담당", "담당자", "담당부서", "담당과", "담당공무원", "소관부서", "부서", "부서명"),
        *("주관부서", "추진부서", "소관", "owner", "department"),
        *("연락처", "담당자연락처", "담당연락처", "전화", "전화번호", "contact", "phone"),
    ),
    "cost_krw": (
        *("사업비", "총사업비", "예산", "총예산", "예산액", "소요예산", "건립비", "총공사비"),
        *("사업비계", "사업비합계", "사업비총액", "총사업비계", "사업비소계", "cost", "budget"),
    ),
    "floor_area_m2": ("연면적", "건축연면적", "floorarea"),
    "floors": ("층수", "층", "floors"),
    "name_en": ("영문명", "영문이름", "영문시설명"),
    "note": (*("비고", "메모", "특이사항", "추진상황", "추진현황", "진행상황", "note", "remarks"),),
    "progress": (
        "공정률",
        "공정율",
        "진도율",
        "실적공정률",
        "실적공정율",
        "공정률실적",
        "공정율실적",
    ),
    "progress_planned": ("계획공정률", "계획공정율", "공정률계획", "공정율계획"),
    "reason": ("지연사유", "사유", "변경사유", "지연원인"),
    "action": ("만회대책", "대책", "조치계획", "지연대책"),
}
ATTRIBUTES = {word: name for name, words in _ATTRIBUTE_WORDS.items() for word in words}

FUNDING = {
    "국비": "national",
    "도비": "province",
    "시비": "city",
    "민자": "private",
    "민간": "private",
    "지방비": "local",
    "군비": "군비",
    "구비": "구비",
    "자부담": "자부담",
}

_KIND_WORDS = {
    Kind.SELECTION: ("공모선정", "사업선정", "대상지선정", "선정", "공모", "selection"),
    Kind.FEASIBILITY: ("예비타당성조사", "예타", "타당성조사", "feasibility"),
    Kind.DESIGN: ("기본및실시설계", "실시설계", "기본설계", "설계", "design"),
    Kind.GROUNDBREAKING: ("착공", "기공", "공사착수", "공사착공", "groundbreaking"),
    Kind.COMPLETION: ("준공", "완공", "공사준공", "completion"),
    Kind.OPENING: (
        "개소",
        "개관",
        "개원",
        "개장",
        "개교",
        "개청",
        "개소개관",
        "개관개소",
        "opening",
    ),
    Kind.OPERATION: ("운영개시", "정식운영", "운영", "가동", "operation"),
    Kind.DESIGNATION: ("지정", "designation"),
    Kind.ACCREDITATION: ("인증", "accreditation"),
}
_PLAN = "예정|계획|목표|예상|변경|현재|금회|최종|일정|planned|plan|forecast"
_ORIGINAL = "당초|최초|original|baseline"
_ACTUAL = "실적|실제|완료|actual|done"
ROLE_WORDS = {"original": re.compile(_ORIGINAL), "actual": re.compile(_ACTUAL)}
_AROUND = rf"(?:{_PLAN}|{_ORIGINAL}|{_ACTUAL}|추진|주요|사업|단계)*"
_AFTER = rf"(?:식|일자|일|시기|년월|연월|월|년도|연도|date|{_PLAN}|{_ORIGINAL}|{_ACTUAL})*"
KINDS = {
    kind: re.compile(rf"{_AROUND}(?:{'|'.join(sorted(words, key=len, reverse=True))}){_AFTER}")
    for kind, words in _KIND_WORDS.items()
}

UNITS = {"조": 10**12, "억": 10**8, "백만": 10**6, "천만": 10**7, "만": 10**4, "천": 1000, "": 1}
TOTALS = re.compile(
    r"(?:총|합|소|누)?계|총괄|합산|평균|total|subtotal|sum|(?:총|전체|계)\d*(?:개소|건|개|곳)"
)
