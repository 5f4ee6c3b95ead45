"""Names in quotation marks, and the same names where they stand without them later on."""

import re
from collections.abc import Iterable, Iterator

from db.model.text import words
from tracker.announcements.names.candidates import FOREIGN, FORMAL, Name, named
from tracker.announcements.names.facility_words import NOT_NAMES, PARTS
from tracker.announcements.names.heads import AFTER, head_of
from tracker.announcements.text.sentences import Part, Sentence

__all__ = ["Again", "quoted"]

_CALLED_SO = re.compile(r"['\"]\s(?:사업\s)?공모")
_QUOTED = re.compile(r"(?<![A-Za-z0-9])(['\"])(?!\d{2}\s?[.년])([^'\"\n]{2,45})\1")
_TITLE_OF = re.compile(  # “개관기념전 「비단의 길」”
    r"(?:[념별획대험품진]전|전시(?:회)?|공연|축제|연극|영화|뮤지컬|노래|도서|책|강좌|프로그램|캠페인|대회|행사|브랜드|구호|주제|슬로건|목표)\s?$"
)
_BEGINS = re.compile(  # “아카데미는”, of one that was quoted
    r"(?:(?<=[.\n] )|(?<=\n)|(?<=, ))([가-힣]{2,6}?)(?=(?:은|는|이|가|도)\s)"
)
_PART_OF = re.compile(rf"\s{PARTS}$")
_BUILT = re.compile(
    r"(?:은|는|이|가|을|를|도)\s[^.\n'\"]{0,14}?(?:짓[는기고]|지을|지어|세우|세울|건립|신축|들어서|들어선|들어설)|(?:은|는|이|가)\s[^.\n'\"]{0,24}?(?:착공|첫\s삽|기공|준공|완공|개관|개소(?!식)|리모델링|문을\s[열연])"
)
_QUOTED_HEADS = words("시설 랩 터 집 길 항 홀 존 몰 촌 누리관 교육장 연습장 체험장 전시실 연구실")
_SHORTEST_COINED, _MOST = 4, 40


def quoted(text: str, sentence: Sentence) -> Iterator[Name]:
    """What stands in quotation marks in a sentence, names and what is none."""
    for match in _QUOTED.finditer(text, sentence.start, sentence.end):
        inside = match[2].strip()
        if match[1] == '"' and sentence.in_speech(match.start() + 1):
            continue
        bare = re.sub(r"\([^)]*\)", "", FORMAL.sub("", inside)).strip()
        whole = _PART_OF.sub("", bare)
        head = head_of(whole) or next((h for h in _QUOTED_HEADS if whole.endswith(h)), "")
        if _CALLED_SO.match(text, match.end() - 1):
            continue
        if _TITLE_OF.search(text, max(sentence.start, match.start() - 8), match.start()):
            yield named(text, match.start() + 1, match.end() - 1, bare, FOREIGN, generic=True)
            continue
        told = sentence.part is not Part.HEADLINE  # headlines quote any word
        coined = told and match[1] == "'" and _could_be_coined(bare)
        start = text.index(match[2][0], match.start() + 1)
        coined = coined or (told and match[1] == "'" and _is_built(text, match.end()))
        if len(bare) > 1 and (head or coined):
            yield named(text, start, match.end() - 1, bare, head, quoted=True)
        elif match[1] == "'":
            yield named(text, start, match.end() - 1, bare, FOREIGN, generic=True)


def _is_built(text: str, end: int) -> bool:
    """Whether what is quoted is said to be built or opened, whatever it is called."""
    return _BUILT.match(text, end) is not None


class Again:
    """Names that end in no known word, wherever they stand without quotation marks later on."""

    def __init__(self, text: str, sentences: Iterable[Sentence]) -> None:
        """Note the quoted names of an article that end in no known word."""
        found = (n for s in sentences for n in quoted(text, s) if not n.generic)
        odd = dict.fromkeys(n.text for n in found if n.head in {"", *_QUOTED_HEADS})
        called = "|".join(map(re.escape, [n for n in odd if len(n) >= _SHORTEST_COINED][:_MOST]))
        self._pattern = re.compile(rf"(?<![가-힣\w'])(?:{called}){AFTER}") if called else None
        self._ends = tuple(n for n in odd if " " in n or len(n) > _SHORTEST_COINED)[:_MOST]

    def of(self, text: str, sentence: Sentence) -> Iterator[Name]:
        """Those of one sentence."""
        if self._pattern is not None:
            for match in self._pattern.finditer(text, sentence.start, sentence.end):
                head = next((h for h in _QUOTED_HEADS if match[0].endswith(h)), "")
                yield named(text, *match.span(), match[0], head)
        for match in _BEGINS.finditer(text, sentence.start, sentence.end):
            if any(name.endswith(match[1]) and name != match[1] for name in self._ends):
                yield named(text, *match.span(1), match[1], match[1], generic=True)


def _could_be_coined(name: str) -> bool:
    """Whether quoted words without a known ending may still name a facility."""
    if name.endswith(NOT_NAMES) or len(name) > 20:  # noqa: PLR2004
        return False
    if re.search(
        r"[.,!?…]|[다요죠까네자]$|(?:하는|되는|위한|으로|에서|하자|까지)(?:\s|$)|\d%", name
    ):
        return False
    return any("가" <= c <= "힣" or c.isascii() for c in name)
