"""Codes of the store as they are said: 공모 선정 for selection, 사업비 for cost_krw.

An error carries codes, so that it can be said in any language. Here they become words.
"""

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

from db.model.records import Kind, UpdateKind

if TYPE_CHECKING:
    from tracker.words import Words

__all__ = ["EXPECTED", "in_words"]

_STEPS = frozenset(kind.value for kind in Kind)
_UPDATES = frozenset(kind.value for kind in UpdateKind)
EXPECTED = {  # what `db.model.values` expects of an attribute, and its key
    "a text": "text",
    "a list of names": "names",
    "shares by name": "shares",
    "a whole number of won": "won",
    "a whole number": "count",
    "a number of square metres": "area",
    "green, amber or red": "confidence",
    "a period": "period",
    "a day such as 2026-12-01": "day",
}


def in_words(code: str, name: str, value: object, words: "Words") -> object:
    """What the field `name` of the error `code` is in words; the value itself where it is no code.

    Args:
        code: The code of the error.
        name: The name of the field.
        value: What the error carries there.
        words: The language.
    """
    if value is None:
        return "–"
    text = value.value if isinstance(value, Enum) else value
    say = _FIELDS.get((code, name)) or _FIELDS.get(("", name))
    return say(text, words) if say is not None and isinstance(text, str) else text


def _statement_or_step(text: str, words: "Words") -> str:
    if text in _STEPS:
        return words.kind(Kind(text))
    if text in _UPDATES:
        return words.update(UpdateKind(text))
    return words("read.planned") if text == "planned" else text


def _attribute(text: str, words: "Words") -> str:
    """A detail of a facility as forms call it; a kind of statement where it is one."""
    key = f"field.{text}"
    return words(key) if words.has(key) else _statement_or_step(text, words)


def _attributes(text: str, words: "Words") -> str:
    return ", ".join(_attribute(part, words) for part in text.split(", "))


def _steps(text: str, words: "Words") -> str:
    """A list of every kind of step; of other things as it is."""
    parts = text.split(", ")
    return ", ".join(words.kind(Kind(p)) for p in parts) if _STEPS.issuperset(parts) else text


def _expected(text: str, words: "Words") -> str:
    return words.of("expected", EXPECTED[text]) if text in EXPECTED else text


def _path(text: str, words: "Words") -> str:
    facility, slash, step = text.rpartition("/")
    return f"{facility} · {_statement_or_step(step, words)}" if slash and step in _STEPS else text


_FIELDS: "dict[tuple[str, str], Callable[[str, Words], str]]" = {
    ("", "kind"): _statement_or_step,
    ("", "update"): _statement_or_step,
    ("", "milestone"): _statement_or_step,
    ("step-taken", "slug"): _statement_or_step,
    ("other-kind", "path"): _path,
    ("", "key"): _attribute,
    ("no-attribute", "allowed"): _attributes,
    ("", "known"): _steps,
    ("no-kind", "near"): _statement_or_step,
    ("bad-attribute", "what"): _expected,
}
