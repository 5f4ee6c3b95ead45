"""A name with what clings to it: quotation marks, a remark, a part, a particle."""

# ruff: noqa: E501 - a pattern that is a list of words stays on its line

import re
from dataclasses import dataclass

from db.model.text import words
from tracker.announcements.names.facility_words import PARTS
from tracker.announcements.names.heads import PARTICLE, head_of

__all__ = [
    "BOTH",
    "CONCERNING",
    "FOREIGN",
    "FORMAL",
    "NEXT_NAMED",
    "OWN_DATES",
    "ROLE",
    "Name",
    "name_key",
    "named",
]

_AROUND = re.compile(r"'?\"?\s?(?:\(([^()\n]{1,40})\))?")
_PART_AFTER = re.compile(rf"\s?({PARTS})(?![가-힣]*기)")
OWN_DATES = re.compile(r"공구|구간|단지|호기|블록")
ROLE = re.compile(rf"{PARTICLE}(?=[^가-힣\w]|$)")
_THROUGH = re.compile(
    r"(?:\s[가-힣\d]{2,8}\s?[~\-]\s?[가-힣\d]{2,8}(?:\s(?:구간|노선))?)?"
    r"(?:\s\d단계|\s\d[\d.,]*\s?(?:㎞|km|m)|\s\d+(?:홀|면|동|개|호|실|층|기|레인|병상))?\s?"
    r"(?:건립|조성|구축|신축|증축|증설|확장|확·포장|확포장|이전|개발|정비|리모델링"
    r"|재건축|현대화|건설|개축|이전\s?신축|신·증축|유치)?"
    r"\s?(?:사업|공사|공모|용역|건립사업|조성사업|개선공사)?(은|는|이|가|을|를|의|도)(?=\s)"
)
_BECOMES = re.compile(
    r"\s(?:[가-힣]{1,4}\s)?(?:탈바꿈|바뀌|바뀐|바꾼|바꾸|바꿔|바꿀|변신|변모|쓴다|쓰기로|쓰일|쓰인|활용|거듭|재탄생|(?:다시|새로) 태어"
    r"|새 단장|꾸미|꾸민|꾸며|고쳐|조성|전환|되살|재생|리모델링)"
)
_INSIDE = re.compile(r"\s(?:들어서|마련되|배치되|놓이|갖춰지)[며고]")
_CONTAINED = re.compile(
    r"\s(?:[가-힣]{1,4}\s)?(?:갖[추춘출춰췄]|포함|비롯|더[하한해]|품[은고]|겸[하한비]|둔\s|두고|넣|잇[는은고]|[이연]결)"
)
_FITTED = re.compile(r"\s(?:[가-힣]{1,4}\s)?(?:꾸[미며민]|만들|마련|들[이여]|설치|배치)")
_CHOSEN_AS = re.compile(r"\s?(?:최종\s)?(?:후보지|대상지|예정지|적지|입지)(?:로|으로)(?=\s)")
CONCERNING = re.compile(  # “도서관에 대해 말씀드리겠습니다”, “도서관 말입니다”
    r"(?:에\s(?:대해|대하여|대한\s(?:질|답|말|보)|관해|관하여|관한\s(?:질|답|말|보))|[와과]\s관련"
    r"|\s?관련(?:해|하여|\s(?:질|답|말|보))|\s말(?:입니다|이에요|씀|이죠|인데)|\s건(?:입니다|은|에)|\s하나만|요[?.]|부터\s(?:말|보고|답|설명))"
)
FORMAL = re.compile(r"^\(?가칭\)?\s*|\s*\(?가칭\)?$")
BOTH = "both"
"""Head of what stands for all that were named together last."""
NEXT_NAMED = "next"
"""Head of what a first sentence leaves unnamed (“a center for …”): the first that is named."""
FOREIGN = "\0"
"""Head of what is named but is no facility, and stands for none either."""

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
    bare = re.sub(r"[\s·,.\-_()'\"~]+", "", FORMAL.sub("", text)).casefold()
    return bare.replace("산업단지", "산단").replace("솔루션", "설루션").replace("centre", "center")


def named(
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
    role = ROLE.match(text, past)
    word = role[0] if role else ""
    if quoted and not word and text.startswith(".", past):
        word = "다"  # “눈에 띄는 것은 '가람 센터'.”
    if not word and (chosen := _CHOSEN_AS.match(text, past)):
        word, past = "로", chosen.end() - 1
    through = None if word else _THROUGH.match(text, past)
    if through:
        word, past = through[1], through.end() - len(through[1])
    if CONCERNING.match(text, past):
        word = "은"
    inside = _only_inside(text, past, word, quoted=quoted, generic=generic)
    becomes = word in {"로", "으로"} and _BECOMES.match(text, past + len(word)) is not None
    return Name(
        start,
        end,
        past + len(word) * text.startswith(word, past),
        FORMAL.sub("", name).strip(),
        "object" if becomes else "place" if word in _PLACE or inside else _ROLES.get(word, ""),
        head,
        quoted,
        generic,
        part[1] if part and _has_own_dates(text, part, quoted=quoted) else "",
        remark if _is_alias(remark) else "",
    )


def _has_own_dates(text: str, part: re.Match[str], *, quoted: bool) -> bool:
    """Whether a part has steps of its own: a section, or a stage that the sentence is about."""
    if OWN_DATES.search(part[1]):
        return True
    return quoted and "단계" in part[1] and _STAGE.match(text, part.end()) is not None


_STAGE = re.compile(r"(?:\s(?:구간|현장|공사|사업|부지))?(?:은|는|이|가|을|를|의|에서)\s")


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
