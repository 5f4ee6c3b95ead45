"""What a JSON document of a whole store must be, beyond being JSON.

Every field is of its kind, every number is used once, and whatever is referred to is
there; so that a document that was cut or edited is refused before anything is written.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter

from db.records import Act, Batch, Source
from db.slugs import check_slug

__all__ = [
    "SOURCE",
    "check_acts",
    "check_identities",
    "checked_number",
    "checked_source",
    "checked_text",
    "checked_texts",
    "refuse_twice",
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


def check_identities(rows: Batch) -> None:
    """Refuse what is no slug, stands twice, or belongs to a facility that is not there.

    Raises:
        ValueError: It says which.
        RefusedError: A slug is none.
    """
    facilities = [f.slug for f in rows.facilities]
    milestones = [(m.facility, m.slug) for m in rows.milestones]
    refuse_twice(facilities, "the facility")
    refuse_twice([f"{f}/{m}" for f, m in milestones], "the milestone")
    for slug in facilities:
        check_slug(slug)
    known = set(facilities)
    for facility, slug in milestones:
        check_slug(slug)
        if facility not in known:
            raise ValueError(f"the facility “{facility}” of “{slug}” is missing")


def check_acts(acts: Sequence[Act]) -> None:
    """Refuse two acts of one number.

    Raises:
        ValueError: It says which.
    """
    refuse_twice([act.id for act in acts], "the act")


def refuse_twice(items: Iterable[Hashable], what: str) -> None:
    """Refuse what stands twice.

    Raises:
        ValueError: It says which.
    """
    item, times = next(iter(Counter(items).most_common(1)), (None, 0))
    if times > 1:
        raise ValueError(f"{what} {item} stands twice")
