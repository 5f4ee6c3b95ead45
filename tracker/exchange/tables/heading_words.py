"""What offices write above their columns, and what each stands for."""

import re

from db.model.records import Kind
from db.model.text import words

__all__ = [
    "ATTRIBUTES",
    "CONTRACTS",
    "FUNDING",
    "KINDS",
    "LESSER",
    "LESSER_KINDS",
    "LESSER_STEPS",
    "NAMES",
    "NUMBERING",
    "ROLE_WORDS",
    "ROW_ROLES",
    "STEPS",
    "TOTALS",
    "UNDERTAKINGS",
    "UNITS",
]

_PLACES = (
    *("시설", "시설물", "공공시설", "대상시설", "주요시설", "문화시설", "체육시설", "복지시설"),
    *("관광시설", "교육시설", "보육시설", "의료시설", "생활시설", "공공체육시설", "생활soc"),
    *("건립시설", "세부시설", "설치시설", "사업시설", "조성시설", "단위시설", "신축건물", "장소"),
    *("건축물", "공공건축물", "대상건축물", "건물", "건조물", "구조물", "청사", "센터", "기관"),
    *("기관시설", "도서관", "복지관", "체육관", "미술관", "박물관", "전시관", "공연장", "경로당"),
    *("공원", "주차장", "공영주차장", "단지", "산업단지", "산단", "아파트", "공동주택", "학교"),
    *("유치원", "어린이집", "병원", "보건소", "시장", "캠퍼스", "연구소", "사업소", "처리장"),
    *("하수처리장", "정수장", "배수지", "발전소", "교량", "터널", "도로", "역", "역사", "정류장"),
)
_BARE_PLACES = ("시설", "시설물", "공공시설", "대상시설", "건축물", "공공건축물")
NAMES = frozenset(
    {
        *(f"{place}{end}" for place in _PLACES for end in ("명", "명칭", "이름")),
        *_BARE_PLACES,
        *("명칭", "facility", "facilityname", "name", "building", "buildingname"),
    }
)
CONTRACTS = frozenset(
    f"{work}{end}"
    for work in ("공사", "공사건", "건설공사", "용역", "용역건", "현장", "사업장", "계약", "계약건")
    for end in ("명", "명칭", "이름")
) | {"건명", "현장", "사업장", "projectsite", "contract"}
UNDERTAKINGS = frozenset(
    {
        *("사업명", "사업", "세부사업", "세부사업명", "단위사업", "단위사업명", "사업명칭"),
        *("주요사업", "주요사업명", "공약사업", "공약사업명", "공약명", "과제명", "project"),
        *("projectname",),
    }
)
NUMBERING = frozenset({"연번", "번호", "순번", "순", "no", "번", "일련번호", "순위", "관리번호"})

_ATTRIBUTE_WORDS = {
    "city": (
        *("도시", "시군", "시군구", "시군명", "시군구명", "지역", "지역명", "시도", "시도명"),
        *("자치구", "구군", "행정구역", "관할", "관할구역", "city"),
    ),
    "site": (
        *("위치", "소재지", "주소", "사업위치", "대상지", "장소", "부지", "location", "site"),
        *("소재지주소", "도로명주소", "지번주소", "소재지도로명주소", "소재지지번주소", "사업지"),
        *("사업대상지", "공사위치", "공사장소", "현장위치", "건립위치", "설치위치", "설치장소"),
        *("대지위치", "시설위치", "시설주소", "사업장소재지", "address"),
    ),
    "cluster": ("클러스터", "cluster"),
    "operator": (
        *("운영기관", "운영주체", "운영자", "수탁기관", "관리주체", "operator", "운영기관명"),
        *("관리기관", "관리기관명", "운영단체", "위탁기관", "위탁운영기관", "수탁자"),
    ),
    "owner": (
        *("담당", "담당자", "담당부서", "담당과", "담당공무원", "소관부서", "부서", "부서명"),
        *("주관부서", "추진부서", "소관", "owner", "department"),
        *("담당자명", "담당팀", "담당부서명", "관리부서", "관리부서명", "사업부서", "시행부서"),
        *("소관부서명", "주관과", "발주부서", "소관과", "부서팀", "담당부서담당자"),
        *("연락처", "담당자연락처", "담당연락처", "전화", "전화번호", "contact", "phone"),
        *("담당자전화번호", "부서전화번호", "담당부서전화번호", "문의처", "내선번호", "행정전화"),
    ),
    "cost_krw": (
        *("사업비", "총사업비", "예산", "총예산", "예산액", "소요예산", "건립비", "총공사비"),
        *("사업비계", "사업비합계", "사업비총액", "총사업비계", "사업비소계", "cost", "budget"),
        *("총소요예산", "총투자비", "투자비", "사업예산", "총건립비", "공사비", "공사금액"),
        *("건축비", "계약금액", "도급액", "도급금액", "계약액"),
    ),
    "floor_area_m2": ("연면적", "건축연면적", "floorarea", "총연면적", "건물연면적", "연면적계"),
    "floors": ("층수", "층", "floors"),
    "name_en": ("영문명", "영문이름", "영문시설명", "영문명칭"),
    "note": words(
        """
        비고 메모 특이사항 추진상황 추진현황 진행상황 note remarks 추진사항 추진내용 진행사항
        진행현황 진척사항 참고 참고사항 기타사항 향후계획 문제점 현안사항 비고사항 추진실적
        """
    ),
    "progress": (
        *("공정률", "공정율", "진도율", "실적공정률", "실적공정율", "공정률실적", "공정율실적"),
        *("진척률", "진척율", "진척도", "진행률", "진행율", "공정", "공사진척도", "공사진척률"),
        *("종합공정률", "현공정률", "현재공정률", "실공정률", "공사공정률", "progress"),
    ),
    "progress_planned": (
        *("계획공정률", "계획공정율", "공정률계획", "공정율계획", "예정공정률", "예정공정율"),
        *("목표공정률", "목표공정율"),
    ),
    "reason": ("지연사유", "사유", "변경사유", "지연원인", "지연이유", "연기사유"),
    "action": ("만회대책", "대책", "조치계획", "지연대책", "대응방안", "조치사항"),
    "works": words(
        """
        공사기간 총공사기간 공사예정기간 시공기간 건축기간 건설기간 공기 착공준공 착공준공일
        착공일준공일 착준공 착준공일 공사기간착공준공 constructionperiod
        """
    ),
}
ATTRIBUTES = {word: name for name, words in _ATTRIBUTE_WORDS.items() for word in words}
LESSER = frozenset(
    {
        *("예산", "총예산", "예산액", "소요예산", "사업예산", "공사비", "공사금액", "건축비"),
        *("총공사비", "계약금액", "도급액", "도급금액", "계약액", "투자비", "공정", "층"),
    }
)

FUNDING = {
    "국비": "national",
    "도비": "province",
    "시비": "city",
    "민자": "private",
    "민간": "private",
    "지방비": "local",
    "국고": "national",
    "국고보조": "national",
    "국고보조금": "national",
    "군비": "군비",
    "구비": "구비",
    "자부담": "자부담",
}

STEPS = {
    Kind.SELECTION: ("공모선정", "사업선정", "대상지선정", "선정", "공모", "selection"),
    Kind.FEASIBILITY: ("예비타당성조사", "예타", "타당성조사", "feasibility"),
    Kind.DESIGN: ("기본및실시설계", "실시설계", "기본설계", "설계용역", "설계", "design"),
    Kind.GROUNDBREAKING: (
        *("착공", "기공", "공사착수", "공사착공", "착수", "공사시작", "공사개시", "착공신고"),
        *("공사예정시작", "groundbreaking"),
    ),
    Kind.COMPLETION: words(
        """
        준공 완공 공사준공 공사종료 공사완료 공사예정종료 준공검사 준공인가 조성완료 건립완료
        설치완료 completion
        """
    ),
    Kind.OPENING: (
        *("개소", "개관", "개원", "개장", "개교", "개청", "개소개관", "개관개소", "개통", "개점"),
        *("준공개관", "개관준공", "개방", "오픈", "opening"),
    ),
    Kind.OPERATION: words(
        """
        운영개시 정식운영 운영 가동 운영시작 사용개시 공용개시 영업개시 operation
        """
    ),
    Kind.DESIGNATION: ("지정", "구역지정", "지정고시", "designation"),
    Kind.ACCREDITATION: ("인증", "accreditation"),
}
# Said of the same step where no better word for it stands in the table.
LESSER_STEPS = {
    Kind.COMPLETION: ("사용승인", "사용검사", "임시사용승인"),
    Kind.OPENING: ("입주", "임시개장", "임시개관", "임시개통", "가개장"),
}
_PLAN = "예정|계획|목표|예상|변경|현재|금회|최종|일정|수정|planned|plan|forecast"
_ORIGINAL = "당초|최초|original|baseline"
_ACTUAL = "실적|실제|완료|실(?=준공|착공|개[소관원장교통])|actual|done"
ROLE_WORDS = {"original": re.compile(_ORIGINAL), "actual": re.compile(_ACTUAL)}
_AROUND = rf"(?:{_PLAN}|{_ORIGINAL}|{_ACTUAL}|추진|주요|사업|단계|총|전체|공사|시설|도급)*"
_WHEN = "식|기한|일자|일|시기|년월일|년월|연월일|연월|월|년도|연도|시점|date"
_AFTER = rf"(?:{_WHEN}|{_PLAN}|{_ORIGINAL}|{_ACTUAL})*"


def _titles(words: dict[Kind, tuple[str, ...]]) -> dict[Kind, re.Pattern[str]]:
    return {
        kind: re.compile(f"{_AROUND}(?:{'|'.join(sorted(said, key=len, reverse=True))}){_AFTER}")
        for kind, said in words.items()
    }


KINDS = _titles(STEPS)
LESSER_KINDS = _titles(LESSER_STEPS)

# What a cell beside a row says of its dates; nothing for rows of differences.
ROW_ROLES = {
    **dict.fromkeys(("당초", "최초", "당초계획", "최초계획", "기존", "변경전"), "original"),
    **dict.fromkeys(("변경", "변경후", "변경계획", "현재", "금회", "수정", "최종", "조정"), "plan"),
    **dict.fromkeys(("계획", "예정", "목표", "현재계획", "수정계획"), "plan"),
    **dict.fromkeys(("실적", "실제", "추진실적", "완료", "결과"), "actual"),
    **dict.fromkeys(("증감", "차이", "비교", "증감률", "지연"), ""),
}
UNITS = {"조": 10**12, "억": 10**8, "백만": 10**6, "천만": 10**7, "만": 10**4, "천": 1000, "": 1}
TOTALS = re.compile(
    r"(?:총|합|소|누)?계|총괄|합산|평균|total|subtotal|sum|(?:총|전체|계)\d*(?:개소|건|개|곳)"
)
