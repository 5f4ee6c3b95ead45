"""What stands beside the date in a cell: the step, that it is done, that it is expected.

The words may stand before or behind the date, in brackets or not: `2024.5 준공`, `준공(2024.5)`,
`24.5 완`, `완료 ’24.5` and `2024. 5월 준공완료` say the same.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from db.model.records import Kind
from tracker.exchange.tables.heading_words import LESSER_STEPS, STEPS
from tracker.phrases.korean import TABLE
from tracker.phrases.tokens import Kind as Piece

__all__ = ["Marks", "marks_of", "other_step", "part_of_step"]

_FOR = {
    word: kind
    for words in (STEPS, LESSER_STEPS)
    for kind, said in words.items()
    for word in said
    if not word.isascii() and not word.startswith(("임시", "가"))
}
_STEP = "|".join(sorted(_FOR, key=len, reverse=True))
_WHOLE = "정식|본격|최종|전체|공사|시설|건물|사업"  # of the step itself, not of a part of it
_DID = "완료|종료|마침|됨|함|되었음|됐음|하였음|했음|필|완|完|처리"
_FREE = (  # not inside of a word; a date may cling to what follows it
    r"(?:(?<![가-힣])|(?<=\d[년월일])|(?<=[반분]기)|(?<=[월년]말)|(?<=월초)|(?<=[상중하]순)|(?<=월중))"
)
_END = r"(?![가-힣])"
_THEN = r"(?!\s*(?:후|시|전|뒤|이후|되면|필요|대기|못|안|불))"  # 보상 완료 후 is not done
_DONE = re.compile(
    rf"{_FREE}(?:(?:{_WHOLE})\s*)*(?P<step>(?:旣|기)?\s*(?:{_STEP}))\s*(?:{_DID})(?:됨|함|했음|하였음)?{_END}"
    rf"|{_FREE}(?:旣|기)\s*(?P<early>{_STEP}){_END}"
    rf"|{_FREE}(?:旣|기)?\s*(?:공사|사업|시설)?\s*(?:완료|종료){_THEN}"
    rf"(?:됨|함|되었음|하였음|했음|일자|일)?{_END}"
    rf"|{_FREE}(?:완|完|실적|실제){_END}"
    r"|[✓✔☑√✅]|\b(?:done|completed|finished|opened|actual)\b",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    rf"(?P<step>{_FREE}(?:{_STEP}))?\s*(?:완료\s*)?"
    rf"(?:예정|계획|목표|예상|변경|현재|전망|잠정|추진)(?:일자|일|임|됨|안|로)?{_END}"
    r"|[(（]\s*안\s*[)）]|\b(?:planned|expected|plan)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"{_FREE}(?:(?:{_WHOLE})\s*)*(?P<step>{_STEP})"
    rf"(?:식|일자|일|시기|년월|월|연도)?(?:\s*(?:개최|거행|행사))?[을를은는이가]?{_END}"
)
_MOVED = re.compile(
    rf"{_FREE}(?:연기|순연|지연|조정)(?:됨|함)?{_END}|(?<=[가-힣\d])(?:으로|로)\s*(?:연기|순연|조정)"
)
_PLAIN = re.compile(r"[\d\s./'’‘~-]+")  # a date alone
_NEUTRAL = re.compile(rf"{_FREE}(?:공사|사업|시설){_END}")
_DAY_OF_WEEK = re.compile(r"[(（]\s*([월화수목금토일])\s*[)）]")
_BRACKETS = re.compile(r"[()（）\[\]【】<>〈〉]")
_KEPT = re.compile("⟨(.)⟩")
_EVENTS = re.compile(
    "|".join(
        sorted(
            (w for token, words in TABLE if token.kind is Piece.EVENT for w in words.split("|")),
            key=len,
            reverse=True,
        )
    )
)
_ALIKE = {Kind.OPENING, Kind.OPERATION}
_BOTH = re.compile("준공개관|개관준공")


@dataclass(frozen=True, slots=True)
class Marks:
    """What a cell says beside its date.

    Attributes:
        rest: What is left when all of it is taken away: the date.
        done: It says that it happened.
        expected: It says that it is yet to come.
        moved: It says that the date is a new one.
        steps: The steps that it names.
    """

    rest: str
    done: bool
    expected: bool
    moved: bool
    steps: tuple[str, ...]


def _trimmed(text: str) -> str:
    rest = " ".join(text.split()).strip(" ,:：·;/_")
    return rest.removesuffix("~").rstrip() if rest.count("~") == 1 else rest


@lru_cache(4096)
def marks_of(text: str) -> Marks:
    """Part a cell into its date and the words around it, in whatever order they stand."""
    if _PLAIN.fullmatch(text):
        return Marks(_trimmed(text), done=False, expected=False, moved=False, steps=())
    steps: list[str] = []

    def taken(match: re.Match[str]) -> str:
        found = match.groupdict()
        step = found.get("step") or found.get("early")
        if step:
            steps.append(re.sub(r"^[旣기]?\s+|^旣", "", step))
        return " "

    rest, expected = _EXPECTED.subn(taken, text)
    rest, done = _DONE.subn(taken, rest)
    rest, _ = _NAMED.subn(taken, rest)
    rest, moved = _MOVED.subn(" ", rest)
    rest = _NEUTRAL.sub(" ", rest)
    if rest != text:
        rest = _DAY_OF_WEEK.sub(r"⟨\1⟩", rest)
        rest = _KEPT.sub(r"(\1)", _BRACKETS.sub(" ", rest))
    return Marks(
        _trimmed(rest), bool(done) and not expected, bool(expected), bool(moved), tuple(steps)
    )


def other_step(marks: Marks, kind: Kind | None) -> str | None:
    """The first step that a cell names and that is not its column's; None where there is none."""
    others = (step for step in marks.steps if kind is not None and not _is_of(step, kind))
    return next(others, None)


def part_of_step(marks: Marks) -> str | None:
    """What a cell says of a part of a step, 부분준공 or 시범운영; None where it does not."""
    left = re.search(rf"[가-힣]*(?:{_EVENTS.pattern})[가-힣]*", marks.rest)
    return left[0] if left else None


def _is_of(step: str, kind: Kind) -> bool:
    """Whether a word names this kind of step; offices do not tell an opening from operation."""
    named = _FOR.get(step) or _FOR.get(step.removeprefix("기"))
    if named in {None, kind} or _BOTH.fullmatch(step):
        return True
    return {named, kind} == _ALIKE
