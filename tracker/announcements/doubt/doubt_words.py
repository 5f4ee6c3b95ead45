"""Words of doubt in Korean, and the classes of the words between them and a step."""

# ruff: noqa: E501 - a pattern that is a list of words stays on its line

import re
from collections.abc import Callable
from enum import Enum, auto

from db.model.records import Kind
from db.model.text import words

__all__ = [
    "ANY",
    "ASSERTS",
    "BEFORE_IT",
    "CASE",
    "CONTRAST",
    "DELAY",
    "NOT_DONE",
    "NOT_SO",
    "PARTICLES",
    "PLAN_NOUN",
    "PREDICATE",
    "STATED",
    "STEPS",
    "SURPASSED",
    "VERBAL_NOUN",
    "Word",
    "word_class",
]

_DOUBT = (
    r"(?:사실상\s?)?(?:어려[울운워웠]|어렵|힘[들든]|힘겨|불투명|불확실|미지수|불가능|요원|안갯속|오리무중|회의적|의구심|희박|까마득|무리(?=다|라|일|였|인\s|$|\W)"
    r"|(?:쉽|녹록|녹록하|만만|만만하|여의|여의하|확실하|수월하|가능하|현실적이|장담하)지(?:는|가|만은|도)?\s?[않못]|장담(?:을|은|도)?\s?(?:할\s수\S*\s없|못|하기\S*\s(?:어렵|어려|힘)|하지\s못|할\s(?:처지|형편|단계))|(?:기대|장담|담보|보장|확신|낙관|기약|예측)(?:하기|할\s수)\S*\s(?:어렵|어려|힘들|없)"
    r"|가능성(?:은|이|도|마저)?\s(?:[가-힣]{1,3}\s)?(?:낮|희박|작|적|없|크지\s않|높지\s않|떨어|불투명)|의문(?:이|시|부호|을|\s|$)|물음표|물\s?건너\s?(?:[갔간가갈]|$)"
    r"|무산|불발|좌초|백지화|철회|취소|공염불|공수표|헛구호|허언|수포로|틀어[졌지질진]|어긋[났날나난]|포기|엎어[졌질지]|흔들[리린릴렸]|물거품|무기한"
    r"|차질|난항|난관|지장(?=을|이)|제동|발목(?=이|을)|빨간불|적신호|먹구름|암초|비상등|비상(?=이|$|\W)"
    r"|해를\s(?:훌쩍\s)?넘[길기겨긴]|기약\s?(?:이\s)?없|못\s?(?:할|하게|한다|맞출|지킬|연다|열|짓|박)|(?!(?:바뀌|변하|변경하|변경되|달라지|늦추|늦어지|늦춰지|미루|미뤄지|넘기|넘|흔들리|포기하|연기하|연기되|지연되|밀리|무산되|취소되|어렵|힘들|다르|멀)지)[가-힣]{0,4}지(?:는|도|조차)?\s(?:못(?!지)|않(?:을|는다|기로|게|았|고))"
    r"|\S{0,6}(?:할|될|열|을|칠|낼|뜰|맞출|지킬)\s수\s(?:없|있을지|있을까)|\S{0,4}(?:할|될)까(?=\W|$)|가능할까|되겠나)"
)
_LATE = (  # doubts only a date that no other one replaces
    r"(?:추가\s|또\s|재차\s|더\s)?(?:(?:지연|연기|순연|조정|수정|변경|지체)(?:이|은|도|될|될\s|돼|할|가|\s)?\s?(?:[가-힣]{2,5}\s)?(?:불가피|예상|우려|전망|가능성|수순|조짐|위기|듯|것으로|것이|공산|될)"
    r"|(?:늦어[질지]|늦춰[질지]|미뤄[질지]|밀[릴리]|뒤로\s밀[릴리]|지연될|지연되(?=리|ㄹ)|연기될|순연될|늦출)(?!지\s않))"
)
SURPASSED = re.compile(
    r"(?:마저|조차|도|까지)?[을를]?\s(?:훌쩍\s|또\s|결국\s|또다시\s|다시\s)?넘(?:길|겨|긴|기[게는지]|어설|어서[야는]|어간|어갈)(?!지\s않)|보다\s(?:[가-힣\d]+\s){0,2}(?:늦어질|늦춰질|미뤄질|밀릴|지연될)"
)
ANY = re.compile(f"{_DOUBT}|{_LATE}|넘[길겨긴기어]")
PREDICATE, DELAY = re.compile(_DOUBT), re.compile(_LATE)
NOT_SO = re.compile(
    r"[가-힣]{0,4}지(?:는|도|만은)?\s않(?!을까|겠나)|\S{0,3}\s(?:것|일|바)[은이]\s아니|[이은도을를]?\s?(?:전혀\s|거의\s|아무런\s|더\s)?없"
    r"|[이은도을를]?\s?(?:빚|생기|주|일어나|발생하|미치|받|겪)지\s(?:않|못하게)|(?:이|은|을|를|\s)?\s?(?:[가-힣]{2,6}\s)?(?:막|최소화|최소한|줄이|줄여|방지|예방|해소|불식|딛고|극복|벗어|피하|피해|면하|면했|뚫)"
    r"|(?:될|의)?\s?(?:위기|우려|논란|고비|시련|난관)[가를을도]?\s(?:[가-힣]{1,4}\s)?(?:넘|딛|벗|씻|불식|해소|극복|잠재|털|이겨)|\s?뻔"
    r"|\S{0,8}(?:다는|라는|단|란)\s(?:[가-힣]{1,8}\s){0,3}?(?:[가-힣]{1,6}\s)?(?:일축|반박|부인|불식|사실무근)|\S{0,8}(?:\s것이|\s거)?(?:다는|라는|단|란)\s[^.]{0,40}?(?:일축|반박했|반박한|부인했|불식|사실(?:이|과)\s(?:아니|다르)|사실무근)"
    r"|\S{0,8}\s?(?:것이라는|거라는|다는|라는|란|단)\s(?:[가-힣]{1,4}\s)?(?:우려|전망|예상|관측|지적|예측|시각|걱정)(?:와는?|과는?|을\s(?:깨|뒤엎|뒤집)|에도\s불구|이\s(?:무색|빗나))"
    r"|[가-힣]{0,3}(?:던|웠던|웠으나|웠지만|했으나|했지만|됐던|됐으나|됐지만)\s[^.]{0,40}?(?:확정|정상화|재개|탄력|가능해)|[이은]?\s(?:풀리|걷히|걷혔|해소)"
)
BEFORE_IT = re.compile(
    r"(?:^|\s)(?:사실상\s)?(?:불투명[한해진]{1,2}|불확실한|어려워진|힘들어진|무산된|물\s?건너간|불가능해진|무산\s위기[의에]\s?(?:놓인|처한)?)\s(?:[가-힣]{1,6}(?:의)?\s)?$"
)
NOT_DONE = re.compile(r"[가-힣]{0,3}지(?:는|도|조차)?\s[못않]")
_DATE_NOUN = r"(?:일정|계획|목표|시기|시점|기한|시한|날짜|약속|이행|실현|달성|준수|공기|예정일|목표일|기일|로드맵)"
PLAN_NOUN = rf"(?:{_DATE_NOUN}|가능성|현실화|성사|공정|여부|구상|방침|전망|것|데|일|때|추진|진행|완수|기간|시나리오|청사진|절차|공사|작업|사업|자체)"
PARTICLES = (
    r"(?:에는|에도|에|은|는|이|가|을|를|도|조차|마저|마저도|까지|까지도|부터|대로|에서|의|만)"
)
_OF_PLAN = re.compile(rf"{PLAN_NOUN}{PARTICLES}?")
_OF_DATE = re.compile(rf"{_DATE_NOUN}{PARTICLES}?")
_PRONOUN = re.compile(
    r"(?:이|그)(?:는|도|것도|것마저|것마저도|마저|마저도|조차|조차도|역시|또한|날짜도|때도)|제때|예정대로|계획대로|당초대로|약속대로|실제로|현실적으로"
)
STEPS = {
    Kind.GROUNDBREAKING: "착공|기공|첫 삽|공사|착수",
    Kind.COMPLETION: "준공|완공|공사|완성|건립|조성|구축|완료",
    Kind.OPENING: "개관|개소|개원|개장|개교|개통|개청|개방|오픈|개점|문을|문|입주",
    Kind.OPERATION: "운영|가동|운행|운항|운전|개시",
    Kind.SELECTION: "선정|지정|유치",
    Kind.DESIGNATION: "지정|고시|승인",
    Kind.ACCREDITATION: "인증|인정|지정",
    Kind.DESIGN: "설계|용역",
    Kind.FEASIBILITY: "예타|타당성|조사|통과|용역",
}
CASE = re.compile(r"(?:은|는|이|가|을|를|도|조차|마저|마저도|에는|에도|의|(?<![지건])만)$")
_ADVERBIAL = re.compile(
    r"(?:으로|로|에|에서|에게|까지|부터|보다|와|과|등|때문에|탓에|따라|대해|인해|상|처럼|만에|안에|내에|째|께|쯤|경|간|년|월|일|현재|당장|하게|히|게|이상|가량|정도|\d)$"
)
_ADVERBS = frozenset(
    words(
        """
        실제 사실상 결국 아예 당분간 또 또다시 다시 더 더욱 매우 상당히 여전히 아직 아직도 이미 거의 도저히 끝내 자칫 다소 큰 심각한 모두 전부 전면 잠정 줄줄이 이래저래
        현실적으로 당초 애초 시가 군이 것 수 듯 못 안 잘 못내 우려 가능성 역시 조차 내 중 후 등 및 전반 완전 무더기 적잖은 상당한 일부 대부분 왜 이 그 이런 그런
        해당 이번 그러나 하지만 그런데 다만
    """
    )
)
VERBAL_NOUN = re.compile(
    r"(?:(?:\S*(?:하|되|추|키|루|열|치|내|짓|보|지|나|가|서|따르|뜨|받|얻|이))?기(?:는|가|도|까지|조차|란|에는|엔|에|를|까지는)?"
    r"|\S*(?:[될할열울을낼칠뜰릴킬갈날설]|는|런|은)지(?:는|도|가|조차|부터|를|조차도)?)"
)
_KNOWN_AS_NOUN = re.compile(
    r"(?:시기|공기|경기|위기|계기|연기|전기|용기|분위기|보기|후기|제기)\S{0,2}"
)
_ADNOMINAL_END = re.compile(
    r"(?:(?:[하되있없않같받짓겪맞남]|열리|미치|걸리|이르|따르|들어서|시키|보이|만드|맡|여|뜨)는|[가-힣]던|[가-힣](?:한|된|할|될|킬|긴|진|친|른|운|인)|려는|다는|라는|자는|겠다는)$"
)
CONTRAST = re.compile(r"(?:지만|으나|이나|[는은인한된운던]데|는데도|건만|더라도|어도|해도|돼도)$")
STATED = re.compile(
    r"(?:[하되이열있없겠했됐었았였치내리서]고|[하되이으치내리서오]며|[다요죠까]|[하되이]면|으면|라면|[하되]니|므로)[,.\"']?$"
)
_CAUSE = re.compile(
    r"(?:[가-힣](?:어|아|여|서|면서|느라|자)|[해돼져려춰쳐워와줘켜]|[올몰달갈골잘]라|[불눌흘]러|되어|하여)[,]?$"
)
_AIM = re.compile(r"앞두|앞둔|위해|위한|향해|맞아|맞춰|목표로|계기로|시작으로|확정|전제로|목표")
ASSERTS = re.compile(
    r"(?:예정|계획|방침|전망|목표|것)(?:이다|인|이며|이고|이지만|이나|이라|임|으로|인데|$)|(?:예정|계획)$"
)


class Word(Enum):
    """What a word between a step and a doubt does, by its ending."""

    PRONOUN = auto()  # 이마저: the plan
    DATE = auto()  # 일정을: its date
    PLAN = auto()  # 전망은: the plan, right behind the step
    VERBAL = auto()  # 맞추기는: its object waits on
    AIM = auto()  # 앞두고: the step was only its object
    ADNOMINAL = auto()  # 부족한: describes the next noun
    ADVERB = auto()
    CONTRAST = auto()  # 계획이지만: stated, and then contradicted
    STATED = auto()  # 준공하고: stated
    NOUN = auto()  # 예산이: what the next predicate is said of
    CAUSE = auto()  # 늦어져: its noun is spent
    BESIDE = auto()  # 예산으로
    BARE = auto()  # 확보: a noun without a particle


def _is_verbal(word: str) -> bool:
    return bool(VERBAL_NOUN.fullmatch(word)) and not _KNOWN_AS_NOUN.fullmatch(word)


def _ends(ending: re.Pattern[str], *, least: int) -> Callable[[str], bool]:
    """Tells whether a word has an ending, and letters enough to be more than that."""
    return lambda word: len(word) >= least and ending.search(word) is not None


_CLASSES: tuple[tuple[Word, Callable[[str], object]], ...] = (
    (Word.PRONOUN, _PRONOUN.fullmatch),
    (Word.DATE, _OF_DATE.fullmatch),
    (Word.PLAN, _OF_PLAN.fullmatch),
    (Word.VERBAL, _is_verbal),
    (Word.AIM, _AIM.match),
    (Word.ADNOMINAL, _ADNOMINAL_END.search),
    (Word.ADVERB, _ADVERBS.__contains__),
    (Word.CONTRAST, _ends(CONTRAST, least=3)),
    (Word.STATED, _ends(STATED, least=2)),
    (Word.NOUN, _ends(CASE, least=2)),
    (Word.CAUSE, _CAUSE.search),
    (Word.BESIDE, _ADVERBIAL.search),
)


def word_class(word: str) -> Word:
    """The first class that a word without its punctuation fits."""
    return next((c for c, fits in _CLASSES if fits(word)), Word.BARE)
