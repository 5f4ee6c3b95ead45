"""From text to tokens: the longest known word at each place, and numbers with their units."""

import re
import unicodedata
from functools import cache

from db.model.period import Period
from db.model.text import clean
from tracker.phrases.english import TABLE as ENGLISH
from tracker.phrases.errors import PhrasePartError
from tracker.phrases.korean import MARKS, PARTICLES, WEEKDAYS
from tracker.phrases.korean import TABLE as KOREAN
from tracker.phrases.numerals import numeric_date, two_digit_year
from tracker.phrases.tokens import Kind, Token

__all__ = ["LONGEST", "plain", "tokens_of", "word_at", "written_out"]

_ABBREVIATED = re.compile(r"[상하전후上下半末初限한qQ/:년ivIV말초]")
_YEAR = r"(?<![\d.,/'-])('?)(\d{2}|\d{4})(?:년도?)?"
_BETWEEN = r"(?:\s*\.\s*|[-/]|\s?)"  # a hyphen with blanks is a range
_HALVES = {"상": "상", "上": "상", "하": "하", "下": "하", "전": "전", "후": "후"}
_MONTHS = 12
_FULL = 4  # digits of a year
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    end = r"(?![가-힣\w])"
    return {
        "half": re.compile(rf"{_YEAR}{_BETWEEN}([상하上下])(?:반기|半期|半)?{end}"),
        "second": re.compile(rf"([상하]반기)(\s*[~·/-]\s*)([상하上下])(?:반기|半期)?{end}"),
        "quarter": re.compile(
            rf"{_YEAR}{_BETWEEN}(?:q([1-4])|([1-4])q)(?![a-z\d]|\s*['\d])", re.IGNORECASE
        ),
        "fourth": re.compile(rf"{_YEAR}(\s*\.\s*|\s+)([1-4])\s*/\s*4(?!\s*분기|\d|[./])"),
        "roman": re.compile(r"(?<![a-z])(i{1,3}|iv)(?=\s*/?\s*4?\s*분기)", re.IGNORECASE),
        "part": re.compile(rf"{_YEAR}\s*\.\s*([말초])(?![가-힣])"),
        "time": re.compile(r"(\d)(?:t| )00:00(?::00(?:\.0+)?)?$", re.IGNORECASE),
        "limit": re.compile(r"(?<=[\d월일년기말초순.])\s*[限한]$"),
        "halves": re.compile(r"[上下](?=半期|반기)"),
    }


_PARTS = str.maketrans({"末": "말", "初": "초"})


def written_out(phrase: str) -> str:
    """Return the phrase with the abbreviations of tables in full.

    Raises:
        PhrasePartError: A quarter that may as well be a day: 2027년 1/4.

    >>> written_out("'27.하"), written_out("27.12월限")
    ('2027년 하반기', '27.12월까지')
    """
    if not _ABBREVIATED.search(phrase):
        return phrase
    at = _patterns()
    text = at["time"].sub(r"\1", phrase.translate(_PARTS))
    text = at["halves"].sub(lambda m: _HALVES[m[0]], text).replace("半期", "반기")
    text = at["half"].sub(lambda m: _after_year(m, f"{_HALVES[m[3]]}반기"), text)
    text = at["second"].sub(lambda m: f"{m[1]}{m[2]}{_HALVES[m[3]]}반기", text)
    text = at["quarter"].sub(lambda m: _after_year(m, f"{m[3] or m[4]}분기"), text)
    text = at["fourth"].sub(_fourth, text)
    text = at["roman"].sub(lambda m: str(_ROMAN[m[1].lower()]), text)
    text = at["part"].sub(lambda m: _after_year(m, m[3]), text)
    return at["limit"].sub("까지", text)


def _after_year(match: re.Match[str], rest: str) -> str:
    """A year and what follows it in full; as it was where the digits are no year."""
    year = _year(match)
    return match[0] if year is None else f"{year}년 {rest}"


def _year(match: re.Match[str]) -> int | None:
    """Two digits are a year where they can be no month, or are marked as one."""
    digits = match[2]
    if len(digits) == _FULL:
        return int(digits)
    marked = match[1] or match[0].startswith(f"{digits}년")
    return two_digit_year(int(digits)) if marked or int(digits) > _MONTHS else None


def _fourth(match: re.Match[str]) -> str:
    """2027.1/4 is a quarter; 2027년 1/4 may be the fourth of January as well."""
    year = _year(match)
    if year is None:
        return match[0]
    quarter = int(match[4])
    if "." not in match[3]:
        readings = (Period.parse(f"{year}-{32 + quarter}"), Period.parse(f"{year}-0{quarter}-04"))
        raise PhrasePartError(f"“{match[0]}” can be read in 2 ways", match[0], readings)
    return f"{year}년 {quarter}분기"


LONGEST = 200
"""No date takes more letters than this; what is longer is refused unread."""

_LETTERS = re.compile("([\u3131-\u318e]+)")
"""Letters of Hangul on their own, which a person would not know again after NFKC."""

_SAME_SIGN = str.maketrans(
    {
        **dict.fromkeys("‘’‛`´ʼ′", "'"),
        **dict.fromkeys('“”„"「」『』', " "),
        **dict.fromkeys("∼〜〰˜", "~"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("ㆍ‧・•∙⋅", "·"),
        **dict(zip("年月日", "년월일", strict=True)),
    }
)
_SIGNS = {
    "~": Token(Kind.RANGE),
    "·": Token(Kind.OR),
    "/": Token(Kind.HYPHEN),
    ",": Token(Kind.COMMA),
}
_NOTHING = frozenset("().")
_EDGE = frozenset(" ,.~-)(/·")


def plain(text: str) -> str:
    """Return `text` with full-width digits, curly quotes and long dashes made plain.

    Raises:
        PhrasePartError: There is nothing in it, or far too much.
    """
    if len(text) > LONGEST:
        raise PhrasePartError(f"it is longer than {LONGEST} letters")
    parts = _LETTERS.split(clean(text).translate(_SAME_SIGN))  # letters at the odd places
    parts[::2] = (unicodedata.normalize("NFKC", part) for part in parts[::2])
    same = " ".join("".join(parts).split())
    if not same:
        raise PhrasePartError("it is empty")
    return same


def tokens_of(phrase: str, year: int) -> list[Token]:
    """Cut a phrase that `plain` has made into its tokens; `year` is the reference year.

    Raises:
        PhrasePartError: A word is no part of a date, or a number cannot be one.
    """
    low = "".join(c.lower() if len(c.lower()) == 1 else c for c in phrase)
    found: list[Token] = []
    at = 0
    while at < len(low):
        if low[at] == " " or (low[at] in _NOTHING and low[at : at + 2] != ".."):
            weekday = _bracketed_weekday(low, at)
            at += weekday[1] if weekday else 1
            found += weekday[:1] if weekday else ()
            continue
        pieces, length = (
            numeric_date(low, at, year) or _coded(low, at) or _counted(low, at) or _worded(low, at)
        )
        if not length:
            raise PhrasePartError.unknown(word_at(phrase, at))
        shown = phrase[at : at + length].strip()
        found += [piece._replace(word=shown) for piece in pieces]
        at += length
    return found


def word_at(phrase: str, at: int) -> str:
    """The whole word around a place, without the punctuation at its ends."""
    start = phrase.rfind(" ", 0, at + 1) + 1
    end = phrase.find(" ", at)
    word = phrase[start : end if end >= 0 else len(phrase)].strip(",.()'")
    return word or phrase[at]


def _bracketed_weekday(low: str, at: int) -> tuple[Token, int] | None:
    """Read “(화)”, which is said beside a day and nowhere else."""
    day = low[at + 1 : at + 2]
    if low[at] != "(" or low[at + 2 : at + 3] != ")" or day not in WEEKDAYS:
        return None
    return Token(Kind.WEEKDAY, WEEKDAYS.index(day), word=day), 3


@cache
def _code_pattern() -> re.Pattern[str]:
    return re.compile(r"(?:([qh])([1-4])|([1-4])([qh]))(?:'?(\d\d)(?!\d))?(?![a-z])")


def _coded(low: str, at: int) -> tuple[tuple[Token, ...], int] | None:
    """Read Q3, 2Q, H1 and 1H26."""
    match = _code_pattern().match(low, at)
    if match is None:
        return None
    letter, n = match[1] or match[4], int(match[2] or match[3])
    if letter == "q":
        span = Token(Kind.SPAN, 32 + n, "quarter", latin=True)
    elif n <= 2:  # noqa: PLR2004 - a year has two halves
        span = Token(Kind.SPAN, 39 + n, "half", latin=True)
    else:
        return None
    year = (Token(Kind.YEAR, 2000 + int(match[5]), "digits"),) if match[5] else ()
    return (span, *year), len(match[0])


def _counted(low: str, at: int) -> tuple[tuple[Token, ...], int] | None:
    """Read a number and the unit that clings to it: 2026년, 6월, 3분기, 15th, 2."""
    end = at
    while end < len(low) and "0" <= low[end] <= "9":
        end += 1
    if end == at:
        return None
    digits = low[at:end]
    if len(digits) > 4:  # noqa: PLR2004 - years have four digits
        raise PhrasePartError.unknown(word_at(low, at))
    n = int(digits)
    for ending in ("st", "nd", "rd", "th"):
        if low.startswith(ending, end) and not low[end + 2 : end + 3].isalpha():
            return (Token(Kind.ORDINAL, n, latin=True),), end + 2 - at
    gap = end + (low[end : end + 1] == " ")
    for mark, token in MARKS:
        if low.startswith(mark, gap):
            if token.kind is Kind.SPAN:
                _check_quarter(n, digits + mark)
            name = token.name or ("digits" if len(digits) == 4 else "")  # noqa: PLR2004
            return (token._replace(n=n, name=name),), gap + len(mark) - at
    if len(digits) == 4:  # noqa: PLR2004
        return (Token(Kind.YEAR, n, "digits"),), end - at
    return (Token(Kind.NUMBER, n),), end - at


def _check_quarter(n: int, word: str) -> None:
    if word == "3·4분기":  # the third of four, or the third and the fourth
        raise PhrasePartError.vague(word)
    if n > 4:  # noqa: PLR2004 - a year has four; 33 is EDTF's code and nothing that is said
        raise PhrasePartError(f"there is no quarter {n}", word)


@cache
def _words() -> dict[str, tuple[tuple[str, Token], ...]]:
    """Every word by its first letter, the longest first."""
    by_letter: dict[str, list[tuple[str, Token]]] = {}
    for table in (KOREAN, ENGLISH):
        for token, words in table:
            for word in words.split("|"):
                full = token._replace(latin=word.isascii())
                by_letter.setdefault(word[0], []).append((word, full))
    return {c: tuple(sorted(ws, key=lambda w: -len(w[0]))) for c, ws in by_letter.items()}


def _worded(low: str, at: int) -> tuple[tuple[Token, ...], int]:
    """Read the longest known word, an ending that clings to the word before, or a sign."""
    for word, token in _words().get(low[at], ()):
        end = at + len(word)
        if low.startswith(word, at) and not (word[-1].isascii() and _letter(low, end)):
            return (token,), end - at
    if at and low[at - 1] != " ":
        for ending in PARTICLES:
            end = at + len(ending)
            if low.startswith(ending, at) and (end == len(low) or low[end] in _EDGE):
                return (), end - at
    if low.startswith("..", at):
        return (Token(Kind.RANGE),), 2
    if low[at] == "-":
        loose = low[at - 1 : at] in {"", " "} or low[at + 1 : at + 2] in {"", " "}
        return (Token(Kind.RANGE if loose else Kind.HYPHEN),), 1
    sign = _SIGNS.get(low[at])
    return ((sign,), 1) if sign else ((), 0)


def _letter(low: str, at: int) -> bool:
    return at < len(low) and low[at].isascii() and low[at].isalpha()
