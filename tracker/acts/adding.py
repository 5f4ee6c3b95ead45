"""New facilities, programmes and milestones, and what is changed of them, from texts to statements.

Commands and screens both build their acts here, so that a text means the same in either.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from db.model.errors import NotFoundError, RefusedError
from db.model.fields import ENTERED, FacilityField, FieldType
from db.model.period import Period
from db.model.records import (
    Batch,
    Kind,
    NewFacility,
    NewMilestone,
    Statement,
    Type,
    UpdateKind,
)
from db.model.similar_names import alike
from db.model.slugs import make_slug
from db.model.text import clean
from db.read.reader import Reader
from tracker.words.kinds import nearest_kind, read_kind
from tracker.words.money import read_money

__all__ = [
    "LADDER",
    "details",
    "kind_of",
    "new_facility",
    "new_milestone",
    "no_kind",
    "read_field",
    "read_share",
    "read_shares",
    "refuse_lookalike",
    "refuse_namesake",
    "refuse_step",
    "refuse_taken",
    "slug_of",
    "step_slug",
]

LADDER = (Kind.SELECTION, Kind.DESIGN, Kind.GROUNDBREAKING, Kind.COMPLETION, Kind.OPENING)
"""The steps that nearly every facility takes."""

_SHARES = {
    "국비": "national",
    "도비": "province",
    "시비": "city",
    "민자": "private",
    "지방비": "local",
    "비고": "note",
    "국·시비": "national_and_city",
    "national and city": "national_and_city",
    "건축비": "building",
    "부지비": "land",
    "지방비(현물 포함)": "local_and_in_kind",
    "local and in kind": "local_and_in_kind",
    "지방소멸대응기금": "local_extinction_fund",
    "fund against local extinction": "local_extinction_fund",
}
_SHARE = re.compile(r"\s*([^\d=:₩￦]+?)\s*[=:]?\s*((?:KRW\s*)?[\d₩￦].*)", re.IGNORECASE)
_NOTE = re.compile(r"\s*(note|비고)\s*[=:\s]\s*(.+)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:(?<!국)·|;)\s*|,\s+(?=[^\d\s])")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", re.ASCII)


def details(
    given: Mapping[str, "str | float | Sequence[str] | None"],
    read_period: Callable[[str], Period],
) -> dict[str, Any]:
    """What is said of a facility; an empty text takes a detail away.

    Args:
        given: Texts, or values of options, by the keys of `db.model.fields`. What is None, an
            empty list or missing is not said.
        read_period: Reads a duration.

    Raises:
        RefusedError: A text cannot be read as what it is to be.
    """
    return {
        field.name: read_field(field, given[field.key], read_period)
        for field in ENTERED
        if given.get(field.key) not in (None, ())
    }


def read_field(field: FacilityField, text: Any, read_period: Callable[[str], Period]) -> Any:  # noqa: ANN401 - as the field's type
    """The value that a text, or the value of an option, stands for; None for an empty one.

    Raises:
        RefusedError: It cannot be read as what the field takes.
    """
    if text == "":
        return None
    if field.type is FieldType.PERIOD:
        return str(read_period(text))
    return _READERS[field.type](text) if field.type in _READERS else text


def read_share(text: str) -> tuple[str, int | str]:
    """One share of the funding: `national=100억`, `국비 100억`, or a remark after `비고`.

    Raises:
        RefusedError: It is none.
    """
    text = "=".join(map(clean, text.rsplit("=", 1)))
    note = _NOTE.fullmatch(text)
    if note is not None:
        return "note", note[2].strip()
    share = _SHARE.fullmatch(text)
    if share is None:
        raise RefusedError(
            f"“{text}” is no share: write national=100억", code="bad-share", text=text
        )
    return _SHARES.get(share[1], share[1]), read_money(share[2])


def read_shares(text: str) -> dict[str, int | str]:
    """All shares in one line, separated by `·` or commas: 국비 100억 · 시비 106억."""
    return dict(read_share(part) for part in _BETWEEN.split(text.strip()) if part)


def _read_aliases(given: str | Sequence[str]) -> list[str]:
    """Other names: a list, or one line of them separated by `·` or commas."""
    if not isinstance(given, str):
        return list(given)
    return [name.strip() for name in re.split(r"\s+·\s+|,", given) if name.strip()]


def _read_funding(given: str | Sequence[str]) -> dict[str, int | str]:
    return read_shares(given) if isinstance(given, str) else dict(map(read_share, given))


def _read_area(given: str | float) -> float:
    area = float(given) if isinstance(given, int | float) else _number(given)
    return int(area) if area.is_integer() else area


def _read_count(given: str | int) -> int:
    if isinstance(given, int):
        return given
    number = _number(given)
    if number != int(number):
        raise _no_number(given)
    return int(number)


def _number(text: str) -> float:
    plain = text.replace("㎡", "").replace("m2", "").strip()
    if _NUMBER.fullmatch(plain) is None:
        raise _no_number(text)
    return float(plain.replace(",", ""))


def _no_number(text: str) -> RefusedError:
    return RefusedError(f"“{text}” is no number", code="bad-number", text=text)


_READERS: Mapping[FieldType, Callable[[Any], Any]] = {
    FieldType.MONEY: read_money,
    FieldType.AREA: _read_area,
    FieldType.COUNT: _read_count,
    FieldType.NAMES: lambda given: _read_aliases(given) or None,
    FieldType.SHARES: lambda given: _read_funding(given) or None,
}


def slug_of(name: str, name_en: str | None = None) -> str:
    """The slug of a new facility.

    Raises:
        RefusedError: The name has nothing in it that can stay in a slug.
    """
    slug = make_slug(name_en or "") or make_slug(name)
    if not slug:
        raise RefusedError("a name is needed", code="needs-name")
    return slug


def refuse_taken(reader: Reader, slug: str) -> None:
    """Refuse the slug of a facility that is there already."""
    try:
        reader.facility(slug)
    except NotFoundError:
        return
    raise RefusedError(f"“{slug}” is there already", code="slug-taken", slug=slug)


def refuse_namesake(reader: Reader, name: str) -> None:
    """Refuse a name that a facility has already; somebody may have found it by another part."""
    slug = reader.called(name)
    if slug is not None:
        raise RefusedError(
            f"“{name}” is there already ({slug}): if it is another one, give it a slug with --slug",
            code="name-taken",
            name=name,
            slug=slug,
        )


def refuse_lookalike(reader: Reader, name: str) -> None:
    """Refuse a name that looks like one that is known: it may be of the same facility."""
    for slug, known in reader.called_by():
        if alike(name, known):
            raise RefusedError(
                f"“{name}” looks like “{known}”: use {slug} if it is that one, or --new",
                code="looks-like",
                name=name,
                known=known,
                slug=slug,
            )


def kind_of(text: str) -> Kind:
    """The kind that is meant.

    Raises:
        RefusedError: It is none.
    """
    kind = read_kind(text)
    if kind is None:
        raise no_kind(text)
    return kind


def no_kind(text: str) -> RefusedError:
    """The refusal of what is no kind, with the kinds that may have been meant."""
    known = ", ".join(kind.value for kind in Kind)
    near = nearest_kind(text)
    meant = {"near": near.value} if near else {}
    return RefusedError(
        f"there is no kind “{text}”: {known}", code="no-kind", text=text, known=known, **meant
    )


def step_slug(taken: Iterable[str], kind: Kind, title: str | None, slug: str | None = None) -> str:
    """The slug of a new milestone: as given, from its title, or its kind.

    Raises:
        RefusedError: There is one of this slug already.
    """
    name = slug or (make_slug(title) if title else "") or kind.value
    refuse_step(taken, name)
    return name


def refuse_step(taken: Iterable[str], slug: str) -> None:
    """Refuse the slug of a milestone that the facility has already."""
    if slug in taken:
        raise RefusedError(f"“{slug}” is there already", code="step-taken", slug=slug)


def new_facility(
    slug: str,
    type_: Type,
    value: Mapping[str, Any],
    today: date,
    *,
    named: bool = False,
    unlike: bool = False,
) -> Batch:
    """A facility or programme with what is known of it, refused where it is there by then.

    With `named` the slug was chosen by a person, and another facility may have its name. With
    `unlike` a person knows that it is none of those whose names look like its own.
    """
    statement = Statement(slug, None, UpdateKind.SET, today, value=dict(value))

    def check(reader: Reader) -> None:
        if not named:
            refuse_namesake(reader, value["name"])
            if not unlike:
                refuse_lookalike(reader, value["name"])
        refuse_taken(reader, slug)

    return Batch((statement,), (NewFacility(slug, type_),), checks=(check,))


def new_milestone(
    facility: str,
    slug: str,
    kind: Kind,
    today: date,
    *,
    period: Period | None = None,
    phrase: str | None = None,
    title: str | None = None,
    done: bool = False,
) -> Batch:
    """A milestone, planned or `done`; without a period nobody has said yet when it is due.

    It is refused where the facility has one of this slug by then.
    """
    what = UpdateKind.ACTUAL if done else UpdateKind.PLAN
    statements = [Statement(facility, slug, what, today, period, phrase=phrase)]
    if title:
        value = {"title": title}
        statements.insert(0, Statement(facility, slug, UpdateKind.SET, today, value=value))

    def check(reader: Reader) -> None:
        refuse_step((m.slug for m in reader.milestones_of(facility)), slug)

    new = NewMilestone(facility, slug, kind)
    return Batch(tuple(statements), milestones=(new,), checks=(check,))
