"""Words around a date that leave its end open: “2027년 3월 이후”, “no earlier than June 2026”."""

# ruff: noqa: E501 - a pattern that is a list of words stays on its line

import re
from typing import NamedTuple

__all__ = ["OpenEnd", "open_end"]

_AFTER = re.compile(
    r"\s?(?P<word>이후|(?:이|을|를)?\s(?:지나야|지나서야|지나서|지난\s뒤|지난\s후|넘어서야|넘어서|넘겨)|\s뒤|\s후)(?=[에나야로의는가\s,.)]|$)"
    r"|,?\s(?P<onward>onwards?|or later|and later(?=[.,;])|or thereafter|and onwards?|and beyond|at the (?:very )?earliest|at earliest)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?P<before>no (?:earlier|sooner) than|not (?:earlier|sooner) than|not (?:before|until after)|only after|on or after|after|later than|beyond|past)\s(?:the\s)?$",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(  # “will not open before June 2026”
    r"(?:\bnot|n't|\bnever|\bcannot|\bno longer)(?:\s[\w'-]+){1,7}?\s$", re.IGNORECASE
)
_UNLIKELY = re.compile(r"\blikely\b", re.IGNORECASE)
_BEFORE = re.compile(r"before\s+", re.IGNORECASE)
_LOOK_BACK = 70
_PASSED = re.compile(r"past|beyond", re.IGNORECASE)
_MAYBE = re.compile(  # “may slip past June 2026” doubts that date and sets no other
    r"\b(?:may|might|could|likely|threat\w*|risk\w*|fear\w*|set to|warn\w*|expected)\b[^.,;]*$",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r"^[이을를]\s")


class OpenEnd(NamedTuple):
    """A date with the words that open its end: where they stand, and a phrase that says it."""

    span: tuple[int, int]
    phrase: str


def open_end(text: str, span: tuple[int, int], limits: tuple[int, int]) -> OpenEnd | None:
    """The date with the words around it that leave its end open, if there are any."""
    start, end = span
    phrase = text[start:end].strip()
    after = _AFTER.match(text, end, limits[1])
    if after is not None:
        word = (after["word"] or after["onward"]).strip()
        return OpenEnd((start, after.end()), f"{phrase} {_PARTICLE.sub('', word)}")
    base = max(limits[0], start - _LOOK_BACK)
    ahead = _AHEAD.search(text, base, start)
    if ahead is not None:
        if _PASSED.match(ahead[0]) and _MAYBE.search(text, base, ahead.start()):
            return None
        return OpenEnd((ahead.start("before"), end), f"{ahead['before']} {phrase}")
    if (before := _BEFORE.match(phrase)) is not None:
        denied = _NOT_BEFORE.search(text, base, start)
        if denied and not _UNLIKELY.search(denied[0]):
            return OpenEnd(span, f"not before {phrase[before.end() :]}")
    return None
