"""Titles of an outline: what stands above dated steps is a facility, whatever it ends with."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tracker.press.heads import head_of
from tracker.press.naming import Name
from tracker.press.sentences import Part, Sentence

__all__ = ["with_titles"]

_TITLE = re.compile(
    r"(?!.*(?:일정|계획|현황|개요|경과|기타|총괄|성과|사항|내용|방향|목표|과제|시책|강화|재생|조치|결과|협조|추진|방안|대책|시설|분야|사업비|예산)(?:\(|\s|$))"
    r"([가-힣A-Za-z\d·~\s]{4,30}?)(?:\s?(?:건립|조성|구축|신축|증축|정비|개설|확충|확·?포장)(?:\s?(?:사업|공사))?)?(?:\s?\([^)]*\))?"
)
_DATED_STEP = re.compile(
    r"(?:\d\s?월|'\d{2}|\d{4}|분기|반기|[봄가을겨름]\s)[^\n]{0,24}?(?:착공|준공|완공|개관|개소|개장|개원|개통|설계|조성|가동)"
    r"|(?:착공|준공|완공|개관|개소|개장|개원|개통|설계|가동)[^\n]{0,8}?\s?[:(]?\s?(?:\d{4}|'\d{2}|\d{1,2}월)"
)
_STEP = re.compile(r"착공|준공|완공|개관|개소|개장|개원|개통|설계|가동|\d\s?[년월]|분기|반기")


def with_titles(text: str, sentences: Sequence[Sentence], found: Sequence[Name]) -> list[Name]:
    """The names in order, with those that only their place as a title shows to be one."""
    titles = list(_titles(text, sentences))
    whole = [t for t in titles if not any(_begins(n, t) for n in found)]
    kept = [n for n in found if not any(t.start <= n.start < t.end for t in whole)]
    return sorted([*kept, *whole], key=lambda n: n.start)


def _titles(text: str, sentences: Sequence[Sentence]) -> Iterator[Name]:
    for above, below in pairwise(sentences):
        heads = above.part is below.part is Part.ITEM and above.paragraph < below.paragraph
        if not heads or not _DATED_STEP.search(below.text) or _STEP.search(above.text):
            continue
        title = _TITLE.fullmatch(above.text)
        if title:
            start, end = above.start + title.start(1), above.start + title.end(1)
            head = head_of(text[start:end])
            yield Name(start, end, end, title[1], "topic", head, quoted=True)


def _begins(name: Name, title: Name) -> bool:
    return name.start == title.start and not name.generic
