"""The fields of a facility as a person reads and types them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from db.model.fields import FIELDS, FacilityField, FieldType
from db.model.period import Period
from db.model.records import Facility
from tracker.words import Words

__all__ = ["field_text", "known_fields", "shares_text", "typed_text"]


def field_text(field: FacilityField, value: Any, words: Words) -> str:  # noqa: ANN401 - as its type
    """Return a value, of `Facility` or of a statement, in words; "" where there is none."""
    if value is None:
        return ""
    text = _TEXTS.get(field.type)
    return text(value, words) if text else str(value)


def typed_text(field: FacilityField, value: Any, words: Words) -> str:  # noqa: ANN401 - as its type
    """Return a value as it would be typed into a form."""
    if value is not None and field.type is FieldType.AREA:
        return f"{value:,.10g}"
    if field.type is FieldType.NAMES:
        return ", ".join(value)
    return field_text(field, value, words)


def shares_text(shares: Mapping[str, int | str], words: Words) -> str:
    """Return who pays how much."""
    return " · ".join(
        f"{words.of('funding', who) if words.has(f'funding.{who}') else who} "
        f"{words.money(share) if isinstance(share, int) else share}"
        for who, share in shares.items()
    )


_TEXTS: Mapping[FieldType, Callable[[Any, Words], str]] = {
    FieldType.MONEY: lambda won, words: words.money(won),
    FieldType.AREA: lambda area, _: f"{area:,.10g} ㎡",
    FieldType.NAMES: lambda names, _: " · ".join(names),
    FieldType.SHARES: shares_text,
    FieldType.COUNT: lambda count, _: f"{count:,}",
    FieldType.PERIOD: lambda period, words: words.period(Period.parse(str(period))),
    FieldType.RATING: lambda rating, words: words.of("rag", rating),
}


def known_fields(facility: Facility, words: Words) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every field that forms ask for and that has a value."""
    for field in FIELDS:
        text = field_text(field, getattr(facility, field.name), words)
        if field.entered and field.name != "name" and text:
            yield field.name, text
