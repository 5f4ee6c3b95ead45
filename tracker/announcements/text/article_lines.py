"""From a page to the lines of its article: what stands above, below and between is left out.

Furniture is skipped wherever it stands. A line that ends articles (readers' remarks, the
rights, lists of other articles) ends this one only after it has told something, since pages
have the same lines above their headline.
"""

import re
from collections.abc import Iterator
from itertools import accumulate

from tracker.announcements.text.furniture import (
    Opens,
    is_furniture,
    opens,
    reserves_rights,
    signs_off,
)

__all__ = ["BULLET", "TELLING", "article_lines", "tells"]

BULLET = re.compile(
    r"\s*(?:[▲△▶▷►■□◆◇○●◎※*·\-‣▪★☆◦]|\d{1,2}[.)]|[①-⑳]|[Ⅰ-Ⅻ]\s?\.|[가나다라마바사아자차카타파하][.)])\s+|\s*[▲△▶▷◆◇○●](?=\S)"
)
TELLING = re.compile(r"다[.\"')]|[a-z]\.(?:\s|$)|\w\.$|요\.|까\?")
_FINISHED = re.compile(r"[.!?:;\"')\]>]\s*$|다\s*$")
_TABULAR = re.compile(r"[|:→]|\d\s*$")
_WRAPPED_AT = range(34, 130)
_LINES_OF_BLOCK = 3
_LONG = 60  # characters from which a finished line is running text again
_HEADLINE = 40  # no headline is longer
_ENOUGH = 200  # characters of telling after which an article may end, whatever follows
_FAR_MORE = 3  # times as much must follow a shorter one to go on


class _Page:
    """The lines of a page and how much is told before each."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[tuple[int, int]] = []
        self.blocks: list[int] = []  # of each line, the number of its block
        for number, block in enumerate(_blocks(text)):
            for line in _unwrapped(text, block):
                self.lines.append(line)
                self.blocks.append(number)
        told = [b - a if tells(text, (a, b)) else 0 for a, b in self.lines]
        self.told = [0, *accumulate(told)]

    def line(self, at: int) -> str:
        """The text of a line."""
        return self.text[slice(*self.lines[at])]

    def may_end(self, at: int) -> bool:
        """Whether the article can be over at a line."""
        before, after = self.told[at], self.told[-1] - self.told[at]
        return before >= _ENOUGH or (before > 0 and after <= _FAR_MORE * before)


def article_lines(text: str) -> list[tuple[int, int]]:
    """Where the lines of the article stand in folded text; wrapped lines are one."""
    page = _Page(text)
    lines = _lines_of(page) or _lines_of(page, head_lists=False)
    return _without_titles(page, lines)


def _without_titles(page: _Page, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The lines up to where telling ends, but for lists: below stand titles of other articles."""
    end = len(lines)
    while end and page.told[-1] >= _ENOUGH and not _belongs(page.text, lines[end - 1]):
        end -= 1
    return lines[:end]


def _belongs(text: str, line: tuple[int, int]) -> bool:
    """Whether a line can be the last one of an article that tells something."""
    shown = text[slice(*line)]
    return bool(_FINISHED.search(shown) or BULLET.match(shown) or _TABULAR.search(shown))


def _lines_of(page: _Page, *, head_lists: bool = True) -> list[tuple[int, int]]:
    """The lines; `head_lists`: what follows such a line above the article is a list."""
    text = page.text
    lines: list[tuple[int, int]] = []
    others, signed, at = False, None, 0
    while at < len(page.lines):
        line, place = page.line(at), page.lines[at]
        what, over = opens(line), page.may_end(at)
        if over and (what is Opens.REMARKS or reserves_rights(line)):
            return lines[:signed]
        begun = page.told[at] > 0
        at += 1
        if what is not None:
            others = begun and what is not Opens.REMARKS
            if head_lists and not begun and what is Opens.LIST:
                at = _past_list(page, at)
            continue
        if others and not (_FINISHED.search(line) and place[1] - place[0] > _LONG):
            continue
        others = False
        if not is_furniture(line):
            lines.append(place)
            signed = None if tells(text, place) else signed
        elif signed is None and begun and signs_off(line):
            signed = len(lines)  # what follows is of the article only if the telling goes on
    return lines[:signed]


def _past_list(page: _Page, at: int) -> int:
    """The first line after the titles of other articles that stand above this one.

    They are as the first of them is: with its sort of bullet, and of one block where it
    shares that with the line above the list.
    """
    if at == len(page.lines):
        return at
    together = page.blocks[at] == page.blocks[at - 1]
    sort = _sort_of(page.line(at))
    first = at
    while at < len(page.lines) and not tells(page.text, page.lines[at]):
        apart = page.blocks[at] != page.blocks[first] if together else not sort and at > first
        if apart or _sort_of(page.line(at)) != sort:
            break
        at += 1
    return at


def _sort_of(line: str) -> str:
    """The sort of bullet that a line begins with, or nothing."""
    found = BULLET.match(line)
    sign = found[0].strip()[:1] if found else line.strip()[:1]
    return "1" if sign.isdigit() else sign if found else ""


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """Runs of lines without an empty line between them."""
    block: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            block.append((at, at + len(line)))
        elif block:
            yield block
            block = []
        at += len(line) + 1
    if block:
        yield block


def _unwrapped(text: str, block: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The lines of a block; one line where it was only broken to fit a page."""
    widths = [end - start for start, end in block]
    widest = max(widths)
    if len(block) < _LINES_OF_BLOCK or widest not in _WRAPPED_AT:
        return block
    broken = [not _FINISHED.search(text[a:b]) for a, b in block[:-1]]
    full = [width > widest * 0.6 for width in widths[:-1]]
    listed = any(BULLET.match(text[a:b]) for a, b in block[1:])
    if listed or not all(full) or sum(broken) < len(broken) * 0.7:
        return block
    return [(block[0][0], block[-1][1])]


def tells(text: str, line: tuple[int, int]) -> bool:
    """Whether a line is running text and no headline."""
    shown = text[line[0] : line[1]].strip()
    return bool(TELLING.search(shown)) and len(shown) > _HEADLINE
