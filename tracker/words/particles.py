"""Korean particles, whose form depends on the last sound of the word before them.

After a final consonant 이 은 을 과 으로, after a vowel 가 는 를 와 로; 로 also after ㄹ
(한글 맞춤법 and 표준국어대사전). Digits are read as Korean numbers; up to three capitals, and
more without a vowel, letter by letter; other Latin words roughly as they are written in Hangul.
"""

import re
from functools import cache

__all__ = ["particle", "with_particle"]

_PAIRS = {
    "이/가": ("이", "가"),
    "은/는": ("은", "는"),
    "을/를": ("을", "를"),
    "과/와": ("과", "와"),
    "으로/로": ("으로", "로"),
    "이나/나": ("이나", "나"),
    "이랑/랑": ("이랑", "랑"),
    "이라/라": ("이라", "라"),
    "아/야": ("아", "야"),
}
_ALSO = {
    "가/이": "이/가",
    "는/은": "은/는",
    "를/을": "을/를",
    "와/과": "과/와",
    "로/으로": "으로/로",
    "(으)로": "으로/로",
    "이(가)": "이/가",
    "은(는)": "은/는",
    "을(를)": "을/를",
    "과(와)": "과/와",
    "와(과)": "과/와",
    "(이)나": "이나/나",
}
_SYLLABLES = range(ord("가"), ord("힣") + 1)
_FINALS = 28
_RIEUL = 8  # the place of ㄹ among the final consonants
_NONE, _L, _OTHER = "", "ㄹ", "ㅇ"
_DIGITS = dict.fromkeys("036", _OTHER) | dict.fromkeys("178", _L) | dict.fromkeys("2459", _NONE)
_LETTERS = {"L": _L, "M": _OTHER, "N": _OTHER, "R": _L}
_ENDINGS = (
    (_NONE, ("ch", "sh", "th", "ph", "gh")),
    (_L, ("le", "l")),
    (_OTHER, ("ne", "me", "m", "n", "ng")),
    (_OTHER, tuple(v + c for v in "aeiou" for c in "pbtk") + tuple(v + "ck" for v in "aeiou")),
)
_WORD = 4  # capitals that are read as a word, as NAME and KOLAS are, where there is a vowel
_VOWELS = frozenset("aeiou")
_SIGNS = {"㎡": _NONE, "㎥": _NONE, "%": _NONE, "℃": _NONE, "㎞": _NONE, "+": _NONE}
_GREAT_NUMBERS = 12  # with so many noughts a number ends in 조, which has no final consonant
_GREATER = 16


def with_particle(word: str, pair: str) -> str:
    """Return the word with the particle that fits it.

    >>> with_particle("센터", "을/를"), with_particle("공원", "(으)로")
    ('센터를', '공원으로')

    Raises:
        KeyError: There is no such pair of particles.
    """
    return word + particle(word, pair)


def particle(word: str, pair: str) -> str:
    """Return the particle that fits a word; both forms, 을(를), where its sound is unknown.

    What stands in brackets or quotes at the end is passed over: 센터(가칭) is read 센터.

    Raises:
        KeyError: There is no such pair of particles.
    """
    after_consonant, after_vowel = _PAIRS[_ALSO.get(pair, pair)]
    final = _final(word)
    if final is None:
        if after_consonant == "으로":
            return "(으)로"
        return f"{after_consonant}({after_vowel})"
    if final == _NONE or (final == _L and after_consonant == "으로"):
        return after_vowel
    return after_consonant


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|[\s\"'”’」』》〉)\].,!?…·~-])$")


def _spoken(word: str) -> str:
    """The word without brackets and signs that nobody says."""
    word = word[-_LONGEST:]
    while word:
        shorter = _tail().sub("", word)
        if shorter == word or not shorter:
            break
        word = shorter
    return word


_LONGEST = 100  # of a long text only the end can matter


def _final(word: str) -> str | None:
    """The last consonant the word is said with: ㄹ, another, none; None where unknown."""
    said = _spoken(word)
    last = said[-1:]
    if not last:
        return None
    if ord(last) in _SYLLABLES:
        place = (ord(last) - _SYLLABLES.start) % _FINALS
        return _L if place == _RIEUL else _OTHER if place else _NONE
    if last in _DIGITS:
        return _number(said)
    if last.isascii() and last.isalpha():
        return _latin(said)
    return _SIGNS.get(last)


def _number(said: str) -> str:
    """1 일, 10 십, 100 백; 1,000 천, 만, 억 and 조 by the noughts at the end."""
    digits = ""
    for c in reversed(said.replace(",", "")):
        if c not in _DIGITS:
            break
        digits = c + digits
    stripped = digits.rstrip("0")
    noughts = len(digits) - len(stripped)
    if not noughts or not stripped:
        return _DIGITS[digits[-1]]
    return _NONE if _GREAT_NUMBERS <= noughts < _GREATER else _OTHER


def _latin(said: str) -> str:
    """Few capitals by the name of the last letter, words by how they end."""
    start = len(said)
    while start and said[start - 1].isascii() and said[start - 1].isalpha():
        start -= 1
    letters = said[start:]
    spelt = len(letters) < _WORD or _VOWELS.isdisjoint(letters.lower())
    if len(letters) == 1 or (letters.isupper() and spelt):
        return _LETTERS.get(letters[-1].upper(), _NONE)
    low = letters.lower()
    return next((final for final, endings in _ENDINGS if low.endswith(endings)), _NONE)
