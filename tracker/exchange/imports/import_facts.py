"""Facts beside the store: which statements of a batch it does not hold yet."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from db.model.errors import RefusedError
from db.model.progress import Stage, counted
from db.model.records import (
    Batch,
    Kind,
    Milestone,
    NewMilestone,
    Source,
    Statement,
    Type,
    UpdateKind,
)
from db.model.text import clean, clean_value
from db.read.reader import Reader
from db.schema.fold_columns import to_json
from tracker.acts.report_effects import moved_lines, moves_of
from tracker.app.workspace import Workspace
from tracker.exchange.imports.outcome import Comparison, Outcome, findings_of
from tracker.words import Words

__all__ = ["older_notices", "unknown_part"]

_Named = tuple[str, str, date | None]


def unknown_part(office: Workspace, batch: Batch, *, is_all_new: bool = False) -> Comparison:
    """Find what of a batch the store does not hold yet.

    A statement that a person took back counts as held, so that a file does not bring it back;
    one of an act that was undone was never said.

    Args:
        office: Whose store.
        batch: What a file says.
        is_all_new: It was held against the store already, and all of it is to be recorded.

    Raises:
        RefusedError: A milestone is of another kind in the store.
        StoreError: The store cannot be read.
    """
    known: Counter[tuple[object, ...]] = Counter()
    facilities: set[str] = set()
    steps: set[tuple[str, str]] = set()
    names: set[_Named] = set()
    milestones: dict[tuple[str, str], Kind] = {}
    standing: dict[tuple[str, str], Milestone] = {}
    done: dict[tuple[str, str], Statement] = {}
    if office.exists:
        with office.reading() as reader:
            undone = reader.undone()
            slugs = dict.fromkeys(f.slug for f in batch.facilities)
            for slug in counted(slugs, len(slugs), Stage.COMPARE):
                kinds = reader.kinds_of(slug)
                milestones |= {(slug, m): kind for m, kind in kinds.items()}
                standing |= {(slug, m.slug): m for m in reader.milestones_of(slug)}
                updates = reader.updates_of(slug)
                said = [
                    u for u in updates if u.id not in undone and u.kind is not UpdateKind.RETRACT
                ]
                facilities |= {slug} if said else set()
                steps |= {(slug, u.milestone) for u in said if u.milestone}
                known.update(_identity(u, _source(u.source)) for u in said)
                names |= _names_given(slug, said)
                done |= _completions(u for u in updates if u.retracted_by is None)
    _refuse_other_kinds(batch.milestones, milestones)
    fresh = [
        s
        for s in batch.statements
        if is_all_new or not (_take(known, s) or _repeats_name(s, names))
    ]
    done |= _completions(batch.statements)
    late = {
        (s.facility, s.milestone)
        for s in fresh
        if s.kind is UpdateKind.PLAN
        and s.milestone
        and (actual := done.get((s.facility, s.milestone)))
        and actual.reported_on < s.reported_on
    }
    made = Counter(f.type for f in batch.facilities if f.slug not in facilities)
    outcome = Outcome(
        facilities=made[Type.FACILITY],
        programmes=made[Type.PROGRAMME],
        milestones=sum((m.facility, m.slug) not in steps for m in batch.milestones),
        new=len(fresh),
        same=len(batch.statements) - len(fresh),
        after_completion=_called(late, batch, standing, office.words),
    )
    if office.exists and fresh:
        with office.reading() as reader:
            notices = older_notices(reader, fresh, standing, office.words)
        outcome = replace(outcome, notices=notices)
    fresh_batch = Batch(tuple(fresh), batch.facilities, batch.milestones)
    return Comparison(fresh_batch, outcome.judged(findings_of(fresh, standing, office.words)))


def _called(
    steps: Iterable[tuple[str, str]],
    batch: Batch,
    standing: dict[tuple[str, str], Milestone],
    words: Words,
) -> tuple[tuple[str, str], ...]:
    """The names of facilities and their steps, as a file has them, else the store."""
    said = [s for s in batch.statements if s.kind is UpdateKind.SET]
    names = {s.facility: s.value["name"] for s in said if s.milestone is None and "name" in s.value}
    titles = {(s.facility, s.milestone): s.value.get("title") for s in said if s.milestone}
    kinds = {(m.facility, m.slug): m.kind for m in batch.milestones}
    called = []
    for key in sorted(steps):
        m = standing.get(key)
        name = names.get(key[0]) or (m.facility_name if m else key[0])
        title = titles.get(key) or (m.title if m else None)
        kind = kinds.get(key) or (m.kind if m else None)
        called.append((name, words.milestone(kind, title) if kind else key[1]))
    return tuple(called)


def _take(known: Counter[tuple[object, ...]], statement: Statement) -> bool:
    """Whether this is known; each known statement answers for one in the file."""
    for identity in _identities(statement):
        if known[identity] > 0:
            known[identity] -= 1
            return True
    return False


def _completions(statements: Iterable[Statement]) -> dict[tuple[str, str], Statement]:
    return {
        (s.facility, s.milestone): s
        for s in statements
        if s.kind is UpdateKind.ACTUAL and s.milestone
    }


def _identity(s: Statement, source: object) -> tuple[object, ...]:
    value = _plain(s.kind, clean_value(s.value))
    phrase = clean(s.phrase) if s.phrase else None
    return (s.facility, s.milestone, s.kind, s.reported_on, s.period, value, phrase, source)


def _plain(kind: UpdateKind, value: Any) -> str | None:  # noqa: ANN401 - as a statement's
    """A value in one form: the same may be said in another order, or an empty part as nothing."""
    if not isinstance(value, dict):
        return to_json(value)
    if kind is UpdateKind.PROGRESS:
        value = {k: v for k, v in value.items() if v is not None}
    return to_json({k: value[k] if value[k] not in ([], {}) else None for k in sorted(value)})


def _source(source: Source | None) -> object:
    """What tells a source from others: its address, else its key, else what it is called."""
    return None if source is None else source.url or source.key or _called_source(source)


def _called_source(source: Source) -> object:
    return source.title or (source.publisher, source.published)


def _identities(s: Statement) -> Iterator[tuple[object, ...]]:
    """What the store may hold a statement of a file as.

    A file gives every source a key; the store may have had none.
    """
    yield _identity(s, _source(s.source))
    if s.source is not None and s.source.key and not s.source.url:
        yield _identity(s, _called_source(s.source))


def _names_given(slug: str, updates: Sequence[Statement]) -> set[_Named]:
    """The names that were given to a facility and on which days; its slug if none was."""
    given: set[_Named] = {
        (slug, u.value["name"], u.reported_on)
        for u in updates
        if u.kind is UpdateKind.SET and u.milestone is None and "name" in u.value
    }
    return given or ({(slug, slug, None)} if updates else set())


def _repeats_name(s: Statement, names: set[_Named]) -> bool:
    """Whether it gives a known name alone, which a file needs for every facility."""
    if s.kind is not UpdateKind.SET or s.milestone is not None or s.value.keys() != {"name"}:
        return False
    name = s.value["name"]
    more = s.phrase or s.reason or s.action or s.evidence
    return not more and not names.isdisjoint(
        {(s.facility, name, s.reported_on), (s.facility, name, None)}
    )


def _refuse_other_kinds(wanted: Iterable[NewMilestone], known: dict[tuple[str, str], Kind]) -> None:
    for m in wanted:
        kind = known.get((m.facility, m.slug))
        if kind is not None and kind is not m.kind:
            raise RefusedError(
                f"{m.facility}/{m.slug} is already a milestone of kind “{kind}”",
                code="other-kind",
                path=f"{m.facility}/{m.slug}",
                kind=kind.value,
            )


_SETTING = (UpdateKind.PLAN, UpdateKind.ORIGINAL)
_MOST = 20  # sentences


def older_notices(
    reader: Reader,
    fresh: Iterable[Statement],
    standing: Mapping[tuple[str, str], Milestone],
    words: Words,
) -> tuple[str, ...]:
    """A sentence for each baseline that statements change by being older, and how many more.

    Args:
        reader: The store, without the statements.
        fresh: What a file says and the store does not hold yet.
        standing: The known milestones, by (facility, milestone).
        words: The language.
    """
    said = list(fresh)
    facilities = {s.facility for s in said if _may_move(s, standing)}
    moves = moves_of(reader, (s for s in said if s.facility in facilities))
    lines = moved_lines(reader, moves[:_MOST], words)
    if len(moves) > _MOST:
        lines.append(words("older.more", rest=len(moves) - _MOST))
    return tuple(lines)


def _may_move(s: Statement, standing: Mapping[tuple[str, str], Milestone]) -> bool:
    """Whether a statement can come before the one that had set a baseline."""
    m = standing.get((s.facility, s.milestone or ""))
    if m is None or m.baseline is None or s.period is None or s.kind not in _SETTING:
        return False
    return s.reported_on <= m.updated_on and not s.period.same_window(m.baseline)
