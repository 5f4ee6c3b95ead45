"""The day that is printed on an article: its stamp, its dateline, or its head."""

# ruff: noqa: E501 - a pattern that is a list of words stays on its line

import re
from dataclasses import dataclass
from datetime import date

from tracker.announcements.text.plain import LONGEST, folded
from tracker.phrases import UnreadablePhraseError, read

__all__ = ["Stamp", "stamp_of", "stamp_of_head"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A printed day, with the words that say it."""

    day: date
    words: str


_DAY = r"([12]\d{3})\s?(?:[.\-/]|년)\s?(\d{1,2})\s?(?:[.\-/]|월)\s?(\d{1,2})(?:일|\.)?(?!\d)"
_NUMERIC = re.compile(_DAY)
_ENGLISH = (
    r"((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2},?\s[12]\d{3}"
    r"|\d{1,2}\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?\s[12]\d{3})"
)
_WAYS: tuple[re.Pattern[str], ...] = (
    re.compile(
        rf"(?:기사\s?입력|최초\s?입력|입력|등록|게재|송고|작성일?|게시일?|배포일?|제공일|발행일?|보도일시|승인)\s?(?:일시|일자|시간|시각)?\s?[:|]?\s?\(?{_DAY}"
    ),
    re.compile(rf"(?:Published|Posted|Released|Date)\s?(?:on)?\s?:?\s?{_ENGLISH}", re.IGNORECASE),
    re.compile(rf"{_DAY}\s+\d{{1,2}}:\d{{2}}"),
    re.compile(rf"(?:수정|최종\s?수정|업데이트)\s?[:|]?\s?{_DAY}"),
    re.compile(rf"(?:Updated|Modified|Last updated)\s?(?:on)?\s?:?\s?{_ENGLISH}", re.IGNORECASE),
    re.compile(
        rf"^[^\S\n]*(?:[가-힣A-Za-z ]{{1,20}}\s)?[\[(<|]?\s?{_DAY}\s?(?:\([월화수목금토일]\))?\s?(?:조회수?\s?:?\s?\d+)?\s?[\])>|]?[^\S\n]*$",
        re.MULTILINE,
    ),
    re.compile(rf"^[A-Z][A-Za-z ,.]{{2,60}},?\s{_ENGLISH}", re.MULTILINE),
    re.compile(rf"^[^\S\n]*{_ENGLISH}[^\S\n]*$", re.MULTILINE),
)
"""The surest first: 입력 before a bare stamp, that before 수정."""

_YEARS = range(1950, 2200)


def stamp_of(text: str) -> Stamp | None:
    """The day printed in the text of an article, if it is printed there as one."""
    plain = folded(text[:LONGEST])
    for way in _WAYS:
        for found in way.finditer(plain):
            day = _day(found)
            if day is not None:
                words = text[found.start() : found.end()]
                return Stamp(day, " ".join(words.split()))
    return None


def stamp_of_head(published: str) -> Stamp | None:
    """The day in the head of a page (`article:published_time`)."""
    found = _NUMERIC.search(published[:60])
    day = _day(found) if found else None
    return Stamp(day, published[:40].strip()) if day else None


def _day(found: re.Match[str]) -> date | None:
    parts = [g for g in found.groups() if g]
    if len(parts) == 1:
        return _english_day(parts[0])
    try:
        day = date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def _english_day(words: str) -> date | None:
    try:
        period = read(words, date(2000, 1, 1))
    except UnreadablePhraseError:
        return None
    return period.earliest if period.earliest == period.latest else None
