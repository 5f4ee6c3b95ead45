"""Facts beside the store: which statements of a batch it does not hold yet."""

from collections import Counter
from collections.abc import Iterable

from db.errors import RefusedError
from db.folded import to_json
from db.records import (
    Batch,
    Kind,
    Milestone,
    NewMilestone,
    Statement,
    Type,
    UpdateKind,
)
from db.text import clean, clean_value
from db.watch import Stage, counted
from tracker.exchange.outcome import Found, Outcome, findings_of
from tracker.office import Office
from tracker.words import Words

__all__ = ["sift"]


def sift(office: Office, batch: Batch) -> Found:
    """Find what of a batch the store does not hold yet.

    A statement that was taken back counts as held, so that a file does not bring it back.

    Raises:
        RefusedError: A milestone is of another kind in the store.
        StoreError: The store cannot be read.
    """
    known: Counter[tuple[object, ...]] = Counter()
    facilities: set[str] = set()
    milestones: dict[tuple[str, str], Kind] = {}
    standing: dict[tuple[str, str], Milestone] = {}
    done: dict[tuple[str, str], Statement] = {}
    if office.exists:
        with office.reading() as reader:
            slugs = dict.fromkeys(f.slug for f in batch.facilities)
            for slug in counted(slugs, len(slugs), Stage.COMPARE):
                kinds = reader.kinds_of(slug)
                milestones |= {(slug, m): kind for m, kind in kinds.items()}
                standing |= {(slug, m.slug): m for m in reader.milestones_of(slug)}
                updates = reader.updates_of(slug)
                facilities |= {slug} if updates else set()
                known.update(_identity(u) for u in updates)
                done |= _completions(u for u in updates if u.retracted_by is None)
    _refuse_other_kinds(batch.milestones, milestones)
    fresh = [s for s in batch.statements if not _take(known, _identity(s))]
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
        milestones=sum((m.facility, m.slug) not in milestones for m in batch.milestones),
        new=len(fresh),
        same=len(batch.statements) - len(fresh),
        after_completion=_called(late, batch, standing, office.words),
    )
    fresh_batch = Batch(tuple(fresh), batch.facilities, batch.milestones)
    return Found(fresh_batch, outcome.judged(findings_of(fresh, standing, office.words)))


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


def _take(known: Counter[tuple[object, ...]], identity: tuple[object, ...]) -> bool:
    """Whether this is known; each known statement answers for one in the file."""
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


def _identity(s: Statement) -> tuple[object, ...]:
    return (
        s.facility,
        s.milestone,
        s.kind,
        s.reported_on,
        s.period,
        to_json(clean_value(s.value)),
        clean(s.phrase) if s.phrase else None,
        s.source.url or s.source.key or s.source.title if s.source else None,
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
