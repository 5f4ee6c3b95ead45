"""Keys as they arrive from a keyboard, whatever input method is switched on.

With a Korean input method the key `j` sends `ㅓ`: the 두벌식 letters stand for the
Latin ones on the same keys. A syllable that was composed from several keys stands for
no key at all, so that nothing is written by accident.
"""

import unicodedata
from collections.abc import Iterable

from textual.keys import key_to_character

__all__ = ["is_syllable", "key_label", "latin_of"]

_LATIN = "qwertyuiopasdfghjklzxcvbnm"
_JAMO = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ"
_SHIFTED = dict(zip("ㅃㅉㄸㄲㅆㅒㅖ", "qwertop", strict=True))

# Some systems send the conjoining or the half-width form of a letter; NFKC makes them one.
_ON_KEY = {
    unicodedata.normalize("NFKC", jamo): letter
    for jamo, letter in (dict(zip(_JAMO, _LATIN, strict=True)) | _SHIFTED).items()
}
_NAMES = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "insert": "Ins",
    "delete": "Del",
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "at": "@",
    "full_stop": ".",
    "comma": ",",
    "equals_sign": "=",
    "minus": "-",
    "plus": "+",
}


def latin_of(character: str | None) -> str | None:
    """The lower-case Latin letter on the key that sent this Hangul letter, if it is one.

    >>> latin_of("ㅓ"), latin_of("ㅆ"), latin_of("가"), latin_of("j")
    ('j', 't', None, None)
    """
    return None if character is None else _ON_KEY.get(unicodedata.normalize("NFKC", character))


def is_syllable(character: str | None) -> bool:
    """Whether this was composed by an input method from several keys."""
    return character is not None and len(character) == 1 and "가" <= character <= "힣"


def key_label(keys: Iterable[str]) -> str:
    """Keys as people read them: `c Space F2`."""
    return " ".join(map(_label, keys))


def _label(key: str) -> str:
    if key in _NAMES:
        return _NAMES[key]
    if key.startswith("f") and key[1:].isdigit():
        return key.upper()
    before, ctrl, rest = key.rpartition("ctrl+")
    if ctrl:
        return f"{before}^{_label(rest)}"
    return key_to_character(key) or key
