"""What a JSON document of a whole store must be, beyond being JSON.

Every field is of its kind, every number is used once, and whatever is referred to is
there; so that a document that was cut or edited is refused before anything is written.
"""

from datetime import date
from functools import lru_cache
from operator import itemgetter

from db.model.records import Source

__all__ = [
    "SOURCE",
    "checked_number",
    "checked_source",
    "checked_text",
    "checked_texts",
]

SOURCE = ("key", "publisher", "title", "published", "basis", "url")
_MOST = 2**53  # what JSON in other programs holds exactly


def checked_text(value: object) -> str | None:
    """A text or nothing.

    Raises:
        TypeError: It is anything else.
    """
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def checked_texts(value: object) -> tuple[str, ...]:
    """A list of texts.

    Raises:
        TypeError: It is anything else.
    """
    if value == []:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError(f"{value!r} is no list of texts")
    return tuple(value)


def checked_number(value: object) -> int:
    """A number that counts acts or updates.

    Raises:
        TypeError: It is anything else.
        ValueError: It is out of range.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r} is no whole number")
    if not 0 <= value < _MOST:
        raise ValueError(f"{value} is out of range")
    return value


_PARTS = itemgetter(*SOURCE)


def checked_source(value: object) -> Source | None:
    """A source, or nothing.

    Raises:
        TypeError: It is anything else, or a part of it is no text.
        KeyError: A part is missing.
        ValueError: Its day is none.
    """
    if value is None:
        return None
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is no source")
    return _source(_PARTS(value))


@lru_cache(8192)
def _source(parts: tuple[object, ...]) -> Source:
    """A source, looked at once: many statements come from the same."""
    source = Source(**dict(zip(SOURCE, map(checked_text, parts), strict=True)))
    if source.published is not None:
        date.fromisoformat(source.published)
    return source
