"""From a page to the sentences of its article, each with its place and its part."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from tracker.press.furniture import (
    is_furniture,
    opens_other_articles,
    opens_remarks,
    signs_off,
    without_dateline,
)

__all__ = ["Part", "Sentence", "sentences_of"]

_STOP = re.compile(r"[.!?][\"')\]]*(?=\s|$)|[■□◇◆○●](?=\s)|…\s*|;\s")
_NO_STOP = re.compile(
    r"(?:^|\W)(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mr|Mrs|Ms|Dr|St|No|Inc|Ltd|Co|Corp|vs|U\.S|a\.m|p\.m)$"
)
_YEAR_ENDS = re.compile(
    r"\s(?:[12]\d{3}|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2})$"
)
_BULLET = re.compile(
    r"\s*(?:[▲△▶▷►■□◆◇○●◎※*·\-‣▪★☆◦]|\d{1,2}[.)]|[①-⑳]|[Ⅰ-Ⅻ]\s?\.|[가나다라마바사아자차카타파하][.)])\s+|\s*[▲△▶▷◆◇○●](?=\S)"
)
_FINISHED = re.compile(r"[.!?:;\"')\]>]\s*$|다\s*$")
_SPEECH = re.compile(r"\"([^\"\n]{2,600})\"")
_SAID = re.compile(
    r"(?:이라고|라고|고|이라며|라며|며|이라면서|라면서|면서|이라는|라는|는|했|이라|라)"
)
_SPOKEN = re.compile(r"[다요까죠네라자음]\W*$|[.!?,]\W*$|\.\s")
_TELLING = re.compile(r"다[.\"')]|[a-z]\.(?:\s|$)|\w\.$|요\.|까\?")
_LONGEST_SENTENCE = 1200
_WRAPPED_AT = range(34, 130)
_LINES_OF_BLOCK = 3


class Part(Enum):
    """Where in the article a sentence stands."""

    HEADLINE = auto()
    BODY = auto()
    ITEM = auto()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the article.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last.
        part: Headline, running text, or an entry of a list.
        paragraph: The number of its line.
        speech: Offsets of what is quoted of a person's words.
        text: The folded text of it.
    """

    start: int
    end: int
    part: Part
    paragraph: int
    speech: tuple[tuple[int, int], ...]
    text: str

    def one_voice(self, one: int, other: int) -> bool:
        """Whether two places are told by the same person, and not one in a quotation."""
        return all((a <= one < b) == (a <= other < b) for a, b in self.speech)

    def in_speech(self, at: int) -> bool:
        """Whether a place is inside somebody's quoted words."""
        return any(first <= at < last for first, last in self.speech)


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of the folded text of a page, furniture left out."""
    lines = _article_lines(text)
    told = [i for i, line in enumerate(lines) if _tells(text, line)]
    if not told:  # a note of a line or two, without a headline
        told = [i for i, (a, b) in enumerate(lines) if _TELLING.search(text[a:b])]
    first_told = told[0] if told else len(lines)
    found: list[Sentence] = []
    for number, (start, end) in enumerate(lines):
        line = text[start:end]
        bullet = _BULLET.match(line)
        if number < first_told and not bullet:
            part = Part.HEADLINE
        else:
            part = Part.ITEM if bullet else Part.BODY
        speech = tuple(_speech(text, start, end))
        skipped = bullet.end() if bullet else 0
        if part is Part.BODY and number == first_told:
            skipped = without_dateline(line)
        found += [
            Sentence(a, b, part, number, speech, text[a:b])
            for a, b in _split(text, start + skipped, end, part)
        ]
    return found


def _article_lines(text: str) -> list[tuple[int, int]]:
    """Where the lines of the article stand; wrapped lines are one."""
    lines: list[tuple[int, int]] = []
    others, signed = False, None
    for block in _blocks(text):
        for start, end in _unwrapped(text, block):
            line = text[start:end]
            if opens_remarks(line) and lines:
                return lines[:signed]
            others = others or opens_other_articles(line)
            if others and not (_FINISHED.search(line) and end - start > 60):  # noqa: PLR2004
                continue
            others = False
            if not is_furniture(line):
                lines.append((start, end))
                signed = None if _tells(text, (start, end)) else signed
            elif signed is None and signs_off(line) and any(_tells(text, a) for a in lines):
                signed = len(lines)  # what follows is of the article only if the telling goes on
    return lines[:signed]


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
    listed = any(_BULLET.match(text[a:b]) for a, b in block[1:])
    if listed or not all(full) or sum(broken) < len(broken) * 0.7:
        return block
    return [(block[0][0], block[-1][1])]


def _tells(text: str, line: tuple[int, int]) -> bool:
    """Whether a line is running text and no headline."""
    shown = text[line[0] : line[1]].strip()
    return bool(_TELLING.search(shown)) and len(shown) > 40  # noqa: PLR2004 - no headline is longer


def _split(text: str, start: int, end: int, part: Part) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of one line."""
    at = start
    for stop in _STOP.finditer(text, start, end):
        if not _ends_here(text, stop, part):
            continue
        yield from _trimmed(text, at, stop.end())
        at = stop.end()
    yield from _trimmed(text, at, end)


def _ends_here(text: str, stop: re.Match[str], part: Part) -> bool:
    sign, before = stop[0][0], text[stop.start() - 1 : stop.start()]
    if sign == "…":
        return part is Part.HEADLINE
    if sign in "■□◇◆○●;!?":
        return True
    ahead = text[stop.end() : stop.end() + 12].lstrip()
    if (
        before.isdigit()
    ):  # “by 2027. The …”, “on May 6. Both”, but neither “2026. 3.” nor “3. Plans”
        return bool(_YEAR_ENDS.search(text, max(0, stop.start() - 14), stop.start())) and (
            ahead[:1].isascii() and ahead[:1].isupper()
        )
    if not before.strip():
        return False
    if before.isascii() and before.isalpha():
        word = text[max(0, stop.start() - 6) : stop.start()]
        return not _NO_STOP.search(word) and not ahead[:1].islower()
    return True


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence without blanks around it, in pieces where it is far too long."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        cut = cut if cut > start else start + _LONGEST_SENTENCE
        yield start, cut
        start = cut
    if end > start:
        yield start, end


def _speech(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where somebody's words are quoted, as against a name in quotation marks."""
    for quoted in _SPEECH.finditer(text, start, end):
        after = text[quoted.end() : quoted.end() + 4]
        told = _SAID.match(after) is not None
        if len(quoted[1]) > 12 and (told or _SPOKEN.search(quoted[1]) or quoted[1].isascii()):  # noqa: PLR2004
            yield quoted.start(), quoted.end()
