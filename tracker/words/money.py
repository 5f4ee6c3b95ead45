"""Amounts of won as they are written, and read back to the won.

Korean counts in 만 (10⁴), 억 (10⁸) and 조 (10¹²); English in mn, bn and tn. What is
shown is exact: an amount that does not come out short in English is written in full.
"""

import re
from functools import cache

from db.model.errors import RefusedError
from db.model.text import clean

__all__ = ["money_text", "read_money"]

_GREAT = (("조", 10**12), ("억", 10**8), ("만", 10**4))
_SHORT = (("tn", 10**12), ("bn", 10**9), ("mn", 10**6))
_PLACES = 1000  # three decimals at most
_SMALL = (("천", 1000), ("백", 100), ("십", 10))
_ENGLISH = {
    "tn": 10**12,
    "trn": 10**12,
    "trillion": 10**12,
    "bn": 10**9,
    "b": 10**9,
    "billion": 10**9,
    "mn": 10**6,
    "m": 10**6,
    "million": 10**6,
    "k": 10**3,
    "thousand": 10**3,
    "": 1,
}
_MOST = 10**17  # more than anybody spends, less than the store's largest number
_LONGEST = 60
_SHOWN = 40


def money_text(won: int, lang: str) -> str:
    """Return an amount of won in words; `lang` is `ko`, anything else is English.

    >>> money_text(110_580_000_000, "ko"), money_text(110_580_000_000, "en")
    ('1,105억 8,000만 원', 'KRW 110.58bn')
    """
    sign = "-" if won < 0 else ""
    return sign + (_korean(abs(won)) if lang == "ko" else _english(abs(won)))


def read_money(text: str) -> int:
    """Return the won that a text stands for: 1,105억 8,000만 원, 22100000000, KRW 22.1bn.

    Raises:
        RefusedError: It is no amount of won, or not a whole one.
    """
    plain = clean(text[: _LONGEST + 1]).lower().replace("₩", "krw ").replace("￦", "krw ")
    if not plain or len(text) > _LONGEST:
        raise _refused(text)
    amount = _read_english(plain)
    if amount is None:
        amount = _read_korean(plain)
    if amount is None or amount > _MOST:
        raise _refused(text)
    return amount


def _korean(won: int) -> str:
    parts = []
    rest = won
    for name, size in _GREAT:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count:,}{name}")
    if rest or not parts:
        return " ".join([*parts, f"{rest:,}원"])
    return " ".join([*parts, "원"])


def _english(won: int) -> str:
    for name, size in _SHORT:
        if won >= size:
            whole, rest = divmod(won, size)
            if rest % (size // _PLACES):
                break
            decimals = f"{rest * _PLACES // size:03d}".rstrip("0")
            return f"KRW {whole:,}" + (f".{decimals}" if decimals else "") + name
    return f"KRW {won:,}"


def _refused(text: str) -> RefusedError:
    shown = clean(text[:_SHOWN]) + ("…" if len(text) > _SHOWN else "")
    return RefusedError(
        f"“{shown}” is not an amount of won: write 221억 원, 1,105억 8,000만 원, "
        "22100000000 or KRW 22.1bn",
        code="unread-money",
        text=shown,
    )


_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.(\d{1,6}))?"


@cache
def _english_pattern() -> re.Pattern[str]:
    units = "|".join(sorted(filter(None, _ENGLISH), key=len, reverse=True))
    return re.compile(rf"(?:krw ?)?{_NUMBER}[ -]?({units}|)(?:[ -]?(?:krw|won))?", re.ASCII)


@cache
def _number_pattern() -> re.Pattern[str]:
    return re.compile(_NUMBER, re.ASCII)


def _read_english(plain: str) -> int | None:
    match = _english_pattern().fullmatch(plain)
    return _times(match[1], match[2], _ENGLISH[match[3]]) if match else None


def _read_korean(plain: str) -> int | None:
    """Read sections of falling size, each of numbers of falling size: 1조 4천200억 원."""
    total = 0
    for section, size in _cut(plain.removesuffix("원"), _GREAT):
        for number, small in _cut(section, _SMALL):
            match = _number_pattern().fullmatch(number)
            part = _times(match[1], match[2], size * small) if match else None
            if part is None:
                return None
            total += part
    return total


def _cut(text: str, units: tuple[tuple[str, int], ...]) -> list[tuple[str, int]]:
    """Cut at each unit, the greatest first; what is left at the end counts in ones."""
    found = []
    for name, size in units:
        head, unit, tail = text.partition(name)
        if unit:
            found.append((head.strip(), size))
            text = tail
    if text.strip() or not found:
        found.append((text.strip(), 1))
    return found


def _times(whole: str, decimals: str | None, factor: int) -> int | None:
    """A decimal number times a factor, if that is whole."""
    places = 10 ** len(decimals or "")
    amount, rest = divmod(int(whole.replace(",", "") + (decimals or "")) * factor, places)
    return None if rest else amount
