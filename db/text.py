"""The one boundary that text from people, files and the store passes.

Control characters, escape sequences, bidirectional overrides, zero-width signs
and lone surrogates never travel further than this module: they are dropped, or
become a blank where they separated words.
"""

import re
import unicodedata

__all__ = ["clean", "clean_value"]

_BREAKS = re.compile(r"[^\S ]+")  # every white space but the plain blank
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI … final byte
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC, DCS, …
    r"|\x1b[ -/]*[0-~]?"  # two-byte escapes
)
_MARKS_IN_A_ROW = 8  # more combining marks than any script needs; beyond it is a flood


def clean(text: str) -> str:
    r"""Return `text` in NFC, on one line, with nothing in it that a screen would obey.

    >>> clean("준공\x1b[2J 완료\u202e")
    '준공 완료'
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _BREAKS.sub(" ", _ESCAPES.sub("", text))
    text = "".join(c for c in text if c == " " or c.isprintable())
    return _without_floods(unicodedata.normalize("NFC", text).strip())


def clean_value(value: object) -> object:
    """Clean every text inside a value made of dicts, lists and scalars."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(k)): clean_value(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [clean_value(v) for v in value]
    return value


def _without_floods(text: str) -> str:
    """Keep at most a handful of combining marks on one letter."""
    kept: list[str] = []
    run = 0
    for c in text:
        run = run + 1 if unicodedata.category(c) in {"Mn", "Me"} else 0
        if run <= _MARKS_IN_A_ROW:
            kept.append(c)
    return "".join(kept)
