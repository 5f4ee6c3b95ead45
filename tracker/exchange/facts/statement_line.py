"""One line of a facts file → one statement."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from typing import Any

from db.model.period import Period
from db.model.records import Basis, Kind, Source, Statement, UpdateKind
from tracker.exchange.facts.entries import Entry, Field, Tail, read_field, split_tail
from tracker.exchange.facts.faults import Faults, fault, shown, unknown
from tracker.exchange.facts.field_values import (
    facility_attributes,
    milestone_attributes,
    read_number,
    read_reported,
    read_text,
)
from tracker.exchange.facts.keywords import (
    MARK_WORDS,
    MARKED,
    NO_DATE,
    PROGRESS_WORDS,
    STATEMENT_WORDS,
    UNDATED_WORDS,
    UPDATE_WORDS,
)
from tracker.phrases import read
from tracker.words.kinds import KIND_NAMES

__all__ = ["DATED", "Context", "read_statement"]

DATED = frozenset({UpdateKind.PLAN, UpdateKind.ORIGINAL, UpdateKind.BASELINE, UpdateKind.ACTUAL})
_OF_A_MILESTONE = DATED | {UpdateKind.CONFIRM}
_NEEDS_REASON = frozenset({UpdateKind.BASELINE, UpdateKind.HOLD, UpdateKind.CANCEL})
_SOURCE_AT_END = re.compile(r" @(\S+)$")
_ALL = 100


@dataclass(frozen=True, slots=True)
class Context:
    """What a statement may refer to, and where faults go.

    Attributes:
        facility: The slug of the block it stands in.
        kinds: The milestones that the block declares, with their kinds.
        sources: All sources of the file.
    """

    facility: str
    kinds: Mapping[str, Kind]
    sources: Mapping[str, Source]
    today: date
    faults: Faults


@dataclass(frozen=True, slots=True)
class _Head:
    """The three words every statement begins with; `word` is the third as it was written."""

    day: date
    basis: Basis
    milestone: str | None
    kind: UpdateKind
    word: str


def read_statement(entry: Entry, context: Context) -> Statement | None:
    """Read a statement with the lines that belong to it, or note what is wrong with it."""
    attempt = context.faults.attempt
    words = entry.text.split(None, 3)
    head = _read_head(entry.line, words, context)
    rest = words[3] if len(words) > 3 else ""  # noqa: PLR2004 - day, milestone, kind, rest
    inline = None
    if head is not None and head.kind is UpdateKind.SET:
        inline, rest = _inline_attribute(entry.line, rest)
    tail = attempt(entry.line, partial(split_tail, rest))
    fields = _statement_fields(entry, context, head)
    source = None
    if tail is not None and tail.source is not None:
        source = attempt(entry.line, partial(_source, tail.source, context))
    if head is None or tail is None:
        return None
    if inline is not None:
        fields.attributes.insert(0, inline)
    said = attempt(entry.line, partial(_said, head, tail, fields, context))
    if said is None:
        return None
    return Statement(
        facility=context.facility,
        milestone=head.milestone,
        kind=head.kind,
        reported_on=head.day,
        period=said.period,
        value=said.value,
        phrase=said.phrase,
        reported_basis=head.basis,
        reason=fields.texts.get("reason"),
        action=fields.texts.get("action"),
        evidence=tuple(fields.evidence),
        source=source,
    )


def _read_head(line: int, words: list[str], context: Context) -> _Head | None:
    """Read day, milestone and kind, each for itself, so that each fault is told."""
    attempt = context.faults.attempt
    reported = attempt(line, partial(read_reported, words[0], context.today))
    if len(words) < 3:  # noqa: PLR2004 - day, milestone, kind
        context.faults.add(line, fault("statement-form"))
        return None
    milestone = attempt(line, lambda: (_milestone(words[1], context),))
    kind = attempt(line, partial(_update_kind, words[2]))
    if reported is None or milestone is None or kind is None:
        return None
    if milestone == (None,) and kind in _OF_A_MILESTONE:
        context.faults.add(line, fault("of-a-milestone", word=words[2]))
        return None
    return _Head(*reported, *milestone, kind, words[2])


def _milestone(word: str, context: Context) -> str | None:
    """Resolve a slug or the word for a kind; `-` is the facility itself."""
    if word == "-":
        return None
    if word in context.kinds:
        return word
    kind = KIND_NAMES.get(word.casefold())
    if kind is None:
        known = chain(context.kinds, KIND_NAMES)
        hint = fault("hint-milestone", word=word)
        raise unknown("kind", word, known, hint)
    return kind.value


def _update_kind(word: str) -> UpdateKind:
    if word.casefold() == UpdateKind.RETRACT:
        raise fault("retract")
    kind = UPDATE_WORDS.get(word.casefold())
    if kind is None:
        english = [w for w in UPDATE_WORDS if w.isascii()]
        hint = fault("hint-one-of", known=", ".join(english))
        raise unknown("statement", word, UPDATE_WORDS, hint)
    return kind


def _source(key: str, context: Context) -> Source:
    source = context.sources.get(key)
    if source is None:
        raise unknown("source", key, context.sources, fault("hint-source", word=key))
    return source


@dataclass(slots=True)
class _Fields:
    texts: dict[str, str]
    evidence: list[str]
    attributes: list[Field]


def _statement_fields(entry: Entry, context: Context, head: _Head | None) -> _Fields:
    """Sort the lines below a statement: texts, evidence, and attributes where it is a `set`."""
    fields = _Fields({}, [], [])
    for f in entry.fields:
        name = STATEMENT_WORDS.get(f.key.casefold())
        if name is None and (head is None or head.kind is UpdateKind.SET):
            fields.attributes.append(f)
        else:
            context.faults.attempt(f.line, partial(_put, fields, f, name))
    return fields


def _put(fields: _Fields, f: Field, name: str | None) -> None:
    if name is None or f.share:
        raise unknown("key", f"{f.key} {f.share}".strip(), STATEMENT_WORDS)
    if name == "evidence":
        fields.evidence.append(read_text(f.value))
    elif name in fields.texts:
        raise fault("twice", word=shown(f.key))
    else:
        fields.texts[name] = read_text(f.value)


@dataclass(frozen=True, slots=True)
class _Said:
    period: Period | None = None
    value: Any = None
    phrase: str | None = None


def _said(head: _Head, tail: Tail, fields: _Fields, context: Context) -> _Said:
    """Read what is said: the part that differs from kind to kind."""
    if head.kind in _NEEDS_REASON and "reason" not in fields.texts:
        raise fault("needs-reason", word=head.word)
    if "basis" in fields.texts and head.kind not in DATED:
        raise fault("no-mark", word=shown(fields.texts["basis"]))
    if tail.quoted and "phrase" in fields.texts and head.kind is not UpdateKind.NOTE:
        raise fault("phrase-twice")
    if tail.quoted:
        read_text(tail.quoted)
    if head.kind is UpdateKind.SET:
        return _set(head, tail, fields, context)
    return _READ.get(head.kind, _plain)(head, tail, fields)


def _plain(head: _Head, tail: Tail, fields: _Fields) -> _Said:
    """Hold, resume, cancel, reopen, confirm: no date of its own."""
    _nothing_more(head, tail.body)
    return _Said(value=fields.texts.get("note"), phrase=tail.quoted or fields.texts.get("phrase"))


def _nothing_more(head: _Head, body: str) -> None:
    if body:
        raise fault("no-date-here", word=head.word, text=shown(body))


def _dated(head: _Head, tail: Tail, fields: _Fields) -> _Said:
    remark = _remark(head, fields)
    phrase = tail.quoted or fields.texts.get("phrase")
    if head.kind is UpdateKind.PLAN and tail.body.casefold() in UNDATED_WORDS:
        if remark is not None:
            raise fault("undated-note")
        return _Said(value={"undated": True}, phrase=phrase)
    if not tail.body:
        if head.kind is UpdateKind.ACTUAL:
            raise fault("when-was-it", day=head.day.isoformat())
        if head.kind is UpdateKind.PLAN:
            raise fault("plan-needs-date", word=head.word)
        raise fault("needs-date", word=head.word)
    if head.kind is UpdateKind.PLAN and tail.body == NO_DATE:
        return _Said(value=remark, phrase=phrase)
    period = read(tail.body, head.day)
    if phrase is None and any(c.isalpha() for c in tail.body):
        phrase = tail.body  # the date was given in words, so these are the words
    return _Said(period, remark, phrase)


def _remark(head: _Head, fields: _Fields) -> str | dict[str, bool] | None:
    """What stands beside a date: a note, or what the date rests on."""
    basis, note = fields.texts.get("basis"), fields.texts.get("note")
    if basis is None:
        return note
    mark = MARK_WORDS.get(basis.casefold())
    if mark is None or head.kind.value not in MARKED[mark] or note is not None:
        raise fault("no-mark", word=shown(basis))
    return {mark: True}


def _note(head: _Head, tail: Tail, fields: _Fields) -> _Said:
    _nothing_more(head, tail.body)
    below = fields.texts.get("note")
    if (tail.quoted is None) == (below is None):
        raise fault("note-text")
    return _Said(value=tail.quoted or below, phrase=fields.texts.get("phrase"))


def _progress(head: _Head, tail: Tail, fields: _Fields) -> _Said:
    del head
    if "note" in fields.texts:
        raise fault("progress-note")
    words = tail.body.replace("%", " ").split()
    value: dict[str, float | None] = {"planned": None, "actual": None}
    for word, number in zip(words[::2], words[1::2], strict=False):
        part = PROGRESS_WORDS.get(word.casefold())
        if part is None or value[part] is not None:
            raise fault("progress")
        value[part] = read_number(number)
    shares = [v for v in value.values() if v is not None]
    if not shares or len(words) % 2 or max(shares) > _ALL:
        raise fault("progress")
    return _Said(value=value, phrase=tail.quoted or fields.texts.get("phrase"))


def _set(head: _Head, tail: Tail, fields: _Fields, context: Context) -> _Said:
    _nothing_more(head, tail.body)
    if "note" in fields.texts:
        raise fault("set-note")
    if not fields.attributes:
        raise fault("set-what")
    if head.milestone is None:
        value = facility_attributes(fields.attributes, head.day, context.faults, clearing=True)
    else:
        value = milestone_attributes(fields.attributes, context.faults)
    return _Said(value=value, phrase=tail.quoted or fields.texts.get("phrase"))


def _inline_attribute(line: int, rest: str) -> tuple[Field | None, str]:
    """Take `owner: 전략산업과 @key` apart into the attribute and `@key`."""
    if not rest or rest[0] in '"“@':
        return None, rest
    end = _SOURCE_AT_END.search(rest)
    attribute = read_field(line, rest[: end.start()] if end else rest)
    if attribute is None:
        return None, rest
    return attribute, end[0].strip() if end else ""


_READ: Mapping[UpdateKind, Callable[[_Head, Tail, _Fields], _Said]] = {
    **dict.fromkeys(DATED, _dated),
    UpdateKind.NOTE: _note,
    UpdateKind.PROGRESS: _progress,
}
