"""Neighbouring tokens that are one thing: next + month, third + quarter, 2년 + 뒤."""

from tracker.phrases.errors import PhrasePartError
from tracker.phrases.numerals import two_digit_year
from tracker.phrases.tokens import Kind, Token

__all__ = ["joined"]

_MONTHS_IN_YEAR = 12
_WINTER = 24  # winter 2026-2027 is one winter
_CODES_FROM = 21  # smaller numbers are not EDTF codes yet
_SHORT_YEARS = range(20, 100)  # ’26년 내 is a year, 2년 내 a span of time
_AIMS = {"coming": 1, "next": 1, "last": -1, "this": 0, "same": 0}
_SPANS = {("quarter", n): 32 + n for n in range(1, 5)} | {("half", n): 39 + n for n in (1, 2)}
_AFTER_COUNT = frozenset({Kind.LATER, Kind.BEFORE})
_MONTHLIKE = frozenset({Kind.MONTH, Kind.MONTH_SHIFT, Kind.MONTH_AFTER})


def joined(tokens: list[Token]) -> list[Token]:
    """Return the tokens with such neighbours made one, and plain fillers left out.

    Raises:
        PhrasePartError: A number is none of the unit it stands with (13월, 5년, 6분기).
    """
    kept = [token for token in tokens if token.kind is not Kind.NOISE]
    out: list[Token] = []
    while kept:
        taken = _pair(out, kept)
        if taken is not None:
            out += taken[0]
            del kept[: taken[1]]
            continue
        out.append(_sound(out, kept[0], kept[1] if len(kept) > 1 else None))
        del kept[0]
    return _merged_counts(out)


def _pair(out: list[Token], kept: list[Token]) -> tuple[list[Token], int] | None:
    """Read the next two tokens as one, where they are: what they make, and how many went."""
    if len(kept) == 1:
        return None
    first, second = kept[0], kept[1]
    if first.kind is Kind.HYPHEN:
        return _hyphenated(out, kept)
    if first.kind is Kind.COMMA:
        listed = not second.latin and second.kind in {Kind.MONTH, Kind.DAY, Kind.SPAN}
        if listed and out and out[-1].kind is Kind.NUMBER:  # 3, 4월
            return [first._replace(kind=Kind.OR)], 1
        return None
    whole = _with_unit(first, second) if second.kind is Kind.UNIT else None
    if whole is None:
        return None
    word = f"{first.word} {second.word}"
    return [whole._replace(word=word, latin=second.latin)], 2


def _with_unit(first: Token, unit: Token) -> Token | None:
    """A word for a unit with what stands before it: next month, third quarter, 두 달."""
    if first.kind is Kind.AIM:
        return _shifted(first, unit)
    if first.kind is Kind.NUMBER:
        return Token(Kind.COUNT, first.n, unit.name)
    if first.kind is not Kind.ORDINAL or unit.name not in {"quarter", "half"}:
        return None
    code = _SPANS.get((unit.name, first.n))
    if code is None:
        raise PhrasePartError(f"there is no {first.word} {unit.word}", first.word)
    return Token(Kind.SPAN, code, unit.name)


def _shifted(aim: Token, unit: Token) -> Token:
    """Next year, 다음 달, 이번 분기, 같은 해."""
    n = _AIMS[aim.name]
    if aim.name == "same":
        if unit.name in {"year", "month"}:
            return Token(Kind.YEAR_AFTER if unit.name == "year" else Kind.MONTH_AFTER)
        raise PhrasePartError.unknown(f"{aim.word} {unit.word}")
    kind = {
        "year": Kind.YEAR_SHIFT,
        "month": Kind.MONTH_SHIFT,
        "week": Kind.WEEK_SHIFT,
        "day": Kind.DAY_SHIFT,
    }.get(unit.name, Kind.SPAN_SHIFT)
    return Token(kind, n, unit.name if kind is Kind.SPAN_SHIFT else "")


def _hyphenated(out: list[Token], kept: list[Token]) -> tuple[list[Token], int]:
    """Tell a range (3-12 June) from a mere joint (mid-2026, Q3-2025, 15-Mar-2026)."""
    if not out or (kept[0].word == "/" and kept[1].kind is Kind.NUMBER):
        raise PhrasePartError.unknown(kept[0].word)
    before, after = out[-1], kept[1]
    said = _kinds_of_this_end(out)
    winter = any(token.kind is Kind.SPAN and token.n == _WINTER for token in out)
    if winter and (before.kind, after.kind, after.n) == (Kind.YEAR, Kind.YEAR, before.n + 1):
        return [], 2
    if _is_joint(before, after, said):
        return [], 1
    if before.kind is Kind.MONTH and before.latin and after.kind is Kind.NUMBER:
        if Kind.NUMBER not in said:
            raise PhrasePartError.vague(f"{before.word}-{after.word}")
        return [after._replace(kind=Kind.YEAR, n=two_digit_year(after.n))], 2
    return [kept[0]._replace(kind=Kind.RANGE)], 1


def _is_joint(before: Token, after: Token, said: set[Kind]) -> bool:
    """Whether a hyphen ties parts of one date together."""
    if before.kind in {Kind.PART, Kind.RANGE, Kind.OR}:  # mid-2026, mid-to-late 2026
        return True
    if before.kind is Kind.YEAR:
        return len(said) == 1 and after.kind in {Kind.SPAN, Kind.MONTH}
    if before.kind in {Kind.NUMBER, Kind.ORDINAL}:
        return after.kind is Kind.MONTH and after.latin
    return after.kind is Kind.YEAR and before.latin and not said & {Kind.YEAR, Kind.YEAR_SHIFT}


def _kinds_of_this_end(out: list[Token]) -> set[Kind]:
    """What has been said since the last word that parts two dates."""
    kinds: set[Kind] = set()
    for token in reversed(out):
        if token.kind in {Kind.RANGE, Kind.OR, Kind.FROM}:
            break
        kinds.add(token.kind)
    return kinds


def _sound(out: list[Token], token: Token, after: Token | None) -> Token:
    """A token whose number fits its unit; years and days may turn out to be counts."""
    if token.kind is Kind.YEAR and token.name != "digits":
        return _year(token, after)
    if token.kind is Kind.MONTH and not 1 <= token.n <= _MONTHS_IN_YEAR:
        raise PhrasePartError(f"there is no month {token.n}", token.word)
    if token.kind is Kind.SPAN and token.n < _CODES_FROM:
        return token._replace(n=_quarter(token))
    if token.kind is Kind.DAY:
        beside_month = bool(out) and out[-1].kind in _MONTHLIKE
        if after and not beside_month and (_counts(after) or after.kind is Kind.WITHIN):
            return token._replace(kind=Kind.COUNT, name="day")
        if not 1 <= token.n <= 31:  # noqa: PLR2004 - days of the longest month
            raise PhrasePartError(f"there is no day {token.n}", token.word)
    return token


def _quarter(token: Token) -> int:
    code = _SPANS.get(("quarter", token.n))
    if code is None:
        raise PhrasePartError(f"there is no quarter {token.n}", token.word)
    return code


def _year(token: Token, after: Token | None) -> Token:
    """2년 뒤 is a count, 26년 a year, and 5년 alone neither."""
    count = token._replace(kind=Kind.COUNT, name="year")
    if after and (_counts(after) or after.kind is Kind.COUNT):
        return count
    if after and after.kind is Kind.WITHIN and token.n not in _SHORT_YEARS:
        return count
    if token.n >= _SHORT_YEARS.stop:
        raise PhrasePartError.unknown(token.word)
    if not token.word[1:2].isdigit():
        why = f"“{token.word}” is neither a year nor a count of years from now"
        raise PhrasePartError(why, token.word)
    return token._replace(n=two_digit_year(token.n), name="digits")


def _counts(token: Token) -> bool:
    return token.kind in _AFTER_COUNT


def _merged_counts(tokens: list[Token]) -> list[Token]:
    """Make 1년 6개월 eighteen months; “the next two years” is two years."""
    out: list[Token] = []
    for token in tokens:
        before = out[-1] if out else None
        if token.kind is Kind.COUNT and before and before.kind is Kind.AIM:
            out[-1] = token
        elif (
            token.kind is Kind.COUNT
            and token.name == "month"
            and before
            and (before.kind, before.name) == (Kind.COUNT, "year")
        ):
            out[-1] = token._replace(n=before.n * _MONTHS_IN_YEAR + token.n)
        else:
            out.append(token)
    return out
