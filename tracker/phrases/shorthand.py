"""What tables abbreviate for want of room, written out: 27.상, ’27.3Q, 2027.1/4, 27.12월限.

Only signs that follow a year, or end a date, are written out, so that nothing that is said in
full changes its meaning.
"""

import re
from functools import cache

from db.model.period import Period
from tracker.phrases.errors import PhrasePartError
from tracker.phrases.numerals import two_digit_year

__all__ = ["written_out"]

_SIGNS = re.compile(r"[상하전후上下半末初限한qQ/:년ivIV말초]")
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
    if not _SIGNS.search(phrase):
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
