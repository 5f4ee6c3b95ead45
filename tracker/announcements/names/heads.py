"""The words that names end with: finding them, and telling them from words that look alike."""

import re

from db.model.text import words
from tracker.announcements.names.facility_words import COMMON, HEADS

__all__ = ["AFTER", "BY_HEAD", "PARTICLE", "SHORTEST_ONE_WORD", "head_of", "is_no_head"]

PARTICLE = (
    r"(?:는요|은요|입니다|이었|이란|이라|라고|이라고|인데|요|에서는|에서도|에서|에게|에는|에도|에만|에|으로는|으로|로는|로|까지|부터|처럼|보다|이라는|라는|이며|이고|이다|다|인|은|는|이|가"
    r"|을|를|의|도|만|와|과|이나|나)"
)
AFTER = rf"(?={PARTICLE}?(?:[^가-힣\w]|$))"

"""Particles that may follow a name, and that nothing else may."""

_HEAD = "|".join(sorted({re.escape(h) for h in HEADS}, key=len, reverse=True))
_FIRST = "".join(sorted({h[0] for h in HEADS}))  # looked at before any word is tried
SHORTEST_ONE_WORD = {"역": 3, "교": 3, "관": 4, "선": 3, "항": 3}
"""Heads of one syllable, and the shortest single word that can be a name with each."""

BY_HEAD = re.compile(
    rf"(?=[{_FIRST}])(?:{_HEAD}){AFTER}|(?<=[가-힣\d]{{2}})(?:역|교|관|선|항){AFTER}|(?:GTX-[A-F]|KTX){AFTER}"
)
_STATIONS = words(
    """
    지역 구역 영역 권역 광역 전역 용역 주역 검역 무역 방역 교역 수역 유역 해역 의역 번역 병역 내역
    당역 종착역 시발역 출발역 도착역 환승역 지하철역 학교 종교 폐교 비교 외교 개교 등교 전교 휴교
    본교 분교 모교 유교 불교 기독교 천주교 선교 포교 설교 조교 정교 국교 수교 향교 타교 자교 하교
    기관 장관 소관 주관 개관 이관 경관 현관 법관 교관 습관 혈관 배관 상관 유관 직관 사관 차관 고관
    공관 보좌관 심의관 담당관 정책관 기획관 비서관 감사관 조사관 사무관 서기관 경찰관 소방관 외교관
    영사관 대사관 하수관 상수관 송유관 가스관 수도관 세계관 가치관 인생관
    노선 차선 전선 우선 개선 총선 대선 보선 경선 시선 유선 무선 직선 곡선 국제선 국내선 풍선
    어선 객선 유람선 화물선 상선 조선 수선 당선 낙선 본선 예선 결선 해안선 마지노선 회선
    광선 외선 생선 한선 평선 도선 간선 지선 배선 동선 복선 단선 하선 승선 정선 용선 순시선
    방제선 실습선 연락선 크루즈선 너선 운반선 벌크선 쇄빙선 탐사선 조사선 지도선 병원선
    청소선 행정선 방사선 일선 기선 타선 중심선 경계선 저지선 기준선 출발선 결승선 정지선
    전력선 전화선 통신선 자선 사선 실선 점선 안전선 인입선 신선 주선 알선 고정선 최선 차선
    우주선 왕복선
    사항 조항 문항 저항 반항 대항 개항 입항 출항 결항 운항 직항 취항 회항 귀항 기항 모항 순항
    공항 어항 난항 포항 강항 각항 전항 세항 통항 재운항 거래항 항공편항
    """
)
"""Words that only happen to end with 역, 교, 관 or 선."""

_ROADS = words(
    """
    별도로 제도로 정도로 온도로 용도로 지도로 주도로 고도로 의도로 태도로 밀도로 농도로 각도로
    강도로 척도로 시도로 보수로 다수로 점수로 변수로 복수로 소수로 실수로 특수로 우수로 필수로
    홍수로 매수로 인수로 철수로 감수로 교수로 순수로 액수로 횟수로 호수로 장수로 지수로
    """
)
"""Words with the particle 로 that only happen to look like a road (도로)."""


def head_of(name: str) -> str:
    """The word that a name ends with, or nothing where it ends with none that is known."""
    found = ""
    for match in BY_HEAD.finditer(name):
        if match.end() == len(name) and not is_no_head(match[0], name):
            found = match[0]
    return found


def is_no_head(head: str, word: str) -> bool:
    """Whether a word only happens to end like a facility (지역, 기관, 별도로)."""
    if len(head) == 1:
        return word.endswith(_STATIONS)
    return word in COMMON or (
        head.endswith(("도로", "수로")) and (word.endswith(_ROADS) or word == "속도로")
    )
