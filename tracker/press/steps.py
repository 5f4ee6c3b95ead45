"""Korean words for the steps of a facility's life, as tables.

A *step word* means one kind by itself (준공, 개관, 첫 삽). A *working verb* (마치다,
시작하다) takes its kind from the work that it is said of (공사, 설계, 보상).
"""

# ruff: noqa: E501 - a pattern that is a list of words stays on its line

import re
from typing import NamedTuple

from db.records import Kind

__all__ = ["STEPS", "VERBS", "WORKS", "Step", "Verb", "Work"]


class Step(NamedTuple):
    """A word or turn of phrase that means one kind of step.

    Attributes:
        kind: Which.
        pattern: How it looks.
        weight: How much it says by itself, from 0 to 1; below a half it needs a facility
            named in the same sentence.
    """

    kind: Kind
    pattern: re.Pattern[str]
    weight: float


class Work(NamedTuple):
    """What is worked on: begun, it is one kind of step; finished, perhaps another."""

    pattern: re.Pattern[str]
    begun: Kind | None
    done: Kind | None


class Verb(NamedTuple):
    """A verb of beginning or ending."""

    pattern: re.Pattern[str]
    begins: bool


_NOT_OF_WORKS = (
    r"(?!\s?(?:식장|검사|전까지|전에|허가|지원|비용|비\b|기금|계획을|계획이|위원회|추진위|현장|방식|규모|면적|과정|여부|촉구|반대|예정지"
    r"|사업(?!을 (?:마|완|끝|시))|공사(?!를|가)|부지|업체|기술|단계|이래|된 지|된지|지연|물량))"
)
_DOES = (
    r"(?=합|하[고며는여지기려도겠]|해|한[다 ]|할|했|하였|될|된|돼|됐|되[고며는어었지]|됩|합|\s?(?:예정|목표|계획|완료|마무리|추진|끝|방침|전망)"
    r"|[을를이가]\s?(?:\S{1,6}\s)?(?:마[치쳤무친칠]|끝|완료|목표|추진|시작|이뤄|계획)|은\s|는\s"
    r"|\s?[,.·(…]|\s?$|에 나|에 들어|\s?\n)"
)


def _step(kind: Kind, pattern: str, weight: float = 1.0) -> Step:
    return Step(kind, re.compile(pattern), weight)


STEPS: tuple[Step, ...] = (
    _step(
        Kind.FEASIBILITY,
        r"(?:예비\s?타당성\s?(?:조사)?|예타|타당성\s?(?:재)?(?:조사|용역|검토|평가)|기본\s?구상\s?(?:및[^,.]{0,12})?용역|적격성\s?(?:조사|심사))(?!\s?센터)",
    ),
    _step(Kind.DESIGN, r"설계(?:를|안을)?\s?(?:공모|당선작|용역)(?:\s?당선작)?|당선작(?=[을이])"),
    _step(
        Kind.FEASIBILITY,
        r"(?:조사|용역)\s?결과(?:가|는|를)?(?=\s(?:[가-힣\d]{1,6}\s){0,4}?(?:나[오온올]|받|발표))|결과(?:가|는)(?=\s(?:[가-힣\d]{1,6}\s){1,4}?나[오온올])|결과를\s(?:통보)?받(?=는|을|기|아)",
        0.7,
    ),
    _step(
        Kind.DESIGN,
        r"(?:기본\s?(?:및|·|,)\s?)?(?:실시|기본|건축|세부|상세)?\s?설계(?:\s?용역)?(?=\s?[:(→,·]|\s?(?:완료|착수|마무리|예정)|[를을]\s(?:거쳐|진행|추진|하고|거친|발주)|에\s(?:착수|나서|돌입)|\s?$)",
        0.9,
    ),
    _step(
        Kind.DESIGN,
        r"(?:실시|기본|건축)?\s?설계(?:안|도면|도)?(?=[이가는은]\s[^.]{0,16}?나[왔온올오])",
        0.9,
    ),
    _step(
        Kind.GROUNDBREAKING,
        rf"(?:재|조기\s|본격\s)?착공(?:식)?{_NOT_OF_WORKS}|기공(?:식)?(?!\s?(?:사|업체|자))",
    ),
    _step(
        Kind.GROUNDBREAKING,
        r"첫\s?삽(?:을|도)?(?:\s?(?:뜨|뜬|떴|뜰|뜹))?|터파기|(?:짓기|공사를|공사가)\s(?:시작|본격화)|삽을\s(?:떴|뜬|뜬다|뜨)",
    ),
    _step(Kind.COMPLETION, rf"(?:준공|완공)(?:식)?{_NOT_OF_WORKS}"),
    _step(
        Kind.COMPLETION,
        r"준공\s?(?:검사|승인|인가)(?=(?:를|을|도)?\s?(?:모두\s)?(?:마[치쳤친칠침]|통과|받|끝|얻|나[온왔올]))",
    ),
    _step(
        Kind.COMPLETION,
        rf"(?:건립|구축|신축|증축|재건축|이전\s?신축|완성){_NOT_OF_WORKS}{_DOES}",
        0.6,
    ),
    _step(Kind.COMPLETION, rf"(?:조성|건설|확충|증설|설치){_NOT_OF_WORKS}{_DOES}", 0.45),
    _step(
        Kind.COMPLETION,
        r"들어서(?=[고며]|\s?$)|들어선(?=다|\s)|들어설|지어(?=진다|질|졌)|(?<![가-힣])(?:짓는다|짓고|짓(?=겠|기로)|지을|세운다|세우(?=겠|기로)|세울|세워(?=진다|질|졌)|만든다|만들어(?=진다|질))",
        0.45,
    ),
    _step(
        Kind.OPENING,
        r"(?:재|임시\s?|정식\s?|조기\s|부분\s?|전면\s?|완전\s?|임시로\s)?(?:개관|개소|개장|개교|개청|개점|개통|개항|개촌|개설)(?:식|행사)?(?!\s?(?:\d+주년|이래|한 지|된 지|식장|초기|부터))(?![가-힣]*주년)",
    ),
    _step(
        Kind.OPENING,
        r"(?:재|정식\s)?개원(?:식)?(?!\s?(?:\d+주년|이래|한 지))(?=[하한할했해된될됐식을은이으 ,.·…)]|$)",
    ),
    _step(
        Kind.OPENING,
        r"문(?:을|도|이)?\s?(?:활짝\s|다시\s|정식으로\s|처음\s|새로\s|먼저\s)?(?:열(?![람정량기])|연(?=다|\s)|엽니|엽|여는|여)",
    ),
    _step(Kind.OPENING, r"(?<![가-힣])다시\s(?:열었|열렸|열린|열릴|엽니|연다)", 0.6),
    _step(Kind.OPENING, r"(?<![가-힣])(?:연다|엽니다|열\s(?:예정|계획|방침))", 0.45),
    _step(
        Kind.OPENING,
        r"(?:손님|관람객|관객|이용객|승객)\s?맞이(?=(?:를|에)\s(?:시작|나[서섰선]|들어|한))",
    ),
    _step(
        Kind.OPENING,
        r"첫\s(?!신청|주문|민원|접수|문의|보고|회의|수업료)[가-힣]{2,5}[을를]\s(?:받|맞)(?=[는을기았습이])",
        0.7,
    ),
    _step(
        Kind.OPENING,
        r"베일을\s벗|(?:시민|주민|군민|관람객|이용객|관광객)(?:들)?에게\s(?:선보[이일여]|첫선|공개(?=하|한|할|했|된|될|됐))",
        0.7,
    ),
    _step(Kind.OPENING, r"(?:차량\s)?통행(?:이|할 수|을)?\s?(?:가능|있|시작|허용|재개)", 0.7),
    _step(
        Kind.COMPLETION, r"모습을\s드러(?=낸|낼|내)|(?:새\s?단장|단장)을\s(?:마[치쳤친칠]|끝)", 0.7
    ),
    _step(
        Kind.OPENING,
        r"첫선|(?:손님|이용객|관람객|관객|방문객|시민|주민|승객|신입생|학생|어린이|아이|입주자|입소자|탐방객|여행객|환자)(?:을|를|들을|들과)\s(?:맞|만난|만나|받(?=[는을기았]))|(?:시민|주민|군민)(?:들)?(?:의)?\s?(?:품|곁)(?:으로|에)|(?:시민|주민|군민)(?:들)?(?:에게|에)\s돌아(?=온|간|올|갈|왔|갔)|재개장|재개관",
    ),
    _step(
        Kind.OPENING,
        r"(?:전면|무료|임시|부분|시범|시민에게|시민에|일반에|주민에게)\s?(?:개방|공개)|개방(?=하|합|한|할|했|된|될|됐|돼|\s?예정)",
        0.8,
    ),
    _step(
        Kind.OPENING, r"(?:정식\s|임시\s|가\s?)오픈|오픈(?=하|합|한|할|했|된|될|됐|\s?예정)", 0.8
    ),
    _step(
        Kind.OPENING,
        r"입주(?:가|를)?\s?(?:시작|개시)|입주(?=한다|할 (?:예정|계획))|이전\s?개원",
        0.45,
    ),
    _step(
        Kind.OPERATION,
        r"(?:시범|시험|임시|정상|본격|정식|상업)(?:적으로|적인)?\s?(?:운영|가동|운전|운행|운항|영업|생산)(?!\s?(?:기간|시간|중인|비|계획을))|시운전",
    ),
    _step(
        Kind.OPERATION,
        r"가동(?!률|\s?(?:시간|기간|중|일수)|[을이]\s(?:멈|중단|중지|종료))(?=하|합|한|할|했|해|된|될|됐|돼|에|을|이\s(?:목표|시작|가능)|\s?(?:예정|시작|개시|목표|돌입)|\s?[,.·…]|\s?$)",
        0.8,
    ),
    _step(Kind.OPERATION, r"(?<=부터\s)(?:정식\s)?운영(?=한다|된다|할\s|될\s|합니다|됩니다)", 0.7),
    _step(
        Kind.OPERATION,
        r"(?<!시범 )(?<!시범)운영(?=한다|할 (?:예정|계획|방침|전망)|된다|될 (?:예정|계획|전망)|에 들어|을 시작|을 개시|\s?(?:예정|개시|시작|돌입)|하기로|합니다|됩니다|\s?$)",
        0.45,
    ),
    _step(Kind.OPERATION, r"(?<!시범 )(?<!시범)운영(?=을\s(?:내다|목표|앞두|앞둔))", 0.7),
    _step(
        Kind.OPERATION,
        r"(?:업무|진료|서비스|위탁\s?생산|생산|양산|운행|운항|수탁|분석\s?서비스)(?:를|을|가|이|도)?\s(?:시작|개시|본격|들어)|(?<!증편 )(?<!감편 )(?<!연장 )(?<!단축 )운행(?=한다|할|을 시작|에 들어|을 목표|\s?예정)",
        0.7,
    ),
    _step(
        Kind.OPERATION,
        r"(?<=부터\s)(?:가동|운영|운행|운항|영업)\s?(?:중(?=이|인|에|[.,])|(?:하|되)고\s있|해\s왔|돼\s왔)",
        0.7,
    ),
    _step(
        Kind.SELECTION,
        r"(?:최종\s|최종적으로\s)?(?:선정(?!\s?(?:기준|위원|결과를|절차|업체|과정|방식|작업))|뽑[혔히힌혀힐]|낙점|당첨|채택|따[내냈낸]|거머[쥐쥔]|이름을\s올[리렸린려])",
        0.7,
    ),
    _step(
        Kind.COMPLETION,
        r"(?<!착)(?:공사|리모델링|증축|증설|복원|보수)(?=[은는이가]\s[^.,]{2,24}로\s(?:[가-힣\d]+\s){0,2}(?:미뤄|미루|늦[춰추]|연기|앞당|순연|밀[려렸린]))",
        0.7,
    ),
    _step(
        Kind.SELECTION,
        r"(?:후보지|대상지|건립지|최종\s?입지|입지|적지)(?:로|가|를)?\s?(?:최종\s)?(?:확정|결정|발표)(?!\s?[·]?\s?고시)",
        0.8,
    ),
    _step(
        Kind.DESIGNATION,
        r"(?:산업단지|산단|특구|지구|구역)\s?(?:지정|개발|지정·개발)?\s?(?:계획\s)?승인(?=을\s|이\s|됐|돼|된|\s?고시)",
        0.9,
    ),
    _step(Kind.DESIGNATION, r"(?:결정|승인|지정)\s?[·,및]\s?고시|(?:지정|결정)\s?고시", 0.9),
    _step(
        Kind.DESIGNATION,
        r"지정(?=하|합|한|할|했|해|된|될|됐|돼|되|을 받|은\s|\s?승인을\s받|받|\s?(?:예정|목표|완료|확정)|\s?[,.·…]|\s?$)|고시(?=하|합|한다|할|했|된|될|됐|돼|[를을]\s(?:거쳐|거친|거쳤|마[치친쳤쳐]))",
        0.6,
    ),
    _step(
        Kind.ACCREDITATION,
        r"(?:KOLAS|GLP|GMP|CGMP|ISO|BF|KC|HACCP|국제공인|공인(?:시험|교정|검사|인증)?(?:기관)?)(?:\([^)]{1,20}\))?[가-힣A-Za-z\s]{0,24}?(?:인증|인정|지정|등록|자격|판정)",
    ),
    _step(
        Kind.ACCREDITATION,
        r"(?:인증|인정|적합\s?판정)(?:을|도)?\s?(?:다시\s|새로\s|모두\s)?(?:받|획득|취득|따[내냈]|얻|완료)",
        0.6,
    ),
    _step(
        Kind.OTHER,
        r"(?:토지\s?|지장물\s?)?보상(?=을|에|이|도|\s?(?:절차|협의|착수|완료|시작|마무리|계획))(?!을 받)",
        0.8,
    ),
    _step(
        Kind.OTHER,
        r"시공사\s?(?:를\s)?(?:선정|확정)|(?:시공|건설)업체\s?선정|공사(?:를)?\s?발주|상량식|관통식?|(?:실시계획|건축|사업계획)\s?(?:인가|허가|승인)|(?:기존\s)?건물\s?철거|환경영향평가(?=를|가|\s)|중앙투자심사|투자심사",
        0.8,
    ),
)
"""Earlier entries win where two fit the same place."""

WORKS: tuple[Work, ...] = (
    Work(re.compile(r"(?:시범|시험|시)\s?(?:운영|운전|가동)"), Kind.OPERATION, Kind.OPERATION),
    Work(re.compile(r"설계\s?(?:자문|심의|심사)|디자인|인테리어"), None, None),
    Work(re.compile(r"설계(?!\s?(?:변경|자문|심의|심사|비))"), Kind.DESIGN, Kind.DESIGN),
    Work(re.compile(r"예타|타당성|적격성|기본구상|용역"), Kind.FEASIBILITY, Kind.FEASIBILITY),
    Work(
        re.compile(r"보상|발주|인허가|환경영향평가|이전\s?작업|부지\s?매입|철거"),
        Kind.OTHER,
        Kind.OTHER,
    ),
    Work(
        re.compile(
            r"지정(?=[을를이가은는]|\s?절차|\s?고시)(?!을 (?:위|받))|(?:결정|지정|승인)\s?[·,]?\s?고시"
        ),
        None,
        Kind.DESIGNATION,
    ),
    Work(
        re.compile(
            r"(?:운영|가동|업무|진료|영업|위판|상업\s?운전|운행|운항|생산|양산)(?=[을를에이은는])"
        ),
        Kind.OPERATION,
        None,
    ),
    Work(
        re.compile(
            r"(?<!시)(?<!자원)(?<!주택)(?<!관광)(?<!개발)공사|공정(?!률)|리모델링|개보수|보수|증축|증설|신축|확장|확포장|확·포장|포장|입체화|복구(?!비)|복원|개축|재건축|건축|건설|건립|조성|구축|시공(?![사자업])|골조|토목|정비사업"
        ),
        Kind.GROUNDBREAKING,
        Kind.COMPLETION,
    ),
    Work(re.compile(r"사업(?=[을은이])"), Kind.GROUNDBREAKING, Kind.COMPLETION),
)
"""Earlier entries win: 설계 용역 is design."""

VERBS: tuple[Verb, ...] = (
    Verb(
        re.compile(
            r"마치(?=고|며|는|면|지|기|게|려|도|[가-힣]?\s)|마친|마칠|마쳤|마쳐|마침|마칩|끝내|끝낸|끝낼|끝냈|끝나|끝난|끝날|끝났|끝납|끝내[요죠]|마무리|완료|매듭"
        ),
        begins=False,
    ),
    Verb(re.compile(r"통과(?=하|했|해|한|할|됐|돼)"), begins=False),
    Verb(
        re.compile(
            r"시작|착수|들어가(?=[고며는,\s]|\s?$|려)|들어간|들어갈|들어갔|들어갑|돌입|개시"
        ),
        begins=True,
    ),
)
"""Verbs whose kind depends on the work."""
