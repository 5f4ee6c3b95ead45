"""Write statements as a facts file that a person could have written."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from operator import itemgetter
from typing import Any

from db.model.errors import RefusedError
from db.model.records import (
    Basis,
    Kind,
    NewFacility,
    NewMilestone,
    Source,
    Statement,
    UpdateKind,
)
from db.model.text import clean
from tracker.exchange.facts.entries import quoted
from tracker.exchange.facts.keywords import ATTRIBUTE_KEYS, BASES, MARKS, NO_DATE

__all__ = ["facts_parts"]

_LONGEST_KEY = 80  # leaves room for a number behind it
_NOT_IN_A_KEY = re.compile(r"[^\w.-]+")
_LONGEST_NOTE = 60  # cells; a longer one goes below, so that its source stays in sight
_IN_WORDS = frozenset({UpdateKind.NOTE, UpdateKind.SET, UpdateKind.PROGRESS})
_KINDS = frozenset(kind.value for kind in Kind)
_AMOUNT_LETTERS = frozenset("조억만천백십원")


def facts_parts(
    described: Iterable[tuple[NewFacility, list[Statement], list[NewMilestone]]],
    sources: Iterable[Source],
) -> Iterator[str]:
    """Write a facts file part by part, as `read_facts` reads it back.

    The statements read back equal where they are in the order that `read_facts` gives; any
    others are brought into that order. Sources come last, by key; one without a key is given
    one.

    Args:
        described: Each facility with its statements and milestones; retractions belong to
            one store and cannot be written.
        sources: Those of all statements, in order of appearance.

    Raises:
        RefusedError: A facility has no name, a milestone no kind, or a statement a value
            that the format has no words for.
    """
    keys = _source_keys(sources)
    blocks = (_block(*one, keys) for one in described)
    cited = (_source(source, key) for source, key in sorted(keys.items(), key=itemgetter(1)))
    between = ""
    for part in chain(blocks, cited):
        yield between + part
        between = "\n\n"
    yield "\n"


def _source_keys(sources: Iterable[Source]) -> dict[Source, str]:
    """Name every source: by its own key, made fit for the format and unique."""
    keys: dict[Source, str] = {}
    taken: dict[str, int] = {}
    for source in dict.fromkeys(sources):
        wish = source.key or f"{source.publisher or 'source'}-{source.published or ''}"
        base = _NOT_IN_A_KEY.sub("-", clean(wish)).strip("-.")[:_LONGEST_KEY] or "source"
        key = base
        while key in taken:
            taken[base] += 1
            key = f"{base}-{taken[base]}"
        taken[key] = 1
        keys[source] = key
    return keys


def _source(source: Source, key: str) -> str:
    names = ("publisher", "title", "published", "basis", "url")
    values = {name: clean(getattr(source, name) or "") for name in names}
    if values["basis"] not in BASES:  # of another program's dump
        values["basis"] = ""
    return "\n".join([f"source {key}", *(f"  {k}: {v}" for k, v in values.items() if v)])


def _block(
    facility: NewFacility,
    everything: Iterable[Statement],
    new: Iterable[NewMilestone],
    keys: Mapping[Source, str],
) -> str:
    """Everything about one facility: attributes, milestones, statements."""
    first, said = _description(facility.slug, everything)
    milestones = _milestones(facility.slug, new, said)
    titles = _leading_titles(first, said)
    said = said[len(titles) :]
    lines = [f"{facility.type} {facility.slug}"]
    given = {k: v for k, v in first.value.items() if v not in (None, "", [], {})}
    lines += [f"  {line}" for line in _attributes(given)]
    lines += _described(first, said, keys)
    spoken = {s.milestone for s in said}
    declared = [
        (f"milestone {m.slug}", m.kind.value, quoted(titles[m.slug]) if m.slug in titles else "")
        for m in milestones.values()
        if m.slug in titles or m.slug != m.kind.value or m.slug not in spoken
    ]
    if declared:
        lines += ["", *_columns(declared)]
    if said:
        lines += ["", *_statements(said, keys)]
    return "\n".join(lines)


def _description(slug: str, everything: Iterable[Statement]) -> tuple[Statement, list[Statement]]:
    """Find the `set` that names the facility, and everything else that is said of it.

    One that says more than attributes stays a statement; the block then has the name alone.
    """
    said = list(everything)
    names = [s for s in said if s.kind is UpdateKind.SET and s.milestone is None and _name(s)]
    if not names:
        raise RefusedError(f"“{slug}” has no name to write")
    for s in names:
        if not (s.phrase or s.reason or s.action or s.evidence):
            said.remove(s)
            return s, said
    s = names[0]
    return replace(
        s, value={"name": _name(s)}, phrase=None, reason=None, action=None, evidence=()
    ), said


def _name(s: Statement) -> str | None:
    return _mapping(s).get("name")


def _mapping(s: Statement) -> Mapping[str, Any]:
    return s.value if isinstance(s.value, Mapping) else {}


def _milestones(
    slug: str, new: Iterable[NewMilestone], said: Iterable[Statement]
) -> dict[str, NewMilestone]:
    milestones = {m.slug: m for m in new}
    for s in said:
        if s.milestone is not None and s.milestone not in milestones:
            if s.milestone not in _KINDS:
                raise RefusedError(f"the milestone “{slug}/{s.milestone}” has no kind to write")
            milestones[s.milestone] = NewMilestone(slug, s.milestone, Kind(s.milestone))
    return milestones


def _leading_titles(first: Statement, said: list[Statement]) -> dict[str, str]:
    """Take the titles that a `milestone` line can carry: at the head, and of the right day."""
    titles: dict[str, str] = {}
    rest: dict[str | None, list[Statement]] = {}
    for s in said:
        rest.setdefault(s.milestone, []).append(s)
    for s in said:
        slug, title = s.milestone, _mapping(s).get("title")
        # Only the first of a milestone comes so far: whatever is a title again ends this.
        day = min(rest[slug][1:], key=lambda r: r.reported_on, default=first)
        plain = Statement(
            s.facility,
            slug,
            UpdateKind.SET,
            day.reported_on,
            value={"title": title},
            reported_basis=day.reported_basis,
        )
        if slug is None or slug in titles or not title or s != plain:
            break
        titles[slug] = clean(title)
    return titles


def _described(
    first: Statement, said: Iterable[Statement], keys: Mapping[Source, str]
) -> list[str]:
    """Say as of when the attributes hold, where the reader would assume otherwise."""
    assumed = min((s.reported_on for s in said), default=None)
    if first.source is None and (assumed, Basis.APPROXIMATE) == (
        first.reported_on,
        first.reported_basis,
    ):
        return []
    return [f"  described: {_day(first)}{_at(first, keys)}"]


def _day(s: Statement) -> str:
    return f"{s.reported_on}{'~' if s.reported_basis is Basis.APPROXIMATE else ''}"


def _at(s: Statement, keys: Mapping[Source, str]) -> str:
    return f"  @{keys[s.source]}" if s.source is not None else ""


def _attributes(value: Mapping[str, Any]) -> Iterator[str]:
    """The attributes in the order of `db.model.records.Facility`, one or more lines each."""
    for name, key in ATTRIBUTE_KEYS.items():
        if name in value:
            yield from _attribute(name, key, value[name])
    stray = value.keys() - ATTRIBUTE_KEYS.keys()
    if stray:
        raise RefusedError(f"there are no words for the attribute “{min(stray)}”")


def _attribute(name: str, key: str, item: object) -> Iterator[str]:
    if name == "aliases" and isinstance(item, list | tuple) and item:
        yield from (f"{key}: {clean(alias)}" for alias in item)
    elif name == "funding" and isinstance(item, Mapping) and item:
        yield from (f"{key} {clean(share)}: {_share(part)}" for share, part in item.items())
    elif item is None or not (isinstance(item, int | float) or item):
        yield f"{key}:"
    elif isinstance(item, int | float):
        yield f"{key}: {_number(item)}"
    else:
        yield f"{key}: {clean(str(item))}"


def _number(amount: float) -> str:
    text = f"{amount:,}"
    return f"{amount:,.9f}" if "e" in text else text


def _share(part: int | str) -> str:
    """Write an amount, or a remark, in quotes where it could be taken for an amount."""
    if isinstance(part, int):
        return f"{part:,}"
    text = clean(part)
    is_remark = any(c.isalpha() and c not in _AMOUNT_LETTERS for c in text)
    return text if is_remark and not text.startswith('"') else quoted(text)


def _statements(said: Iterable[Statement], keys: Mapping[Source, str]) -> Iterator[str]:
    """Statements in columns, each with the lines that belong to it."""
    rows: list[tuple[str, ...]] = []
    below: list[list[str]] = []
    for s in said:
        body, phrase, fields = _say(s)
        at = _at(s, keys).strip()
        rest = (f"{body}{phrase}  {at}".strip(),) if s.kind in _IN_WORDS else (body, phrase, at)
        rows.append((_day(s), s.milestone or "-", s.kind.value, *rest))
        below.append([*fields, *_texts(s)])
    for row, fields in zip(_columns(rows), below, strict=True):
        yield row
        yield from (f"  {line}" for line in fields)


def _say(s: Statement) -> tuple[str, str, list[str]]:
    """What is said: the free words, the text in quotes, and lines below."""
    phrase = quoted(clean(s.phrase)) if s.phrase else ""
    if s.kind is UpdateKind.SET:
        return _say_set(s, phrase)
    if s.kind is UpdateKind.NOTE and isinstance(s.value, str):
        return _say_note(clean(s.value), clean(s.phrase or ""))
    if s.kind is UpdateKind.PROGRESS:
        shares = [f"{k} {_number(v)}" for k, v in _mapping(s).items() if v is not None]
        return " ".join(shares), phrase, []
    if s.kind is UpdateKind.PLAN and s.value == {"undated": True} and s.period is None:
        return "undated", phrase, []
    mark = MARKS.get(next(iter(s.value), "")) if isinstance(s.value, dict) else None
    if mark is not None and s.period is not None:
        return str(s.period), phrase, [f"basis: {mark}"]
    if s.kind is UpdateKind.RETRACT or not (s.value is None or isinstance(s.value, str)):
        raise RefusedError(f"there are no words for this “{s.kind}” of “{s.facility}”")
    dateless = NO_DATE if s.kind is UpdateKind.PLAN else ""
    period = dateless if s.period is None else str(s.period)
    return period, phrase, [f"note: {clean(s.value)}"] if s.value else []


def _say_note(text: str, phrase: str) -> tuple[str, str, list[str]]:
    """Write a short note on its line, a long one below it."""
    below = [f"phrase: {phrase}"] if phrase else []
    if _cells(text) > _LONGEST_NOTE:
        return "", "", [f"note: {text}", *below]
    return "", quoted(text), below


def _say_set(s: Statement, phrase: str) -> tuple[str, str, list[str]]:
    value = _mapping(s)
    if s.milestone is None:
        lines = list(_attributes(value))
    else:
        lines = [f"{k}: {'' if v is None else clean(str(v))}".rstrip() for k, v in value.items()]
    if len(lines) == 1 and not phrase and " @" not in lines[0]:
        return lines[0], "", []
    return "", phrase, lines


def _texts(s: Statement) -> Iterator[str]:
    if s.reason:
        yield f"reason: {clean(s.reason)}"
    if s.action:
        yield f"action: {clean(s.action)}"
    yield from (f"evidence: {clean(e)}" for e in s.evidence)


_WIDEST = 40  # cells; a text beyond it does not push what follows all others aside


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Lines whose columns stand below each other; the last part of a line is free.

    They are counted in cells, as Hangul is two wide.
    """
    widths: dict[int, int] = {}
    for row in rows:
        for i, cell in enumerate(row[:-1]):
            if _cells(cell) <= _WIDEST:
                widths[i] = max(widths.get(i, 0), _cells(cell))
    for row in rows:
        padded = [c + " " * (widths.get(i, 0) - _cells(c)) for i, c in enumerate(row[:-1])]
        yield "  ".join([*filter(None, padded), row[-1].strip()]).rstrip()


def _cells(text: str) -> int:
    """How many cells of a terminal or a fixed-width editor the text takes."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(bool(unicodedata.combining(c)) for c in text)
