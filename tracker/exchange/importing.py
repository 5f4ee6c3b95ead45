"""Bringing files into a store: all of a file or nothing of it, and nothing twice."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from db.errors import RefusedError
from db.records import ActKind, Batch, Kind, NewMilestone, Statement, UpdateKind
from db.rows import to_json
from db.text import clean, clean_value
from tracker import clock
from tracker.exchange.dump import parse_dump
from tracker.exchange.facts import read_facts
from tracker.office import Office
from tracker.phrases import read as read_period
from tracker.words.money import read_money

__all__ = ["Outcome", "import_batch", "import_file", "read_file"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or with a dry run would have done.

    `after_completion` names (facility, milestone) of which a file says that they were
    planned after they were done.
    """

    facilities: int
    milestones: int
    new: int
    same: int
    after_completion: tuple[tuple[str, str], ...] = ()


def read_file(path: Path) -> str:
    """The text of a file, in UTF-8 or CP949, without its byte order mark.

    Raises:
        RefusedError: The file cannot be read, or is in neither encoding.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RefusedError(
            f"cannot read {path}: {error.strerror}",
            code="no-file",
            path=str(path),
            why=error.strerror or str(error),
        ) from None
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    why = "neither UTF-8 nor CP949"
    raise RefusedError(f"cannot read {path}: {why}", code="no-file", path=str(path), why=why)


def import_file(office: Office, path: Path, *, dry_run: bool = False) -> Outcome:
    """Import a `.facts` or `.json` file; make the store if there is none.

    Raises:
        RefusedError: The file has faults; all are named, and nothing was changed.
        StoreError: The store could not be written; nothing was changed.
    """
    text = read_file(path)
    if path.suffix == ".json":
        return _import_dump(office, text, path.name, dry_run=dry_run)
    if path.suffix != ".facts":
        raise RefusedError(
            f"{path}: unknown format: .facts or .json", code="unknown-format", path=str(path)
        )
    batch = read_facts(
        text,
        name=path.name,
        today=office.today,
        read_period=read_period,
        read_money=read_money,
    )
    return import_batch(office, batch, dry_run=dry_run)


def import_batch(office: Office, batch: Batch, *, dry_run: bool = False) -> Outcome:
    """Record what is not known yet of a batch, as one act of import."""
    fresh, outcome = _sift(office, batch)
    if not dry_run and fresh.statements:
        with office.writing(create=True) as store:
            store.record(
                fresh,
                by=office.config.author,
                now=clock.now(),
                today=office.today,
                kind=ActKind.IMPORT,
            )
    return outcome


def _import_dump(office: Office, text: str, name: str, *, dry_run: bool) -> Outcome:
    rows, acts = parse_dump(text, name)
    known_acts: set[object] = set()
    known_rows: tuple[set[object], set[object]] = (set(), set())
    if office.exists:
        with office.reading() as reader:
            known_acts = {(a.recorded_at, a.by, a.kind) for a in reader.acts()}
            here = reader.identities()
            known_rows = (set(here.facilities), set(here.milestones))
    new = sum(
        len(updates)
        for act, updates in acts
        if (act.recorded_at, act.by, act.kind) not in known_acts
    )
    outcome = Outcome(
        facilities=len(set(rows.facilities) - known_rows[0]),
        milestones=len(set(rows.milestones) - known_rows[1]),
        new=new,
        same=sum(len(updates) for _, updates in acts) - new,
    )
    if not dry_run and (new or outcome.facilities or outcome.milestones):
        with office.writing(create=True) as store:
            store.restore_acts(acts, rows)
    return outcome


def _sift(office: Office, batch: Batch) -> tuple[Batch, Outcome]:
    """What of a batch the store does not know yet; a statement that was taken back counts
    as known, so that a file does not bring it back.
    """  # noqa: D205 - one sentence
    known: Counter[tuple[object, ...]] = Counter()
    facilities: set[str] = set()
    milestones: dict[tuple[str, str], Kind] = {}
    done: dict[tuple[str, str], Statement] = {}
    if office.exists:
        with office.reading() as reader:
            for slug in dict.fromkeys(f.slug for f in batch.facilities):
                kinds = reader.kinds_of(slug)
                milestones |= {(slug, m): kind for m, kind in kinds.items()}
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
    outcome = Outcome(
        facilities=sum(f.slug not in facilities for f in batch.facilities),
        milestones=sum((m.facility, m.slug) not in milestones for m in batch.milestones),
        new=len(fresh),
        same=len(batch.statements) - len(fresh),
        after_completion=tuple(sorted((f, m) for f, m in late if m)),
    )
    return Batch(tuple(fresh), batch.facilities, batch.milestones), outcome


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
