"""From a page to the sentences of its article, each with its place and its part."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from tracker.announcements.text.article_lines import BULLET, TELLING, article_lines, tells
from tracker.announcements.text.furniture import without_dateline

__all__ = ["Part", "Sentence", "sentences_of"]

_STOP = re.compile(
    r"[.!?][\"')\]]*(?=\s|$)|(?<=[가-힣][다요죠까])(?:\.+|[!?]+|…+)(?=[가-힣\dA-Z\"'(\[■□○△▲▶※])"
    r"|(?:(?<=[a-z]{2})|(?<=\s\d{4}))[.!?][\"')\]]*(?=[A-Z][a-z]*[\s'])"
    r"|[■□◇◆○●](?=\s)|…\s*|;\s"
)
_QUOTED_ON = re.compile(r"[\"'](?:이?라|고|며|면서|는|란|이|하|던)")  # “…했다.”라고
_NO_STOP = re.compile(
    r"(?:^|\W)(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mr|Mrs|Ms|Dr|St|No|Inc|Ltd|Co|Corp|vs|U\.S|a\.m|p\.m)$"
)
_YEAR_ENDS = re.compile(
    r"\s(?:[12]\d{3}|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2})$"
)
_SPEECH = re.compile(r"\"([^\"\n]{2,600})\"")
_SAID = re.compile(
    r"(?:이라고|라고|고|이라며|라며|며|이라면서|라면서|면서|이라는|라는|는|했|이라|라)"
)
_SPOKEN = re.compile(r"[다요까죠네라자음]\W*$|[.!?,]\W*$|\.\s")
_LONGEST_SENTENCE = 1200


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
    lines = article_lines(text)
    told = [i for i, line in enumerate(lines) if tells(text, line)]
    if not told:  # a note of a line or two, without a headline
        told = [i for i, (a, b) in enumerate(lines) if TELLING.search(text[a:b])]
    first_told = told[0] if told else len(lines)
    found: list[Sentence] = []
    for number, (start, end) in enumerate(lines):
        line = text[start:end]
        bullet = BULLET.match(line)
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


def _split(text: str, start: int, end: int, part: Part) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of one line."""
    at = start
    for stop in _STOP.finditer(text, start, end):
        if _QUOTED_ON.match(text, stop.end()) or not _ends_here(text, stop, part):
            continue
        yield from _trimmed(text, at, stop.end())
        at = stop.end()
    yield from _trimmed(text, at, end)


def _ends_here(text: str, stop: re.Match[str], part: Part) -> bool:
    sign, before = stop[0][0], text[stop.start() - 1 : stop.start()]
    if sign == "…":
        return part is Part.HEADLINE or before in {"다", "요", "죠", "까"}
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
