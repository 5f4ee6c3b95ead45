"""Text in terminal cells: Hangul takes two, and is never cut in the middle.

Everything that comes from data passes here on its way to a screen, so this is also
where a control character in a tampered store would be stopped.
"""

from functools import lru_cache

from rich.cells import cell_len, get_character_cell_size

from db.model.text import clean

__all__ = ["cell_len", "fit", "plain", "squeeze", "wrap"]

_ELLIPSIS = "…"
_IN_NUMBERS = "0123456789,.+-"
_NUMERIC = frozenset(_IN_NUMBERS)
_SHORT = 300  # characters of a text that is kept with what it was fitted to
_ON_ONE_CELL = 16  # a letter with its marks; `clean` lets fewer through


def plain(text: str) -> str:
    """The text as one line without anything that a terminal would obey."""
    return text if text.isprintable() else clean(text)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Exactly `width` cells: cut with an ellipsis, but never within a number, or filled up.

    >>> fit("로봇센터", 6), fit("센터", 6), fit("+12", 5, right=True), fit("약 1,234일", 7)
    ('로봇… ', '센터  ', '  +12', '약 …   ')
    """
    fitted = _fitted_before if len(text) <= _SHORT else _fitted
    return fitted(text, width, right=right)


def _fitted(text: str, width: int, *, right: bool) -> str:
    text = plain(text)
    if not _fits(text, width):
        text = _head(text, width - 1) + _ELLIPSIS if width > 0 else ""
    blanks = " " * (width - cell_len(text))
    return blanks + text if right else text + blanks


_fitted_before = lru_cache(4096)(_fitted)


def _fits(text: str, width: int) -> bool:
    """Whether it takes at most `width` cells; what is far too long is not even measured."""
    return len(text) <= _ON_ONE_CELL * (max(0, width) + 1) and cell_len(text) <= width


def squeeze(text: str, width: int) -> str:
    """At most `width` cells, the middle left out, where the end tells things apart.

    >>> squeeze("2단계 준공", 8), squeeze("준공", 8)
    ('2단…준공', '준공')
    """
    text = plain(text)
    if _fits(text, width):
        return text
    head = _head(text, (width - 1) // 2)
    room = width - 1 - cell_len(head)
    end = len(text)
    while end and (room := room - get_character_cell_size(text[end - 1])) >= 0:
        end -= 1
    while end < len(text) and get_character_cell_size(text[end]) == 0:
        end += 1  # a mark without its letter
    if end and text[end - 1].isdigit():  # nor is the end of a number one
        end += len(text[end:]) - len(text[end:].lstrip(_IN_NUMBERS))
    return head + _ELLIPSIS + text[end:]


def _head(text: str, width: int) -> str:
    """The longest beginning that does not end within a number: half of one is another one."""
    head = _cut(text, width)
    if text[len(head) : len(head) + 1].isdigit() and head[-1:] in _NUMERIC:
        return head.rstrip(_IN_NUMBERS)
    return head


def _cut(text: str, width: int) -> str:
    """The longest beginning that takes at most `width` cells, marks kept with their letter."""
    used = 0
    for place, character in enumerate(text):
        used += get_character_cell_size(character)
        if used > width:
            return text[:place]
    return text


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells, broken at blanks where there are any."""
    lines: list[str] = []
    line = ""
    for word in plain(text).split(" "):
        joined = f"{line} {word}" if line else word
        if _fits(joined, width):
            line = joined
            continue
        if line:
            lines.append(line)
        line = word
        while not _fits(line, width):
            head = _cut(line, width) or line[:1]
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line] if line or not lines else lines
