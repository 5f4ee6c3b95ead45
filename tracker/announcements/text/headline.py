"""The headline of an article: what stands above its text and speaks of the same."""

import re
from itertools import pairwise

from tracker.announcements.text.article_lines import article_lines, tells
from tracker.announcements.text.plain import LONGEST, folded

__all__ = ["headline_of"]

_SHORTEST, _LONGEST_LINE = 8, 160
_LEAST_SHARED = 0.35  # of its pairs of letters must stand in the text below
_CANDIDATES, _BODY = 12, 4000
_LABEL = re.compile(r"^(?:제\s?목|기사\s?제목|title|headline|subject)\s?[:=]\s*", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"다\.\s*$|https?:|@|기자\s*$|기자\s*=|^for immediate release|제\s?\d+\s?호"
    r"|\d{4}[.\-/]\s?\d{1,2}[.\-/]\s?\d{1,2}\.?\s+\d{1,2}:\d{2}"
    r"|(?:입력|수정|송고|승인|등록)\s?[:|]?\s?\d{4}[.\-/]",
    re.IGNORECASE,
)


def headline_of(text: str) -> str | None:
    """The headline as printed, if one stands above the text of an article.

    It is the first line above the running text that shares enough of its letters with
    that; menus, stamps and the name of a column do not. Where nothing is told below, as in
    an outline, it is the first line that could be one.
    """
    printed = text[:LONGEST]
    plain = folded(printed)
    lines = article_lines(plain)
    told = next((at for at, line in enumerate(lines) if tells(plain, line)), None)
    above = [at for at in range(told or len(lines)) if _could_be(plain[slice(*lines[at])])]
    if told == 0 or not above:
        return None
    if told is not None:
        below = _pairs(plain[lines[told][0] :][:_BODY])
        likely = [at for at in above[:_CANDIDATES] if _shared(plain[slice(*lines[at])], below)]
        above = likely or above
    return _LABEL.sub("", printed[slice(*lines[above[0]])].strip())


def _could_be(line: str) -> bool:
    shown = line.strip()
    return _SHORTEST <= len(shown) <= _LONGEST_LINE and not _NO_TITLE.search(shown)


def _shared(line: str, below: set[str]) -> bool:
    own = _pairs(line)
    return bool(own) and len(own & below) >= _LEAST_SHARED * len(own)


def _pairs(text: str) -> set[str]:
    """The pairs of letters that stand side by side."""
    return {a + b for a, b in pairwise(text.casefold()) if a.isalnum() and b.isalnum()}
