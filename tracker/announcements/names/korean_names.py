"""Where facilities are named in Korean: quoted, by the word a name ends with, or by one for it."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tracker.announcements.names.candidates import CONCERNING, OWN_DATES, ROLE, Name, named
from tracker.announcements.names.facility_words import (
    GENERIC,
    NOT_HEADS,
    NOUNS_LIKE_ENDINGS,
    PARTS,
    STOP_ENDINGS,
    STOP_WORDS,
)
from tracker.announcements.names.heads import AFTER, BY_HEAD, SHORTEST_ONE_WORD, head_of, is_no_head
from tracker.announcements.names.quoting import Again, quoted
from tracker.announcements.names.titles import with_titles
from tracker.announcements.text.sentences import Part, Sentence

__all__ = ["korean_names"]

_UNNAMED = re.compile(r"(?:\d+(?:여\s?)?(?:대|개|곳|개소)의?|여러|각종)\s$")
_OF_A_CALL = re.compile(
    r"\s(?:(?!설계)[가-힣]{1,6}\s){0,2}?(?:공모|개선사업|지원사업|지원 사업|보급사업)"
)
_STANDING_IN = "|".join(sorted(filter(str.isalpha, GENERIC), key=len, reverse=True))
_GENERIC = re.compile(rf"(?<![가-힣A-Za-z\d])(?:{_STANDING_IN}){AFTER}")
_THIS = re.compile(  # “이 자료관은”, of one that was named before with this ending
    rf"(?<![가-힣])(?:이|해당|동)\s([가-힣]{{1,4}}[관원소장동터당교역촌집랩로길숲실점]){AFTER}"
)
_PART_ALONE = re.compile(rf"(?<![가-힣\d])({PARTS}){AFTER}")
_PART_BEFORE = re.compile(rf"{PARTS}\s")
_ZONE = re.compile(
    r"(?:투자선도|관광|규제자유|기회발전|(?:강소)?\s?연구개발|교육발전|경제자유|지역특화발전|문화|농촌융복합|도시재생|국가첨단전략산업|소부장|산업|첨단투자|에너지)(?:지구|특구|구역|특화단지|산업지구)(?![가-힣]*[은는이가]\s)"
)
_DESIGNATED = re.compile(r"(?:으로|로)?\s?(?:재|추가\s|최종\s)?지정")
_BETWEEN = re.compile(r"[가-힣\d]{2,6}\s?~\s?[가-힣\d]{2,8}\s(?:간\s)?$")  # “초전~대곡 간 도로”
_KIND_OF = re.compile(  # what sort of facility, and not which
    r"(?:공립|국립|시립|군립|구립|도립|사립|공공|민간|전문|종합|복합|거점|지역|광역|특수|전국|국제|대형|소형|신규|노후|공설|공영|농촌|도심|실내|실외|야외|생활|권역)+(?:형\s)?[가-힣]{2,6}"
)
_LONGEST_BETWEEN = 24  # no match of it is longer: what stands further off is not looked at
_ANY = re.compile(r"(?:우리\s)?(?:동네|마을|고장)\s")  # “동네 도서관”
_IS_LABEL, _LONGEST_LABEL = re.compile(r"\s?:\s"), 24
_QUANTITY = re.compile(
    r"\d[\d,.]*(?:㎡|㎞|km|m|억|만|천|조|명|층|개|곳|대|면|호|동|실|건|권|석|원|%|만㎡|월|일|년|분기|시|분|번(?=$|\s))"
)
_BEYOND = 80  # what clings to a name may reach past its sentence
_WORDS_OF_NAME, _LETTERS_OF_NAME = 6, 34


def korean_names(text: str, sentences: Iterable[Sentence]) -> list[Name]:
    """Every name and every word that stands for one, in order; none overlaps another."""
    found: list[Name] = []
    sentences = list(sentences)
    again = Again(text, sentences)
    for sentence in sentences:
        taken = bytearray(sentence.end - sentence.start + _BEYOND)
        for pick in (quoted, again.of, _by_head, _generic, _parts):
            for name in sorted(pick(text, sentence), key=lambda n: n.start - n.end):
                start, end = name.start - sentence.start, name.past - sentence.start
                if not any(taken[start : name.end - sentence.start]):
                    found.append(name)
                    taken[start:end] = b"\1" * (end - start)
    return with_titles(text, sentences, found)


def _by_head(text: str, sentence: Sentence) -> Iterator[Name]:
    for match in BY_HEAD.finditer(text, sentence.start, sentence.end):
        head, end = match[0], match.end()
        begin = _word_start(text, end, sentence.start)
        word = text[begin:end]
        if _is_no_name(text, begin, word, head):
            continue
        start = _name_start(text, (begin, end), head, sentence)
        name = text[start:end]
        unnamed = name != head and _UNNAMED.search(text[max(0, start - 8) : start])
        if unnamed or _OF_A_CALL.match(text, end) or _is_kind(text, start, end):
            continue
        part_only = word == head and _PART_BEFORE.fullmatch(text, start, begin)
        if name == head or (word == head and start == begin) or part_only:
            yield named(text, begin, end, word, head, generic=True)
        elif not _is_too_short(name, head):
            yield named(text, start, end, name, head)


def _is_no_name(text: str, begin: int, word: str, head: str) -> bool:
    """Whether a word only happens to end like a facility, or is a quantity or a part."""
    return (
        (is_no_head(head, word) and not _leads_to(text, begin, word))
        or (_QUANTITY.match(word) is not None and head != "호선")
        or _PART_ALONE.fullmatch(word) is not None
        or word.endswith(("(", "·"))
    )


def _name_start(text: str, word: tuple[int, int], head: str, sentence: Sentence) -> int:
    """Where the name begins whose last word is given."""
    begin, end = word
    if sentence.part is Part.ITEM and _IS_LABEL.match(text, end):
        if end - sentence.start <= _LONGEST_LABEL:
            return sentence.start
    elif text[begin:end] == head and (between := _between(text, sentence.start, begin)):
        return between.start()
    start = _extended(text, begin, sentence.start)
    return begin if _ANY.fullmatch(text, start, begin) else start


def _between(text: str, limit: int, end: int) -> re.Match[str] | None:
    return _BETWEEN.search(text, max(limit, end - _LONGEST_BETWEEN), end)


def _is_kind(text: str, start: int, end: int) -> bool:
    """Whether words say as what something is designated, or what sort of facility is meant.

    “투자선도지구 지정은 2017년 받았다”, “문화체육관광부의 공립박물관 설립 타당성 평가”.
    """
    if _ZONE.match(text, start) and _DESIGNATED.match(text, end):
        return True
    named_after = ROLE.match(text, end) or CONCERNING.match(text, end)
    return _KIND_OF.fullmatch(text, start, end) is not None and not named_after


def _is_too_short(name: str, head: str) -> bool:
    """Whether a single word is too common to be a name."""
    if " " in name:
        return False
    shortest = SHORTEST_ONE_WORD.get(head, 0)
    return len(name) < shortest or (head in NOT_HEADS and len(name) < len(head) + 2)


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
        yield named(text, match.start(), match.end(), head, head, generic=True)
    for match in _THIS.finditer(text, sentence.start, sentence.end):
        word = match[1]
        if not is_no_head(word[-1], word) and text.find(word, 0, sentence.start) > 0:
            yield named(text, match.start(1), match.end(1), word, word, generic=True)


def _parts(text: str, sentence: Sentence) -> Iterator[Name]:
    for match in _PART_ALONE.finditer(text, sentence.start, sentence.end):
        if OWN_DATES.search(match[1]):
            name = named(text, match.start(1), match.end(1), match[1], "", generic=True)
            yield Name(
                name.start, name.end, name.past, "", name.role, "", generic=True, part=match[1]
            )
