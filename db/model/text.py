"""The one boundary that text from people, files and the store passes.

Control characters, escape sequences, bidirectional overrides, zero-width signs and
lone surrogates never travel further than this module: they are dropped, or become a
blank where they separated words. What is left is text that can be seen.
"""

import re
import unicodedata
from functools import cache

__all__ = [
    "MOST_ECHOED",
    "author_of",
    "clean",
    "clean_lines",
    "clean_value",
    "cleaned",
    "shorten",
    "words",
]

_BREAKS = r"[^\S ]+"  # every white space but the plain blank
_ESCAPES = (
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI … final byte
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC, DCS, …
    r"|\x1b[ -/]*[0-~]?"  # two-byte escapes
)
# Letters and marks that Unicode calls printable and no screen shows (Default_Ignorable), and
# the blank of Braille: names that differ by one of them would look the same.
_UNSEEN = (
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U0001d159\U000e0100-\U000e01ef]"
)
_HARMLESS = set(map(chr, range(0x20, 0x7F)))  # and whatever was found to be, as it was met
_MARKS_IN_A_ROW = 8  # more combining marks than any script needs; beyond it is a flood
_DEEPEST = 20  # levels of a JSON value
MOST_ECHOED = 200
"""Characters of what somebody gave that a sentence repeats."""
_MAX_AUTHOR = 100
_MAX_OF_SOURCE = 2000


def author_of(by: str | None) -> str | None:
    """The name under which the acts of a person are kept; None where nothing of it is left."""
    return (clean(by)[:_MAX_AUTHOR] or None) if by else None


def cleaned(text: str | None) -> str | None:
    """A text of a source as it is kept; None where nothing of it is left."""
    return (clean(text)[:_MAX_OF_SOURCE] or None) if text else None


def clean(text: str) -> str:
    r"""Return `text` in NFC, on one line, with nothing in it that a screen would obey.

    >>> clean("준공\x1b[2J 완료\u202e")
    '준공 완료'
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    if _is_harmless(text):
        return text.strip()
    text = re.sub(_BREAKS, " ", re.sub(_ESCAPES, "", text))
    if not text.isprintable():
        text = "".join(c for c in text if c.isprintable())
    text = re.sub(_UNSEEN, "", text)
    return _without_floods(unicodedata.normalize("NFC", text)).strip()


def _is_harmless(text: str) -> bool:
    """Whether no sign of a text needs a second look, alone or beside any other such sign."""
    if not _HARMLESS.issuperset(text):
        _HARMLESS.update(c for c in set(text) - _HARMLESS if _stands_alone(c))
    return _HARMLESS.issuperset(text)


def _stands_alone(c: str) -> bool:
    """Whether a sign is seen, has a width of its own, and joins with none into another."""
    jamo = "\u1100" <= c <= "\u11ff" or "\ua960" <= c <= "\ua97f"
    return (
        c.isprintable()
        and not jamo
        and not _has_no_width(c)
        and unicodedata.is_normalized("NFC", c)
        and not re.match(_UNSEEN, c)
    )


def clean_lines(text: str) -> str:
    r"""Clean every line by itself, keeping the blanks that it begins with.

    >>> clean_lines("list\n  a\x1b[1mb")
    'list\n  ab'
    """
    return "\n".join(
        line[: len(line) - len(line.lstrip(" "))] + clean(line) for line in text.split("\n")
    )


def shorten(text: str, most: int = MOST_ECHOED) -> str:
    """Leave out the middle of a text of more than `most` characters.

    >>> shorten("0123456789", 5)
    '01…89'
    """
    if len(text) <= most:
        return text
    end = (most - 1) // 2
    return f"{text[: most - 1 - end]}…{text[-end:]}"


def clean_value(value: object, *, depth: int = 0) -> object:
    """Clean every text inside a value made of dicts, lists and scalars.

    Raises:
        ValueError: It is nested deeper than anything that people say.
    """
    if depth > _DEEPEST:
        raise ValueError(f"a value is nested deeper than {_DEEPEST} times")
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(k)): clean_value(v, depth=depth + 1) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [clean_value(v, depth=depth + 1) for v in value]
    return value


def _without_floods(text: str) -> str:
    """Keep at most a handful of signs without a width of their own on one letter."""
    marks = "".join(sorted(c for c in set(text) if _has_no_width(c)))
    text = text.lstrip(f" {marks}")  # no letter stands before them that a mark could be drawn on
    if not marks:
        return text
    mark = f"[{re.escape(marks)}]"
    return re.sub(f"({mark}{{{_MARKS_IN_A_ROW}}}){mark}+", r"\1", text)


@cache
def _has_no_width(c: str) -> bool:
    """Whether terminals draw it onto the letter before: marks, and jamo inside a syllable."""
    if c < "\u0300":
        return False
    jamo = "\u1161" <= c <= "\u11ff" or "\ud7b0" <= c <= "\ud7fb"
    return jamo or unicodedata.category(c).startswith("M")


def words(table: str) -> tuple[str, ...]:
    """Return the words of a table, separated by white space; a low line is a blank in a word.

    >>> words("도서관 문화의_집")
    ('도서관', '문화의 집')
    """
    return tuple(word.replace("_", " ") for word in table.split())
