"""Lines that were only broken to fit a page, made one again; a page of a PDF knows no others."""

import re
from itertools import pairwise

from db.model.text import words
from tracker.words.cells import cell_len

__all__ = ["unwrapped"]

_FULL = 0.85  # of the widest line: its letters differ in width, and a word may not have fitted
_NEAR = 3  # letters looked at on either side of a break
_FEWEST = 24  # cells below which no line is running text that fills a page
_FINISHED = re.compile(r"[.!?:;][\"'”’)\]]*\s*$")
_OPENS = re.compile(r"\s*(?:[▲△▶▷►■□◆◇○●◎※*·\-‣▪★☆◦]|\d{1,2}[.)]\s|[①-⑳]|[가나다라마바사아][.)]\s)")
_SPLIT_BEFORE = re.compile(r"(?:^|[\s'\"‘“(])([가-힣])$")
_WORDS_OF_ONE = frozenset("올및등중이그저각내전후총약첫새본한두세네수때곳것더또못안잘")
_WORDS = re.compile(
    "|".join(
        words(
            """
            착공 기공 준공 완공 완료 개소 개관 개원 개장 개교 개통 개청 개방 개막 운영 가동 선정
            지정 고시 설계 공모 착수 타당성 조사 용역 공사 건립 건설 조성 구축 설치 이전 시범 센터
            도서관 박물관 미술관 체육관 복지관 기념관 공원 단지 병원 학교 청사 역사 시설 대교 도로
            터널 산단 연구소 거점 사업 예정 계획 목표 방침 전망 일정 올해 내년 지난 오는 이듬해
            상반기 하반기 분기 초순 중순 하순 연말 연내 말까지 시작
            """
        )
    )
)
_SPLIT_AFTER = re.compile(
    r"(?:을|를|은|는|가|의|에서?|으로|로|와|과|께|까지|부터|며|고|된|한|될|할)(?=[\s,.'\"]|$)"
    r"|[됐했었았였졌]|(?:합|됩|입)니|이다|다(?=[\s,.]|는\s)"
)


def unwrapped(text: str) -> str:
    """A page's lines with those joined that make one line of running text.

    A line that fills the page goes on in the next one, unless a sentence ends with it or the
    next one begins an entry of a list. Korean is often broken within a word, and the blank at
    the end of a line is lost: a syllable that is no word by itself, an ending or a particle that
    begins a line, and the halves of a word that is known belong together.
    """
    lines = text.split("\n")
    widths = [cell_len(line.rstrip()) for line in lines]
    least = max(_FEWEST, _FULL * _usual_width(widths))
    joined = lines[:1]
    for (line, width), (follower, _) in pairwise(zip(lines, widths, strict=True)):
        goes_on = width >= least and not _FINISHED.search(line)
        if goes_on and follower.strip() and not _OPENS.match(follower):
            joined[-1] = joined[-1].rstrip() + _between(line, follower) + follower.lstrip()
        else:
            joined.append(follower)
    return "\n".join(joined)


def _usual_width(widths: list[int]) -> int:
    """How wide a full line is; one that sticks out is not taken for it."""
    wide = sorted(widths, reverse=True)
    return wide[min(len(wide) // 20, len(wide) - 1)]


def _between(line: str, follower: str) -> str:
    before, after = line.rstrip(), follower.lstrip()
    alone = _SPLIT_BEFORE.search(before)
    if alone is not None and alone[1] not in _WORDS_OF_ONE and "가" <= after[:1] <= "힣":
        return ""
    in_word = "가" <= before[-1:] <= "힣" and (
        _SPLIT_AFTER.match(after) or _stands_across(before[-_NEAR:], after[:_NEAR])
    )
    return "" if in_word else " "


def _stands_across(before: str, after: str) -> bool:
    """Whether a word that announcements are made of begins in one and ends in the other."""
    return any(word.start() < len(before) < word.end() for word in _WORDS.finditer(before + after))
