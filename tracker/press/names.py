"""Where facilities are named: quoted, by the word a name ends with, or in capitals."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tracker.press.facilitywords import (
    GENERIC,
    NOT_HEADS,
    NOT_NAMES,
    NOUNS_LIKE_ENDINGS,
    PARTS,
    STOP_ENDINGS,
    STOP_WORDS,
    words,
)
from tracker.press.heads import (
    AFTER,
    BY_HEAD,
    PARTICLE,
    SHORTEST_ONE_WORD,
    head_of,
    is_no_head,
)
from tracker.press.sentences import Part, Sentence

__all__ = ["BOTH", "FOREIGN", "NEXT_NAMED", "Name", "korean_names", "name_key"]

_UNNAMED = re.compile(r"(?:\d+(?:여\s?)?(?:대|개|곳|개소)의?|여러|각종)\s$")
_OF_A_CALL = re.compile(
    r"\s(?:(?!설계)[가-힣]{1,6}\s){0,2}?(?:공모|개선사업|지원사업|지원 사업|보급사업)"
)
_CALLED_SO = re.compile(r"['\"]\s(?:사업\s)?공모")
_QUOTED = re.compile(r"(?<![A-Za-z0-9])(['\"])(?!\d{2}\s?[.년])([^'\"\n]{2,45})\1")
_TITLE_OF = re.compile(  # “개관기념전 「비단의 길」”
    r"(?:[념별획대]전|전시(?:회)?|공연|축제|연극|영화|뮤지컬|노래|도서|책|강좌|프로그램|캠페인|대회|행사|브랜드|구호|주제|슬로건|목표)\s?$"
)
_STANDING_IN = "|".join(sorted(filter(str.isalpha, GENERIC), key=len, reverse=True))
_GENERIC = re.compile(rf"(?<![가-힣A-Za-z\d])(?:{_STANDING_IN}){AFTER}")
_AROUND = re.compile(r"'?\"?\s?(?:\(([^()\n]{1,40})\))?")
_PART_AFTER = re.compile(rf"\s?({PARTS})(?![가-힣]*기)")
_THIS = re.compile(  # “이 자료관은”, of one that was named before with this ending
    rf"(?<![가-힣])(?:이|해당|동)\s([가-힣]{{1,4}}[관원소장동터당교역촌집랩로길숲실점]){AFTER}"
)
_TITLE = re.compile(
    r"(?!.*(?:일정|계획|현황|개요|경과|기타|총괄|성과|사항|내용|방향|목표|과제|시책|강화|재생|조치|결과|협조|추진|방안|대책|시설|분야|사업비|예산)(?:\(|\s|$))"
    r"([가-힣A-Za-z\d·~\s]{4,30}?)(?:\s?(?:건립|조성|구축|신축|증축|정비|개설|확충|확·?포장)(?:\s?(?:사업|공사))?)?(?:\s?\([^)]*\))?"
)
_DATED_STEP = re.compile(
    r"(?:\d\s?월|'\d{2}|\d{4}|분기|반기|[봄가을겨름]\s)[^\n]{0,24}?(?:착공|준공|완공|개관|개소|개장|개원|개통|설계|조성|가동)"
    r"|(?:착공|준공|완공|개관|개소|개장|개원|개통|설계|가동)[^\n]{0,8}?\s?[:(]?\s?(?:\d{4}|'\d{2}|\d{1,2}월)"
)
_STEP = re.compile(r"착공|준공|완공|개관|개소|개장|개원|개통|설계|가동|\d\s?[년월]|분기|반기")
_BEGINS = re.compile(  # “아카데미는”, of one that was quoted
    r"(?:(?<=[.\n] )|(?<=\n)|(?<=, ))([가-힣]{2,6}?)(?=(?:은|는|이|가|도)\s)"
)
_PART_ALONE = re.compile(rf"(?<![가-힣\d])({PARTS}){AFTER}")
_PART_BEFORE = re.compile(rf"{PARTS}\s")
_OWN_DATES = re.compile(r"공구|구간|단지|호기|블록")
_PART_OF = re.compile(rf"\s{PARTS}$")
_ROLE = re.compile(rf"{PARTICLE}(?=[^가-힣\w]|$)")
_THROUGH = re.compile(
    r"(?:\s[가-힣\d]{2,8}\s?[~\-]\s?[가-힣\d]{2,8}(?:\s(?:구간|노선))?)?"
    r"(?:\s\d단계|\s\d[\d.,]*\s?(?:㎞|km|m)|\s\d+(?:홀|면|동|개|호|실|층|기|레인|병상))?\s?"
    r"(?:건립|조성|구축|신축|증축|증설|확장|확·포장|확포장|이전|개발|정비|리모델링"
    r"|재건축|현대화|건설|개축|이전\s?신축|신·증축|유치)?"
    r"\s?(?:사업|공사|공모|용역|건립사업|조성사업|개선공사)?(은|는|이|가|을|를|의|도)(?=\s)"
)
_BECOMES = re.compile(
    r"\s(?:[가-힣]{1,4}\s)?(?:탈바꿈|바뀌|바뀐|바꾼|바꾸|바꿔|바꿀|변신|변모|거듭|재탄생|(?:다시|새로) 태어"
    r"|새 단장|꾸미|꾸민|꾸며|고쳐|조성|전환|되살|재생|리모델링)"
)
_INSIDE = re.compile(r"\s(?:들어서|마련되|배치되|놓이|갖춰지)[며고]")
_CONTAINED = re.compile(
    r"\s(?:[가-힣]{1,4}\s)?(?:갖[추춘출춰췄]|포함|비롯|더[하한해]|품[은고]|겸[하한비]|둔\s|두고|넣|잇[는은고]|[이연]결)"
)
_FITTED = re.compile(r"\s(?:[가-힣]{1,4}\s)?(?:꾸[미며민]|만들|마련|들[이여]|설치|배치)")
_BUILT = re.compile(
    r"(?:은|는|이|가|을|를|도)\s[^.\n'\"]{0,14}?(?:짓[는기고]|지을|지어|세우|세울|건립|신축|들어서|들어선|들어설)|(?:은|는|이|가)\s[^.\n'\"]{0,24}?(?:착공|첫\s삽|기공|준공|완공|개관|개소(?!식)|리모델링|문을\s[열연])"
)
_CHOSEN_AS = re.compile(r"\s?(?:최종\s)?(?:후보지|대상지|예정지|적지|입지)(?:로|으로)(?=\s)")
_CONCERNING = re.compile(  # “도서관에 대해 말씀드리겠습니다”, “도서관 말입니다”
    r"(?:에\s(?:대해|대하여|대한\s(?:질|답|말|보)|관해|관하여|관한\s(?:질|답|말|보))|[와과]\s관련"
    r"|\s?관련(?:해|하여|\s(?:질|답|말|보))|\s말(?:입니다|이에요|씀|이죠|인데)|\s건(?:입니다|은|에)|\s하나만|요[?.]|부터\s(?:말|보고|답|설명))"
)
_ZONE = re.compile(
    r"(?:투자선도|관광|규제자유|기회발전|(?:강소)?\s?연구개발|교육발전|경제자유|지역특화발전|문화|농촌융복합|도시재생|국가첨단전략산업|소부장|산업|첨단투자|에너지)(?:지구|특구|구역|특화단지|산업지구)(?![가-힣]*[은는이가]\s)"
)
_DESIGNATED = re.compile(r"(?:으로|로)?\s?(?:재|추가\s|최종\s)?지정")
_BETWEEN = re.compile(r"[가-힣\d]{2,6}\s?~\s?[가-힣\d]{2,8}\s(?:간\s)?$")  # “초전~대곡 간 도로”
_KIND_OF = re.compile(  # what sort of facility, and not which
    r"(?:공립|국립|시립|군립|구립|도립|사립|공공|민간|전문|종합|복합|거점|지역|광역|특수|전국|국제|대형|소형|신규|노후|공설|공영|농촌|도심|실내|실외|야외|생활|권역)+(?:형\s)?[가-힣]{2,6}"
)
_IS_LABEL, _LONGEST_LABEL = re.compile(r"\s?:\s"), 24
_FORMAL = re.compile(r"^\(?가칭\)?\s*|\s*\(?가칭\)?$")
_QUANTITY = re.compile(
    r"\d[\d,.]*(?:㎡|㎞|km|m|억|만|천|조|명|층|개|곳|대|면|호|동|실|건|권|석|원|%|만㎡|월|일|년|분기|시|분|번(?=$|\s))"
)
_QUOTED_HEADS = words("시설 랩 터 집 길 항 홀 존 몰 촌 누리관 교육장 연습장 체험장 전시실 연구실")
BOTH = "both"
"""Head of what stands for all that were named together last."""
NEXT_NAMED = "next"
"""Head of what a first sentence leaves unnamed (“a center for …”): the first that is named."""
FOREIGN = "\0"
"""Head of what is named but is no facility, and stands for none either."""

_SHORTEST_COINED, _MOST = 4, 40
_BEYOND = 80  # what clings to a name may reach past its sentence
_WORDS_OF_NAME, _LETTERS_OF_NAME = 6, 34
_PLACE = frozenset(
    words("에서는 에서도 에서 에게 에는 에도 에만 에 으로는 으로 로는 로 까지 부터 처럼 보다")
)
_ROLES = {
    **dict.fromkeys(("은", "는", "도", "만", "이나", "나", "는요", "은요"), "topic"),
    **dict.fromkeys(("이", "가"), "subject"),
    **dict.fromkeys(("을", "를"), "object"),
    **dict.fromkeys(("와", "과"), "with"),
    **dict.fromkeys(("이다", "이며", "이고", "다", "입니다", "이었", "인데"), "topic"),
    "의": "of",
}


@dataclass(frozen=True, slots=True)
class Name:
    """A facility where it is named.

    Attributes:
        end: After the name itself.
        past: After the quotation mark, remark in brackets and particle that cling to it.
        text: The name, folded, without 가칭.
        role: topic, subject, object, of, with, place, or nothing.
        head: The word it ends with; empty for a quoted name of its own coining.
        quoted: It stands in quotation marks.
        generic: It is no name but a word for one that was named before.
        part: “1공구”, where only a part is meant.
        alias: What the brackets after it say.
    """

    start: int
    end: int
    past: int
    text: str
    role: str
    head: str
    quoted: bool = False
    generic: bool = False
    part: str = ""
    alias: str = ""


def name_key(text: str) -> str:
    """The form in which names of one article are compared."""
    bare = re.sub(r"[\s·,.\-_()'\"~]+", "", _FORMAL.sub("", text)).casefold()
    return bare.replace("산업단지", "산단").replace("솔루션", "설루션").replace("centre", "center")


def korean_names(text: str, sentences: Iterable[Sentence]) -> list[Name]:
    """Every name and every word that stands for one, in order; none overlaps another."""
    found: list[Name] = []
    sentences = list(sentences)
    again = _Again(text, sentences)
    for sentence in sentences:
        taken = bytearray(sentence.end - sentence.start + _BEYOND)
        for pick in (_quoted, again.of, _by_head, _generic, _parts):
            for name in sorted(pick(text, sentence), key=lambda n: n.start - n.end):
                start, end = name.start - sentence.start, name.past - sentence.start
                if not any(taken[start : name.end - sentence.start]):
                    found.append(name)
                    taken[start:end] = b"\1" * (end - start)
    titles = list(_titles(text, sentences))
    whole = [t for t in titles if not any(_takes_more(n, t) for n in found)]
    kept = [n for n in found if not any(t.start <= n.start < t.end for t in whole)]
    return sorted([*kept, *whole], key=lambda n: n.start)


def _titles(text: str, sentences: Sequence[Sentence]) -> Iterator[Name]:
    """What an outline puts above dated steps is a facility, whatever it ends with."""
    for above, below in pairwise(sentences):
        heads = above.part is below.part is Part.ITEM and above.paragraph < below.paragraph
        if not heads or not _DATED_STEP.search(below.text) or _STEP.search(above.text):
            continue
        title = _TITLE.fullmatch(above.text)
        if title:
            start, end = above.start + title.start(1), above.start + title.end(1)
            head = head_of(text[start:end])
            yield Name(start, end, end, title[1], "topic", head, quoted=True)


def _takes_more(name: Name, title: Name) -> bool:
    """Whether a name says as much as the whole title, or stands at its beginning."""
    inside = title.start <= name.start < title.end and not name.generic
    return inside and name.start == title.start


def _quoted(text: str, sentence: Sentence) -> Iterator[Name]:
    for match in _QUOTED.finditer(text, sentence.start, sentence.end):
        inside = match[2].strip()
        if match[1] == '"' and sentence.in_speech(match.start() + 1):
            continue
        bare = re.sub(r"\([^)]*\)", "", _FORMAL.sub("", inside)).strip()
        whole = _PART_OF.sub("", bare)
        head = head_of(whole) or next((h for h in _QUOTED_HEADS if whole.endswith(h)), "")
        if _CALLED_SO.match(text, match.end() - 1):
            continue
        if _TITLE_OF.search(text, max(sentence.start, match.start() - 8), match.start()):
            yield _named(text, match.start() + 1, match.end() - 1, bare, FOREIGN, generic=True)
            continue
        told = sentence.part is not Part.HEADLINE  # headlines quote any word
        coined = told and match[1] == "'" and _could_be_coined(bare)
        start = text.index(match[2][0], match.start() + 1)
        coined = coined or (told and match[1] == "'" and _is_built(text, match.end()))
        if len(bare) > 1 and (head or coined):
            yield _named(text, start, match.end() - 1, bare, head, quoted=True)
        elif match[1] == "'":
            yield _named(text, start, match.end() - 1, bare, FOREIGN, generic=True)


def _is_built(text: str, end: int) -> bool:
    """Whether what is quoted is said to be built or opened, whatever it is called."""
    return _BUILT.match(text, end) is not None


class _Again:
    """Names that end in no known word, wherever they stand without quotation marks later on."""

    def __init__(self, text: str, sentences: Iterable[Sentence]) -> None:
        found = (n for s in sentences for n in _quoted(text, s) if not n.generic)
        odd = dict.fromkeys(n.text for n in found if n.head in {"", *_QUOTED_HEADS})
        called = "|".join(map(re.escape, [n for n in odd if len(n) >= _SHORTEST_COINED][:_MOST]))
        self._pattern = re.compile(rf"(?<![가-힣\w'])(?:{called}){AFTER}") if called else None
        self._ends = tuple(n for n in odd if " " in n or len(n) > _SHORTEST_COINED)[:_MOST]

    def of(self, text: str, sentence: Sentence) -> Iterator[Name]:
        """Those of one sentence."""
        if self._pattern is not None:
            for match in self._pattern.finditer(text, sentence.start, sentence.end):
                head = next((h for h in _QUOTED_HEADS if match[0].endswith(h)), "")
                yield _named(text, *match.span(), match[0], head)
        for match in _BEGINS.finditer(text, sentence.start, sentence.end):
            if any(name.endswith(match[1]) and name != match[1] for name in self._ends):
                yield _named(text, *match.span(1), match[1], match[1], generic=True)


def _could_be_coined(name: str) -> bool:
    """Whether quoted words without a known ending may still name a facility."""
    if name.endswith(NOT_NAMES) or len(name) > 20:  # noqa: PLR2004
        return False
    if re.search(
        r"[.,!?…]|[다요죠까네자]$|(?:하는|되는|위한|으로|에서|하자|까지)(?:\s|$)|\d%", name
    ):
        return False
    return any("가" <= c <= "힣" or c.isascii() for c in name)


def _by_head(text: str, sentence: Sentence) -> Iterator[Name]:
    for match in BY_HEAD.finditer(text, sentence.start, sentence.end):
        end = match.end()
        begin = _word_start(text, end, sentence.start)
        word = text[begin:end]
        if (
            (is_no_head(match[0], word) and not _leads_to(text, begin, word))
            or (_QUANTITY.match(word) and match[0] != "호선")
            or _PART_ALONE.fullmatch(word)
            or word.endswith(("(", "·"))
        ):
            continue
        head = match[0]
        start = _extended(text, begin, sentence.start)
        if word == head and (between := _BETWEEN.search(text, sentence.start, begin)):
            start = between.start()
        if _ZONE.match(text, start) and _DESIGNATED.match(text, end):
            continue  # “투자선도지구 지정은 2017년 받았다”: as what, and not what
        if _KIND_OF.fullmatch(text[start:end]) and not (
            _ROLE.match(text, end) or _CONCERNING.match(text, end)
        ):
            continue  # “문화체육관광부의 공립박물관 설립 타당성 평가”
        if sentence.part is Part.ITEM and _IS_LABEL.match(text, end):
            start = sentence.start if end - sentence.start <= _LONGEST_LABEL else start
        name = text[start:end]
        unnamed = name != head and _UNNAMED.search(text[max(0, start - 8) : start])
        if unnamed or _OF_A_CALL.match(text, end):
            continue
        part_only = word == head and _PART_BEFORE.fullmatch(text, start, begin)
        if name == head or (word == head and start == begin) or part_only:
            yield _named(text, begin, end, word, head, generic=True)
        elif (head in NOT_HEADS and " " not in name and len(name) < len(head) + 2) or (
            " " not in name and len(name) < SHORTEST_ONE_WORD.get(head, 0)
        ):
            continue
        else:
            yield _named(text, start, end, name, head)


def _leads_to(text: str, begin: int, word: str) -> bool:
    """Whether a road to somewhere is told from others by where it leads: “남촌산단 진입도로”."""
    return (
        word.endswith(("진입도로", "접속도로", "연결도로"))
        and re.search(
            r"[가-힣\d]~[가-힣\d]+\s$|[가-힣](?:산단|단지|IC|JC|나들목|공항|역|항|대교|터널|신도시|지구)\s$",
            text[max(0, begin - 16) : begin],
        )
        is not None
    )


def _word_start(text: str, end: int, limit: int) -> int:
    """Where the word that ends here begins, signs before it left out."""
    start = end
    while (
        start > limit and not text[start - 1].isspace() and text[start - 1] not in "'\"(),[]△▲▷▶○→:"
    ):
        start -= 1
    dot = text.rfind("·", start, end)
    if dot > start and head_of(text[start:dot]):
        start = dot + 1
    return start


def _extended(text: str, start: int, limit: int) -> int:
    """How far to the left a name reaches: to the first word that grammar joins to it."""
    begin = start
    for _ in range(_WORDS_OF_NAME - 1):
        if begin <= limit or text[begin - 1] != " ":
            break
        before = text.rfind(" ", limit, begin - 1) + 1
        before = max(before, limit)
        word = text[before : begin - 1]
        if not word or start - before > _LETTERS_OF_NAME or _stops(word):
            break
        begin = before
    return begin


@lru_cache(maxsize=4096)
def _stops(word: str) -> bool:
    """Whether a word cannot stand inside a name."""
    if re.fullmatch(r"[가-힣A-Za-z]+\([A-Z]{2,8}\)", word):
        return False
    if word in STOP_WORDS or word[-1] in "'\",.:;)]}>→…△▲▷▶○-~?!|" or word[0] in "'\"([<△▲▷▶○-":
        return True
    if _QUANTITY.search(word) or ":" in word or word.isdigit() or len(word) > 14:  # noqa: PLR2004
        return True
    if _PART_ALONE.fullmatch(word):
        return False
    if word.endswith(STOP_ENDINGS) and not word.endswith(NOUNS_LIKE_ENDINGS):
        return len(word) > 1 or word not in {"온", "여", "개"}
    return bool(
        re.search(r"(?:특별시|광역시|특별자치시|시의회|군의회|[시군]청|[가-힣]{3}부)$", word)
    )


def _generic(text: str, sentence: Sentence) -> Iterator[Name]:
    for match in _GENERIC.finditer(text, sentence.start, sentence.end):
        head = match[0]
        before = text[max(sentence.start, match.start() - 4) : match.start()]
        pointed = (
            re.search(r"(?:(?:이|그|해당|동|두|세|본|이들|현|기존|옛)|\d개)\s$", before) is not None
        )
        pointed = pointed or (match.start() == sentence.start and head == "시설")
        if GENERIC[head] == () and not pointed and head in {"사업", "공사", "시설"}:
            continue
        yield _named(text, match.start(), match.end(), head, head, generic=True)
    for match in _THIS.finditer(text, sentence.start, sentence.end):
        word = match[1]
        if not is_no_head(word[-1], word) and text.find(word, 0, sentence.start) > 0:
            yield _named(text, match.start(1), match.end(1), word, word, generic=True)


def _parts(text: str, sentence: Sentence) -> Iterator[Name]:
    for match in _PART_ALONE.finditer(text, sentence.start, sentence.end):
        if _OWN_DATES.search(match[1]):
            name = _named(text, match.start(1), match.end(1), match[1], "", generic=True)
            yield Name(
                name.start, name.end, name.past, "", name.role, "", generic=True, part=match[1]
            )


def _named(
    text: str,
    start: int,
    end: int,
    name: str,
    head: str,
    *,
    quoted: bool = False,
    generic: bool = False,
) -> Name:
    """A name with the remark, the part and the particle that follow it."""
    around = _AROUND.match(text, end)
    past, remark = (around.end(), around[1] or "") if around else (end, "")
    if around and around[0].endswith(" "):
        past -= 1
    second = _AROUND.match(text, past)
    if second and second[1] and not remark.strip():
        past, remark = second.end(), second[1]
    part = _PART_AFTER.match(text, past)
    past = part.end() if part else past
    role = _ROLE.match(text, past)
    word = role[0] if role else ""
    if quoted and not word and text.startswith(".", past):
        word = "다"  # “눈에 띄는 것은 '가람 센터'.”
    if not word and (chosen := _CHOSEN_AS.match(text, past)):
        word, past = "로", chosen.end() - 1
    through = None if word else _THROUGH.match(text, past)
    if through:
        word, past = through[1], through.end() - len(through[1])
    if _CONCERNING.match(text, past):
        word = "은"
    inside = _only_inside(text, past, word, quoted=quoted, generic=generic)
    becomes = word in {"로", "으로"} and _BECOMES.match(text, past + len(word)) is not None
    return Name(
        start,
        end,
        past + len(word) * text.startswith(word, past),
        _FORMAL.sub("", name).strip(),
        "object" if becomes else "place" if word in _PLACE or inside else _ROLES.get(word, ""),
        head,
        quoted,
        generic,
        part[1] if part and _OWN_DATES.search(part[1]) else "",
        remark if _is_alias(remark) else "",
    )


def _only_inside(text: str, past: int, word: str, *, quoted: bool, generic: bool) -> bool:
    """Whether what is named is only said to be in something else (“수영장을 갖춘”)."""
    after = past + len(word)
    if word in {"이", "가"}:
        return not quoted and _INSIDE.match(text, after) is not None
    if word not in {"을", "를"}:
        return False
    return bool(_CONTAINED.match(text, after) or (generic and _FITTED.match(text, after)))


def _is_alias(remark: str) -> bool:
    remark = remark.removeprefix("이하 ").strip()
    return bool(head_of(remark)) or bool(re.fullmatch(r"[A-Z][A-Z\d-]{1,9}", remark))
