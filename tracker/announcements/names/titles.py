"""Titles of an outline: what stands above or before dated steps is one, whatever it ends with."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tracker.announcements.names.candidates import Name
from tracker.announcements.names.heads import head_of
from tracker.announcements.text.sentences import Part, Sentence

__all__ = ["with_titles"]

_NO_PLAN = (  # titles of what is no facility
    r"(?![^:(]*(?:일정|계획|현황|개요|경과|기타|총괄|성과|사항|내용|방향|목표|과제|시책|강화|재생|조치|결과|협조|추진|방안"
    r"|대책|분야|사업비|예산|시설명|시기|기간|장소|문의|일시|대상|규모|위치|변경|당초|향후|구간)(?:\(|\s|:|$))"
)
_CALLED = r"([가-힣A-Za-z\d·~\s]{4,30}?)"
_TITLE = re.compile(
    rf"{_NO_PLAN}{_CALLED}(?:\s?(?:건립|조성|구축|신축|증축|정비|개설|확충|확·?포장)(?:\s?(?:사업|공사))?)?(?:\s?\([^)]*\))?"
)
_LABEL = re.compile(rf"{_NO_PLAN}{_CALLED}\s?(?:\([^)]*\))?\s?:\s")
_TELLS = re.compile(r"[다요까]\.")
_AMOUNT = re.compile(r"\d\s?(?:억|만|천|백|원|㎡|명|%|km|㎞|m\b|층|면|실|건|개|곳|대|석)")
_MORE = re.compile(r"\s[가-힣\d]{2,10}[동관실장원소터당역교로길숲]")
_SPEAKER = re.compile(
    r"(?:[국과실팀단소원]장|의원|위원|위원장|시장|군수|구청장|본부장|의장|교육장|관계자|대표|교수|박사|답변?|질[문의])$"
)
_STEP = re.compile(r"착공|준공|완공|개관|개소|개장|개원|개통|설계|가동|\d\s?[년월]|분기|반기")
_DATED_STEP = re.compile(
    r"(?:\d\s?월|'\d{2}|\d{4}|\d\.\d|분기|반기|연말|[봄가을겨름]\s)[^\n]{0,24}?(?:착공|준공|완공|개관|개소|개장|개원|개통|설계|조성|가동|공사)"
    r"|(?:착공|준공|완공|개관|개소|개장|개원|개통|설계|가동)[^\n]{0,8}?\s?[:(]?\s?(?:\d{4}|'\d{2}|\d{1,2}월)"
)


def with_titles(text: str, sentences: Sequence[Sentence], found: Sequence[Name]) -> list[Name]:
    """The names in order, with those that only their place as a title shows to be one."""
    titles = [*_above(text, sentences), *_before(text, sentences)]
    whole = [t for t in titles if not any(_begins(n, t) for n in found)]
    kept = [n for n in found if not any(t.start <= n.start < t.end for t in whole)]
    return sorted([*kept, *whole], key=lambda n: n.start)


def _above(text: str, sentences: Sequence[Sentence]) -> Iterator[Name]:
    """Lines over a line of dated steps."""
    for above, below in pairwise(sentences):
        heads = above.part is below.part is Part.ITEM and above.paragraph < below.paragraph
        if not heads or not _DATED_STEP.search(below.text) or _STEP.search(above.text):
            continue
        title = None if _AMOUNT.search(above.text) else _TITLE.fullmatch(above.text)
        if title:
            yield _name(text, above.start + title.start(1), above.start + title.end(1))


def _before(text: str, sentences: Sequence[Sentence]) -> Iterator[Name]:
    """What stands before a colon in a line of dated steps."""
    for line in sentences:
        label = _LABEL.match(line.text) if line.part is Part.ITEM else None
        if label is None or _SPEAKER.search(label[1]) or _TELLS.search(line.text):
            continue
        if not _STEP.search(label[1]) and _DATED_STEP.search(line.text, label.end()):
            yield _name(text, line.start + label.start(1), line.start + label.end(1))


def _name(text: str, start: int, end: int) -> Name:
    name = text[start:end]
    return Name(start, end, end, name, "topic", head_of(name), quoted=True)


def _begins(name: Name, title: Name) -> bool:
    """Whether a name says as much as the title does, but for what is done there."""
    rest = title.text[name.end - title.start :]
    return name.start == title.start and not name.generic and not _MORE.fullmatch(rest)
