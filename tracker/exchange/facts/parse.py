"""A facts file → a batch, or every fault that is in it."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from db.model.progress import Stage, counted
from db.model.records import (
    Basis,
    Batch,
    Kind,
    NewFacility,
    NewMilestone,
    Source,
    Statement,
    Type,
    UpdateKind,
)
from tracker.exchange.facts.entries import Entry, Field, entries, split_tail
from tracker.exchange.facts.faults import Faults, TooManyFaultsError, fault, shown, unknown
from tracker.exchange.facts.field_values import (
    facility_attributes,
    read_day,
    read_reported,
    read_slug,
    read_text,
)
from tracker.exchange.facts.keywords import BASES, SOURCE_WORDS, Head
from tracker.exchange.facts.statement_line import Context, read_statement
from tracker.words.kinds import KIND_NAMES

__all__ = ["read_facts"]

_KEY = re.compile(r"\w[\w.-]*")
_LONGEST_KEY = 100
_LONGEST_TITLE = 300


def read_facts(
    text: str,
    *,
    name: str,
    today: date,
) -> Batch:
    """Read a facts file; `docs/facts.md` describes the format.

    Args:
        text: The whole file, decoded; a byte order mark and any line ends are fine.
        name: What the file is called in messages.
        today: No report may be of a later day.

    Returns:
        The facilities and programmes in their order; the statements of each begin with
        one `set` for its attributes and one for each title, then follow as written.

    Raises:
        FactsError: Something in the file is wrong; every fault is listed by line, up to a
            number that nobody reads.
    """
    faults = Faults()
    blocks: list[_Block] = []
    with suppress(TooManyFaultsError):
        found = entries(text, faults)
        sources = _sources(found, faults)
        blocks += _blocks(found, faults)
        for block in counted(blocks, len(blocks), Stage.READ):
            block.read(today, sources, faults)
    faults.raise_if_any(name)
    return Batch(
        statements=tuple(s for b in blocks for s in b.statements),
        facilities=tuple(NewFacility(b.slug, b.type) for b in blocks),
        milestones=tuple(m for b in blocks for m in b.milestones()),
    )


def _sources(found: Iterable[Entry], faults: Faults) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    lines: dict[str, int] = {}
    for entry in found:
        if entry.head is not Head.SOURCE:
            continue
        key = entry.text.removeprefix("@")
        if _KEY.fullmatch(key) is None or len(key) > _LONGEST_KEY:
            faults.add(entry.line, fault("source-name", word=shown(key)))
        elif key in sources:
            faults.add(entry.line, fault("source-again", word=shown(key), line=lines[key]))
        lines.setdefault(key, entry.line)
        sources.setdefault(key, Source(key=key, **_source_fields(entry.fields, faults)))
    return sources


def _source_fields(fields: Iterable[Field], faults: Faults) -> dict[str, str]:
    values: dict[str, str] = {}
    for f in fields:
        faults.attempt(f.line, partial(_put_in_source, values, f))
    return values


def _put_in_source(values: dict[str, str], f: Field) -> None:
    name = SOURCE_WORDS.get(f.key.casefold())
    if name is None or f.share:
        raise unknown("key", f"{f.key} {f.share}".strip(), SOURCE_WORDS)
    if name in values:
        raise fault("twice", word=shown(f.key))
    text = read_text(f.value)
    if name == "published":
        read_day(text)
    elif name == "basis" and text not in BASES:
        raise unknown("basis", text, BASES)
    values[name] = text


def _blocks(found: Iterable[Entry], faults: Faults) -> Iterator["_Block"]:
    """Gather what belongs to each facility or programme; sources may stand anywhere."""
    block: _Block | None = None
    lines: dict[str, int] = {}
    for entry in found:
        if entry.head in (Head.SOURCE, Head.LOST):
            continue
        if entry.head in (Head.FACILITY, Head.PROGRAMME):
            if block is not None:
                yield block
            block = _Block(entry)
            faults.attempt(entry.line, partial(read_slug, entry.text))
            if entry.text in lines:
                again = fault("again", word=shown(entry.text), line=lines[entry.text])
                faults.add(entry.line, again)
            lines.setdefault(entry.text, entry.line)
        elif block is None:
            faults.add(entry.line, fault("before-any"))
        elif entry.head is Head.MILESTONE:
            block.declarations.append(entry)
        else:
            block.said.append(entry)
    if block is not None:
        yield block


@dataclass(slots=True)
class _Block:
    """A facility or programme with everything that belongs to it."""

    head: Entry
    declarations: list[Entry] = field(default_factory=list)
    said: list[Entry] = field(default_factory=list)
    declared: dict[str, Kind] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return self.head.text

    @property
    def type(self) -> Type:
        return Type(self.head.head.value)

    def read(self, today: date, sources: dict[str, Source], faults: Faults) -> None:
        """Turn the entries into statements."""
        for entry in self.declarations:
            faults.attempt(entry.line, partial(self._declare, entry))
            for f in entry.fields:
                faults.add(f.line, fault("after-milestone", word=shown(f.key)))
        context = Context(self.slug, self.declared, sources, today, faults)
        said = [s for s in (read_statement(e, context) for e in self.said) if s is not None]
        attributes = self._attributes(said, context)
        if attributes is not None:
            self.statements = [attributes, *self._titles(attributes, said), *said]

    def _declare(self, entry: Entry) -> None:
        """Read `milestone SLUG KIND "title"`."""
        tail = split_tail(entry.text)
        words = tail.body.split()
        if len(words) != 2 or tail.source is not None:  # noqa: PLR2004 - a slug and a kind
            raise fault("milestone-form")
        slug, word = words
        if slug in self.declared:
            raise fault("milestone-twice", word=shown(slug))
        kind = KIND_NAMES.get(word.casefold())
        self.declared[read_slug(slug)] = kind or Kind.OTHER
        if tail.quoted is not None:
            self.titles[slug] = read_text(tail.quoted, _LONGEST_TITLE)
        if kind is None:
            raise unknown("kind", word, KIND_NAMES)

    def _attributes(self, said: list[Statement], context: Context) -> Statement | None:
        """Make one `set` of all attributes, as of `described` or the earliest report."""
        faults, fields = context.faults, self.head.fields
        described = [f for f in fields if f.key.casefold() == "described"]
        for f in described[1:]:
            faults.add(f.line, fault("twice", word=shown("described")))
        day = min((s.reported_on for s in said), default=None)
        basis, source = Basis.APPROXIMATE, None
        if described:
            read = faults.attempt(described[0].line, partial(_described, described[0], context))
            day, basis, source = read or (context.today, basis, None)
        elif day is None and not self.said:
            faults.add(self.head.line, fault("nothing-reported"))
        day = day or context.today
        value = facility_attributes(
            [f for f in fields if f not in described], day, faults, clearing=False
        )
        if not any(f.key.casefold() in ("name", "이름") for f in fields):
            faults.add(self.head.line, fault("no-name", word=shown(self.slug)))
        return Statement(
            self.slug, None, UpdateKind.SET, day, value=value, reported_basis=basis, source=source
        )

    def _titles(self, attributes: Statement, said: list[Statement]) -> Iterator[Statement]:
        """One `set` for each title, of the day of the milestone's earliest statement."""
        earliest: dict[str | None, Statement] = {}
        for s in said:
            if s.reported_on < earliest.setdefault(s.milestone, s).reported_on:
                earliest[s.milestone] = s
        for slug, title in self.titles.items():
            first = earliest.get(slug, attributes)
            yield Statement(
                self.slug,
                slug,
                UpdateKind.SET,
                first.reported_on,
                value={"title": title},
                reported_basis=first.reported_basis,
            )

    def milestones(self) -> Iterator[NewMilestone]:
        """List declared ones that need it, then others as they are spoken of, then the rest."""
        plain = [s for s, k in self.declared.items() if s == k.value and s not in self.titles]
        first = [s for s in self.declared if s not in plain]
        spoken = [s.milestone for s in self.statements if s.milestone is not None]
        for slug in dict.fromkeys([*first, *spoken, *plain]):
            yield NewMilestone(self.slug, slug, self.declared.get(slug) or Kind(slug))


def _described(f: Field, context: Context) -> tuple[date, Basis, Source | None]:
    tail = split_tail(f.value)
    if tail.quoted is not None:
        raise fault("described-form")
    day, basis = read_reported(tail.body, context.today)
    if tail.source is None:
        return day, basis, None
    if tail.source not in context.sources:
        raise unknown(
            "source", tail.source, context.sources, fault("hint-source", word=tail.source)
        )
    return day, basis, context.sources[tail.source]
