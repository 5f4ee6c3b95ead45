"""Korean verbs that take their kind from what they are said of, as tables.

“공사를 마치다” is a completion and “설계를 마치다” is none; “시공사를 선정하다” is no selection.
Between the two may stand a date: “새 시공사를 지난달 19일 선정했다”.
"""

# ruff: noqa: E501 - a pattern that is a list of words stays on its line

import re
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from typing import NamedTuple

from db.model.records import Kind

__all__ = ["VERBS", "WORKS", "Act", "Verb", "Work", "rows_of"]


class Act(Enum):
    """What is done to a work: it is begun, ended, obtained from somebody, chosen, or opened (a door)."""

    BEGIN = auto()
    END = auto()
    GET = auto()
    OPEN = auto()
    CHOOSE = auto()


class Work(NamedTuple):
    """What a verb is said of, and the kind of step that each act is then; none where absent."""

    pattern: re.Pattern[str]
    kinds: dict[Act, Kind]


class Verb(NamedTuple):
    """A verb of one act."""

    pattern: re.Pattern[str]
    act: Act


def rows_of(table: str, parts: Mapping[str, str], *, columns: int) -> Iterator[list[str]]:
    """The rows of a table, a line each, whose last column is a pattern with named parts."""
    for line in table.strip().splitlines():
        *row, pattern = line.split(maxsplit=columns - 1)
        for name, part in parts.items():
            pattern = pattern.replace(f"{{{name}}}", part)
        yield [*row, pattern]


def _kinds(said: str) -> dict[Act, Kind]:
    """The kinds of a column such as `begin=operation,end=operation`; none of a dash."""
    pairs = (pair.split("=") for pair in said.split(",") if pair != "-")
    return {Act[act.upper()]: Kind(kind) for act, kind in pairs}


_WORKS = r"""
open=opening (?<![가-힣])문(?=[을도]\s)
begin=operation,end=operation (?:시범|시험|시)\s?(?:운영|운전|가동)
- 설계\s?(?:자문|심의|심사)|디자인|인테리어
choose=design,begin=design,end=design 당선작|설계안|설계\s?공모
begin=design,end=design 설계(?!\s?(?:변경|자문|심의|심사|비))
begin=feasibility,end=feasibility,get=feasibility 예타|타당성|적격성|기본구상|용역
choose=other 시공사|(?:공사|시공)[^.,을를]{0,3}[을를]\s(?:맡|넘겨받|이어받|이어갈)[가-힣]*\s(?:업체|건설사|회사)|시공\s?업체|시공자|건설\s?업체|우선협상대상자|낙찰자
choose=selection (?:후보지|대상지|건립지|예정지|입지|적지|새\s부지|건립\s부지)(?=[을를로은는가])
get=completion,end=completion 준공\s?(?:검사|승인|인가)
get=other,end=other (?:건축|개발행위|공유수면|착공)\s?(?:인)?허가|(?<![가-힣])(?:인)?허가(?=[를가]\s)|실시계획\s?(?:인가|승인)|사업계획\s?승인|사용\s?승인|투자\s?심사|환경영향평가|교통영향평가
begin=other,end=other 보상|발주|인허가|이전\s?작업|(?<!신축 )(?<![가-힣])이전(?=[을이]\s)|부지\s?매입|철거
end=designation,get=designation 지정(?=[을를이가은는]|\s?절차|\s?고시)(?!을 위)|(?:결정|지정|승인)\s?[·,]?\s?고시|(?:산업단지|산단|지구|구역|특구)\s?(?:계획\s)?승인
get=accreditation (?:인증|인정|적합\s?판정|공인\s?자격|시험기관\s?자격)(?:\([^)]{1,20}\))?(?=[을를은는이도까])
begin=operation (?:운영|가동|업무|진료|영업|위판|상업\s?운전|운행|운항|생산|양산)(?=[을를에이은는])
begin=groundbreaking,end=completion (?<!시)(?<!자원)(?<!주택)(?<!관광)(?<!개발)공사|공정(?!률)|리모델링|개보수|보수|증축|증설|신축|확장|확포장|확·포장|포장|입체화|복구(?!비)|복원|개축|재건축|건축|건설|건립|조성|구축|시공(?![사자업])|골조|토목|정비사업|단장|손질|터\s?닦기|개량|보강|교체
begin=groundbreaking,end=completion 사업(?=[을은이])
"""
WORKS: tuple[Work, ...] = tuple(
    Work(re.compile(pattern), _kinds(kinds)) for kinds, pattern in rows_of(_WORKS, {}, columns=2)
)
"""Earlier entries win: 설계 용역 is design."""

_VERBS = r"""
end     마치(?=고|며|는|면|지|기|게|려|도|겠|[가-힣]?\s)|마친|마칠|마쳤|마쳐|마침|마칩|끝내|끝낸|끝낼|끝냈|끝나|끝난|끝날|끝났|끝납|끝내[요죠]|마무리|완료|매듭|종료(?=하|되|됐|된|될|돼|했|할|한)
get     통과(?=하|했|해|한|할|됐|돼)|획득(?=하|했|해|한|할)|취득(?=하|했|해|한|할)|받(?=[는은을았아고기])|따[내낸낼냈]|땄|딴다|딸\s|얻(?=[는은을었어고기])
begin   시작|착수|들어가(?=[고며는,\s]|\s?$|려)|들어간|들어갈|들어갔|들어갑|돌입|개시|재개(?=[하된됐돼했될])
open    (?<![가-힣])(?:연다|열(?=고|며|어|었|겠|\s(?:예정|계획|방침))|엽니|여는|연(?=\s))
choose  (?:선정|확정|낙점|결정)(?=[하한할해했합된될됐돼되됩])|고[르른를]|골랐|골라|뽑(?=[는은을았아고기혔])|찾았|정(?=하고|하며|한\s|했|해\s|한다|할\s)
"""
VERBS: tuple[Verb, ...] = tuple(
    Verb(re.compile(pattern), Act[act.upper()]) for act, pattern in rows_of(_VERBS, {}, columns=2)
)
"""What is done."""
