"""Whether a step is said of a facility at all, or of something else (“체계 구축”, “신청은”)."""

import re
from collections.abc import Sequence

from db.model.records import Kind
from db.model.text import words
from tracker.announcements.links.linking import Link
from tracker.announcements.names.mentions import Mentioned
from tracker.announcements.text.sentences import Sentence

__all__ = ["PLAIN_WORD", "WEAK_WORD", "builds_something_else", "speaks_of_something_else"]

WEAK_WORD, PLAIN_WORD = 0.5, 0.65
"""Weights of step words below which a facility must stand right beside them."""

_TOPIC_WORD = re.compile(r"(?:^|(?<=[\s\"]))([가-힣A-Za-z\d·]{1,16}?)(은|는)\s")
_VERB_STEMS = words(
    """
    오 하 되 들어서 이르 열리 걸리 늘어나 시키 나오 지나 가르 보이 줄이 높이 펼치 누리 밝히 같 많
    높 좋 작 짧 맡 받 넓 깊 늦 젊 낮 얻 찾 남 잡 겪 맞
    """
)
_OWN_TOPIC = re.compile(
    r"(?:시|군|구|도|부|청|[률율]|사업비|공사비|공모|조사|평가|심사|용역|보상|조성|건립|건설|구축|신축|증축|증설|리모델링|시공|철거|분양|공사|공단|사업|시설|이곳|이곳에|건물|여기|공정|생산|운영|가동|진료|업무|운행|영업|설계|일정|계획|시점|시기|목표|기간|단계|[준완착기]공|개[관소원장통교]|올해|내년|지난해"
    r"|월|년|일|분기|반기|구간|규모|완료|건축|골조|토목|본공사|측|[동읍면리]|관계자|정부|교육청|개발원|추진위|이후|까지|에|에서|로|단지|센터|관|장|역|점|원|당국|LH|위원회|재단|한편|앞서|용지|부지|여름|봄|가을|겨울|말|초)$"
)
_BUILDABLE = re.compile(
    r"(?:건물|청사|시설|본관|별관|부지|용지|단지|공간|시설물|구간|도로|다리|센터|기반|새로|모두|함께|추가|각각|순차|차례로|최종|나란히|신규|먼저|우선|조기|확장|이전|증설"
    r"|공사|건축|건물\s신축|일대|곳|동|층|기|개소|다시)$"
)
_OBJECT = re.compile(r"[을를](?=\s)")
_LAST_WORD = re.compile(r"([가-힣A-Za-z\d㎡·)]+?)(을|를)?\s?(?:새로\s|추가로\s|함께\s|신규\s)?$")
_ADVERBIAL = re.compile(r"(?:에|로|여|해|까지|은|는|이|가|도|서|고|며|간|내|중|쯤|께|경|말|초)$")


def builds_something_else(
    text: str, sentence: Sentence, link: Link, named: Sequence[Mentioned]
) -> bool:
    """Whether 구축 or 조성 has an object of its own that is no facility (“체계 구축”)."""
    event = link.event
    if event.kind is Kind.OPENING:
        return _opens_something_else(text, sentence, link, named)
    if event.kind is Kind.OPERATION:
        return _RUNS.search(text, sentence.start, event.start) is not None
    return _is_other_work(text, sentence, link, named)


def _is_other_work(text: str, sentence: Sentence, link: Link, named: Sequence[Mentioned]) -> bool:
    """Whether what is built is no facility (“체계 구축”)."""
    event = link.event
    if event.kind is not Kind.COMPLETION or event.weight >= PLAIN_WORD:
        return False
    start = max(sentence.start, link.date.end if link.date.end <= event.start else sentence.start)
    before = text[start : event.start]
    word = _LAST_WORD.search(before)
    if word is None or not word[1].strip("() "):
        return False
    at = start + word.start(1)
    if any(m.name.start < at + len(word[0]) and at < m.name.past for m in named):
        return False
    if word[2] is None and _ADVERBIAL.search(word[1]):
        return False
    return not _BUILDABLE.search(word[1])


def _opens_something_else(
    text: str, sentence: Sentence, link: Link, named: Sequence[Mentioned]
) -> bool:
    """Whether a bare 열다 has an object that is no facility (“축제를 연다”)."""
    event = link.event
    if len(event.spans) > 1:  # “문을”
        return False
    if "공개" in text[event.start : event.end] and _PAPERS.search(
        text, sentence.start, event.start
    ):
        return True
    again = text.startswith("다시", event.start)  # what opens again may have no object
    if not again and not text.startswith(("연다", "엽니다", "열 "), event.start):
        return False
    start = link.date.end if again else sentence.start
    objects = [o.end() for o in _OBJECT.finditer(text, start, event.start)]
    if not objects:
        return not again
    if _ALL_OF_IT.search(text, start, objects[-1]):
        return False
    return all(m.name.past != objects[-1] for m in named)


_PAPERS = re.compile(
    r"(?:일정표|계획|자료|결과|내용|명단|영상|정보|보고서|방안|설계안|조감도|기록)[을를]\s[^.]{0,16}$"
)
_ALL_OF_IT = re.compile(r"(?:전체|전부|나머지|전\s구간|일부)를$")
_RUNS = re.compile(  # “셔틀버스 9대를 7월 4일부터 운행한다”
    r"(?:버스|셔틀|열차|택시|유람선|차량|프로그램|교실|강좌|캠프|과정|부스|투어)(?:\s?\d+\S{0,3})?[을를]\s[^.]{0,24}$"
)
_CLAUSE = re.compile(r"[가-힣](?:고|며|지만|으나|는데),\s")
_OTHER_SUBJECT = re.compile(
    r"(?<![가-힣])(?!이\s|본\s|해당\s)([가-힣A-Za-z·]{2,}\s?)(?:사업|축제|프로그램|정책|대회|협약|예산|조례|전략|기술|제품|기업|업체|플랫폼|시스템|서비스)"
    r"(?:은|는|이|가|도)\s"
)


def speaks_of_something_else(text: str, sentence: Sentence, link: Link) -> bool:
    """Whether the sentence is about something that is neither a facility nor who builds it."""
    start = _voice_start(sentence, link)
    if _OTHER_SUBJECT.search(text, start, link.event.start):
        return True
    return any(
        _is_topic(found[1], found[2]) and not _OWN_TOPIC.search(found[1])
        for found in _TOPIC_WORD.finditer(text, start, link.event.start)
    )


def _voice_start(sentence: Sentence, link: Link) -> int:
    """Where the words of the one who tells it begin, or the clause of them that the date is in.

    Who is quoted is no topic of the quotation, and a clause that is over has none for the next.
    """
    first = link.date.start - sentence.start
    said = max((a for a, b in sentence.speech if a <= link.event.start < b), default=0)
    start = max(said - sentence.start, 0)
    ends = (clause.end() for clause in _CLAUSE.finditer(sentence.text, start, max(first, start)))
    return sentence.start + max(ends, default=start)


def _is_topic(word: str, particle: str) -> bool:
    """Tell 센터는 from 짓는 and 오는: a particle follows the last sound, a verb does not."""
    last = word[-1]
    if not "가" <= last <= "힣":
        return False
    closed = (ord(last) - ord("가")) % 28 != 0
    return closed == (particle == "은") and not word.endswith(_VERB_STEMS)
